/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "waits.h"

#include <stdlib.h>

#include <stellwerk/base/memory.h>

#define BINS_BITS 7 /* of a doubling */
#define BINS_OF_DOUBLING (1u << BINS_BITS)
#define BINS ((65 - BINS_BITS) * BINS_OF_DOUBLING)

/* Times below BINS_OF_DOUBLING have a bin each; beyond, the leading bits of a time choose its. */
static size_t bin_of(uint64_t time)
{
    if (time < BINS_OF_DOUBLING)
        return time;
    unsigned shift = 63u - (unsigned)__builtin_clzll(time) - BINS_BITS;
    return ((size_t)shift << BINS_BITS) + (time >> shift);
}

static double middle_of(size_t bin)
{
    if (bin < 2 * BINS_OF_DOUBLING)
        return (double)bin;
    unsigned shift = (unsigned)(bin >> BINS_BITS) - 1;
    uint64_t low = (bin - ((uint64_t)shift << BINS_BITS)) << shift;
    return (double)low + (double)((UINT64_C(1) << shift) - 1) / 2;
}

static void count_in_bin(struct waits *waits, int64_t time, bool reached)
{
    uint32_t *bins = reached ? waits->reached : waits->open;
    bins[bin_of((uint64_t)time)]++;
}

static void begin_bins(struct waits *waits)
{
    waits->reached = memory_alloc(BINS * sizeof(*waits->reached));
    waits->open = memory_alloc(BINS * sizeof(*waits->open));
    for (size_t i = 0; i < waits->count; i++)
        count_in_bin(waits, (int64_t)waits->exact[i].time, waits->exact[i].reached);
    free(waits->exact);
    waits->exact = NULL;
}

void waits_add(struct waits *waits, int64_t time, bool reached)
{
    if (time < 0)
        time = 0;
    if (waits->count == WAITS_EXACT)
        begin_bins(waits);
    if (waits->count++ >= WAITS_EXACT) {
        count_in_bin(waits, time, reached);
        return;
    }
    if (waits->count > waits->capacity) {
        waits->capacity = waits->capacity > 0 ? 2 * waits->capacity : 64;
        waits->exact = memory_resize(waits->exact, waits->capacity * sizeof(*waits->exact));
    }
    waits->exact[waits->count - 1] =
        (struct survival_case){ .time = (double)time, .reached = reached };
}

void waits_finish(struct waits *waits)
{
    free(waits->exact);
    free(waits->reached);
    free(waits->open);
    *waits = (struct waits){ 0 };
}

struct survival waits_curve(struct arena *arena, const struct waits *waits, double level)
{
    if (waits->reached == NULL)
        return survival_new(arena, waits->exact, waits->count, level);
    struct survival_count *counts = arena_array(arena, BINS, sizeof(*counts));
    size_t used = 0;
    for (size_t i = 0; i < BINS; i++)
        if (waits->reached[i] > 0 || waits->open[i] > 0)
            counts[used++] = (struct survival_count){
                .time = middle_of(i),
                .reached = waits->reached[i],
                .open = waits->open[i],
            };
    return survival_from_counts(arena, counts, used, level);
}
