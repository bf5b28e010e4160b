/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/gaps.h>
#include <stellwerk/scene/panel.h>

#include <limits.h>
#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/heading.h>
#include <stellwerk/scene/message.h>
#include <stellwerk/scene/paths.h>
#include <stellwerk/scene/summary.h>
#include <stellwerk/scene/wording.h>

/* ---- What is shown --------------------------------------------------------------- */

static const struct {
    const char *name, *title; /* N_() */
} pictures[GAPS_PICTURE_COUNT] = {
    [GAPS_LIST] = { "list", N_("List") },
    [GAPS_IMPORTANCE] = { "importance", N_("Importance and performance") },
    [GAPS_OPPORTUNITY] = { "opportunity", N_("Opportunity (Ulwick)") },
};

const char *gaps_picture_title(enum gaps_picture picture)
{
    return _(pictures[picture].title);
}

const char *gaps_picture_name(enum gaps_picture picture)
{
    return pictures[picture].name;
}

int gaps_picture_find(const char *name)
{
    for (int i = 0; i < GAPS_PICTURE_COUNT; i++)
        if (strcmp(pictures[i].name, name) == 0)
            return i;
    return -1;
}

const char *gaps_sort_title(enum ranking_sort sort)
{
    static const char *const titles[SORT_COUNT] = {
        [SORT_PRIORITY] = N_("by importance × reach × sure shortfall"),
        [SORT_JOURNEY] = N_("in the order of the journey"),
        [SORT_GAP] = N_("by the depth of the gap, however sure"),
        [SORT_IMPORTANCE] = N_("by importance"),
        [SORT_CONCERN] = N_("by importance less performance"),
        [SORT_OPPORTUNITY] = N_("by opportunity"),
    };
    return _(titles[sort]);
}

/* The share of cases that met each touchpoint. One that no case ever met is none that the events
 * tell of: nothing is known of its reach. */
static const double *reach_of(struct arena *arena, const struct stage_set *set)
{
    if (set->paths == NULL || set->paths->problem.text[0] != '\0' || set->paths->paths.cases == 0)
        return NULL;
    const struct paths *paths = &set->paths->paths;
    double *reach = arena_array(arena, set->journey->touchpoint_count, sizeof(*reach));
    for (size_t i = 0; i < set->journey->touchpoint_count; i++)
        reach[i] = NAN;
    for (size_t i = 0; i < paths->column_count; i++) {
        const struct path_column *column = &paths->columns[i];
        if (column->present > 0)
            reach[column->touchpoint] = (double)column->present / (double)paths->cases;
    }
    return reach;
}

struct ranking gaps_ranking(struct arena *arena, const struct stage_set *set,
                            const char **trouble)
{
    struct ranking_wish wish = { .sort = set->options.sort, .reach = reach_of(arena, set) };
    struct error err;
    error_init(&err);
    bool fine =
        ranking_filter_parse(arena, set->journey, set->options.filter, &wish.filter, &err);
    if (trouble != NULL)
        *trouble = fine ? NULL : arena_strdup(arena, err.text);
    if (!fine)
        return (struct ranking){ 0 };
    return ranking_new(arena, set->journey, set->figures, set->readings, &wish);
}

/* ---- Lines of words -------------------------------------------------------------- */

/* The journey's score, its weakest, its peak and its end; the later give way. */
static const char *points_text(struct scene *scene, const struct stage_set *set,
                               const char *const *formats, int columns)
{
    const struct readings *readings = set->readings;
    struct arena *arena = scene->arena;
    const int points[] = { readings->weakest, readings->peak, readings->end };
    const char *words[1 + ARRAY_LEN(points)] = {
        arena_printf(arena, _(formats[0]), wording_score(arena, readings->score)),
    };
    for (size_t i = 0; i < ARRAY_LEN(points); i++)
        words[i + 1] = arena_printf(
            arena, _(formats[i + 1]), set->journey->touchpoints[points[i]].title,
            wording_score(arena, reading_felt(&readings->items[points[i]])));
    size_t count = ARRAY_LEN(words);
    const char *text = wording_list(arena, words, count);
    while (count > 1 && scene_text_width(scene, text) > columns)
        text = wording_list(arena, words, --count);
    return text;
}

/* In a sentence where all of it fits, else in as few words as say the same. */
static const char *journey_text(struct scene *scene, const struct stage_set *set, int columns)
{
    static const char *const whole[] = { N_("The journey feels like %s of 100"),
                                         N_("weakest %s (%s)"), N_("peak %s (%s)"),
                                         N_("ends with %s (%s)") };
    static const char *const brief[] = { N_("Feels like %s"), N_("weakest %s %s"),
                                         N_("peak %s %s"), N_("end %s %s") };
    if (set->readings->weakest == NONE)
        return head_journey(scene->arena, set);
    const char *all = points_text(scene, set, whole, INT_MAX);
    return scene_text_width(scene, all) <= columns ? all
                                                   : points_text(scene, set, brief, columns);
}

