/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shapes in which statistics come: an interval, an estimate that carries one, a difference.
 *
 * Plain values, passed and returned by copy. What cannot be computed is NAN, never zero: an unknown
 * interval has both ends NAN; an unknown estimate is NAN but for `n`, which is always told. An end
 * that the data leave open is -INFINITY or INFINITY. Where an interval is known, low <= high.
 * Confidence levels lie strictly between 0 and 1; any other level makes the interval unknown.
 * Counts are doubles because weighted answers count in fractions.
 */
#ifndef STELLWERK_INSIGHT_ESTIMATE_H
#define STELLWERK_INSIGHT_ESTIMATE_H

#include <stdbool.h>

struct interval {
    double low, high;
};

struct estimate {
    double value;
    double se; /* standard error, in the unit of `value` */
    double n;  /* what it rests on: answers, events, cases */
    struct interval interval;
};

/* Of a and b, always a - b. */
struct difference {
    double value;
    double se;
    struct interval interval;
    double statistic; /* z or t; 0 for no difference */
    double df;        /* degrees of freedom of a t; INFINITY for a z */
    double p;         /* two-sided, 0..1 */
    double effect;    /* without a unit: Cohen's h, Hedges' g; NAN where there is none */
};

struct interval interval_unknown(void);

/* value ± margin; unknown where either is not finite or `margin` is negative. */
struct interval interval_around(double value, double margin);

bool interval_is_known(struct interval interval);

/* Ends included; false for an unknown interval and for NAN. */
bool interval_contains(struct interval interval, double value);

/* Pulls both ends into low..high, for a figure that cannot lie outside. Unknown stays unknown. */
struct interval interval_clamp(struct interval interval, double low, double high);

struct estimate estimate_unknown(double n);

/* factor · x + shift throughout (a percentage from a share, a score from an NPS); a negative
 * factor swaps the ends. `n` stays. */
struct estimate estimate_rescale(struct estimate estimate, double factor, double shift);

struct difference difference_unknown(void);

#endif
