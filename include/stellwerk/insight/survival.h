/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Time to the next step while some cases are still open.
 *
 * An open case says "not within this time", which leaving it out, or taking its age for its
 * duration, would lose. Times are in any one unit.
 */
#ifndef STELLWERK_INSIGHT_SURVIVAL_H
#define STELLWERK_INSIGHT_SURVIVAL_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/insight/estimate.h>

struct survival_case {
    double time;  /* to the step, or of waiting so far */
    bool reached; /* false: still open (censored) */
};

struct survival_count { /* cases that have one time in common */
    double time;
    size_t reached, open;
};

struct survival_step { /* at each time at which a case got there */
    double time;
    size_t at_risk; /* cases still waiting just before */
    size_t reached; /* cases that got there now */
    double waiting; /* share 0..1 still waiting after it */
    struct interval interval;
};

struct survival {
    struct survival_step *steps; /* times strictly ascending */
    size_t count;
    size_t cases; /* that had a finite time >= 0; others are left out */
};

/*
 * The curve (Kaplan and Meier 1958) with Greenwood's variance (1926) on the log-log scale
 * (Kalbfleisch and Prentice 1980), so that it stays in 0..1. Where nobody waits any longer the
 * interval is 0 to the upper end before. Cases last seen as others get there count as at risk.
 */
struct survival survival_new(struct arena *arena, const struct survival_case *cases, size_t count,
                             double level);

/* The same from counts: finite times >= 0, strictly ascending. */
struct survival survival_from_counts(struct arena *arena, const struct survival_count *counts,
                                     size_t count, double level);

/* Share still waiting after `time`: 1 before the first step. NAN for no cases. */
double survival_at(const struct survival *survival, double time);

/*
 * The time by which a share q of cases, strictly inside 0..1, got there: the first with waiting <=
 * 1 - q; NAN where too few ever did. Its interval holds the times at which the curve's own interval
 * spans 1 - q (Brookmeyer and Crowley 1982), open above where the curve never surely passes it;
 * unknown with the value. `se` is NAN.
 */
struct estimate survival_quantile(const struct survival *survival, double q);

#endif
