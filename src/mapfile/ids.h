/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names and where they were first given: ids of a map, anchors and keys of a YAML text.
 *
 * Finding one takes the same time among three and among thirty thousand.
 */
#ifndef STELLWERK_SRC_MAPFILE_IDS_H
#define STELLWERK_SRC_MAPFILE_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/base/near.h>

struct id_entry {
    const char *id; /* borrowed */
    int index;      /* of the thing, or what else the user of the table keeps with an id */
    struct pos pos;
};

struct ids {
    struct arena *arena;
    struct id_entry *entries; /* in the order they were added */
    size_t count, capacity;
    uint32_t *slots;   /* place in `entries` plus one; 0 is free */
    size_t slot_count; /* a power of two, more than half of it free */
};

void ids_init(struct ids *ids, struct arena *arena);

/* NULL where the id is not there. Valid until the next ids_add(). */
struct id_entry *ids_find(const struct ids *ids, const char *id);

/* Adds an id that is not there yet. */
void ids_add(struct ids *ids, const char *id, int index, struct pos pos);

/* Offers every id that stands for something (index >= 0). */
void ids_offer(const struct ids *ids, struct near *near);

#endif
