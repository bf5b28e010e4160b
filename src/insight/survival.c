/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/survival.h>

#include <math.h>
#include <stdlib.h>

#include <stellwerk/insight/distribution.h>

static int compare_cases(const void *left, const void *right)
{
    double a = ((const struct survival_case *)left)->time;
    double b = ((const struct survival_case *)right)->time;
    return (a > b) - (a < b);
}

/* The usable cases in order of time. */
static struct survival_case *sorted_cases(struct arena *arena, const struct survival_case *cases,
                                          size_t count, size_t *out)
{
    struct survival_case *sorted = arena_array(arena, count, sizeof(*sorted));
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (isfinite(cases[i].time) && cases[i].time >= 0)
            sorted[n++] = cases[i];
    qsort(sorted, n, sizeof(*sorted), compare_cases);
    *out = n;
    return sorted;
}

/* `variance` is Greenwood's of ln(waiting); `before` is the upper end of the step before. */
static struct interval waiting_interval(double waiting, double variance, double z, double before)
{
    if (isnan(z))
        return interval_unknown();
    if (waiting <= 0)
        return (struct interval){ .low = 0, .high = before };
    double spread = exp(z * sqrt(variance) / -log(waiting));
    return (struct interval){ .low = pow(waiting, spread), .high = pow(waiting, 1 / spread) };
}

struct survival survival_from_counts(struct arena *arena, const struct survival_count *counts,
                                     size_t count, double level)
{
    struct survival survival = { .steps = arena_array(arena, count, sizeof(*survival.steps)) };
    for (size_t i = 0; i < count; i++)
        survival.cases += counts[i].reached + counts[i].open;

    double z = normal_critical(level);
    double waiting = 1, variance = 0, upper = 1;
    size_t at_risk = survival.cases;
    for (size_t i = 0; i < count; at_risk -= counts[i].reached + counts[i].open, i++) {
        size_t reached = counts[i].reached;
        if (reached == 0)
            continue;
        size_t left = at_risk - reached;
        waiting *= (double)left / (double)at_risk;
        variance += (double)reached / ((double)at_risk * (double)left);
        struct interval interval = waiting_interval(waiting, variance, z, upper);
        upper = interval.high;
        survival.steps[survival.count++] = (struct survival_step){
            .time = counts[i].time,
            .at_risk = at_risk,
            .reached = reached,
            .waiting = waiting,
            .interval = interval,
        };
    }
    return survival;
}

struct survival survival_new(struct arena *arena, const struct survival_case *cases, size_t count,
                             double level)
{
    size_t n, times = 0;
    struct survival_case *sorted = sorted_cases(arena, cases, count, &n);
    struct survival_count *counts = arena_array(arena, n, sizeof(*counts));
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || sorted[i].time != sorted[i - 1].time)
            counts[times++].time = sorted[i].time;
        counts[times - 1].reached += sorted[i].reached;
        counts[times - 1].open += !sorted[i].reached;
    }
    return survival_from_counts(arena, counts, times, level);
}

double survival_at(const struct survival *survival, double time)
{
    if (survival->cases == 0 || isnan(time))
        return NAN;
    double waiting = 1;
    for (size_t i = 0; i < survival->count && survival->steps[i].time <= time; i++)
        waiting = survival->steps[i].waiting;
    return waiting;
}

enum curve { WAITING, LOWER, UPPER };

static double height(const struct survival_step *step, enum curve curve)
{
    switch (curve) {
    case LOWER:
        return step->interval.low;
    case UPPER:
        return step->interval.high;
    default:
        return step->waiting;
    }
}

/* The first time at which a curve is down to `share`; `never` where it is not. A product of
 * fractions that should meet `share` exactly may miss it by its rounding. */
static double first_time(const struct survival *survival, enum curve curve, double share,
                         double never)
{
    for (size_t i = 0; i < survival->count; i++)
        if (height(&survival->steps[i], curve) <= share * (1 + 1e-12))
            return survival->steps[i].time;
    return never;
}

struct estimate survival_quantile(const struct survival *survival, double q)
{
    struct estimate estimate = estimate_unknown((double)survival->cases);
    if (!(q > 0 && q < 1))
        return estimate;
    estimate.value = first_time(survival, WAITING, 1 - q, NAN);
    if (isnan(estimate.value) || !interval_is_known(survival->steps[0].interval))
        return estimate;
    estimate.interval.low = first_time(survival, LOWER, 1 - q, estimate.value);
    estimate.interval.high = first_time(survival, UPPER, 1 - q, INFINITY);
    return estimate;
}
