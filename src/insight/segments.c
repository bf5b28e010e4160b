/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/segments.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/multiple.h>
#include <stellwerk/insight/proportion.h>

#include "design.h"

#define PERIODS_FEW 8

static const char *const names[SEGMENT_BY_COUNT] = {
    [SEGMENT_NONE] = "none",       [SEGMENT_PERSONA] = "persona", [SEGMENT_CONTEXT] = "context",
    [SEGMENT_CHANNEL] = "channel", [SEGMENT_VARIANT] = "variant", [SEGMENT_PERIOD] = "period",
};

const char *segment_by_name(enum segment_by by)
{
    return names[by];
}

int segment_by_find(const char *name)
{
    for (int i = 0; i < SEGMENT_BY_COUNT; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

/* ---- Counting ---- */

struct tally { /* of a segment; of columns one each */
    uint64_t cases, completed, closed;
    uint64_t *present, *settled, *dropped;
};

struct segments_builder {
    struct arena arena;
    struct segments_options options;
    struct paths_options paths;
    struct designs designs;
    enum period_kind unit;
    struct tally tallies[SEGMENTS_MOST], all; /* `all`: of cases in any segment */
    uint64_t silent;
    int highest;                 /* segment met */
    int32_t ends[SEGMENTS_MOST]; /* of periods: their last days */
    /* Of the case at hand. */
    uint64_t *last_met; /* of each column: the case that it was last met in */
    int *met;           /* columns */
    size_t met_count;
    int last_column; /* NONE */
    uint64_t number;
};

/* Pieces of a bounded span. */
static int32_t pieces(struct period span, enum period_kind unit)
{
    struct period period = period_containing(unit, span.first);
    int32_t count = 1;
    for (; period.last < span.last && count <= SEGMENTS_MOST; count++)
        period = period_step(period, 1);
    return count;
}

static enum period_kind choose_unit(const struct segments_options *options)
{
    static const enum period_kind finer_first[] = { PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH };
    if (options->by != SEGMENT_PERIOD || options->unit != PERIOD_ALL)
        return options->unit;
    for (size_t i = 0; i < ARRAY_LEN(finer_first); i++)
        if (pieces(options->span, finer_first[i]) <= PERIODS_FEW)
            return finer_first[i];
    return PERIOD_QUARTER;
}

static void find_ends(struct segments_builder *builder)
{
    struct period period = period_containing(builder->unit, builder->options.span.first);
    for (int i = 0; i < SEGMENTS_MOST; i++, period = period_step(period, 1))
        builder->ends[i] = period.last;
}

static void tally_init(struct arena *arena, struct tally *tally, size_t columns)
{
    tally->present = arena_array(arena, columns, sizeof(uint64_t));
    tally->settled = arena_array(arena, columns, sizeof(uint64_t));
    tally->dropped = arena_array(arena, columns, sizeof(uint64_t));
}

struct segments_builder *segments_create(const struct segments_options *options)
{
    struct segments_builder *builder = memory_alloc(sizeof(*builder));
    arena_init(&builder->arena);
    builder->options = *options;
    builder->paths = *options->paths;
    designs_init(&builder->arena, &builder->paths, &builder->designs);
    builder->unit = choose_unit(options);
    builder->highest = NONE;
    if (options->by == SEGMENT_PERIOD)
        find_ends(builder);
    size_t columns = builder->designs.items[0].count;
    builder->last_met = arena_array(&builder->arena, columns, sizeof(*builder->last_met));
    builder->met = arena_array(&builder->arena, columns, sizeof(*builder->met));
    tally_init(&builder->arena, &builder->all, columns);
    return builder;
}

void segments_destroy(struct segments_builder *builder)
{
    if (builder == NULL)
        return;
    arena_finish(&builder->arena);
    free(builder);
}

static void meet_columns(struct segments_builder *builder, const struct sequence *sequence)
{
    builder->number++;
    builder->met_count = 0;
    builder->last_column = NONE;
    for (size_t i = 0; i < sequence->count; i++) {
        int column = designs_place(&builder->designs, sequence->steps[i].step);
        if (column == NONE)
            continue;
        builder->last_column = column;
        if (builder->last_met[column] == builder->number)
            continue;
        builder->last_met[column] = builder->number;
        builder->met[builder->met_count++] = column;
    }
}

static void count(const struct segments_builder *builder, struct tally *tally,
                  struct standing standing)
{
    tally->cases++;
    tally->completed += standing.completed;
    tally->closed += standing.closed;
    for (size_t i = 0; i < builder->met_count; i++) {
        tally->present[builder->met[i]]++;
        tally->settled[builder->met[i]] += is_settled(standing);
    }
    if (standing.closed && builder->last_column != NONE)
        tally->dropped[builder->last_column]++;
}

static struct tally *tally_of(struct segments_builder *builder, int segment)
{
    struct tally *tally = &builder->tallies[segment];
    if (tally->present == NULL)
        tally_init(&builder->arena, tally, builder->designs.items[0].count);
    return tally;
}

static void count_in(struct segments_builder *builder, int segment, struct standing standing)
{
    builder->highest = segment > builder->highest ? segment : builder->highest;
    if (segment < SEGMENTS_MOST)
        count(builder, tally_of(builder, segment), standing);
}

/* Whole units from the span's first to the one of the day. */
static int period_of(const struct segments_builder *builder, int32_t day)
{
    int number = 0;
    while (number < SEGMENTS_MOST && builder->ends[number] < day)
        number++;
    return number;
}

/* Every channel once. */
static bool count_channels(struct segments_builder *builder, const struct sequence *sequence,
                           struct standing standing)
{
    bool seen[SEGMENTS_MOST] = { 0 }, any = false;
    for (size_t i = 0; i < sequence->count; i++) {
        int channel = sequence->steps[i].channel;
        any |= channel != NONE;
        if (channel == NONE || (channel < SEGMENTS_MOST && seen[channel]))
            continue;
        count_in(builder, channel, standing);
        if (channel < SEGMENTS_MOST)
            seen[channel] = true;
    }
    return any;
}

static int segment_of(const struct segments_builder *builder, const struct sequence *sequence)
{
    switch (builder->options.by) {
    case SEGMENT_PERSONA:
        return sequence->persona;
    case SEGMENT_CONTEXT:
        return sequence->context;
    case SEGMENT_VARIANT:
        return sequence->variant;
    case SEGMENT_PERIOD:
        return period_of(builder, time_day(sequence->steps[0].ts));
    default:
        return NONE;
    }
}

/* Of a period that ended a moment ago those that are over are the quick ones: nothing of how its
 * cases end can be told yet. */
static bool is_unfinished(const struct segments_builder *builder, int segment)
{
    if (builder->options.by != SEGMENT_PERIOD)
        return false;
    int32_t over = time_day(builder->paths.as_of - builder->paths.close_after);
    return segment >= SEGMENTS_MOST || builder->ends[segment] >= over;
}

bool segments_add(const struct sequence *sequence, void *data)
{
    struct segments_builder *builder = data;
    struct standing standing = designs_standing(&builder->designs, &builder->paths, sequence);
    bool any, over = true;
    meet_columns(builder, sequence);
    if (builder->options.by == SEGMENT_CHANNEL) {
        any = count_channels(builder, sequence, standing);
    } else {
        int segment = segment_of(builder, sequence);
        any = segment != NONE;
        over = !any || !is_unfinished(builder, segment);
        if (any)
            count_in(builder, segment, standing);
    }
    if (any)
        count(builder, &builder->all, over ? standing : (struct standing){ 0 });
    builder->silent += !any;
    return true;
}

static void tally_merge(struct tally *tally, const struct tally *from, size_t columns)
{
    tally->cases += from->cases;
    tally->completed += from->completed;
    tally->closed += from->closed;
    for (size_t i = 0; i < columns; i++) {
        tally->present[i] += from->present[i];
        tally->settled[i] += from->settled[i];
        tally->dropped[i] += from->dropped[i];
    }
}

void segments_merge(struct segments_builder *builder, const struct segments_builder *from)
{
    size_t columns = builder->designs.items[0].count;
    for (int i = 0; i < SEGMENTS_MOST; i++)
        if (from->tallies[i].present != NULL)
            tally_merge(tally_of(builder, i), &from->tallies[i], columns);
    tally_merge(&builder->all, &from->all, columns);
    builder->silent += from->silent;
    builder->highest = from->highest > builder->highest ? from->highest : builder->highest;
}

/* ---- The table ---- */

static struct segment_share compare(uint64_t hits, uint64_t n, uint64_t all_hits, uint64_t all_n)
{
    struct segment_share share = {
        .hits = hits,
        .n = n,
        .rest_hits = all_hits - hits,
        .rest_n = all_n - n,
        .difference = difference_unknown(),
        .adjusted = NAN,
    };
    if (n > 0 && share.rest_n > 0)
        share.difference = proportion_difference((double)hits, (double)n, (double)share.rest_hits,
                                                 (double)share.rest_n, CONFIDENCE_95);
    return share;
}

static struct segment_share leave_open(void)
{
    return (struct segment_share){ .difference = difference_unknown(), .adjusted = NAN };
}

static struct segment segment_read(struct arena *arena, const struct segments_builder *builder,
                                   int index)
{
    const struct tally *own = &builder->tallies[index], *all = &builder->all;
    size_t columns = builder->designs.items[0].count;
    bool open = is_unfinished(builder, index);
    struct segment out = {
        .index = index,
        .cases = own->cases,
        .completed = own->completed,
        .closed = own->closed,
        .unfinished = open,
        .completion = open ? leave_open()
                           : compare(own->completed, own->completed + own->closed, all->completed,
                                     all->completed + all->closed),
        .present = arena_array(arena, columns, sizeof(*out.present)),
        .dropped = arena_array(arena, columns, sizeof(*out.dropped)),
    };
    for (size_t i = 0; i < columns; i++) {
        out.present[i] = compare(own->present[i], own->cases, all->present[i], all->cases);
        out.dropped[i] =
            open ? leave_open()
                 : compare(own->dropped[i], own->settled[i], all->dropped[i], all->settled[i]);
    }
    if (builder->options.by == SEGMENT_PERIOD)
        out.period =
            period_step(period_containing(builder->unit, builder->options.span.first), index);
    return out;
}

static int compare_segments(const void *left, const void *right)
{
    const struct segment *a = left, *b = right;
    if (a->cases != b->cases)
        return a->cases < b->cases ? 1 : -1;
    return a->index - b->index;
}

/* Completion, then who was at each column, then who dropped out there, segment by segment. */
static struct segment_share **list_shares(struct arena *arena, const struct segments *segments)
{
    size_t columns = segments->column_count, at = 0;
    struct segment_share **out =
        arena_array(arena, segments->count * (1 + 2 * columns), sizeof(struct segment_share *));
    for (size_t i = 0; i < segments->count; i++) {
        out[at++] = &segments->items[i].completion;
        for (size_t k = 0; k < columns; k++)
            out[at++] = &segments->items[i].present[k];
        for (size_t k = 0; k < columns; k++)
            out[at++] = &segments->items[i].dropped[k];
    }
    return out;
}

static void correct(struct arena *arena, struct segments *segments)
{
    size_t count = segments->count * (1 + 2 * segments->column_count);
    struct segment_share **shares = list_shares(arena, segments);
    double *p = arena_array(arena, count, sizeof(*p));
    for (size_t i = 0; i < count; i++)
        p[i] = shares[i]->difference.p;
    adjust_p_values(p, count, p);
    for (size_t i = 0; i < count; i++) {
        shares[i]->adjusted = p[i];
        segments->tested += !isnan(p[i]);
        segments->sure += p[i] <= SEGMENT_SURE;
    }
}

struct segments segments_finish(struct arena *arena, struct segments_builder *builder)
{
    const struct design *design = &builder->designs.items[0];
    int *columns = arena_array(arena, design->count, sizeof(*columns));
    struct segments out = {
        .by = builder->options.by,
        .unit = builder->unit,
        .items = arena_array(arena, SEGMENTS_MOST, sizeof(*out.items)),
        .columns = columns,
        .column_count = design->count,
        .cases = builder->all.cases,
        .silent = builder->silent,
    };
    for (size_t i = 0; i < design->count; i++)
        columns[i] = design->columns[i];
    for (int i = 0; i < SEGMENTS_MOST; i++)
        if (builder->tallies[i].cases > 0)
            out.items[out.count++] = segment_read(arena, builder, i);
    if (builder->highest >= SEGMENTS_MOST)
        out.left_out = (size_t)builder->highest - SEGMENTS_MOST + 1;
    if (out.count > 0 && (out.by == SEGMENT_CHANNEL || out.by == SEGMENT_VARIANT))
        qsort(out.items, out.count, sizeof(*out.items), compare_segments);
    correct(arena, &out);
    segments_destroy(builder);
    return out;
}
