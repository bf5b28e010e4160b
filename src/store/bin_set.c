/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bin_set_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bin_code.h"

void bin_set_init(struct bin_set *set, struct arena *arena)
{
    *set = (struct bin_set){ .arena = arena };
}

/* And for some more beside it. */
void buckets_make_room(struct arena *arena, struct buckets *buckets, int32_t bucket)
{
    enum { ROOM = 128 };
    int32_t low = buckets->first, high = low + (int32_t)buckets->count;
    int32_t first = buckets->count > 0 && low < bucket ? low : bucket - bucket % ROOM;
    int32_t end = buckets->count > 0 && high > bucket ? high : bucket - bucket % ROOM + ROOM;
    uint64_t *counts = arena_array(arena, (size_t)(end - first), sizeof(*counts));
    if (buckets->count > 0)
        memcpy(counts + (low - first), buckets->counts, buckets->count * sizeof(*counts));
    *buckets = (struct buckets){
        .counts = counts,
        .first = first,
        .count = (size_t)(end - first),
    };
}

/* ---- Out of months ---- */

void bin_month_rewind(struct bin_month *month)
{
    month->lists = month->totals;
    month->left = 0;
}

bool bin_month_open(struct bin_month *month, struct arena *arena, struct bytes bins)
{
    struct coded coded = coded_init(bins.at, bins.length);
    month->sketched = coded_number(&coded) != 0;
    month->key_count = bins_key_count(&coded);
    if (month->key_count > month->key_capacity) {
        month->key_capacity = 2 * month->key_count;
        month->keys = arena_array(arena, month->key_capacity, sizeof(*month->keys));
    }
    bins_read_keys(&coded, month->sketched, month->keys, month->key_count);
    month->there = (uint32_t)coded_fixed(&coded, 4) & BINS_ALL_DAYS;
    month->totals = coded;
    bin_month_rewind(month);
    return !coded.bad;
}

static void gather(struct bin_set *set, const struct bin_month *month, size_t place, uint64_t count)
{
    int64_t key = month->keys[place];
    if (!month->sketched || key == 0) {
        bin_set_add_exact(set, key_value(key), count);
        return;
    }
    struct buckets *buckets = key > 0 ? &set->above : &set->below;
    int32_t bucket = (int32_t)(key > 0 ? key : -key);
    buckets_reach(set->arena, buckets, bucket);
    buckets->counts[bucket - buckets->first] += count;
}

static void gather_month(struct bin_set *set, struct bin_month *month)
{
    struct coded totals = month->totals;
    for (size_t i = 0; i < month->key_count; i++)
        gather(set, month, i, coded_number(&totals));
    month->lists.bad |= totals.bad;
}

/* The list of a day: into the set or, where values are few, counted by place. */
static void gather_list(struct bin_set *set, struct bin_month *month, struct coded list,
                        uint64_t *counts)
{
    uint64_t count;
    for (size_t place = 0; place < month->key_count &&
                           bins_read_entry(&list, list.end, month->key_count, &place, &count);
         place++) {
        if (counts != NULL)
            counts[place] += count;
        else
            gather(set, month, place, count);
    }
    month->lists.bad |= list.bad;
}

static void pass_totals(struct bin_month *month)
{
    for (size_t i = 0; i < month->key_count; i++)
        (void)coded_number(&month->lists);
    month->left = month->there;
}

static void gather_lists(struct bin_set *set, struct bin_month *month, uint32_t wanted,
                         uint64_t *counts)
{
    if (month->left == 0)
        pass_totals(month);
    for (; (month->left & wanted) != 0 && !month->lists.bad; month->left &= month->left - 1) {
        uint64_t length = coded_number(&month->lists);
        struct coded list = month->lists;
        const unsigned char *bytes = coded_bytes(&month->lists, (size_t)length);
        uint32_t day = month->left & -month->left;
        if (bytes == NULL || (wanted & day) == 0)
            continue;
        list.end = bytes + length;
        gather_list(set, month, list, counts);
        wanted &= ~day;
    }
}

