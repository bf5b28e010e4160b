/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "metric.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/model/anchors.h>

#include "bin_set.h"

static const struct formula *const formulas[] = {
    &formula_count,     &formula_sum,        &formula_mean,     &formula_median,
    &formula_quantile,  &formula_proportion, &formula_nps,      &formula_csat_mean,
    &formula_csat_top2, &formula_csat_top3,  &formula_ces_mean, &formula_ces_top2,
    &formula_ces_top3,  &formula_ces_index,  &formula_apdex,    &formula_ratio,
    &formula_per_case,  &formula_before,     &formula_preceded, &formula_dropout,
    &formula_between,   &formula_sql,
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
    if (!tally->any || row->ts < tally->oldest)
        tally->oldest = row->ts;
    if (!tally->any || row->until > tally->newest)
        tally->newest = row->until;
    tally->any = true;
    tally->n += row->aside ? 0 : row->count;
    tally->weights += metric_row_weight(row);
    tally->weight_squares += metric_row_weight(row) * row->weight;
    formula->add(tally, metric, row, arena);
}

double metric_row_weight(const struct metric_row *row)
{
    return row->weight * (double)row->count;
}

void tally_add_value(struct tally *tally, const struct metric_row *row, struct anchors anchors)
{
    double weight = metric_row_weight(row);
    moments_add_weighted(&tally->values, row->value, weight);
    if (anchors.count > 0)
        moments_add_weighted(&tally->scores, anchors_score(anchors, row->value), weight);
}

void tally_add_mean(struct tally *tally, const struct metric *metric, const struct metric_row *row,
                    struct arena *arena)
{
    (void)metric;
    (void)arena;
    tally_add_value(tally, row, row->anchors);
}

void tally_add_hit(struct tally *tally, const struct metric *metric, const struct metric_row *row,
                   struct arena *arena)
{
    (void)metric;
    (void)arena;
    tally->hits += row->hit ? metric_row_weight(row) : 0;
}

static void close_group(struct tally *tally)
{
    struct pairs *pairs = &tally->pairs;
    double a = tally->group.a, b = tally->group.b;
    if (tally->group.number == 0)
        return;
    pairs->groups++;
    pairs->a += a;
    pairs->b += b;
    pairs->aa += a * a;
    pairs->ab += a * b;
    pairs->bb += b * b;
    pairs->below_zero |= a < 0 || b < 0;
    tally->group.number = 0;
    tally->group.a = tally->group.b = 0;
}

void tally_add_pair(struct tally *tally, uint64_t group, double a, double b)
{
    if (tally->group.number != group)
        close_group(tally);
    tally->group.number = group;
    tally->group.a += a;
    tally->group.b += b;
}

void tally_add_wait(struct tally *tally, struct wait wait, struct arena *arena)
{
    tally->waits = arena_grow(arena, tally->waits, tally->wait_count, &tally->wait_capacity,
                              sizeof(*tally->waits));
    tally->waits[tally->wait_count++] = wait;
}

void tally_set_order(struct tally *tally, const struct tally_order *order, struct arena *arena)
{
    uint64_t kept = bins_total(order->bins, order->count);
    *tally = (struct tally){
        .n = order->n,
        .any = true,
        .weights = (double)order->n,
        .weight_squares = (double)order->n,
        .approximate = order->approximate,
        .items = arena_array(arena, order->count, sizeof(*tally->items)),
        .item_count = order->count,
        .item_capacity = order->count,
        .ordered = true,
        .below = order->below,
        .above = order->n - order->below - kept,
        .oldest = order->row.ts,
        .newest = order->row.until,
    };
    if (order->count > 0)
        memcpy(tally->items, order->bins, order->count * sizeof(*order->bins));
}

void tally_close(struct tally *tally)
{
    close_group(tally);
    if (!tally->ordered)
        tally->item_count = bins_sort(tally->items, tally->item_count);
}

