/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A metric over the slices of the period, a bar to a slice: the higher, the better where the metric
 * has anchors, else the larger. Slices without rows are holes.
 *
 * Bars show the change, from the lowest slice to the highest; what hardly changes stays level.
 */
#ifndef STELLWERK_SCENE_SPARKLINE_H
#define STELLWERK_SCENE_SPARKLINE_H

#include <stellwerk/scene/view.h>

struct sparkline {
    const struct stage_set *set;
    const struct measure *measure;
    double low, high; /* scores, or values of a metric without anchors */
};

/* The anchors that a measure is scored by as a whole, under the lens; count 0: none. */
struct anchors sparkline_anchors(const struct stage_set *set, const struct measure *measure);

struct sparkline sparkline_new(const struct stage_set *set, const struct measure *measure);

/* For bars that carry their values: from zero to 100, or to the largest value without anchors. */
struct sparkline sparkline_from_zero(const struct stage_set *set, const struct measure *measure);

/* How high a slice stands between low and high, 0..1; NAN for a hole. */
double sparkline_level(const struct sparkline *line, size_t slice);

/* Of the bar of slices `from` to before `to`: lit where one of them stands out. */
struct style sparkline_style(const struct sparkline *line, struct medium medium, size_t from,
                             size_t to);

/* Draws at most `columns` bars, merging slices where there are more; returns the columns used. */
int sparkline_draw(struct scene *scene, int row, int column, int columns,
                   const struct stage_set *set, const struct measure *measure);

#endif
