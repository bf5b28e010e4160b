/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bins.h"

#include <assert.h>
#include <stdlib.h>

#include <stellwerk/base/memory.h>

#include "bin_code.h"
#include "keyed.h"

/* A table of all buckets, of both signs: the bits say which of them are there while the keys of a
 * month are found, and `places` where among these. Most of it is never touched. */
#define BUCKETS (2 * (size_t)BUCKET_MAX + 1)
#define WORD_BITS 64
#define SIGN (UINT64_C(1) << 63)

struct bins_room {
    struct arena arena;
    struct str list;
    uint64_t there[BUCKETS / WORD_BITS + 1];
    uint32_t places[BUCKETS];
};

struct bins_room *bins_room_create(void)
{
    struct bins_room *room = memory_alloc(sizeof(*room));
    arena_init(&room->arena);
    str_init(&room->list);
    return room;
}

void bins_room_destroy(struct bins_room *room)
{
    if (room == NULL)
        return;
    arena_finish(&room->arena);
    str_finish(&room->list);
    free(room);
}

/* ---- A month, as its bytes have it ---- */

struct month {
    bool sketched;
    int64_t *keys;    /* ascending */
    uint64_t *totals; /* of each key */
    size_t key_count;
    uint32_t days;
    struct coded lists; /* of its days, where they are more than one */
};

static bool one_day(uint32_t days)
{
    return (days & (days - 1)) == 0;
}

static void make_room(struct month *month, size_t keys, struct arena *arena)
{
    month->keys = arena_array(arena, keys, sizeof(*month->keys));
    month->totals = arena_array(arena, keys, sizeof(*month->totals));
}

static bool unpack(struct bytes bins, struct month *month, struct arena *arena)
{
    struct coded coded = coded_init(bins.at, bins.length);
    *month = (struct month){ 0 };
    if (bins.length == 0)
        return true;
    month->sketched = coded_number(&coded) != 0;
    month->key_count = bins_key_count(&coded);
    make_room(month, month->key_count, arena);
    bins_read_keys(&coded, month->sketched, month->keys, month->key_count);
    month->days = (uint32_t)coded_fixed(&coded, 4) & BINS_ALL_DAYS;
    for (size_t i = 0; i < month->key_count; i++)
        month->totals[i] = coded_number(&coded);
    month->lists = coded;
    return !coded.bad;
}

/* ---- The keys that it has with more rows ---- */

struct merging {
    struct bins_room *room;
    struct month old, now;
    uint32_t *moved; /* by place of an old key: its place now */
    const struct bin_row *rows;
    size_t count;
    uint32_t *places; /* by row: that of its key */
    uint64_t *counts; /* of a day, by place; all zero between two */
    uint64_t *marks;  /* a bit for each that is not zero */
};

#define SLOT_BITS 8 /* a quarter of the slots is taken at most */

static_assert(4 * BINS_EXACT <= 1 << SLOT_BITS);

/* Keys, each with its number in the order in which they were met. */
struct exact_keys {
    int64_t keys[BINS_EXACT]; /* by number */
    uint32_t count;
    unsigned char slots[1 << SLOT_BITS]; /* a hash table of numbers + 1; 0: free */
};

/* The number of a key; false where it would be one too many. */
static inline bool number_key(struct exact_keys *exact, int64_t key, uint32_t *out)
{
    size_t slot = (uint64_t)key * UINT64_C(0x9e3779b97f4a7c15) >> (WORD_BITS - SLOT_BITS);
    while (exact->slots[slot] != 0 && exact->keys[exact->slots[slot] - 1] != key)
        slot = (slot + 1) & ((1 << SLOT_BITS) - 1);
    if (exact->slots[slot] == 0) {
        if (exact->count == BINS_EXACT)
            return false;
        exact->keys[exact->count++] = key;
        exact->slots[slot] = (unsigned char)exact->count;
    }
    *out = exact->slots[slot] - 1u;
    return true;
}

static bool number_all(struct merging *merging, struct exact_keys *exact)
{
    for (size_t i = 0; i < merging->old.key_count; i++)
        if (!number_key(exact, merging->old.keys[i], &merging->moved[i]))
            return false;
    for (size_t i = 0; i < merging->count; i++)
        if (!number_key(exact, value_key(merging->rows[i].value), &merging->places[i]))
            return false;
    return true;
}

