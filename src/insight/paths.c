/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/paths.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>

#include "paths_builder.h"

/* ---- Beginning and end ---- */

static void find_breaks(struct paths_builder *builder)
{
    const struct journey *journey = builder->options.journey;
    size_t channels = journey->channel_count;
    builder->breaks = arena_array(&builder->arena, channels * channels, sizeof(bool));
    for (size_t i = 0; i < channels; i++)
        for (size_t k = 0; k < channels; k++)
            builder->breaks[i * channels + k] = journey_media_break(journey, (int)i, (int)k);
}

struct paths_builder *paths_create(const struct paths_options *options)
{
    struct paths_builder *builder = memory_alloc(sizeof(*builder));
    struct arena *arena = &builder->arena;
    arena_init(arena);
    builder->options = *options;
    designs_init(arena, options, &builder->designs);
    find_breaks(builder);
    size_t columns = builder->designs.items[0].count;
    builder->columns = arena_array(arena, columns, sizeof(*builder->columns));
    builder->route_ended = arena_array(arena, builder->designs.count * columns, sizeof(uint64_t));
    builder->met = arena_array(arena, columns, sizeof(struct visit *));
    builder->visits = arena_array(arena, columns, sizeof(*builder->visits));
    builder->pending = arena_array(arena, columns, sizeof(*builder->pending));
    builder->arcs.arena = builder->bridges.arena = arena;
    return builder;
}

void paths_destroy(struct paths_builder *builder)
{
    if (builder == NULL)
        return;
    for (size_t i = 0; i < builder->designs.items[0].count; i++)
        waits_finish(&builder->columns[i].waits);
    variants_finish(&builder->variants);
    free(builder->arc_counts);
    free(builder->bridge_counts);
    free(builder->beside);
    arena_finish(&builder->arena);
    free(builder);
}

/* ---- Arcs ---- */

static struct arc_count *get_arc(struct paths_builder *builder, int from, int to)
{
    uint32_t number = numbering_get(&builder->arcs, arc_key(from, to));
    if (number >= builder->arc_capacity) {
        size_t capacity = memory_product(number + (size_t)32, 2);
        builder->arc_counts =
            memory_resize(builder->arc_counts, memory_product(capacity, sizeof(struct arc_count)));
        memset(builder->arc_counts + builder->arc_capacity, 0,
               (capacity - builder->arc_capacity) * sizeof(struct arc_count));
        builder->arc_capacity = capacity;
    }
    return &builder->arc_counts[number];
}

static void add_bridge(struct paths_builder *builder, int from, int to)
{
    uint32_t number = numbering_get(&builder->bridges, arc_key(from, to));
    if (number >= builder->bridge_capacity) {
        size_t capacity = memory_product(number + (size_t)32, 2);
        builder->bridge_counts =
            memory_resize(builder->bridge_counts, memory_product(capacity, sizeof(uint64_t)));
        memset(builder->bridge_counts + builder->bridge_capacity, 0,
               (capacity - builder->bridge_capacity) * sizeof(uint64_t));
        builder->bridge_capacity = capacity;
    }
    builder->bridge_counts[number]++;
}

/* Where a step does not say its channel, it is taken to be as designed. */
static int channel_of(const struct paths_builder *builder, const struct sequence_step *step)
{
    const struct journey *journey = builder->options.journey;
    if (step->channel == NONE && (size_t)step->step < journey->touchpoint_count)
        return journey->touchpoints[step->step].channel;
    return step->channel;
}

static bool breaks_medium(const struct paths_builder *builder, int from, int to)
{
    size_t channels = builder->options.journey->channel_count;
    return (size_t)from < channels && (size_t)to < channels &&
           builder->breaks[(size_t)from * channels + (size_t)to];
}

static bool add_change(struct paths_builder *builder, struct arc_count *arc, int from, int to)
{
    bool broken = breaks_medium(builder, from, to);
    arc->switches++;
    builder->switches++;
    arc->breaks += broken;
    builder->breaks_met += broken;
    return broken;
}

static void add_arc(struct paths_builder *builder, const struct sequence_step *from,
                    const struct sequence_step *to, struct standing standing, bool last)
{
    struct arc_count *arc = get_arc(builder, from->step, to->step);
    double time = (double)to->ts - (double)from->ts;
    bool dropped = last && standing.closed;
    arc->count++;
    arc->time += time;
    arc->settled += is_settled(standing);
    arc->dropped += dropped;
    int left = channel_of(builder, from), right = channel_of(builder, to);
    if (left == right || left == NONE || right == NONE)
        return;
    if (add_change(builder, arc, left, right)) {
        arc->break_time += time;
        arc->settled_breaks += is_settled(standing);
        arc->dropped_breaks += dropped;
    }
}

static void add_end(struct paths_builder *builder, int from, int to, struct standing standing)
{
    struct arc_count *arc = get_arc(builder, from, to);
    arc->count++;
    arc->settled += is_settled(standing);
}

static void add_arcs(struct paths_builder *builder, const struct sequence *sequence,
                     struct standing standing)
{
    size_t last = sequence->count - 1;
    add_end(builder, PATH_BEGIN, sequence->steps[0].step, standing);
    for (size_t i = 1; i <= last; i++)
        add_arc(builder, &sequence->steps[i - 1], &sequence->steps[i], standing, i == last);
    add_end(builder, sequence->steps[last].step, PATH_END, standing);
}

/* ---- Columns ---- */

/* The columns before it have been followed now, those that stood still included. */
static void follow(struct paths_builder *builder, int column, int64_t ts)
{
    while (builder->pending_count > 0 &&
           builder->pending[builder->pending_count - 1].column < column) {
        const struct pending *done = &builder->pending[--builder->pending_count];
        waits_add(&builder->columns[done->column].waits, ts - done->ts, true);
    }
}

