/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/curve.h>

#include <math.h>

static double secant(const struct knot *left)
{
    return (left[1].y - left[0].y) / (left[1].x - left[0].x);
}

/* The mean of the secants on either side; level where they point in different directions. */
static double first_slope(const struct knot *knots, size_t count, size_t i)
{
    if (i == 0 || i + 1 == count)
        return secant(&knots[i == 0 ? 0 : i - 1]);
    double before = secant(&knots[i - 1]), after = secant(&knots[i]);
    return before * after > 0 ? (before + after) / 2 : 0;
}

/* Draws the slopes of an interval into the circle of radius 3 within which the cubic is
 * monotone. */
static void tame(struct knot *left)
{
    double rise = secant(left);
    if (rise == 0) {
        left[0].slope = left[1].slope = 0;
        return;
    }
    double a = left[0].slope / rise, b = left[1].slope / rise;
    double length = hypot(a, b);
    if (length > 3) {
        left[0].slope = 3 / length * a * rise;
        left[1].slope = 3 / length * b * rise;
    }
}

void curve_fit(struct knot *knots, size_t count)
{
    if (count < 2) {
        if (count == 1)
            knots[0].slope = 0;
        return;
    }
    for (size_t i = 0; i < count; i++)
        knots[i].slope = first_slope(knots, count, i);
    for (size_t i = 0; i + 1 < count; i++)
        tame(&knots[i]);
}

double curve_at(const struct knot *left, const struct knot *right, double x)
{
    double width = right->x - left->x;
    double t = (x - left->x) / width, u = 1 - t;
    return u * u * (1 + 2 * t) * left->y + t * t * (3 - 2 * t) * right->y +
           width * t * u * (u * left->slope - t * right->slope);
}
