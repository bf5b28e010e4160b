/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/ratio.h>

#include <math.h>

#include <stellwerk/insight/distribution.h>

/* Variances and covariance of the two means over groups. */
struct spread {
    double aa, ab, bb;
};

static struct spread spread_of(const struct pairs *pairs)
{
    double k = pairs->groups, per = k * (k - 1);
    return (struct spread){
        .aa = fmax(0, pairs->aa - pairs->a * pairs->a / k) / per,
        .ab = (pairs->ab - pairs->a * pairs->b / k) / per,
        .bb = fmax(0, pairs->bb - pairs->b * pairs->b / k) / per,
    };
}

/* The roots of (a - ρb)² = t² (aa - 2ρ ab + ρ² bb) in ρ. */
static struct interval fieller(double ratio, double mean_b, struct spread spread, double t)
{
    double scale = t * t / (mean_b * mean_b), g = scale * spread.bb;
    if (!(g < 1))
        return interval_unknown();
    double middle = (ratio - scale * spread.ab) / (1 - g);
    double inside = spread.aa - 2 * ratio * spread.ab + ratio * ratio * spread.bb -
                    scale * (spread.aa * spread.bb - spread.ab * spread.ab);
    return interval_around(middle, t / fabs(mean_b) * sqrt(fmax(0, inside)) / (1 - g));
}

struct estimate ratio_estimate(const struct pairs *pairs, double level)
{
    struct estimate estimate = estimate_unknown(pairs->groups);
    double ratio = pairs->a / pairs->b, mean_b = pairs->b / pairs->groups;
    if (!isfinite(ratio))
        return estimate;
    estimate.value = ratio;
    if (!(pairs->groups > 1))
        return estimate;

    struct spread spread = spread_of(pairs);
    double variance = spread.aa - 2 * ratio * spread.ab + ratio * ratio * spread.bb;
    estimate.se = sqrt(fmax(0, variance)) / fabs(mean_b);
    estimate.interval =
        fieller(ratio, mean_b, spread, student_critical(level, pairs->groups - 1));
    if (!pairs->below_zero)
        estimate.interval = interval_clamp(estimate.interval, 0, INFINITY);
    return estimate;
}