static void visit(struct paths_builder *builder, int column, int64_t ts)
{
    follow(builder, column, ts);
    builder->columns[column].visits++;
    struct visit *known = builder->met[column];
    if (known != NULL) {
        known->times++;
        return;
    }
    struct visit *first = &builder->visits[builder->visit_count];
    *first = (struct visit){ .column = column, .times = 1, .order = builder->visit_count++ };
    builder->met[column] = first;
    builder->pending[builder->pending_count++] = (struct pending){ column, ts };
}

static void visit_beside(struct paths_builder *builder, int step)
{
    if ((size_t)step >= builder->beside_count) {
        size_t count = memory_product((size_t)step + 16, 2);
        builder->beside =
            memory_resize(builder->beside, memory_product(count, sizeof(*builder->beside)));
        memset(builder->beside + builder->beside_count, 0,
               (count - builder->beside_count) * sizeof(*builder->beside));
        builder->beside_count = count;
    }
    struct beside_count *beside = &builder->beside[step];
    beside->events++;
    beside->cases += beside->last != builder->cases;
    beside->last = builder->cases;
}

/* Meets every step; returns the last column, NONE where there was none. */
static int walk(struct paths_builder *builder, const struct sequence *sequence)
{
    int last_column = NONE, last_step = NONE;
    bool away = false, detoured = false;
    builder->visit_count = builder->pending_count = 0;
    for (size_t i = 0; i < sequence->count; i++) {
        int step = sequence->steps[i].step;
        int column = designs_place(&builder->designs, step);
        if (column == NONE) {
            visit_beside(builder, step);
            away = detoured = true;
            continue;
        }
        if (away && last_step != NONE)
            add_bridge(builder, last_step, step);
        away = false;
        last_step = step;
        last_column = column;
        visit(builder, column, sequence->steps[i].ts);
    }
    builder->detoured += detoured;
    return last_column;
}

static int compare_visits(const void *left, const void *right)
{
    return ((const struct visit *)left)->column - ((const struct visit *)right)->column;
}

#define VISITS_FEW 32

/* Nearly all cases meet few columns, nearly in order: inserting is far cheaper than a call. */
static void insert_visits(struct visit *visits, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct visit visit = visits[i];
        size_t at = i;
        for (; at > 0 && visits[at - 1].column > visit.column; at--)
            visits[at] = visits[at - 1];
        visits[at] = visit;
    }
}

static void sort_visits(struct paths_builder *builder)
{
    if (builder->visit_count <= VISITS_FEW)
        insert_visits(builder->visits, builder->visit_count);
    else
        qsort(builder->visits, builder->visit_count, sizeof(*builder->visits), compare_visits);
}

/* The first of the designs that has all columns of the case. */
static size_t kept_design(const struct paths_builder *builder)
{
    const struct designs *designs = &builder->designs;
    for (size_t d = 1; d < designs->count; d++) {
        bool has = true;
        for (size_t i = 0; has && i < builder->visit_count; i++)
            has = designs->items[d].has[designs->items[0].columns[builder->visits[i].column]];
        if (has)
            return d;
    }
    return 0;
}

static void count_visits(struct paths_builder *builder, struct standing standing)
{
    size_t count = builder->visit_count;
    for (size_t i = 0; i < count; i++)
        builder->met[builder->visits[i].column] = NULL;
    sort_visits(builder);
    for (size_t i = 0; i < count; i++) {
        const struct visit *visit = &builder->visits[i];
        struct column_count *column = &builder->columns[visit->column];
        column->present++;
        column->repeated += visit->times > 1;
        column->settled += is_settled(standing);
        if (i + 1 < count) {
            column->pairs++;
            column->in_order += visit->order < builder->visits[i + 1].order;
        }
    }
    if (count == 0)
        return;
    size_t furthest = (size_t)builder->visits[count - 1].column;
    builder->columns[furthest].ended++;
    builder->route_ended[kept_design(builder) * builder->designs.items[0].count + furthest]++;
}

static void wait_on(struct paths_builder *builder, struct standing standing)
{
    if (is_settled(standing))
        return;
    for (size_t i = 0; i < builder->pending_count; i++) {
        const struct pending *pending = &builder->pending[i];
        /* Behind the last column nothing is waited for. */
        if ((size_t)pending->column + 1 == builder->designs.items[0].count)
            continue;
        struct column_count *column = &builder->columns[pending->column];
        column->waiting++;
        waits_add(&column->waits, builder->options.as_of - pending->ts, false);
    }
}

static void add_columns(struct paths_builder *builder, const struct sequence *sequence,
                        struct standing standing)
{
    int last = walk(builder, sequence);
    wait_on(builder, standing);
    count_visits(builder, standing);
    if (standing.closed && last != NONE)
        builder->columns[last].dropped++;
    builder->closed_elsewhere += standing.closed && last == NONE;
}

static void add_variant(struct paths_builder *builder, const struct sequence *sequence)
{
    int32_t *steps = variants_begin(&builder->variants, sequence->count);
    for (size_t i = 0; i < sequence->count; i++)
        steps[i] = sequence->steps[i].step;
    variants_take(&builder->variants, sequence->count);
}

bool paths_add(const struct sequence *sequence, void *data)
{
    struct paths_builder *builder = data;
    assert(sequence->count > 0);
    struct standing standing = designs_standing(&builder->designs, &builder->options, sequence);
    builder->cases++;
    builder->events += sequence->count;
    builder->completed += standing.completed;
    builder->closed += standing.closed;
    add_arcs(builder, sequence, standing);
    add_columns(builder, sequence, standing);
    add_variant(builder, sequence);
    return true;
}
