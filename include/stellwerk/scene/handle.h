/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Handles: the points of a touchpoint's curve that a hand can take up and move.
 *
 * The one that is being moved is lit in the plot: a chip with its number, on a rule across the
 * column where the thing itself is as wide as the column.
 */
#ifndef STELLWERK_SCENE_HANDLE_H
#define STELLWERK_SCENE_HANDLE_H

#include <stellwerk/insight/reading.h>
#include <stellwerk/scene/scene.h>

/* In the order of Tab. */
enum handle {
    HANDLE_NONE,
    HANDLE_EXPERIENCE,
    HANDLE_DESIRED,
    HANDLE_ADEQUATE,
    HANDLE_PROMISE,
    HANDLE_STANDARD,
    HANDLE_COUNT
};

/* The score that a handle has under the lens of the reading, 0..100; NAN: none. */
double handle_score(const struct reading *reading, enum handle handle);

/* The handle nearest to a row of the scene, no further off than one row; HANDLE_NONE. `plot` is a
 * REGION_PLOT; where two are as near, the first in the order of Tab. */
enum handle handle_near(const struct reading *reading, const struct region *plot, int row);

struct plot;

/* Lights the handle of the view's options at the selected touchpoint, over all else; nothing where
 * it has no score. */
void handle_draw(const struct plot *plot);

#endif
