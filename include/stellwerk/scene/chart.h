/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A metric over time: a mark with its interval to each slice, and all that it is held against.
 *
 *     value axis │ zone of tolerance, the fall below it, limits of noise, target,   │ score axis
 *                │ the period before, the line, marks (hollow where n is small)     │
 *                  days that slices begin with
 *              n   rows of each slice, in numbers or as bars
 *
 * A slice without rows, or with too few of them to be shown, has no mark: no data is never zero.
 * What stands out from the noise has an exclamation mark. Slices that do not fit are scrolled.
 */
#ifndef STELLWERK_SCENE_CHART_H
#define STELLWERK_SCENE_CHART_H

#include <stellwerk/scene/panel.h>
#include <stellwerk/scene/view.h>

#define CHART_ROWS_MIN 5

/* `selected` is the slice that is lit; NONE. Each slice becomes a REGION_KEY that selects it. The
 * measure has slices. */
void chart_draw(struct scene *scene, struct area area, const struct stage_set *set,
                const struct measure *measure, int selected);

/* The slice that the view's options select; NONE where there are none. */
int chart_selected(const struct stage_set *set, const struct measure *measure);

/* What the marks of a chart mean, as many as fit. */
void chart_legend(struct scene *scene, int row, int column, int columns);

#endif
