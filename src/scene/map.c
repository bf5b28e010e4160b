/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/map.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/scene/block.h>
#include <stellwerk/scene/heading.h>
#include <stellwerk/scene/history.h>
#include <stellwerk/scene/message.h>
#include <stellwerk/scene/strip.h>
#include <stellwerk/scene/summary.h>

/* Columns of a report are wide enough for words of any language. */
#define REPORT_COLUMN_MIN 15
#define REPORT_LANE_MOST 2000 /* rows of a text that is not cut even so */

/* ---- The screen ------------------------------------------------------------------ */

struct screen {
    struct columns columns;
    struct rows rows;
    int scroll;   /* lanes scrolled off */
    int left_out; /* lanes without room */
};

/* A blank, labels, a blank, the touchpoints, a blank at the right edge. */
static struct columns lay_columns(struct arena *arena, const struct stage_set *set, int columns,
                                  struct medium medium, uint32_t lanes)
{
    int left = block_label_columns(arena, medium, lanes) + 2;
    return columns_lay(left, columns - left - 1, (int)set->journey->touchpoint_count,
                       set->options.first, set->options.selected);
}

static int count_left_out(const struct needs *needs, const struct rows *rows)
{
    int count = 0;
    for (int i = 0; i < LANE_COUNT; i++)
        count += needs->lanes[i] > 0 && rows->lanes[i].count == 0;
    return count;
}

/* The gaps stay, like the head of a table. False when there is nothing left to scroll off. */
static bool scroll_off_one(struct needs *needs)
{
    for (int i = LANE_GAP + 1; i < LANE_COUNT; i++) {
        if (needs->lanes[i] > 0) {
            needs->lanes[i] = 0;
            return true;
        }
    }
    return false;
}

/* Scrolls as far as asked for, but no further than to the last lane. */
static void share_rows(struct screen *screen, struct needs needs, int rows, int scroll)
{
    screen->rows = rows_share(&needs, rows);
    screen->left_out = count_left_out(&needs, &screen->rows);
    while (screen->scroll < scroll && screen->left_out > 0 && scroll_off_one(&needs)) {
        screen->scroll++;
        needs.scrolled = true;
        screen->rows = rows_share(&needs, rows);
        screen->left_out = count_left_out(&needs, &screen->rows);
    }
}

static struct screen lay_screen(struct arena *arena, const struct stage_set *set, int columns,
                                int rows, struct medium medium)
{
    struct screen screen = { 0 };
    uint32_t lanes = block_lanes(arena, set);
    screen.columns = lay_columns(arena, set, columns, medium, lanes);
    struct needs needs = block_needs(arena, set, medium, &screen.columns, lanes, rows);
    share_rows(&screen, needs, rows, set->options.scroll);
    return screen;
}

void map_window(const struct stage_set *set, int columns, int *first, int *count)
{
    struct arena arena;
    arena_init(&arena);
    uint32_t lanes = block_lanes(&arena, set);
    struct columns window = lay_columns(&arena, set, columns, (struct medium){ 0 }, lanes);
    *first = window.first;
    *count = window.count;
    arena_finish(&arena);
}

void map_lanes(const struct stage_set *set, int columns, int rows, int *scroll, int *left_out)
{
    struct arena arena;
    arena_init(&arena);
    struct screen screen = lay_screen(&arena, set, columns, rows, (struct medium){ 0 });
    *scroll = screen.scroll;
    *left_out = screen.left_out;
    arena_finish(&arena);
}

bool map_cell(const struct stage_set *set, int columns, int rows, int lane, struct cell_area *out)
{
    struct arena arena;
    arena_init(&arena);
    struct screen screen = lay_screen(&arena, set, columns, rows, (struct medium){ 0 });
    struct span_of_rows span =
        lane == LANE_COUNT ? screen.rows.titles : screen.rows.lanes[lane];
    *out = (struct cell_area){
        .row = span.top,
        .column = columns_x(&screen.columns, set->options.selected),
        .rows = span.count,
        .columns = columns_width(&screen.columns, set->options.selected),
    };
    arena_finish(&arena);
    return span.count > 0;
}

uint32_t map_cells_shown(const struct stage_set *set, int columns, int rows)
{
    struct arena arena;
    arena_init(&arena);
    struct screen screen = lay_screen(&arena, set, columns, rows, (struct medium){ 0 });
    uint32_t shown = 0;
    for (int lane = 0; lane < LANE_COUNT; lane++) {
        if (screen.rows.lanes[lane].count > 0)
            shown |= 1u << lane;
    }
    arena_finish(&arena);
    return shown;
}

