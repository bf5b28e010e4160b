/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/silos.h>

#include <stdlib.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/insight/reading.h>
#include <stellwerk/store/sequences.h>
#include <stellwerk/store/series.h>

static struct figures *measure(struct store *store, const struct journey *journey,
                               const struct lens *lens, const struct series_wish *wish,
                               struct error *err)
{
    struct figures *figures = store_series(store, journey, lens, wish, err);
    if (figures != NULL)
        figures_complete(figures);
    return figures;
}

/* ---- Over time --------------------------------------------------------------------- */

/* Fewer rows in a period than this, in the mean, and many periods have too few to be shown. */
#define ROWS_WANTED (2 * METRIC_HIDDEN_N)

static size_t slice_count(const struct figures *series)
{
    for (size_t i = 0; i < series->measure_count; i++)
        if (series->measures[i].slice_count > 0)
            return series->measures[i].slice_count;
    return 0;
}

/* The period is too short for half of the metrics that were measured, wherever. */
static bool is_thin(const struct journey *journey, const struct figures *series)
{
    struct arena scratch;
    size_t thin = 0, thick = 0;
    arena_init(&scratch);
    uint64_t *rows = arena_array(&scratch, journey->metric_count, sizeof(*rows));
    for (size_t i = 0; i < series->measure_count; i++)
        rows[series->measures[i].metric] += series->measures[i].n;
    for (size_t i = 0; i < journey->metric_count; i++) {
        bool enough = rows[i] >= ROWS_WANTED * (uint64_t)slice_count(series);
        thin += rows[i] > 0 && !enough;
        thick += rows[i] > 0 && enough;
    }
    arena_finish(&scratch);
    return thin > thick;
}

/* By weeks, as the more periods the more can be told, but by longer ones where there are too few
 * rows; not by days, since weekends would make figures move together. */
static struct figures *measure_over_time(struct store *store, const struct journey *journey,
                                         const struct lens *lens, struct error *err)
{
    struct series_wish wish = {
        .touchpoint = NONE, .metric = NONE, .channel = NONE, .unit = PERIOD_WEEK
    };
    struct figures *series = measure(store, journey, lens, &wish, err);
    while (series != NULL && series->wish.unit < PERIOD_QUARTER && is_thin(journey, series)) {
        wish.unit = (enum period_kind)(series->wish.unit + 1);
        figures_destroy(series);
        series = measure(store, journey, lens, &wish, err);
    }
    return series;
}

static bool find_pulls(struct arena *arena, struct store *store, const struct journey *journey,
                       const struct lens *lens, struct silo_evidence *out, struct error *err)
{
    struct figures *series = measure_over_time(store, journey, lens, err);
    if (series == NULL)
        return false;
    out->pulls = pulls_new(arena, journey, series);
    figures_destroy(series);
    return true;
}

/* ---- By channel -------------------------------------------------------------------- */

/* What is not, costs the time to measure it in each channel for nothing. */
static bool is_scored(const struct metric *metric)
{
    return metric->anchors.count > 0 || metric->context_anchor_count > 0 ||
           metric->type == METRIC_NPS || metric->type == METRIC_CSAT ||
           metric->type == METRIC_CES || metric->type == METRIC_APDEX;
}

/* The map with the metrics alone that give a score. */
static struct journey scored_part(struct arena *scratch, const struct journey *journey)
{
    struct journey part = *journey;
    part.touchpoints = arena_array(scratch, journey->touchpoint_count, sizeof(*part.touchpoints));
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        const struct indices *all = &journey->touchpoints[i].metrics;
        struct indices metrics = { .items = arena_array(scratch, all->count, sizeof(int)) };
        for (size_t k = 0; k < all->count; k++)
            if (is_scored(&journey->metrics[all->items[k]]))
                metrics.items[metrics.count++] = all->items[k];
        part.touchpoints[i] = journey->touchpoints[i];
        part.touchpoints[i].metrics = metrics;
    }
    return part;
}

static bool measure_channels(struct store *store, const struct journey *journey,
                             const struct lens *lens, struct figures **channels, struct error *err)
{
    for (size_t i = 0; i < journey->channel_count; i++) {
        const struct series_wish of_channel = {
            .touchpoint = NONE, .metric = NONE, .channel = (int)i, .unit = PERIOD_QUARTER
        };
        channels[i] = measure(store, journey, lens, &of_channel, err);
        if (channels[i] == NULL)
            return false;
    }
    return true;
}

static bool compare_channels(struct arena *arena, struct store *store,
                             const struct journey *journey, const struct lens *lens,
                             struct silo_evidence *out, struct error *err)
{
    struct arena scratch;
    arena_init(&scratch);
    const struct journey scored = scored_part(&scratch, journey);
    size_t count = journey->channel_count;
    struct figures **channels = memory_alloc((count + 1) * sizeof(*channels));
    for (size_t i = 0; i < count; i++)
        channels[i] = NULL;
    bool good = measure_channels(store, &scored, lens, channels, err);
    if (good)
        out->consistency = consistency_new(arena, journey, lens, channels);
    for (size_t i = 0; i < count; i++)
        figures_destroy(channels[i]);
    free(channels);
    arena_finish(&scratch);
    return good;
}

/* ---- From owner to owner ------------------------------------------------------------ */

static bool follow_cases(struct arena *arena, struct store *store, const struct journey *journey,
                         const struct lens *lens, struct silo_evidence *out, struct error *err)
{
    struct arena scratch;
    struct sequence_names names;
    const struct sequence_wish all = { .journey = journey, .lens = lens, .channel = NONE };
    arena_init(&scratch);
    struct crossings_builder *builder = crossings_create(journey, silos_new(&scratch, journey));
    bool good = store_sequences_read(&scratch, store, &all, crossings_add, builder, &names, err);
    if (good) {
        out->crossings = crossings_finish(arena, builder);
        out->persona_ignored = names.persona_ignored;
        out->context_ignored = names.context_ignored;
    } else {
        crossings_destroy(builder);
    }
    arena_finish(&scratch);
    return good;
}

bool silo_evidence_read(struct arena *arena, struct store *store, const struct journey *journey,
                        const struct lens *lens, struct silo_evidence *out, struct error *err)
{
    *out = (struct silo_evidence){ 0 };
    if (find_pulls(arena, store, journey, lens, out, err) &&
        compare_channels(arena, store, journey, lens, out, err) &&
        follow_cases(arena, store, journey, lens, out, err))
        return true;
    *out = (struct silo_evidence){ 0 };
    return false;
}
