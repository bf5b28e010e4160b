/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

#include <string.h>

#include "markup.h"

#define WIDTH REPORT_SVG_CELL_WIDTH
#define HEIGHT REPORT_SVG_CELL_HEIGHT

enum { MARGIN = 9, BASELINE = 14, FONT_SIZE = 15 };

struct svg {
    struct str *out;
    enum theme_name theme;
    struct report_paints *paints; /* NULL: colours are what they are */
    struct paint paper;           /* what lies behind everything, drawn once */
};

/* How a cell looks. */
struct face {
    struct paint ink, ground;
    uint8_t emphasis;
};

static bool paint_equal(struct paint a, struct paint b)
{
    return a.rgb == b.rgb && a.light == b.light;
}

static size_t paint_class(struct report_paints *paints, struct paint paint)
{
    for (size_t i = 0; i < paints->count; i++)
        if (paint_equal(paints->items[i], paint))
            return i;
    paints->items = arena_grow(paints->arena, paints->items, paints->count, &paints->capacity,
                               sizeof(*paints->items));
    paints->items[paints->count] = paint;
    return paints->count++;
}

static void append_fill(struct svg *svg, struct paint paint)
{
    str_printf(svg->out, " fill=\"#%06x\"", paint.rgb);
    if (svg->paints != NULL && paint.light != paint.rgb)
        str_printf(svg->out, " class=\"c%zu\"", paint_class(svg->paints, paint));
}

static void append_rect(struct svg *svg, int x, int y, int width, int height, struct paint fill)
{
    str_printf(svg->out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"", x, y, width, height);
    append_fill(svg, fill);
    str_append(svg->out, "/>\n");
}

/*
 * Block elements are drawn as what they mean, a filled part of the cell: fonts leave hair lines
 * between them. U+2581..2588 fill eighths from below, U+258C and U+2590 the left and right half.
 */
static bool append_block(struct svg *svg, int x, int y, const struct cell *cell, struct paint fill)
{
    if (cell->bytes != 3 || memcmp(cell->text, "\xe2\x96", 2) != 0)
        return false;
    int which = (unsigned char)cell->text[2];
    if (which >= 0x81 && which <= 0x88) {
        int height = (HEIGHT * (which - 0x80) + 4) / 8;
        append_rect(svg, x, y + HEIGHT - height, WIDTH, height, fill);
    } else if (which == 0x8c) {
        append_rect(svg, x, y, WIDTH / 2, HEIGHT, fill);
    } else if (which == 0x90) {
        append_rect(svg, x + WIDTH / 2, y, WIDTH - WIDTH / 2, HEIGHT, fill);
    } else {
        return false;
    }
    return true;
}

static void append_text(struct svg *svg, int x, int y, const struct face *face,
                        const struct cell *cells, int columns)
{
    str_printf(svg->out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\"", x, y + BASELINE,
               columns * WIDTH);
    append_fill(svg, face->ink);
    str_printf(svg->out, "%s%s>", face->emphasis & EMPHASIS_BOLD ? " font-weight=\"bold\"" : "",
               face->emphasis & EMPHASIS_UNDERLINE ? " text-decoration=\"underline\"" : "");
    for (int i = 0; i < columns; i++)
        report_escape(svg->out, cells[i].text, cells[i].bytes);
    str_append(svg->out, "</text>\n");
}

static struct face face_of(const struct svg *svg, struct style style)
{
    struct look look = theme_look(svg->theme, DEPTH_TRUE, style);
    struct look light = theme_look(THEME_LIGHT, DEPTH_TRUE, style);
    struct paint ink = { look.ink.rgb, light.ink.rgb };
    struct paint ground = { look.ground.rgb, light.ground.rgb };
    bool reverse = look.emphasis & EMPHASIS_REVERSE;
    return (struct face){
        .ink = reverse ? ground : ink,
        .ground = reverse ? ink : ground,
        .emphasis = look.emphasis,
    };
}

static bool face_equal(const struct face *a, const struct face *b)
{
    return paint_equal(a->ink, b->ink) && a->emphasis == b->emphasis;
}

