/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bins.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FRACTION_DROPPED 46 /* of 52 bits */
#define DAYS_OF_A_MONTH 31

#define BUCKET_MAX (INT64_C(0x7ff) << 6)

/* Far more than any month has, as a guard against bytes that say so. */
#define KEYS_MAX (UINT64_C(1) << 20)

/* ---- Keys: whole numbers that are in the order of what they stand for ---- */

/* 0 and -0 are one. */
static int64_t value_key(double value)
{
    int64_t bits;
    memcpy(&bits, &value, sizeof(bits));
    return bits >= 0 ? bits : INT64_MIN - bits;
}

static double key_value(int64_t key)
{
    int64_t bits = key >= 0 ? key : INT64_MIN - key;
    double value;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

static int64_t bucket_key(int64_t key)
{
    return key >= 0 ? key >> FRACTION_DROPPED : -(-key >> FRACTION_DROPPED);
}

/* Above 0. What is nearer to it than any normal double is 0. */
static double bucket_value(int64_t bucket)
{
    double low = key_value(bucket << FRACTION_DROPPED);
    double high = key_value((bucket + 1) << FRACTION_DROPPED);
    return isfinite(high) ? low + (high - low) / 2 : low;
}

/* ---- A month, unpacked ---- */

struct entry {
    int day;
    int64_t key;
    uint64_t count;
};

struct month {
    struct arena *arena;
    bool sketched;
    int64_t *keys; /* ascending */
    size_t key_count;
    struct entry *entries; /* by day and key */
    size_t entry_count, entry_capacity;
};

static void add_entry(struct month *month, int day, int64_t key, uint64_t count)
{
    month->entries = arena_grow(month->arena, month->entries, month->entry_count,
                                &month->entry_capacity, sizeof(*month->entries));
    month->entries[month->entry_count++] =
        (struct entry){ .day = day, .key = key, .count = count };
}

static size_t key_count(struct coded *coded)
{
    uint64_t count = coded_number(coded);
    if (count <= KEYS_MAX && count <= (size_t)(coded->end - coded->at))
        return (size_t)count;
    coded->bad = true;
    return 0;
}

static void read_keys(struct coded *coded, bool sketched, int64_t *keys, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!sketched)
            keys[i] = (int64_t)coded_fixed(coded, sizeof(int64_t));
        else
            keys[i] = i == 0 ? coded_signed(coded) : keys[i - 1] + (int64_t)coded_number(coded);
        bool beyond = sketched && (keys[i] > BUCKET_MAX || keys[i] < -BUCKET_MAX);
        coded->bad |= beyond || (i > 0 && keys[i] <= keys[i - 1]);
        if (coded->bad)
            keys[i] = 0;
    }
}

/* A day's list, of `end` bytes. */
static bool read_entry(struct coded *coded, const unsigned char *end, size_t key_count,
                       size_t *place, uint64_t *count)
{
    if (coded->bad || coded->at >= end)
        return false;
    uint64_t token = coded_number(coded);
    *count = token & 1 ? coded_number(coded) + 2 : 1;
    if (token >> 1 >= key_count - *place) {
        coded->bad = true;
        return false;
    }
    *place += (size_t)(token >> 1);
    return true;
}

static bool one_day(uint32_t days)
{
    return (days & (days - 1)) == 0;
}

static void read_day(struct coded *coded, struct month *month, int day)
{
    uint64_t length = coded_number(coded), count;
    struct coded list = *coded;
    const unsigned char *end = coded_bytes(coded, (size_t)length);
    if (end == NULL)
        return;
    list.end = end = end + length;
    for (size_t place = 0; place < month->key_count &&
                           read_entry(&list, end, month->key_count, &place, &count);
         place++)
        add_entry(month, day, month->keys[place], count);
    coded->bad |= list.bad;
}

static bool unpack(struct bytes bins, struct month *month)
{
    if (bins.length == 0)
        return true;
    struct coded coded = coded_init(bins.at, bins.length);
    month->sketched = coded_number(&coded) != 0;
    month->key_count = key_count(&coded);
    month->keys = arena_array(month->arena, month->key_count, sizeof(*month->keys));
    read_keys(&coded, month->sketched, month->keys, month->key_count);
    uint32_t days = (uint32_t)coded_fixed(&coded, 4);
    for (size_t i = 0; i < month->key_count; i++) {
        uint64_t count = coded_number(&coded);
        if (one_day(days))
            add_entry(month, __builtin_ctz(days | 1u << 31), month->keys[i], count);
    }
    for (int day = 0; !one_day(days) && day < DAYS_OF_A_MONTH; day++)
        if (days & UINT32_C(1) << day)
            read_day(&coded, month, day);
    return !coded.bad;
}

