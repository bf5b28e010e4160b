/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Gaps view: where the promise breaks, the surest and most important first.
 *
 * A list that can be sorted and filtered; the same figures as plots of importance against
 * performance and of Ulwick's opportunity; and the way from any of these numbers down to what it
 * was computed from.
 */
#ifndef STELLWERK_SCENE_GAPS_H
#define STELLWERK_SCENE_GAPS_H

#include <stellwerk/insight/ranking.h>
#include <stellwerk/scene/page.h>
#include <stellwerk/scene/panel.h>
#include <stellwerk/scene/view.h>

struct scene *gaps_draw(struct arena *arena, const struct stage_set *set, int columns, int rows,
                        struct medium medium);

/* The list alone, for reports of other views: all touchpoints in their order of priority. */
struct scene *gaps_list(struct arena *arena, const struct stage_set *set, int columns,
                        struct medium medium);

/* The selected touchpoint's numbers, each with its formula and its inputs; as tall as it takes. */
struct scene *gaps_explain(struct arena *arena, const struct stage_set *set, int columns,
                           struct medium medium);

/* "sorted by …", "only …", as the options have it. */
const char *gaps_sort_title(enum ranking_sort sort); /* translated: "by what is sure" */
const char *gaps_picture_title(enum gaps_picture picture); /* translated */
int gaps_picture_find(const char *name); /* "list", "importance", "opportunity"; -1 */
const char *gaps_picture_name(enum gaps_picture picture);

/* The rows in the order in which they are shown; none, and `*trouble`, for a filter that means
 * nothing (may be NULL). */
struct ranking gaps_ranking(struct arena *arena, const struct stage_set *set,
                            const char **trouble);

/* ---- Parts ------------------------------------------------------------------------ */

/* A list of ranked rows as wide as there is room. */
struct gaps_table {
    const struct stage_set *set;
    int columns, title; /* of the table; of titles */
    bool has_cause;     /* there is room for the main cause behind the figures */
};

struct gaps_table gaps_table_lay(const struct stage_set *set, int columns);
void gaps_table_head(struct scene *scene, int row, const struct gaps_table *table);
void gaps_table_row(struct scene *scene, int row, const struct gaps_table *table,
                    const struct ranked_gap *ranked, int rank);

/* A heading over the rows of one standing, translated. */
const char *standing_title(enum standing standing);

/* Importance × reach × shortfall in words and numbers; NULL where there is no shortfall. */
const char *gaps_priority_text(struct arena *arena, const struct ranked_gap *row);

#define GAPS_PLOT_ROWS 12 /* at least */

/* A plot with its title, axes and labels. `picture` is not GAPS_LIST. */
void gaps_plot_draw(struct scene *scene, struct area area, const struct stage_set *set,
                    const struct ranking *ranking, enum gaps_picture picture);

#endif
