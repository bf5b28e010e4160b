/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/model/sample.h>

#include <float.h>
#include <math.h>

bool sample_value_is_near(const struct sample *sample)
{
    bool of_sums = sample->kind == SAMPLE_MEAN || sample->kind == SAMPLE_SUM;
    return sample->approximate && !of_sums;
}

enum metric_variant metric_variant_used(const struct metric *metric)
{
    bool has_formulas = metric->type == METRIC_CSAT || metric->type == METRIC_CES;
    if (metric->variant == VARIANT_DEFAULT && has_formulas)
        return VARIANT_MEAN;
    return metric->variant;
}

/* The mean moves towards the value and not beyond it, so what is added is below zero by rounding
 * alone. */
void moments_add(struct moments *moments, double value)
{
    double before = value - moments->mean;
    moments->n += 1;
    moments->mean += before / moments->n;
    moments->squares += fmax(0, before * (value - moments->mean));
}

void moments_add_weighted(struct moments *moments, double value, double weight)
{
    double before = value - moments->mean;
    moments->n += weight;
    moments->mean += before * weight / moments->n;
    moments->squares += fmax(0, weight * before * (value - moments->mean));
}

struct moments moments_rescale(struct moments moments, double n)
{
    if (moments.n <= 0)
        return moments;
    return (struct moments){
        .n = n,
        .mean = moments.mean,
        .squares = moments.squares * n / moments.n,
    };
}

/* Means that only rounding tells apart are the same: rows that are all alike have no spread. */
static double apart_of(double mean, double other)
{
    double apart = other - mean, noise = 4 * DBL_EPSILON * fabs(mean);
    return fabs(apart) > noise ? apart : 0;
}

void moments_merge(struct moments *moments, struct moments group)
{
    double n = moments->n + group.n;
    if (group.n <= 0)
        return;
    if (moments->n <= 0) {
        *moments = group;
        return;
    }
    double apart = apart_of(moments->mean, group.mean);
    moments->mean += apart * group.n / n;
    moments->squares += group.squares + apart * apart * moments->n * group.n / n;
    moments->n = n;
}

double moments_variance(struct moments moments)
{
    return moments.n > 1 ? moments.squares / (moments.n - 1) : NAN;
}

double sorted_quantile(const double *sorted, size_t count, double p)
{
    if (count == 0)
        return NAN;
    double place = (double)(count - 1) * p;
    size_t below = (size_t)place;
    if (below + 1 >= count)
        return sorted[count - 1];
    return sorted[below] + (place - (double)below) * (sorted[below + 1] - sorted[below]);
}

uint64_t bins_total(const struct bin *bins, size_t count)
{
    uint64_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += bins[i].count;
    return total;
}

double bins_at(const struct bin *bins, size_t count, uint64_t rank)
{
    size_t i = 0;
    for (; i + 1 < count && rank >= bins[i].count; i++)
        rank -= bins[i].count;
    return bins[i].value;
}

size_t bins_join(struct bin *out, const struct bin *a, size_t a_count, const struct bin *b,
                 size_t b_count)
{
    size_t left = 0, right = 0, kept = 0;
    while (left < a_count || right < b_count) {
        bool from_left = right == b_count || (left < a_count && a[left].value <= b[right].value);
        struct bin next = from_left ? a[left++] : b[right++];
        if (kept > 0 && out[kept - 1].value == next.value)
            out[kept - 1].count += next.count;
        else
            out[kept++] = next;
    }
    return kept;
}

struct ordered sample_ordered(const struct sample *sample)
{
    return (struct ordered){ .bins = sample->bins,
                             .count = sample->bin_count,
                             .below = sample->below,
                             .above = sample->above };
}

uint64_t ordered_total(struct ordered order)
{
    return order.below + bins_total(order.bins, order.count) + order.above;
}

double ordered_at(struct ordered order, uint64_t rank)
{
    return bins_at(order.bins, order.count, rank > order.below ? rank - order.below : 0);
}

double ordered_quantile(struct ordered order, double p)
{
    uint64_t total = ordered_total(order);
    if (total == 0)
        return NAN;
    double place = (double)(total - 1) * p;
    uint64_t below = (uint64_t)place;
    double low = ordered_at(order, below);
    if (below + 1 >= total)
        return low;
    return low + (place - (double)below) * (ordered_at(order, below + 1) - low);
}

void sample_ranks(uint64_t n, double p, uint64_t *first, uint64_t *last)
{
    enum { DEVIATIONS = 3, MORE = 4 }; /* 1.96 are needed, and a rank on either side */
    double middle = (double)(n - 1) * p;
    double margin = DEVIATIONS * sqrt((double)n * p * (1 - p)) + MORE;
    *first = middle > margin ? (uint64_t)(middle - margin) : 0;
    *last = middle + margin < (double)(n - 1) ? (uint64_t)(middle + margin) : n - 1;
}

double bins_quantile(const struct bin *bins, size_t count, double p)
{
    return ordered_quantile((struct ordered){ .bins = bins, .count = count }, p);
}

void pairs_merge(struct pairs *pairs, const struct pairs *part)
{
    pairs->groups += part->groups;
    pairs->a += part->a;
    pairs->b += part->b;
    pairs->aa += part->aa;
    pairs->ab += part->ab;
    pairs->bb += part->bb;
    pairs->below_zero |= part->below_zero;
}

static void merge_bins(struct arena *arena, struct sample *sample, const struct sample *part)
{
    struct bin *bins = arena_array(arena, sample->bin_count + part->bin_count, sizeof(*bins));
    sample->bin_count =
        bins_join(bins, sample->bins, sample->bin_count, part->bins, part->bin_count);
    sample->bins = bins;
}

static void merge_waits(struct arena *arena, struct sample *sample, const struct sample *part)
{
    size_t count = sample->wait_count + part->wait_count;
    struct wait *waits = arena_array(arena, count, sizeof(*waits));
    for (size_t i = 0; i < count; i++)
        waits[i] = i < sample->wait_count ? sample->waits[i] : part->waits[i - sample->wait_count];
    sample->waits = waits;
    sample->wait_count = count;
}

void sample_merge(struct arena *arena, struct sample *sample, const struct sample *part)
{
    if (part->kind != sample->kind || part->kind == SAMPLE_POINT) {
        *sample = (struct sample){ .kind = SAMPLE_NONE };
        return;
    }
    moments_merge(&sample->values, part->values);
    moments_merge(&sample->scores, part->scores);
    sample->effective_n += part->effective_n;
    sample->hits += part->hits;
    sample->plus += part->plus;
    sample->minus += part->minus;
    merge_bins(arena, sample, part);
    sample->approximate |= part->approximate;
    pairs_merge(&sample->pairs, &part->pairs);
    merge_waits(arena, sample, part);
}

double staleness_weight(double age, double half_life)
{
    if (isnan(age) || !(half_life > 0))
        return NAN;
    if (age <= 0 || isinf(half_life))
        return 1;
    return exp2(-age / half_life);
}
