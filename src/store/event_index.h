/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The indexes of events (index_runs.h): which row has a key, and which rows are at a touchpoint, by
 * time. Private to store/.
 *
 * Whoever writes events keeps them, within the same transaction. They are complete: a row's key and
 * place are always in them. Of a row that has changed its place, the older one is in them, too, and
 * who reads looks at the row (event_places.h).
 *
 *     event_index_begin() … event_index_find() event_index_add() … event_index_flush()
 */
#ifndef STELLWERK_SRC_STORE_EVENT_INDEX_H
#define STELLWERK_SRC_STORE_EVENT_INDEX_H

#include "index_finder.h"

/* Names of the indexes. */
#define EVENT_KEYS "key"
#define EVENT_PLACES "place"

/* A place as a key: a touchpoint's word, 0 for none, and an instant. */
static inline struct index_entry event_place(int64_t touchpoint, int64_t ts, int64_t id)
{
    const uint64_t sign = UINT64_C(1) << 63;
    return (struct index_entry){ (uint64_t)touchpoint, (uint64_t)ts ^ sign, id };
}

static inline int64_t event_place_time(const struct index_entry *place)
{
    return (int64_t)(place->low ^ UINT64_C(1) << 63);
}

/* Entries that wait to be written. */
struct event_entries {
    struct index_entry *items; /* on the heap */
    size_t count;
};

struct event_index {
    struct store *store;
    struct index_finder finder;
    struct event_entries keys, places;
    uint64_t newest; /* upper half of the greatest key, of those that wait, too; 0: none */
    uint32_t *slots; /* of keys that wait, by digest: 1 + its number; on the heap */
    size_t slot_count;
    size_t hashed;    /* so many of them have slots: none before one is looked for */
    uint64_t changes; /* of the store, by others, when it was looked at */
    int64_t next_id;
};

void event_index_init(struct event_index *index, struct store *store);
void event_index_finish(struct event_index *index);

/* A transaction, or for a preview none, has begun. */
[[nodiscard]] bool event_index_begin(struct event_index *index, struct error *err);

/* A key that is asked for soon. What it takes to find it is spread over more memory than is near
 * the processor; on its way meanwhile, nobody waits for it. */
void event_index_fetch(const struct event_index *index, const struct digest *key);

/* The rows that have many keys, at least one, as far as they have been written; 0: who knows. That
 * holds until a transaction begins in which `changes` is another. */
[[nodiscard]] bool event_index_look_ahead(struct event_index *index, const struct digest *keys,
                                          size_t count, int64_t *out, struct error *err);

/* The row that has a key; 0: none. */
[[nodiscard]] bool event_index_find(struct event_index *index, const struct digest *key,
                                    int64_t *out, struct error *err);

/* A row that is new, with the id `next_id`, which is one more then; or one that is elsewhere
 * now. */
[[nodiscard]] bool event_index_add(struct event_index *index, const struct digest *key,
                                   int64_t touchpoint, int64_t ts, struct error *err);
[[nodiscard]] bool event_index_move(struct event_index *index, int64_t id, int64_t touchpoint,
                                    int64_t ts, struct error *err);

/* Writes what waits. */
[[nodiscard]] bool event_index_flush(struct event_index *index, struct error *err);

/* Within a transaction, by who changes many rows: adds the places of those that meet a condition
 * (SQL), or makes both indexes anew from all rows. */
[[nodiscard]] bool event_index_add_places(struct store *store, const char *condition,
                                          struct error *err);
[[nodiscard]] bool event_index_rebuild(struct store *store, struct error *err);

/* How many rows the indexes do not lead to, and keys that no row has; only reads. */
[[nodiscard]] bool event_index_verify(struct store *store, uint64_t *keys, uint64_t *places,
                                      struct error *err);

#endif
