/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Net promoter score: of answers 0..10, those of 9 and 10 promote and those up to 6 detract
 * (Reichheld, Harvard Business Review, December 2003).
 */
#include "metric.h"

#define PROMOTER_FROM 9
#define DETRACTOR_TO 6

static void add(struct tally *tally, const struct metric *metric, const struct metric_row *row,
                struct arena *arena)
{
    (void)metric;
    (void)arena;
    tally->plus += row->value >= PROMOTER_FROM ? metric_row_weight(row) : 0;
    tally->minus += row->value <= DETRACTOR_TO ? metric_row_weight(row) : 0;
}

static struct anchor natural[] = {
    { .raw = -100, .score = 0 },
    { .raw = 100, .score = 100 },
};

const struct formula formula_nps = {
    .type = METRIC_NPS,
    .kind = SAMPLE_BALANCE,
    .needs_value = true,
    .natural = { .items = natural, .count = 2 },
    .add = add,
};
