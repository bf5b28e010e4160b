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

/* Room that merging needs, to be used again. */
struct bins_room;

struct bins_room *bins_room_create(void);
void bins_room_destroy(struct bins_room *room); /* NULL is fine */

/* Appends what `old` becomes with these finite values in it, which are sorted by day. False where
 * `old` is damaged. */
[[nodiscard]] bool bins_merge(struct str *out, struct bytes old, const struct bin_row *rows,
                              size_t count, struct bins_room *room);

#endif
