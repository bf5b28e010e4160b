/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/map.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/scene/columns.h>
#include <stellwerk/scene/heading.h>
#include <stellwerk/scene/history.h>
#include <stellwerk/scene/lanes.h>
#include <stellwerk/scene/plot.h>
#include <stellwerk/scene/rows.h>
#include <stellwerk/scene/strip.h>
#include <stellwerk/scene/summary.h>
#include <stellwerk/scene/text.h>

#define LABEL_LEAST 7 /* the axis' numbers and the strip's name */
#define LABEL_MOST 12
#define LANE_ROWS_MOST 40

/* ---- Laying out -------------------------------------------------------------------------------- */

static uint32_t lanes_shown(struct arena *arena, const struct stage_set *set)
{
    uint32_t shown = 0;
    for (int i = 0; i < LANE_COUNT; i++) {
        if ((set->options.lanes & 1u << i) != 0 && lane_used(arena, i, set))
            shown |= 1u << i;
    }
    return shown;
}

static int label_columns(struct arena *arena, struct medium medium, uint32_t lanes)
{
    int columns = LABEL_LEAST;
    for (int i = 0; i < LANE_COUNT; i++) {
        int width = (lanes & 1u << i) != 0 ? medium_width(arena, medium, lane_title(i)) : 0;
        if (width > columns)
            columns = width;
    }
    return columns < LABEL_MOST ? columns : LABEL_MOST;
}

/* Labels, a blank, the touchpoints, a blank at the right edge. */
static struct columns lay_columns(struct arena *arena, const struct stage_set *set, int columns,
                                  struct medium medium, uint32_t lanes)
{
    int left = label_columns(arena, medium, lanes) + 1;
    return columns_lay(left, columns - left - 1, (int)set->journey->touchpoint_count,
                       set->options.first, set->options.selected);
}

void map_window(const struct stage_set *set, int columns, int *first, int *count)
{
    struct arena arena;
    arena_init(&arena);
    uint32_t lanes = lanes_shown(&arena, set);
    struct columns window = lay_columns(&arena, set, columns, (struct medium){0}, lanes);
    *first = window.first;
    *count = window.count;
    arena_finish(&arena);
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

/* Rows of the touchpoints in the window; `lanes`: those to be shown. */
static struct needs needs_of(struct arena *arena, const struct stage_set *set,
                             struct medium medium, const struct columns *columns, uint32_t lanes)
{
    struct needs needs = {
        .titles = 1,
        .strip = columns_scrolled(columns),
        .history = history_used(set),
    };
    for (int i = columns->first; i < columns->first + columns->count; i++) {
        int width = columns_width(columns, i);
        needs.titles = most(needs.titles,
                            title_rows(arena, &set->journey->touchpoints[i], medium, width));
        for (int k = 0; k < LANE_COUNT; k++) {
            if ((lanes & 1u << k) != 0)
                needs.lanes[k] = most(most(needs.lanes[k], 1),
                                      lane_rows(arena, k, set, medium, i, width, LANE_ROWS_MOST));
        }
    }
    return needs;
}

/* ---- Drawing ------------------------------------------------------------------------------------ */

static void draw_label(struct scene *scene, int row, const struct columns *columns,
                       const char *label)
{
    int limit = columns->left - 1;
    int width = scene_text_width(scene, label);
    int column = width < limit ? limit - width : 0;
    scene_text(scene, row, column, limit, style_ink(INK_DIM), label);
}

static void draw_lane(struct scene *scene, enum lane_id lane, const struct stage_set *set,
                      const struct columns *columns, struct span_of_rows rows)
{
    if (rows.count == 0)
        return;
    draw_label(scene, rows.top, columns, lane_title(lane));
    for (int i = columns->first; i < columns->first + columns->count; i++) {
        struct lane_cell cell = {
            .scene = scene,
            .set = set,
            .touchpoint = i,
            .row = rows.top,
            .column = columns_x(columns, i),
            .rows = rows.count,
            .columns = columns_width(columns, i),
        };
        lane_draw(lane, &cell);
    }
}

static int bottom_of_lanes(const struct rows *rows)
{
    int bottom = rows->plot.top + rows->plot.count;
    for (int i = 0; i < LANE_COUNT; i++) {
        if (rows->lanes[i].count > 0)
            bottom = most(bottom, rows->lanes[i].top + rows->lanes[i].count);
    }
    return bottom;
}

/* What map and report have in common, shifted down by `top` rows. */
static void draw_block(struct scene *scene, const struct stage_set *set,
                       const struct columns *columns, const struct rows *rows)
{
    stages_draw(scene, rows->stages.top, set, columns);
    titles_draw(scene, rows->titles.top, rows->titles.count, set, columns);
    struct plot plot = plot_new(scene, set, columns, rows->plot.top, rows->plot.count);
    plot_draw(&plot);
    for (int i = 0; i < LANE_COUNT; i++)
        draw_lane(scene, i, set, columns, rows->lanes[i]);
}

static void draw_selection(struct scene *scene, const struct stage_set *set,
                           const struct columns *columns, const struct rows *rows)
{
    int bottom = bottom_of_lanes(rows);
    for (int i = columns->first; i < columns->first + columns->count; i++) {
        struct region region = {
            .row = rows->titles.top,
            .column = columns_x(columns, i),
            .rows = bottom - rows->titles.top,
            .columns = columns_width(columns, i),
            .kind = REGION_TOUCHPOINT,
            .index = i,
        };
        scene_region(scene, region);
        if (i != set->options.selected)
            continue;
        scene_light(scene, region.row, region.column, region.rows, region.columns);
        scene->cursor_row = region.row;
        scene->cursor_column = region.column;
    }
}

static struct scene *draw_screen(struct arena *arena, const struct stage_set *set, int columns,
                                 int rows, struct medium medium)
{
    struct scene *scene = scene_new(arena, columns, rows, medium);
    uint32_t lanes = lanes_shown(arena, set);
    struct columns window = lay_columns(arena, set, columns, medium, lanes);
    struct needs needs = needs_of(arena, set, medium, &window, lanes);
    struct rows share = rows_share(&needs, rows);
    draw_block(scene, set, &window, &share);
    draw_selection(scene, set, &window, &share);
    head_draw(scene, share.head.top, set);
    if (share.legend.count > 0)
        legend_draw(scene, share.legend.top, window.left, window.width, set);
    if (share.history.count > 0)
        history_draw(scene, share.history.top, share.history.count, window.left, window.width, set);
    if (share.strip.count > 0) {
        draw_label(scene, share.strip.top, &window, _("Journey"));
        strip_draw(scene, share.strip.top, set, &window);
    }
    summary_draw(scene, share.summary.top, set);
    scene_fill(scene, rows - 1, 0, 1, columns, style_on(GROUND_BAR, INK_TEXT));
    return scene;
}

struct scene *map_draw(struct arena *arena, const struct stage_set *set, int columns, int rows,
                       struct medium medium)
{
    return draw_screen(arena, set, columns, rows, medium);
}
