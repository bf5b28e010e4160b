/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/panel.h>
#include <stellwerk/scene/reduction.h>

#include <limits.h>
#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/attribution.h>
#include <stellwerk/scene/heading.h>
#include <stellwerk/scene/message.h>
#include <stellwerk/scene/paths.h>
#include <stellwerk/scene/summary.h>
#include <stellwerk/scene/wording.h>

const struct reduction *reduction_of(struct arena *arena, const struct stage_set *set,
                                     const int *fates)
{
    const struct contact_set *contacts = set->contacts;
    bool known = contacts != NULL && contacts->problem.text[0] == '\0';
    return reduction_new(arena, &(struct reduction_input){
                                    .journey = set->journey,
                                    .figures = set->figures,
                                    .readings = set->readings,
                                    .lens = &set->lens,
                                    .contacts = known ? &contacts->contacts : NULL,
                                    .values = known ? contacts->values : NULL,
                                    .fates = fates,
                                });
}

/* ---- Sentences --------------------------------------------------------------------- */

static const char *with_margin(struct arena *arena, const struct estimate *mean)
{
    double half = (mean->interval.high - mean->interval.low) / 2;
    const char *value = locale_number(arena, mean->value, 1);
    if (!wording_bounded(mean->interval.low, mean->interval.high))
        return value;
    return arena_printf(arena, "%s ±%s", value, locale_number(arena, half, half < 0.05 ? 2 : 1));
}

static const char *benchmark_text(struct arena *arena, const struct stage_set *set)
{
    const struct reduction_side *side = &set->reduction->before;
    double most = set->journey->benchmark.contacts;
    if (set->journey->benchmark.pos.line == 0 || isnan(most))
        return _("no benchmark is set");
    double above = side->contacts.per_case.value - most;
    const char *size = locale_number(arena, fabs(above), 1);
    const char *mark = locale_number(arena, most, wording_decimals(most));
    switch (side->benchmark) {
    case BENCHMARK_KEPT:
        return arena_printf(arena, _("at most the benchmark of %s"), mark);
    case BENCHMARK_BROKEN:
        return arena_printf(arena, _("%s above the benchmark of %s"), size, mark);
    case BENCHMARK_UNSURE:
        return arena_printf(arena,
                            above > 0 ? _("%s above the benchmark of %s, which may be chance")
                                      : _("%s below the benchmark of %s, which may be chance"),
                            size, mark);
    case BENCHMARK_NONE:
        break;
    }
    return arena_printf(arena, _("the benchmark is %s"), mark);
}

static const char *design_text(struct arena *arena, const struct reduction_side *side)
{
    return arena_printf(
        arena,
        ngettext("By design %s touchpoint, %s of it required",
                 "By design %s touchpoints, %s of them required", side->touchpoints),
        locale_count(arena, side->touchpoints), locale_count(arena, side->required));
}

/* As many of the words as fit, the first in any case. */
static const char *fitted(const struct scene *scene, const char *const *words, size_t count,
                          int columns)
{
    const char *text = wording_list(scene->arena, words, count);
    while (count > 1 && scene_text_width(scene, text) > columns)
        text = wording_list(scene->arena, words, --count);
    return text;
}

static const char *contacts_text(const struct scene *scene, const struct stage_set *set,
                                 int columns)
{
    struct arena *arena = scene->arena;
    const struct reduction_side *side = &set->reduction->before;
    if (!side->measured) {
        const char *words[] = { design_text(arena, side), benchmark_text(arena, set) };
        return fitted(scene, words, ARRAY_LEN(words), columns);
    }
    uint64_t cases = set->contacts->contacts.cases;
    const char *words[] = {
        arena_printf(arena, _("%s contacts a case"), with_margin(arena, &side->contacts.per_case)),
        benchmark_text(arena, set),
        arena_printf(arena, ngettext("of %s case that is over", "of %s cases that are over", cases),
                     locale_count(arena, cases)),
        arena_printf(arena, _("half take at most %s"),
                     locale_number(arena, side->contacts.median, 0)),
    };
    return fitted(scene, words, ARRAY_LEN(words), columns);
}

/* NULL for a share that is not known. */
static const char *share_text(struct arena *arena, const char *format, const struct estimate *share)
{
    if (isnan(share->value))
        return NULL;
    const struct interval *around = &share->interval;
    const char *margin = wording_margin(arena, 100 * around->low, 100 * around->high);
    return arena_printf(arena, format,
                        arena_printf(arena, *margin != '\0' ? "%s %s" : "%s%s",
                                     locale_percent(arena, share->value, 0), margin));
}

static const char *shares_text(const struct scene *scene, const struct stage_set *set, int columns)
{
    struct arena *arena = scene->arena;
    const struct reduction_side *side = &set->reduction->before;
    if (!side->measured)
        return NULL;
    const struct contact_figures *figures = &side->contacts;
    const char *words[] = {
        share_text(arena, _("one contact was enough for %s"), &figures->single),
        share_text(arena, _("%s of contacts come again"), &figures->repeated),
        share_text(arena, _("%s tried digitally first"), &figures->digital_first),
    };
    return fitted(scene, words, ARRAY_LEN(words), columns);
}

