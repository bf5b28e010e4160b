/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/aftermath.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/mean.h>
#include <stellwerk/insight/paths.h>

#include "exact.h"
#include "numbering.h"

/* What came after one way to a step. */
struct after {
    struct exact scores;
    uint64_t last; /* case that it was met in, from 1 */
};

struct afters {
    struct numbering keys;
    struct after *items;
    size_t capacity;
};

struct aftermath_builder {
    struct arena arena;
    const struct journey *journey;
    const struct case_scores *scores;
    struct afters broken;   /* by transition */
    struct afters unbroken; /* by the step that is come to */
    struct exact with, without;
    uint64_t answered;
};

struct aftermath_builder *aftermath_create(const struct journey *journey,
                                           const struct case_scores *scores)
{
    struct aftermath_builder *builder = memory_alloc(sizeof(*builder));
    arena_init(&builder->arena);
    builder->journey = journey;
    builder->scores = scores;
    builder->broken.keys.arena = builder->unbroken.keys.arena = &builder->arena;
    return builder;
}

void aftermath_destroy(struct aftermath_builder *builder)
{
    if (builder == NULL)
        return;
    free(builder->broken.items);
    free(builder->unbroken.items);
    arena_finish(&builder->arena);
    free(builder);
}

/* Scores are summed up as shares of this. */
#define SCORE_BITS 7

static void add_score(struct exact *scores, double score)
{
    exact_add(scores, ldexp(score, -SCORE_BITS), 1);
}

static struct moments scores_of(const struct exact *scores)
{
    struct moments moments = exact_moments(scores);
    moments.mean = ldexp(moments.mean, SCORE_BITS);
    moments.squares = ldexp(moments.squares, 2 * SCORE_BITS);
    return moments;
}

static struct after *get(struct afters *afters, uint64_t key)
{
    uint32_t number = numbering_get(&afters->keys, key);
    if (number >= afters->capacity) {
        size_t capacity = memory_product(number + (size_t)32, 2);
        afters->items =
            memory_resize(afters->items, memory_product(capacity, sizeof(*afters->items)));
        memset(afters->items + afters->capacity, 0,
               (capacity - afters->capacity) * sizeof(*afters->items));
        afters->capacity = capacity;
    }
    return &afters->items[number];
}

static void add(struct aftermath_builder *builder, struct afters *afters, uint64_t key,
                double score)
{
    struct after *after = get(afters, key);
    if (after->last == builder->answered)
        return;
    after->last = builder->answered;
    add_score(&after->scores, score);
}

/* The first answer of a case; `scores->count` where there is none. */
static size_t find_answers(const struct case_scores *scores, uint64_t key)
{
    size_t low = 0, high = scores->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (scores->items[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < scores->count && scores->items[low].key == key ? low : scores->count;
}

static uint64_t key_of(int from, int to)
{
    return (uint64_t)(uint32_t)from << 32 | (uint32_t)to;
}

static bool add_steps(struct aftermath_builder *builder, const struct sequence *sequence,
                      const struct case_score *answers, size_t count)
{
    bool any = false;
    double sum = 0;
    size_t next = 0, said = count;
    for (size_t i = 0; i < count; i++)
        sum += answers[i].score;
    for (size_t i = 0; i < sequence->count; i++) {
        const struct sequence_step *step = &sequence->steps[i];
        for (; next < count && answers[next].ts < step->ts; next++, said--)
            sum -= answers[next].score;
        bool broken = i > 0 && paths_step_breaks(builder->journey, step - 1, step);
        any |= broken;
        if (said == 0)
            continue;
        if (broken)
            add(builder, &builder->broken, key_of(step[-1].step, step->step), sum / (double)said);
        else
            add(builder, &builder->unbroken, (uint64_t)(uint32_t)step->step, sum / (double)said);
    }
    return any;
}

bool aftermath_add(const struct sequence *sequence, void *data)
{
    struct aftermath_builder *builder = data;
    const struct case_scores *scores = builder->scores;
    size_t first = find_answers(scores, sequence->key), end = first;
    double sum = 0;
    while (end < scores->count && scores->items[end].key == sequence->key)
        sum += scores->items[end++].score;
    if (end == first)
        return true;
    builder->answered++;
    bool broken = add_steps(builder, sequence, &scores->items[first], end - first);
    add_score(broken ? &builder->with : &builder->without, sum / (double)(end - first));
    return true;
}

static void merge(struct afters *afters, const struct afters *from)
{
    for (size_t i = 0; i < from->keys.count; i++)
        exact_merge(&get(afters, from->keys.keys[i])->scores, &from->items[i].scores);
}

void aftermath_merge(struct aftermath_builder *builder, const struct aftermath_builder *from)
{
    merge(&builder->broken, &from->broken);
    merge(&builder->unbroken, &from->unbroken);
    exact_merge(&builder->with, &from->with);
    exact_merge(&builder->without, &from->without);
    builder->answered += from->answered;
}

/* ---- The table ---- */

static struct difference compare(struct moments broken, struct moments unbroken)
{
    if (broken.n < 1 || unbroken.n < 1)
        return difference_unknown();
    return mean_difference(broken, unbroken, CONFIDENCE_95);
}

static struct moments unbroken_at(struct aftermath_builder *builder, int step)
{
    struct afters *afters = &builder->unbroken;
    size_t known = afters->keys.count;
    uint32_t number = numbering_get(&afters->keys, (uint64_t)(uint32_t)step);
    return number < known ? scores_of(&afters->items[number].scores) : (struct moments){ 0 };
}

static int compare_items(const void *left, const void *right)
{
    const struct arc_after *a = left, *b = right;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return (a->to > b->to) - (a->to < b->to);
}

struct aftermath aftermath_finish(struct arena *arena, struct aftermath_builder *builder)
{
    struct moments with = scores_of(&builder->with), without = scores_of(&builder->without);
    struct aftermath out = {
        .count = builder->broken.keys.count,
        .items = arena_array(arena, builder->broken.keys.count, sizeof(*out.items)),
        .answered = builder->answered,
        .left_out = builder->scores->left_out,
        .broken = mean_estimate(with, CONFIDENCE_95),
        .unbroken = mean_estimate(without, CONFIDENCE_95),
        .difference = compare(with, without),
    };
    for (size_t i = 0; i < out.count; i++) {
        uint64_t key = builder->broken.keys.keys[i];
        int from = (int)(uint32_t)(key >> 32), to = (int)(uint32_t)key;
        struct moments broken = scores_of(&builder->broken.items[i].scores);
        struct moments unbroken = unbroken_at(builder, to);
        out.items[i] = (struct arc_after){
            .from = from,
            .to = to,
            .broken = mean_estimate(broken, CONFIDENCE_95),
            .unbroken = mean_estimate(unbroken, CONFIDENCE_95),
            .difference = compare(broken, unbroken),
        };
    }
    if (out.count > 0)
        qsort(out.items, out.count, sizeof(*out.items), compare_items);
    aftermath_destroy(builder);
    return out;
}

const struct arc_after *aftermath_find(const struct aftermath *aftermath, int from, int to)
{
    const struct arc_after wanted = { .from = from, .to = to };
    if (aftermath->count == 0)
        return NULL;
    return bsearch(&wanted, aftermath->items, aftermath->count, sizeof(wanted), compare_items);
}
