/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "metric.h"

#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/array.h>
#include <stellwerk/model/anchors.h>

static const struct formula *const formulas[] = {
    &formula_count,     &formula_sum,      &formula_mean,      &formula_median,
    &formula_quantile,  &formula_proportion, &formula_nps,     &formula_csat_mean,
    &formula_csat_top2, &formula_csat_top3, &formula_ces_mean, &formula_ces_top2,
    &formula_ces_top3,  &formula_ces_index, &formula_apdex,
};

const struct formula *formula_find(const struct metric *metric)
{
    enum metric_variant variant = metric_variant_used(metric);
    for (size_t i = 0; i < ARRAY_LEN(formulas); i++)
        if (formulas[i]->type == metric->type && formulas[i]->variant == variant)
            return formulas[i];
    return NULL;
}

void tally_add(struct tally *tally, const struct formula *formula, const struct metric *metric,
               const struct metric_row *row, struct arena *arena)
{
    if (tally->n == 0 || row->ts < tally->oldest)
        tally->oldest = row->ts;
    if (tally->n == 0 || row->ts > tally->newest)
        tally->newest = row->ts;
    tally->n++;
    formula->add(tally, metric, row, arena);
}

void tally_add_value(struct tally *tally, double value, struct anchors anchors)
{
    moments_add(&tally->values, value);
    if (anchors.count > 0)
        moments_add(&tally->scores, anchors_score(anchors, value));
}

static int by_value(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

void tally_sort(struct tally *tally)
{
    if (tally->item_count > 0)
        qsort(tally->items, tally->item_count, sizeof(*tally->items), by_value);
}

/* Two sorted lists into one. */
static void merge_items(struct tally *tally, const struct tally *part, struct arena *arena)
{
    size_t left = 0, right = 0, count = tally->item_count + part->item_count;
    if (part->item_count == 0)
        return;
    double *items = arena_array(arena, count, sizeof(*items));
    for (size_t i = 0; i < count; i++) {
        bool from_left = right == part->item_count ||
                         (left < tally->item_count && tally->items[left] <= part->items[right]);
        items[i] = from_left ? tally->items[left++] : part->items[right++];
    }
    tally->items = items;
    tally->item_count = tally->item_capacity = count;
}

void tally_merge(struct tally *tally, const struct tally *part, struct arena *arena)
{
    if (part->n == 0)
        return;
    if (tally->n == 0 || part->oldest < tally->oldest)
        tally->oldest = part->oldest;
    if (tally->n == 0 || part->newest > tally->newest)
        tally->newest = part->newest;
    tally->n += part->n;
    tally->hits += part->hits;
    tally->plus += part->plus;
    tally->minus += part->minus;
    tally->unscaled += part->unscaled;
    tally->opaque |= part->opaque;
    moments_merge(&tally->values, part->values);
    moments_merge(&tally->scores, part->scores);
    merge_items(tally, part, arena);
}

static double quantile_of(const struct metric *metric)
{
    return metric->type == METRIC_MEDIAN ? 0.5 : metric->quantile;
}

double tally_value(const struct tally *tally, enum sample_kind kind, const struct metric *metric)
{
    double n = (double)tally->n;
    if (tally->n == 0)
        return NAN;
    switch (kind) {
    case SAMPLE_COUNT:
        return n;
    case SAMPLE_SUM:
        return tally->values.n * tally->values.mean;
    case SAMPLE_MEAN:
    case SAMPLE_POINT:
        return tally->values.mean;
    case SAMPLE_ORDER:
        return sorted_quantile(tally->items, tally->item_count, quantile_of(metric));
    case SAMPLE_SHARE:
        return (double)tally->hits / n;
    case SAMPLE_BALANCE:
        return 100 * ((double)tally->plus - (double)tally->minus) / n;
    case SAMPLE_NONE:
        break;
    }
    return NAN;
}

struct sample tally_sample(const struct tally *tally, enum sample_kind kind,
                           const struct metric *metric, struct anchors anchors)
{
    bool scored = tally->scores.n > 0;
    return (struct sample){
        .kind = kind,
        .variant = metric_variant_used(metric),
        .values = tally->values,
        .scores = tally->scores,
        .anchors = scored ? (struct anchors){ 0 } : anchors,
        .hits = tally->hits,
        .plus = tally->plus,
        .minus = tally->minus,
        .sorted = tally->items,
        .sorted_count = tally->item_count,
        .quantile = quantile_of(metric),
    };
}
