/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The whole journey in one row: where the window is, and where it hurts.
 */
#ifndef STELLWERK_SCENE_STRIP_H
#define STELLWERK_SCENE_STRIP_H

#include <stellwerk/scene/columns.h>
#include <stellwerk/scene/view.h>

/* Names as long as they fit, each with the sign of its gap; with many touchpoints only the signs,
 * and with more than there are cells the worst of several in one. */
void strip_draw(struct scene *scene, int row, const struct stage_set *set,
                const struct columns *columns);

#endif
