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
    builder->follows = arena_array(arena, columns, sizeof(*builder->follows));
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
    free(builder->rows);
    free(builder->pool);
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
        arc->time[change] += time_between(from, to);
        arc->count[change][settled]++;
        if (i + 1 == sequence->count)
            arc->dropped[change] += standing.closed;
        left = right;
    }
}

/* ---- Times to the next column ---- */

static struct follows find_follows(struct paths_builder *builder, const int32_t *steps,
                                   size_t count)
{
    struct follow *follows = builder->follows, *pending = builder->pending;
    struct follows out = { .items = follows };
    uint32_t waiting = 0;
    for (size_t i = 0; i < count; i++) {
        int column = designs_place(&builder->designs, steps[i]);
        if (column == NONE)
            continue;
        /* The columns before it have been followed now. */
        for (; waiting > 0 && pending[waiting - 1].column < (uint32_t)column; out.done++) {
            follows[out.done] = pending[--waiting];
            follows[out.done].to = (uint32_t)i;
        }
        if (builder->last_met[column] == builder->cases)
            continue;
        builder->last_met[column] = builder->cases;
        pending[waiting++] = (struct follow){ .column = (uint32_t)column, .from = (uint32_t)i };
    }
    for (uint32_t i = 0; i < waiting; i++)
        if (pending[i].column + 1 < builder->designs.items[0].count)
            follows[out.done + out.open++] = pending[i];
    return out;
}

#define POOL_MOST ((size_t)4 << 20) /* 48 MB */

static void keep_follows(struct paths_builder *builder, struct row *row, struct follows follows)
{
    size_t count = follows.done + (size_t)follows.open;
    if (builder->pool_count + count > POOL_MOST)
        return;
    if (builder->pool_count + count > builder->pool_room) {
        builder->pool_room = memory_product(builder->pool_count + count + 512, 2);
        builder->pool =
            memory_resize(builder->pool, memory_product(builder->pool_room, sizeof(struct follow)));
    }
    if (count > 0)
        memcpy(builder->pool + builder->pool_count, follows.items, count * sizeof(struct follow));
    row->first = builder->pool_count;
    row->done = follows.done;
    row->open = follows.open;
    row->kept = true;
    builder->pool_count += count;
}

/* They are the same for all cases of a row; NULL for one that is not told apart. */
static struct follows follows_of(struct paths_builder *builder, struct row *row,
                                 const int32_t *steps, size_t count)
{
    if (row != NULL && row->kept) {
        bool any = row->done + row->open > 0;
        return (struct follows){ any ? builder->pool + row->first : NULL, row->done, row->open };
    }
    struct follows follows = find_follows(builder, steps, count);
    if (row != NULL && builder->variants.items[row - builder->rows].cases > 1)
        keep_follows(builder, row, follows);
    return follows;
}

static void add_waits(struct paths_builder *builder, const struct sequence_step *steps,
                      struct follows follows, struct standing standing)
{
    for (uint32_t i = 0; i < follows.done; i++) {
        const struct follow *follow = &follows.items[i];
        waits_add(&builder->waits[follow->column].waits,
                  steps[follow->to].ts - steps[follow->from].ts, true);
    }
    for (uint32_t i = 0; !is_settled(standing) && i < follows.open; i++) {
        const struct follow *follow = &follows.items[follows.done + i];
        struct column_waits *column = &builder->waits[follow->column];
        column->waiting++;
        waits_add(&column->waits, builder->options.as_of - steps[follow->from].ts, false);
    }
}

/* ---- Cases ---- */

struct row *paths_row(struct paths_builder *builder, size_t variant)
{
    if (variant >= builder->row_room) {
        size_t room = builder->variants.capacity;
        builder->rows = memory_resize(builder->rows, memory_product(room, sizeof(struct row)));
        memset(builder->rows + builder->row_room, 0,
               (room - builder->row_room) * sizeof(struct row));
        builder->row_room = room;
    }
    return &builder->rows[variant];
}

/* Takes the case for one more of its row; NULL where that is not told apart. */
static struct row *take_row(struct paths_builder *builder, const struct sequence *sequence,
                            const int32_t *steps, uint64_t hash, struct standing standing)
{
    size_t variant = variants_take_hashed(&builder->variants, sequence->count, hash);
    if (variant == VARIANT_NONE) {
        paths_count_row(builder, steps, sequence->count,
                        (struct row_cases){ 1, standing.completed, standing.closed });
        return NULL;
    }
    struct row *row = paths_row(builder, variant);
    row->closed += standing.closed;
    return row;
}

bool paths_add(const struct sequence *sequence, void *data)
{
    struct paths_builder *builder = data;
    assert(sequence->count > 0);
    int32_t *steps = variants_begin(&builder->variants, sequence->count);
    struct standing standing = { 0 };
    uint64_t hash = 0;
    for (size_t i = 0; i < sequence->count; i++) {
        steps[i] = sequence->steps[i].step;
        hash = variants_hash(hash, steps[i]);
        standing.completed |= steps[i] == builder->designs.goal;
    }
    standing.closed = !standing.completed &&
                      designs_is_closed(&builder->options, &sequence->steps[sequence->count - 1]);
    builder->cases++;
    builder->events += sequence->count;
    builder->completed += standing.completed;
    builder->closed += standing.closed;
    struct row *row = take_row(builder, sequence, steps, hash, standing);
    add_arcs(builder, sequence, standing);
    add_waits(builder, sequence->steps, follows_of(builder, row, steps, sequence->count), standing);
    return true;
}
