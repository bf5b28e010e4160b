/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Map view: head, stages, titles, plot, lanes, strip, summary.
 */
#ifndef STELLWERK_SCENE_MAP_H
#define STELLWERK_SCENE_MAP_H

#include <stellwerk/scene/view.h>

struct scene *map_draw(struct arena *arena, const struct stage_set *set, int columns, int rows,
                       struct medium medium);

#endif
