/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/reading.h>

#include <math.h>

#include <stellwerk/insight/change.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/mean.h>
#include <stellwerk/insight/proportion.h>
#include <stellwerk/insight/quantile.h>
#include <stellwerk/insight/ratio.h>
#include <stellwerk/insight/survey.h>
#include <stellwerk/insight/survival.h>
#include <stellwerk/insight/trend.h>
#include <stellwerk/model/anchors.h>

/* A count of events that come by chance, n + z²/2 ± z √(n + z²/4): the score interval of a
 * Poisson mean (Barker 2002). */
static struct estimate count_estimate(double count)
{
    double middle = count + Z_95 * Z_95 / 2, margin = Z_95 * sqrt(count + Z_95 * Z_95 / 4);
    return (struct estimate){
        .value = count,
        .se = sqrt(count),
        .n = count,
        .interval = { .low = middle - margin, .high = middle + margin },
    };
}

/* A sum of as many values as chance brings: variance Σx² (a compound Poisson sum). */
static struct estimate sum_estimate(struct moments values)
{
    double sum = values.n * values.mean;
    double se = sqrt(values.squares + values.n * values.mean * values.mean);
    return (struct estimate){
        .value = sum,
        .se = se,
        .n = values.n,
        .interval = interval_around(sum, Z_95 * se),
    };
}

static struct estimate wait_estimate(struct arena *scratch, const struct sample *sample)
{
    struct survival_case *cases = arena_array(scratch, sample->wait_count, sizeof(*cases));
    for (size_t i = 0; i < sample->wait_count; i++)
        cases[i] = (struct survival_case){
            .time = sample->waits[i].time,
            .reached = sample->waits[i].reached,
        };
    struct survival curve = survival_new(scratch, cases, sample->wait_count, CONFIDENCE_95);
    struct estimate estimate = survival_quantile(&curve, sample->quantile);
    estimate.se = (estimate.interval.high - estimate.interval.low) / (2 * Z_95);
    return estimate;
}

static struct net_counts net_of(const struct sample *sample, double n)
{
    return (struct net_counts){
        .positive = sample->plus,
        .neutral = fmax(0, n - sample->plus - sample->minus), /* weighted, they round */
        .negative = sample->minus,
    };
}

/* `rows` of them; `value` is what the store says of somebody's aggregate. */
static struct estimate estimate_of(struct arena *scratch, const struct sample *sample,
                                   uint64_t rows, double value)
{
    double n = sample->effective_n > 0 ? sample->effective_n : (double)rows;
    struct estimate point = estimate_unknown(n);
    struct net_counts net = net_of(sample, n);

    switch (sample->kind) {
    case SAMPLE_COUNT:
        return count_estimate((double)rows);
    case SAMPLE_SUM:
        return sum_estimate(sample->values);
    case SAMPLE_MEAN:
        return mean_estimate(sample->values, CONFIDENCE_95);
    case SAMPLE_ORDER:
        return quantile_estimate_ordered(sample_ordered(sample), sample->quantile, CONFIDENCE_95);
    case SAMPLE_SHARE:
        return proportion_estimate(fmin(sample->hits, n), n, CONFIDENCE_95);
    case SAMPLE_BALANCE:
        return net_estimate(&net, CONFIDENCE_95);
    case SAMPLE_APDEX:
        return apdex_estimate(&net, CONFIDENCE_95);
    case SAMPLE_RATIO:
        return ratio_estimate(&sample->pairs, CONFIDENCE_95);
    case SAMPLE_WAIT:
        return wait_estimate(scratch, sample);
    case SAMPLE_POINT:
        point.value = value;
        return point;
    case SAMPLE_NONE:
        break;
    }
    return point;
}

/* The score of a figure that is scored as a whole: its interval goes through the anchors too. */
static struct estimate score_whole(struct estimate figure, struct anchors anchors)
{
    double a = anchors_score(anchors, figure.interval.low);
    double b = anchors_score(anchors, figure.interval.high);
    struct estimate score = estimate_unknown(figure.n);
    score.value = anchors_score(anchors, figure.value);
    score.interval = (struct interval){ .low = fmin(a, b), .high = fmax(a, b) };
    if (isnan(a) || isnan(b))
        score.interval = interval_unknown();
    score.se = (score.interval.high - score.interval.low) / (2 * Z_95);
    return score;
}

