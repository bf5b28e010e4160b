/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numbering.h"

#include <string.h>

#define SLOTS_FIRST 64

/* The finaliser of SplitMix64 (Steele, Lea and Flood 2014): each bit of a key moves all others. */
static uint64_t mix(uint64_t key)
{
    key = (key ^ (key >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    key = (key ^ (key >> 27)) * UINT64_C(0x94d049bb133111eb);
    return key ^ (key >> 31);
}

/* Where the key stands, or would. */
static uint32_t *find_slot(const struct numbering *numbering, uint64_t key)
{
    size_t mask = numbering->slot_count - 1;
    size_t at = mix(key) & mask;
    while (numbering->slots[at] != 0 && numbering->keys[numbering->slots[at] - 1] != key)
        at = (at + 1) & mask;
    return &numbering->slots[at];
}

static void make_room(struct numbering *numbering)
{
    if (numbering->count * 2 < numbering->slot_count)
        return;
    size_t wanted = numbering->slot_count > 0 ? numbering->slot_count * 2 : SLOTS_FIRST;
    uint64_t *keys = arena_array(numbering->arena, wanted, sizeof(*keys));
    if (numbering->count > 0)
        memcpy(keys, numbering->keys, numbering->count * sizeof(*keys));
    numbering->keys = keys;
    numbering->slots = arena_array(numbering->arena, wanted, sizeof(*numbering->slots));
    numbering->slot_count = wanted;
    for (size_t i = 0; i < numbering->count; i++)
        *find_slot(numbering, keys[i]) = (uint32_t)i + 1;
}

uint32_t numbering_get(struct numbering *numbering, uint64_t key)
{
    make_room(numbering);
    uint32_t *slot = find_slot(numbering, key);
    if (*slot == 0) {
        numbering->keys[numbering->count++] = key;
        *slot = (uint32_t)numbering->count;
    }
    return *slot - 1;
}
