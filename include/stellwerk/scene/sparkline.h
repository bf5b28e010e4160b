/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A metric over the slices of the period, a bar to a slice: the higher, the better where the metric
 * has anchors, else the larger. Slices without rows are holes.
 */
#ifndef STELLWERK_SCENE_SPARKLINE_H
#define STELLWERK_SCENE_SPARKLINE_H

#include <stellwerk/scene/view.h>

/* How a slice is drawn: 0..1, NAN for a hole. */
double sparkline_level(const struct stage_set *set, const struct measure *measure,
                       const struct slice *slice);

/* Draws at most `columns` bars, merging slices where there are more; returns the columns used. */
int sparkline_draw(struct scene *scene, int row, int column, int columns, struct style style,
                   const struct stage_set *set, const struct measure *measure);

#endif
