/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "metric.h"

static void add(struct tally *tally, const struct metric *metric, const struct metric_row *row,
                struct arena *arena)
{
    (void)metric;
    (void)arena;
    tally->hits += row->hit;
}

const struct formula formula_proportion = {
    .type = METRIC_PROPORTION,
    .kind = SAMPLE_SHARE,
    .needs_hit = true,
    .add = add,
};
