/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/trend.h>

#include <math.h>

/* 3 / d2 with d2 = 1.128, the expected range of two standard normal values; rounded as in print. */
#define RANGES_TO_LIMIT 2.66

struct xmr xmr_of(const double *values, size_t count)
{
    double sum = 0, n = 0, ranges = 0, range_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(values[i]))
            continue;
        sum += values[i];
        n++;
        if (i > 0 && isfinite(values[i - 1])) {
            ranges += fabs(values[i] - values[i - 1]);
            range_count++;
        }
    }
    double mean = n > 0 ? sum / n : NAN;
    double mean_range = range_count > 0 ? ranges / range_count : NAN;
    return (struct xmr){
        .mean = mean,
        .mean_range = mean_range,
        .limits = interval_around(mean, RANGES_TO_LIMIT * mean_range),
    };
}

/* 1 above the mean, -1 below; 0 on it, without data, or without limits to judge by. */
static int side(const struct xmr *xmr, double value)
{
    if (!isfinite(value) || !interval_is_known(xmr->limits))
        return 0;
    return (value > xmr->mean) - (value < xmr->mean);
}

void xmr_find_signals(const struct xmr *xmr, const double *values, size_t count,
                      enum xmr_signal *out)
{
    for (size_t first = 0, end; first < count; first = end) {
        int here = side(xmr, values[first]);
        for (end = first + 1; here != 0 && end < count && side(xmr, values[end]) == here;)
            end++;
        bool shift = end - first >= XMR_RUN;
        for (size_t i = first; i < end; i++) {
            bool beyond = here != 0 && !interval_contains(xmr->limits, values[i]);
            out[i] = beyond ? XMR_BEYOND : shift ? XMR_SHIFT : XMR_NONE;
        }
    }
}
