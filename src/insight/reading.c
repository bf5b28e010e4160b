/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/reading.h>

#include <assert.h>
#include <math.h>
#include <string.h>

#include <stellwerk/insight/composite.h>
#include <stellwerk/insight/distribution.h>

/* ---- Expectation and estimate, as the map has them ------------------------ */

/* A persona weighs its share of customers; where one of those concerned has none, all weigh 1. */
static double persona_weight(const struct journey *journey, size_t persona, bool shares)
{
    return shares ? journey->personas[persona].share : 1;
}

/* What a touchpoint says under a lens, and on what evidence; false for nothing. */
typedef bool said_fn(const struct touchpoint *touchpoint, const struct lens *lens, double *low,
                     double *high, enum evidence *evidence);

static bool said_expectation(const struct touchpoint *touchpoint, const struct lens *lens,
                             double *low, double *high, enum evidence *evidence)
{
    const struct expectation *said = touchpoint_expectation(touchpoint, lens);
    if (!said)
        return false;
    *low = said->adequate;
    *high = said->desired;
    *evidence = said->evidence;
    return true;
}

static bool said_experience(const struct touchpoint *touchpoint, const struct lens *lens,
                            double *low, double *high, enum evidence *evidence)
{
    const struct experience *said = touchpoint_experience(touchpoint, lens);
    if (!said)
        return false;
    *low = *high = said->score;
    *evidence = said->evidence;
    return true;
}

/* The weakest grade of two: a mean is no better founded than its worst part. */
static enum evidence weaker(enum evidence a, enum evidence b)
{
    if (a == EVIDENCE_NONE || b == EVIDENCE_NONE)
        return EVIDENCE_NONE;
    return a > b ? a : b;
}

static bool mean_of_personas(const struct journey *journey, const struct touchpoint *touchpoint,
                             const struct lens *lens, said_fn *said, double *low, double *high,
                             enum evidence *evidence)
{
    bool shares = true;
    size_t found = 0;
    double weights = 0, lows = 0, highs = 0;

    for (size_t pass = 0; pass < 2; pass++) { /* first who speaks, then what they say */
        for (size_t i = 0; i < journey->persona_count; i++) {
            struct lens own = *lens;
            double a, b;
            enum evidence grade;
            own.persona = (int)i;
            if (!said(touchpoint, &own, &a, &b, &grade))
                continue;
            if (pass == 0) {
                shares = shares && journey->personas[i].share > 0;
                *evidence = found++ ? weaker(*evidence, grade) : grade;
            } else {
                double weight = persona_weight(journey, i, shares);
                weights += weight;
                lows += weight * a;
                highs += weight * b;
            }
        }
    }
    if (!found)
        return false;
    *low = lows / weights;
    *high = highs / weights;
    return true;
}

static double weight_or(double importance, double otherwise)
{
    return isnan(importance) ? otherwise : importance;
}

static bool mean_of_aspects(struct arena *arena, const struct touchpoint *touchpoint,
                            bool expectation, double *out)
{
    struct composite_part *parts = arena_array(arena, touchpoint->aspect_count, sizeof *parts);
    for (size_t i = 0; i < touchpoint->aspect_count; i++) {
        const struct aspect *aspect = &touchpoint->aspects[i];
        parts[i] = (struct composite_part){
            .score = expectation ? aspect->expectation : aspect->experience,
            .se = 0,
            .weight = weight_or(aspect->importance, 1),
        };
    }
    struct composite mean = composite_of(parts, touchpoint->aspect_count);
    *out = mean.mean;
    return mean.counted > 0;
}

static enum origin figure_of_map(struct arena *arena, const struct journey *journey,
                                 const struct touchpoint *touchpoint, const struct lens *lens,
                                 said_fn *said, double *low, double *high, enum evidence *evidence)
{
    *low = *high = NAN;
    *evidence = EVIDENCE_NONE;
    if (said(touchpoint, lens, low, high, evidence))
        return ORIGIN_STATED;
    if (lens->persona == NONE &&
        mean_of_personas(journey, touchpoint, lens, said, low, high, evidence))
        return ORIGIN_PERSONAS;
    if (mean_of_aspects(arena, touchpoint, said == said_expectation, low)) {
        *high = *low;
        return ORIGIN_ASPECTS;
    }
    return ORIGIN_NONE;
}

