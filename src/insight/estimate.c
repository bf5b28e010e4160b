/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/estimate.h>

#include <math.h>

struct interval interval_unknown(void)
{
    return (struct interval){ .low = NAN, .high = NAN };
}

struct interval interval_around(double value, double margin)
{
    if (!isfinite(value) || !isfinite(margin) || margin < 0)
        return interval_unknown();
    return (struct interval){ .low = value - margin, .high = value + margin };
}

bool interval_is_known(struct interval interval)
{
    return !isnan(interval.low) && !isnan(interval.high);
}

bool interval_contains(struct interval interval, double value)
{
    return interval.low <= value && value <= interval.high;
}

struct interval interval_clamp(struct interval interval, double low, double high)
{
    if (!interval_is_known(interval))
        return interval_unknown();
    return (struct interval){
        .low = fmin(fmax(interval.low, low), high),
        .high = fmin(fmax(interval.high, low), high),
    };
}

struct estimate estimate_unknown(double n)
{
    return (struct estimate){ .value = NAN, .se = NAN, .n = n, .interval = interval_unknown() };
}

struct estimate estimate_rescale(struct estimate estimate, double factor, double shift)
{
    double low = factor * estimate.interval.low + shift;
    double high = factor * estimate.interval.high + shift;
    return (struct estimate){
        .value = factor * estimate.value + shift,
        .se = fabs(factor) * estimate.se,
        .n = estimate.n,
        .interval = factor < 0 ? (struct interval){ .low = high, .high = low }
                               : (struct interval){ .low = low, .high = high },
    };
}

struct difference difference_unknown(void)
{
    return (struct difference){
        .value = NAN,
        .se = NAN,
        .interval = interval_unknown(),
        .statistic = NAN,
        .df = NAN,
        .p = NAN,
        .effect = NAN,
    };
}
