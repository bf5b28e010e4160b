/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a touchpoint is held against, as calm blocks: the zone of tolerance from adequate to
 * desired, the fall below it down to what is felt, and the promise as a dashed line.
 */
#ifndef STELLWERK_SCENE_BAND_H
#define STELLWERK_SCENE_BAND_H

#include <stellwerk/scene/plot.h>

/* The zone, and the fall below it where `felt` is below `adequate` (NAN: none), over some
 * columns; all in levels 0..100. */
void zone_draw(const struct plot *plot, int column, int columns, double adequate, double desired,
               double felt);

void band_draw(const struct plot *plot, int touchpoint);
void promise_draw(const struct plot *plot, int touchpoint);

#endif
