/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ways.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>

#include "variants.h"

struct sums {
    uint64_t cases, completed, again;
    double fitness; /* over the completed ones */
};

/* Without the steps that come again at once; returns how many are left. */
static size_t collapse(struct variants *ways, const struct path_variant *variant)
{
    int32_t *steps = variants_begin(ways, variant->count);
    size_t count = 0;
    for (size_t i = 0; i < variant->count; i++)
        if (i == 0 || variant->steps[i] != variant->steps[i - 1])
            steps[count++] = variant->steps[i];
    return count;
}

static void add(struct sums *sums, const struct path_variant *variant, size_t left)
{
    sums->cases += variant->cases;
    sums->again += (variant->count - left) * variant->cases;
    if (!variant->completed)
        return;
    sums->completed += variant->cases;
    sums->fitness += variant->fitness * (double)variant->cases;
}

struct ranked {
    size_t way;
    uint64_t cases;
};

/* Ways of equal number stay in the order of the variants that they were first met in. */
static int compare_ranked(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->cases != b->cases)
        return a->cases < b->cases ? 1 : -1;
    return (a->way > b->way) - (a->way < b->way);
}

static struct path_way read_way(struct arena *arena, const struct variants *ways, size_t way,
                                const struct sums *sums)
{
    const struct variant *from = &ways->items[way];
    int *steps = arena_array(arena, from->count, sizeof(*steps));
    memcpy(steps, ways->steps + from->first, from->count * sizeof(*steps));
    return (struct path_way){
        .steps = steps,
        .count = from->count,
        .cases = sums->cases,
        .completed = sums->completed,
        .fitness = sums->completed > 0 ? sums->fitness / (double)sums->completed : NAN,
        .again = (double)sums->again / (double)sums->cases,
    };
}

void ways_read(struct arena *arena, const struct path_variant *variants, size_t count, size_t most,
               struct paths *out)
{
    struct variants ways = { 0 };
    struct sums *sums = memory_alloc(memory_product(count + 1, sizeof(*sums)));
    struct ranked *ranked = memory_alloc(memory_product(count + 1, sizeof(*ranked)));
    for (size_t i = 0; i < count; i++) {
        size_t left = collapse(&ways, &variants[i]);
        size_t way = variants_take(&ways, left);
        if (way != VARIANT_NONE)
            add(&sums[way], &variants[i], left);
    }
    for (size_t i = 0; i < ways.count; i++)
        ranked[i] = (struct ranked){ i, sums[i].cases };
    if (ways.count > 0)
        qsort(ranked, ways.count, sizeof(*ranked), compare_ranked);
    out->ways_in_all = ways.count;
    out->way_count = ways.count < most ? ways.count : most;
    out->ways = arena_array(arena, out->way_count, sizeof(*out->ways));
    for (size_t i = 0; i < out->way_count; i++)
        out->ways[i] = read_way(arena, &ways, ranked[i].way, &sums[ranked[i].way]);
    variants_finish(&ways);
    free(ranked);
    free(sums);
}
