/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The experience as people in the room estimate it: one curve over the touchpoints.
 */
#ifndef STELLWERK_SCENE_FELT_H
#define STELLWERK_SCENE_FELT_H

#include <stellwerk/scene/plot.h>

/* Breaks where there is no estimate, and runs beyond the window's edges to what is scrolled
 * away. */
void felt_draw(const struct plot *plot);

#endif
