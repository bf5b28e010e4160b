/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The chosen metric at the selected touchpoint over the period, a bar to a slice, where there is
 * room for more than a sparkline; in its title the change from the period before, where it fits.
 */
#ifndef STELLWERK_SCENE_HISTORY_H
#define STELLWERK_SCENE_HISTORY_H

#include <stellwerk/scene/columns.h>
#include <stellwerk/scene/view.h>

/* True where the selected touchpoint's metric has slices. */
bool history_used(const struct stage_set *set);

void history_draw(struct scene *scene, int row, int rows, int column, int columns,
                  const struct stage_set *set);

#endif
