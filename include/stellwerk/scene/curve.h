/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A smooth curve through points that never swings beyond them.
 *
 * Monotone piecewise cubic interpolation (Fritsch and Carlson 1980, SIAM J. Numer. Anal. 17):
 * between two points the curve stays between their heights, so that it shows no peak that nobody
 * felt.
 */
#ifndef STELLWERK_SCENE_CURVE_H
#define STELLWERK_SCENE_CURVE_H

#include <stddef.h>

struct knot {
    double x, y; /* x strictly ascending */
    double slope;
};

/* Sets the slopes of `count` knots. */
void curve_fit(struct knot *knots, size_t count);

/* The height at `x` between two neighbours. */
double curve_at(const struct knot *left, const struct knot *right, double x);

#endif
