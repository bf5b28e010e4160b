/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/tui/wire.h>

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sgr.h"

#include <stellwerk/base/memory.h>
#include <stellwerk/base/utf8.h>

/* Room for a letter with a handful of marks; marks beyond it are left out. */
#define TEXT_MAX 22

struct shown { /* a cell as the terminal has it */
    char text[TEXT_MAX];
    uint8_t bytes; /* 0: blank */
    uint8_t width; /* 0: covered by the cluster to the left */
    struct paint paint;
};

struct wire {
    struct abilities abilities;
    struct shown *cells; /* rows * columns */
    int columns, rows;
    bool known;          /* the cells are what the terminal shows */
    int row, column;     /* where its cursor is; column -1: somewhere in that row */
    bool cursor_hidden;
    struct paint paint;  /* in force */
};

static const struct paint plain = { PAINT_DEFAULT, PAINT_DEFAULT, 0 };

struct wire *wire_create(struct abilities abilities)
{
    struct wire *wire = memory_alloc(sizeof(*wire));
    wire->abilities = abilities;
    return wire;
}

void wire_destroy(struct wire *wire)
{
    if (wire == NULL)
        return;
    free(wire->cells);
    free(wire);
}

void wire_forget(struct wire *wire)
{
    wire->known = false;
}

/* ---- Cells ---------------------------------------------------------------------------------- */

/* Copies whole code points. */
static uint8_t copy_text(char *to, const struct cell *cell)
{
    size_t copied = 0;
    for (size_t length; copied < cell->bytes; copied += length) {
        utf8_decode(cell->text + copied, &length);
        if (copied + length > TEXT_MAX)
            break;
        memcpy(to + copied, cell->text + copied, length);
    }
    return (uint8_t)copied;
}

static bool is_ascii(const struct cell *cell)
{
    return cell->bytes == 1 && (unsigned char)cell->text[0] < 0x80;
}

static struct shown wanted(const struct wire *wire, const struct cell *cell, struct paint paint)
{
    struct shown shown = { .width = cell->width, .paint = paint };
    if (cell->width == 0 || cell->bytes == 0)
        return shown;
    if (wire->abilities.utf8 || is_ascii(cell)) {
        shown.bytes = copy_text(shown.text, cell);
    } else {
        shown.bytes = cell->width;
        memset(shown.text, '?', cell->width);
    }
    return shown;
}

/* Neighbours mostly share a style: its paint is looked up once for all of them. */
static void want_row(const struct wire *wire, const struct cell *cells, enum theme_name theme,
                     struct shown *out)
{
    enum depth depth = wire->abilities.depth;
    struct style style = { 0 };
    struct paint paint = paint_of(theme, depth, style);
    for (int column = 0; column < wire->columns; column++) {
        if (!style_equal(cells[column].style, style)) {
            style = cells[column].style;
            paint = paint_of(theme, depth, style);
        }
        out[column] = wanted(wire, &cells[column], paint);
    }
}

static bool looks_equal(const struct shown *a, const struct shown *b)
{
    if (a->bytes != b->bytes || a->width != b->width)
        return false;
    if (a->bytes == 0)
        return a->width == 0 || paint_equal_blank(a->paint, b->paint);
    return memcmp(a->text, b->text, a->bytes) == 0 && paint_equal(a->paint, b->paint);
}

static struct shown *row_cells(const struct wire *wire, int row)
{
    return wire->cells + (size_t)row * (size_t)wire->columns;
}

/* ---- Painting ------------------------------------------------------------------------------- */

static void change_paint(struct wire *wire, struct str *out, struct paint paint)
{
    sgr_change(out, wire->abilities.depth, wire->paint, paint);
    wire->paint = paint;
}

/* The paint for a blank: it needs only the ground, so what is written next on it may choose the
 * ink, and one sequence does for both. */
static struct paint paint_for_blank(const struct wire *wire, const struct shown *cells, int column)
{
    struct paint paint = cells[column].paint;
    if (paint_equal_blank(wire->paint, paint))
        return wire->paint;
    for (int next = column + 1; next < wire->columns; next++) {
        if (!paint_equal_blank(cells[next].paint, paint))
            break;
        if (cells[next].bytes > 0)
            return cells[next].paint;
    }
    if (paint.emphasis == 0)
        paint.ink = wire->paint.ink;
    return paint;
}

static void advance(struct wire *wire, int columns)
{
    wire->column += columns;
    if (wire->column >= wire->columns)
        wire->column = -1;
}

static void write_cell(struct wire *wire, struct str *out, const struct shown *cells, int column)
{
    const struct shown *cell = &cells[column];
    if (cell->bytes == 0) {
        change_paint(wire, out, paint_for_blank(wire, cells, column));
        str_append_char(out, ' ');
    } else {
        change_paint(wire, out, cell->paint);
        str_append_bytes(out, cell->text, cell->bytes);
    }
    advance(wire, cell->width);
}

/* ---- Moving --------------------------------------------------------------------------------- */

/* One way to move; the shortest is taken. */
struct way {
    char bytes[64];
    size_t length; /* 0: no way */
};

static void shorter(struct way *best, const struct way *way)
{
    if (way->length > 0 && (best->length == 0 || way->length < best->length))
        *best = *way;
}

static struct way way_absolute(int row, int column)
{
    struct way way;
    int length;
    if (column > 0)
        length = snprintf(way.bytes, sizeof(way.bytes), "\033[%d;%dH", row + 1, column + 1);
    else if (row > 0)
        length = snprintf(way.bytes, sizeof(way.bytes), "\033[%dH", row + 1);
    else
        length = snprintf(way.bytes, sizeof(way.bytes), "\033[H");
    way.length = (size_t)length;
    return way;
}