/* ---- Merging ---- */

static int by_key(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static size_t drop_equal(int64_t *keys, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || keys[i] != keys[kept - 1])
            keys[kept++] = keys[i];
    return kept;
}

static void merge_keys(struct month *month, int64_t *more, size_t more_count)
{
    size_t left = 0, right = 0, count = 0;
    int64_t *keys = arena_array(month->arena, month->key_count + more_count, sizeof(*keys));
    qsort(more, more_count, sizeof(*more), by_key);
    while (left < month->key_count || right < more_count) {
        bool from_left = right == more_count ||
                         (left < month->key_count && month->keys[left] <= more[right]);
        keys[count++] = from_left ? month->keys[left++] : more[right++];
    }
    month->keys = keys;
    month->key_count = drop_equal(keys, count);
}

static bool is_before(const struct entry *a, const struct entry *b)
{
    return a->day != b->day ? a->day < b->day : a->key < b->key;
}

static bool same_place(const struct entry *a, const struct entry *b)
{
    return a->day == b->day && a->key == b->key;
}

static void merge_entries(struct month *month, const struct entry *more, size_t more_count)
{
    struct entry *old = month->entries;
    size_t left = 0, right = 0, left_count = month->entry_count, kept = 0;
    struct entry *all = arena_array(month->arena, left_count + more_count, sizeof(*all));
    while (left < left_count || right < more_count) {
        bool from_left = right == more_count ||
                         (left < left_count && !is_before(&more[right], &old[left]));
        struct entry next = from_left ? old[left++] : more[right++];
        if (kept > 0 && same_place(&all[kept - 1], &next))
            all[kept - 1].count += next.count;
        else
            all[kept++] = next;
    }
    month->entries = all;
    month->entry_count = kept;
}

/* Neighbours may come to lie in one bucket; the order stays. */
static void sketch(struct month *month)
{
    size_t kept = 0;
    month->sketched = true;
    for (size_t i = 0; i < month->key_count; i++)
        month->keys[i] = bucket_key(month->keys[i]);
    month->key_count = drop_equal(month->keys, month->key_count);
    for (size_t i = 0; i < month->entry_count; i++) {
        struct entry next = month->entries[i];
        next.key = bucket_key(next.key);
        if (kept > 0 && same_place(&month->entries[kept - 1], &next))
            month->entries[kept - 1].count += next.count;
        else
            month->entries[kept++] = next;
    }
    month->entry_count = kept;
}

static void add_rows(struct month *month, const struct bin_row *rows, size_t count)
{
    int64_t *keys = arena_array(month->arena, count, sizeof(*keys));
    struct entry *entries = arena_array(month->arena, count, sizeof(*entries));
    for (size_t i = 0; i < count; i++) {
        int64_t key = value_key(rows[i].value);
        keys[i] = month->sketched ? bucket_key(key) : key;
        entries[i] = (struct entry){ .day = rows[i].day, .key = keys[i], .count = 1 };
    }
    merge_keys(month, keys, count);
    merge_entries(month, entries, count);
    if (!month->sketched && month->key_count > BINS_EXACT)
        sketch(month);
}

/* ---- Packing ---- */

static void write_keys(struct str *out, const struct month *month)
{
    code_number(out, month->sketched);
    code_number(out, month->key_count);
    for (size_t i = 0; i < month->key_count; i++) {
        if (!month->sketched)
            code_fixed(out, (uint64_t)month->keys[i], sizeof(int64_t));
        else if (i == 0)
            code_signed(out, month->keys[i]);
        else
            code_number(out, (uint64_t)(month->keys[i] - month->keys[i - 1]));
    }
}

/* Entries get the places of their keys, and the month's counts their sum. */
static void place_entries(struct month *month, uint64_t *totals, uint32_t *days)
{
    size_t place = 0;
    for (size_t i = 0; i < month->entry_count; i++) {
        struct entry *entry = &month->entries[i];
        if (i == 0 || entry->day != month->entries[i - 1].day)
            place = 0;
        while (month->keys[place] != entry->key)
            place++;
        entry->key = (int64_t)place;
        totals[place] += entry->count;
        *days |= UINT32_C(1) << entry->day;
    }
}

static void write_days(struct str *out, const struct month *month)
{
    struct str list;
    str_init(&list);
    for (size_t i = 0; i < month->entry_count;) {
        int day = month->entries[i].day;
        int64_t next = 0;
        str_clear(&list);
        for (; i < month->entry_count && month->entries[i].day == day; i++) {
            const struct entry *entry = &month->entries[i];
            code_number(&list, (uint64_t)(entry->key - next) << 1 | (entry->count > 1));
            if (entry->count > 1)
                code_number(&list, entry->count - 2);
            next = entry->key + 1;
        }
        code_number(out, list.length);
        str_append_bytes(out, list.text, list.length);
    }
    str_finish(&list);
}

