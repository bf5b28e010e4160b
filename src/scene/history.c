/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/history.h>

#include <math.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/change.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/lanes.h>
#include <stellwerk/scene/sparkline.h>
#include <stellwerk/scene/wording.h>

#define SLICE_MOST 14 /* columns of a slice */

/* Bars stand on row `floor`, at most `height` rows tall, `pitch` columns apart. */
struct bars {
    struct scene *scene;
    struct sparkline line;
    int column, pitch, width, floor, height;
};

bool history_used(const struct stage_set *set)
{
    int selected = set->options.selected;
    if (selected < 0 || (size_t)selected >= set->journey->touchpoint_count)
        return false;
    const struct measure *measure = lane_measure(set, selected);
    return measure != NULL && measure->slice_count > 0 && measure->status <= MEASURE_SMALL;
}

static void draw_title(struct scene *scene, int row, int column, int columns,
                       const struct stage_set *set, const struct measure *measure)
{
    struct arena *arena = scene->arena;
    const struct metric *metric = &set->journey->metrics[measure->metric];
    int used = scene_printf(scene, row, column, columns, style_bold(INK_STRONG),
                            C_("metric at touchpoint", "%s: %s"),
                            set->journey->touchpoints[measure->touchpoint].title,
                            metric_title(metric));
    used += 2;
    used += scene_printf(scene, row, column + used, columns - used, style_ink(INK_DIM),
                         _("%s, n %s, %s"), wording_value(arena, metric, measure, measure->value),
                         locale_count(arena, measure->n),
                         wording_age(arena, measure->newest, set->now));
    used += 2;
    const char *change = phrase_change(arena, scene->medium, set->figures, metric, measure);
    if (change != NULL && used + scene_text_width(scene, change) <= columns)
        scene_text(scene, row, column + used, columns - used,
                   style_ink(change_ink(&measure->change)), change);
}

static void draw_column(const struct bars *bars, int x, double level, struct style style)
{
    struct medium medium = bars->scene->medium;
    int eighths = 1 + (int)lround(level * (bars->height * 8 - 1));
    for (int row = bars->floor; eighths > 0; row--, eighths -= 8) {
        const char *block = medium.ascii ? "#" : glyph_eighths(eighths < 8 ? eighths : 8);
        for (int i = 0; i < bars->width; i++)
            scene_glyph(bars->scene, row, x + i, style, block);
    }
}

static const struct metric *metric_of(const struct bars *bars)
{
    return &bars->line.set->journey->metrics[bars->line.measure->metric];
}

static void draw_slice(const struct bars *bars, size_t i)
{
    struct arena *arena = bars->scene->arena;
    const struct slice *slice = &bars->line.measure->slices[i];
    int x = bars->column + (int)i * bars->pitch;
    double level = sparkline_level(&bars->line, i);
    scene_text(bars->scene, bars->floor + 1, x, bars->width, style_ink(INK_DIM),
               locale_day(arena, slice->first_day));
    scene_text(bars->scene, bars->floor + 2, x, bars->width, style_ink(INK_DIM),
               arena_printf(arena, _("n %s"), locale_count(arena, slice->n)));
    if (isnan(level))
        return;
    draw_column(bars, x, level, sparkline_style(&bars->line, bars->scene->medium, i, i + 1));
    int top = bars->floor - (int)(lround(level * (bars->height * 8 - 1)) / 8);
    scene_text(bars->scene, top - 1, x, bars->width, style_ink(INK_TEXT),
               wording_value(arena, metric_of(bars), bars->line.measure, slice->value));
}

/* Title, a row for the tallest bar's value, the bars, days and counts. */
void history_draw(struct scene *scene, int row, int rows, int column, int columns,
                  const struct stage_set *set)
{
    const struct measure *measure = lane_measure(set, set->options.selected);
    draw_title(scene, row, column, columns, set, measure);
    int pitch = columns / (int)measure->slice_count;
    if (pitch > SLICE_MOST)
        pitch = SLICE_MOST;
    if (pitch < 2)
        return;
    struct bars bars = {
        .scene = scene,
        .line = sparkline_from_zero(set, measure),
        .column = column,
        .pitch = pitch,
        .width = pitch - 1,
        .floor = row + rows - 4,
        .height = rows - 5,
    };
    for (size_t i = 0; i < measure->slice_count; i++)
        draw_slice(&bars, i);
}