const char *reduction_trouble(const struct stage_set *set)
{
    const struct contact_set *contacts = set->contacts;
    if (contacts == NULL)
        return set->journey->store == NULL
                   ? _("No store: only the journey as designed is told.")
                   : _("What customers do has not been read yet: only the design is told.");
    if (contacts->problem.text[0] != '\0')
        return contacts->problem.text;
    if (contacts->contacts.cases == 0)
        return _("No case of the store is over under this lens: only the design is told.");
    if (contacts->persona_ignored)
        return _("Contacts are of all customers: the store does not know who they are.");
    if (contacts->contacts.left_out > 0)
        return _("Customers go so many different ways that not all cases could be counted.");
    return contacts->context_ignored
               ? _("Contacts are of all contexts: the store does not know in which.")
               : NULL;
}

/* NULL for nothing marked. */
static const char *marks_text(struct arena *arena, const struct reduction *reduction)
{
    const char *words[] = {
        reduction->removed == 0
            ? NULL
            : arena_printf(arena, ngettext("%s left out", "%s left out", reduction->removed),
                           locale_count(arena, reduction->removed)),
        reduction->merged == 0
            ? NULL
            : arena_printf(arena, ngettext("%s to merge", "%s to merge", reduction->merged),
                           locale_count(arena, reduction->merged)),
    };
    const char *text = wording_list(arena, words, ARRAY_LEN(words));
    return *text != '\0' ? text : NULL;
}

/* What the comparison does not show by itself. */
static const char *caution_text(struct arena *arena, const struct stage_set *set)
{
    const struct reduction *reduction = set->reduction;
    uint64_t none = reduction->after.measured ? reduction->after.contacts.none : 0;
    if (reduction->loses_goal)
        return _("what completes a case would be gone");
    if (none > 0)
        return arena_printf(arena,
                            ngettext("%s case would have no contact at all",
                                     "%s cases would have no contact at all", none),
                            locale_count(arena, none));
    return NULL;
}