/* ---- What was measured ---------------------------------------------------- */

static double metric_weight(const struct touchpoint *touchpoint, const struct metric *metric)
{
    for (size_t i = 0; metric->aspect && i < touchpoint->aspect_count; i++)
        if (strcmp(touchpoint->aspects[i].id, metric->aspect) == 0)
            return weight_or(touchpoint->aspects[i].importance, 1);
    return 1;
}

static int64_t older(int64_t a, int64_t b)
{
    if (a == TIME_NONE || b == TIME_NONE)
        return a == TIME_NONE ? b : a;
    return a < b ? a : b;
}

/* Takes one scored metric into the touchpoint's figure, all but its score itself. */
static void measured_add(struct measured *measured, const struct measure *measure)
{
    bool first = measured->metrics++ == 0;
    if (first || measure->status > measured->status)
        measured->status = measure->status;
    if (first || measure->n < measured->n)
        measured->n = measure->n;
    measured->newest = older(measured->newest, measure->newest);
    measured->lo = measure->score_lo;
    measured->hi = measure->score_hi;
    measured->of_aggregate |= measure->score_of_aggregate;
    measured->persona_ignored |= measure->persona_ignored;
    measured->context_ignored |= measure->context_ignored;
    measured->stale |= measure->stale;
}

/* Why there is no score: the most telling status of the metrics that could have given one. */
static void measured_explain(struct measured *measured, const struct measure *measure)
{
    if (measure->status == MEASURE_HIDDEN && measured->status != MEASURE_HIDDEN) {
        measured->status = MEASURE_HIDDEN;
        measured->n = measure->n;
    } else if (measured->status == MEASURE_NO_ROWS && measure->status >= MEASURE_UNSUPPORTED) {
        measured->status = measure->status;
    }
}

static struct measured measured_of(struct arena *arena, const struct journey *journey,
                                   const struct figures *figures, size_t touchpoint)
{
    const struct touchpoint *at = &journey->touchpoints[touchpoint];
    struct measured measured = {.status = MEASURE_NO_ROWS,
                                .score = NAN,
                                .lo = NAN,
                                .hi = NAN,
                                .se = NAN,
                                .newest = TIME_NONE};
    struct measured why = measured;
    struct composite_part *parts = arena_array(arena, at->metrics.count, sizeof *parts);

    for (size_t i = 0; i < at->metrics.count; i++) {
        int index = at->metrics.items[i];
        const struct measure *measure = figures_find(figures, (int)touchpoint, index);
        if (!measure)
            continue;
        if (measure->status > MEASURE_SMALL) {
            measured_explain(&why, measure);
        } else if (!isnan(measure->score)) {
            parts[measured.metrics] = (struct composite_part){
                .score = measure->score,
                .se = measure->score_se,
                .weight = metric_weight(at, &journey->metrics[index]),
            };
            measured_add(&measured, measure);
        } else if (!isnan(measure->value)) { /* a wait of which too few have ended has none */
            why.unscored = true;
        }
    }
    if (measured.metrics == 0)
        return why;

    struct composite mean = composite_of(parts, measured.metrics);
    measured.score = mean.mean;
    measured.se = mean.se;
    if (measured.metrics > 1) { /* one metric keeps its own interval, which need not be symmetric */
        struct interval interval = interval_clamp(
            interval_around(mean.mean, Z_95 * mean.se), 0, 100);
        measured.lo = interval.low;
        measured.hi = interval.high;
    }
    return measured;
}

/* ---- The gap --------------------------------------------------------------- */

/* The edge of the zone that a score has left; the score itself while it is inside. */
static double edge_of(const struct reading *reading, double score)
{
    return score - gap_outside_tolerance(score, reading->adequate, reading->desired);
}

static struct gap gap_of(const struct reading *reading, double score, double lo, double hi)
{
    if (isnan(score) || isnan(reading->adequate))
        return (struct gap){.value = NAN, .lo = NAN, .hi = NAN};
    double edge = edge_of(reading, score);
    return (struct gap){
        .value = score - edge,
        .lo = lo - edge,
        .hi = hi - edge,
        .inside = score == edge,
    };
}

