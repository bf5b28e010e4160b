/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/quantile.h>

#include <math.h>

#include <stellwerk/insight/distribution.h>

/* The least k in 0..count at which P(X <= k) reaches `bound`, or with `beyond` exceeds it. */
static size_t least_passing(size_t count, double q, double bound, bool beyond)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        double p = binomial_at_most((double)middle, (double)count, q);
        if (beyond ? p > bound : p >= bound)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/*
 * With X of n values below the quantile, x(r) lies at or below it when X >= r. So the lower rank is
 * the largest r with P(X <= r - 1) within the tail allowed, and the upper the least with
 * P(X <= r - 1) leaving no more than that above.
 */
static struct quantile_ranks exact_ranks(size_t count, double q, double level)
{
    double tail = (1 - level) / 2;
    size_t low = least_passing(count, q, tail, true);
    size_t high = least_passing(count, q, 1 - tail, false) + 1;
    double below = binomial_at_most((double)low - 1, (double)count, q);
    double up_to = binomial_at_most((double)high - 1, (double)count, q);
    return (struct quantile_ranks){ .low = low, .high = high, .coverage = up_to - below };
}

/* For so many values that half a rank is nothing. */
static struct quantile_ranks normal_ranks(size_t count, double q, double level)
{
    double n = (double)count;
    double margin = normal_critical(level) * sqrt(n * q * (1 - q));
    return (struct quantile_ranks){
        .low = (size_t)fmax(0, ceil(n * q - margin)),
        .high = (size_t)fmin(n + 1, ceil(n * q + margin)),
        .coverage = level,
    };
}

struct quantile_ranks quantile_ranks(size_t count, double q, double level)
{
    if (count == 0 || !(q > 0 && q < 1) || !(level > 0 && level < 1))
        return (struct quantile_ranks){ .coverage = NAN };
    return (double)count <= BINOMIAL_MOST ? exact_ranks(count, q, level)
                                          : normal_ranks(count, q, level);
}

struct estimate quantile_estimate_ordered(struct ordered order, double q, double level)
{
    uint64_t n = ordered_total(order);
    if (n == 0 || !(q > 0 && q < 1))
        return estimate_unknown((double)n);
    struct estimate estimate = {
        .value = ordered_quantile(order, q),
        .se = NAN,
        .n = (double)n,
        .interval = interval_unknown(),
    };
    struct quantile_ranks ranks = quantile_ranks((size_t)n, q, level);
    if (isnan(ranks.coverage))
        return estimate;
    estimate.interval.low = ranks.low == 0 ? -INFINITY : ordered_at(order, ranks.low - 1);
    estimate.interval.high = ranks.high > n ? INFINITY : ordered_at(order, ranks.high - 1);
    double width = estimate.interval.high - estimate.interval.low;
    if (isfinite(width))
        estimate.se = width / (2 * normal_critical(ranks.coverage));
    return estimate;
}

struct estimate quantile_estimate(const struct bin *bins, size_t count, double q, double level)
{
    return quantile_estimate_ordered((struct ordered){ .bins = bins, .count = count }, q, level);
}