/* Each value once and in order, so that the set need not put them in order. */
static void gather_exactly(struct bin_set *set, struct bin_month *month, uint32_t wanted)
{
    uint64_t counts[BINS_EXACT] = { 0 };
    gather_lists(set, month, wanted, counts);
    for (size_t i = 0; i < month->key_count; i++)
        if (counts[i] > 0)
            bin_set_add_exact(set, key_value(month->keys[i]), counts[i]);
}

bool bin_set_add_days(struct bin_set *set, struct bin_month *month, uint32_t days)
{
    uint32_t wanted = month->there & days;
    if (wanted == 0 || month->key_count == 0)
        return !month->lists.bad;
    set->sketched |= month->sketched;
    if (wanted == month->there)
        gather_month(set, month);
    else if (month->sketched || month->key_count > BINS_EXACT)
        gather_lists(set, month, wanted, NULL);
    else
        gather_exactly(set, month, wanted);
    return !month->lists.bad;
}

bool bin_set_add(struct bin_set *set, struct bytes bins, uint32_t days)
{
    return bin_month_open(&set->month, set->arena, bins) &&
           bin_set_add_days(set, &set->month, days);
}

/* ---- In order ---- */

static int by_value(const void *a, const void *b)
{
    double left = ((const struct bin *)a)->value, right = ((const struct bin *)b)->value;
    return (left > right) - (left < right);
}

size_t bins_sort(struct bin *bins, size_t count)
{
    size_t kept = 0;
    if (count > 1)
        qsort(bins, count, sizeof(*bins), by_value);
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && bins[kept - 1].value == bins[i].value)
            bins[kept - 1].count += bins[i].count;
        else
            bins[kept++] = bins[i];
    }
    return kept;
}

void bin_set_settle(struct bin_set *set)
{
    bool sorted = true;
    for (size_t i = 1; sorted && i < set->count; i++)
        sorted = set->exact[i - 1].value < set->exact[i].value;
    if (!sorted)
        set->count = bins_sort(set->exact, set->count);
}

static void clear_buckets(struct buckets *buckets)
{
    if (buckets->count > 0)
        memset(buckets->counts, 0, buckets->count * sizeof(*buckets->counts));
}

void bin_set_clear(struct bin_set *set)
{
    if (set->sketched) {
        clear_buckets(&set->below);
        clear_buckets(&set->above);
    }
    set->count = 0;
    set->sketched = false;
}

/* Rooms for buckets are multiples of it. */
#define BLOCK 64

/* A block at a time, which compilers turn into sums of several at once. */
static void add_all(uint64_t *restrict into, const uint64_t *restrict from, size_t count)
{
    for (; count >= BLOCK; count -= BLOCK, into += BLOCK, from += BLOCK)
        for (size_t i = 0; i < BLOCK; i++)
            into[i] += from[i];
    for (size_t i = 0; i < count; i++)
        into[i] += from[i];
}

static void merge_buckets(struct arena *arena, struct buckets *into, const struct buckets *from)
{
    if (from->count == 0)
        return;
    buckets_reach(arena, into, from->first);
    buckets_reach(arena, into, from->first + (int32_t)from->count - 1);
    add_all(into->counts + (from->first - into->first), from->counts, from->count);
}

static void merge_exact(struct bin_set *set, const struct bin_set *other)
{
    size_t most = set->count + other->count;
    if (most > set->spare_capacity) {
        set->spare_capacity = 2 * most;
        set->spare = arena_array(set->arena, set->spare_capacity, sizeof(*set->spare));
    }
    struct bin *joined = set->spare;
    size_t capacity = set->spare_capacity;
    set->count = bins_join(joined, set->exact, set->count, other->exact, other->count);
    set->spare = set->exact;
    set->spare_capacity = set->capacity;
    set->exact = joined;
    set->capacity = capacity;
}

