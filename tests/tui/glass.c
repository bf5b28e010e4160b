/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "glass.h"

#include <stdlib.h>
#include <string.h>

static int note_property(VTermProp property, VTermValue *value, void *user)
{
    struct glass *glass = user;
    if (property == VTERM_PROP_CURSORVISIBLE)
        glass->cursor_visible = value->boolean;
    if (property == VTERM_PROP_ALTSCREEN)
        glass->alternate = value->boolean;
    if (property == VTERM_PROP_MOUSE)
        glass->mouse = value->number;
    return 1;
}

static int note_scrolling(int columns, const VTermScreenCell *cells, void *user)
{
    (void)columns;
    (void)cells;
    ((struct glass *)user)->scrolled = true;
    return 0;
}

static const VTermScreenCallbacks callbacks = {
    .settermprop = note_property,
    .sb_pushline = note_scrolling,
};

void glass_open(struct glass *glass, int columns, int rows)
{
    *glass = (struct glass){ .columns = columns, .rows = rows, .cursor_visible = true };
    glass->term = vterm_new(rows, columns);
    vterm_set_utf8(glass->term, 1);
    glass->screen = vterm_obtain_screen(glass->term);
    vterm_screen_set_callbacks(glass->screen, &callbacks, glass);
    vterm_screen_enable_altscreen(glass->screen, 1);
    vterm_screen_reset(glass->screen, 1);
}

void glass_close(struct glass *glass)
{
    vterm_free(glass->term);
}

void glass_resize(struct glass *glass, int columns, int rows)
{
    glass->columns = columns;
    glass->rows = rows;
    vterm_set_size(glass->term, rows, columns);
}

void glass_feed(struct glass *glass, const char *bytes, size_t length)
{
    vterm_input_write(glass->term, bytes, length);
}

VTermScreenCell glass_cell(const struct glass *glass, int row, int column)
{
    VTermScreenCell cell = { .width = 1 };
    vterm_screen_get_cell(glass->screen, (VTermPos){ .row = row, .col = column }, &cell);
    return cell;
}

static size_t encode(char *out, uint32_t code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char first[] = { 0, 0xc0, 0xe0, 0xf0 };
    out[0] = (char)(first[more] | code >> 6 * more);
    for (size_t i = 1; i <= more; i++)
        out[i] = (char)(0x80 | (code >> 6 * (more - i) & 0x3f));
    return more + 1;
}

/* Appends a row; returns the length without blanks at its end. */
static size_t append_row(const struct glass *glass, int row, char *out, size_t from)
{
    size_t length = from, end = from;
    for (int column = 0; column < glass->columns; column++) {
        VTermScreenCell cell = glass_cell(glass, row, column);
        if (cell.chars[0] == (uint32_t)-1)
            continue; /* the second column of a wide letter */
        if (cell.chars[0] == 0 || cell.chars[0] == ' ') {
            out[length++] = ' ';
            continue;
        }
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
            length += encode(out + length, cell.chars[i]);
        end = length;
    }
    return end;
}

const char *glass_row(struct glass *glass, int row)
{
    row = row < 0 ? glass->rows + row : row;
    glass->text[append_row(glass, row, glass->text, 0)] = '\0';
    return glass->text;
}

const char *glass_text(struct glass *glass)
{
    size_t length = 0;
    for (int row = 0; row < glass->rows && length + 1024 < sizeof(glass->text); row++) {
        length = append_row(glass, row, glass->text, length);
        glass->text[length++] = '\n';
    }
    glass->text[length] = '\0';
    return glass->text;
}

/* Columns of the row's first `bytes` bytes. */
static int columns_of(const struct glass *glass, int row, size_t bytes)
{
    char piece[VTERM_MAX_CHARS_PER_CELL * 4];
    int column = 0;
    for (size_t seen = 0; seen < bytes; column++) {
        VTermScreenCell cell = glass_cell(glass, row, column);
        if (cell.chars[0] == (uint32_t)-1)
            continue;
        if (cell.chars[0] == 0)
            seen++;
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
            seen += encode(piece, cell.chars[i]);
    }
    return column;
}

bool glass_find(struct glass *glass, const char *text, int *row, int *column)
{
    for (int y = 0; y < glass->rows; y++) {
        const char *line = glass_row(glass, y), *at = strstr(line, text);
        if (at == NULL)
            continue;
        *row = y;
        *column = columns_of(glass, y, (size_t)(at - line));
        return true;
    }
    return false;
}

VTermPos glass_cursor(const struct glass *glass)
{
    VTermPos cursor;
    vterm_state_get_cursorpos(vterm_obtain_state(glass->term), &cursor);
    return cursor;
}
