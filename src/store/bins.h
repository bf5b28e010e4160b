/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The values of a month, by day, in few bytes: how often each came. Private to store/.
 *
 * Up to BINS_EXACT different values in a month are kept as they are (answers, amounts that come
 * again). Beyond that each falls into a bucket whose width is in proportion to it, of which only
 * the count is kept: a mergeable quantile sketch of relative error (DDSketch: Masson, Rim, Lee,
 * VLDB 2019), with the mapping that needs no logarithm. The bucket is the double's sign, exponent
 * and first 6 bits of its fraction, so that it is the same on every machine. What comes out of a
 * bucket is its middle, at most BINS_ERROR of a value off; below zero it is the same, and 0 is 0. A
 * quantile that lies between two values of the rows is as near.
 *
 * The bytes follow from the rows alone: whatever order and portions they came in, they come to the
 * same bytes. They are
 *
 *     sketched, keys, the keys; days (a bit each, the first is bit 0); the count of each key;
 *     and, where it is more than one day, for each the bytes of its list and
 *     the list: keys passed over · 2 + (is it more than one?), and the count less 2 where it is
 */
#ifndef STELLWERK_SRC_STORE_BINS_H
#define STELLWERK_SRC_STORE_BINS_H

#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/model/sample.h>

#include "coding.h"

#define BINS_EXACT 64
#define BINS_ERROR SAMPLE_ERROR
#define BINS_ALL_DAYS UINT32_C(0x7fffffff)

/* What rollups keep of a row. */
struct bin_row {
    int day;      /* of the month, from 0 */
    int64_t time; /* microseconds of the day */
    double value;
};

/* Bytes of a store; nothing where there are none. */
struct bytes {
    const void *at;
    size_t length;
};

/*
 * Appends what `old` becomes with these finite values in it, which are sorted by day and value.
 * False where `old` is damaged.
 */
[[nodiscard]] bool bins_merge(struct str *out, struct bytes old, const struct bin_row *rows,
                              size_t count, struct arena *scratch);

/* Buckets of one sign, side by side. */
struct buckets {
    uint64_t *counts; /* of the bucket `first` and those further from 0 */
    int32_t first;
    size_t count;
};

/* Values that are gathered out of any number of months. */
struct bin_set {
    struct arena *arena; /* for room, which is kept and used again */
    struct bin *exact;
    size_t count, capacity;
    struct buckets above, below; /* 0; which itself is exact */
    bool sketched; /* some of it is from buckets */
    int64_t *keys;
    size_t key_capacity;
};

void bin_set_init(struct bin_set *set, struct arena *arena);

/* Adds the values of those days (bits). False where the bytes are damaged. */
[[nodiscard]] bool bin_set_add(struct bin_set *set, struct bytes bins, uint32_t days);

/* Ascending, each value once, until the set is used again; it is empty then. */
struct bin *bin_set_take(struct bin_set *set, size_t *count);

/* Sorts bins and puts equal ones together; the new count. */
size_t bins_sort(struct bin *bins, size_t count);

#endif
