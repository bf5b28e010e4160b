/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Trends on an XmR chart: which periods differ from the noise of all periods?
 *
 * One value per period in order; a period without data is NAN. No moving range spans such a gap.
 */
#ifndef STELLWERK_INSIGHT_TREND_H
#define STELLWERK_INSIGHT_TREND_H

#include <stddef.h>

#include <stellwerk/insight/estimate.h>
#include <stellwerk/model/figures.h>

#define XMR_RUN 8 /* so many periods in a row on one side of the mean are a shift */

struct xmr {
    double mean;
    double mean_range;      /* mean of |x[i] - x[i-1]| */
    struct interval limits; /* mean ± 2.66 mean ranges; not cut to what the metric can reach */
};

#define XMR_LEAST 6 /* limits of fewer periods than these say nothing */

/* Limits from the periods of a baseline (Shewhart 1931; Wheeler 2000): 2.66 = 3 / 1.128. `mean` is
 * NAN for no values; range and limits without two neighbouring periods. */
struct xmr xmr_of(const double *values, size_t count);

/* Fills `out` with the signal of each period. A value on the mean, or a gap, ends a run. Where the
 * limits are unknown there are no signals. */
void xmr_find_signals(const struct xmr *xmr, const double *values, size_t count,
                      enum xmr_signal *out);

#endif
