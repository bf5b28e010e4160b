/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/paths.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/mean.h>

#include "exact.h"
#include "foremost.h"
#include "paths_builder.h"
#include "ways.h"

/* ---- Rows ---- */

static bool is_completed(const struct paths_builder *builder, const int32_t *steps, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (steps[i] == builder->designs.goal)
            return true;
    return false;
}

static void count_rows(struct paths_builder *builder)
{
    for (size_t i = 0; i < builder->variants.count; i++) {
        const struct variant *variant = &builder->variants.items[i];
        const int32_t *steps = builder->variants.steps + variant->first;
        bool completed = is_completed(builder, steps, variant->count);
        paths_count_row(builder, steps, variant->count,
                        (struct row_cases){
                            .cases = variant->cases,
                            .completed = completed ? variant->cases : 0,
                            .closed = builder->rows[i].closed,
                        });
    }
}

/* ---- Columns ---- */

static void read_waits(struct arena *arena, const struct column_waits *waits,
                       struct path_column *out)
{
    struct survival curve = waits_curve(arena, &waits->waits, CONFIDENCE_95);
    out->median = survival_quantile(&curve, 0.5);
    out->p90 = survival_quantile(&curve, 0.9);
    out->waiting = waits->waiting;
    out->approximate = waits->waits.bins != NULL;
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
        read_waits(arena, &builder->waits[i], &out->columns[i]);
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

static double mean_of(unsigned __int128 time, uint64_t count)
{
    return count > 0 ? (double)time / (double)count : NAN;
}

static struct path_arc read_arc(const struct paths_builder *builder, size_t index)
{
    const struct arc_count *count = &builder->arc_counts[index];
    uint64_t key = builder->arcs.keys[index], all[CHANGES];
    int from = (int)(uint32_t)(key >> 32), to = (int)(uint32_t)key;
    struct path_arc arc = {
        .from = from,
        .to = to,
        .kind = designs_transition(&builder->designs, from, to),
        .settled_breaks = count->count[CHANGE_BREAK][true],
        .dropped_breaks = count->dropped[CHANGE_BREAK],
    };
    unsigned __int128 time = 0;
    for (enum change change = 0; change < CHANGES; change++) {
        all[change] = count->count[change][false] + count->count[change][true];
        arc.count += all[change];
        arc.settled += count->count[change][true];
        arc.dropped += count->dropped[change];
        time += count->time[change];
    }
    arc.breaks = all[CHANGE_BREAK];
    arc.switches = all[CHANGE_SWITCH] + all[CHANGE_BREAK];
    arc.mean_time = from == PATH_BEGIN || to == PATH_END ? NAN : mean_of(time, arc.count);
    arc.mean_break_time = mean_of(count->time[CHANGE_BREAK], arc.breaks);
    return arc;
}

static void read_arcs(struct arena *arena, const struct paths_builder *builder, struct paths *out)
{
    out->arc_count = builder->arcs.count;
    out->arcs = arena_array(arena, out->arc_count, sizeof(*out->arcs));
    for (size_t i = 0; i < out->arc_count; i++) {
        struct path_arc arc = out->arcs[i] = read_arc(builder, i);
        out->switches += arc.switches;
        out->breaks += arc.breaks;
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
        .variants = &builder->variants,
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
    struct exact fitness = { 0 };
    struct path_variant *all = memory_alloc(memory_product(count + 1, sizeof(*all)));
    size_t *room = memory_alloc(memory_product(designs_room(&builder->designs), sizeof(*room)));
    for (size_t i = 0; i < count; i++) {
        all[i] = read_variant(builder, &builder->variants.items[i], room);
        if (all[i].completed)
            exact_add(&fitness, all[i].fitness, all[i].cases);
    }
    keep_variants(arena, builder, all, out);
    ways_read(arena, all, count, builder->options.variants, out);
    out->variants_in_all = count;
    out->variants_cut = builder->variants.cut;
    out->fit_cases = fitness.n;
    out->fitness = mean_estimate(exact_moments(&fitness), CONFIDENCE_95);
    out->fitness.interval = interval_clamp(out->fitness.interval, 0, 1);
    free(room);
    free(all);
}

struct paths paths_finish(struct arena *arena, struct paths_builder *builder)
{
    count_rows(builder);
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
    };
    read_columns(arena, builder, &out);
    read_arcs(arena, builder, &out);
    read_detours(arena, builder, &out);
    read_variants(arena, builder, &out);
    paths_destroy(builder);
    return out;
}
