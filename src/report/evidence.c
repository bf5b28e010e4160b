/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/evidence.h>

#include <stdint.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/insight/conversions.h>
#include <stellwerk/store/cases.h>
#include <stellwerk/store/costs.h>
#include <stellwerk/store/paths.h>
#include <stellwerk/store/sequences.h>

#define SEED 20260101 /* of every bootstrap: the same store gives the same report */

static struct sequence_wish sequences_of(const struct evidence_wish *wish)
{
    return (struct sequence_wish){
        .journey = wish->journey,
        .lens = &wish->lens,
        .channel = wish->channel,
        .variant = wish->variant,
    };
}

/* ---- Paths ------------------------------------------------------------------------- */

/* All that looks at the cases of one reading. */
struct lookers {
    struct paths_builder *paths;
    struct segments_builder *segments;   /* NULL: none */
    struct aftermath_builder *aftermath; /* NULL: nobody answered */
};

static bool look(const struct sequence *sequence, void *data)
{
    struct lookers *lookers = data;
    if (lookers->segments != NULL)
        segments_add(sequence, lookers->segments);
    if (lookers->aftermath != NULL)
        aftermath_add(sequence, lookers->aftermath);
    return paths_add(sequence, lookers->paths);
}

static void lookers_drop(struct lookers *lookers)
{
    paths_destroy(lookers->paths);
    segments_destroy(lookers->segments);
    aftermath_destroy(lookers->aftermath);
}

/* False where cases must be looked at in turn. */
static bool lookers_merge(struct lookers *lookers, const struct lookers *from)
{
    if (!paths_merge(lookers->paths, from->paths))
        return false;
    if (lookers->segments != NULL)
        segments_merge(lookers->segments, from->segments);
    if (lookers->aftermath != NULL)
        aftermath_merge(lookers->aftermath, from->aftermath);
    return true;
}

static void lookers_finish(struct arena *arena, struct lookers *lookers, struct path_set *out)
{
    out->paths = paths_finish(arena, lookers->paths);
    if (lookers->segments != NULL) {
        struct segments *segments = arena_alloc(arena, sizeof(*segments));
        *segments = segments_finish(arena, lookers->segments);
        out->segments = segments;
    }
    if (lookers->aftermath != NULL) {
        struct aftermath *aftermath = arena_alloc(arena, sizeof(*aftermath));
        *aftermath = aftermath_finish(arena, lookers->aftermath);
        out->aftermath = aftermath;
    }
}

/* The days on which cases of the lens can begin. */
static struct period days_of(const struct evidence_wish *wish, const struct sequence_span *span)
{
    struct period days = wish->lens.period;
    int32_t first = time_day(span->oldest), last = time_day(span->newest);
    days.first = days.first > first ? days.first : first;
    days.last = days.last < last ? days.last : last;
    if (days.first > days.last)
        days.first = days.last;
    return days;
}

/* What the cases of a store are looked at for. */
struct looking {
    struct paths_options paths;
    struct segments_options segments;
    struct case_scores scores;
};

static bool ask_for(struct arena *arena, struct store *store, const struct evidence_wish *wish,
                    struct looking *out, struct error *err)
{
    struct sequence_span span;
    if (!store_sequences_span(store, &span, err) ||
        !store_case_scores_read(arena, store, wish->journey, &out->scores, err))
        return false;
    out->paths = (struct paths_options){
        .journey = wish->journey,
        .route = wish->route,
        .goal = wish->goal,
        .as_of = span.newest,
        .close_after = span.case_window,
        .variants = EVIDENCE_VARIANTS,
    };
    out->segments = (struct segments_options){
        .paths = &out->paths,
        .by = span.newest != TIME_NONE ? wish->by : SEGMENT_NONE,
        .unit = wish->unit,
    };
    if (out->segments.by != SEGMENT_NONE)
        out->segments.span = days_of(wish, &span);
    return true;
}

static struct lookers begin_to_look(const struct looking *looking)
{
    bool compare = looking->segments.by != SEGMENT_NONE, answered = looking->scores.count > 0;
    return (struct lookers){
        .paths = paths_create(&looking->paths),
        .segments = compare ? segments_create(&looking->segments) : NULL,
        .aftermath = answered ? aftermath_create(looking->paths.journey, &looking->scores) : NULL,
    };
}

/* By several at once; `*merged` is false where what they saw cannot be put together. */
static bool look_in_shares(struct arena *arena, struct store *store,
                           const struct sequence_wish *asked, const struct looking *looking,
                           struct path_set *out, bool *merged, struct error *err)
{
    struct lookers lookers[SEQUENCE_SHARES];
    void *data[SEQUENCE_SHARES];
    for (size_t i = 0; i < SEQUENCE_SHARES; i++) {
        lookers[i] = begin_to_look(looking);
        data[i] = &lookers[i];
    }
    bool done = store_sequences_share(arena, store, asked, look, data, &out->names, err);
    *merged = done;
    for (size_t i = 1; i < SEQUENCE_SHARES; i++) {
        *merged = *merged && lookers_merge(&lookers[0], &lookers[i]);
        lookers_drop(&lookers[i]);
    }
    if (*merged)
        lookers_finish(arena, &lookers[0], out);
    else
        lookers_drop(&lookers[0]);
    return done;
}

