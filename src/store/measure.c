/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/measure.h>

#include <math.h>

#include <stellwerk/base/time.h>
#include <stellwerk/store/series.h>

#include "survey.h"

/* What store_measure() wishes for. */
static const struct series_wish everything = { NONE, NONE, NONE, PERIOD_ALL, NULL };

static struct measure nothing_yet(int touchpoint, int metric)
{
    return (struct measure){
        .touchpoint = touchpoint,
        .metric = metric,
        .status = MEASURE_NO_ROWS,
        .value = NAN,
        .value_lo = NAN,
        .value_hi = NAN,
        .score = NAN,
        .score_lo = NAN,
        .score_hi = NAN,
        .score_se = NAN,
        .change = { .value = NAN, .lo = NAN, .hi = NAN, .before = NAN, .p = NAN, .adjusted = NAN },
        .oldest = TIME_NONE,
        .newest = TIME_NONE,
    };
}

static bool is_wished(const struct series_wish *wish, int touchpoint, int metric)
{
    return (wish->touchpoint == NONE || wish->touchpoint == touchpoint) &&
           (wish->metric == NONE || wish->metric == metric);
}

static void list_measures(struct survey *survey)
{
    const struct journey *journey = survey->journey;
    struct figures *figures = survey->figures;
    size_t count = 0;
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        count += journey->touchpoints[i].metrics.count;
    figures->measures = arena_array(&figures->arena, count, sizeof(*figures->measures));
    for (int i = 0; i < (int)journey->touchpoint_count; i++) {
        struct indices metrics = journey->touchpoints[i].metrics;
        for (size_t j = 0; j < metrics.count; j++)
            if (is_wished(survey->wish, i, metrics.items[j]))
                figures->measures[figures->measure_count++] = nothing_yet(i, metrics.items[j]);
    }
}

static bool find_words(struct survey *survey, struct error *err)
{
    const struct journey *journey = survey->journey;
    const struct lens *lens = survey->lens;
    survey->touchpoints = arena_array(&survey->scratch, journey->touchpoint_count,
                                      sizeof(*survey->touchpoints));
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        if (!dictionary_number(&survey->dictionary, journey->touchpoints[i].id,
                               &survey->touchpoints[i], err))
            return false;
    if (lens->persona != NONE &&
        !dictionary_number(&survey->dictionary, journey->personas[lens->persona].id,
                           &survey->persona, err))
        return false;
    if (lens->context != NONE &&
        !dictionary_number(&survey->dictionary, journey->contexts[lens->context].id,
                           &survey->context, err))
        return false;
    if (survey->wish->variant != NULL &&
        !dictionary_number(&survey->dictionary, survey->wish->variant, &survey->variant, err))
        return false;
    return survey->wish->channel == NONE ||
           dictionary_number(&survey->dictionary, journey->channels[survey->wish->channel].id,
                             &survey->channel, err);
}

/* The days that slices cut: the lens's, as far as the store has rows; today's where it has none. */
static bool find_span(struct survey *survey, struct error *err)
{
    struct figures *figures = survey->figures;
    struct period period = survey->lens->period;
    if (!sql_integer(survey->store, "SELECT min(oldest) FROM batch", TIME_NONE, &figures->oldest,
                     err) ||
        !sql_integer(survey->store, "SELECT max(newest) FROM batch", TIME_NONE, &figures->newest,
                     err))
        return false;
    if (!sql_integer(survey->store, "SELECT max(newest) FROM batch WHERE kind = 'events'",
                     survey->now, &survey->end, err))
        return false;
    bool empty = figures->oldest == TIME_NONE || figures->newest < figures->oldest;
    int32_t first = time_day(empty ? survey->now : figures->oldest);
    int32_t last = time_day(empty ? survey->now : figures->newest);
    if (period.first > first)
        first = period.first;
    if (period.last < last)
        last = period.last;
    last = last < first ? first : last;
    survey->slices = survey->overview ? slices_cut(first, last)
                                      : slices_cut_by(survey->wish->unit, first, last);
    figures->wish.unit = survey->slices.unit;
    survey->as_of = survey->now;
    if (period.last < time_day(survey->now))
        survey->as_of = ((int64_t)period.last + 1) * TIME_US_PER_DAY;
    return true;
}

static bool measure_all(struct survey *survey, struct error *err)
{
    if (!find_words(survey, err) || !find_span(survey, err))
        return false;
    for (size_t i = 0; i < survey->journey->metric_count; i++)
        if (!sql_go_on(survey->store, err) || !survey_metric(survey, i, err))
            return false;
    return true;
}

