/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/importance.h>

#include <math.h>
#include <stdbool.h>

static bool on_scale(double x)
{
    return x >= 0 && x <= 10;
}

double opportunity_score(double importance, double satisfaction)
{
    if (!on_scale(importance) || !on_scale(satisfaction))
        return NAN;
    return importance + fmax(importance - satisfaction, 0);
}

struct kano kano_coefficients(const struct kano_counts *counts)
{
    bool valid = counts->attractive >= 0 && counts->one_dimensional >= 0 && counts->must_be >= 0 &&
                 counts->indifferent >= 0;
    double n = counts->attractive + counts->one_dimensional + counts->must_be + counts->indifferent;
    if (!valid || !(n > 0) || !isfinite(n))
        return (struct kano){ .better = NAN, .worse = NAN, .n = valid ? n : NAN };
    return (struct kano){
        .better = (counts->attractive + counts->one_dimensional) / n,
        .worse = -(counts->one_dimensional + counts->must_be) / n,
        .n = n,
    };
}