static bool look_in_turn(struct arena *arena, struct store *store,
                         const struct sequence_wish *asked, const struct looking *looking,
                         struct path_set *out, struct error *err)
{
    struct lookers lookers = begin_to_look(looking);
    bool done = store_sequences_read(arena, store, asked, look, &lookers, &out->names, err);
    if (done)
        lookers_finish(arena, &lookers, out);
    else
        lookers_drop(&lookers);
    return done;
}

static bool read_paths(struct arena *arena, struct store *store, const struct evidence_wish *wish,
                       struct path_set *out, struct error *err)
{
    struct sequence_wish asked = sequences_of(wish);
    struct looking looking;
    bool merged;
    return ask_for(arena, store, wish, &looking, err) &&
           look_in_shares(arena, store, &asked, &looking, out, &merged, err) &&
           (merged || look_in_turn(arena, store, &asked, &looking, out, err));
}

enum segment_by evidence_by(const struct journey *journey)
{
    if (journey->persona_count > 1)
        return SEGMENT_PERSONA;
    if (journey->context_count > 1)
        return SEGMENT_CONTEXT;
    return journey->channel_count > 1 ? SEGMENT_CHANNEL : SEGMENT_PERIOD;
}

struct path_set *evidence_paths(struct arena *arena, struct store *store,
                                const struct evidence_wish *wish)
{
    struct path_set *out = arena_alloc(arena, sizeof(*out));
    error_init(&out->problem);
    if (!read_paths(arena, store, wish, out, &out->problem) && out->problem.text[0] == '\0')
        error_set(&out->problem, _("the paths were not read"));
    return out;
}

/* ---- Attribution of cases -------------------------------------------------------------- */

static struct attribution attribute_input(struct arena *arena, const struct evidence_wish *wish,
                                          const struct attribution_input *input)
{
    return attribution_new(
        arena, input,
        &(struct attribution_options){
            .models = wish->models,
            .replicates = wish->replicates,
            .bootstrap_models = ATTRIBUTION_ALL & ~ATTRIBUTION_BIT(ATTRIBUTION_MARKOV_3),
            .seed = SEED,
            .cancel = wish->cancel,
            .watch = wish->watch,
            .watch_data = wish->watch_data,
        });
}

static void name_touchpoints(struct arena *arena, const struct journey *journey,
                             const char **titles, int *touchpoints)
{
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        titles[i] = arena_strdup(arena, journey->touchpoints[i].title);
        touchpoints[i] = (int)i;
    }
}

static bool credit_cases(struct arena *arena, struct store *store, const struct evidence_wish *wish,
                         const struct sequence_span *span, struct credit_set *out,
                         struct error *err)
{
    const struct journey *journey = wish->journey;
    struct sequence_wish asked = sequences_of(wish);
    struct sequence_names names;
    struct case_money money = { 0 };
    int goal = wish->goal != NONE ? wish->goal : paths_goal(journey, NONE);
    if (!wish->unvalued && !store_case_money_read(arena, store, journey, goal, &money, err))
        return false;
    struct conversions_builder *builder = conversions_create(&(struct conversions_options){
        .journey = journey,
        .goal = wish->goal,
        .as_of = span->newest,
        .close_after = span->case_window,
        .half_life = wish->half_life,
        .values = &money.values,
    });
    if (!store_sequences_read(arena, store, &asked, conversions_add, builder, &names, err)) {
        conversions_destroy(builder);
        return false;
    }
    struct conversions found = conversions_finish(arena, builder);
    const char **titles = arena_array(arena, journey->touchpoint_count, sizeof(*titles));
    int *touchpoints = arena_array(arena, journey->touchpoint_count, sizeof(*touchpoints));
    name_touchpoints(arena, journey, titles, touchpoints);
    struct costs costs;
    if (!store_costs_read(arena, store, journey, &wish->lens, &costs, err))
        return false;
    out->titles = titles;
    out->touchpoints = touchpoints;
    out->costs = costs.touchpoints;
    out->cost_currency = costs.currency;
    out->costs_left_out = costs.left_out;
    out->currency = money.currency;
    out->value_of_goal = money.of_goal;
    out->other_currencies = money.others;
    out->source = CREDIT_OF_CASES;
    out->goal = found.goal;
    out->open = found.open;
    out->as_of = span->newest;
    out->close_after = span->case_window;
    out->half_life = wish->half_life;
    out->cut = found.cut;
    out->table = attribute_input(arena, wish, &found.input);
    return true;
}

/* ---- Attribution of counted paths ---------------------------------------------------------- */

