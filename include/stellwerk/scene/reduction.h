/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Reduction view: fewer contacts for the same journey.
 *
 * On top how many contacts a case takes, against the benchmark of the map; then what the journey is
 * now and what it would be without the touchpoints that are marked, side by side; then all
 * touchpoints, those that carry least first, to be marked. Marks are nobody's edit: the view only
 * says what would be.
 */
#ifndef STELLWERK_SCENE_REDUCTION_H
#define STELLWERK_SCENE_REDUCTION_H

#include <stellwerk/insight/attribution.h>
#include <stellwerk/insight/reduction.h>
#include <stellwerk/scene/page.h>
#include <stellwerk/scene/panel.h>
#include <stellwerk/scene/view.h>

/* What a store knows of it. */
struct contact_set {
    struct contacts contacts;
    const double *values;         /* share of all credit per touchpoint; NULL: none was to be had */
    enum attribution_model model; /* that credits */
    bool persona_ignored, context_ignored;
    struct error problem; /* why there are no contacts; "" else */
};

/* Before and after, from what the set knows; `fates` NULL: nothing is marked. */
const struct reduction *reduction_of(struct arena *arena, const struct stage_set *set,
                                     const int *fates);

/* Draws `set->reduction`, which is there. */
struct scene *reduction_draw(struct arena *arena, const struct stage_set *set, int columns,
                             int rows, struct medium medium);

/* ---- Parts ------------------------------------------------------------------------- */

/* Why nothing is measured, or what is left out of it; NULL. */
const char *reduction_trouble(const struct stage_set *set);

/* Now, then and the change, a row to a figure, as many as fit; returns the rows used. */
int reduction_compare_draw(struct scene *scene, struct area area, const struct stage_set *set);
int reduction_compare_rows(const struct stage_set *set); /* in all, with the titles */

/* The touchpoints, `first` on top. */
void reduction_table_head(struct scene *scene, int row, const struct stage_set *set, int columns);
void reduction_table_row(struct scene *scene, int row, const struct stage_set *set, int columns,
                         const struct reduction_row *at);

#endif
