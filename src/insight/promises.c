/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/promises.h>

#include <math.h>
#include <stdlib.h>

#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/mean.h>

const char *promise_state_name(enum promise_state state)
{
    static const char *const names[PROMISE_STATE_COUNT] = {
        [PROMISE_COSTS] = "costs",     [PROMISE_HARMLESS] = "harmless", [PROMISE_KEPT] = "kept",
        [PROMISE_UNKNOWN] = "unknown", [PROMISE_NONE] = "none",
    };
    return names[state];
}

/* ---- What a claim costs ------------------------------------------------------------ */

/* A gap that reads as none is none. */
#define GAP_LEAST 0.5

static bool is_met(const struct promise_row *row)
{
    return row->gap.value > -GAP_LEAST;
}

/* Where the expectation is met nothing is to be explained, so nothing is missing for it. */
static unsigned missing_of(const struct promise_row *row, const struct reading *reading)
{
    if (is_met(row))
        return 0;
    return (isnan(reading->adequate) ? GAP_EXPECTATION : 0u) |
           (isnan(row->promised) ? GAP_PROMISE : 0u) |
           (isnan(reading->standard) ? GAP_STANDARD : 0u) |
           (isnan(row->experience) ? GAP_EXPERIENCE : 0u);
}

static enum promise_state state_of(const struct promise_row *row)
{
    if (row->promise == NULL)
        return PROMISE_NONE;
    if (row->missing != 0)
        return PROMISE_UNKNOWN;
    if (is_met(row))
        return PROMISE_KEPT;
    return row->split.promise < 0 ? PROMISE_COSTS : PROMISE_HARMLESS;
}

static double cost_of(const struct promise_row *row)
{
    if (row->state == PROMISE_UNKNOWN || row->state == PROMISE_NONE)
        return NAN;
    return row->state == PROMISE_COSTS ? -row->split.promise : 0;
}

/* The reading's; with what customers heard where the map says nothing, as long as there is a gap
 * to explain. */
static struct gap_split split_of(const struct promise_row *row, const struct reading *reading)
{
    if (!row->promised_heard || isnan(reading->split.gap))
        return reading->split;
    return gap_split(&(struct gap_inputs){
        .expectation = row->experience - reading->split.gap,
        .promise = row->promised,
        .standard = reading->standard,
        .experience = row->experience,
    });
}

static bool is_known(const struct heard *heard)
{
    return heard != NULL && !isnan(heard->mean);
}

/* Points of M above S, whose interval is M's. */
static struct estimate heard_cost(const struct promise_row *row, const struct reading *reading)
{
    const struct heard *heard = row->heard;
    if (!is_known(heard) || isnan(reading->standard) || is_met(row) || isnan(row->gap.value))
        return estimate_unknown(heard != NULL ? (double)heard->n : 0);
    double above = heard->mean - reading->standard;
    struct interval interval = { heard->lo - reading->standard, heard->hi - reading->standard };
    return (struct estimate){
        .value = fmax(0, above),
        .se = NAN,
        .n = (double)heard->n,
        .interval = interval_clamp(interval, 0, 100),
    };
}

static void compare_with_heard(struct promise_row *row, const struct reading *reading)
{
    const struct heard *heard = row->heard;
    row->promised_heard = isnan(reading->promise) && is_known(heard);
    row->promised = row->promised_heard ? heard->mean : reading->promise;
    row->claim_outside = is_known(heard) && !isnan(heard->lo) &&
                         (reading->promise < heard->lo || reading->promise > heard->hi);
}

static void weigh(struct promise_row *row, const struct reading *reading)
{
    row->reading = reading;
    row->gap = reading_gap(reading, &row->measured);
    row->experience = row->measured ? reading->measured.score : reading_felt(reading);
    compare_with_heard(row, reading);
    row->split = split_of(row, reading);
    row->heard_cost = heard_cost(row, reading);
    row->missing = missing_of(row, reading);
    row->state = state_of(row);
    row->cost = cost_of(row);
    row->weighted = row->cost * reading->importance;
}

/* ---- The rows ---------------------------------------------------------------------- */

static bool has_claim(const struct touchpoint *touchpoint)
{
    return touchpoint->promise.pos.line != 0;
}

