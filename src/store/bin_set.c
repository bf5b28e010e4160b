/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bin_set.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bin_code.h"

void bin_set_init(struct bin_set *set, struct arena *arena)
{
    *set = (struct bin_set){ .arena = arena };
}

/* Makes room for a bucket, and for some more beside it. */
static void make_room(struct arena *arena, struct buckets *buckets, int32_t bucket)
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

static inline void reach(struct arena *arena, struct buckets *buckets, int32_t bucket)
{
    if ((uint32_t)(bucket - buckets->first) >= buckets->count)
        make_room(arena, buckets, bucket);
}

static void add_exact(struct bin_set *set, double value, uint64_t count)
{
    set->exact =
        arena_grow(set->arena, set->exact, set->count, &set->capacity, sizeof(*set->exact));
    set->exact[set->count++] = (struct bin){ .value = value, .count = count };
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
        add_exact(set, key_value(key), count);
        return;
    }
    struct buckets *buckets = key > 0 ? &set->above : &set->below;
    int32_t bucket = (int32_t)(key > 0 ? key : -key);
    reach(set->arena, buckets, bucket);
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
            add_exact(set, key_value(month->keys[i]), counts[i]);
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

/* The exact values in order, each once. */
static void settle(struct bin_set *set)
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

static void merge_buckets(struct arena *arena, struct buckets *into, const struct buckets *from)
{
    if (from->count == 0)
        return;
    reach(arena, into, from->first);
    reach(arena, into, from->first + (int32_t)from->count - 1);
    uint64_t *counts = into->counts + (from->first - into->first);
    for (size_t i = 0; i < from->count; i++)
        counts[i] += from->counts[i];
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
    settle(set);
    settle(other);
    merge_exact(set, other);
}

static void take_buckets(struct bin_set *set, struct buckets *buckets, int sign)
{
    for (size_t i = 0; i < buckets->count; i++)
        if (buckets->counts[i] != 0)
            add_exact(set, sign * bucket_value(buckets->first + (int32_t)i), buckets->counts[i]);
}

struct bin *bin_set_take(struct bin_set *set, size_t *count)
{
    if (set->sketched) {
        take_buckets(set, &set->below, -1);
        take_buckets(set, &set->above, 1);
    }
    settle(set);
    *count = set->count;
    bin_set_clear(set);
    return set->exact;
}

/* ---- Some ranks ---- */

/* Rooms are multiples of it. */
#define BLOCK 64

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

/* The buckets above 0 that hold the ranks, and nothing else is in the set. */
static struct bin *take_above(struct bin_set *set, uint64_t first, uint64_t last, size_t *count,
                              uint64_t *below)
{
    const struct buckets *buckets = &set->above;
    uint64_t passed;
    size_t i = find_rank(buckets, first, &passed);
    *below = passed;
    for (; i < buckets->count && passed <= last; i++) {
        if (buckets->counts[i] == 0)
            continue;
        add_exact(set, bucket_value(buckets->first + (int32_t)i), buckets->counts[i]);
        passed += buckets->counts[i];
    }
    *count = set->count;
    bin_set_clear(set);
    return set->exact;
}

