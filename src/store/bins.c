/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bins.h"

#include <stdlib.h>

#include "bin_code.h"

#define DAYS_OF_A_MONTH 31

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
    month->entries[month->entry_count++] = (struct entry){ .day = day, .key = key, .count = count };
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
    for (size_t place = 0;
         place < month->key_count && bins_read_entry(&list, end, month->key_count, &place, &count);
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
    month->key_count = bins_key_count(&coded);
    month->keys = arena_array(month->arena, month->key_count, sizeof(*month->keys));
    bins_read_keys(&coded, month->sketched, month->keys, month->key_count);
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
        bool from_left =
            right == more_count || (left < month->key_count && month->keys[left] <= more[right]);
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
        bool from_left =
            right == more_count || (left < left_count && !is_before(&more[right], &old[left]));
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