static struct gap_split split_of(const struct reading *reading)
{
    bool measured;
    struct gap gap = reading_gap(reading, &measured);
    double score = gap.inside ? NAN : measured ? reading->measured.score : reading->estimated;
    return gap_split(&(struct gap_inputs){
        .expectation = gap.inside ? NAN : edge_of(reading, score),
        .promise = reading->promise,
        .standard = reading->standard,
        .experience = score,
    });
}

double reading_felt(const struct reading *reading)
{
    return isnan(reading->estimated) ? reading->measured.score : reading->estimated;
}

struct gap reading_gap(const struct reading *reading, bool *measured)
{
    bool is_measured = !isnan(reading->gap_measured.value);
    if (measured)
        *measured = is_measured;
    return is_measured ? reading->gap_measured : reading->gap_estimated;
}

/* ---- The journey ------------------------------------------------------------ */

static bool broken_before(const struct journey *journey, size_t touchpoint)
{
    int channel = journey->touchpoints[touchpoint].channel;
    for (size_t i = touchpoint; i-- > 0;)
        if (journey->touchpoints[i].channel != NONE)
            return journey_media_break(journey, journey->touchpoints[i].channel, channel);
    return false;
}

/* Importance that nobody stated weighs like the mean of those that were. */
static double usual_importance(const struct journey *journey)
{
    double sum = 0;
    size_t stated = 0;
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        double importance = journey->touchpoints[i].importance;
        if (!isnan(importance)) {
            sum += importance;
            stated++;
        }
    }
    return stated && sum > 0 ? sum / (double)stated : 1;
}

static struct reading reading_of(struct arena *arena, const struct journey *journey,
                                 const struct figures *figures, const struct lens *lens,
                                 size_t touchpoint, double usual)
{
    const struct touchpoint *at = &journey->touchpoints[touchpoint];
    struct reading reading = {
        .promise = at->promise.pos.line ? at->promise.score : NAN,
        .standard = at->standard,
        .importance = weight_or(at->importance, usual),
        .measured = measured_of(arena, journey, figures, touchpoint),
        .media_break = broken_before(journey, touchpoint),
    };
    double same;
    reading.expected_from =
        figure_of_map(arena, journey, at, lens, said_expectation, &reading.adequate,
                      &reading.desired, &reading.expected_evidence);
    reading.estimated_from = figure_of_map(arena, journey, at, lens, said_experience,
                                           &reading.estimated, &same, &reading.estimated_evidence);

    const struct measured *measured = &reading.measured;
    reading.gap_estimated = gap_of(&reading, reading.estimated, NAN, NAN);
    reading.gap_measured = gap_of(&reading, measured->score, measured->lo, measured->hi);
    reading.estimate_outside =
        reading.estimated < measured->lo || reading.estimated > measured->hi;
    reading.split = split_of(&reading);
    return reading;
}

static void summarise(struct arena *arena, struct readings *readings)
{
    struct composite_part *parts = arena_array(arena, readings->count, sizeof *parts);
    readings->peak = readings->end = readings->weakest = NONE;
    for (size_t i = 0; i < readings->count; i++) {
        double felt = reading_felt(&readings->items[i]);
        parts[i] = (struct composite_part){
            .score = felt,
            .se = NAN,
            .weight = readings->items[i].importance,
        };
        if (isnan(felt))
            continue;
        if (readings->peak == NONE || felt > reading_felt(&readings->items[readings->peak]))
            readings->peak = (int)i;
        if (readings->weakest == NONE || felt < reading_felt(&readings->items[readings->weakest]))
            readings->weakest = (int)i;
        readings->end = (int)i;
    }
    readings->score = composite_of(parts, readings->count).mean;
}

struct readings *readings_new(struct arena *arena, const struct journey *journey,
                              const struct figures *figures, const struct lens *lens)
{
    struct readings *readings = arena_alloc(arena, sizeof *readings);
    double usual = usual_importance(journey);
    readings->count = journey->touchpoint_count;
    readings->items = arena_array(arena, readings->count, sizeof *readings->items);
    for (size_t i = 0; i < readings->count; i++)
        readings->items[i] = reading_of(arena, journey, figures, lens, i, usual);
    summarise(arena, readings);
    return readings;
}
