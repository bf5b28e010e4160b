/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of bin_set.h share. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_BIN_SET_PARTS_H
#define STELLWERK_SRC_STORE_BIN_SET_PARTS_H

#include "bin_set.h"

/* Makes room for a bucket, and for some more beside it. */
void buckets_make_room(struct arena *arena, struct buckets *buckets, int32_t bucket);

static inline void buckets_reach(struct arena *arena, struct buckets *buckets, int32_t bucket)
{
    if ((uint32_t)(bucket - buckets->first) >= buckets->count)
        buckets_make_room(arena, buckets, bucket);
}

static inline void bin_set_add_exact(struct bin_set *set, double value, uint64_t count)
{
    if (set->count == set->capacity)
        set->exact =
            arena_grow(set->arena, set->exact, set->count, &set->capacity, sizeof(*set->exact));
    set->exact[set->count++] = (struct bin){ .value = value, .count = count };
}

/* The exact values in order, each once. */
void bin_set_settle(struct bin_set *set);

#endif
