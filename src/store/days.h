/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The days of a month: how many rows each has, from when to when, and what a quantity adds up to
 * in them. Private to store/.
 *
 * Sums and sums of squares are exact (long_sum.h), so that the bytes follow from the rows alone, in
 * whatever order and portions they came. The bytes are
 *
 *     days (a bit each, the first is bit 0), 4 bytes; the rows of each day; for each its oldest and
 *     newest row, microseconds of the day, 5 bytes each; and, of a quantity, the sum and the sum of
 *     squares of the month and, where it is more than one day, of each
 */
#ifndef STELLWERK_SRC_STORE_DAYS_H
#define STELLWERK_SRC_STORE_DAYS_H

#include "bins.h"
#include "long_sum.h"

/* Months are numbered, 12 a year; days of a month from 0. */
int32_t month_of_day(int32_t day, int *of_month);
int32_t month_first_day(int32_t month);

struct day_total {
    uint64_t n;             /* 0: none, and nothing else is set */
    int64_t oldest, newest; /* microseconds from the month's beginning on */
    long double sum, squares;
};

/* Appends what `old` becomes with these rows in it, which are sorted by day. `summed` says whether
 * they have values. False where `old` is damaged. */
[[nodiscard]] bool days_merge(struct str *out, struct bytes old, const struct bin_row *rows,
                              size_t count, bool summed);

/* The days (bits) of the month that begins with `first_of_month` that lie between two, both of them
 * in it or beyond. */
uint32_t days_between(int32_t first_of_month, int32_t first, int32_t last);

/* What those days (bits) come to. False where the bytes are damaged. */
[[nodiscard]] bool days_read(struct bytes days, bool summed, uint32_t wanted,
                             struct day_total *out);

/* The days that there are, as bits. */
uint32_t days_there(struct bytes days);

struct moments day_total_moments(const struct day_total *total);

/* ---- Without any rounding ---- */

#define DAYS_OF_A_MONTH 31

struct days_day {
    uint64_t n;
    int64_t oldest, newest; /* microseconds of the day */
};

/* A month that is opened; its bytes must stay. */
struct days_month {
    struct days_day days[DAYS_OF_A_MONTH];
    uint32_t there;    /* days, as bits */
    struct coded sums; /* of the month, then of its days */
    struct coded each; /* of the days that are left */
    uint32_t left;     /* 0: none were asked for */
};

/* False for bytes that are damaged. */
[[nodiscard]] bool days_open(struct days_month *month, struct bytes bytes);

/* Its days may be asked for once more. */
void days_rewind(struct days_month *month);

/* What days of any number of months come to. All zero is nothing. */
struct day_sums {
    uint64_t n;
    int64_t oldest, newest; /* instants */
    struct long_sum sum, squares;
};

/* Adds those days (bits) of a month whose first day is `first`; they come later in it than those
 * that were asked for before. False where the bytes are damaged. */
[[nodiscard]] bool days_add(struct days_month *month, bool summed, uint32_t wanted, int32_t first,
                            struct day_sums *out);

void day_sums_join(struct day_sums *sums, const struct day_sums *other);
void day_sums_clear(struct day_sums *sums);

/* The sums, rounded as days_read() does. */
struct day_total day_sums_total(const struct day_sums *sums);

#endif