/* `wish` NULL: everything, in the few slices of a sparkline. */
static struct figures *measure_period(struct store *store, const struct journey *journey,
                                      const struct lens *lens, const struct series_wish *wish,
                                      struct error *err)
{
    struct survey survey = {
        .store = store,
        .journey = journey,
        .lens = lens,
        .wish = wish != NULL ? wish : &everything,
        .overview = wish == NULL,
        .figures = figures_create(),
        .now = time_now(),
    };
    survey.figures->lens = *lens;
    survey.figures->wish = *survey.wish;
    arena_init(&survey.scratch);
    dictionary_init(&survey.dictionary, store, false);
    list_measures(&survey);
    bool good = measure_all(&survey, err);
    dictionary_finish(&survey.dictionary);
    arena_finish(&survey.scratch);
    if (good)
        return survey.figures;
    figures_destroy(survey.figures);
    return NULL;
}

/* The lens on the period before, where there is one that the store has rows of. */
static bool step_back(const struct figures *figures, struct lens *out)
{
    struct period period = figures->lens.period;
    *out = figures->lens;
    out->period = period_step(period, -1);
    bool bounded = period.first != INT32_MIN && period.last != INT32_MAX;
    return bounded && figures->oldest != TIME_NONE && out->period.last < period.first &&
           out->period.last >= time_day(figures->oldest);
}

static struct figures *measure(struct store *store, const struct journey *journey,
                               const struct lens *lens, const struct series_wish *wish,
                               struct error *err)
{
    struct lens before;
    struct series_wish same; /* in slices of the same unit */
    struct figures *figures = measure_period(store, journey, lens, wish, err);
    if (figures == NULL || !step_back(figures, &before))
        return figures;
    same = figures->wish;
    figures->before = measure_period(store, journey, &before, wish != NULL ? &same : NULL, err);
    if (figures->before != NULL)
        return figures;
    figures_destroy(figures);
    return NULL;
}

struct figures *store_measure(struct store *store, const struct journey *journey,
                              const struct lens *lens, struct error *err)
{
    return measure(store, journey, lens, NULL, err);
}

/* ---- Series ---------------------------------------------------------------------- */

/* Fewer slices than these show no course. */
#define SLICES_LEAST 4

/* Half of the metrics or more would show nothing in most of their slices. */
static bool is_too_fine(const struct figures *figures)
{
    size_t thin = 0, thick = 0;
    for (size_t i = 0; i < figures->measure_count; i++) {
        const struct measure *measure = &figures->measures[i];
        enum sample_kind kind = measure->sample.kind;
        if (measure->slice_count == 0)
            continue;
        bool adds_up = kind == SAMPLE_COUNT || kind == SAMPLE_SUM;
        if (!adds_up && measure->n < METRIC_HIDDEN_N * (uint64_t)measure->slice_count)
            thin++;
        else
            thick++;
    }
    return thin > 0 && thin >= thick;
}

/* The next coarser unit, where it leaves enough slices; else the same. */
static enum period_kind coarser(const struct figures *figures)
{
    enum period_kind unit = figures->wish.unit;
    for (size_t i = 0; i < figures->measure_count && unit < PERIOD_QUARTER; i++) {
        const struct measure *measure = &figures->measures[i];
        if (measure->slice_count == 0)
            continue;
        struct slices slices =
            slices_cut_by((enum period_kind)(unit + 1), measure->slices[0].first_day,
                          measure->slices[measure->slice_count - 1].last_day);
        return slices.count >= SLICES_LEAST ? slices.unit : unit;
    }
    return unit;
}

struct figures *store_series_alone(struct store *store, const struct journey *journey,
                                   const struct lens *lens, const struct series_wish *wish,
                                   struct error *err)
{
    return measure_period(store, journey, lens, wish, err);
}

struct figures *store_series(struct store *store, const struct journey *journey,
                             const struct lens *lens, const struct series_wish *wish,
                             struct error *err)
{
    struct figures *figures = measure(store, journey, lens, wish, err);
    while (figures != NULL && wish->unit == PERIOD_ALL && is_too_fine(figures)) {
        struct series_wish wider = figures->wish;
        wider.unit = coarser(figures);
        if (wider.unit == figures->wish.unit)
            break;
        figures_destroy(figures);
        figures = measure(store, journey, lens, &wider, err);
    }
    return figures;
}
