/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The wire: the fewest bytes that turn what a terminal shows into the next frame.
 *
 * Pure: frames in, bytes out. It speaks ECMA-48, as every terminal does that is in use; curses
 * opens and closes the terminal and reads its keys. Curses' own drawing is not used because it
 * sends both colours of a cell whenever one of them changes and repeats characters in a way (REP)
 * that several terminals do not know: the Map view would cost nearly twice the bytes, and lose
 * lines on those.
 *
 * Assumed of the terminal: it is as wide as the frame, LF moves down and nothing else (no ONLCR), a
 * character in the last column leaves the cursor there (xenl). Every move from there is absolute.
 */
#ifndef STELLWERK_TUI_WIRE_H
#define STELLWERK_TUI_WIRE_H

#include <stdbool.h>

#include <stellwerk/base/str.h>
#include <stellwerk/scene/scene.h>
#include <stellwerk/scene/theme.h>

struct abilities {
    enum depth depth;
    bool erases_coloured; /* what is erased takes the ground in force (bce) */
    bool utf8;            /* else what is not ASCII is drawn as "?" */
};

struct wire;

struct wire *wire_create(struct abilities abilities);
void wire_destroy(struct wire *wire); /* NULL is fine */

/* Nothing is known any more of what the terminal shows: the next frame begins with clearing it. So
 * does the first one. */
void wire_forget(struct wire *wire);

/* The terminal, of this size, has just been cleared: plain, its cursor seen at the top left. */
void wire_cleared(struct wire *wire, int columns, int rows);

/* Appends what shows the frame; nothing where it shows already. The cursor rests where the frame
 * says, or is hidden. */
void wire_draw(struct wire *wire, const struct scene *frame, enum theme_name theme,
               struct str *out);

#endif
