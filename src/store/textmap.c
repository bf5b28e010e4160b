/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "textmap.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/file.h>
#include <stellwerk/base/memory.h>

void textmap_init(struct textmap *map)
{
    *map = (struct textmap){ 0 };
    arena_init(&map->arena);
}

void textmap_finish(struct textmap *map)
{
    free(map->entries);
    arena_finish(&map->arena);
    *map = (struct textmap){ 0 };
}

/* The entry of the text, or the free one where it belongs; there always is one. */
static struct textmap_entry *probe(const struct textmap *map, const char *text, uint64_t hash)
{
    size_t mask = map->capacity - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        struct textmap_entry *entry = &map->entries[i];
        if (entry->text == NULL || (entry->hash == hash && strcmp(entry->text, text) == 0))
            return entry;
    }
}

static void grow(struct textmap *map)
{
    struct textmap old = *map;
    map->capacity = old.capacity > 0 ? memory_product(old.capacity, 2) : 64;
    map->entries = memory_alloc(memory_product(map->capacity, sizeof(*map->entries)));
    for (size_t i = 0; i < old.capacity; i++)
        if (old.entries[i].text != NULL)
            *probe(map, old.entries[i].text, old.entries[i].hash) = old.entries[i];
    free(old.entries);
}

struct textmap_entry *textmap_get_entry(struct textmap *map, const char *text, int64_t first)
{
    if (map->count >= map->capacity / 4 * 3)
        grow(map);
    uint64_t hash = hash_text(text);
    struct textmap_entry *entry = probe(map, text, hash);
    if (entry->text == NULL) {
        *entry = (struct textmap_entry){
            .text = arena_strdup(&map->arena, text),
            .hash = hash,
            .number = first,
        };
        map->count++;
    }
    return entry;
}

int64_t *textmap_get(struct textmap *map, const char *text, int64_t first)
{
    return &textmap_get_entry(map, text, first)->number;
}

const struct textmap_entry *textmap_find_entry(const struct textmap *map, const char *text)
{
    if (map->count == 0)
        return NULL;
    const struct textmap_entry *entry = probe(map, text, hash_text(text));
    return entry->text != NULL ? entry : NULL;
}

const int64_t *textmap_find(const struct textmap *map, const char *text)
{
    const struct textmap_entry *entry = textmap_find_entry(map, text);
    return entry != NULL ? &entry->number : NULL;
}

const struct textmap_entry *textmap_next(const struct textmap *map,
                                         const struct textmap_entry *entry)
{
    size_t i = entry != NULL ? (size_t)(entry - map->entries) + 1 : 0;
    while (i < map->capacity && map->entries[i].text == NULL)
        i++;
    return i < map->capacity ? &map->entries[i] : NULL;
}
