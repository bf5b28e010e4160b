/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/story.h>

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/heading.h>
#include <stellwerk/scene/message.h>
#include <stellwerk/scene/page.h>
#include <stellwerk/scene/wording.h>

#include "story_rows.h"

/* ---- What it is an example of ---------------------------------------------------- */

static const char *step_title(struct arena *arena, const struct stage_set *set, int step)
{
    const struct journey *journey = set->journey;
    const struct sequence_names *names = &set->story->names;
    size_t known = journey->touchpoint_count;
    if (step >= 0 && (size_t)step < known)
        return wording_quoted(arena, journey->touchpoints[step].title);
    size_t activity = (size_t)step - known;
    return wording_quoted(arena,
                          activity < names->activity_count ? names->activities[activity] : "?");
}

const char *story_pick_text(struct arena *arena, const struct stage_set *set)
{
    const struct path_pick *pick = &set->story->pick;
    unsigned long cases = set->story->matches;
    switch (pick->kind) {
    case PICK_ARC:
        return arena_printf(arena, ngettext("went from %s to %s", "went from %s to %s", cases),
                            step_title(arena, set, pick->from), step_title(arena, set, pick->to));
    case PICK_BREAK:
        return arena_printf(
            arena,
            ngettext("had a media break from %s to %s", "had a media break from %s to %s", cases),
            step_title(arena, set, pick->from), step_title(arena, set, pick->to));
    case PICK_WAY:
        return ngettext("went this way", "went this way", cases);
    default:
        return NULL;
    }
}

static const char *place_text(struct arena *arena, const struct stage_set *set)
{
    const struct story_set *story = set->story;
    const char *what = story_pick_text(arena, set);
    if (what == NULL)
        return NULL;
    return arena_printf(
        arena, ngettext("%s of %s case that %s", "%s of %s cases that %s", story->matches),
        locale_count(arena, story->place + 1), locale_count(arena, story->matches), what);
}

/* ---- How it stands --------------------------------------------------------------- */

static const char *who_text(struct arena *arena, const struct stage_set *set)
{
    const struct sequence *sequence = set->story->sequence;
    const struct journey *journey = set->journey;
    const struct sequence_names *names = &set->story->names;
    const struct context *context =
        sequence->context != NONE ? &journey->contexts[sequence->context] : NULL;
    bool variant = sequence->variant != NONE && (size_t)sequence->variant < names->variant_count;
    const char *words[] = {
        arena_printf(arena, _("Case %s"), set->story->story.id),
        sequence->persona != NONE ? wording_who(arena, journey, sequence->persona, NONE) : NULL,
        context == NULL          ? NULL
        : context->label != NULL ? context->label
                                 : context->id,
        variant ? names->variants[sequence->variant] : NULL,
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

static const char *end_text(struct arena *arena, const struct stage_set *set)
{
    const struct story_set *story = set->story;
    const char *goal = story->goal == NONE ? "–" : step_title(arena, set, story->goal);
    if (story->completed)
        return arena_printf(arena, _("completed: it met %s"), goal);
    const char *silence = paths_time(arena, (double)story->close_after);
    if (story->closed)
        return arena_printf(arena,
                            _("closed without %s: nothing happened for more than %s before %s"),
                            goal, silence, locale_day(arena, time_day(story->as_of)));
    return arena_printf(arena, _("still open: it has not met %s, and less than %s have passed"),
                        goal, silence);
}

static const char *sum_text(struct arena *arena, const struct stage_set *set)
{
    const struct story_set *story = set->story;
    const struct story *told = &story->story;
    uint64_t breaks = story->media_breaks;
    const char *words[] = {
        arena_printf(arena, ngettext("%s event", "%s events", story->events),
                     locale_count(arena, story->events)),
        arena_printf(arena, _("in %s"), paths_time(arena, (double)story->length)),
        arena_printf(arena, ngettext("%s media break", "%s media breaks", breaks),
                     locale_count(arena, breaks)),
        arena_printf(arena, ngettext("%s answer", "%s answers", told->answer_count),
                     locale_count(arena, told->answer_count)),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

static void draw_head(struct page *page, const struct stage_set *set)
{
    const struct story_set *story = set->story;
    struct arena *arena = page->scene->arena;
    page_text(page, 0, style_bold(INK_STRONG), who_text(arena, set));
    page_text(page, 0, style_ink(INK_LENS), place_text(arena, set));
    page_text(page, 0, style_ink(INK_TEXT), sum_text(arena, set));
    page_text(page, 0,
              style_ink(story->completed ? INK_GOOD
                        : story->closed  ? INK_BAD
                                         : INK_DIM),
              end_text(arena, set));
}

static void draw_rest(struct page *page, const struct story_set *story)
{
    uint64_t rest = story->events - story->story.event_count;
    struct arena *arena = page->scene->arena;
    if (rest > 0)
        page_text(page, 0, style_ink(INK_DIM),
                  arena_printf(arena, ngettext("and %s more event", "and %s more events", rest),
                               locale_count(arena, rest)));
}

/* ---- The view -------------------------------------------------------------------- */

static const char *trouble(const struct stage_set *set)
{
    const struct story_set *story = set->story;
    if (story == NULL && set->journey->store == NULL)
        return _("No store: nothing is known of any case");
    if (story == NULL)
        return _("no case is chosen: Enter on a way or a transition of the Paths view opens one");
    if (story->problem.text[0] != '\0')
        return story->problem.text;
    if (story->sequence == NULL)
        return story->pick.kind == PICK_CASE ? _("the store does not have this case")
                                             : _("no case of the store is like that any more");
    return NULL;
}

static struct scene *draw_page(struct arena *arena, const struct stage_set *set, int columns,
                               struct medium medium)
{
    struct page page = page_begin(arena, page_inside(columns), medium);
    draw_head(&page, set);
    story_write_rows(&page, set);
    draw_rest(&page, set->story);
    return page_end(&page);
}

struct scene *story_draw(struct arena *arena, const struct stage_set *set, int columns, int rows,
                         struct medium medium)
{
    if (view_is_too_small(columns, rows))
        return message_too_small(arena, columns, rows, medium);
    const char *why = trouble(set);
    struct scene *page = why == NULL ? draw_page(arena, set, columns, medium) : NULL;
    return page_on_screen(arena, set, page, why, columns, rows, medium);
}
