/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/marks.h>

#include <math.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/utf8.h>
#include <stellwerk/scene/glyph.h>

static const struct style measured_ink = { .ink = INK_MEASURED };

static void draw_whiskers(const struct plot *plot, int column, const struct measured *measured)
{
    struct medium medium = plot->scene->medium;
    int top = plot_row(plot, measured->hi), bottom = plot_row(plot, measured->lo);
    for (int row = top; row <= bottom; row++) {
        enum glyph which = row == top      ? GLYPH_WHISKER_TOP
                           : row == bottom ? GLYPH_WHISKER_BOTTOM
                                           : GLYPH_WHISKER;
        plot_put(plot, row, column, measured_ink, glyph(medium, which));
    }
}

static void draw_measured(const struct plot *plot, int column, const struct measured *measured)
{
    if (!isnan(measured->lo) && !isnan(measured->hi))
        draw_whiskers(plot, column, measured);
    enum glyph mark = measured->status == MEASURE_SMALL ? GLYPH_SMALL : GLYPH_MEASURED;
    plot_put(plot, plot_row(plot, measured->score), column, style_bold(INK_MEASURED),
             glyph(plot->scene->medium, mark));
}

static void draw_mark(const struct plot *plot, int touchpoint)
{
    const struct reading *reading = &plot->set->readings->items[touchpoint];
    int column = columns_centre(plot->columns, touchpoint);
    if (!isnan(reading->estimated))
        plot_put(plot, plot_row(plot, reading->estimated), column, style_ink(INK_CURVE),
                 glyph(plot->scene->medium, GLYPH_ESTIMATE));
    if (plot->set->options.overlay && !isnan(reading->measured.score))
        draw_measured(plot, column, &reading->measured);
}

static bool room_for(const struct plot *plot, int row, int column, int columns)
{
    for (int x = column; x < column + columns; x++) {
        if (!plot_free(plot, row, x))
            return false;
    }
    return true;
}

static void put_word(const struct plot *plot, int row, int column, const char *word)
{
    struct arena *arena = plot->scene->arena;
    const char *text = plot->scene->medium.ascii ? utf8_ascii(arena, word) : word;
    struct grapheme letter;
    for (int x = column; utf8_next(text, &letter); x += letter.width, text += letter.source)
        plot_put(plot, row, x, style_ink(INK_DIM),
                 arena_strndup(arena, letter.text, letter.bytes));
}

/* Near the curve, on the side away from the middle of the scale, where nothing else stands. */
static void draw_word(const struct plot *plot, int touchpoint, const char *word, bool above)
{
    if (touchpoint == NONE)
        return;
    double felt = reading_felt(&plot->set->readings->items[touchpoint]);
    int width = scene_text_width(plot->scene, word);
    int centre = columns_centre(plot->columns, touchpoint);
    static const int distances[] = { 1, 2, -1, -2, 3 };
    for (size_t i = 0; i < sizeof(distances) / sizeof(*distances); i++) {
        int row = plot_row(plot, felt) + (above ? -distances[i] : distances[i]);
        int columns[] = { centre - width / 2, centre + 2, centre - width - 1 };
        for (size_t k = 0; k < 3; k++) {
            if (room_for(plot, row, columns[k], width)) {
                put_word(plot, row, columns[k], word);
                return;
            }
        }
    }
}

void marks_draw(const struct plot *plot)
{
    const struct columns *columns = plot->columns;
    for (int i = columns->first; i < columns->first + columns->count; i++)
        draw_mark(plot, i);
    const struct readings *readings = plot->set->readings;
    draw_word(plot, readings->peak, _("peak"), true);
    draw_word(plot, readings->weakest, _("low"), false);
    if (readings->end != readings->peak && readings->end != readings->weakest)
        draw_word(plot, readings->end, _("end"), true);
}
