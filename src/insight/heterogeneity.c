/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/heterogeneity.h>

#include <math.h>
#include <stdbool.h>

#include <stellwerk/insight/distribution.h>

static double weight(const struct measured_score *group)
{
    return 1 / (group->se * group->se);
}

static bool counts(const struct measured_score *group)
{
    return isfinite(group->score) && group->se > 0 && isfinite(group->se) &&
           isfinite(weight(group));
}

static struct heterogeneity unknown(size_t groups)
{
    return (struct heterogeneity){
        .groups = groups,
        .mean = NAN,
        .mean_se = NAN,
        .q = NAN,
        .df = NAN,
        .p = NAN,
        .i2 = NAN,
        .tau2 = NAN,
        .tau = NAN,
        .range = NAN,
    };
}

struct heterogeneity heterogeneity_of(const struct measured_score *groups, size_t count)
{
    size_t counted = 0;
    double w = 0, ww = 0, ws = 0, best = -INFINITY, worst = INFINITY;
    for (size_t i = 0; i < count; i++) {
        if (!counts(&groups[i]))
            continue;
        counted++;
        w += weight(&groups[i]);
        ww += weight(&groups[i]) * weight(&groups[i]);
        ws += weight(&groups[i]) * groups[i].score;
        best = fmax(best, groups[i].score);
        worst = fmin(worst, groups[i].score);
    }
    if (counted < 2)
        return unknown(counted);

    double mean = ws / w;
    double q = 0;
    for (size_t i = 0; i < count; i++)
        if (counts(&groups[i]))
            q += weight(&groups[i]) * (groups[i].score - mean) * (groups[i].score - mean);
    double df = (double)(counted - 1);
    double beyond = fmax(0, q - df);
    double tau2 = beyond / (w - ww / w);
    return (struct heterogeneity){
        .groups = counted,
        .mean = mean,
        .mean_se = 1 / sqrt(w),
        .q = q,
        .df = df,
        .p = chi_square_p(q, df),
        .i2 = beyond > 0 ? beyond / q : 0,
        .tau2 = tau2,
        .tau = sqrt(tau2),
        .range = best - worst,
    };
}
