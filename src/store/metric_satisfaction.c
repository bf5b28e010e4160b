/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Satisfaction and effort: answers on a scale that is stored beside each, as a mean, as the share
 * of the top two or three boxes, or as the top two less the bottom three (the CES index; on 1..7
 * these are 6 and 7 against 1 to 3). Boxes are whole steps of the scale from its ends.
 */
#include <math.h>

#include "metric.h"

/* Without anchors of the map an answer scores by where it lies on its scale. */
static void add_mean(struct tally *tally, const struct metric *metric,
                     const struct metric_row *row, struct arena *arena)
{
    struct anchor ends[] = {
        { .raw = row->scale_min, .score = 0 },
        { .raw = row->scale_max, .score = 100 },
    };
    struct anchors anchors = row->anchors;
    (void)metric;
    (void)arena;
    if (anchors.count == 0 && !isnan(row->scale_min) && !isnan(row->scale_max))
        anchors = (struct anchors){ .items = ends, .count = 2 };
    tally->unscaled += anchors.count == 0 ? row->count : 0;
    tally_add_value(tally, row, anchors);
}

static void add_top(struct tally *tally, const struct metric_row *row, int boxes)
{
    tally->unscaled += isnan(row->scale_max) ? row->count : 0;
    tally->hits += row->value >= row->scale_max - (boxes - 1) ? metric_row_weight(row) : 0;
}

static void add_top2(struct tally *tally, const struct metric *metric,
                     const struct metric_row *row, struct arena *arena)
{
    (void)metric;
    (void)arena;
    add_top(tally, row, 2);
}

static void add_top3(struct tally *tally, const struct metric *metric,
                     const struct metric_row *row, struct arena *arena)
{
    (void)metric;
    (void)arena;
    add_top(tally, row, 3);
}

static void add_index(struct tally *tally, const struct metric *metric,
                      const struct metric_row *row, struct arena *arena)
{
    (void)metric;
    (void)arena;
    tally->unscaled += isnan(row->scale_min) || isnan(row->scale_max) ? row->count : 0;
    tally->plus += row->value >= row->scale_max - 1 ? metric_row_weight(row) : 0;
    tally->minus += row->value <= row->scale_min + 2 ? metric_row_weight(row) : 0;
}

static struct anchor natural_share[] = {
    { .raw = 0, .score = 0 },
    { .raw = 1, .score = 100 },
};

static struct anchor natural_balance[] = {
    { .raw = -100, .score = 0 },
    { .raw = 100, .score = 100 },
};

const struct formula formula_csat_mean = {
    .type = METRIC_CSAT,
    .variant = VARIANT_MEAN,
    .kind = SAMPLE_MEAN,
    .needs_value = true,
    .add = add_mean,
};

const struct formula formula_csat_top2 = {
    .type = METRIC_CSAT,
    .variant = VARIANT_TOP2,
    .kind = SAMPLE_SHARE,
    .needs_value = true,
    .needs_scale = true,
    .natural = { .items = natural_share, .count = 2 },
    .add = add_top2,
};

const struct formula formula_csat_top3 = {
    .type = METRIC_CSAT,
    .variant = VARIANT_TOP3,
    .kind = SAMPLE_SHARE,
    .needs_value = true,
    .needs_scale = true,
    .natural = { .items = natural_share, .count = 2 },
    .add = add_top3,
};

const struct formula formula_ces_mean = {
    .type = METRIC_CES,
    .variant = VARIANT_MEAN,
    .kind = SAMPLE_MEAN,
    .needs_value = true,
    .add = add_mean,
};

const struct formula formula_ces_top2 = {
    .type = METRIC_CES,
    .variant = VARIANT_TOP2,
    .kind = SAMPLE_SHARE,
    .needs_value = true,
    .needs_scale = true,
    .natural = { .items = natural_share, .count = 2 },
    .add = add_top2,
};

const struct formula formula_ces_top3 = {
    .type = METRIC_CES,
    .variant = VARIANT_TOP3,
    .kind = SAMPLE_SHARE,
    .needs_value = true,
    .needs_scale = true,
    .natural = { .items = natural_share, .count = 2 },
    .add = add_top3,
};

const struct formula formula_ces_index = {
    .type = METRIC_CES,
    .variant = VARIANT_INDEX,
    .kind = SAMPLE_BALANCE,
    .needs_value = true,
    .needs_scale = true,
    .natural = { .items = natural_balance, .count = 2 },
    .add = add_index,
};
