/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A block of the Map view: some touchpoints side by side, from the stages' line to the last lane.
 * The screen shows one; a report as many as the journey takes.
 */
#ifndef STELLWERK_SCENE_BLOCK_H
#define STELLWERK_SCENE_BLOCK_H

#include <stdint.h>

#include <stellwerk/scene/columns.h>
#include <stellwerk/scene/rows.h>
#include <stellwerk/scene/view.h>

/* The lanes that are switched on and have something to show, as bits. */
uint32_t block_lanes(struct arena *arena, const struct stage_set *set);

/* Columns for the labels of these lanes and of the axis. */
int block_label_columns(struct arena *arena, struct medium medium, uint32_t lanes);

/* What would show the touchpoints in `columns` whole; a lane needs at most `most` rows and one
 * more. */
struct needs block_needs(struct arena *arena, const struct stage_set *set, struct medium medium,
                         const struct columns *columns, uint32_t lanes, int most);

/* A label at the right edge of the labels' columns. */
void block_label(struct scene *scene, int row, const struct columns *columns, const char *label);

/* Draws everything but head, legend and what is below; `top` is added to all rows. */
void block_draw(struct scene *scene, const struct stage_set *set, const struct columns *columns,
                const struct rows *rows, int top);

/* The row behind the last lane, or behind the plot. */
int block_bottom(const struct rows *rows);

#endif
