/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The scale of a chart: from raw values of a metric to levels 0..100 of a plot, and back to labels.
 *
 * Better is up, as everywhere: where less is better, small values stand on top. Without anchors
 * nobody knows what is better, and more is up.
 */
#ifndef STELLWERK_SCENE_SCALE_H
#define STELLWERK_SCENE_SCALE_H

#include <stellwerk/scene/view.h>

struct scale {
    double low, high; /* raw values at the ends, low < high */
    double step;      /* from one label to the next */
    bool falling;     /* less is better */
    struct anchors anchors; /* count 0: none */
};

/*
 * Holds all values of the slices, the period before, and the intervals as far as they do not make
 * everything else small; `marks` (NAN where there is none) where they are not far off. `rows` is
 * the height of the plot.
 *
 * Where rows are scored by the scale stored beside each answer, the anchors are read off the
 * slices: value and score are then proportional.
 */
struct scale scale_new(struct arena *arena, const struct stage_set *set,
                       const struct measure *measure, const struct measure *before,
                       const double *marks, size_t mark_count, int rows);

struct anchors scale_anchors(struct arena *arena, const struct stage_set *set,
                             const struct measure *measure);

/* 0..100; NAN for NAN. */
double scale_level(const struct scale *scale, double raw);

/* The label of a value: figures with as many decimals as the steps need, shares in percent. */
const char *scale_label(struct arena *arena, const struct scale *scale,
                        const struct metric *metric, const struct measure *measure, double value);

/* True for a slice whose value may be shown: there are rows, and of means and shares no fewer than
 * are shown anywhere. */
bool slice_shown(const struct slice *slice);

#endif
