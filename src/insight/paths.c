/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/paths.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>

#include "paths_builder.h"

/* ---- Beginning and end ---- */

static void find_changes(struct paths_builder *builder)
{
    const struct journey *journey = builder->options.journey;
    size_t width = journey->channel_count + 1;
    builder->changes = arena_array(&builder->arena, width, width);
    for (size_t i = 1; i < width; i++)
        for (size_t k = 1; k < width; k++)
            if (i != k)
                builder->changes[i * width + k] =
                    journey_media_break(journey, (int)i - 1, (int)k - 1) ? CHANGE_BREAK
                                                                         : CHANGE_SWITCH;
}

struct paths_builder *paths_create(const struct paths_options *options)
{
    struct paths_builder *builder = memory_alloc(sizeof(*builder));
    struct arena *arena = &builder->arena;
    arena_init(arena);
    builder->options = *options;
    designs_init(arena, options, &builder->designs);
    find_changes(builder);
    size_t columns = builder->designs.items[0].count;
    builder->near = memory_alloc((size_t)STEPS_NEAR * STEPS_NEAR * sizeof(*builder->near));
    builder->waits = arena_array(arena, columns, sizeof(*builder->waits));
    builder->last_met = arena_array(arena, columns, sizeof(*builder->last_met));
    builder->pending = arena_array(arena, columns, sizeof(*builder->pending));
    builder->columns = arena_array(arena, columns, sizeof(*builder->columns));
    builder->route_ended = arena_array(arena, builder->designs.count * columns, sizeof(uint64_t));
    builder->met = arena_array(arena, columns, sizeof(struct visit *));
    builder->visits = arena_array(arena, columns, sizeof(*builder->visits));
    builder->arcs.arena = builder->bridges.arena = arena;
    return builder;
}

void paths_destroy(struct paths_builder *builder)
{
    if (builder == NULL)
        return;
    for (size_t i = 0; i < builder->designs.items[0].count; i++)
        waits_finish(&builder->waits[i].waits);
    variants_finish(&builder->variants);
    free(builder->variant_closed);
    free(builder->near);
    free(builder->arc_counts);
    free(builder->bridge_counts);
    free(builder->beside);
    arena_finish(&builder->arena);
    free(builder);
}

/* ---- Arcs ---- */

static uint32_t arc_number(struct paths_builder *builder, uint64_t key)
{
    uint32_t number = numbering_get(&builder->arcs, key);
    if (number >= builder->arc_capacity) {
        size_t capacity = memory_product(number + (size_t)32, 2);
        builder->arc_counts =
            memory_resize(builder->arc_counts, memory_product(capacity, sizeof(struct arc_count)));
        memset(builder->arc_counts + builder->arc_capacity, 0,
               (capacity - builder->arc_capacity) * sizeof(struct arc_count));
        builder->arc_capacity = capacity;
    }
    return number;
}

struct arc_count *paths_arc(struct paths_builder *builder, uint64_t key)
{
    uint32_t number = arc_number(builder, key);
    return &builder->arc_counts[number];
}

static inline struct arc_count *arc_between(struct paths_builder *builder, int from, int to)
{
    if ((unsigned)from >= STEPS_NEAR || (unsigned)to >= STEPS_NEAR)
        return paths_arc(builder, arc_key(from, to));
    uint32_t *near = &builder->near[(unsigned)from * STEPS_NEAR + (unsigned)to];
    if (*near == 0)
        *near = arc_number(builder, arc_key(from, to)) + 1;
    return &builder->arc_counts[*near - 1];
}

/* Where a step does not say its channel, it is taken to be as designed. */
static inline int channel_of(const struct journey *journey, const struct sequence_step *step)
{
    if (step->channel == NONE && (size_t)step->step < journey->touchpoint_count)
        return journey->touchpoints[step->step].channel;
    return step->channel;
}

/* Nobody knows the medium of a channel that the map does not have. */
static inline enum change change_between(const struct paths_builder *builder, int from, int to)
{
    size_t width = builder->options.journey->channel_count + 1;
    size_t left = (size_t)(unsigned)(from - NONE), right = (size_t)(unsigned)(to - NONE);
    if (left < width && right < width)
        return builder->changes[left * width + right];
    return from == to || from == NONE || to == NONE ? CHANGE_NONE : CHANGE_SWITCH;
}