struct bin *bin_set_take_ranks(struct bin_set *set, uint64_t first, uint64_t last, size_t *count,
                               uint64_t *below)
{
    if (set->count == 0 && set->below.count == 0)
        return take_above(set, first, last, count, below);
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

/* ---- As bytes ---- */

/* Buckets that follow each other are written as a run of counts, which is read without a decision
 * for each; so few empty ones between two do not end it. */
#define RUN_GAP 4

struct bucket_run {
    size_t first, end;
};

/* The run that begins at `from` or behind; false where there is none. */
static bool find_run(const struct buckets *buckets, size_t from, struct bucket_run *out)
{
    size_t at = from;
    while (at < buckets->count && buckets->counts[at] == 0)
        at++;
    out->first = at;
    for (out->end = at; at < buckets->count && at - out->end < RUN_GAP; at++)
        if (buckets->counts[at] != 0)
            out->end = at + 1;
    return out->first < out->end;
}

static size_t count_runs(const struct buckets *buckets)
{
    struct bucket_run run = { 0 };
    size_t count = 0;
    while (find_run(buckets, run.end, &run))
        count++;
    return count;
}

/* Bytes that the greatest count needs. */
static size_t width_of(const struct bin_set *set)
{
    uint64_t all = 0;
    for (size_t i = 0; i < set->below.count; i++)
        all |= set->below.counts[i];
    for (size_t i = 0; i < set->above.count; i++)
        all |= set->above.counts[i];
    return all <= UINT8_MAX ? 1 : all <= UINT16_MAX ? 2 : 8;
}

static void write_buckets(struct str *out, const struct buckets *buckets, size_t width)
{
    struct bucket_run run = { 0 };
    int64_t next = 0;
    code_number(out, count_runs(buckets));
    while (find_run(buckets, run.end, &run)) {
        int64_t first = buckets->first + (int64_t)run.first;
        code_number(out, (uint64_t)(first - next));
        code_number(out, run.end - run.first);
        for (size_t i = run.first; i < run.end; i++)
            code_fixed(out, buckets->counts[i], width);
        next = buckets->first + (int64_t)run.end;
    }
}

void bin_set_write(struct bin_set *set, struct str *out)
{
    settle(set);
    size_t width = width_of(set);
    code_number(out, set->sketched ? width : 0);
    code_number(out, set->count);
    for (size_t i = 0; i < set->count; i++) {
        code_fixed(out, (uint64_t)value_key(set->exact[i].value), sizeof(int64_t));
        code_number(out, set->exact[i].count);
    }
    if (set->sketched) {
        write_buckets(out, &set->below, width);
        write_buckets(out, &set->above, width);
    }
    bin_set_clear(set);
}

static void read_exact(struct bin_set *set, struct coded *coded)
{
    uint64_t count = coded_number(coded);
    for (uint64_t i = 0; i < count && !coded->bad; i++) {
        double value = key_value((int64_t)coded_fixed(coded, sizeof(int64_t)));
        uint64_t times = coded_number(coded);
        coded->bad |= !isfinite(value);
        if (!coded->bad)
            add_exact(set, value, times);
    }
}

static void add_counts(uint64_t *counts, struct coded run, size_t width, size_t length)
{
    if (width == 1) /* nearly always */
        for (size_t i = 0; i < length; i++)
            counts[i] += run.at[i];
    else
        for (size_t i = 0; i < length; i++)
            counts[i] += coded_fixed(&run, width);
}

static void read_buckets(struct arena *arena, struct buckets *buckets, struct coded *coded,
                         size_t width)
{
    uint64_t bucket = 0;
    for (uint64_t runs = coded_number(coded); runs > 0 && !coded->bad; runs--) {
        uint64_t gap = coded_number(coded), length = coded_number(coded);
        bool sane = gap <= BUCKET_MAX && length > 0 && length <= BUCKET_MAX &&
                    bucket + gap + length <= BUCKET_MAX + 1 && bucket + gap > 0;
        struct coded run = *coded;
        if (!sane || coded_bytes(coded, (size_t)length * width) == NULL) {
            coded->bad = true;
            return;
        }
        bucket += gap;
        reach(arena, buckets, (int32_t)bucket);
        reach(arena, buckets, (int32_t)(bucket + length - 1));
        add_counts(buckets->counts + ((int32_t)bucket - buckets->first), run, width,
                   (size_t)length);
        bucket += length;
    }
}

bool bin_set_read(struct bin_set *set, struct bytes bytes)
{
    struct coded coded = coded_init(bytes.at, bytes.length);
    uint64_t width = coded_number(&coded);
    read_exact(set, &coded);
    coded.bad |= width > sizeof(uint64_t);
    if (width > 0 && !coded.bad) {
        set->sketched = true;
        read_buckets(set->arena, &set->below, &coded, (size_t)width);
        read_buckets(set->arena, &set->above, &coded, (size_t)width);
    }
    return !coded.bad;
}
