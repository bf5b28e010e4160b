/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A terminal that nobody sees: bytes go in, and what a person would see can be asked.
 */

#ifndef STELLWERK_TESTS_TUI_GLASS_H
#define STELLWERK_TESTS_TUI_GLASS_H

#include <stdbool.h>
#include <stddef.h>

#include <vterm.h>

struct glass {
    VTerm *term;
    VTermScreen *screen;
    int columns, rows;
    bool cursor_visible, alternate, scrolled;
    int mouse; /* VTERM_PROP_MOUSE_… */
    char text[8192]; /* what glass_row() and glass_text() gave last */
};

void glass_open(struct glass *glass, int columns, int rows);
void glass_close(struct glass *glass);
void glass_resize(struct glass *glass, int columns, int rows);

void glass_feed(struct glass *glass, const char *bytes, size_t length);

/* A row without blanks at its end; negative rows count from below. Lives until the next call. */
const char *glass_row(struct glass *glass, int row);

/* All rows, a line each. */
const char *glass_text(struct glass *glass);

VTermScreenCell glass_cell(const struct glass *glass, int row, int column);

/* Where the first row that has the text has it, in columns; false where none does. */
bool glass_find(struct glass *glass, const char *text, int *row, int *column);

VTermPos glass_cursor(const struct glass *glass);

#endif
