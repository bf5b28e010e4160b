/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/chain.h>

#include <assert.h>

#include <stellwerk/model/journey.h>

#include "numbering.h"

/* A state in one number: each touchpoint takes so many bits, 0 for none. */
#define STEP_BITS 21
#define STEP_MASK ((UINT64_C(1) << STEP_BITS) - 1)

struct builder {
    struct chain *chain;
    struct numbering states, edges;
    size_t taken; /* of `way` */
};

/* The newest touchpoint stands in the lowest bits; what is older than the order falls out above. */
static uint64_t next_key(uint64_t key, int step, int order)
{
    uint64_t kept = (UINT64_C(1) << (STEP_BITS * order)) - 1;
    return ((key << STEP_BITS) | (uint64_t)(step + 1)) & kept;
}

static void add_way(struct builder *builder, uint32_t from, uint32_t to)
{
    if (from == to)
        return;
    uint32_t edge = numbering_get(&builder->edges, (uint64_t)from << 32 | to);
    builder->chain->way[builder->taken++] = edge;
}

static bool add_path(struct builder *builder, size_t index, const struct attribution_path *path,
                     size_t most)
{
    struct chain *chain = builder->chain;
    uint64_t key = 0;
    uint32_t at = 0;
    chain->first[index] = builder->taken;
    for (size_t i = 0; i < path->step_count; i++) {
        key = next_key(key, path->steps[i], chain->order);
        uint32_t next = numbering_get(&builder->states, key);
        if (builder->states.count > most)
            return false;
        add_way(builder, at, next);
        at = next;
    }
    chain->end[index] = at;
    return true;
}

static void read_states(struct arena *arena, struct builder *builder)
{
    struct chain *chain = builder->chain;
    chain->state_count = builder->states.count;
    chain->states = arena_array(arena, chain->state_count, sizeof(*chain->states));
    for (size_t i = 0; i < chain->state_count; i++)
        for (int k = 0; k < ATTRIBUTION_ORDERS; k++)
            chain->states[i].last[k] =
                (int)(builder->states.keys[i] >> (STEP_BITS * k) & STEP_MASK) - 1;
}

static void read_edges(struct arena *arena, struct builder *builder)
{
    struct chain *chain = builder->chain;
    chain->edge_count = builder->edges.count;
    chain->edges = arena_array(arena, chain->edge_count, sizeof(*chain->edges));
    for (size_t i = 0; i < chain->edge_count; i++)
        chain->edges[i] = (struct chain_edge){
            .from = (uint32_t)(builder->edges.keys[i] >> 32),
            .to = (uint32_t)builder->edges.keys[i],
        };
}

static size_t count_steps(const struct attribution_path *paths, size_t count)
{
    size_t steps = 0;
    for (size_t i = 0; i < count; i++)
        steps += paths[i].step_count;
    return steps;
}

bool chain_init(struct arena *arena, const struct attribution_path *paths, size_t count,
                size_t touchpoints, int order, size_t most, struct chain *out)
{
    assert(order >= 1 && order <= ATTRIBUTION_ORDERS);
    *out = (struct chain){ .order = order, .touchpoints = touchpoints, .path_count = count };
    struct builder builder = {
        .chain = out,
        .states = { .arena = arena },
        .edges = { .arena = arena },
    };
    out->state_count = most + 1;
    if (touchpoints >= STEP_MASK)
        return false;
    out->way = arena_array(arena, count_steps(paths, count), sizeof(*out->way));
    out->first = arena_array(arena, count + 1, sizeof(*out->first));
    out->end = arena_array(arena, count, sizeof(*out->end));
    numbering_get(&builder.states, 0);
    for (size_t i = 0; i < count; i++)
        if (!add_path(&builder, i, &paths[i], most))
            return false;
    out->first[count] = builder.taken;
    read_states(arena, &builder);
    read_edges(arena, &builder);
    return true;
}
