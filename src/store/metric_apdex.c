/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Application performance index: times up to T satisfy (1), up to 4 T are tolerated (½), longer
 * ones frustrate (0) (Apdex Technical Specification 1.1). The figure is the mean, 0..1.
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
    double worth = row->value <= metric->threshold               ? 1
                   : row->value <= TOLERATED * metric->threshold ? 0.5
                                                                 : 0;
    struct anchors anchors = row->anchors;
    (void)arena;
    if (anchors.count == 0)
        anchors = (struct anchors){ .items = natural, .count = 2 };
    tally_add_value(tally, worth, anchors);
}

const struct formula formula_apdex = {
    .type = METRIC_APDEX,
    .kind = SAMPLE_MEAN,
    .needs_value = true,
    .add = add,
};
