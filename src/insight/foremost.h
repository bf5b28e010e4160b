/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The few largest of many, without sorting all of them. Private to insight/.
 */
#ifndef STELLWERK_SRC_INSIGHT_FOREMOST_H
#define STELLWERK_SRC_INSIGHT_FOREMOST_H

#include <stddef.h>
#include <stdint.h>

struct foremost_item {
    size_t index;
    uint64_t size;
};

struct foremost { /* `items` has room for `most`; the largest first, of equal ones the earliest */
    struct foremost_item *items;
    size_t count, most;
};

/* Offers what comes next; indices ascend from offer to offer. */
static inline void foremost_offer(struct foremost *foremost, size_t index, uint64_t size)
{
    size_t at = foremost->count;
    if (foremost->most == 0 || (at == foremost->most && size <= foremost->items[at - 1].size))
        return;
    if (at < foremost->most)
        foremost->count++;
    else
        at--;
    for (; at > 0 && foremost->items[at - 1].size < size; at--)
        foremost->items[at] = foremost->items[at - 1];
    foremost->items[at] = (struct foremost_item){ index, size };
}

#endif
