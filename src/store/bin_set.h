/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Values that are gathered out of any number of months (bins.h) and spans (span.h). Private to
 * store/.
 *
 * Buckets are counted side by side, so that adding one is adding to a number; values that are known
 * exactly stand in a list, which is put in order when it is asked for.
 */
#ifndef STELLWERK_SRC_STORE_BIN_SET_H
#define STELLWERK_SRC_STORE_BIN_SET_H

#include <stellwerk/base/arena.h>

#include "bins.h"

/* Buckets of one sign, side by side. */
struct buckets {
    uint64_t *counts; /* of the bucket `first` and those further from 0 */
    int32_t first;
    size_t count;
};

/* A month that is opened; its bytes must stay. All zero before. */
struct bin_month {
    bool sketched;
    int64_t *keys; /* room that is kept and used again */
    size_t key_count, key_capacity;
    uint32_t there;      /* days, as bits */
    struct coded totals; /* of all days by key, then the lists of these */
    struct coded lists;  /* of the days that are left */
    uint32_t left;       /* 0: none were asked for */
};

struct bin_set {
    struct arena *arena; /* for room, which is kept and used again */
    struct bin *exact;
    size_t count, capacity;
    struct buckets above, below; /* 0; which itself is exact */
    bool sketched;               /* some of it is from buckets */
    struct bin_month month;
    struct bin *spare; /* of `spare_capacity` */
    size_t spare_capacity;
};

void bin_set_init(struct bin_set *set, struct arena *arena);
void bin_set_clear(struct bin_set *set);

/* `arena` is for room. False where the bytes are damaged, as below. */
[[nodiscard]] bool bin_month_open(struct bin_month *month, struct arena *arena, struct bytes bins);

/* Its days may be asked for once more. */
void bin_month_rewind(struct bin_month *month);

/* Adds the values of those days (bits), which come later than those asked for before. */
[[nodiscard]] bool bin_set_add_days(struct bin_set *set, struct bin_month *month, uint32_t days);

/* Likewise, of a month that is not open. */
[[nodiscard]] bool bin_set_add(struct bin_set *set, struct bytes bins, uint32_t days);

/* Adds all of another set, which stays. */
void bin_set_merge(struct bin_set *set, struct bin_set *other);

/* Ascending, each value once, until the set is used again; it is empty then. */
struct bin *bin_set_take(struct bin_set *set, size_t *count);

/* The same of the values of the ranks first..last alone, the least value being of rank 0; `*below`
 * are those of lower ranks. */
struct bin *bin_set_take_ranks(struct bin_set *set, uint64_t first, uint64_t last, size_t *count,
                               uint64_t *below);

/*
 * Appends the set as bytes, which follow from its values alone, and empties it:
 *
 *     bytes of a bucket's count (0: no buckets), exact values, their keys and counts; of the
 *     buckets below 0, and of those above, runs; for each the buckets passed over, its buckets,
 *     their counts
 */
void bin_set_write(struct bin_set *set, struct str *out);

/* Adds what was written. False where the bytes are damaged. */
[[nodiscard]] bool bin_set_read(struct bin_set *set, struct bytes bytes);

/* Sorts bins and puts equal ones together; the new count. */
size_t bins_sort(struct bin *bins, size_t count);

#endif