/* Instants of a damaged store may run backwards. */
static inline uint64_t time_between(const struct sequence_step *from,
                                    const struct sequence_step *to)
{
    return to->ts > from->ts ? (uint64_t)to->ts - (uint64_t)from->ts : 0;
}

static void add_arcs(struct paths_builder *builder, const struct sequence *sequence,
                     struct standing standing)
{
    const struct journey *journey = builder->options.journey;
    bool settled = is_settled(standing);
    int left = channel_of(journey, &sequence->steps[0]);
    for (size_t i = 1; i < sequence->count; i++) {
        const struct sequence_step *to = &sequence->steps[i], *from = to - 1;
        int right = channel_of(journey, to);
        enum change change = change_between(builder, left, right);
        struct arc_count *arc = arc_between(builder, from->step, to->step);
        arc->of[change][settled].time += time_between(from, to);
        arc->of[change][settled].count++;
        if (i + 1 == sequence->count)
            arc->dropped[change] += standing.closed;
        left = right;
    }
}

/* ---- Times to the next column ---- */

static void wait_on(struct paths_builder *builder, size_t pending_count)
{
    for (size_t i = 0; i < pending_count; i++) {
        const struct pending *pending = &builder->pending[i];
        /* Behind the last column nothing is waited for. */
        if ((size_t)pending->column + 1 == builder->designs.items[0].count)
            continue;
        struct column_waits *column = &builder->waits[pending->column];
        column->waiting++;
        waits_add(&column->waits, builder->options.as_of - pending->ts, false);
    }
}

static void add_waits(struct paths_builder *builder, const struct sequence *sequence,
                      struct standing standing)
{
    struct pending *pending = builder->pending;
    size_t count = 0;
    for (size_t i = 0; i < sequence->count; i++) {
        int64_t ts = sequence->steps[i].ts;
        int column = designs_place(&builder->designs, sequence->steps[i].step);
        if (column == NONE)
            continue;
        /* The columns before it have been followed now. */
        for (; count > 0 && pending[count - 1].column < column; count--)
            waits_add(&builder->waits[pending[count - 1].column].waits, ts - pending[count - 1].ts,
                      true);
        if (builder->last_met[column] == builder->cases)
            continue;
        builder->last_met[column] = builder->cases;
        pending[count++] = (struct pending){ column, ts };
    }
    if (!is_settled(standing))
        wait_on(builder, count);
}

/* ---- Cases ---- */

/* Writes the steps to the end of the variants'. */
static struct standing write_row(struct paths_builder *builder, const struct sequence *sequence)
{
    struct standing standing = { 0 };
    int32_t *steps = variants_begin(&builder->variants, sequence->count);
    int goal = builder->designs.goal;
    for (size_t i = 0; i < sequence->count; i++) {
        steps[i] = sequence->steps[i].step;
        standing.completed |= steps[i] == goal;
    }
    standing.closed = !standing.completed &&
                      designs_is_closed(&builder->options, &sequence->steps[sequence->count - 1]);
    return standing;
}

static void make_room(struct paths_builder *builder)
{
    size_t room = builder->variants.capacity;
    builder->variant_closed =
        memory_resize(builder->variant_closed, memory_product(room, sizeof(uint64_t)));
    memset(builder->variant_closed + builder->variant_room, 0,
           (room - builder->variant_room) * sizeof(uint64_t));
    builder->variant_room = room;
}

bool paths_take_row(struct paths_builder *builder, size_t count, uint64_t cases, uint64_t closed)
{
    size_t variant = variants_take(&builder->variants, count);
    if (variant == VARIANT_NONE)
        return false;
    if (variant >= builder->variant_room)
        make_room(builder);
    builder->variants.items[variant].cases += cases - 1;
    builder->variant_closed[variant] += closed;
    return true;
}

bool paths_add(const struct sequence *sequence, void *data)
{
    struct paths_builder *builder = data;
    assert(sequence->count > 0);
    struct standing standing = write_row(builder, sequence);
    builder->cases++;
    builder->events += sequence->count;
    builder->completed += standing.completed;
    builder->closed += standing.closed;
    if (!paths_take_row(builder, sequence->count, 1, standing.closed))
        paths_count_row(builder, variants_begin(&builder->variants, sequence->count),
                        sequence->count,
                        (struct row_cases){ 1, standing.completed, standing.closed });
    add_arcs(builder, sequence, standing);
    add_waits(builder, sequence, standing);
    return true;
}
