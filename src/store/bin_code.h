/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keys of bins (whole numbers that are in the order of what they stand for, a value or a
 * bucket), and how they are read. Private to bins.c and bin_set.c.
 */
#ifndef STELLWERK_SRC_STORE_BIN_CODE_H
#define STELLWERK_SRC_STORE_BIN_CODE_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "coding.h"

#define FRACTION_DROPPED 46 /* of 52 bits */
#define BUCKET_MAX (INT64_C(0x7ff) << 6)
#define VALUE_MAX ((INT64_C(0x7ff) << 52) - 1) /* of the greatest finite double */

/* Far more than any month has, as a guard against bytes that say so. */
#define KEYS_MAX (UINT64_C(1) << 20)

/* 0 and -0 are one. */
static inline int64_t value_key(double value)
{
    int64_t bits;
    memcpy(&bits, &value, sizeof(bits));
    return bits >= 0 ? bits : INT64_MIN - bits;
}

static inline double key_value(int64_t key)
{
    int64_t bits = key >= 0 ? key : INT64_MIN - key;
    double value;
    memcpy(&value, &bits, sizeof(value));
    return value;
}

static inline int64_t bucket_key(int64_t key)
{
    return key >= 0 ? key >> FRACTION_DROPPED : -(-key >> FRACTION_DROPPED);
}

/* Above 0. What is nearer to it than any normal double is 0. */
static inline double bucket_value(int64_t bucket)
{
    double low = key_value(bucket << FRACTION_DROPPED);
    double high = key_value((bucket + 1) << FRACTION_DROPPED);
    return isfinite(high) ? low + (high - low) / 2 : low;
}

static inline size_t bins_key_count(struct coded *coded)
{
    uint64_t count = coded_number(coded);
    if (count <= KEYS_MAX && count <= (size_t)(coded->end - coded->at))
        return (size_t)count;
    coded->bad = true;
    return 0;
}

static inline void bins_read_keys(struct coded *coded, bool sketched, int64_t *keys, size_t count)
{
    int64_t most = sketched ? BUCKET_MAX : VALUE_MAX;
    for (size_t i = 0; i < count; i++) {
        if (!sketched)
            keys[i] = (int64_t)coded_fixed(coded, sizeof(int64_t));
        else
            keys[i] = i == 0 ? coded_signed(coded) : keys[i - 1] + (int64_t)coded_number(coded);
        bool beyond = keys[i] > most || keys[i] < -most;
        coded->bad |= beyond || (i > 0 && keys[i] <= keys[i - 1]);
        if (coded->bad)
            keys[i] = 0;
    }
}

/* The next entry of a day's list, which ends at `end`: the place of its key, and how often it came.
 * False behind the last. */
static inline bool bins_read_entry(struct coded *coded, const unsigned char *end, size_t key_count,
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

#endif
