/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/staleness.h>

#include <math.h>

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