static void pack(struct str *out, struct month *month)
{
    uint64_t *totals = arena_array(month->arena, month->key_count, sizeof(*totals));
    uint32_t days = 0;
    write_keys(out, month);
    place_entries(month, totals, &days);
    code_fixed(out, days, 4);
    for (size_t i = 0; i < month->key_count; i++)
        code_number(out, totals[i]);
    if (!one_day(days))
        write_days(out, month);
}

bool bins_merge(struct str *out, struct bytes old, const struct bin_row *rows, size_t count,
                struct arena *scratch)
{
    struct month month = { .arena = scratch };
    if (!unpack(old, &month))
        return false;
    add_rows(&month, rows, count);
    pack(out, &month);
    return true;
}

/* ---- Gathering ---- */

void bin_set_init(struct bin_set *set, struct arena *arena)
{
    *set = (struct bin_set){ .arena = arena };
}

/* Makes room for a bucket, and for some more beside it. */
static void reach(struct arena *arena, struct buckets *buckets, int32_t bucket)
{
    enum { ROOM = 128 };
    int32_t low = buckets->first, high = low + (int32_t)buckets->count;
    if (buckets->count > 0 && bucket >= low && bucket < high)
        return;
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

static void add_exact(struct bin_set *set, double value, uint64_t count)
{
    set->exact = arena_grow(set->arena, set->exact, set->count, &set->capacity,
                            sizeof(*set->exact));
    set->exact[set->count++] = (struct bin){ .value = value, .count = count };
}

/* One month on its way into a set. */
struct gathering {
    struct bin_set *set;
    bool sketched;
    const int64_t *keys;
    size_t key_count;
};

static void gather(const struct gathering *month, size_t place, uint64_t count)
{
    int64_t key = month->keys[place];
    if (!month->sketched || key == 0) {
        add_exact(month->set, key_value(key), count);
        return;
    }
    struct buckets *buckets = key > 0 ? &month->set->above : &month->set->below;
    int32_t bucket = (int32_t)(key > 0 ? key : -key);
    reach(month->set->arena, buckets, bucket);
    buckets->counts[bucket - buckets->first] += count;
}

static void gather_days(const struct gathering *month, struct coded *coded, uint32_t there,
                        uint32_t wanted)
{
    for (; there != 0 && !coded->bad; there &= there - 1) {
        uint64_t length = coded_number(coded), count;
        struct coded list = *coded;
        const unsigned char *bytes = coded_bytes(coded, (size_t)length);
        if (bytes == NULL || (wanted & there & -there) == 0)
            continue;
        list.end = bytes + length;
        for (size_t place = 0; place < month->key_count &&
                               read_entry(&list, list.end, month->key_count, &place, &count);
             place++)
            gather(month, place, count);
        coded->bad |= list.bad;
    }
}

bool bin_set_add(struct bin_set *set, struct bytes bins, uint32_t days)
{
    struct coded coded = coded_init(bins.at, bins.length);
    struct gathering month = { .set = set, .sketched = coded_number(&coded) != 0 };
    month.key_count = key_count(&coded);
    if (month.key_count > set->key_capacity) {
        set->key_capacity = 2 * month.key_count;
        set->keys = arena_array(set->arena, set->key_capacity, sizeof(*set->keys));
    }
    month.keys = set->keys;
    read_keys(&coded, month.sketched, set->keys, month.key_count);
    uint32_t there = (uint32_t)coded_fixed(&coded, 4) & BINS_ALL_DAYS;
    bool whole = (there & ~days) == 0;
    if (coded.bad || (there & days) == 0 || month.key_count == 0)
        return !coded.bad;
    set->sketched |= month.sketched;
    for (size_t i = 0; i < month.key_count; i++) {
        uint64_t count = coded_number(&coded);
        if (whole)
            gather(&month, i, count);
    }
    if (!whole)
        gather_days(&month, &coded, there, days);
    return !coded.bad;
}

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

static void take_buckets(struct bin_set *set, struct buckets *buckets, int sign)
{
    for (size_t i = 0; i < buckets->count; i++) {
        if (buckets->counts[i] == 0)
            continue;
        add_exact(set, sign * bucket_value(buckets->first + (int32_t)i), buckets->counts[i]);
        buckets->counts[i] = 0;
    }
}

struct bin *bin_set_take(struct bin_set *set, size_t *count)
{
    take_buckets(set, &set->below, -1);
    take_buckets(set, &set->above, 1);
    *count = bins_sort(set->exact, set->count);
    set->count = 0;
    set->sketched = false;
    return set->exact;
}
