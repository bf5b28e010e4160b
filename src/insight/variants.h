/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Different rows of steps, and how many cases took each. Private to insight/.
 */
#ifndef STELLWERK_SRC_INSIGHT_VARIANTS_H
#define STELLWERK_SRC_INSIGHT_VARIANTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct variant {
    uint64_t hash;
    size_t first, count; /* its steps in `steps` */
    uint64_t cases;
};

struct variants {          /* all zero: none */
    struct variant *items; /* in the order in which they were first met */
    size_t count, capacity;
    int32_t *steps;
    size_t step_count, step_capacity;
    uint32_t *slots; /* number + 1; 0: free */
    size_t slot_count;
    bool cut; /* more were met than are told apart */
};

/* Begins a row: its steps are written to the end of `steps`, where there is room for `count`. A row
 * that was not taken is still there. */
int32_t *variants_begin(struct variants *variants, size_t count);

/* What a row's steps come to, one after the other from 0 on: a polynomial, as long as nobody waits
 * for more. What it misses, comparing finds. */
static inline uint64_t variants_hash(uint64_t hash, int32_t step)
{
    return hash * UINT64_C(0x9e3779b97f4a7c15) + (uint32_t)step + 1;
}

#define VARIANT_NONE SIZE_MAX

/* Counts the row just written, of `count` steps; returns its place, VARIANT_NONE where it is one
 * too many. */
size_t variants_take(struct variants *variants, size_t count);

/* The same where it is known what its steps come to. */
size_t variants_take_hashed(struct variants *variants, size_t count, uint64_t hash);

/* The steps of `a` come before those of `b`, number by number; a row before those it begins. */
bool variants_precedes(const struct variants *variants, size_t a, size_t b);

void variants_finish(struct variants *variants);

#endif
