/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/reading.h>

#include <math.h>

#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/mean.h>
#include <stellwerk/insight/proportion.h>
#include <stellwerk/insight/quantile.h>
#include <stellwerk/insight/survey.h>
#include <stellwerk/model/anchors.h>

/* A count of events that come by chance, n + z²/2 ± z √(n + z²/4): the score interval of a
 * Poisson mean (Barker 2002). */
static struct estimate count_estimate(uint64_t n)
{
    double count = (double)n;
    double middle = count + Z_95 * Z_95 / 2, margin = Z_95 * sqrt(count + Z_95 * Z_95 / 4);
    return (struct estimate){
        .value = count,
        .se = sqrt(count),
        .n = count,
        .interval = {.low = middle - margin, .high = middle + margin},
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

static struct estimate estimate_of(const struct measure *measure)
{
    const struct sample *sample = &measure->sample;
    double n = (double)measure->n;
    struct estimate point = estimate_unknown(n);

    switch (sample->kind) {
    case SAMPLE_COUNT:
        return count_estimate(measure->n);
    case SAMPLE_SUM:
        return sum_estimate(sample->values);
    case SAMPLE_MEAN:
        return mean_estimate(sample->values, CONFIDENCE_95);
    case SAMPLE_ORDER:
        return quantile_estimate(sample->sorted, sample->sorted_count, sample->quantile,
                                 CONFIDENCE_95);
    case SAMPLE_SHARE:
        return proportion_estimate((double)sample->hits, n, CONFIDENCE_95);
    case SAMPLE_BALANCE:
        return net_estimate(
            &(struct net_counts){
                .positive = (double)sample->plus,
                .neutral = n - (double)sample->plus - (double)sample->minus,
                .negative = (double)sample->minus,
            },
            CONFIDENCE_95);
    case SAMPLE_POINT:
        point.value = measure->value;
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
    score.interval = (struct interval){.low = fmin(a, b), .high = fmax(a, b)};
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

static void complete(struct measure *measure)
{
    const struct sample *sample = &measure->sample;
    struct estimate figure = estimate_of(measure);
    struct estimate score = sample->scores.n > 0 ? mean_estimate(sample->scores, CONFIDENCE_95)
                                                 : score_whole(figure, sample->anchors);

    measure->value = figure.value;
    measure->value_lo = figure.interval.low;
    measure->value_hi = figure.interval.high;
    score.interval = interval_clamp(score.interval, 0, 100);
    measure->score = score.value;
    measure->score_lo = score.interval.low;
    measure->score_hi = score.interval.high;
    measure->score_se = score.se;
}

void figures_complete(struct figures *figures)
{
    for (size_t i = 0; i < figures->measure_count; i++) {
        struct measure *measure = &figures->measures[i];
        if (measure->status <= MEASURE_SMALL)
            complete(measure);
        else
            blank(measure);
    }
}
