/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/consistency.h>

#include <math.h>
#include <stdlib.h>

#include <stellwerk/insight/composite.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/estimate.h>
#include <stellwerk/insight/multiple.h>

const char *agreement_name(enum agreement agreement)
{
    static const char *const names[AGREEMENT_COUNT] = {
        [AGREEMENT_DIFFERS] = "differs",
        [AGREEMENT_HOLDS] = "holds",
        [AGREEMENT_UNTESTED] = "untested",
    };
    return names[agreement];
}

/* ---- What a channel was measured to be ------------------------------------------------- */

/* In how many channels each measure has a score, and the most of any at each touchpoint. */
struct reach {
    size_t *measures, *touchpoints;
};

/* Rows that do not know their channel are the touchpoint's own. */
static bool is_of_channel(const struct journey *journey, const struct measure *measure,
                          size_t channel)
{
    return !isnan(measure->score) &&
           (!measure->channel_ignored ||
            journey->touchpoints[measure->touchpoint].channel == (int)channel);
}

static struct reach reach_of(struct arena *scratch, const struct journey *journey,
                             struct figures *const *channels)
{
    size_t count = journey->channel_count > 0 ? channels[0]->measure_count : 0;
    struct reach reach = {
        .measures = arena_array(scratch, count, sizeof(size_t)),
        .touchpoints = arena_array(scratch, journey->touchpoint_count, sizeof(size_t)),
    };
    for (size_t i = 0; i < count; i++) {
        size_t *most = &reach.touchpoints[channels[0]->measures[i].touchpoint];
        for (size_t c = 0; c < journey->channel_count; c++)
            reach.measures[i] += is_of_channel(journey, &channels[c]->measures[i], c);
        *most = reach.measures[i] > *most ? reach.measures[i] : *most;
    }
    return reach;
}

/* Its figures. Like is compared with like: a metric that one channel has alone does not count
 * where another metric has several. */
static const struct readings *read_channel(struct arena *scratch, const struct journey *journey,
                                           const struct lens *lens, const struct figures *figures,
                                           size_t channel, const struct reach *reach)
{
    struct figures own = { .lens = *lens, .measure_count = figures->measure_count };
    own.measures = arena_array(scratch, own.measure_count, sizeof(*own.measures));
    for (size_t i = 0; i < own.measure_count; i++) {
        struct measure *measure = &own.measures[i];
        *measure = figures->measures[i];
        bool alone = reach->measures[i] < 2 && reach->touchpoints[measure->touchpoint] > 1;
        if (is_of_channel(journey, measure, channel) && !alone)
            continue;
        measure->status = MEASURE_NO_ROWS;
        measure->score = measure->score_lo = measure->score_hi = measure->score_se = NAN;
    }
    return readings_new(scratch, journey, &own, lens);
}

struct comparing {
    struct arena *arena, scratch;
    const struct journey *journey;
    const struct readings **readings; /* by channel */
    struct consistency *found;
    size_t capacity;
};

static struct channel_score score_of(struct comparing *comparing, size_t channel, size_t first,
                                     size_t count)
{
    const struct readings *readings = comparing->readings[channel];
    struct composite_part *parts = arena_array(&comparing->scratch, count, sizeof(*parts));
    struct channel_score out = { .channel = (int)channel };
    for (size_t i = 0; i < count; i++) {
        const struct reading *reading = &readings->items[first + i];
        parts[i] = (struct composite_part){
            .score = reading->measured.score,
            .se = reading->measured.se,
            .weight = reading->importance,
        };
        if (isnan(reading->measured.score))
            continue;
        out.n = out.touchpoints == 0 || reading->measured.n < out.n ? reading->measured.n : out.n;
        out.touchpoints++;
    }
    struct composite mean = composite_of(parts, count);
    struct interval interval = interval_clamp(interval_around(mean.mean, Z_95 * mean.se), 0, 100);
    out.score = mean.mean;
    out.se = mean.se;
    out.lo = interval.low;
    out.hi = interval.high;
    return out;
}

/* ---- A row ------------------------------------------------------------------------------ */

static int by_score(const void *a, const void *b)
{
    const struct channel_score *left = a, *right = b;
    if (left->score != right->score)
        return left->score > right->score ? -1 : 1;
    return left->channel - right->channel;
}