/* Steps that the map does not have get rows behind its touchpoints. Equal ones are one text, so
 * its address is its name here. */
struct strangers {
    const char **slots; /* by address; NULL: free */
    int *rows;
    size_t slot_count, count;
};

static size_t find_stranger(const struct strangers *strangers, const char *step)
{
    uint64_t hash = (uint64_t)(uintptr_t)step * UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(hash >> 32) & (strangers->slot_count - 1);
    while (strangers->slots[at] != NULL && strangers->slots[at] != step)
        at = (at + 1) & (strangers->slot_count - 1);
    return at;
}

static void strangers_init(struct arena *arena, const struct path_table *table,
                           struct strangers *out)
{
    size_t steps = 1;
    for (size_t i = 0; i < table->count; i++)
        steps += table->items[i].step_count;
    *out = (struct strangers){ .slot_count = 64 };
    while (out->slot_count < 2 * steps)
        out->slot_count *= 2;
    out->slots = arena_array(arena, out->slot_count, sizeof(*out->slots));
    out->rows = arena_array(arena, out->slot_count, sizeof(*out->rows));
}

static int row_of(struct strangers *strangers, const struct path_count *path, size_t step,
                  size_t touchpoints)
{
    if (path->touchpoints[step] != NONE)
        return path->touchpoints[step];
    size_t at = find_stranger(strangers, path->steps[step]);
    if (strangers->slots[at] == NULL) {
        strangers->slots[at] = path->steps[step];
        strangers->rows[at] = (int)(touchpoints + strangers->count++);
    }
    return strangers->rows[at];
}

static struct attribution_path *read_table(struct arena *arena, const struct path_table *table,
                                           size_t touchpoints, struct strangers *strangers)
{
    struct attribution_path *paths = arena_array(arena, table->count, sizeof(*paths));
    for (size_t i = 0; i < table->count; i++) {
        const struct path_count *path = &table->items[i];
        int *steps = arena_array(arena, path->step_count, sizeof(*steps));
        for (size_t k = 0; k < path->step_count; k++)
            steps[k] = row_of(strangers, path, k, touchpoints);
        paths[i] = (struct attribution_path){
            .steps = steps,
            .step_count = path->step_count,
            .outcome = { path->conversions, path->value, path->nulls },
        };
    }
    return paths;
}

static void name_rows(struct arena *arena, const struct journey *journey,
                      const struct strangers *strangers, struct credit_set *out)
{
    size_t known = journey->touchpoint_count, count = known + strangers->count;
    const char **titles = arena_array(arena, count, sizeof(*titles));
    int *touchpoints = arena_array(arena, count, sizeof(*touchpoints));
    name_touchpoints(arena, journey, titles, touchpoints);
    for (size_t i = 0; i < strangers->slot_count; i++) {
        if (strangers->slots[i] == NULL)
            continue;
        titles[strangers->rows[i]] = strangers->slots[i];
        touchpoints[strangers->rows[i]] = NONE;
    }
    out->titles = titles;
    out->touchpoints = touchpoints;
}

static bool credit_paths(struct arena *arena, struct store *store, const struct evidence_wish *wish,
                         struct credit_set *out, struct error *err)
{
    const struct journey *journey = wish->journey;
    struct path_table table;
    struct strangers strangers;
    if (!store_paths_read(arena, store, journey, &wish->lens.period, &table, err))
        return false;
    strangers_init(arena, &table, &strangers);
    struct attribution_path *paths =
        read_table(arena, &table, journey->touchpoint_count, &strangers);
    const struct attribution_input input = {
        .paths = paths,
        .count = table.count,
        .touchpoints = journey->touchpoint_count + strangers.count,
    };
    name_rows(arena, journey, &strangers, out);
    out->source = CREDIT_OF_PATHS;
    out->goal = NONE;
    out->table = attribute_input(arena, wish, &input);
    return true;
}

static bool read_credits(struct arena *arena, struct store *store, const struct evidence_wish *wish,
                         struct credit_set *out, struct error *err)
{
    struct sequence_span span;
    if (!store_sequences_span(store, &span, err))
        return false;
    bool cases = wish->source == EVIDENCE_CASES ||
                 (wish->source == EVIDENCE_AUTO && span.newest != TIME_NONE);
    if (cases && wish->journey->touchpoint_count == 0)
        return error_set(err, _("the map has no touchpoints: no case can reach a goal"));
    return cases ? credit_cases(arena, store, wish, &span, out, err)
                 : credit_paths(arena, store, wish, out, err);
}

struct credit_set *evidence_credits(struct arena *arena, struct store *store,
                                    const struct evidence_wish *wish)
{
    struct credit_set *out = arena_alloc(arena, sizeof(*out));
    error_init(&out->problem);
    if (!read_credits(arena, store, wish, out, &out->problem) && out->problem.text[0] == '\0')
        error_set(&out->problem, _("the paths were not read"));
    return out;
}
