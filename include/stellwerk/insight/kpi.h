/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Key figures that pull against each other: does one owner's gain come with another's loss?
 */
#ifndef STELLWERK_INSIGHT_KPI_H
#define STELLWERK_INSIGHT_KPI_H

#include <stddef.h>

#include <stellwerk/insight/rank.h>

#define KPI_MIN_PERIODS 8

/* One value per period, NAN where there is none. */
struct kpi_series {
    const double *values;
    int direction; /* 1: higher is better, -1: lower is better, 0: not known */
};

struct kpi_conflict {
    struct correlation changes; /* of the changes from period to period; n: pairs of changes */
    double oriented;            /* rho · direction · direction: below 0 is a conflict */
    double effective;           /* how many independent pairs they are worth, 3 at least */
    double p;                   /* two-sided, of as many */
};

/*
 * Spearman's correlation (1904) of first differences, so that a common trend is not taken for a
 * tie, turned by the metrics' directions. Only changes between neighbouring periods known on both
 * sides count. `oriented` is NAN for an unknown direction; everything but n is NAN with fewer than
 * KPI_MIN_PERIODS - 1 changes.
 *
 * First differences of noise swing back: what rose falls next. Two that do so look related too
 * often; of plain p values at most 0.001 there are six times as many as there should be. So n
 * pairs count for n / (1 + 2 r_a r_b (n - 1) / n), never more than n, r being the rank correlation
 * of neighbouring changes (Bartlett 1935; Pyper and Peterman 1998).
 */
struct kpi_conflict kpi_conflict(const struct kpi_series *a, const struct kpi_series *b,
                                 size_t periods);

#endif
