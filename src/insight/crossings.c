/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/crossings.h>

#include <stdlib.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/mean.h>

struct crossings_builder {
    const struct journey *journey;
    const struct silos *silos;
    struct crossing *pairs; /* by first and second owner */
    uint64_t *last_case;    /* beside them: the number of the case that crossed it last */
    bool *carried;          /* by touchpoint and owner: has a system of it */
    uint64_t cases, crossing_cases;
    double passes, squares; /* sums over cases */
};

static struct crossing *pair_of(const struct crossings_builder *builder, int from, int to)
{
    return &builder->pairs[(size_t)from * builder->silos->owner_count + (size_t)to];
}

static void note_seams(struct crossings_builder *builder)
{
    const int *owner_of = builder->silos->owner_of;
    for (size_t i = 1; i < builder->journey->touchpoint_count; i++)
        if (owner_of[i] != NONE && owner_of[i - 1] != NONE && owner_of[i] != owner_of[i - 1])
            pair_of(builder, owner_of[i - 1], owner_of[i])->seams++;
}

static void note_system(struct crossings_builder *builder, const struct silo_thing *system)
{
    size_t owners = builder->silos->owner_count;
    for (size_t i = 0; i < system->touchpoints.count; i++) {
        bool *carried = &builder->carried[(size_t)system->touchpoints.items[i] * owners];
        for (size_t k = 0; k < owners; k++)
            carried[k] = carried[k] || system->held[k] == HOLDING_HAS;
    }
}

struct crossings_builder *crossings_create(const struct journey *journey, const struct silos *silos)
{
    struct crossings_builder *builder = memory_alloc(sizeof(*builder));
    size_t owners = silos->owner_count, pairs = memory_product(owners, owners);
    size_t places = memory_product(journey->touchpoint_count, owners);
    builder->journey = journey;
    builder->silos = silos;
    builder->pairs = memory_alloc(memory_product(pairs + 1, sizeof(*builder->pairs)));
    builder->last_case = memory_alloc(memory_product(pairs + 1, sizeof(*builder->last_case)));
    builder->carried = memory_alloc(places + 1);
    note_seams(builder);
    for (size_t i = 0; i < silos->system_count; i++)
        note_system(builder, &silos->things[i]);
    return builder;
}

void crossings_destroy(struct crossings_builder *builder)
{
    if (builder == NULL)
        return;
    free(builder->pairs);
    free(builder->last_case);
    free(builder->carried);
    free(builder);
}

/* ---- A case ---------------------------------------------------------------------------- */

/* From one touchpoint to another one; true where the owner changes. */
static bool cross(struct crossings_builder *builder, int32_t from, int32_t to)
{
    const struct silos *silos = builder->silos;
    int giver = silos->owner_of[from], taker = silos->owner_of[to];
    if (giver == NONE || taker == NONE || giver == taker)
        return false;
    struct crossing *pair = pair_of(builder, giver, taker);
    uint64_t *last = &builder->last_case[pair - builder->pairs];
    bool named = builder->journey->touchpoints[from].systems.count > 0;
    pair->passes++;
    pair->as_designed += to == from + 1;
    pair->unknown += !named;
    pair->unaided += named && !builder->carried[(size_t)from * silos->owner_count + (size_t)taker];
    pair->cases += *last != builder->cases;
    *last = builder->cases;
    return true;
}

bool crossings_add(const struct sequence *sequence, void *data)
{
    struct crossings_builder *builder = data;
    int32_t from = NONE;
    double passes = 0;
    builder->cases++; /* counted from 1: 0 is no case */
    for (size_t i = 0; i < sequence->count; i++) {
        int32_t step = sequence->steps[i].step;
        if ((size_t)step >= builder->journey->touchpoint_count)
            continue;
        passes += from != NONE && cross(builder, from, step);
        from = step;
    }
    builder->crossing_cases += passes > 0;
    builder->passes += passes;
    builder->squares += passes * passes;
    return true;
}

/* ---- All of them ----------------------------------------------------------------------- */

static int by_passes(const void *a, const void *b)
{
    const struct crossing *left = a, *right = b;
    if (left->passes != right->passes)
        return left->passes > right->passes ? -1 : 1;
    if (left->seams != right->seams)
        return left->seams > right->seams ? -1 : 1;
    return left->from != right->from ? left->from - right->from : left->to - right->to;
}

static void add_up(struct crossing *all, const struct crossing *pair)
{
    all->seams += pair->seams;
    all->passes += pair->passes;
    all->as_designed += pair->as_designed;
    all->unaided += pair->unaided;
    all->unknown += pair->unknown;
}

static struct crossing *collect(struct arena *arena, const struct crossings_builder *builder,
                                struct crossings *out)
{
    int owners = (int)builder->silos->owner_count;
    struct crossing *items = NULL;
    size_t capacity = 0;
    for (int i = 0; i < owners * owners; i++) {
        const struct crossing *pair = &builder->pairs[i];
        if (pair->passes == 0 && pair->seams == 0)
            continue;
        items = arena_grow(arena, items, out->count, &capacity, sizeof(*items));
        items[out->count] = *pair;
        items[out->count].from = i / owners;
        items[out->count++].to = i % owners;
        add_up(&out->all, pair);
    }
    return items;
}

const struct crossings *crossings_finish(struct arena *arena, struct crossings_builder *builder)
{
    struct crossings *out = arena_alloc(arena, sizeof(*out));
    struct crossing *items = collect(arena, builder, out);
    if (out->count > 0)
        qsort(items, out->count, sizeof(*items), by_passes);
    out->items = items;
    out->cases = builder->cases;
    out->all.from = out->all.to = NONE;
    out->all.cases = builder->crossing_cases;
    out->per_case =
        mean_estimate(moments_from_sums((double)builder->cases, builder->passes, builder->squares),
                      CONFIDENCE_95);
    crossings_destroy(builder);
    return out;
}
