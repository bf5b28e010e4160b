/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A session on a copy of the small map of tests/app/maps, with its store, in a scratch folder.
 */

#ifndef STELLWERK_TESTS_APP_WORKBENCH_H
#define STELLWERK_TESTS_APP_WORKBENCH_H

#include <stellwerk/app/state.h>

struct workbench {
    char *folder, *map, *store, *journals;
    struct session *session;
    struct arena arena;  /* of the last frame */
    struct scene *frame; /* as drawn last */
    int columns, rows;
    struct medium medium;
};

/* Makes the folder with the map, with a store that has the answers or with none; removes it. */
void workbench_make(struct workbench *bench, bool with_store);
void workbench_remove(struct workbench *bench);

/* Opens the map; with a store that has the answers, or with none. The day is 2026-06-01. */
void workbench_open(struct workbench *bench, bool with_store);
void workbench_close(struct workbench *bench);

/* The same on a map of the test's own, that names its store "walk.db"; with rows in it, CSV of
 * events and of answers, each NULL for none. */
void workbench_open_text(struct workbench *bench, const char *map, const char *events,
                         const char *answers);

/* Imports answers, as CSV, into the store, as another program does meanwhile. */
void workbench_add_answers(struct workbench *bench, const char *answers);

/* Ends the session without saving, as a crash does, and begins another. */
void workbench_reopen(struct workbench *bench);

/* Waits until the worker has nothing left to do. */
void workbench_settle(struct workbench *bench);

/* Presses keys by their names, with blanks between them. */
void workbench_press(struct workbench *bench, const char *keys);

/* Draws a frame. */
void workbench_draw(struct workbench *bench);

/* A row of the frame as text without blanks at its end; negative rows count from below. Lives until
 * the next frame. */
const char *workbench_row(struct workbench *bench, int row);

/* The id of the selected touchpoint. */
const char *workbench_selected(const struct workbench *bench);

/* Writes a text over a file of the folder, and lets the session look at its files until it is
 * still. */
void workbench_write(struct workbench *bench, const char *path, const char *text);

/* The text of the map with one piece replaced by another; free() it. */
char *workbench_edited(const struct workbench *bench, const char *piece, const char *by);

#endif
