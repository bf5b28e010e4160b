/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/change.h>

#include <math.h>

#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/mean.h>
#include <stellwerk/insight/multiple.h>
#include <stellwerk/insight/proportion.h>
#include <stellwerk/insight/survey.h>

/* Square-and-add: the interval of a difference from those of its two sides. */
static struct interval join(struct estimate now, struct estimate before)
{
    double value = now.value - before.value;
    double below = hypot(now.value - now.interval.low, before.interval.high - before.value);
    double above = hypot(now.interval.high - now.value, before.value - before.interval.low);
    if (!isfinite(value) || isnan(below) || isnan(above))
        return interval_unknown();
    return (struct interval){ .low = value - below, .high = value + above };
}

/* A z from the error of no difference; none where nothing varies. */
static void test(struct difference *difference, double se)
{
    if (!(se > 0) || !isfinite(se) || isnan(difference->value))
        return;
    difference->statistic = difference->value / se;
    difference->df = INFINITY;
    difference->p = normal_p(difference->statistic);
}

struct difference estimate_difference(struct estimate now, struct estimate before)
{
    struct difference difference = difference_unknown();
    difference.value = now.value - before.value;
    difference.interval = join(now, before);
    difference.se = hypot(now.se, before.se);
    test(&difference, difference.se);
    return difference;
}

/* The score interval of a count (Barker 2002), as figures_complete() has it. */
static struct estimate count_estimate(double count, double level)
{
    double z = normal_critical(level), middle = count + z * z / 2;
    return (struct estimate){
        .value = count,
        .se = sqrt(count),
        .n = count,
        .interval = interval_around(middle, z * sqrt(count + z * z / 4)),
    };
}

struct difference count_difference(double now, double days_now, double before, double days_before,
                                   double level)
{
    double factor = days_now / days_before;
    if (!(factor > 0) || !isfinite(factor) || !(now >= 0) || !(before >= 0))
        return difference_unknown();
    struct estimate brought = estimate_rescale(count_estimate(before, level), factor, 0);
    struct difference difference = estimate_difference(count_estimate(now, level), brought);
    difference.statistic = difference.p = NAN;
    test(&difference, sqrt(factor * (now + before)));
    return difference;
}

/* ---- Measures ---- */

static double n_of(const struct measure *measure)
{
    double n = measure->sample.effective_n;
    return n > 0 ? n : (double)measure->n;
}

static struct net_counts net_of(const struct measure *measure)
{
    const struct sample *sample = &measure->sample;
    return (struct net_counts){
        .positive = sample->plus,
        .neutral = fmax(0, n_of(measure) - sample->plus - sample->minus),
        .negative = sample->minus,
    };
}

static struct difference net_change(const struct measure *now, const struct measure *before)
{
    struct net_counts a = net_of(now), b = net_of(before);
    struct difference difference = net_difference(&a, &b, CONFIDENCE_95);
    if (now->sample.kind == SAMPLE_APDEX) { /* half the net share, from points to 0..1 */
        difference.se /= 200;
        difference.interval.low /= 200;
        difference.interval.high /= 200;
    }
    return difference;
}

static struct estimate shown(const struct measure *measure)
{
    return (struct estimate){
        .value = measure->value,
        .se = (measure->value_hi - measure->value_lo) / (2 * Z_95),
        .n = n_of(measure),
        .interval = { .low = measure->value_lo, .high = measure->value_hi },
    };
}

/* The days of a table's period that the store has rows around. */
static double days_of(const struct figures *figures)
{
    struct period period = figures->lens.period;
    double first = fmax(period.first, time_day(figures->oldest));
    double last = fmin(period.last, time_day(figures->newest));
    return last - first + 1;
}

struct difference measure_difference(const struct measure *now, const struct measure *before)
{
    switch (now->sample.kind) {
    case SAMPLE_MEAN:
        return mean_difference(now->sample.values, before->sample.values, CONFIDENCE_95);
    case SAMPLE_SHARE:
        return proportion_difference(now->sample.hits, n_of(now), before->sample.hits, n_of(before),
                                     CONFIDENCE_95);
    case SAMPLE_BALANCE:
    case SAMPLE_APDEX:
        return net_change(now, before);
    default:
        return estimate_difference(shown(now), shown(before));
    }
}

static struct difference difference_of(const struct figures *figures, const struct measure *now,
                                       const struct measure *before)
{
    double days_now = days_of(figures), days_before = days_of(figures->before);
    switch (now->sample.kind) {
    case SAMPLE_COUNT:
        return count_difference((double)now->n, days_now, (double)before->n, days_before,
                                CONFIDENCE_95);
    case SAMPLE_SUM:
        return estimate_difference(shown(now),
                                   estimate_rescale(shown(before), days_now / days_before, 0));
    default:
        return measure_difference(now, before);
    }
}

static int direction_of(const struct measure *now, const struct measure *before)
{
    return (now->score > before->score) - (now->score < before->score);
}

static struct change change_of(const struct figures *figures, const struct measure *now,
                               const struct measure *before)
{
    bool known = before != NULL && now->status <= MEASURE_SMALL &&
                 before->status <= MEASURE_SMALL && now->sample.kind == before->sample.kind;
    struct difference difference =
        known ? difference_of(figures, now, before) : difference_unknown();
    bool adds_up = now->sample.kind == SAMPLE_COUNT || now->sample.kind == SAMPLE_SUM;
    return (struct change){
        .value = !known    ? NAN
                 : adds_up ? difference.value
                           : now->value - before->value,
        .lo = difference.interval.low,
        .hi = difference.interval.high,
        .before = before != NULL && before->status <= MEASURE_SMALL ? before->value : NAN,
        .before_n = before != NULL ? before->n : 0,
        .p = difference.p,
        .adjusted = NAN,
        .direction = known ? direction_of(now, before) : 0,
    };
}

void figures_compare(struct figures *figures)
{
    struct arena scratch;
    arena_init(&scratch);
    size_t count = figures->measure_count;
    double *p = arena_array(&scratch, count, sizeof(*p));
    for (size_t i = 0; i < count; i++) {
        struct measure *now = &figures->measures[i];
        now->change =
            change_of(figures, now, figures_find(figures->before, now->touchpoint, now->metric));
        p[i] = now->change.p;
    }
    adjust_p_values(p, count, p);
    for (size_t i = 0; i < count; i++) {
        figures->measures[i].change.adjusted = p[i];
        figures->measures[i].change.sure = p[i] <= CHANGE_SURE;
    }
    arena_finish(&scratch);
}