/* Was each channel measured wherever another one was? */
static void find_places(const struct comparing *comparing, struct consistency_row *row,
                        size_t first, size_t count)
{
    for (size_t i = first; i < first + count; i++)
        for (size_t c = 0; c < comparing->journey->channel_count; c++)
            if (!isnan(comparing->readings[c]->items[i].measured.score)) {
                row->touchpoints++;
                break;
            }
    row->same_touchpoints = true;
    for (size_t i = 0; i < row->count; i++)
        row->same_touchpoints &= row->channels[i].touchpoints == row->touchpoints;
}

static void test_row(struct comparing *comparing, struct consistency_row *row)
{
    struct measured_score *groups = arena_array(&comparing->scratch, row->count, sizeof(*groups));
    for (size_t i = 0; i < row->count; i++)
        groups[i] = (struct measured_score){ row->channels[i].score, row->channels[i].se };
    row->test = heterogeneity_of(groups, row->count);
}

/* Of touchpoints from `first` on; fewer channels than `least` are no row. */
static void add_row(struct comparing *comparing, int stage, int touchpoint, size_t first,
                    size_t count, size_t least)
{
    struct consistency *found = comparing->found;
    struct consistency_row row = { .stage = stage, .touchpoint = touchpoint };
    size_t channels = comparing->journey->channel_count;
    row.channels = arena_array(comparing->arena, channels, sizeof(*row.channels));
    for (size_t i = 0; i < channels; i++) {
        struct channel_score score = score_of(comparing, i, first, count);
        if (!isnan(score.score))
            row.channels[row.count++] = score;
    }
    if (row.count < least)
        return;
    qsort(row.channels, row.count, sizeof(*row.channels), by_score);
    find_places(comparing, &row, first, count);
    test_row(comparing, &row);
    found->items = arena_grow(comparing->arena, found->items, found->count, &comparing->capacity,
                              sizeof(*found->items));
    found->items[found->count++] = row;
}

static void compare_stage(struct comparing *comparing, size_t index)
{
    const struct stage *stage = &comparing->journey->stages[index];
    size_t size = comparing->found->count;
    add_row(comparing, (int)index, NONE, stage->first, stage->count, 1);
    if (comparing->found->count > size && comparing->found->items[size].touchpoints > 1)
        for (size_t i = stage->first; i < stage->first + stage->count; i++)
            add_row(comparing, (int)index, (int)i, i, 1, 2);
    arena_reset(&comparing->scratch);
}

/* ---- All of them -------------------------------------------------------------------------- */

static void judge(struct arena *scratch, struct consistency *found)
{
    double *p = arena_array(scratch, found->count, sizeof(*p));
    for (size_t i = 0; i < found->count; i++)
        p[i] = found->items[i].test.p;
    adjust_p_values(p, found->count, p);
    for (size_t i = 0; i < found->count; i++) {
        struct consistency_row *row = &found->items[i];
        row->adjusted = p[i];
        row->agreement = isnan(p[i])                ? AGREEMENT_UNTESTED
                         : p[i] <= CONSISTENCY_SURE ? AGREEMENT_DIFFERS
                                                    : AGREEMENT_HOLDS;
        found->counts[row->agreement]++;
    }
}

struct consistency *consistency_new(struct arena *arena, const struct journey *journey,
                                    const struct lens *lens, struct figures *const *channels)
{
    struct arena read;
    struct consistency *found = arena_alloc(arena, sizeof(*found));
    struct comparing comparing = { .arena = arena, .journey = journey, .found = found };
    arena_init(&read);
    arena_init(&comparing.scratch);
    comparing.readings = arena_array(&read, journey->channel_count, sizeof(*comparing.readings));
    const struct reach reach = reach_of(&read, journey, channels);
    for (size_t i = 0; i < journey->channel_count; i++)
        comparing.readings[i] = read_channel(&read, journey, lens, channels[i], i, &reach);
    for (size_t i = 0; i < journey->stage_count; i++)
        compare_stage(&comparing, i);
    judge(&comparing.scratch, found);
    arena_finish(&comparing.scratch);
    arena_finish(&read);
    return found;
}
