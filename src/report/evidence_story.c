/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/evidence.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/store/cases.h>
#include <stellwerk/store/sequences.h>

/* ---- Which case ---- */

struct choice {
    const struct journey *journey;
    const struct path_pick *pick;
};

static bool goes_this_way(const struct path_pick *pick, const struct sequence *sequence)
{
    size_t at = 0;
    for (size_t i = 0; i < sequence->count; i++) {
        if (i > 0 && sequence->steps[i].step == sequence->steps[i - 1].step)
            continue;
        if (at == pick->step_count || pick->steps[at] != sequence->steps[i].step)
            return false;
        at++;
    }
    return at == pick->step_count;
}

static bool passes(const struct sequence *sequence, void *data)
{
    const struct choice *choice = data;
    const struct path_pick *pick = choice->pick;
    if (pick->kind == PICK_WAY)
        return goes_this_way(pick, sequence);
    for (size_t i = 1; i < sequence->count; i++) {
        const struct sequence_step *to = &sequence->steps[i];
        if (to[-1].step == pick->from && to->step == pick->to &&
            (pick->kind == PICK_ARC || paths_step_breaks(choice->journey, to - 1, to)))
            return true;
    }
    return false;
}

/* ---- Its story ---- */

/* The events as steps, for how each lies to the one before. */
static struct sequence *steps_of(struct arena *arena, const struct journey *journey,
                                 const struct case_found *found, const struct story *story)
{
    struct sequence *out = arena_alloc(arena, sizeof(*out));
    struct sequence_step *steps = arena_array(arena, story->event_count, sizeof(*steps));
    for (size_t i = 0; i < story->event_count; i++)
        steps[i] = (struct sequence_step){
            .ts = story->events[i].ts,
            .step = story->events[i].touchpoint != NONE ? story->events[i].touchpoint
                                                        : (int)journey->touchpoint_count,
            .channel = story->events[i].channel,
        };
    *out = found->sequence;
    out->steps = steps;
    out->count = story->event_count;
    return out;
}

static void read_between(struct arena *arena, const struct evidence_wish *wish,
                         const struct sequence *sequence, struct story_set *out)
{
    enum transition *kinds = arena_array(arena, sequence->count, sizeof(*kinds));
    bool *breaks = arena_array(arena, sequence->count, sizeof(*breaks));
    const struct paths_options options = { .journey = wish->journey,
                                           .route = wish->route,
                                           .goal = wish->goal };
    paths_kinds(&options, sequence, kinds);
    for (size_t i = 1; i < sequence->count; i++)
        breaks[i] = paths_step_breaks(wish->journey, &sequence->steps[i - 1], &sequence->steps[i]);
    out->kinds = kinds;
    out->breaks = breaks;
}

static void judge(const struct journey *journey, const struct sequence *sequence,
                  const struct sequence_span *span, struct story_set *out)
{
    for (size_t i = 0; i < sequence->count; i++) {
        const struct sequence_step *step = &sequence->steps[i];
        out->completed |= step->step == out->goal;
        out->media_breaks += i > 0 && paths_step_breaks(journey, step - 1, step);
    }
    out->length = sequence->steps[sequence->count - 1].ts - sequence->steps[0].ts;
    int64_t idle = span->newest - sequence->steps[sequence->count - 1].ts;
    out->closed = !out->completed && idle > span->case_window;
    out->as_of = span->newest;
    out->close_after = span->case_window;
    out->events = sequence->count;
}

static bool read_story(struct arena *arena, struct store *store, const struct evidence_wish *wish,
                       uint64_t place, struct story_set *out, struct error *err)
{
    struct sequence_span span;
    struct case_found found;
    struct choice choice = { wish->journey, &out->pick };
    const struct case_wish asked = {
        .sequences = { .journey = wish->journey,
                       .lens = &wish->lens,
                       .channel = wish->channel,
                       .variant = wish->variant },
        .id = out->pick.kind == PICK_CASE ? out->pick.id : NULL,
        .test = passes,
        .data = &choice,
        .place = place,
    };
    if (!store_sequences_span(store, &span, err) ||
        !store_case_find(arena, store, &asked, &found, err))
        return false;
    out->names = found.names;
    out->matches = found.matches;
    out->place = found.place;
    if (found.sequence.count == 0)
        return true;
    if (!store_story_read(arena, store, wish->journey, &found, &out->story, err))
        return false;
    out->goal = wish->goal != NONE ? wish->goal : paths_goal(wish->journey, wish->route);
    judge(wish->journey, &found.sequence, &span, out);
    if (out->story.event_count == 0)
        return true;
    struct sequence *sequence = steps_of(arena, wish->journey, &found, &out->story);
    read_between(arena, wish, sequence, out);
    out->sequence = sequence;
    return true;
}

struct story_set *evidence_story(struct arena *arena, struct store *store,
                                 const struct evidence_wish *wish, const struct path_pick *pick,
                                 uint64_t place)
{
    struct story_set *out = arena_alloc(arena, sizeof(*out));
    error_init(&out->problem);
    out->pick = *pick;
    out->goal = NONE;
    if (!read_story(arena, store, wish, place, out, &out->problem) && out->problem.text[0] == '\0')
        error_set(&out->problem, _("the case was not read"));
    return out;
}
