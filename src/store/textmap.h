/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A number for every text met: counts, word numbers, places in a list. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_TEXTMAP_H
#define STELLWERK_SRC_STORE_TEXTMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>

struct textmap_entry {
    const char *text; /* NULL: free */
    uint64_t hash;
    int64_t number;
};

struct textmap {
    struct arena arena; /* the texts */
    struct textmap_entry *entries;
    size_t capacity; /* 0 or a power of two; at most three quarters are taken */
    size_t count;
};

void textmap_init(struct textmap *map);
void textmap_finish(struct textmap *map);

/* The number of a text; a new text starts with `first`. Valid until the next call. */
int64_t *textmap_get(struct textmap *map, const char *text, int64_t first);

/* Likewise the entry, whose text is as long as the map is. */
struct textmap_entry *textmap_get_entry(struct textmap *map, const char *text, int64_t first);

/* NULL where the text has not been met. */
const int64_t *textmap_find(const struct textmap *map, const char *text);

/* Likewise the entry, which is valid until the next text is added. */
const struct textmap_entry *textmap_find_entry(const struct textmap *map, const char *text);

/* Walks all entries in no order: start with NULL, ends with NULL. */
const struct textmap_entry *textmap_next(const struct textmap *map,
                                         const struct textmap_entry *entry);

#endif
