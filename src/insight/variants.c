/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "variants.h"

#include <stdlib.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/insight/paths.h>

#define SLOTS_FIRST 1024
#define STEPS_MOST ((size_t)16 << 20) /* 64 MB */

int32_t *variants_begin(struct variants *variants, size_t count)
{
    size_t wanted = memory_sum(variants->step_count, count);
    if (wanted > variants->step_capacity || variants->steps == NULL) {
        size_t capacity = memory_product(variants->step_capacity, 2);
        variants->step_capacity = capacity > wanted ? capacity : wanted + SLOTS_FIRST;
        variants->steps = memory_resize(
            variants->steps, memory_product(variants->step_capacity, sizeof(*variants->steps)));
    }
    return variants->steps + variants->step_count;
}

static bool is_same(const struct variants *variants, const struct variant *variant, uint64_t hash,
                    size_t count)
{
    const int32_t *steps = variants->steps + variant->first;
    const int32_t *others = variants->steps + variants->step_count;
    if (variant->hash != hash || variant->count != count)
        return false;
    for (size_t i = 0; i < count; i++) /* few, so that a call would cost more */
        if (steps[i] != others[i])
            return false;
    return true;
}

static uint32_t *find_slot(const struct variants *variants, uint64_t hash, size_t count)
{
    size_t mask = variants->slot_count - 1;
    size_t at = (hash >> 20) & mask;
    while (variants->slots[at] != 0 &&
           !is_same(variants, &variants->items[variants->slots[at] - 1], hash, count))
        at = (at + 1) & mask;
    return &variants->slots[at];
}

static void grow_slots(struct variants *variants)
{
    if (variants->count * 4 < variants->slot_count)
        return;
    size_t count = variants->slot_count > 0 ? variants->slot_count * 2 : SLOTS_FIRST;
    free(variants->slots);
    variants->slots = memory_alloc(count * sizeof(*variants->slots));
    variants->slot_count = count;
    for (size_t i = 0; i < variants->count; i++) {
        size_t at = (variants->items[i].hash >> 20) & (count - 1);
        while (variants->slots[at] != 0)
            at = (at + 1) & (count - 1);
        variants->slots[at] = (uint32_t)i + 1;
    }
}

static void add(struct variants *variants, uint32_t *slot, uint64_t hash, size_t count)
{
    if (variants->count == variants->capacity) {
        variants->capacity = variants->capacity > 0 ? variants->capacity * 2 : 256;
        variants->items =
            memory_resize(variants->items, variants->capacity * sizeof(*variants->items));
    }
    variants->items[variants->count++] = (struct variant){
        .hash = hash,
        .first = variants->step_count,
        .count = count,
        .cases = 1,
    };
    variants->step_count += count;
    *slot = (uint32_t)variants->count;
}

size_t variants_take_hashed(struct variants *variants, size_t count, uint64_t hash)
{
    hash = (hash ^ hash >> 32) * UINT64_C(0xbf58476d1ce4e5b9);
    grow_slots(variants);
    uint32_t *slot = find_slot(variants, hash, count);
    if (*slot != 0) {
        variants->items[*slot - 1].cases++;
    } else if (variants->count < PATHS_VARIANTS_MOST &&
               variants->step_count + count <= STEPS_MOST) {
        add(variants, slot, hash, count);
    } else {
        variants->cut = true;
        return VARIANT_NONE;
    }
    return *slot - 1;
}

size_t variants_take(struct variants *variants, size_t count)
{
    const int32_t *steps = variants->steps + variants->step_count;
    uint64_t hash = 0;
    for (size_t i = 0; i < count; i++)
        hash = variants_hash(hash, steps[i]);
    return variants_take_hashed(variants, count, hash);
}

bool variants_precedes(const struct variants *variants, size_t a, size_t b)
{
    const struct variant *left = &variants->items[a], *right = &variants->items[b];
    const int32_t *steps = variants->steps + left->first, *others = variants->steps + right->first;
    size_t i = 0;
    while (i < left->count && i < right->count && steps[i] == others[i])
        i++;
    if (i == left->count || i == right->count)
        return left->count < right->count;
    return steps[i] < others[i];
}

void variants_finish(struct variants *variants)
{
    free(variants->items);
    free(variants->steps);
    free(variants->slots);
    *variants = (struct variants){ 0 };
}
