/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/paths.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/mean.h>
#include <stellwerk/model/sample.h>

#include "foremost.h"
#include "paths_builder.h"
#include "ways.h"

/* ---- Columns ---- */

static void read_waits(struct arena *arena, const struct column_count *count,
                       struct path_column *out)
{
    struct survival curve = waits_curve(arena, &count->waits, CONFIDENCE_95);
    out->median = survival_quantile(&curve, 0.5);
    out->p90 = survival_quantile(&curve, 0.9);
    out->waiting = count->waiting;
    out->approximate = count->waits.reached != NULL;
}

/* From the last column to the first, `passed` grows by the cases whose furthest column was the one
 * behind; those that keep to a route likewise, for each route. */
static void read_skips(const struct paths_builder *builder, struct paths *out)
{
    const struct designs *designs = &builder->designs;
    uint64_t *kept = memory_alloc(memory_product(designs->count, sizeof(*kept)));
    uint64_t passed = 0;
    for (size_t i = out->column_count; i-- > 0;) {
        struct path_column *column = &out->columns[i];
        column->passed = passed;
        column->skipped = passed - builder->columns[i].pairs;
        for (size_t d = 0; d < designs->count; d++) {
            if (d > 0 && !designs->items[d].has[column->touchpoint])
                column->skipped_as_designed += kept[d];
            kept[d] += builder->route_ended[d * out->column_count + i];
        }
        if (designs->journey->touchpoints[column->touchpoint].optional)
            column->skipped_as_designed = column->skipped;
        passed += builder->columns[i].ended;
    }
    free(kept);
}

static void read_columns(struct arena *arena, const struct paths_builder *builder,
                         struct paths *out)
{
    const struct design *design = &builder->designs.items[0];
    out->column_count = design->count;
    out->columns = arena_array(arena, design->count, sizeof(*out->columns));
    for (size_t i = 0; i < design->count; i++) {
        const struct column_count *count = &builder->columns[i];
        out->columns[i] = (struct path_column){
            .touchpoint = design->columns[i],
            .present = count->present,
            .visits = count->visits,
            .repeated = count->repeated,
            .settled = count->settled,
            .dropped = count->dropped,
            .pairs = count->pairs,
            .in_order = count->in_order,
        };
        read_waits(arena, count, &out->columns[i]);
    }
    read_skips(builder, out);
}

/* ---- Arcs ---- */

static int compare_counts(uint64_t a, uint64_t b)
{
    return (a < b) - (a > b);
}

static int compare_arcs(const void *left, const void *right)
{
    const struct path_arc *a = left, *b = right;
    int order = compare_counts(a->count, b->count);
    if (order == 0)
        order = (a->from > b->from) - (a->from < b->from);
    return order != 0 ? order : (a->to > b->to) - (a->to < b->to);
}

static struct path_arc read_arc(const struct paths_builder *builder, size_t index)
{
    const struct arc_count *count = &builder->arc_counts[index];
    uint64_t key = builder->arcs.keys[index];
    int from = (int)(uint32_t)(key >> 32), to = (int)(uint32_t)key;
    bool end = from == PATH_BEGIN || to == PATH_END;
    return (struct path_arc){
        .from = from,
        .to = to,
        .kind = designs_transition(&builder->designs, from, to),
        .count = count->count,
        .switches = count->switches,
        .breaks = count->breaks,
        .mean_time = end ? NAN : count->time / (double)count->count,
        .settled = count->settled,
        .dropped = count->dropped,
        .settled_breaks = count->settled_breaks,
        .dropped_breaks = count->dropped_breaks,
        .mean_break_time = count->breaks > 0 ? count->break_time / (double)count->breaks : NAN,
    };
}

static void read_arcs(struct arena *arena, const struct paths_builder *builder, struct paths *out)
{
    out->arc_count = builder->arcs.count;
    out->arcs = arena_array(arena, out->arc_count, sizeof(*out->arcs));
    for (size_t i = 0; i < out->arc_count; i++) {
        struct path_arc arc = out->arcs[i] = read_arc(builder, i);
        if (arc.from == PATH_BEGIN || arc.to == PATH_END)
            continue;
        out->follows_count++;
        out->follows += arc.count;
        if (arc.kind != TRANSITION_OFF)
            out->transitions[arc.kind] += arc.count;
    }
    for (size_t i = 0; i < builder->bridges.count; i++) {
        uint64_t key = builder->bridges.keys[i];
        enum transition kind =
            designs_transition(&builder->designs, (int)(uint32_t)(key >> 32), (int)(uint32_t)key);
        out->transitions[kind] += builder->bridge_counts[i];
        out->transitions[TRANSITION_OFF] += builder->bridge_counts[i];
    }
    if (out->arc_count > 0)
        qsort(out->arcs, out->arc_count, sizeof(*out->arcs), compare_arcs);
}

