/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where touchpoints stand from left to right: equal columns that fill the width to its last cell.
 *
 * A column is never narrower than COLUMN_MIN; what does not fit is scrolled. Positions are columns
 * of the scene, also of touchpoints outside the window: there they say where the curve comes from.
 */
#ifndef STELLWERK_SCENE_COLUMNS_H
#define STELLWERK_SCENE_COLUMNS_H

#include <stdbool.h>

#define COLUMN_MIN 10
#define COLUMN_MAX 60 /* a lone touchpoint does not stretch over a wide screen */

struct columns {
    int left, width;  /* where the first column begins; all columns with the gaps between them */
    int gap;          /* blank cells between two columns */
    int first, count; /* the touchpoints shown */
    int total;        /* of the journey */
};

/* How many of `total` touchpoints fit in `width`. */
int columns_fit(int width, int total);

/* The window that begins at `first`, moved as little as needed so that `selected` (NONE: nothing)
 * is in it. */
struct columns columns_lay(int left, int width, int total, int first, int selected);

/* A part of a journey that is shown in parts: how many touchpoints go into each, evenly, with
 * columns not narrower than `least`; and the part that begins at `first`, its columns as wide as
 * those of all. */
int columns_each(int width, int total, int least);
struct columns columns_part(int left, int width, int total, int first, int each);

int columns_x(const struct columns *columns, int touchpoint);
int columns_width(const struct columns *columns, int touchpoint);
int columns_centre(const struct columns *columns, int touchpoint);
int columns_end(const struct columns *columns); /* behind the last */
bool columns_scrolled(const struct columns *columns);

#endif
