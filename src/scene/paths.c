/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/paths.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/proportion.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/heading.h>
#include <stellwerk/scene/message.h>
#include <stellwerk/scene/wording.h>

/* ---- Words ----------------------------------------------------------------------- */

const char *paths_step_title(const struct stage_set *set, int step)
{
    const struct journey *journey = set->journey;
    const struct sequence_names *names = &set->paths->names;
    if (step == PATH_BEGIN)
        return _("(begins)");
    if (step == PATH_END)
        return _("(ends)");
    if ((size_t)step < journey->touchpoint_count)
        return journey->touchpoints[step].title;
    size_t activity = (size_t)step - journey->touchpoint_count;
    return activity < names->activity_count ? names->activities[activity] : "?";
}

const char *paths_transition_word(enum transition kind)
{
    static const char *const words[] = {
        [TRANSITION_DESIGNED] = N_("as designed"), [TRANSITION_JUMP] = N_("jump"),
        [TRANSITION_BACK] = N_("step back"),       [TRANSITION_LOOP] = N_("again"),
        [TRANSITION_OFF] = N_("off the map"),
    };
    return _(words[kind]);
}

const char *paths_share(struct arena *arena, uint64_t hits, uint64_t n)
{
    if (n == 0)
        return "–";
    struct estimate share = proportion_estimate((double)hits, (double)n, CONFIDENCE_95);
    return arena_printf(arena, "%s %s", locale_percent(arena, share.value, 0),
                        wording_margin(arena, 100 * share.interval.low, 100 * share.interval.high));
}

const char *paths_time(struct arena *arena, double time)
{
    static const struct {
        double unit;
        double until; /* of it */
        const char *format;
    } units[] = {
        { 1e6, 90, N_("%s s") },
        { 60e6, 90, N_("%s min") },
        { 3600e6, 36, N_("%s h") },
        { 86400e6, INFINITY, N_("%s days") },
    };
    if (isnan(time))
        return "–";
    size_t i = 0;
    while (time / units[i].unit >= units[i].until)
        i++;
    double value = time / units[i].unit;
    bool whole = value >= 10 || fabs(value - round(value)) < 0.05;
    return arena_printf(arena, _(units[i].format), locale_number(arena, value, whole ? 0 : 1));
}

/* ---- What the figures are of ------------------------------------------------------- */

static const char *stand_text(struct arena *arena, const struct paths *paths)
{
    const char *words[] = {
        arena_printf(arena, ngettext("%s case", "%s cases", paths->cases),
                     locale_count(arena, paths->cases)),
        arena_printf(arena, _("%s completed (%s)"), locale_count(arena, paths->completed),
                     paths_share(arena, paths->completed, paths->cases)),
        arena_printf(arena, _("%s closed without"), locale_count(arena, paths->closed)),
        arena_printf(arena, _("%s still open"), locale_count(arena, paths->open)),
        isnan(paths->fitness.value)
            ? NULL
            : arena_printf(arena, _("completed ones keep to the design to %s %s"),
                           locale_percent(arena, paths->fitness.value, 0),
                           wording_margin(arena, 100 * paths->fitness.interval.low,
                                          100 * paths->fitness.interval.high)),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

static const char *goal_text(struct arena *arena, const struct stage_set *set)
{
    const struct paths *paths = &set->paths->paths;
    const char *window = paths_time(arena, (double)paths->close_after);
    const char *as_of = locale_day(arena, time_day(paths->as_of));
    if (paths->goal == NONE)
        return arena_printf(arena,
                            _("No case is completed, as the map has no touchpoint that could "
                              "complete it. Closed: nothing happened for more than %s before %s."),
                            window, as_of);
    return arena_printf(
        arena,
        _("Completed: the case met %s. Closed: it did not, and nothing happened for more than %s "
          "before %s. Dropped out: of the cases that were at a touchpoint and are completed or "
          "closed, those that were closed with it as their last. Times to the next touchpoint "
          "count open cases as still waiting."),
        wording_quoted(arena, paths_step_title(set, paths->goal)), window, as_of);
}

static const char *ignored_text(const struct stage_set *set)
{
    if (set->paths->names.persona_ignored)
        return _("Of all customers: the store does not know who they are.");
    return set->paths->names.context_ignored
               ? _("Of all contexts: the store does not know in which.")
               : NULL;
}

static void draw_head(struct page *page, const struct stage_set *set)
{
    struct arena *arena = page->scene->arena;
    page_text(page, 0, style_bold(INK_STRONG), stand_text(arena, &set->paths->paths));
    page_text(page, 0, style_ink(INK_DIM), goal_text(arena, set));
    page_text(page, 0, style_ink(INK_WARN), ignored_text(set));
}

/* ---- The view ---------------------------------------------------------------------- */

static const char *trouble(const struct stage_set *set)
{
    if (set->paths == NULL)
        return set->journey->store == NULL
                   ? _("No store: nothing is known of the paths that customers take. `stellwerk "
                       "import "
                       "STORE FILE` makes one, `store:` of the map names it.")
                   : _("the paths that customers take have not been read yet");
    if (set->paths->problem.text[0] != '\0')
        return set->paths->problem.text;
    if (set->paths->paths.cases == 0)
        return _("no cases in the store under this lens");
    return NULL;
}

static struct page write_page(struct arena *arena, const struct stage_set *set, int columns,
                              struct medium medium)
{
    struct page page = page_begin(arena, page_inside(columns), medium);
    draw_head(&page, set);
    paths_draw_columns(&page, set);
    paths_draw_variants(&page, set);
    paths_draw_beside(&page, set);
    paths_draw_arcs(&page, set);
    paths_draw_breaks(&page, set);
    paths_draw_segments(&page, set);
    return page;
}

struct path_pick *paths_picks(struct arena *arena, const struct stage_set *set, int columns,
                              struct medium medium, size_t *count)
{
    *count = 0;
    if (trouble(set) != NULL)
        return NULL;
    struct page page = write_page(arena, set, columns, medium);
    *count = page.pick_count;
    return page.picks;
}

struct scene *paths_draw(struct arena *arena, const struct stage_set *set, int columns, int rows,
                         struct medium medium)
{
    if (view_is_too_small(columns, rows))
        return message_too_small(arena, columns, rows, medium);
    const char *why = trouble(set);
    struct scene *scene = NULL;
    struct stage_set shown = *set;
    if (why == NULL) {
        struct page page = write_page(arena, set, columns, medium);
        size_t pick = (size_t)set->options.pick;
        if (set->options.follow && pick < page.pick_count)
            shown.options.scroll = page_scroll_to(set->options.scroll, rows - 2,
                                                  (struct page_lit){ page.picks[pick].row, 1 });
        scene = page_end(&page);
    }
    return page_on_screen(arena, &shown, scene, why, columns, rows, medium);
}
