/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "metric.h"

static void add(struct tally *tally, const struct metric *metric, const struct metric_row *row,
                struct arena *arena)
{
    (void)metric;
    tally->items = arena_grow(arena, tally->items, tally->item_count, &tally->item_capacity,
                              sizeof(*tally->items));
    tally->items[tally->item_count++] = (struct bin){ .value = row->value, .count = row->count };
}

const struct formula formula_median = {
    .type = METRIC_MEDIAN,
    .kind = SAMPLE_ORDER,
    .needs_value = true,
    .add = add,
};

const struct formula formula_quantile = {
    .type = METRIC_QUANTILE,
    .kind = SAMPLE_ORDER,
    .needs_value = true,
    .add = add,
};
