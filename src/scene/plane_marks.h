/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the marks of a plane's points stand. Private to scene/.
 *
 * A mark is a point's number at its place, or hardly beside it. Where more points fall than there
 * is room for numbers they share one: it bears the number of the first, and how many others are
 * there, "4+12". So every point is on the plane, and none is far from where it belongs.
 */
#ifndef STELLWERK_SRC_SCENE_PLANE_MARKS_H
#define STELLWERK_SRC_SCENE_PLANE_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>

struct plane_mark {
    int row, column, columns; /* 0 columns: another mark has taken it in */
    size_t point;             /* whose number it bears */
    size_t others;            /* points that share it */
};

struct plane_marks {
    struct plane_mark *items; /* in the order in which points were put */
    size_t count, capacity;
    int first, end; /* the columns there are */
    struct arena *arena;
    size_t *mark_of; /* by point; SIZE_MAX: not put */
    size_t points;
};

/* For points numbered below `points`, on columns from `first` to before `end`. */
void plane_marks_init(struct plane_marks *marks, struct arena *arena, size_t points, int first,
                      int end);

/* Puts another point; those that were put before it have precedence. */
void plane_marks_put(struct plane_marks *marks, size_t point, int row, int column);

/* What a mark says: its number, and the others "+12", or "". */
const char *plane_mark_number(struct arena *arena, const struct plane_mark *mark);
const char *plane_mark_others(struct arena *arena, const struct plane_mark *mark);

#endif
