/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyed.h"

#include <stdbool.h>
#include <string.h>

/* So few are put in order one by one. */
#define FEW 24

/* Digits of as many bits; more where there are many items to pay for counting them. */
#define NARROW 8
#define WIDE 11
#define MANY 4096

#define WORD_BITS 64

static void insert_each(struct keyed *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct keyed item = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1].key > item.key; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* The bits in which keys differ; none where they are in order already. */
static uint64_t differing_bits(const struct keyed *items, size_t count)
{
    uint64_t bits = 0;
    bool sorted = true;
    for (size_t i = 1; i < count; i++) {
        bits |= items[i].key ^ items[0].key;
        sorted &= items[i - 1].key <= items[i].key;
    }
    return sorted ? 0 : bits;
}

/* By the digit from the bit `low` on. */
static void spread(const struct keyed *from, struct keyed *into, size_t count, int low, int width)
{
    uint32_t places[1 << WIDE], next = 0;
    size_t digits = (size_t)1 << width, mask = digits - 1;
    memset(places, 0, digits * sizeof(*places));
    for (size_t i = 0; i < count; i++)
        places[from[i].key >> low & mask]++;
    for (size_t i = 0; i < digits; i++) {
        uint32_t first = next;
        next += places[i];
        places[i] = first;
    }
    for (size_t i = 0; i < count; i++)
        into[places[from[i].key >> low & mask]++] = from[i];
}

/* Sorts each of those whose keys differ only below the bit `low`, which follow each other. */
static void finish(struct keyed *items, struct keyed *room, size_t count, int low)
{
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && (items[end].key ^ items[first].key) >> low == 0;)
            end++;
        struct keyed *sorted = keyed_sort(&items[first], &room[first], end - first);
        if (sorted != &items[first])
            memcpy(&items[first], sorted, (end - first) * sizeof(*items));
    }
}

/* Where keys differ nearly everywhere, as digests do, two digits tell nearly all of them apart. */
struct keyed *keyed_sort(struct keyed *items, struct keyed *room, size_t count)
{
    if (count <= FEW) {
        insert_each(items, count);
        return items;
    }
    int width = count < MANY ? NARROW : WIDE, rest = 0;
    uint64_t bits = differing_bits(items, count);
    if (__builtin_popcountll(bits) > 3 * width) {
        rest = WORD_BITS - __builtin_clzll(bits) - 2 * width;
        bits &= UINT64_MAX << rest;
    }
    while (bits != 0) {
        int low = __builtin_ctzll(bits);
        spread(items, room, count, low, width);
        bits &= ~((((uint64_t)1 << width) - 1) << low);
        struct keyed *sorted = room;
        room = items;
        items = sorted;
    }
    if (rest > 0)
        finish(items, room, count, rest);
    return items;
}
