/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/metrics.h>
#include <stellwerk/scene/panel.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/change.h>
#include <stellwerk/scene/chart.h>
#include <stellwerk/scene/sparkline.h>
#include <stellwerk/scene/wording.h>

/* ---- What is listed -------------------------------------------------------------- */

static bool is_listed(const struct stage_set *set, int touchpoint)
{
    int selected = set->options.selected;
    return set->options.everywhere || selected == NONE || touchpoint == selected;
}

/* Of the selected touchpoint the chosen metric, else its first; else the first row. */
static int find_chosen(const struct stage_set *set, const struct metric_rows *rows)
{
    int found = rows->count > 0 ? 0 : NONE;
    bool at_touchpoint = false;
    for (size_t i = 0; i < rows->count; i++) {
        const struct metric_row *row = &rows->items[i];
        if (row->touchpoint != set->options.selected)
            continue;
        if (row->metric == set->options.metric)
            return (int)i;
        if (!at_touchpoint)
            found = (int)i;
        at_touchpoint = true;
    }
    return found;
}

struct metric_rows metrics_rows(struct arena *arena, const struct stage_set *set)
{
    const struct journey *journey = set->journey;
    struct metric_rows rows = { 0 };
    size_t capacity = 0;
    for (int i = 0; i < (int)journey->touchpoint_count; i++) {
        struct indices metrics = journey->touchpoints[i].metrics;
        for (size_t j = 0; j < metrics.count && is_listed(set, i); j++) {
            rows.items =
                arena_grow(arena, rows.items, rows.count, &capacity, sizeof(*rows.items));
            rows.items[rows.count++] = (struct metric_row){
                .touchpoint = i,
                .metric = metrics.items[j],
                .measure = figures_find(set->series, i, metrics.items[j]),
            };
        }
    }
    rows.chosen = find_chosen(set, &rows);
    return rows;
}

bool metrics_has_course(const struct measure *measure)
{
    return measure != NULL && measure->status <= MEASURE_SMALL && measure->slice_count > 0;
}

const struct slice *metrics_slice(const struct stage_set *set)
{
    struct arena arena;
    arena_init(&arena);
    struct metric_rows rows = metrics_rows(&arena, set);
    const struct measure *measure =
        rows.chosen != NONE ? rows.items[rows.chosen].measure : NULL;
    arena_finish(&arena);
    return metrics_has_course(measure) ? &measure->slices[chart_selected(set, measure)] : NULL;
}

bool metrics_asks_query(const struct stage_set *set)
{
    struct arena arena;
    arena_init(&arena);
    struct metric_rows rows = metrics_rows(&arena, set);
    bool asks = rows.chosen != NONE &&
                set->journey->metrics[rows.items[rows.chosen].metric].type == METRIC_SQL;
    arena_finish(&arena);
    return asks;
}

const char *metrics_row_title(struct arena *arena, const struct stage_set *set,
                              const struct metric_row *row)
{
    const char *title = metric_title(&set->journey->metrics[row->metric]);
    if (!set->options.everywhere)
        return title;
    return arena_printf(arena, C_("metric at touchpoint", "%s: %s"),
                        set->journey->touchpoints[row->touchpoint].title, title);
}

/* ---- A row of the list ----------------------------------------------------------- */

#define VALUE_COLUMNS 16
#define COUNT_COLUMNS 10
#define TREND_COLUMNS 20
#define AGE_COLUMNS 17
#define TITLE_MOST 56

/* Columns of the list's parts, from the left; 0: no room. */
struct table {
    int title, value, count, trend, age, change;
};

static struct table lay_table(int columns)
{
    struct table table = { .value = VALUE_COLUMNS };
    int left = columns - 2 - VALUE_COLUMNS;
    table.count = columns >= 50 ? COUNT_COLUMNS : 0;
    table.trend = columns >= 72 ? TREND_COLUMNS : 0;
    table.age = columns >= 104 ? AGE_COLUMNS : 0;
    left -= table.count + table.trend + table.age;
    table.title = left < TITLE_MOST ? left : TITLE_MOST;
    table.change = left - table.title;
    return table;
}

static void put_right(struct scene *scene, int row, int end, int columns, struct style style,
                      const char *text)
{
    int width = scene_text_width(scene, text);
    width = width < columns - 1 ? width : columns - 1;
    scene_text(scene, row, end - width, width, style, text);
}

static void draw_figures(struct scene *scene, int row, const struct stage_set *set,
                         const struct table *table, const struct measure *measure)
{
    struct arena *arena = scene->arena;
    const struct metric *metric = &set->journey->metrics[measure->metric];
    int x = 1 + table->title + table->value;
    enum ink value_ink = measure->status == MEASURE_SMALL ? INK_DIM : INK_MEASURED;
    put_right(scene, row, x, table->value, style_ink(value_ink),
              wording_value(arena, metric, measure, measure->value));
    x += table->count;
    put_right(scene, row, x, table->count, style_ink(INK_DIM),
              table->count > 0 ? arena_printf(arena, _("n %s"), locale_count(arena, measure->n))
                               : "");
    if (table->trend > 0)
        sparkline_draw(scene, row, x + 2, table->trend - 3, set, measure);
    x += table->trend;
    if (table->age > 0)
        scene_text(scene, row, x, table->age - 1, style_ink(measure->stale ? INK_WARN : INK_DIM),
                   wording_age(arena, measure->newest, set->now));
    x += table->age;
    const char *change = phrase_change(arena, scene->medium, set->series, metric, measure);
    if (change != NULL && table->change >= scene_text_width(scene, change))
        scene_text(scene, row, x, table->change, style_ink(change_ink(&measure->change)), change);
}

static void draw_row(struct scene *scene, int at, const struct stage_set *set,
                     const struct table *table, const struct metric_row *row)
{
    struct arena *arena = scene->arena;
    const struct journey *journey = set->journey;
    scene_text(scene, at, 1, table->title - 1, style_ink(INK_TEXT),
               metrics_row_title(arena, set, row));
    if (row->measure != NULL && row->measure->status <= MEASURE_SMALL)
        draw_figures(scene, at, set, table, row->measure);
    else if (set->series != NULL)
        scene_text(scene, at, 2 + table->title, scene->columns - table->title - 3,
                   style_ink(INK_DIM), wording_why_not(arena, row->measure));
    scene_region(scene, (struct region){
                            .row = at,
                            .rows = 1,
                            .columns = scene->columns,
                            .kind = REGION_KEY,
                            .command = arena_printf(arena, "look %s %s",
                                                    journey->touchpoints[row->touchpoint].id,
                                                    journey->metrics[row->metric].id),
                        });
}

/* Scrolled by whole pages, so that a step in a page lights another row and no more. */
void metrics_list_draw(struct scene *scene, struct area area, const struct stage_set *set,
                       const struct metric_rows *rows)
{
    struct table table = lay_table(area.columns);
    int first = rows->chosen == NONE ? 0 : rows->chosen / area.rows * area.rows;
    if (first > (int)rows->count - area.rows)
        first = (int)rows->count - area.rows;
    first = first < 0 ? 0 : first;
    for (int i = 0; i < area.rows && first + i < (int)rows->count; i++)
        draw_row(scene, area.row + i, set, &table, &rows->items[first + i]);
    if (rows->chosen == NONE)
        return;
    panel_light(scene, area.row + rows->chosen - first, 0, 1, scene->columns);
    scene->cursor_row = area.row + rows->chosen - first;
    scene->cursor_column = 1;
    panel_scrollbar(scene, area, first, (int)rows->count);
}