static void append_grounds(struct svg *svg, const struct cell *cells, int columns, int y)
{
    for (int column = 0, next; column < columns; column = next) {
        struct paint ground = face_of(svg, cells[column].style).ground;
        for (next = column + 1; next < columns; next++)
            if (!paint_equal(face_of(svg, cells[next].style).ground, ground))
                break;
        if (!paint_equal(ground, svg->paper))
            append_rect(svg, MARGIN + column * WIDTH, y, (next - column) * WIDTH, HEIGHT, ground);
    }
}

static bool is_blank(const struct cell *cell)
{
    return cell->bytes == 0 || (cell->bytes == 1 && cell->text[0] == ' ');
}

/* A word at a time: `textLength` holds each to its cells, whatever font the viewer has. */
static void append_glyphs(struct svg *svg, const struct cell *cells, int columns, int y)
{
    for (int column = 0, next; column < columns; column = next) {
        next = column + 1;
        if (is_blank(&cells[column]))
            continue;
        int x = MARGIN + column * WIDTH;
        struct face face = face_of(svg, cells[column].style);
        if (append_block(svg, x, y, &cells[column], face.ink))
            continue;
        for (; next < columns; next++) {
            struct face other = face_of(svg, cells[next].style);
            bool covered = cells[next].width == 0;
            if (!covered && (is_blank(&cells[next]) || !face_equal(&face, &other) ||
                             (unsigned char)cells[next].text[0] == 0xe2))
                break;
        }
        append_text(svg, x, y, &face, &cells[column], next - column);
    }
}

/* Rows `first`.. up to `end` of a scene, with margins where these are its first and its last. */
static void append_picture(struct svg *svg, const struct scene *scene, int first, int end)
{
    int above = first == 0 ? MARGIN : 0, below = end == scene->rows ? MARGIN : 0;
    int width = scene->columns * WIDTH + 2 * MARGIN;
    int height = (end - first) * HEIGHT + above + below;
    svg->paper = face_of(svg, (struct style){ .ink = INK_TEXT }).ground;
    str_printf(svg->out,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
               "viewBox=\"0 0 %d %d\" font-size=\"%d\" font-family=\"'DejaVu Sans Mono', Menlo, "
               "Consolas, 'Liberation Mono', monospace\" shape-rendering=\"crispEdges\">\n",
               width, height, width, height, FONT_SIZE);
    append_rect(svg, 0, 0, width, height, svg->paper);
    for (int row = first; row < end; row++) {
        const struct cell *cells = &scene->cells[(size_t)row * (size_t)scene->columns];
        int y = above + (row - first) * HEIGHT;
        append_grounds(svg, cells, scene->columns, y);
        append_glyphs(svg, cells, scene->columns, y);
    }
    str_append(svg->out, "</svg>\n");
}

void report_svg(struct str *out, const struct scene *scene, enum theme_name theme)
{
    append_picture(&(struct svg){ .out = out, .theme = theme }, scene, 0, scene->rows);
}

/* ---- In a page ------------------------------------------------------------------- */

#define STRIP_LEAST 12 /* rows */
#define STRIP_MOST 48

static bool is_blank_row(const struct scene *scene, int row)
{
    const struct cell *cells = &scene->cells[(size_t)row * (size_t)scene->columns];
    for (int column = 0; column < scene->columns; column++)
        if (!is_blank(&cells[column]) || cells[column].style.ground != GROUND_NONE)
            return false;
    return true;
}

/* Behind a blank row where there is one: what belongs together stays on one sheet of paper. */
static int strip_end(const struct scene *scene, int first)
{
    int most = first + STRIP_MOST < scene->rows ? first + STRIP_MOST : scene->rows;
    for (int row = first + STRIP_LEAST; row < most; row++)
        if (is_blank_row(scene, row))
            return row + 1;
    return most;
}

void report_svg_strips(struct str *out, const struct scene *scene, enum theme_name theme,
                       struct report_paints *paints)
{
    struct svg svg = { .out = out, .theme = theme, .paints = paints };
    for (int first = 0, end; first < scene->rows; first = end) {
        end = strip_end(scene, first);
        append_picture(&svg, scene, first, end);
    }
}
