/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/paths.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/proportion.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/wording.h>

#define DETOURS_SHOWN 8
#define ARCS_SHOWN 15
#define BREAKS_SHOWN 10
#define NUMBER_COLUMNS 10
#define SAID_LEAST 5 /* cases: fewer are too few to show */

/* ---- Off the design ------------------------------------------------------------------ */

static const char *kinds_text(struct arena *arena, const struct paths *paths)
{
    const uint64_t *count = paths->transitions;
    uint64_t all = count[TRANSITION_DESIGNED] + count[TRANSITION_JUMP] + count[TRANSITION_BACK] +
                   count[TRANSITION_LOOP];
    if (all == 0)
        return NULL;
    const char *designed =
        locale_percent(arena, (double)count[TRANSITION_DESIGNED] / (double)all, 0);
    const char *words[] = {
        arena_printf(
            arena,
            ngettext("%s of %s transition as designed", "%s of %s transitions as designed", all),
            designed, locale_count(arena, all)),
        arena_printf(arena, ngettext("%s jump ahead", "%s jumps ahead", count[TRANSITION_JUMP]),
                     locale_count(arena, count[TRANSITION_JUMP])),
        arena_printf(arena, ngettext("%s step back", "%s steps back", count[TRANSITION_BACK]),
                     locale_count(arena, count[TRANSITION_BACK])),
        arena_printf(arena, ngettext("%s loop", "%s loops", count[TRANSITION_LOOP]),
                     locale_count(arena, count[TRANSITION_LOOP])),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

static void write_detour(struct page *page, const struct stage_set *set,
                         const struct path_detour *detour)
{
    struct scene *scene = page->scene;
    int row = page_rows(page, 1);
    page_right(page, row, NUMBER_COLUMNS - 1, NUMBER_COLUMNS - 1, style_ink(INK_MEASURED),
               paths_share(scene->arena, detour->cases, set->paths->paths.cases));
    scene_text(scene, row, NUMBER_COLUMNS + 1, scene->columns - NUMBER_COLUMNS - 1,
               style_ink(INK_TEXT), paths_step_title(set, detour->step));
}

void paths_draw_beside(struct page *page, const struct stage_set *set)
{
    const struct paths *paths = &set->paths->paths;
    struct arena *arena = page->scene->arena;
    page_heading(page, _("Off the design"));
    page_text(page, 0, style_ink(INK_TEXT), kinds_text(arena, paths));
    if (paths->detour_count == 0)
        return;
    page_text(page, 0, style_ink(INK_TEXT),
              arena_printf(arena, _("%s of all cases did something that is not on the map:"),
                           paths_share(arena, paths->detoured, paths->cases)));
    for (size_t i = 0; i < paths->detour_count && i < DETOURS_SHOWN; i++)
        write_detour(page, set, &paths->detours[i]);
    if (paths->detour_count > DETOURS_SHOWN)
        page_text(page, NUMBER_COLUMNS + 1, style_ink(INK_DIM),
                  arena_printf(arena, _("and %s more"),
                               locale_count(arena, paths->detour_count - DETOURS_SHOWN)));
}

/* ---- Transitions ----------------------------------------------------------------------- */

/* "from → to" in so many columns: neither crowds the other out. */
static void write_ends(struct scene *scene, int row, int column, int columns,
                       const struct stage_set *set, const struct path_arc *arc)
{
    int half = (columns - 3) / 2;
    int used =
        scene_text(scene, row, column, half, style_ink(INK_TEXT), paths_step_title(set, arc->from));
    scene_text(scene, row, column + used + 1, 1, style_ink(INK_DIM),
               glyph(scene->medium, GLYPH_BREAK));
    scene_text(scene, row, column + used + 3, columns - used - 4, style_ink(INK_TEXT),
               paths_step_title(set, arc->to));
}

static enum ink ink_of(enum transition kind)
{
    static const uint8_t inks[] = {
        [TRANSITION_DESIGNED] = INK_GOOD, [TRANSITION_JUMP] = INK_WARN, [TRANSITION_BACK] = INK_BAD,
        [TRANSITION_LOOP] = INK_WARN,     [TRANSITION_OFF] = INK_DIM,
    };
    return inks[kind];
}

static bool is_end(const struct path_arc *arc)
{
    return arc->from == PATH_BEGIN || arc->to == PATH_END;
}

#define KIND_COLUMNS 14
#define TIME_COLUMNS 11
#define ARC_MOST 120 /* columns of the table: a longer way from end to end is no help to the eye */

static int arc_columns(const struct scene *scene)
{
    return scene->columns < ARC_MOST ? scene->columns : ARC_MOST;
}

static void write_arc(struct page *page, const struct stage_set *set, const struct path_arc *arc)
{
    struct scene *scene = page->scene;
    int row = page_rows(page, 1);
    int end = arc_columns(scene), kind = end - KIND_COLUMNS - TIME_COLUMNS;
    page_right(page, row, NUMBER_COLUMNS - 1, NUMBER_COLUMNS - 1, style_ink(INK_MEASURED),
               locale_count(scene->arena, arc->count));
    write_ends(scene, row, NUMBER_COLUMNS + 1, kind - NUMBER_COLUMNS - 1, set, arc);
    scene_text(scene, row, kind, KIND_COLUMNS - 1, style_ink(ink_of(arc->kind)),
               paths_transition_word(arc->kind));
    page_right(page, row, end, TIME_COLUMNS - 1, style_ink(INK_DIM),
               paths_time(scene->arena, arc->mean_time));
    paths_offer(page, set, row, (struct path_pick){ PICK_ARC, .from = arc->from, .to = arc->to });
}

void paths_draw_arcs(struct page *page, const struct stage_set *set)
{
    const struct paths *paths = &set->paths->paths;
    struct scene *scene = page->scene;
    size_t shown = 0;
    if (paths->follows_count == 0)
        return;
    page_heading(page, _("What directly follows what"));
    int row = page_rows(page, 1);
    page_right(page, row, NUMBER_COLUMNS - 1, NUMBER_COLUMNS - 1, style_ink(INK_DIM),
               C_("count", "times"));
    page_right(page, row, arc_columns(scene), TIME_COLUMNS - 1, style_ink(INK_DIM),
               _("on average"));
    for (size_t i = 0; i < paths->arc_count && shown < ARCS_SHOWN; i++) {
        if (is_end(&paths->arcs[i]))
            continue;
        write_arc(page, set, &paths->arcs[i]);
        shown++;
    }
    if (paths->follows_count > shown)
        page_text(page, NUMBER_COLUMNS + 1, style_ink(INK_DIM),
                  arena_printf(scene->arena, _("and %s more, %s transitions in all"),
                               locale_count(scene->arena, paths->follows_count - shown),
                               locale_count(scene->arena, paths->follows)));
}

/* ---- Media breaks ------------------------------------------------------------------------ */

static int compare_breaks(const void *left, const void *right)
{
    const struct path_arc *a = *(const struct path_arc *const *)left;
    const struct path_arc *b = *(const struct path_arc *const *)right;
    if (a->breaks != b->breaks)
        return a->breaks < b->breaks ? 1 : -1;
    if (a->switches != b->switches)
        return a->switches < b->switches ? 1 : -1;
    return (a > b) - (a < b);
}

static const struct path_arc **changing_arcs(struct arena *arena, const struct paths *paths,
                                             size_t *count)
{
    const struct path_arc **arcs = arena_array(arena, paths->arc_count, sizeof(*arcs));
    *count = 0;
    for (size_t i = 0; i < paths->arc_count; i++)
        if (paths->arcs[i].switches > 0)
            arcs[(*count)++] = &paths->arcs[i];
    if (*count > 0)
        qsort(arcs, *count, sizeof(*arcs), compare_breaks);
    return arcs;
}

/* "−8 points (−13 to −3)" */
static const char *points_text(struct arena *arena, double value, struct interval interval)
{
    /* TRANSLATORS: a difference of scores or of percentages, with how sure it is. */
    return arena_printf(arena, ngettext("%s point %s", "%s points %s", locale_plural(value, 0)),
                        locale_signed(arena, value, 0),
                        wording_margin(arena, interval.low, interval.high));
}

/* How much more often cases end after a break than after the same step without one. */
static const char *after_text(struct arena *arena, const struct path_arc *arc)
{
    uint64_t others = arc->settled - arc->settled_breaks;
    if (arc->settled_breaks == 0)
        return NULL;
    const char *share = paths_share(arena, arc->dropped_breaks, arc->settled_breaks);
    if (others == 0)
        return arena_printf(arena, _("%s dropped out right after"), share);
    struct difference difference = proportion_difference(
        (double)arc->dropped_breaks, (double)arc->settled_breaks,
        (double)(arc->dropped - arc->dropped_breaks), (double)others, CONFIDENCE_95);
    return arena_printf(arena, _("%s dropped out right after, %s against steps without one"), share,
                        points_text(arena, 100 * difference.value,
                                    (struct interval){ 100 * difference.interval.low,
                                                       100 * difference.interval.high }));
}

/* What is said after it, against those who came there without a break. */
static const char *said_text(struct arena *arena, const struct stage_set *set,
                             const struct path_arc *arc)
{
    const struct aftermath *aftermath = set->paths->aftermath;
    const struct arc_after *after =
        aftermath != NULL && arc->breaks > 0 ? aftermath_find(aftermath, arc->from, arc->to) : NULL;
    if (after == NULL || after->broken.n < SAID_LEAST)
        return NULL;
    const char *felt = arena_printf(
        arena, _("afterwards felt like %s %s (n %s)"), wording_score(arena, after->broken.value),
        wording_margin(arena, after->broken.interval.low, after->broken.interval.high),
        locale_number(arena, after->broken.n, 0));
    if (isnan(after->difference.value) || after->unbroken.n < SAID_LEAST)
        return felt;
    return arena_printf(arena, _("%s, %s against %s who came to %s without a break"), felt,
                        points_text(arena, after->difference.value, after->difference.interval),
                        locale_number(arena, after->unbroken.n, 0),
                        wording_quoted(arena, paths_step_title(set, arc->to)));
}

/* NULL where all answers were read. */
static const char *unread_text(struct arena *arena, const struct aftermath *aftermath)
{
    if (aftermath == NULL || aftermath->left_out == 0)
        return NULL;
    return arena_printf(arena,
                        ngettext("%s answer more than are read at most was left out.",
                                 "%s answers more than are read at most were left out.",
                                 aftermath->left_out),
                        locale_count(arena, aftermath->left_out));
}

/* All cases with a break against all without. */
static const char *felt_text(struct arena *arena, const struct aftermath *aftermath)
{
    if (aftermath == NULL || aftermath->broken.n < SAID_LEAST)
        return NULL;
    const struct estimate *broken = &aftermath->broken, *unbroken = &aftermath->unbroken;
    if (unbroken->n < SAID_LEAST)
        return arena_printf(arena,
                            _("Cases with a media break feel like %s %s (n %s); too few "
                              "without one say how they feel."),
                            wording_score(arena, broken->value),
                            wording_margin(arena, broken->interval.low, broken->interval.high),
                            locale_number(arena, broken->n, 0));
    return arena_printf(
        arena,
        _("Cases with a media break feel like %s (n %s), those without like %s (n %s): %s. That is "
          "no proof of what the break does."),
        wording_score(arena, broken->value), locale_number(arena, broken->n, 0),
        wording_score(arena, unbroken->value), locale_number(arena, unbroken->n, 0),
        points_text(arena, aftermath->difference.value, aftermath->difference.interval));
}

static void write_change(struct page *page, const struct stage_set *set, const struct path_arc *arc)
{
    struct scene *scene = page->scene;
    struct arena *arena = scene->arena;
    int row = page_rows(page, 1);
    page_right(page, row, NUMBER_COLUMNS - 1, NUMBER_COLUMNS - 1,
               style_ink(arc->breaks > 0 ? INK_BAD : INK_DIM),
               locale_count(arena, arc->breaks > 0 ? arc->breaks : arc->switches));
    write_ends(scene, row, NUMBER_COLUMNS + 1, scene->columns - NUMBER_COLUMNS - 1, set, arc);
    const char *words[] = {
        arc->breaks > 0 ? _("media break") : _("change of channel"),
        arena_printf(arena, _("in %s of these transitions"),
                     locale_percent(arena,
                                    (double)(arc->breaks > 0 ? arc->breaks : arc->switches) /
                                        (double)arc->count,
                                    0)),
        after_text(arena, arc),
        said_text(arena, set, arc),
        isnan(arc->mean_break_time)
            ? NULL
            : arena_printf(arena, _("%s on average, %s over all transitions"),
                           paths_time(arena, arc->mean_break_time),
                           paths_time(arena, arc->mean_time)),
    };
    page_text(page, NUMBER_COLUMNS + 1, style_ink(INK_DIM),
              wording_list(arena, words, ARRAY_LEN(words)));
    paths_offer(page, set, row,
                (struct path_pick){ arc->breaks > 0 ? PICK_BREAK : PICK_ARC, .from = arc->from,
                                    .to = arc->to });
}

static const char *changes_text(struct arena *arena, const struct paths *paths)
{
    const char *breaks = arena_printf(
        arena, ngettext("%s of them a media break", "%s of them media breaks", paths->breaks),
        locale_count(arena, paths->breaks));
    /* TRANSLATORS: the second is "535 of them media breaks". */
    const char *format =
        ngettext("%s change of channel, %s", "%s changes of channel, %s", paths->switches);
    return arena_printf(arena, format, locale_count(arena, paths->switches), breaks);
}

void paths_draw_breaks(struct page *page, const struct stage_set *set)
{
    const struct paths *paths = &set->paths->paths;
    struct arena *arena = page->scene->arena;
    size_t count;
    const struct path_arc **arcs = changing_arcs(arena, paths, &count);
    page_heading(page, _("Changes of channel, and media breaks"));
    if (count == 0) {
        page_text(page, 0, style_ink(INK_DIM),
                  _("None: no case changes its channel, or the store does not know channels."));
        return;
    }
    page_text(page, 0, style_ink(INK_TEXT), changes_text(arena, paths));
    page_text(page, 0, style_ink(INK_TEXT), felt_text(arena, set->paths->aftermath));
    page_text(page, 0, style_ink(INK_WARN), unread_text(arena, set->paths->aftermath));
    for (size_t i = 0; i < count && i < BREAKS_SHOWN; i++)
        write_change(page, set, arcs[i]);
}
