/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/proportion.h>

#include <math.h>
#include <stdbool.h>

#include <stellwerk/insight/distribution.h>

static bool countable(double hits, double n)
{
    return isfinite(n) && n > 0 && hits >= 0 && hits <= n;
}

/* The ends of 0 and 1 are exact, so rounding must not move them. */
static struct interval wilson(double hits, double n, double z)
{
    double share = hits / n;
    double shrink = 1 + z * z / n;
    double centre = (share + z * z / (2 * n)) / shrink;
    double margin = z / shrink * sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    return (struct interval){
        .low = hits == 0 ? 0 : centre - margin,
        .high = hits == n ? 1 : centre + margin,
    };
}

struct estimate proportion_estimate(double hits, double n, double level)
{
    if (!countable(hits, n))
        return estimate_unknown(n);
    double z = normal_critical(level);
    struct interval interval = isnan(z) ? interval_unknown() : wilson(hits, n, z);
    return (struct estimate){
        .value = hits / n,
        .se = (interval.high - interval.low) / (2 * z),
        .n = n,
        .interval = interval,
    };
}

static struct interval newcombe(struct estimate a, struct estimate b)
{
    double d = a.value - b.value;
    double below = hypot(a.value - a.interval.low, b.interval.high - b.value);
    double above = hypot(a.interval.high - a.value, b.value - b.interval.low);
    return interval_clamp((struct interval){ .low = d - below, .high = d + above }, -1, 1);
}

static double pooled_z(double hits_a, double n_a, double hits_b, double n_b)
{
    double pooled = (hits_a + hits_b) / (n_a + n_b);
    double se = sqrt(pooled * (1 - pooled) * (1 / n_a + 1 / n_b));
    return se > 0 ? (hits_a / n_a - hits_b / n_b) / se : 0;
}

struct difference proportion_difference(double hits_a, double n_a, double hits_b, double n_b,
                                        double level)
{
    if (!countable(hits_a, n_a) || !countable(hits_b, n_b))
        return difference_unknown();
    struct estimate a = proportion_estimate(hits_a, n_a, level);
    struct estimate b = proportion_estimate(hits_b, n_b, level);
    double z = pooled_z(hits_a, n_a, hits_b, n_b);
    return (struct difference){
        .value = a.value - b.value,
        .se = sqrt(a.value * (1 - a.value) / n_a + b.value * (1 - b.value) / n_b),
        .interval = newcombe(a, b),
        .statistic = z,
        .df = INFINITY,
        .p = normal_p(z),
        .effect = 2 * asin(sqrt(a.value)) - 2 * asin(sqrt(b.value)),
    };
}