static const char *scope_text(struct arena *arena, const struct stage_set *set,
                              const struct ranking *ranking)
{
    const char *filter = set->options.filter;
    bool filtered = filter != NULL && *filter != '\0' && strcmp(filter, "all") != 0;
    size_t all = ranking->count + ranking->left_out;
    const char *words[] = {
        gaps_sort_title(set->options.sort),
        filtered ? arena_printf(arena, _("only %s"), filter) : NULL,
        filtered ? arena_printf(arena, ngettext("%s of %s touchpoint", "%s of %s touchpoints", all),
                                locale_count(arena, ranking->count), locale_count(arena, all))
                 : NULL,
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

const char *standing_title(enum standing standing)
{
    static const char *const titles[STANDING_COUNT] = {
        [STANDING_SURE] = N_("Where the promise breaks, the surest and most important first"),
        [STANDING_UNSURE] = N_("Measured short, but it may be chance"),
        [STANDING_GUESSED] = N_("Short by estimate alone"),
        [STANDING_KEPT] = N_("Expectation met or exceeded"),
        [STANDING_UNKNOWN] = N_("Not known: no expectation, or nothing felt or measured"),
    };
    return _(titles[standing]);
}

/* ---- The screen ------------------------------------------------------------------ */

#define HEAD_ROWS 4 /* map, journey, order, titles */
#define FOOT_ROWS 3 /* formula, words, keys */
#define LIST_LEAST 3

static int find_selected(const struct stage_set *set, const struct ranking *ranking)
{
    for (size_t i = 0; i < ranking->count; i++)
        if (ranking->items[i].touchpoint == set->options.selected)
            return (int)i;
    return NONE;
}

static void draw_list(struct scene *scene, struct area area, const struct stage_set *set,
                      const struct ranking *ranking)
{
    struct gaps_table table = gaps_table_lay(set, area.columns + 1);
    int selected = find_selected(set, ranking), count = (int)ranking->count;
    int first = panel_first(selected, area.rows, count);
    for (int i = first; i < count && i < first + area.rows; i++) {
        const struct ranked_gap *row = &ranking->items[i];
        int at = area.row + i - first;
        gaps_table_row(scene, at, &table, row, i + 1);
        panel_touchpoint(scene, at, area.columns, row->touchpoint,
                         i == selected ? scene->columns : 0);
    }
    panel_scrollbar(scene, area, first, count);
}

/* A plot without a point would only be two axes. */
static bool has_points(const struct ranking *ranking)
{
    for (size_t i = 0; i < ranking->count; i++)
        if (!isnan(ranking->items[i].performance))
            return true;
    return false;
}

/* Below the list, where there is room: both side by side, or the one above the other. */
static void draw_plots(struct scene *scene, struct area area, const struct stage_set *set,
                       const struct ranking *ranking)
{
    static const int beside = 120;
    struct area left = area, right = area;
    if (area.rows < GAPS_PLOT_ROWS || !has_points(ranking))
        return;
    if (area.columns >= beside) {
        left.columns = area.columns / 2 - 2;
        right.column = area.columns / 2 + 1;
        right.columns = area.columns - right.column;
    } else if (area.rows >= 2 * GAPS_PLOT_ROWS + 1) {
        left.rows = area.rows / 2;
        right.row = area.row + left.rows + 1;
        right.rows = area.rows - left.rows - 1;
    } else {
        right.rows = 0;
    }
    gaps_plot_draw(scene, left, set, ranking, GAPS_IMPORTANCE);
    if (right.rows > 0)
        gaps_plot_draw(scene, right, set, ranking, GAPS_OPPORTUNITY);
}

static void draw_body(struct scene *scene, const struct stage_set *set,
                      const struct ranking *ranking)
{
    int room = scene->rows - HEAD_ROWS - FOOT_ROWS;
    struct area list = { .row = HEAD_ROWS, .rows = room, .columns = page_inside(scene->columns) };
    if (set->options.picture != GAPS_LIST) {
        struct area plot = list;
        plot.columns = scene->columns;
        plot.row--;
        plot.rows++;
        gaps_plot_draw(scene, plot, set, ranking, set->options.picture);
        return;
    }
    int wanted = (int)ranking->count < room ? (int)ranking->count : room;
    int most = room - GAPS_PLOT_ROWS - 1; /* a list that leaves a third to the plots is enough */
    if (wanted > most && most >= 2 * GAPS_PLOT_ROWS)
        wanted = most;
    list.rows = wanted > LIST_LEAST ? wanted : room < LIST_LEAST ? room : LIST_LEAST;
    struct gaps_table table = gaps_table_lay(set, list.columns + 1);
    gaps_table_head(scene, HEAD_ROWS - 1, &table);
    draw_list(scene, list, set, ranking);
    struct area plots = { .row = list.row + list.rows + 1, .columns = scene->columns };
    plots.rows = scene->rows - FOOT_ROWS - plots.row;
    draw_plots(scene, plots, set, ranking);
}

static void draw_formula(struct scene *scene, int row, const struct stage_set *set,
                         const struct ranking *ranking)
{
    int selected = find_selected(set, ranking);
    const char *text =
        selected == NONE ? NULL : gaps_priority_text(scene->arena, &ranking->items[selected]);
    if (text != NULL)
        scene_text(scene, row, 1, scene->columns - 2, style_ink(INK_DIM), text);
}

static struct scene *draw_screen(struct arena *arena, const struct stage_set *set, int columns,
                                 int rows, struct medium medium)
{
    struct scene *scene = scene_new(arena, columns, rows, medium);
    const char *trouble;
    struct ranking ranking = gaps_ranking(arena, set, &trouble);
    if (trouble == NULL && set->journey->touchpoint_count == 0)
        trouble = head_journey(arena, set);
    if (trouble == NULL && ranking.count == 0)
        trouble = _("No touchpoint is taken by this filter: F takes it away");
    if (trouble == NULL)
        draw_body(scene, set, &ranking);
    else
        message_draw(scene, trouble);
    head_draw(scene, 0, set);
    scene_text(scene, 1, 1, columns - 2, style_ink(INK_TEXT),
               journey_text(scene, set, columns - 2));
    scene_text(scene, 2, 1, columns - 2, style_ink(INK_DIM), scope_text(arena, set, &ranking));
    draw_formula(scene, rows - 3, set, &ranking);
    summary_draw(scene, rows - 2, set);
    scene_fill(scene, rows - 1, 0, 1, columns, style_on(GROUND_BAR, INK_TEXT));
    return scene;
}

/* ---- The report ------------------------------------------------------------------ */

static void report_list(struct page *page, const struct stage_set *set,
                        const struct ranking *ranking)
{
    struct gaps_table table = gaps_table_lay(set, page->scene->columns - 1);
    bool by_standing = set->options.sort == SORT_PRIORITY;
    for (size_t i = 0; i < ranking->count; i++) {
        const struct ranked_gap *row = &ranking->items[i];
        bool first = i == 0 || (by_standing && row->standing != row[-1].standing);
        if (first) {
            page_heading(page, by_standing ? standing_title(row->standing)
                                           : gaps_sort_title(set->options.sort));
            gaps_table_head(page->scene, page_rows(page, 1), &table);
        }
        bool ranks = !by_standing || row->standing < STANDING_KEPT;
        gaps_table_row(page->scene, page_rows(page, 1), &table, row, ranks ? (int)i + 1 : 0);
    }
}

/* Plots as tall as they are wide, nearly; a cell is twice as tall as wide. */
static void report_plots(struct page *page, const struct stage_set *set,
                         const struct ranking *ranking)
{
    int columns = page->scene->columns, rows = columns / 5;
    rows = rows < GAPS_PLOT_ROWS ? GAPS_PLOT_ROWS : rows > 30 ? 30 : rows;
    for (int picture = GAPS_LIST + 1; picture < GAPS_PICTURE_COUNT; picture++) {
        struct area area = { .row = page_rows(page, rows + 1) + 1, .rows = rows };
        area.columns = columns;
        gaps_plot_draw(page->scene, area, set, ranking, (enum gaps_picture)picture);
    }
}

struct scene *gaps_list(struct arena *arena, const struct stage_set *set, int columns,
                        struct medium medium)
{
    struct page page = page_begin(arena, columns, medium);
    struct stage_set by_priority = *set;
    by_priority.options.sort = SORT_PRIORITY;
    by_priority.options.filter = NULL;
    struct ranking ranking = gaps_ranking(arena, &by_priority, NULL);
    report_list(&page, &by_priority, &ranking);
    return page_end(&page);
}

static struct scene *draw_report(struct arena *arena, const struct stage_set *set, int columns,
                                 struct medium medium)
{
    struct page page = page_begin(arena, columns, medium);
    const char *trouble;
    struct ranking ranking = gaps_ranking(arena, set, &trouble);
    head_draw(page.scene, page_rows(&page, 1), set);
    page_text(&page, 1, style_ink(INK_TEXT), journey_text(page.scene, set, 10 * columns));
    page_text(&page, 1, style_ink(INK_DIM), scope_text(arena, set, &ranking));
    page_text(&page, 1, style_ink(INK_WARN), trouble);
    report_list(&page, set, &ranking);
    if (has_points(&ranking))
        report_plots(&page, set, &ranking);
    return page_end(&page);
}

struct scene *gaps_draw(struct arena *arena, const struct stage_set *set, int columns, int rows,
                        struct medium medium)
{
    if (rows == 0)
        return draw_report(arena, set, columns, medium);
    if (view_is_too_small(columns, rows))
        return message_too_small(arena, columns, rows, medium);
    return draw_screen(arena, set, columns, rows, medium);
}
