/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a touchpoint is held against, as calm blocks: the zone of tolerance from adequate to
 * desired, the fall below it down to what is felt, and the promise as a dashed line.
 */
#ifndef STELLWERK_SCENE_BAND_H
#define STELLWERK_SCENE_BAND_H

#include <stellwerk/scene/plot.h>

void band_draw(const struct plot *plot, int touchpoint);
void promise_draw(const struct plot *plot, int touchpoint);

#endif
