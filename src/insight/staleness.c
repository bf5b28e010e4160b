/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/staleness.h>

#include <math.h>

double staleness_weight(double age, double half_life)
{
    if (isnan(age) || !(half_life > 0))
        return NAN;
    if (age <= 0 || isinf(half_life))
        return 1;
    return exp2(-age / half_life);
}

double effective_n(const double *weights, size_t count)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(weights[i]) || weights[i] <= 0)
            continue;
        sum += weights[i];
        squares += weights[i] * weights[i];
    }
    return squares > 0 ? sum * sum / squares : 0;
}