/* Where the values are few: from numbers to places. */
static bool place_exactly(struct merging *merging)
{
    struct exact_keys exact = { .count = 0 };
    struct keyed keys[BINS_EXACT], room[BINS_EXACT];
    uint32_t places[BINS_EXACT];
    struct month *now = &merging->now;
    if (merging->old.sketched || !number_all(merging, &exact))
        return false;
    make_room(now, exact.count, &merging->room->arena);
    now->key_count = exact.count;
    for (uint32_t i = 0; i < exact.count; i++)
        keys[i] = (struct keyed){ (uint64_t)exact.keys[i] ^ SIGN, i };
    const struct keyed *sorted = keyed_sort(keys, room, exact.count);
    for (uint32_t i = 0; i < exact.count; i++) {
        now->keys[i] = (int64_t)(sorted[i].key ^ SIGN);
        places[sorted[i].item] = i;
    }
    for (size_t i = 0; i < merging->old.key_count; i++)
        merging->moved[i] = places[merging->moved[i]];
    for (size_t i = 0; i < merging->count; i++)
        merging->places[i] = places[merging->places[i]];
    return true;
}

struct reach {
    uint32_t first, last; /* words of the table */
};

/* Where the key's bucket is in the table. */
static uint32_t enter(struct bins_room *room, int64_t bucket, struct reach *reach)
{
    uint32_t at = (uint32_t)(bucket + BUCKET_MAX), word = at / WORD_BITS;
    room->there[word] |= UINT64_C(1) << at % WORD_BITS;
    reach->first = word < reach->first ? word : reach->first;
    reach->last = word > reach->last ? word : reach->last;
    return at;
}

/* Out of the table, which is left empty, in order. */
static void take_buckets(struct bins_room *room, struct reach reach, struct month *now)
{
    size_t count = 0;
    for (uint32_t i = reach.first; i <= reach.last; i++)
        count += (size_t)__builtin_popcountll(room->there[i]);
    make_room(now, count, &room->arena);
    for (uint32_t i = reach.first; i <= reach.last; i++) {
        for (uint64_t left = room->there[i]; left != 0; left &= left - 1) {
            uint32_t at = i * WORD_BITS + (uint32_t)__builtin_ctzll(left);
            room->places[at] = (uint32_t)now->key_count;
            now->keys[now->key_count++] = (int64_t)at - BUCKET_MAX;
        }
        room->there[i] = 0;
    }
}

/* Neighbours may come to lie in one bucket. */
static void place_in_buckets(struct merging *merging)
{
    const struct month *old = &merging->old;
    struct bins_room *room = merging->room;
    struct reach reach = { .first = UINT32_MAX };
    for (size_t i = 0; i < old->key_count; i++) {
        int64_t key = old->keys[i];
        merging->moved[i] = enter(room, old->sketched ? key : bucket_key(key), &reach);
    }
    for (size_t i = 0; i < merging->count; i++)
        merging->places[i] = enter(room, bucket_key(value_key(merging->rows[i].value)), &reach);
    merging->now.sketched = true;
    take_buckets(room, reach, &merging->now);
    for (size_t i = 0; i < old->key_count; i++)
        merging->moved[i] = room->places[merging->moved[i]];
    for (size_t i = 0; i < merging->count; i++)
        merging->places[i] = room->places[merging->places[i]];
}

