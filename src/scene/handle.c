/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/handle.h>

#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/locale.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/plot.h>

double handle_score(const struct reading *reading, enum handle handle)
{
    switch (handle) {
    case HANDLE_EXPERIENCE:
        return reading->estimated;
    case HANDLE_DESIRED:
        return reading->desired;
    case HANDLE_ADEQUATE:
        return reading->adequate;
    case HANDLE_PROMISE:
        return reading->promise;
    case HANDLE_STANDARD:
        return reading->standard;
    case HANDLE_NONE:
    case HANDLE_COUNT:
        break;
    }
    return NAN;
}

enum handle handle_near(const struct reading *reading, const struct region *plot, int row)
{
    enum handle near = HANDLE_NONE;
    int least = 2;
    for (int i = HANDLE_EXPERIENCE; i < HANDLE_COUNT; i++) {
        double score = handle_score(reading, (enum handle)i);
        int away = isnan(score) ? least : abs(plot_row_of(plot, score) - row);
        if (away < least) {
            near = (enum handle)i;
            least = away;
        }
    }
    return near;
}

static const struct style lit = { .ink = INK_KEY, .emphasis = EMPHASIS_BOLD };

/* An edge of the zone, a promise, a standard hold over the whole column. */
static void draw_rule(const struct plot *plot, int row, int touchpoint)
{
    int column = columns_x(plot->columns, touchpoint);
    int end = column + columns_width(plot->columns, touchpoint);
    for (; column < end; column++)
        plot_put(plot, row, column, lit, glyph(plot->scene->medium, GLYPH_HANDLE));
}

static void draw_chip(const struct plot *plot, int row, int centre, double score)
{
    struct arena *arena = plot->scene->arena;
    const char *number = arena_printf(arena, " %s ", locale_number(arena, score, 0));
    int width = scene_text_width(plot->scene, number);
    struct style style = lit;
    style.emphasis |= EMPHASIS_REVERSE;
    for (int i = 0; i < width; i++)
        plot_put(plot, row, centre - width / 2 + i, style, arena_strndup(arena, number + i, 1));
}

void handle_draw(const struct plot *plot)
{
    const struct columns *columns = plot->columns;
    enum handle handle = plot->set->options.handle;
    int at = plot->set->options.selected;
    if (handle == HANDLE_NONE || at < columns->first || at >= columns->first + columns->count)
        return;
    double score = handle_score(&plot->set->readings->items[at], handle);
    if (isnan(score))
        return;
    int row = plot_row(plot, score);
    if (handle != HANDLE_EXPERIENCE)
        draw_rule(plot, row, at);
    draw_chip(plot, row, columns_centre(columns, at), score);
}
