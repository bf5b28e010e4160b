/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/conversions.h>

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/insight/paths.h>

#include "variants.h"

struct conversions_builder {
    struct conversions_options options;
    struct conversions found;
    struct variants variants;
    struct path_outcome *outcomes; /* of each variant */
    size_t outcome_capacity;
    double *decay; /* of each variant's steps: shares added up over its conversions */
    size_t decay_capacity;
    double *ages, *shares; /* of the case at hand */
    size_t room;
};

struct conversions_builder *conversions_create(const struct conversions_options *options)
{
    struct conversions_builder *builder = memory_alloc(sizeof(*builder));
    builder->options = *options;
    builder->found.goal =
        options->goal != NONE ? options->goal : paths_goal(options->journey, NONE);
    return builder;
}

void conversions_destroy(struct conversions_builder *builder)
{
    if (builder == NULL)
        return;
    variants_finish(&builder->variants);
    free(builder->outcomes);
    free(builder->decay);
    free(builder->ages);
    free(builder->shares);
    free(builder);
}

/* The array with room for `wanted` items, the new ones zero. */
static void *widen(void *items, size_t *capacity, size_t wanted, size_t size)
{
    if (wanted <= *capacity)
        return items;
    size_t room = memory_product(memory_sum(wanted, 64), 2);
    char *moved = memory_resize(items, memory_product(room, size));
    memset(moved + *capacity * size, 0, (room - *capacity) * size);
    *capacity = room;
    return moved;
}

static void make_room(struct conversions_builder *builder, size_t steps)
{
    size_t room = builder->room;
    builder->ages = widen(builder->ages, &room, steps, sizeof(double));
    builder->shares = widen(builder->shares, &builder->room, steps, sizeof(double));
}

/* The first step at the goal; the number of steps where there is none. */
static size_t find_goal(const struct conversions_builder *builder, const struct sequence *sequence)
{
    size_t at = 0;
    while (at < sequence->count && sequence->steps[at].step != builder->found.goal)
        at++;
    return at;
}

/* The touchpoints before `end`, with their ages at that step. */
static size_t write_path(struct conversions_builder *builder, const struct sequence *sequence,
                         size_t end)
{
    size_t count = 0;
    int64_t then = sequence->steps[end < sequence->count ? end : end - 1].ts;
    int32_t *steps = variants_begin(&builder->variants, end);
    make_room(builder, end);
    for (size_t i = 0; i < end; i++) {
        const struct sequence_step *step = &sequence->steps[i];
        if ((size_t)step->step >= builder->options.journey->touchpoint_count)
            continue;
        builder->ages[count] = (double)(then - step->ts);
        steps[count++] = step->step;
    }
    return count;
}

static double value_of(const struct case_values *values, uint64_t key)
{
    size_t low = 0, high = values != NULL ? values->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (values->items[middle].key == key)
            return values->items[middle].value;
        if (values->items[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

static void add_conversion(struct conversions_builder *builder, size_t variant, size_t count)
{
    size_t first = builder->variants.items[variant].first;
    builder->decay = widen(builder->decay, &builder->decay_capacity, first + count,
                           sizeof(double));
    decay_shares(builder->ages, count, (double)builder->options.half_life, builder->shares);
    for (size_t i = 0; i < count; i++)
        builder->decay[first + i] += builder->shares[i];
    builder->outcomes[variant].conversions++;
}

bool conversions_add(const struct sequence *sequence, void *data)
{
    struct conversions_builder *builder = data;
    size_t end = find_goal(builder, sequence);
    bool converted = end < sequence->count;
    int64_t idle = builder->options.as_of - sequence->steps[sequence->count - 1].ts;
    bool closed = !converted && idle > builder->options.close_after;
    builder->found.cases++;
    builder->found.converted += converted;
    builder->found.closed += closed;
    builder->found.open += !converted && !closed;
    if (!converted && !closed)
        return true;
    size_t count = write_path(builder, sequence, end);
    size_t variant = variants_take(&builder->variants, count);
    if (variant == VARIANT_NONE)
        return true;
    builder->outcomes = widen(builder->outcomes, &builder->outcome_capacity, variant + 1,
                              sizeof(*builder->outcomes));
    struct path_outcome *outcome = &builder->outcomes[variant];
    if (converted) {
        add_conversion(builder, variant, count);
        outcome->value += value_of(builder->options.values, sequence->key);
    } else {
        outcome->nulls++;
    }
    return true;
}

static struct attribution_path read_path(struct arena *arena,
                                         const struct conversions_builder *builder, size_t index)
{
    const struct variant *variant = &builder->variants.items[index];
    const struct path_outcome *outcome = &builder->outcomes[index];
    int *steps = arena_array(arena, variant->count, sizeof(*steps));
    double *decay = arena_array(arena, variant->count, sizeof(*decay));
    for (size_t i = 0; i < variant->count; i++) {
        steps[i] = builder->variants.steps[variant->first + i];
        if (outcome->conversions > 0)
            decay[i] = builder->decay[variant->first + i] / outcome->conversions;
    }
    return (struct attribution_path){
        .steps = steps,
        .step_count = variant->count,
        .outcome = *outcome,
        .decay = decay,
    };
}

struct conversions conversions_finish(struct arena *arena, struct conversions_builder *builder)
{
    struct conversions out = builder->found;
    size_t count = builder->variants.count;
    struct attribution_path *paths = arena_array(arena, count, sizeof(*paths));
    for (size_t i = 0; i < count; i++)
        paths[i] = read_path(arena, builder, i);
    out.cut = builder->variants.cut;
    out.input = (struct attribution_input){
        .paths = paths,
        .count = count,
        .touchpoints = builder->options.journey->touchpoint_count,
    };
    conversions_destroy(builder);
    return out;
}