static void light_up(struct scene *scene, const struct stage_set *set, int title_rows,
                     struct region column)
{
    int rows = set->options.light == LIGHT_COLUMN ? column.rows : title_rows;
    scene_light(scene, column.row, column.column, rows, column.columns);
    scene->cursor_row = column.row;
    scene->cursor_column = column.column;
}

static void draw_selection(struct scene *scene, const struct stage_set *set,
                           const struct screen *screen)
{
    const struct columns *columns = &screen->columns;
    int top = screen->rows.titles.top;
    for (int i = columns->first; i < columns->first + columns->count; i++) {
        struct region region = {
            .row = top,
            .column = columns_x(columns, i),
            .rows = block_bottom(&screen->rows) - top,
            .columns = columns_width(columns, i),
            .kind = REGION_TOUCHPOINT,
            .index = i,
        };
        scene_region(scene, region);
        if (i == set->options.selected)
            light_up(scene, set, screen->rows.titles.count, region);
    }
}

/* Over the columns: what is pressed in the plot is a point of it. */
static void add_plot(struct scene *scene, const struct screen *screen)
{
    const struct columns *columns = &screen->columns;
    for (int i = columns->first; i < columns->first + columns->count; i++)
        scene_region(scene, (struct region){
                                .row = screen->rows.plot.top,
                                .column = columns_x(columns, i),
                                .rows = screen->rows.plot.count,
                                .columns = columns_width(columns, i),
                                .kind = REGION_PLOT,
                                .index = i,
                            });
}

static void draw_below(struct scene *scene, const struct stage_set *set,
                       const struct screen *screen)
{
    const struct columns *columns = &screen->columns;
    const struct rows *rows = &screen->rows;
    if (rows->legend.count > 0)
        legend_draw(scene, rows->legend.top, columns->left, columns->width, set);
    if (rows->history.count > 0)
        history_draw(scene, rows->history.top, rows->history.count, columns->left, columns->width,
                     set);
    if (rows->strip.count > 0) {
        block_label(scene, rows->strip.top, columns, _("Journey"));
        strip_draw(scene, rows->strip.top, set, columns);
    }
    summary_draw(scene, rows->summary.top, set);
}

static void draw_screen(struct scene *scene, const struct stage_set *set)
{
    struct screen screen =
        lay_screen(scene->arena, set, scene->columns, scene->rows, scene->medium);
    block_draw(scene, set, &screen.columns, &screen.rows, 0);
    draw_selection(scene, set, &screen);
    add_plot(scene, &screen);
    draw_below(scene, set, &screen);
}

/* ---- The report ------------------------------------------------------------------ */

static void draw_report_blocks(struct scene *scene, const struct stage_set *set)
{
    uint32_t lanes = block_lanes(scene->arena, set);
    int left = block_label_columns(scene->arena, scene->medium, lanes) + 2;
    int width = scene->columns - left - 1;
    int total = (int)set->journey->touchpoint_count;
    int each = columns_each(width, total, REPORT_COLUMN_MIN);
    struct columns columns;
    for (int first = 0; first < total; first += each) {
        columns = columns_part(left, width, total, first, each);
        struct needs needs = block_needs(scene->arena, set, scene->medium, &columns, lanes,
                                         REPORT_LANE_MOST);
        struct rows rows = rows_whole(&needs);
        int top = scene->rows;
        scene_grow(scene, rows.total + 1);
        block_draw(scene, set, &columns, &rows, top);
    }
    scene_grow(scene, 1);
    legend_draw(scene, scene->rows - 1, 0, scene->columns, set);
}

static struct scene *draw_report(struct arena *arena, const struct stage_set *set, int columns,
                                 struct medium medium)
{
    struct stage_set report = *set;
    report.options.selected = NONE;
    struct scene *scene = scene_new(arena, columns, 3, medium);
    head_draw(scene, 0, &report);
    scene_text(scene, 1, 1, columns - 1, style_ink(INK_DIM), head_journey(arena, &report));
    if (set->journey->touchpoint_count > 0)
        draw_report_blocks(scene, &report);
    return scene;
}

struct scene *map_draw(struct arena *arena, const struct stage_set *set, int columns, int rows,
                       struct medium medium)
{
    if (rows == 0)
        return draw_report(arena, set, columns, medium);
    if (view_is_too_small(columns, rows))
        return message_too_small(arena, columns, rows, medium);
    struct scene *scene = scene_new(arena, columns, rows, medium);
    if (set->journey->touchpoint_count > 0)
        draw_screen(scene, set);
    else
        message_draw(scene,
                     _("This map has no touchpoints yet: A adds a stage, a adds a touchpoint to "
                       "it"));
    head_draw(scene, 0, set);
    scene_fill(scene, rows - 1, 0, 1, columns, style_on(GROUND_BAR, INK_TEXT));
    return scene;
}
