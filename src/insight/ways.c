/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ways.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>

#include "exact.h"
#include "foremost.h"
#include "variants.h"

struct sums {
    uint64_t cases, again;
    struct exact fitness; /* over the completed ones */
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
    if (variant->completed)
        exact_add(&sums->fitness, variant->fitness, variant->cases);
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
        .completed = sums->fitness.n,
        .fitness = sums->fitness.n > 0 ? exact_moments(&sums->fitness).mean : NAN,
        .again = (double)sums->again / (double)sums->cases,
    };
}

void ways_read(struct arena *arena, const struct path_variant *variants, size_t count, size_t most,
               struct paths *out)
{
    struct variants ways = { 0 };
    struct sums *sums = memory_alloc(memory_product(count + 1, sizeof(*sums)));
    for (size_t i = 0; i < count; i++) {
        size_t left = collapse(&ways, &variants[i]);
        size_t way = variants_take(&ways, left);
        if (way != VARIANT_NONE)
            add(&sums[way], &variants[i], left);
    }
    struct foremost best = {
        .variants = &ways,
        .items = arena_array(arena, most, sizeof(*best.items)),
        .most = most,
    };
    for (size_t i = 0; i < ways.count; i++)
        foremost_offer(&best, i, sums[i].cases);
    out->ways_in_all = ways.count;
    out->way_count = best.count;
    out->ways = arena_array(arena, best.count, sizeof(*out->ways));
    for (size_t i = 0; i < best.count; i++) {
        size_t way = best.items[i].index;
        out->ways[i] = read_way(arena, &ways, way, &sums[way]);
    }
    variants_finish(&ways);
    free(sums);
}
