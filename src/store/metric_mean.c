/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "metric.h"

/* The anchors of a sum are of the sum, not of its parts. */
static void add_part(struct tally *tally, const struct metric *metric,
                     const struct metric_row *row, struct arena *arena)
{
    (void)metric;
    (void)arena;
    moments_add_weighted(&tally->values, row->value, (double)row->count);
}

const struct formula formula_mean = {
    .type = METRIC_MEAN,
    .kind = SAMPLE_MEAN,
    .needs_value = true,
    .add = tally_add_mean,
};

const struct formula formula_sum = {
    .type = METRIC_SUM,
    .kind = SAMPLE_SUM,
    .needs_value = true,
    .add = add_part,
};
