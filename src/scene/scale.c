/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/scale.h>

#include <math.h>

#include <stellwerk/base/locale.h>
#include <stellwerk/model/anchors.h>
#include <stellwerk/scene/sparkline.h>
#include <stellwerk/scene/wording.h>

#define LEVEL_SPAN 0.25  /* of the value: what varies less is drawn as nearly level */
#define INTERVAL_ROOM 0.75 /* of the values' span: as far as intervals widen the scale */
#define MARK_ROOM 1.5    /* of the span: marks further off stay off */
#define ROWS_PER_LABEL 3
#define POWER_FROM 1e7   /* larger values are labelled with a power of ten */
#define LARGEST 1e300    /* beyond it, spans are no numbers any more */
#define SCORE_SLACK 0.5  /* points that a score may be off the line */

struct range {
    double low, high;
};

bool slice_shown(const struct slice *slice)
{
    bool adds_up = slice->sample.kind == SAMPLE_COUNT || slice->sample.kind == SAMPLE_SUM;
    return slice->n > 0 && isfinite(slice->value) && (adds_up || slice->n >= METRIC_HIDDEN_N);
}

/* ---- Anchors --------------------------------------------------------------------- */

/* The straight line through the two slices that are furthest apart; count 0 where there are none,
 * or where others are not on it: answers on several scales. */
static struct anchors anchors_of_slices(struct arena *arena, const struct measure *measure)
{
    const struct slice *low = NULL, *high = NULL;
    for (size_t i = 0; i < measure->slice_count; i++) {
        const struct slice *slice = &measure->slices[i];
        if (!slice_shown(slice) || isnan(slice->score))
            continue;
        low = low == NULL || slice->value < low->value ? slice : low;
        high = high == NULL || slice->value > high->value ? slice : high;
    }
    if (low == NULL || high->value - low->value < 1e-6 * fabs(high->value))
        return (struct anchors){ 0 };
    double slope = (high->score - low->score) / (high->value - low->value);
    if (slope == 0)
        return (struct anchors){ 0 };
    for (size_t i = 0; i < measure->slice_count; i++) {
        const struct slice *slice = &measure->slices[i];
        double expected = low->score + (slice->value - low->value) * slope;
        if (slice_shown(slice) && fabs(slice->score - expected) > SCORE_SLACK)
            return (struct anchors){ 0 };
    }
    struct anchor *items = arena_array(arena, 2, sizeof(*items));
    double zero = low->value - low->score / slope, hundred = zero + 100 / slope;
    items[0] = (struct anchor){ .raw = fmin(zero, hundred), .score = slope > 0 ? 0 : 100 };
    items[1] = (struct anchor){ .raw = fmax(zero, hundred), .score = slope > 0 ? 100 : 0 };
    return (struct anchors){ .items = items, .count = 2 };
}

struct anchors scale_anchors(struct arena *arena, const struct stage_set *set,
                             const struct measure *measure)
{
    struct anchors anchors = sparkline_anchors(set, measure);
    return anchors.count > 0 ? anchors : anchors_of_slices(arena, measure);
}

/* ---- How far it reaches ---------------------------------------------------------- */

static void take_in(struct range *range, double value)
{
    if (!(fabs(value) <= LARGEST))
        return;
    range->low = fmin(range->low, value);
    range->high = fmax(range->high, value);
}

/* Takes a value in as far as that leaves `room` spans of what is there already. */
static void reach_for(struct range *range, const struct range *values, double room, double value)
{
    double span = values->high - values->low;
    double low = values->low - room * span, high = values->high + room * span;
    take_in(range, fmin(fmax(value, low), high));
}

static void take_in_slices(struct range *range, const struct measure *measure)
{
    for (size_t i = 0; measure != NULL && i < measure->slice_count; i++)
        if (slice_shown(&measure->slices[i]))
            take_in(range, measure->slices[i].value);
}

static struct range widen(struct range range)
{
    double most = fmax(fabs(range.low), fabs(range.high));
    double least = most > 0 ? most * LEVEL_SPAN : 1;
    double missing = least - (range.high - range.low);
    if (missing > 0) {
        range.low -= missing / 2;
        range.high += missing / 2;
    }
    return range;
}

