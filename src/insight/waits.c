/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "waits.h"

#include <stdlib.h>

#include <stellwerk/base/memory.h>

#define OF_DOUBLING (UINT64_C(1) << WAITS_BITS)
#define BINS ((size_t)(65 - WAITS_BITS) << WAITS_BITS)

static double middle_of(size_t bin)
{
    if (bin < 2 * OF_DOUBLING)
        return (double)bin;
    unsigned shift = (unsigned)(bin >> WAITS_BITS) - 1;
    uint64_t low = (bin - ((uint64_t)shift << WAITS_BITS)) << shift;
    return (double)low + (double)((UINT64_C(1) << shift) - 1) / 2;
}

static void begin_bins(struct waits *waits)
{
    waits->bins = memory_alloc(BINS * sizeof(*waits->bins));
    for (size_t i = 0; i < waits->count; i++)
        waits->bins[waits_bin(waits->exact[i] >> 1)][waits->exact[i] & 1]++;
    free(waits->exact);
    waits->exact = NULL;
    waits->count = waits->capacity = 0;
}

void waits_keep(struct waits *waits, uint64_t time, bool reached)
{
    if (waits->count == WAITS_EXACT) {
        begin_bins(waits);
        waits->bins[waits_bin(time)][reached]++;
        return;
    }
    if (waits->count == waits->capacity) {
        waits->capacity = waits->capacity > 0 ? 2 * waits->capacity : 64;
        waits->exact = memory_resize(waits->exact, waits->capacity * sizeof(*waits->exact));
    }
    waits->exact[waits->count++] = time << 1 | reached;
}

void waits_merge(struct waits *waits, const struct waits *from)
{
    for (size_t i = 0; i < from->count; i++)
        waits_add(waits, (int64_t)(from->exact[i] >> 1), from->exact[i] & 1);
    if (from->bins == NULL)
        return;
    if (waits->bins == NULL)
        begin_bins(waits);
    for (size_t i = 0; i < BINS; i++)
        for (size_t k = 0; k < 2; k++)
            waits->bins[i][k] += from->bins[i][k];
}

void waits_finish(struct waits *waits)
{
    free(waits->exact);
    free(waits->bins);
    *waits = (struct waits){ 0 };
}

static struct survival exact_curve(struct arena *arena, const struct waits *waits, double level)
{
    struct survival_case *cases = memory_alloc((waits->count + 1) * sizeof(*cases));
    for (size_t i = 0; i < waits->count; i++)
        cases[i] = (struct survival_case){
            .time = (double)(waits->exact[i] >> 1),
            .reached = waits->exact[i] & 1,
        };
    struct survival curve = survival_new(arena, cases, waits->count, level);
    free(cases);
    return curve;
}

struct survival waits_curve(struct arena *arena, const struct waits *waits, double level)
{
    if (waits->bins == NULL)
        return exact_curve(arena, waits, level);
    struct survival_count *counts = arena_array(arena, BINS, sizeof(*counts));
    size_t used = 0;
    for (size_t i = 0; i < BINS; i++)
        if (waits->bins[i][0] > 0 || waits->bins[i][1] > 0)
            counts[used++] = (struct survival_count){
                .time = middle_of(i),
                .reached = waits->bins[i][true],
                .open = waits->bins[i][false],
            };
    return survival_from_counts(arena, counts, used, level);
}