void bin_set_merge(struct bin_set *set, struct bin_set *other)
{
    if (other->sketched) {
        merge_buckets(set->arena, &set->below, &other->below);
        merge_buckets(set->arena, &set->above, &other->above);
        set->sketched = true;
    }
    if (other->count == 0)
        return;
    bin_set_settle(set);
    bin_set_settle(other);
    merge_exact(set, other);
}

static void take_buckets(struct bin_set *set, struct buckets *buckets, int sign)
{
    for (size_t i = 0; i < buckets->count; i++)
        if (buckets->counts[i] != 0)
            bin_set_add_exact(set, sign * bucket_value(buckets->first + (int32_t)i),
                              buckets->counts[i]);
}

struct bin *bin_set_take(struct bin_set *set, size_t *count)
{
    if (set->sketched) {
        take_buckets(set, &set->below, -1);
        take_buckets(set, &set->above, 1);
    }
    bin_set_settle(set);
    *count = set->count;
    bin_set_clear(set);
    return set->exact;
}

/* ---- Some ranks ---- */

/* Values in the buckets from `from` on; four sums at once, as one would wait for itself. */
static uint64_t count_block(const struct buckets *buckets, size_t from)
{
    const uint64_t *counts = buckets->counts + from;
    uint64_t a = 0, b = 0, c = 0, d = 0;
    for (size_t i = 0; i < BLOCK; i += 4) {
        a += counts[i];
        b += counts[i + 1];
        c += counts[i + 2];
        d += counts[i + 3];
    }
    return a + b + c + d;
}

/* The bucket that has the rank, and how many values come before it. */
static size_t find_rank(const struct buckets *buckets, uint64_t rank, uint64_t *before)
{
    size_t at = 0;
    *before = 0;
    while (at + BLOCK <= buckets->count) {
        uint64_t block = count_block(buckets, at);
        if (*before + block > rank)
            break;
        *before += block;
        at += BLOCK;
    }
    while (at < buckets->count && *before + buckets->counts[at] <= rank)
        *before += buckets->counts[at++];
    return at;
}

/* How many values are not in buckets above 0, where these come before all that are; a zero or two
 * mostly. */
static bool count_before(struct bin_set *set, uint64_t *out)
{
    *out = 0;
    if (set->below.count > 0)
        return false;
    bin_set_settle(set);
    for (size_t i = 0; i < set->count; i++)
        *out += set->exact[i].count;
    return set->count == 0 || set->exact[set->count - 1].value <= 0;
}

/* The buckets above 0 that hold the ranks, of which so many come before. */
static struct bin *take_above(struct bin_set *set, uint64_t before, uint64_t first, uint64_t last,
                              size_t *count, uint64_t *below)
{
    const struct buckets *buckets = &set->above;
    uint64_t passed;
    size_t i = find_rank(buckets, first - before, &passed);
    passed += before;
    *below = passed;
    set->count = 0;
    for (; i < buckets->count && passed <= last; i++) {
        if (buckets->counts[i] == 0)
            continue;
        bin_set_add_exact(set, bucket_value(buckets->first + (int32_t)i), buckets->counts[i]);
        passed += buckets->counts[i];
    }
    *count = set->count;
    bin_set_clear(set);
    return set->exact;
}

struct bin *bin_set_take_ranks(struct bin_set *set, uint64_t first, uint64_t last, size_t *count,
                               uint64_t *below)
{
    uint64_t before;
    if (count_before(set, &before) && first >= before)
        return take_above(set, before, first, last, count, below);
    struct bin *bins = bin_set_take(set, count);
    uint64_t passed = 0;
    size_t from = 0;
    while (from < *count && passed + bins[from].count <= first)
        passed += bins[from++].count;
    *below = passed;
    size_t end = from;
    while (end < *count && passed <= last)
        passed += bins[end++].count;
    *count = end - from;
    return bins + from;
}