static const char *marked_text(struct arena *arena, const struct stage_set *set)
{
    const char *marks = marks_text(arena, set->reduction);
    const char *words[] = {
        marks != NULL ? marks : _("x tries the journey without a touchpoint, > with it merged"),
        marks != NULL ? caution_text(arena, set) : NULL,
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

/* ---- The screen -------------------------------------------------------------------- */

#define HEAD_ROWS 4        /* map, contacts, shares or trouble, marks */
#define FOOT_ROWS 2        /* words, keys */
#define LIST_LEAST 9       /* rows that the comparison leaves to the list */
#define COMPARE_COLUMNS 76 /* beside the list */
#define COMPARE_MOST 92
#define BESIDE_LEAST 150 /* columns from which on both stand side by side */

static int find_selected(const struct stage_set *set)
{
    for (size_t i = 0; i < set->reduction->count; i++)
        if (set->reduction->rows[i].touchpoint == set->options.selected)
            return (int)i;
    return NONE;
}

static void draw_list(struct scene *scene, struct area area, const struct stage_set *set)
{
    int selected = find_selected(set), count = (int)set->reduction->count;
    int first = panel_first(selected, area.rows - 1, count);
    reduction_table_head(scene, area.row, set, area.columns + 1);
    for (int i = first; i < count && i - first < area.rows - 1; i++) {
        const struct reduction_row *at = &set->reduction->rows[i];
        int row = area.row + 1 + i - first;
        reduction_table_row(scene, row, set, area.columns + 1, at);
        panel_touchpoint(scene, row, area.columns, at->touchpoint,
                         i == selected ? area.columns + 2 : 0);
    }
    struct area rows = area;
    rows.row++;
    rows.rows--;
    panel_scrollbar(scene, rows, first, count);
}

static void draw_body(struct scene *scene, const struct stage_set *set)
{
    struct area list = { .row = HEAD_ROWS, .columns = page_inside(scene->columns) };
    list.rows = scene->rows - HEAD_ROWS - FOOT_ROWS;
    struct area compare = list;
    if (scene->columns >= BESIDE_LEAST) {
        list.columns -= COMPARE_COLUMNS + 3;
        compare.column = list.columns + 4;
        compare.columns = COMPARE_COLUMNS;
        reduction_compare_draw(scene, compare, set);
    } else {
        int wanted = reduction_compare_rows(set), most = list.rows - LIST_LEAST - 1;
        compare.column = 1;
        compare.columns = compare.columns < COMPARE_MOST ? compare.columns : COMPARE_MOST;
        compare.rows = wanted < most ? wanted : most;
        int used = reduction_compare_draw(scene, compare, set);
        list.row += used + 1;
        list.rows -= used + 1;
    }
    draw_list(scene, list, set);
}

static enum ink benchmark_ink(const struct reduction_side *side)
{
    return side->benchmark == BENCHMARK_BROKEN ? INK_BAD
           : side->benchmark == BENCHMARK_KEPT ? INK_GOOD
                                               : INK_TEXT;
}

static struct scene *draw_screen(struct arena *arena, const struct stage_set *set, int columns,
                                 int rows, struct medium medium)
{
    struct scene *scene = scene_new(arena, columns, rows, medium);
    const struct reduction *reduction = set->reduction;
    const char *trouble = reduction_trouble(set);
    if (set->journey->touchpoint_count == 0)
        message_draw(scene, head_journey(arena, set));
    else
        draw_body(scene, set);
    head_draw(scene, 0, set);
    scene_text(scene, 1, 1, columns - 2, style_ink(benchmark_ink(&reduction->before)),
               contacts_text(scene, set, columns - 2));
    scene_text(scene, 2, 1, columns - 2, style_ink(trouble != NULL ? INK_WARN : INK_TEXT),
               trouble != NULL ? trouble : shares_text(scene, set, columns - 2));
    scene_text(scene, 3, 1, columns - 2,
               style_ink(reduction->removed + reduction->merged > 0 ? INK_LENS : INK_DIM),
               marked_text(arena, set));
    summary_draw(scene, rows - 2, set);
    scene_fill(scene, rows - 1, 0, 1, columns, style_on(GROUND_BAR, INK_TEXT));
    return scene;
}

/* ---- The report -------------------------------------------------------------------- */

static const char *credit_text(struct arena *arena, const struct stage_set *set)
{
    const struct contact_set *contacts = set->contacts;
    if (contacts == NULL || contacts->values == NULL)
        return NULL;
    return arena_printf(arena,
                        _("Credit: share of all that is credited, by %s; it is no proof of an "
                          "effect."),
                        credits_model_title(contacts->model));
}

static const char *over_text(struct arena *arena, const struct stage_set *set)
{
    if (!set->reduction->before.measured)
        return NULL;
    const struct contacts *contacts = &set->contacts->contacts;
    const char *open = arena_printf(
        arena, ngettext("%s still open is left out", "%s still open are left out", contacts->open),
        locale_count(arena, contacts->open));
    return arena_printf(
        arena,
        /* TRANSLATORS: the last is "12 still open are left out". */
        _("A contact is what a case did at a touchpoint of the map. A case is over when it met "
          "%s, or when nothing happened for more than %s before %s; %s."),
        wording_quoted(arena, set->journey->touchpoints[contacts->goal].title),
        paths_time(arena, (double)contacts->close_after),
        locale_day(arena, time_day(contacts->as_of)), open);
}

static void write_notes(struct page *page, const struct stage_set *set)
{
    struct arena *arena = page->scene->arena;
    const struct style dim = style_ink(INK_DIM);
    page_heading(page, _("What the figures are"));
    page_text(page, 0, dim, over_text(arena, set));
    page_text(page, 0, dim,
              _("Carries: the mean of importance, credit and what it tells of the end, each by the "
                "most that a touchpoint has. Tells the end: how much of the doubt whether a case "
                "completes is gone when it is known whether it was here."));
    page_text(page, 0, dim, credit_text(arena, set));
    page_text(page, 0, dim,
              _("Contacts come again: at a touchpoint where the case had been, and that may not be "
                "repeated by design. Digital first: of the cases with a contact in another medium, "
                "those that had a digital one before."));
    page_text(page, 0, dim,
              _("The what-if takes contacts away and nothing else: what customers would do instead "
                "only a trial can tell. Times are at best, and cases "
                "left without a contact count as none."));
}

static struct scene *draw_report(struct arena *arena, const struct stage_set *set, int columns,
                                 struct medium medium)
{
    struct page page = page_begin(arena, columns, medium);
    head_draw(page.scene, page_rows(&page, 1), set);
    page_text(&page, 1, style_ink(benchmark_ink(&set->reduction->before)),
              contacts_text(page.scene, set, INT_MAX));
    page_text(&page, 1, style_ink(INK_TEXT), shares_text(page.scene, set, INT_MAX));
    page_text(&page, 1, style_ink(INK_WARN), reduction_trouble(set));
    if (set->reduction->removed + set->reduction->merged > 0)
        page_text(&page, 1, style_ink(INK_LENS), marked_text(arena, set));
    int rows = reduction_compare_rows(set), first = page_rows(&page, rows + 2) + 1;
    struct area area = { .row = first, .column = 1, .rows = rows, .columns = page_inside(columns) };
    area.columns = area.columns < COMPARE_MOST ? area.columns : COMPARE_MOST;
    reduction_compare_draw(page.scene, area, set);
    reduction_table_head(page.scene, page_rows(&page, 1), set, columns - 1);
    for (size_t i = 0; i < set->reduction->count; i++)
        reduction_table_row(page.scene, page_rows(&page, 1), set, columns - 1,
                            &set->reduction->rows[i]);
    write_notes(&page, set);
    return page_end(&page);
}

struct scene *reduction_draw(struct arena *arena, const struct stage_set *set, int columns,
                             int rows, struct medium medium)
{
    if (rows == 0)
        return draw_report(arena, set, columns, medium);
    if (view_is_too_small(columns, rows))
        return message_too_small(arena, columns, rows, medium);
    return draw_screen(arena, set, columns, rows, medium);
}
