/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index_sort.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>

#include "keyed.h"

/* By the upper half; what is equal there by the lower, and that by id. */
enum { BY_HIGH, BY_LOW, BY_ID, HALVES };

static uint64_t half_of(const struct index_entry *entry, int half)
{
    return half == BY_HIGH ? entry->high : half == BY_LOW ? entry->low : (uint64_t)entry->id;
}

/* What is put in order, and room to do so. */
struct sorting {
    const struct index_entry *entries;
    struct keyed *room;
};

/* `places` are of entries whose halves before this one are equal. */
static void sort_places(const struct sorting *sorting, struct keyed *places, size_t count, int half)
{
    if (count < 2 || half == HALVES)
        return;
    for (size_t i = 0; i < count; i++)
        places[i].key = half_of(&sorting->entries[places[i].item], half);
    const struct keyed *sorted = keyed_sort(places, sorting->room, count);
    if (sorted != places)
        memcpy(places, sorted, count * sizeof(*places));
    for (size_t first = 0, end; first < count; first = end) {
        uint64_t key = places[first].key;
        for (end = first + 1; end < count && places[end].key == key; end++)
            continue;
        sort_places(sorting, &places[first], end - first, half + 1);
    }
}

static bool is_sorted(const struct index_entry *entries, size_t count)
{
    size_t i = 1;
    while (i < count && index_compare(&entries[i - 1], &entries[i]) <= 0)
        i++;
    return i >= count;
}

void index_sort(struct index_entry *entries, size_t count)
{
    if (is_sorted(entries, count))
        return;
    size_t bytes = memory_product(count, sizeof(*entries));
    struct keyed *places = memory_alloc(memory_product(2 * count, sizeof(*places)));
    struct index_entry *unsorted = memory_alloc(bytes);
    const struct sorting sorting = { .entries = unsorted, .room = places + count };
    memcpy(unsorted, entries, bytes);
    for (size_t i = 0; i < count; i++)
        places[i].item = (uint32_t)i;
    sort_places(&sorting, places, count, BY_HIGH);
    for (size_t i = 0; i < count; i++)
        entries[i] = unsorted[places[i].item];
    free(unsorted);
    free(places);
}
