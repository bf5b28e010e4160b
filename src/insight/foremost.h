/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The few most frequent variants of many, without sorting all of them. Private to insight/.
 */
#ifndef STELLWERK_SRC_INSIGHT_FOREMOST_H
#define STELLWERK_SRC_INSIGHT_FOREMOST_H

#include "variants.h"

struct foremost_item {
    size_t index;
    uint64_t size;
};

struct foremost { /* `items` has room for `most`; the largest first */
    const struct variants *variants;
    struct foremost_item *items;
    size_t count, most;
};

/* Of equal ones the one whose steps come first. */
static inline bool foremost_precedes(const struct foremost *foremost, struct foremost_item item,
                                     struct foremost_item other)
{
    if (item.size != other.size)
        return item.size > other.size;
    return variants_precedes(foremost->variants, item.index, other.index);
}

/* Offers a variant, each once. */
static inline void foremost_offer(struct foremost *foremost, size_t index, uint64_t size)
{
    const struct foremost_item item = { index, size };
    size_t at = foremost->count;
    if (foremost->most == 0 ||
        (at == foremost->most && !foremost_precedes(foremost, item, foremost->items[at - 1])))
        return;
    if (at < foremost->most)
        foremost->count++;
    else
        at--;
    for (; at > 0 && foremost_precedes(foremost, item, foremost->items[at - 1]); at--)
        foremost->items[at] = foremost->items[at - 1];
    foremost->items[at] = item;
}

#endif
