/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Panels: bordered boxes over a scene, and the lists and texts in them.
 *
 * Help, palette, detail and prompts are made of these. Everything is clipped to the scene.
 */
#ifndef STELLWERK_SCENE_PANEL_H
#define STELLWERK_SCENE_PANEL_H

#include <stddef.h>

#include <stellwerk/scene/scene.h>

struct area {
    int row, column, rows, columns;
};

/* Where a panel of about this size goes: the middle of the scene, never beyond its edges. */
struct area panel_centre(const struct scene *scene, int rows, int columns);

/* A box with a title in its upper and a note in its lower edge (either may be NULL), blank inside.
 * Returns the area inside, one column of air on either side; empty where nothing fits. */
struct area panel_draw(struct scene *scene, struct area area, const char *title, const char *note);

/* Lights the rows that are chosen. Light is not seen where there is no colour: they are turned
 * inside out there. */
void panel_light(struct scene *scene, int row, int column, int rows, int columns);

/* The first row that is shown of a list, so that the selected one (NONE: none) is seen: by whole
 * pages, so that a step within one lights another row and no more. */
int panel_first(int selected, int rows, int count);

/* Makes a row of a list that of a touchpoint; lit over so many columns, with the cursor on it,
 * where it is selected (0: it is not). */
void panel_touchpoint(struct scene *scene, int row, int columns, int touchpoint, int lit);

/* A bar at the right edge that shows which part of `total` rows is seen; nothing when all is. */
void panel_scrollbar(struct scene *scene, struct area inside, int first, int total);

/* Rows `first`.. of a scene drawn for this width, with the scrollbar; corrects `*first`. */
void panel_content(struct scene *scene, struct area inside, const struct scene *content,
                   int *first);

struct list_row {
    const char *left;  /* in keys' ink: a key, a command's name; NULL */
    const char *text;
    const char *right; /* quiet, at the right edge: shortcut, kind; NULL */
    bool heading;      /* a title between rows; `text` alone */
};

/* A list with one row of light (`selected`; NONE: none), scrolled so that it is seen: corrects
 * `*first`. Each row that is no heading becomes a REGION_ROW with its index. */
void panel_list(struct scene *scene, struct area inside, const struct list_row *rows, size_t count,
                int selected, int *first);

/* A prompt: label, text, and the cursor before byte `cursor`; scrolls sideways so that the
 * cursor is seen, and puts the scene's cursor there. */
void panel_prompt(struct scene *scene, int row, int column, int columns, const char *label,
                  const char *text, size_t cursor);

#endif