static struct range range_of(const struct measure *measure, const struct measure *before,
                             const double *marks, size_t mark_count)
{
    struct range values = { .low = INFINITY, .high = -INFINITY };
    take_in_slices(&values, measure);
    take_in_slices(&values, before);
    if (values.low > values.high)
        values = (struct range){ 0, 1 };
    values = widen(values);
    struct range range = values;
    for (size_t i = 0; i < measure->slice_count; i++) {
        const struct slice *slice = &measure->slices[i];
        if (!slice_shown(slice))
            continue;
        reach_for(&range, &values, INTERVAL_ROOM, slice->value_lo);
        reach_for(&range, &values, INTERVAL_ROOM, slice->value_hi);
    }
    double span = range.high - range.low;
    for (size_t i = 0; i < mark_count; i++)
        if (marks[i] >= range.low - MARK_ROOM * span && marks[i] <= range.high + MARK_ROOM * span)
            take_in(&range, marks[i]);
    return range;
}

/* What cannot be below zero, or beyond its ends, has no scale there; `ends` are those of the scale
 * that answers are given on. */
static struct range cut_to_possible(struct range range, const struct measure *measure,
                                    struct anchors ends)
{
    bool share = measure->sample.kind == SAMPLE_SHARE || measure->sample.kind == SAMPLE_APDEX;
    bool all_positive = true;
    for (size_t i = 0; i < measure->slice_count; i++)
        all_positive = all_positive && !(measure->slices[i].value < 0);
    if (all_positive && range.low < (range.high - range.low) / 2)
        range.low = 0;
    if (share)
        range.high = fmin(range.high, 1);
    if (ends.count > 0) {
        range.low = fmax(range.low, ends.items[0].raw);
        range.high = fmin(range.high, ends.items[ends.count - 1].raw);
    }
    if (measure->sample.kind == SAMPLE_BALANCE) {
        range.low = fmax(range.low, -100);
        range.high = fmin(range.high, 100);
    }
    return range.low < range.high ? range : (struct range){ range.low, range.low + 1 };
}

/* The roundest step (1, 2, 5 times a power of ten) that makes no more than `most` of them. */
static double round_step(double span, int most)
{
    static const double rounds[] = { 1, 2, 5, 10 };
    double rough = span / most, power = pow(10, floor(log10(rough)));
    for (size_t i = 0; i < 4; i++)
        if (rounds[i] * power >= rough * (1 - 1e-9))
            return rounds[i] * power;
    return 10 * power;
}

struct scale scale_new(struct arena *arena, const struct stage_set *set,
                       const struct measure *measure, const struct measure *before,
                       const double *marks, size_t mark_count, int rows)
{
    struct anchors stated = sparkline_anchors(set, measure), ends = { 0 };
    if (stated.count == 0)
        ends = anchors_of_slices(arena, measure);
    struct range range =
        cut_to_possible(range_of(measure, before, marks, mark_count), measure, ends);
    int labels = rows / ROWS_PER_LABEL;
    struct scale scale = {
        .step = round_step(range.high - range.low, labels > 2 ? labels : 2),
        .anchors = stated.count > 0 ? stated : ends,
    };
    scale.low = floor(range.low / scale.step + 1e-9) * scale.step;
    scale.high = ceil(range.high / scale.step - 1e-9) * scale.step;
    scale.falling = anchors_direction(scale.anchors) < 0;
    return scale;
}

double scale_level(const struct scale *scale, double raw)
{
    if (isnan(raw))
        return NAN;
    double level = 100 * (raw - scale->low) / (scale->high - scale->low);
    level = fmin(fmax(level, 0), 100);
    return scale->falling ? 100 - level : level;
}

/* ---- Labels ---------------------------------------------------------------------- */

static int decimals_of(double step)
{
    int decimals = (int)ceil(-log10(step) - 1e-9);
    return decimals < 0 ? 0 : decimals > 6 ? 6 : decimals;
}

const char *scale_label(struct arena *arena, const struct scale *scale,
                        const struct metric *metric, const struct measure *measure, double value)
{
    if (wording_is_share(metric, measure))
        return locale_percent(arena, value, decimals_of(scale->step * 100));
    double most = fmax(fabs(scale->low), fabs(scale->high));
    if (most < POWER_FROM)
        return locale_number(arena, value, decimals_of(scale->step));
    double power = floor(log10(most) / 3) * 3, unit = pow(10, power);
    if (value == 0)
        return "0";
    return arena_printf(arena, "%se%.0f",
                        locale_number(arena, value / unit, decimals_of(scale->step / unit)), power);
}