static void merge_items(struct tally *tally, const struct tally *part, struct arena *arena)
{
    if (part->item_count == 0 || part->ordered)
        return;
    size_t count = tally->item_count + part->item_count;
    if (count > tally->spare_capacity) {
        tally->spare_capacity = memory_product(count, 2);
        tally->spare = arena_array(arena, tally->spare_capacity, sizeof(*tally->spare));
    }
    struct bin *items = tally->spare;
    size_t capacity = tally->spare_capacity;
    tally->item_count =
        bins_join(items, tally->items, tally->item_count, part->items, part->item_count);
    tally->spare = tally->items;
    tally->spare_capacity = tally->item_capacity;
    tally->items = items;
    tally->item_capacity = capacity;
}

static void merge_waits(struct tally *tally, const struct tally *part, struct arena *arena)
{
    for (size_t i = 0; i < part->wait_count; i++)
        tally_add_wait(tally, part->waits[i], arena);
}

void tally_merge(struct tally *tally, const struct tally *part, struct arena *arena)
{
    if (!part->any)
        return;
    if (!tally->any || part->oldest < tally->oldest)
        tally->oldest = part->oldest;
    if (!tally->any || part->newest > tally->newest)
        tally->newest = part->newest;
    tally->any = true;
    tally->n += part->n;
    tally->weights += part->weights;
    tally->weight_squares += part->weight_squares;
    tally->hits += part->hits;
    tally->plus += part->plus;
    tally->minus += part->minus;
    tally->unscaled += part->unscaled;
    tally->opaque |= part->opaque;
    tally->approximate |= part->approximate;
    moments_merge(&tally->values, part->values);
    moments_merge(&tally->scores, part->scores);
    pairs_merge(&tally->pairs, &part->pairs);
    merge_items(tally, part, arena);
    merge_waits(tally, part, arena);
}

double metric_quantile(const struct metric *metric)
{
    bool said = metric->quantile > 0 && metric->quantile < 1;
    if (metric->type == METRIC_MEDIAN || (metric->type == METRIC_BETWEEN && !said))
        return 0.5;
    return metric->quantile;
}

static struct ordered order_of(const struct tally *tally)
{
    return (struct ordered){ .bins = tally->items,
                             .count = tally->item_count,
                             .below = tally->below,
                             .above = tally->above };
}

double tally_value(const struct tally *tally, enum sample_kind kind, const struct metric *metric)
{
    if (tally->n == 0)
        return NAN;
    switch (kind) {
    case SAMPLE_COUNT:
        return (double)tally->n;
    case SAMPLE_SUM:
        return tally->values.n * tally->values.mean;
    case SAMPLE_MEAN:
    case SAMPLE_POINT:
        return tally->values.mean;
    case SAMPLE_ORDER:
        return ordered_quantile(order_of(tally), metric_quantile(metric));
    case SAMPLE_SHARE:
        return tally->hits / tally->weights;
    case SAMPLE_BALANCE:
        return 100 * (tally->plus - tally->minus) / tally->weights;
    case SAMPLE_APDEX:
        return (1 + (tally->plus - tally->minus) / tally->weights) / 2;
    case SAMPLE_RATIO:
        return tally->pairs.b != 0 ? tally->pairs.a / tally->pairs.b : NAN;
    case SAMPLE_WAIT: /* an estimate of its own, not to be told in passing */
    case SAMPLE_NONE:
        break;
    }
    return NAN;
}

struct sample tally_sample(const struct tally *tally, enum sample_kind kind,
                           const struct metric *metric, struct anchors anchors)
{
    bool scored = tally->scores.n > 0, aged = metric->half_life > 0 && tally->weights > 0;
    double n = aged ? tally->weights * tally->weights / tally->weight_squares : 0;
    double scale = aged ? n / tally->weights : 1;
    return (struct sample){
        .kind = kind,
        .variant = metric_variant_used(metric),
        .values = aged ? moments_rescale(tally->values, n) : tally->values,
        .scores = aged ? moments_rescale(tally->scores, n) : tally->scores,
        .anchors = scored ? (struct anchors){ 0 } : anchors,
        .effective_n = n,
        .hits = tally->hits * scale,
        .plus = tally->plus * scale,
        .minus = tally->minus * scale,
        .bins = tally->items,
        .bin_count = tally->item_count,
        .approximate = tally->approximate,
        .pairs = tally->pairs,
        .waits = tally->waits,
        .wait_count = tally->wait_count,
        .below = tally->below,
        .above = tally->above,
        .quantile = metric_quantile(metric),
    };
}
