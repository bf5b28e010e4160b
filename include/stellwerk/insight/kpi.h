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
};

/*
 * Spearman's correlation (1904) of first differences, so that a common trend is not taken for a
 * tie, turned by the metrics' directions. Only changes between neighbouring periods known on both
 * sides count. `oriented` is NAN for an unknown direction; everything but n is NAN with fewer than
 * KPI_MIN_PERIODS - 1 changes.
 */
struct kpi_conflict kpi_conflict(const struct kpi_series *a, const struct kpi_series *b,
                                 size_t periods);

#endif
