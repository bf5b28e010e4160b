/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sums of doubles, and of their squares, without any rounding. Private to store/.
 *
 * Adding doubles rounds, so that a sum depends on the order of its parts: rows that come in another
 * order, or in other batches, would make another sum. Here every part is added as the whole number
 * of 2^-2176 that it is, to an accumulator as long as all doubles and their squares need (Kulisch,
 * Advanced Arithmetic for the Digital Computer, 2002). The sum of the same parts is the same, bit
 * for bit, however they come and whoever adds them; it is rounded once, when it is asked for.
 *
 * Written down, a sum is its sign and its bytes from the lowest to the highest that is not zero:
 * some ten bytes, and the same ones for the same sum.
 */
#ifndef STELLWERK_SRC_STORE_LONG_SUM_H
#define STELLWERK_SRC_STORE_LONG_SUM_H

#include "coding.h"

#define LONG_SUM_LIMBS 70

struct long_sum {                   /* all zero is 0 */
    uint64_t limbs[LONG_SUM_LIMBS]; /* the lowest first; below zero as two's complement */
    int first, end;                 /* those that may not be zero; first == end: none */
};

void long_sum_clear(struct long_sum *sum);

/* Adds a finite value, or its square. */
void long_sum_add(struct long_sum *sum, double value);
void long_sum_add_square(struct long_sum *sum, double value);

/* Adds another sum. */
void long_sum_join(struct long_sum *sum, const struct long_sum *other);

void long_sum_write(struct str *out, const struct long_sum *sum);

/* Adds a sum that was written. */
void long_sum_read(struct coded *coded, struct long_sum *sum);

/* A sum that was written, rounded to 64 bits. */
long double long_sum_value(struct coded *coded);

/* The same of one that was not. */
long double long_sum_round(const struct long_sum *sum);

/* Passes over a sum that was written, whatever it is. */
static inline void long_sum_skip(struct coded *coded)
{
    uint64_t count = coded_number(coded) >> 1;
    if (count == 0)
        return;
    coded_number(coded);
    coded_bytes(coded, count);
}

#endif
