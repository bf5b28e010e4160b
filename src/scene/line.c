/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/line.h>

#include <math.h>

/* ---- Arcs: a column leads from the row at its left edge to the row at its right edge  */

struct strokes {
    const char *level, *upright;
    const char *right_down, *right_up;  /* comes from the left, turns */
    const char *down_right, *up_right;  /* comes from above or below, turns to the right */
};

static const struct strokes arcs = { "─", "│", "╮", "╯", "╰", "╭" };
static const struct strokes ascii = { "-", "|", ".", "'", "`", "." };

static void draw_stroke(const struct plot *plot, struct style ink, int column, int from, int to,
                        const struct strokes *strokes)
{
    if (from == to) {
        plot_put(plot, plot->top + from, column, ink, strokes->level);
        return;
    }
    bool down = to > from;
    int low = down ? from : to, high = down ? to : from;
    plot_put(plot, plot->top + from, column, ink, down ? strokes->right_down : strokes->right_up);
    plot_put(plot, plot->top + to, column, ink, down ? strokes->down_right : strokes->up_right);
    for (int row = low + 1; row < high; row++)
        plot_put(plot, plot->top + row, column, ink, strokes->upright);
}

static void draw_arcs(const struct plot *plot, struct style ink, int column, int columns,
                      const double *samples)
{
    const struct strokes *strokes = plot->scene->medium.ascii ? &ascii : &arcs;
    for (int i = 0; i < columns; i++) {
        double from = samples[2 * i], middle = samples[2 * i + 1], to = samples[2 * i + 2];
        if (isnan(middle))
            continue;
        draw_stroke(plot, ink, column + i, (int)(isnan(from) ? middle : from),
                    (int)(isnan(to) ? middle : to), strokes);
    }
}

/* ---- Braille: two by four dots to a cell ----------------------------------------- */

/* The bits of U+2800, by column and row of the dot. */
static const unsigned dots[2][4] = { { 0x01, 0x02, 0x04, 0x40 }, { 0x08, 0x10, 0x20, 0x80 } };

static void set_dots(unsigned char *cells, int rows, int side, double from, double to)
{
    int first = (int)(fmin(from, to) * 4), last = (int)(fmax(from, to) * 4);
    for (int y = first; y <= last; y++) {
        if (y >= 0 && y < rows * 4)
            cells[y / 4] |= (unsigned char)dots[side][y % 4];
    }
}

static const char *braille(struct arena *arena, unsigned char pattern)
{
    char *text = arena_alloc(arena, 4);
    text[0] = (char)0xE2;
    text[1] = (char)(0xA0 | pattern >> 6);
    text[2] = (char)(0x80 | (pattern & 0x3F));
    return text;
}

static void draw_braille(const struct plot *plot, struct style ink, int column, int columns,
                         const double *samples)
{
    unsigned char *cells = arena_alloc(plot->scene->arena, (size_t)plot->rows);
    for (int i = 0; i < columns; i++) {
        for (int side = 0; side < 2; side++) {
            double from = samples[2 * i + side], to = samples[2 * i + side + 1];
            if (!isnan(from) && !isnan(to))
                set_dots(cells, plot->rows, side, from, from + (to - from) * 0.999);
        }
        for (int row = 0; row < plot->rows; row++) {
            if (cells[row] != 0)
                plot_put(plot, plot->top + row, column + i, ink,
                         braille(plot->scene->arena, cells[row]));
            cells[row] = 0;
        }
    }
}

void line_draw(const struct plot *plot, struct style ink, int column, int columns,
               const double *samples)
{
    if (plot->scene->medium.braille && !plot->scene->medium.ascii)
        draw_braille(plot, ink, column, columns, samples);
    else
        draw_arcs(plot, ink, column, columns, samples);
}