static void find_voices(const struct voices *voices, struct promise_row *row)
{
    for (size_t i = 0; voices != NULL && i < voices->count; i++) {
        if (voices->items[i].touchpoint != row->touchpoint)
            continue;
        row->voices = row->voice_count == 0 ? &voices->items[i] : row->voices;
        row->voice_count++;
    }
}

static const struct heard *heard_at(const struct voices *voices, int touchpoint)
{
    if (voices == NULL || touchpoint == NONE || (size_t)touchpoint >= voices->heard_count)
        return NULL;
    return voices->heard[touchpoint].n > 0 ? &voices->heard[touchpoint] : NULL;
}

static void add_row(struct promises *promises, const struct journey *journey,
                    const struct readings *readings, int touchpoint)
{
    struct promise_row row = { .touchpoint = touchpoint,
                               .promised = NAN,
                               .heard = heard_at(promises->voices, touchpoint),
                               .heard_cost = estimate_unknown(0),
                               .cost = NAN,
                               .weighted = NAN,
                               .experience = NAN,
                               .state = PROMISE_NONE };
    const struct touchpoint *at = touchpoint != NONE ? &journey->touchpoints[touchpoint] : NULL;
    find_voices(promises->voices, &row);
    bool claims = at != NULL && has_claim(at);
    bool earned = at != NULL && at->media == MEDIA_EARNED;
    if (!claims && !earned && row.voice_count == 0 && row.heard == NULL)
        return;
    if (claims)
        row.promise = &at->promise;
    if (at != NULL) {
        row.media = claims && at->promise.media != MEDIA_NONE ? at->promise.media : at->media;
        weigh(&row, &readings->items[touchpoint]);
    }
    promises->items[promises->count++] = row;
    promises->claims += claims;
    promises->by_media[row.media] += claims;
}

static int compare_rows(const void *a, const void *b)
{
    const struct promise_row *x = a, *y = b;
    if (x->state != y->state)
        return x->state < y->state ? -1 : 1;
    if (x->state == PROMISE_COSTS && x->weighted != y->weighted)
        return x->weighted > y->weighted ? -1 : 1;
    unsigned here = (unsigned)x->touchpoint, there = (unsigned)y->touchpoint; /* NONE last */
    return (here > there) - (here < there);
}

struct promises promises_new(struct arena *arena, const struct journey *journey,
                             const struct readings *readings, const struct voices *voices)
{
    struct promises promises = {
        .items = arena_array(arena, journey->touchpoint_count + 1, sizeof(*promises.items)),
        .voices = voices,
    };
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        add_row(&promises, journey, readings, (int)i);
    add_row(&promises, journey, readings, NONE);
    if (promises.count > 1)
        qsort(promises.items, promises.count, sizeof(*promises.items), compare_rows);
    return promises;
}

/* ---- Voices ------------------------------------------------------------------------ */

static void complete_heard(struct heard *heard)
{
    heard->mean = heard->lo = heard->hi = NAN;
    if (heard->n < METRIC_HIDDEN_N)
        return;
    struct estimate mean = mean_estimate(heard->scores, CONFIDENCE_95);
    struct interval interval = interval_clamp(mean.interval, 0, 100);
    heard->mean = mean.value;
    heard->lo = interval.low;
    heard->hi = interval.high;
}

void voices_complete(struct voices *voices)
{
    for (size_t i = 0; i < voices->count; i++) {
        struct rating *voice = &voices->items[i];
        struct moments moments = { 0 };
        voice->mean = voice->lo = voice->hi = NAN;
        if (voice->n < METRIC_HIDDEN_N)
            continue;
        for (size_t k = 0; k < voice->bin_count; k++)
            moments_add_weighted(&moments, voice->bins[k].value, (double)voice->bins[k].count);
        struct estimate mean = mean_estimate(moments, CONFIDENCE_95);
        struct interval interval =
            interval_clamp(mean.interval, voice->scale_min, voice->scale_max);
        voice->mean = mean.value;
        voice->lo = interval.low;
        voice->hi = interval.high;
    }
    for (size_t i = 0; i < voices->heard_count; i++)
        complete_heard(&voices->heard[i]);
}
