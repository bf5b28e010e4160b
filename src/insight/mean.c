/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/mean.h>

#include <float.h>
#include <math.h>

#include <stellwerk/insight/distribution.h>

struct moments moments_of(const double *values, size_t count)
{
    struct moments moments = { 0 };
    for (size_t i = 0; i < count; i++)
        if (isfinite(values[i]))
            moments_add(&moments, values[i]);
    return moments;
}

struct moments moments_from_sums(double n, double sum, double sum_of_squares)
{
    if (!(n > 0) || !isfinite(n) || !isfinite(sum) || !isfinite(sum_of_squares))
        return (struct moments){ 0 };
    double squares = sum_of_squares - sum * (sum / n);
    double noise = 16 * DBL_EPSILON * sum_of_squares; /* of three rounded operands */
    return (struct moments){ .n = n, .mean = sum / n, .squares = squares > noise ? squares : 0 };
}

struct moments moments_from_sd(double n, double mean, double sd)
{
    if (!(n > 0) || !isfinite(n) || !isfinite(mean))
        return (struct moments){ 0 };
    double squares = sd >= 0 && isfinite(sd) ? sd * sd * (n - 1) : NAN;
    return (struct moments){ .n = n, .mean = mean, .squares = n > 1 ? squares : 0 };
}

struct estimate mean_estimate(struct moments moments, double level)
{
    if (!(moments.n > 0) || !isfinite(moments.mean))
        return estimate_unknown(moments.n);
    double se = sqrt(moments_variance(moments) / moments.n);
    return (struct estimate){
        .value = moments.mean,
        .se = se,
        .n = moments.n,
        .interval = interval_around(moments.mean, se * student_critical(level, moments.n - 1)),
    };
}

/* Welch's approximation to the degrees of freedom, from the squared errors of the two means. */
static double welch_df(double error_a, double n_a, double error_b, double n_b)
{
    double errors = error_a + error_b;
    return errors * errors / (error_a * error_a / (n_a - 1) + error_b * error_b / (n_b - 1));
}

static double hedges_g(struct moments a, struct moments b)
{
    double df = a.n + b.n - 2;
    double sd = sqrt((a.squares + b.squares) / df);
    return (a.mean - b.mean) / sd * (1 - 3 / (4 * df - 1));
}

struct difference mean_difference(struct moments a, struct moments b, double level)
{
    struct difference difference = difference_unknown();
    if (!(a.n > 0) || !(b.n > 0))
        return difference;
    difference.value = a.mean - b.mean;

    double error_a = moments_variance(a) / a.n;
    double error_b = moments_variance(b) / b.n;
    double se = sqrt(error_a + error_b);
    if (!(se > 0) || !isfinite(se))
        return difference;
    difference.se = se;
    difference.df = welch_df(error_a, a.n, error_b, b.n);
    difference.statistic = difference.value / se;
    difference.p = student_p(difference.statistic, difference.df);
    difference.interval =
        interval_around(difference.value, se * student_critical(level, difference.df));
    difference.effect = hedges_g(a, b);
    return difference;
}