/* ---- Detours ---- */

static int compare_detours(const void *left, const void *right)
{
    const struct path_detour *a = left, *b = right;
    int order = compare_counts(a->cases, b->cases);
    return order != 0 ? order : a->step - b->step;
}

static void read_detours(struct arena *arena, const struct paths_builder *builder,
                         struct paths *out)
{
    out->detours = arena_array(arena, builder->beside_count, sizeof(*out->detours));
    for (size_t i = 0; i < builder->beside_count; i++)
        if (builder->beside[i].events > 0)
            out->detours[out->detour_count++] = (struct path_detour){
                .step = (int)i,
                .events = builder->beside[i].events,
                .cases = builder->beside[i].cases,
            };
    if (out->detour_count > 0)
        qsort(out->detours, out->detour_count, sizeof(*out->detours), compare_detours);
}

/* ---- Variants ---- */

static bool is_completed(const struct paths_builder *builder, const int32_t *steps, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (steps[i] == builder->designs.goal)
            return true;
    return false;
}

static struct path_variant read_variant(const struct paths_builder *builder,
                                        const struct variant *variant, size_t *room)
{
    const int32_t *steps = builder->variants.steps + variant->first;
    struct path_variant out = {
        .steps = steps,
        .count = variant->count,
        .cases = variant->cases,
        .completed = is_completed(builder, steps, variant->count),
        .fitness = NAN,
        .route = NONE,
    };
    if (out.completed)
        out.fitness = designs_fitness(&builder->designs, steps, out.count, room, &out.route);
    return out;
}

static void keep_variants(struct arena *arena, const struct paths_builder *builder,
                          const struct path_variant *all, struct paths *out)
{
    size_t most = builder->options.variants;
    struct foremost best = {
        .items = arena_array(arena, most, sizeof(*best.items)),
        .most = most,
    };
    for (size_t i = 0; i < builder->variants.count; i++)
        foremost_offer(&best, i, all[i].cases);
    out->variant_count = best.count;
    out->variants = arena_array(arena, best.count, sizeof(*out->variants));
    for (size_t i = 0; i < best.count; i++) {
        const struct path_variant *variant = &all[best.items[i].index];
        int *steps = arena_array(arena, variant->count, sizeof(*steps));
        memcpy(steps, variant->steps, variant->count * sizeof(*steps));
        out->variants[i] = *variant;
        out->variants[i].steps = steps;
    }
}

static void read_variants(struct arena *arena, const struct paths_builder *builder,
                          struct paths *out)
{
    size_t count = builder->variants.count;
    struct moments fitness = { 0 };
    struct path_variant *all = memory_alloc(memory_product(count + 1, sizeof(*all)));
    size_t *room = memory_alloc(memory_product(designs_room(&builder->designs), sizeof(*room)));
    for (size_t i = 0; i < count; i++) {
        all[i] = read_variant(builder, &builder->variants.items[i], room);
        if (!all[i].completed)
            continue;
        moments_merge(&fitness,
                      (struct moments){ .n = (double)all[i].cases, .mean = all[i].fitness });
        out->fit_cases += all[i].cases;
    }
    keep_variants(arena, builder, all, out);
    ways_read(arena, all, count, builder->options.variants, out);
    out->variants_in_all = count;
    out->variants_cut = builder->variants.cut;
    out->fitness = mean_estimate(fitness, CONFIDENCE_95);
    out->fitness.interval = interval_clamp(out->fitness.interval, 0, 1);
    free(room);
    free(all);
}

struct paths paths_finish(struct arena *arena, struct paths_builder *builder)
{
    struct paths out = {
        .cases = builder->cases,
        .events = builder->events,
        .completed = builder->completed,
        .closed = builder->closed,
        .open = builder->cases - builder->completed - builder->closed,
        .closed_elsewhere = builder->closed_elsewhere,
        .detoured = builder->detoured,
        .goal = builder->designs.goal,
        .as_of = builder->options.as_of,
        .close_after = builder->options.close_after,
        .switches = builder->switches,
        .breaks = builder->breaks_met,
    };
    read_columns(arena, builder, &out);
    read_arcs(arena, builder, &out);
    read_detours(arena, builder, &out);
    read_variants(arena, builder, &out);
    paths_destroy(builder);
    return out;
}
