/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/i18n.h>

static double value_of(const struct run *run, const struct tally *tally)
{
    if (run->aggregated)
        return aggregate_value(tally, run->formula);
    return tally_value(tally, run->formula->kind, run->metric);
}

/* ---- Samples, which outlive the run ---- */

static void *copy(struct arena *arena, const void *items, size_t count, size_t size)
{
    void *copied = arena_array(arena, count, size);
    if (count > 0)
        memcpy(copied, items, count * size);
    return copied;
}

static struct sample sample_of(const struct run *run, const struct tally *tally,
                               struct anchors anchors)
{
    struct arena *arena = &run->survey->figures->arena;
    enum sample_kind kind =
        run->aggregated ? aggregate_kind(tally, run->formula) : run->formula->kind;
    struct sample sample = tally_sample(tally, kind, run->metric, anchors);
    sample.anchors.items = copy(arena, anchors.items, sample.anchors.count, sizeof(*anchors.items));
    if (!tally->ordered) /* these live there already */
        sample.bins = copy(arena, tally->items, tally->item_count, sizeof(*tally->items));
    sample.waits = copy(arena, tally->waits, tally->wait_count, sizeof(*tally->waits));
    return sample;
}

static void fill_slices(const struct run *run, const struct cell *cell)
{
    const struct slices *slices = &run->survey->slices;
    struct measure *measure = cell->measure;
    measure->slice_count = slices->count;
    measure->slices =
        arena_array(&run->survey->figures->arena, slices->count, sizeof(*measure->slices));
    for (size_t i = 0; i < slices->count; i++)
        measure->slices[i] = (struct slice){
            .first_day = slices->first[i],
            .last_day = slices_last_day(slices, i),
            .n = cell->tallies[i].n,
            .value = value_of(run, &cell->tallies[i]),
            .value_lo = NAN,
            .value_hi = NAN,
            .score = NAN,
            .score_lo = NAN,
            .score_hi = NAN,
            .sample = sample_of(run, &cell->tallies[i], (struct anchors){ 0 }),
        };
}

static void fill_sample(const struct run *run, struct measure *measure, const struct tally *total)
{
    struct anchors anchors = metric_anchors(run->metric, run->survey->lens->context);
    if (anchors.count == 0)
        anchors = run->formula->natural;
    measure->score_of_aggregate = run->aggregated;
    measure->value = value_of(run, total);
    measure->sample = sample_of(run, total, anchors);
}

/* ---- The measure ---- */

static bool is_stale(const struct run *run, const struct tally *total)
{
    return run->metric->fresh > 0 && total->newest < run->survey->now - run->metric->fresh;
}

/* Old rows make a figure as thin as few rows do. */
static bool is_thin(const struct run *run, const struct tally *total)
{
    double n = (double)total->n;
    if (run->metric->half_life > 0 && total->weights > 0)
        n = total->weights * total->weights / total->weight_squares;
    return n < (double)run->metric->min_n;
}

void run_fill(struct run *run, const struct cell *cell)
{
    struct measure *measure = cell->measure;
    struct tally total = { 0 };
    for (size_t i = 0; i < run->survey->slices.count; i++) {
        tally_close(&cell->tallies[i]);
        tally_merge(&total, &cell->tallies[i], &run->scratch);
    }
    if (cell->bins != NULL) {
        total.items = cell->bins;
        total.item_count = cell->bin_count;
    }

    measure->persona_ignored = run->persona_ignored;
    measure->context_ignored = run->context_ignored;
    measure->channel_ignored = run->channel_ignored;
    measure->n = total.n;
    if (total.n == 0)
        return;
    if (!run->timeless) {
        measure->oldest = total.oldest;
        measure->newest = total.newest;
        measure->stale = is_stale(run, &total);
    }
    if (run->formula->needs_scale && total.unscaled > 0) {
        measure->status = MEASURE_FAILED;
        measure->reason = _("answers have no scale: import them with scale_min and scale_max");
        return;
    }
    if (total.unscaled > 0)
        total.scores = (struct moments){ 0 };
    bool hidden = total.n < METRIC_HIDDEN_N && !run->metric->whole;
    measure->status = hidden                 ? MEASURE_HIDDEN
                      : is_thin(run, &total) ? MEASURE_SMALL
                                             : MEASURE_OK;
    if (measure->status == MEASURE_HIDDEN)
        return;
    fill_sample(run, measure, &total);
    if (!run->timeless)
        fill_slices(run, cell);
}
