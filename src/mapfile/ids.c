/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ids.h"

#include <assert.h>
#include <string.h>

#include <stellwerk/base/file.h>

void ids_init(struct ids *ids, struct arena *arena)
{
    *ids = (struct ids){ .arena = arena };
}

/* The slot that holds the id, or the free one where it belongs. */
static uint32_t *slot_of(const struct ids *ids, const char *id)
{
    size_t mask = ids->slot_count - 1;
    size_t at = hash_text(id) & mask;
    while (ids->slots[at] != 0 && strcmp(ids->entries[ids->slots[at] - 1].id, id) != 0)
        at = (at + 1) & mask;
    return &ids->slots[at];
}

struct id_entry *ids_find(const struct ids *ids, const char *id)
{
    if (ids->count == 0)
        return NULL;
    uint32_t slot = *slot_of(ids, id);
    return slot != 0 ? &ids->entries[slot - 1] : NULL;
}

static void widen(struct ids *ids)
{
    ids->slot_count = ids->slot_count == 0 ? 16 : 2 * ids->slot_count;
    ids->slots = arena_array(ids->arena, ids->slot_count, sizeof(*ids->slots));
    for (size_t i = 0; i < ids->count; i++)
        *slot_of(ids, ids->entries[i].id) = (uint32_t)i + 1;
}

void ids_add(struct ids *ids, const char *id, int index, struct pos pos)
{
    if (2 * (ids->count + 1) > ids->slot_count)
        widen(ids);
    ids->entries =
        arena_grow(ids->arena, ids->entries, ids->count, &ids->capacity, sizeof(*ids->entries));
    uint32_t *slot = slot_of(ids, id);
    assert(*slot == 0);
    ids->entries[ids->count] = (struct id_entry){ .id = id, .index = index, .pos = pos };
    *slot = (uint32_t)++ids->count;
}

void ids_offer(const struct ids *ids, struct near *near)
{
    for (size_t i = 0; i < ids->count; i++)
        if (ids->entries[i].index >= 0)
            near_offer(near, ids->entries[i].id);
}
