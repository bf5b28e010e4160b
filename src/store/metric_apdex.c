/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Application performance index: times up to T satisfy (1), up to 4 T are tolerated (½), longer
 * ones frustrate (0) (Apdex Technical Specification 1.1). The figure is the mean, 0..1, and as
 * satisfied less frustrated it takes the interval of an NPS, which few answers do not shrink to
 * nothing.
 */
#include "metric.h"

#define TOLERATED 4

static struct anchor natural[] = {
    { .raw = 0, .score = 0 },
    { .raw = 1, .score = 100 },
};

static void add(struct tally *tally, const struct metric *metric, const struct metric_row *row,
                struct arena *arena)
{
    (void)arena;
    if (row->value <= metric->threshold)
        tally->plus += metric_row_weight(row);
    else if (row->value > TOLERATED * metric->threshold)
        tally->minus += metric_row_weight(row);
}

const struct formula formula_apdex = {
    .type = METRIC_APDEX,
    .kind = SAMPLE_APDEX,
    .needs_value = true,
    .natural = { .items = natural, .count = 2 },
    .add = add,
};
