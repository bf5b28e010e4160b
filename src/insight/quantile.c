/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/quantile.h>

#include <math.h>

#include <stellwerk/insight/distribution.h>

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

/* What is asked of P(X <= k), X of `count` values being below the quantile q. */
struct asked {
    size_t count;
    double q, bound;
    bool beyond; /* the bound, or at least that */
};

static bool passes(const struct asked *asked, size_t k)
{
    double p = binomial_at_most((double)k, (double)asked->count, asked->q);
    return asked->beyond ? p > asked->bound : p >= asked->bound;
}

/* What is looked for is from `low` up to `high`. */
struct bracket {
    size_t low, high;
};

/* From a guess on, in steps that double. */
static struct bracket bracket_around(const struct asked *asked, size_t guess)
{
    size_t low = 0, high = asked->count, step = 1;
    if (passes(asked, guess)) {
        for (high = guess; low < high; step *= 2) {
            size_t at = high - (step < high ? step : high);
            if (!passes(asked, at))
                return (struct bracket){ at + 1, high };
            high = at;
        }
    } else {
        for (low = guess + 1; low < high; step *= 2) {
            size_t at = low + (step < high - low ? step : high - low);
            if (passes(asked, at))
                return (struct bracket){ low, at };
            low = at + 1;
        }
    }
    return (struct bracket){ low, high };
}

/* The least k in 0..count that passes, which `count` does. */
static size_t least_passing(const struct asked *asked, size_t guess)
{
    struct bracket bracket = bracket_around(asked, guess < asked->count ? guess : asked->count);
    while (bracket.low < bracket.high) {
        size_t middle = bracket.low + (bracket.high - bracket.low) / 2;
        if (passes(asked, middle))
            bracket.high = middle;
        else
            bracket.low = middle + 1;
    }
    return bracket.low;
}

/*
 * With X of n values below the quantile, x(r) lies at or below it when X >= r. So the lower rank is
 * the largest r with P(X <= r - 1) within the tail allowed, and the upper the least with
 * P(X <= r - 1) leaving no more than that above. Both are near those of a normal distribution.
 */
static struct quantile_ranks exact_ranks(size_t count, double q, double level)
{
    double tail = (1 - level) / 2, n = (double)count;
    const struct quantile_ranks near = normal_ranks(count, q, level);
    const struct asked lower = { .count = count, .q = q, .bound = tail, .beyond = true };
    const struct asked upper = { .count = count, .q = q, .bound = 1 - tail };
    size_t low = least_passing(&lower, near.low);
    size_t high = least_passing(&upper, near.high) + 1;
    double below = binomial_at_most((double)low - 1, n, q);
    double up_to = binomial_at_most((double)high - 1, n, q);
    return (struct quantile_ranks){ .low = low, .high = high, .coverage = up_to - below };
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