/* The keys, how often each came, and the days. */
static void place_all(struct merging *merging)
{
    struct arena *arena = &merging->room->arena;
    const struct month *old = &merging->old;
    struct month *now = &merging->now;
    merging->moved = arena_array(arena, old->key_count, sizeof(*merging->moved));
    merging->places = arena_array(arena, merging->count, sizeof(*merging->places));
    if (!place_exactly(merging))
        place_in_buckets(merging);
    now->days = old->days;
    for (size_t i = 0; i < old->key_count; i++)
        now->totals[merging->moved[i]] += old->totals[i];
    for (size_t i = 0; i < merging->count; i++) {
        now->totals[merging->places[i]]++;
        now->days |= UINT32_C(1) << merging->rows[i].day;
    }
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

static void count_key(struct merging *merging, uint32_t place, uint64_t times)
{
    merging->counts[place] += times;
    merging->marks[place / WORD_BITS] |= UINT64_C(1) << place % WORD_BITS;
}

/* The old list of the day that stands next. */
static void count_list(struct merging *merging)
{
    const struct month *old = &merging->old;
    struct coded *lists = &merging->old.lists;
    uint64_t length = coded_number(lists), times;
    struct coded list = *lists;
    const unsigned char *at = coded_bytes(lists, (size_t)length);
    if (at == NULL)
        return;
    list.end = at + length;
    for (size_t place = 0;
         place < old->key_count && bins_read_entry(&list, list.end, old->key_count, &place, &times);
         place++)
        count_key(merging, merging->moved[place], times);
    lists->bad |= list.bad;
}

static void count_old(struct merging *merging)
{
    const struct month *old = &merging->old;
    if (!one_day(old->days)) {
        count_list(merging);
        return;
    }
    for (size_t i = 0; i < old->key_count; i++)
        count_key(merging, merging->moved[i], old->totals[i]);
}

/* What is counted becomes the list of a day. */
static void write_counted(struct str *out, struct merging *merging)
{
    struct str *list = &merging->room->list;
    uint32_t next = 0;
    str_clear(list);
    str_reserve(list, memory_product(merging->now.key_count, 2 * CODE_NUMBER_BYTES));
    char *at = list->text;
    for (uint32_t i = 0; i * WORD_BITS < merging->now.key_count; i++) {
        for (uint64_t left = merging->marks[i]; left != 0; left &= left - 1) {
            uint32_t place = i * WORD_BITS + (uint32_t)__builtin_ctzll(left);
            uint64_t times = merging->counts[place];
            at = code_number_at(at, (uint64_t)(place - next) << 1 | (times > 1));
            if (times > 1)
                at = code_number_at(at, times - 2);
            merging->counts[place] = 0;
            next = place + 1;
        }
        merging->marks[i] = 0;
    }
    code_number(out, (size_t)(at - list->text));
    str_append_bytes(out, list->text, (size_t)(at - list->text));
}

static void copy_list(struct str *out, struct coded *lists)
{
    const unsigned char *from = lists->at;
    (void)coded_bytes(lists, (size_t)coded_number(lists));
    str_append_bytes(out, (const char *)from, (size_t)(lists->at - from));
}

static void write_days(struct str *out, struct merging *merging)
{
    const struct month *old = &merging->old, *now = &merging->now;
    bool same =
        !one_day(old->days) && old->key_count == now->key_count && old->sketched == now->sketched;
    size_t row = 0;
    merging->counts = arena_array(&merging->room->arena, now->key_count, sizeof(uint64_t));
    merging->marks =
        arena_array(&merging->room->arena, now->key_count / WORD_BITS + 1, sizeof(uint64_t));
    for (uint32_t left = now->days; left != 0; left &= left - 1) {
        int day = __builtin_ctz(left);
        bool more = row < merging->count && merging->rows[row].day == day;
        bool known = (old->days >> day & 1) != 0;
        if (known && same && !more) {
            copy_list(out, &merging->old.lists);
            continue;
        }
        if (known)
            count_old(merging);
        for (; row < merging->count && merging->rows[row].day == day; row++)
            count_key(merging, merging->places[row], 1);
        write_counted(out, merging);
    }
}

static void pack(struct str *out, struct merging *merging)
{
    const struct month *now = &merging->now;
    write_keys(out, now);
    code_fixed(out, now->days, 4);
    for (size_t i = 0; i < now->key_count; i++)
        code_number(out, now->totals[i]);
    if (!one_day(now->days))
        write_days(out, merging);
}

bool bins_merge(struct str *out, struct bytes old, const struct bin_row *rows, size_t count,
                struct bins_room *room)
{
    struct merging merging = { .room = room, .rows = rows, .count = count };
    arena_reset(&room->arena);
    if (!unpack(old, &merging.old, &room->arena))
        return false;
    place_all(&merging);
    pack(out, &merging);
    return !merging.old.lists.bad;
}
