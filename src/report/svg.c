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
    struct shade paper; /* what lies behind everything, drawn once */
};

static void append_rect(struct svg *svg, int x, int y, int width, int height, struct shade fill)
{
    str_printf(svg->out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#%06x\"/>\n", x,
               y, width, height, fill.rgb);
}

/*
 * Block elements are drawn as what they mean, a filled part of the cell: fonts leave hair lines
 * between them. U+2581..2588 fill eighths from below, U+258C and U+2590 the left and right half.
 */
static bool append_block(struct svg *svg, int x, int y, const struct cell *cell, struct shade fill)
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

static bool look_equal(const struct look *a, const struct look *b)
{
    return a->ink.rgb == b->ink.rgb && a->emphasis == b->emphasis;
}

static void append_text(struct svg *svg, int x, int y, const struct look *look,
                        const struct cell *cells, int columns)
{
    str_printf(svg->out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"#%06x\"%s%s>", x,
               y + BASELINE, columns * WIDTH, look->ink.rgb,
               look->emphasis & EMPHASIS_BOLD ? " font-weight=\"bold\"" : "",
               look->emphasis & EMPHASIS_UNDERLINE ? " text-decoration=\"underline\"" : "");
    for (int i = 0; i < columns; i++)
        report_escape(svg->out, cells[i].text, cells[i].bytes);
    str_append(svg->out, "</text>\n");
}

static struct look cell_look(const struct svg *svg, const struct cell *cell)
{
    struct look look = theme_look(svg->theme, DEPTH_TRUE, cell->style);
    if (look.emphasis & EMPHASIS_REVERSE) {
        struct shade ink = look.ink;
        look.ink = look.ground;
        look.ground = ink;
    }
    return look;
}

static void append_grounds(struct svg *svg, const struct cell *cells, int columns, int y)
{
    for (int column = 0, next; column < columns; column = next) {
        struct shade ground = cell_look(svg, &cells[column]).ground;
        for (next = column + 1; next < columns; next++)
            if (cell_look(svg, &cells[next]).ground.rgb != ground.rgb)
                break;
        if (ground.rgb != svg->paper.rgb)
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
        struct look look = cell_look(svg, &cells[column]);
        if (append_block(svg, x, y, &cells[column], look.ink))
            continue;
        for (; next < columns; next++) {
            struct look other = cell_look(svg, &cells[next]);
            bool covered = cells[next].width == 0;
            if (!covered && (is_blank(&cells[next]) || !look_equal(&look, &other) ||
                             (unsigned char)cells[next].text[0] == 0xe2))
                break;
        }
        append_text(svg, x, y, &look, &cells[column], next - column);
    }
}

void report_svg(struct str *out, const struct scene *scene, enum theme_name theme)
{
    int width = scene->columns * WIDTH + 2 * MARGIN, height = scene->rows * HEIGHT + 2 * MARGIN;
    struct svg svg = {
        .out = out,
        .theme = theme,
        .paper = theme_look(theme, DEPTH_TRUE, (struct style){ .ink = INK_TEXT }).ground,
    };
    str_printf(out,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
               "viewBox=\"0 0 %d %d\" font-size=\"%d\" font-family=\"'DejaVu Sans Mono', Menlo, "
               "Consolas, 'Liberation Mono', monospace\" shape-rendering=\"crispEdges\">\n",
               width, height, width, height, FONT_SIZE);
    append_rect(&svg, 0, 0, width, height, svg.paper);
    for (int row = 0; row < scene->rows; row++) {
        const struct cell *cells = &scene->cells[(size_t)row * (size_t)scene->columns];
        int y = MARGIN + row * HEIGHT;
        append_grounds(&svg, cells, scene->columns, y);
        append_glyphs(&svg, cells, scene->columns, y);
    }
    str_append(out, "</svg>\n");
}
