/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands over the plot: title and lens, stages, touchpoints' titles; and the legend under it.
 */
#ifndef STELLWERK_SCENE_HEADING_H
#define STELLWERK_SCENE_HEADING_H

#include <stellwerk/scene/columns.h>
#include <stellwerk/scene/view.h>

/* The map's title on the left; who, when, and the state of the data on the right. */
void head_draw(struct scene *scene, int row, const struct stage_set *set);

/* The state of the data in words: "data 3 days old", "no store"; `*warn`: something is wrong. */
const char *head_state(struct arena *arena, const struct stage_set *set, bool *warn);

/* The journey in one sentence: its score, its weakest point and its end; or that there is
 * nothing. */
const char *head_journey(struct arena *arena, const struct stage_set *set);

void stages_draw(struct scene *scene, int row, const struct stage_set *set,
                 const struct columns *columns);

/* Rows that a title takes to be whole. */
int title_rows(struct arena *arena, const struct touchpoint *touchpoint, struct medium medium,
               int columns);
void titles_draw(struct scene *scene, int row, int rows, const struct stage_set *set,
                 const struct columns *columns);

/* What the marks of the plot mean, as many as fit. */
void legend_draw(struct scene *scene, int row, int column, int columns,
                 const struct stage_set *set);

#endif