/* Down by line feeds, then along the row. */
static struct way way_relative(int down, int from, int to)
{
    struct way way;
    char *at = way.bytes;
    if (down < 0 || down > 4)
        return (struct way){ 0 };
    for (int i = 0; i < down; i++)
        *at++ = '\n';
    size_t room = sizeof(way.bytes) - 8;
    if (to == 0 && from > 0)
        at += snprintf(at, room, "\r");
    else if (to == from + 1)
        at += snprintf(at, room, "\033[C");
    else if (to > from)
        at += snprintf(at, room, "\033[%dC", to - from);
    else if (to < from && from - to <= 4)
        at += snprintf(at, room, "%.*s", from - to, "\b\b\b\b");
    else if (to < from)
        at += snprintf(at, room, "\033[%dG", to + 1);
    way.length = (size_t)(at - way.bytes);
    return way;
}

/* Writing once more what stands between is often the shortest way; only in the paint in force. */
static struct way way_over(const struct wire *wire, int to)
{
    struct way way = { .length = 0 };
    const struct shown *cells = row_cells(wire, wire->row);
    for (int column = wire->column; column < to; column++) {
        const struct shown *cell = &cells[column];
        bool same = cell->bytes == 0 ? paint_equal_blank(cell->paint, wire->paint)
                                     : paint_equal(cell->paint, wire->paint);
        if (cell->width != 1 || !same || way.length + TEXT_MAX > sizeof(way.bytes))
            return (struct way){ 0 };
        if (cell->bytes == 0)
            way.bytes[way.length++] = ' ';
        memcpy(way.bytes + way.length, cell->text, cell->bytes);
        way.length += cell->bytes;
    }
    return way;
}

static void move_to(struct wire *wire, struct str *out, int row, int column)
{
    if (row == wire->row && column == wire->column)
        return;
    struct way best = way_absolute(row, column);
    if (wire->column >= 0) {
        struct way relative = way_relative(row - wire->row, wire->column, column);
        shorter(&best, &relative);
        if (row == wire->row && column > wire->column) {
            struct way over = way_over(wire, column);
            shorter(&best, &over);
        }
    }
    str_append_bytes(out, best.bytes, best.length);
    wire->row = row;
    wire->column = column;
}

/* ---- Rows ----------------------------------------------------------------------------------- */

static bool may_erase(const struct wire *wire, const struct shown *cell)
{
    return cell->bytes == 0 && cell->width == 1 && cell->paint.emphasis == 0 &&
           (cell->paint.ground == PAINT_DEFAULT || wire->abilities.erases_coloured);
}

/* How many cells from here on are blanks that one erasing makes. */
static int blanks(const struct wire *wire, const struct shown *cells, int column)
{
    int end = column;
    if (!may_erase(wire, &cells[column]))
        return 0;
    while (end < wire->columns && may_erase(wire, &cells[end]) &&
           cells[end].paint.ground == cells[column].paint.ground)
        end++;
    return end - column;
}

/* Brings one row up to date, from left to right. */
static void draw_row(struct wire *wire, struct str *out, int row, const struct shown *cells)
{
    struct shown *shown = row_cells(wire, row);
    for (int column = 0; column < wire->columns; column++) {
        if (cells[column].width == 0 || looks_equal(&shown[column], &cells[column]))
            continue;
        move_to(wire, out, row, column);
        int run = blanks(wire, cells, column);
        if (run > 3 && column + run == wire->columns) {
            change_paint(wire, out, paint_for_blank(wire, cells, column));
            str_append(out, "\033[K");
            memcpy(&shown[column], &cells[column], (size_t)run * sizeof(*cells));
            return;
        }
        write_cell(wire, out, cells, column);
        memcpy(&shown[column], &cells[column], (size_t)cells[column].width * sizeof(*cells));
    }
}

/* ---- Frames --------------------------------------------------------------------------------- */

static void clear(struct wire *wire, struct str *out, const struct scene *frame)
{
    size_t count = (size_t)frame->columns * (size_t)frame->rows;
    wire->cells = memory_resize(wire->cells, memory_product(count + 1, sizeof(*wire->cells)));
    for (size_t i = 0; i < count; i++)
        wire->cells[i] = (struct shown){ .width = 1, .paint = plain };
    wire->columns = frame->columns;
    wire->rows = frame->rows;
    wire->paint = plain;
    wire->row = wire->column = 0;
    wire->cursor_hidden = false;
    wire->known = true;
    str_append(out, "\033[m\033[?25h\033[H\033[2J");
}

static void place_cursor(struct wire *wire, struct str *out, const struct scene *frame)
{
    bool seen = frame->cursor_row >= 0 && frame->cursor_row < frame->rows &&
                frame->cursor_column >= 0 && frame->cursor_column < frame->columns;
    if (seen)
        move_to(wire, out, frame->cursor_row, frame->cursor_column);
    if (seen == wire->cursor_hidden)
        str_append(out, seen ? "\033[?25h" : "\033[?25l");
    wire->cursor_hidden = !seen;
}

void wire_draw(struct wire *wire, const struct scene *frame, enum theme_name theme,
               struct str *out)
{
    if (!wire->known || frame->columns != wire->columns || frame->rows != wire->rows)
        clear(wire, out, frame);
    struct shown *cells = memory_alloc(memory_product((size_t)frame->columns + 1, sizeof(*cells)));
    for (int row = 0; row < frame->rows; row++) {
        want_row(wire, frame->cells + (size_t)row * (size_t)frame->columns, theme, cells);
        draw_row(wire, out, row, cells);
    }
    free(cells);
    place_cursor(wire, out, frame);
}
