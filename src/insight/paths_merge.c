/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "paths_builder.h"

static void merge_arcs(struct paths_builder *builder, const struct paths_builder *from)
{
    for (size_t i = 0; i < from->arcs.count; i++) {
        struct arc_count *arc = paths_arc(builder, from->arcs.keys[i]);
        const struct arc_count *more = &from->arc_counts[i];
        for (enum change change = 0; change < CHANGES; change++) {
            arc->dropped[change] += more->dropped[change];
            arc->time[change] += more->time[change];
            for (int settled = 0; settled < 2; settled++)
                arc->count[change][settled] += more->count[change][settled];
        }
    }
}

static void merge_waits(struct paths_builder *builder, const struct paths_builder *from)
{
    for (size_t i = 0; i < builder->designs.items[0].count; i++) {
        builder->waits[i].waiting += from->waits[i].waiting;
        waits_merge(&builder->waits[i].waits, &from->waits[i].waits);
    }
}

/* False where there are too many. */
static bool merge_variants(struct paths_builder *builder, const struct paths_builder *from)
{
    for (size_t i = 0; i < from->variants.count; i++) {
        const struct variant *variant = &from->variants.items[i];
        int32_t *steps = variants_begin(&builder->variants, variant->count);
        memcpy(steps, from->variants.steps + variant->first, variant->count * sizeof(*steps));
        size_t taken = variants_take(&builder->variants, variant->count);
        if (taken == VARIANT_NONE)
            return false;
        builder->variants.items[taken].cases += variant->cases - 1;
        paths_row(builder, taken)->closed += from->rows[i].closed;
    }
    return true;
}

bool paths_merge(struct paths_builder *builder, const struct paths_builder *from)
{
    if (builder->variants.cut || from->variants.cut || !merge_variants(builder, from))
        return false;
    builder->cases += from->cases;
    builder->events += from->events;
    builder->completed += from->completed;
    builder->closed += from->closed;
    merge_arcs(builder, from);
    merge_waits(builder, from);
    return true;
}