/* A figure too thin to be shown, or none: nobody downstream can show it by mistake. */
static void blank(struct measure *measure)
{
    measure->value = measure->value_lo = measure->value_hi = NAN;
    measure->score = measure->score_lo = measure->score_hi = measure->score_se = NAN;
}

static struct estimate score_of(const struct sample *sample, struct estimate figure,
                                struct anchors anchors)
{
    struct estimate score = sample->scores.n > 0 ? mean_estimate(sample->scores, CONFIDENCE_95)
                                                 : score_whole(figure, anchors);
    score.interval = interval_clamp(score.interval, 0, 100);
    return score;
}

static void complete(struct arena *scratch, struct measure *measure)
{
    const struct sample *sample = &measure->sample;
    struct estimate figure = estimate_of(scratch, sample, measure->n, measure->value);
    struct estimate score = score_of(sample, figure, sample->anchors);
    measure->value = figure.value;
    measure->value_lo = figure.interval.low;
    measure->value_hi = figure.interval.high;
    measure->score = score.value;
    measure->score_lo = score.interval.low;
    measure->score_hi = score.interval.high;
    measure->score_se = score.se;
}

/* ---- Slices -------------------------------------------------------------------- */

/* Scored by `anchors` where its rows are not. */
static void complete_slice(struct arena *scratch, struct slice *slice, struct anchors anchors)
{
    if (slice->n == 0 || slice->sample.kind == SAMPLE_NONE)
        return;
    struct estimate figure = estimate_of(scratch, &slice->sample, slice->n, slice->value);
    struct estimate score = score_of(&slice->sample, figure, anchors);
    if (slice->sample.kind == SAMPLE_WAIT)
        slice->value = figure.value;
    slice->value_lo = figure.interval.low;
    slice->value_hi = figure.interval.high;
    slice->score = score.value;
    slice->score_lo = score.interval.low;
    slice->score_hi = score.interval.high;
}

/* What a slice gives to the chart: what adds up, a day; and nothing that would be hidden alone. */
static double charted(const struct slice *slice)
{
    bool adds_up = slice->sample.kind == SAMPLE_COUNT || slice->sample.kind == SAMPLE_SUM;
    if (adds_up)
        return slice->value / ((double)slice->last_day - slice->first_day + 1);
    return slice->n >= METRIC_HIDDEN_N ? slice->value : NAN;
}

struct xmr measure_limits(struct arena *arena, const struct measure *measure, double **out)
{
    double *values = arena_array(arena, measure->slice_count, sizeof(*values));
    size_t known = 0;
    for (size_t i = 0; i < measure->slice_count; i++) {
        values[i] = charted(&measure->slices[i]);
        known += isfinite(values[i]);
    }
    *out = values;
    return xmr_of(values, known < XMR_LEAST ? 0 : measure->slice_count);
}

static void find_signals(struct arena *scratch, struct measure *measure)
{
    double *values;
    enum xmr_signal *signals = arena_array(scratch, measure->slice_count, sizeof(*signals));
    struct xmr chart = measure_limits(scratch, measure, &values);
    xmr_find_signals(&chart, values, measure->slice_count, signals);
    for (size_t i = 0; i < measure->slice_count; i++)
        measure->slices[i].signal = signals[i];
}

void figures_complete(struct figures *figures)
{
    struct arena scratch;
    arena_init(&scratch);
    for (size_t i = 0; i < figures->measure_count; i++) {
        struct measure *measure = &figures->measures[i];
        arena_reset(&scratch);
        if (measure->status > MEASURE_SMALL) {
            blank(measure);
            continue;
        }
        complete(&scratch, measure);
        for (size_t j = 0; j < measure->slice_count; j++)
            complete_slice(&scratch, &measure->slices[j], measure->sample.anchors);
        find_signals(&scratch, measure);
    }
    arena_finish(&scratch);
    if (figures->before == NULL)
        return;
    figures_complete(figures->before);
    figures_compare(figures);
}
