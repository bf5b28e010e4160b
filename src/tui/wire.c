/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/tui/wire.h>

#include <stdlib.h>
#include <string.h>

#include "sgr.h"
#include "way.h"

#include <stellwerk/base/arena.h>
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

/* All ink of one paint, and the places where such ink begins. */
struct layer {
    struct paint paint;
    bool done;
};

struct stroke {
    int row, column, layer;
};

struct wire {
    struct abilities abilities;
    struct shown *cells, *wanted; /* rows * columns: what the terminal shows, and is to show */
    int columns, rows;
    bool known;          /* the cells are what the terminal shows */
    int row, column;     /* where its cursor is; column -1: somewhere in that row */
    bool cursor_hidden;
    struct paint paint;  /* in force */
    struct arena scratch; /* of a frame: */
    struct layer *layers;
    size_t layer_count, layer_capacity;
    struct stroke *strokes;
    size_t stroke_count, stroke_capacity;
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
    free(wire->wanted);
    arena_finish(&wire->scratch);
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

static const struct shown *row_wanted(const struct wire *wire, int row)
{
    return wire->wanted + (size_t)row * (size_t)wire->columns;
}

/* True where the terminal does not yet show what it is to show. */
static bool is_open(const struct wire *wire, int row, int column)
{
    const struct shown *wanted = &row_wanted(wire, row)[column];
    return wanted->width > 0 && !looks_equal(&row_cells(wire, row)[column], wanted);
}

static bool fits(const struct shown *cell, struct paint paint)
{
    return cell->bytes == 0 ? paint_equal_blank(cell->paint, paint)
                            : paint_equal(cell->paint, paint);
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

/* Writes what is wanted where the cursor is. */
static void write_cell(struct wire *wire, struct str *out)
{
    int column = wire->column;
    const struct shown *cells = row_wanted(wire, wire->row), *cell = &cells[column];
    if (cell->bytes == 0) {
        change_paint(wire, out, paint_for_blank(wire, cells, column));
        str_append_char(out, ' ');
    } else {
        change_paint(wire, out, cell->paint);
        str_append_bytes(out, cell->text, cell->bytes);
    }
    memcpy(&row_cells(wire, wire->row)[column], cell, (size_t)cell->width * sizeof(*cell));
    advance(wire, cell->width);
}

/* ---- Moving --------------------------------------------------------------------------------- */

/*
 * Writing once more what stands between is often the shortest way; only in the paint in force. A
 * blank will do for a cell that is still to be drawn.
 */
static struct way way_over(const struct wire *wire, int row, int from, int to)
{
    struct way way = { .over = from };
    const struct shown *cells = row_cells(wire, row);
    for (int column = from; column < to; column++) {
        const struct shown *cell = &cells[column];
        bool open = is_open(wire, row, column);
        if (cell->width != 1 || !(open || fits(cell, wire->paint)) ||
            way.length + TEXT_MAX > sizeof(way.bytes))
            return way_none;
        if (open || cell->bytes == 0) {
            way.bytes[way.length++] = ' ';
            continue;
        }
        memcpy(way.bytes + way.length, cell->text, cell->bytes);
        way.length += cell->bytes;
    }
    return way;
}

static struct way way_in_row(const struct wire *wire, int row, int from, int to)
{
    struct way best = way_along(from, to);
    if (to > from)
        way_shorter(&best, way_over(wire, row, from, to));
    return best;
}

/* What is written on the way is a blank where something else is wanted in the end. */
static void note_written(struct wire *wire, int row, int from, int to)
{
    for (int column = from; column < to; column++) {
        if (is_open(wire, row, column))
            row_cells(wire, row)[column] = (struct shown){ .width = 1, .paint = wire->paint };
    }
}

static void move_to(struct wire *wire, struct str *out, int row, int column)
{
    if (row == wire->row && column == wire->column)
        return;
    struct way best = way_to(row, column);
    if (wire->column >= 0) {
        struct way upright = way_upright(wire->row, row);
        way_shorter(&best, way_joined(upright, way_in_row(wire, row, wire->column, column)));
        upright = way_joined(upright, way_to_edge());
        way_shorter(&best, way_joined(upright, way_in_row(wire, row, 0, column)));
    }
    if (best.over >= 0)
        note_written(wire, row, best.over, column);
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

/* Erases the row from the cursor on where that is all that is left of it. */
static bool erase_rest(struct wire *wire, struct str *out)
{
    int column = wire->column;
    const struct shown *cells = row_wanted(wire, wire->row);
    int run = blanks(wire, cells, column);
    if (run <= 3 || column + run < wire->columns)
        return false;
    change_paint(wire, out, paint_for_blank(wire, cells, column));
    str_append(out, "\033[K");
    memcpy(&row_cells(wire, wire->row)[column], &cells[column], (size_t)run * sizeof(*cells));
    return true;
}

/* Brings one row up to date, from left to right. */
static void draw_row(struct wire *wire, struct str *out, int row)
{
    for (int column = 0; column < wire->columns; column++) {
        if (!is_open(wire, row, column))
            continue;
        move_to(wire, out, row, column);
        if (erase_rest(wire, out))
            return;
        write_cell(wire, out);
    }
}

/* ---- Layers --------------------------------------------------------------------------------- */

/*
 * A change of paint takes up to 20 bytes, a move 4 to 8: so a frame is drawn like a silk-screen
 * print, one paint after the other over all of it.
 */

/* Half of a wide cluster that goes takes the other half with it: such a row is drawn in order. */
static bool parts_clusters(const struct wire *wire, int row)
{
    const struct shown *cells = row_cells(wire, row), *wanted = row_wanted(wire, row);
    for (int column = 0; column < wire->columns; column++) {
        if (cells[column].width != 1 && !looks_equal(&cells[column], &wanted[column]))
            return true;
    }
    return false;
}

static int layer_of(struct wire *wire, struct paint paint)
{
    for (size_t i = wire->layer_count; i > 0; i--) {
        if (paint_equal(wire->layers[i - 1].paint, paint))
            return (int)i - 1;
    }
    wire->layers = arena_grow(&wire->scratch, wire->layers, wire->layer_count,
                              &wire->layer_capacity, sizeof(*wire->layers));
    wire->layers[wire->layer_count] = (struct layer){ .paint = paint };
    return (int)wire->layer_count++;
}

static void add_stroke(struct wire *wire, int row, int column, struct paint paint)
{
    int layer = layer_of(wire, paint);
    wire->strokes = arena_grow(&wire->scratch, wire->strokes, wire->stroke_count,
                               &wire->stroke_capacity, sizeof(*wire->strokes));
    wire->strokes[wire->stroke_count++] = (struct stroke){ row, column, layer };
}

static bool has_ink(const struct wire *wire, int row, int column)
{
    return row_wanted(wire, row)[column].bytes > 0 && is_open(wire, row, column);
}

static void add_strokes(struct wire *wire, int row)
{
    const struct shown *wanted = row_wanted(wire, row);
    bool inked = false;
    for (int column = 0; column < wire->columns; column++) {
        bool goes_on = inked && paint_equal(wanted[column].paint, wanted[column - 1].paint);
        inked = has_ink(wire, row, column);
        if (inked && !goes_on)
            add_stroke(wire, row, column, wanted[column].paint);
    }
}

/* The layer whose paint is the cheapest to come to; the first of equals. NULL when all are done. */
static struct layer *next_layer(struct wire *wire)
{
    struct layer *best = NULL;
    size_t least = SIZE_MAX;
    struct str change;
    str_init(&change);
    for (size_t i = 0; i < wire->layer_count && least > 0; i++) {
        struct layer *layer = &wire->layers[i];
        if (layer->done)
            continue;
        str_clear(&change);
        sgr_change(&change, wire->abilities.depth, wire->paint, layer->paint);
        if (change.length < least) {
            least = change.length;
            best = layer;
        }
    }
    str_finish(&change);
    return best;
}

/* Draws from the blanks before on, as far as the paint goes. */
static void draw_stroke(struct wire *wire, struct str *out, const struct stroke *stroke)
{
    const struct shown *wanted = row_wanted(wire, stroke->row);
    struct paint paint = wanted[stroke->column].paint;
    int column = stroke->column;
    if (!is_open(wire, stroke->row, column))
        return;
    while (column > 0 && wanted[column - 1].bytes == 0 && fits(&wanted[column - 1], paint) &&
           is_open(wire, stroke->row, column - 1))
        column--;
    move_to(wire, out, stroke->row, column);
    change_paint(wire, out, paint);
    while (wire->column >= 0 && is_open(wire, wire->row, wire->column) &&
           fits(&wanted[wire->column], paint) && !erase_rest(wire, out))
        write_cell(wire, out);
}

static void draw_layers(struct wire *wire, struct str *out)
{
    for (struct layer *layer; (layer = next_layer(wire)) != NULL; layer->done = true) {
        for (size_t i = 0; i < wire->stroke_count; i++) {
            if (&wire->layers[wire->strokes[i].layer] == layer)
                draw_stroke(wire, out, &wire->strokes[i]);
        }
    }
}

static void find_layers(struct wire *wire)
{
    arena_reset(&wire->scratch);
    wire->layers = NULL;
    wire->strokes = NULL;
    wire->layer_count = wire->layer_capacity = wire->stroke_count = wire->stroke_capacity = 0;
    for (int row = 0; row < wire->rows; row++) {
        if (!parts_clusters(wire, row))
            add_strokes(wire, row);
    }
}

/* ---- Frames --------------------------------------------------------------------------------- */

static struct shown *resized(struct shown *cells, size_t count)
{
    return memory_resize(cells, memory_product(count + 1, sizeof(*cells)));
}

void wire_cleared(struct wire *wire, int columns, int rows)
{
    size_t count = (size_t)columns * (size_t)rows;
    wire->cells = resized(wire->cells, count);
    wire->wanted = resized(wire->wanted, count);
    for (size_t i = 0; i < count; i++)
        wire->cells[i] = (struct shown){ .width = 1, .paint = plain };
    wire->columns = columns;
    wire->rows = rows;
    wire->paint = plain;
    wire->row = wire->column = 0;
    wire->cursor_hidden = false;
    wire->known = true;
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
    if (!wire->known || frame->columns != wire->columns || frame->rows != wire->rows) {
        str_append(out, "\033[m\033[?25h\033[H\033[2J");
        wire_cleared(wire, frame->columns, frame->rows);
    }
    for (int row = 0; row < frame->rows; row++)
        want_row(wire, frame->cells + (size_t)row * (size_t)frame->columns, theme,
                 wire->wanted + (size_t)row * (size_t)frame->columns);
    find_layers(wire);
    draw_layers(wire, out);
    for (int row = 0; row < frame->rows; row++)
        draw_row(wire, out, row);
    place_cursor(wire, out, frame);
}
