/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/model/follow.h>

#include <stdlib.h>

static int compare_measures(const void *a, const void *b)
{
    const struct measure *x = a, *y = b;
    int order = (x->touchpoint > y->touchpoint) - (x->touchpoint < y->touchpoint);
    return order != 0 ? order : (x->metric > y->metric) - (x->metric < y->metric);
}

void figures_follow(struct figures *figures, const struct journey *from, const struct journey *to)
{
    if (figures == NULL)
        return;
    size_t kept = 0;
    for (size_t i = 0; i < figures->measure_count; i++) {
        struct measure measure = figures->measures[i];
        measure.touchpoint = journey_find_touchpoint(to, from->touchpoints[measure.touchpoint].id);
        measure.metric = journey_find_metric(to, from->metrics[measure.metric].id);
        if (measure.touchpoint != NONE && measure.metric != NONE)
            figures->measures[kept++] = measure;
    }
    figures->measure_count = kept;
    if (kept > 1)
        qsort(figures->measures, kept, sizeof(*figures->measures), compare_measures);
    figures_follow(figures->before, from, to);
}
