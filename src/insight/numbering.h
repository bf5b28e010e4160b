/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Consecutive numbers for 64-bit keys, in the order in which they are first met. Private to
 * insight/.
 */
#ifndef STELLWERK_SRC_INSIGHT_NUMBERING_H
#define STELLWERK_SRC_INSIGHT_NUMBERING_H

#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>

struct numbering { /* all zero but for the arena is an empty one */
    struct arena *arena;
    uint64_t *keys;    /* of the numbers; their capacity is that of the slots */
    uint32_t *slots;   /* number + 1; 0: free */
    size_t slot_count; /* 0 or a power of two; at most half are taken */
    size_t count;
};

/* The number of a key, a new one where `number` == `count` was before the call. */
uint32_t numbering_get(struct numbering *numbering, uint64_t key);

#endif
