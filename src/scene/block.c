/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/block.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/scene/found.h>
#include <stellwerk/scene/heading.h>
#include <stellwerk/scene/history.h>
#include <stellwerk/scene/lanes.h>
#include <stellwerk/scene/plot.h>
#include <stellwerk/scene/text.h>

#define LABEL_MOST 12

static int larger(int a, int b)
{
    return a > b ? a : b;
}

uint32_t block_lanes(struct arena *arena, const struct stage_set *set)
{
    uint32_t shown = 0;
    for (int i = 0; i < LANE_COUNT; i++) {
        if ((set->options.lanes & 1u << i) != 0 && lane_used(arena, i, set))
            shown |= 1u << i;
    }
    return shown;
}

/* Labels of what is not a lane. */
enum { LABEL_STAGE, LABEL_TOUCHPOINT, LABEL_EXPERIENCE, LABEL_JOURNEY, LABEL_COUNT };

static const char *const labels[LABEL_COUNT] = {
    [LABEL_STAGE] = N_("Stage"),
    [LABEL_TOUCHPOINT] = N_("Touchpoint"),
    [LABEL_EXPERIENCE] = N_("Experience"),
    [LABEL_JOURNEY] = N_("Journey"),
};

int block_label_columns(struct arena *arena, struct medium medium, uint32_t lanes)
{
    int columns = 0;
    for (int i = 0; i < LABEL_COUNT; i++)
        columns = larger(columns, medium_width(arena, medium, _(labels[i])));
    for (int i = 0; i < LANE_COUNT; i++) {
        if ((lanes & 1u << i) != 0)
            columns = larger(columns, medium_width(arena, medium, lane_title(i)));
    }
    return columns < LABEL_MOST ? columns : LABEL_MOST;
}

struct needs block_needs(struct arena *arena, const struct stage_set *set, struct medium medium,
                         const struct columns *columns, uint32_t lanes, int most)
{
    struct needs needs = {
        .titles = 1,
        .strip = columns_scrolled(columns),
        .history = history_used(set),
    };
    for (int i = columns->first; i < columns->first + columns->count; i++) {
        int width = columns_width(columns, i);
        needs.titles = larger(needs.titles,
                            title_rows(arena, &set->journey->touchpoints[i], medium, width));
        for (int k = 0; k < LANE_COUNT; k++) {
            if ((lanes & 1u << k) == 0)
                continue;
            int rows = lane_rows(arena, k, set, medium, i, width, most);
            needs.lanes[k] = larger(needs.lanes[k], larger(rows, 1));
        }
    }
    return needs;
}

void block_label(struct scene *scene, int row, const struct columns *columns, const char *label)
{
    int limit = columns->left - 1;
    int width = scene_text_width(scene, label);
    scene_text(scene, row, width < limit ? limit - width : 0, limit, style_ink(INK_DIM), label);
}

static void draw_lane(struct scene *scene, enum lane_id lane, const struct stage_set *set,
                      const struct columns *columns, struct span_of_rows rows, int top)
{
    if (rows.count == 0)
        return;
    block_label(scene, top + rows.top, columns, lane_title(lane));
    for (int i = columns->first; i < columns->first + columns->count; i++) {
        struct lane_cell cell = {
            .scene = scene,
            .set = set,
            .touchpoint = i,
            .row = top + rows.top,
            .column = columns_x(columns, i),
            .rows = rows.count,
            .columns = columns_width(columns, i),
        };
        lane_draw(lane, &cell);
    }
}

/* Texts are above and below the plot; its own marks are no text to be found. */
static void mark_found(struct scene *scene, const struct stage_set *set,
                       const struct columns *columns, const struct rows *rows, int top)
{
    if (set->options.search == NULL || *set->options.search == '\0')
        return;
    struct found found = found_new(scene->arena, set->options.search);
    int lanes = rows->plot.top + rows->plot.count;
    for (int i = columns->first; i < columns->first + columns->count; i++) {
        int x = columns_x(columns, i), width = columns_width(columns, i);
        found_mark(&found, scene, top + rows->titles.top, rows->titles.count, x, width);
        found_mark(&found, scene, top + lanes, block_bottom(rows) - lanes, x, width);
    }
}

void block_draw(struct scene *scene, const struct stage_set *set, const struct columns *columns,
                const struct rows *rows, int top)
{
    block_label(scene, top + rows->stages.top, columns, _(labels[LABEL_STAGE]));
    block_label(scene, top + rows->titles.top, columns, _(labels[LABEL_TOUCHPOINT]));
    stages_draw(scene, top + rows->stages.top, set, columns);
    titles_draw(scene, top + rows->titles.top, rows->titles.count, set, columns);
    struct plot plot = plot_new(scene, set, columns, top + rows->plot.top, rows->plot.count);
    plot_draw(&plot);
    block_label(scene, plot.top + 1, columns, _(labels[LABEL_EXPERIENCE]));
    for (int i = 0; i < LANE_COUNT; i++)
        draw_lane(scene, i, set, columns, rows->lanes[i], top);
    mark_found(scene, set, columns, rows, top);
}

int block_bottom(const struct rows *rows)
{
    int bottom = rows->plot.top + rows->plot.count;
    for (int i = 0; i < LANE_COUNT; i++) {
        if (rows->lanes[i].count > 0)
            bottom = larger(bottom, rows->lanes[i].top + rows->lanes[i].count);
    }
    return bottom;
}
