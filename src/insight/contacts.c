/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/contacts.h>

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/insight/paths.h>

#include "variants.h"

/* A contact is one number: its touchpoint, and its channel or, behind all of them, none. */
struct contacts_builder {
    struct contacts_options options;
    struct contacts found;
    int32_t stands; /* channels of a touchpoint: those of the map, and none of them */
    struct variants variants;
    double *waits; /* beside the steps of `variants` */
    size_t wait_capacity;
    double *waited; /* of the case at hand */
    size_t room;
};

/* A map of absurd size goes without channels: what happens on them must fit into one number. */
static int32_t stands_of(const struct journey *journey)
{
    size_t stands = journey->channel_count + 1;
    bool fits = stands < INT32_MAX && journey->touchpoint_count < INT32_MAX / stands;
    return fits ? (int32_t)stands : 1;
}

struct contacts_builder *contacts_create(const struct contacts_options *options)
{
    struct contacts_builder *builder = memory_alloc(sizeof(*builder));
    builder->options = *options;
    builder->stands = stands_of(options->journey);
    builder->found.goal =
        options->goal != NONE ? options->goal : paths_goal(options->journey, NONE);
    builder->found.as_of = options->as_of;
    builder->found.close_after = options->close_after;
    return builder;
}

void contacts_destroy(struct contacts_builder *builder)
{
    if (builder == NULL)
        return;
    variants_finish(&builder->variants);
    free(builder->waits);
    free(builder->waited);
    free(builder);
}

/* The array with room for `wanted` numbers, the new ones zero. */
static double *widen(double *items, size_t *capacity, size_t wanted)
{
    if (wanted <= *capacity)
        return items;
    size_t room = memory_product(memory_sum(wanted, 64), 2);
    double *wider = memory_resize(items, memory_product(room, sizeof(*items)));
    memset(wider + *capacity, 0, (room - *capacity) * sizeof(*items));
    *capacity = room;
    return wider;
}

static int32_t code_of(const struct contacts_builder *builder, const struct sequence_step *step)
{
    int channel = step->channel != NONE ? step->channel
                                        : builder->options.journey->touchpoints[step->step].channel;
    int32_t none = builder->stands - 1;
    return step->step * builder->stands + (channel < 0 || channel > none ? none : channel);
}

/* The contacts of a case at the end of `variants`, and how long each waited for the next; returns
 * how many. */
static size_t write_row(struct contacts_builder *builder, const struct sequence *sequence,
                        bool *completed)
{
    int32_t *codes = variants_begin(&builder->variants, sequence->count);
    builder->waited = widen(builder->waited, &builder->room, sequence->count);
    size_t count = 0;
    int64_t last = 0;
    for (size_t i = 0; i < sequence->count; i++) {
        const struct sequence_step *step = &sequence->steps[i];
        *completed |= step->step == builder->found.goal;
        if ((size_t)step->step >= builder->options.journey->touchpoint_count)
            continue;
        if (count > 0)
            builder->waited[count - 1] = (double)(step->ts - last);
        last = step->ts;
        builder->waited[count] = 0;
        codes[count++] = code_of(builder, step);
    }
    return count;
}

static void count_row(struct contacts_builder *builder, size_t count, bool completed)
{
    size_t row = variants_take(&builder->variants, count);
    if (row == VARIANT_NONE) {
        builder->found.left_out++;
        return;
    }
    builder->found.cases++;
    builder->found.completed += completed;
    size_t first = builder->variants.items[row].first;
    builder->waits = widen(builder->waits, &builder->wait_capacity, first + count);
    for (size_t i = 0; i < count; i++)
        builder->waits[first + i] += builder->waited[i];
}

bool contacts_add(const struct sequence *sequence, void *data)
{
    struct contacts_builder *builder = data;
    bool completed = false;
    size_t count = write_row(builder, sequence, &completed);
    int64_t idle = builder->options.as_of - sequence->steps[sequence->count - 1].ts;
    if (!completed && idle <= builder->options.close_after)
        builder->found.open++;
    else if (count == 0)
        builder->found.elsewhere++;
    else
        count_row(builder, count, completed);
    return true;
}

static struct contact_row read_row(struct arena *arena, const struct contacts_builder *builder,
                                   const struct variant *variant)
{
    struct contact *contacts = arena_array(arena, variant->count, sizeof(*contacts));
    struct contact_row row = {
        .contacts = contacts,
        .count = variant->count,
        .cases = variant->cases,
    };
    for (size_t i = 0; i < variant->count; i++) {
        int32_t code = builder->variants.steps[variant->first + i];
        int channel = code % builder->stands;
        contacts[i] = (struct contact){
            .touchpoint = code / builder->stands,
            .channel = channel < builder->stands - 1 ? channel : NONE,
            .wait = builder->waits[variant->first + i],
        };
        row.completed |= contacts[i].touchpoint == builder->found.goal;
    }
    return row;
}

struct contacts contacts_finish(struct arena *arena, struct contacts_builder *builder)
{
    struct contacts out = builder->found;
    out.count = builder->variants.count;
    out.rows = arena_array(arena, out.count, sizeof(*out.rows));
    for (size_t i = 0; i < out.count; i++)
        out.rows[i] = read_row(arena, builder, &builder->variants.items[i]);
    contacts_destroy(builder);
    return out;
}
