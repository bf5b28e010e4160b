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

/*
 * Sums of many values that are near each other, as amounts of a day are: each exponent of a window
 * has its own, so that a value is added without shifting it and without a carry, and these are
 * added to a long sum in the end (Neal, Fast Exact Summation Using Small and Large
 * Superaccumulators, 2015). All zero is empty.
 */
#define NEAR_EXPONENTS 16

struct near_sums {
    __int128 sums[NEAR_EXPONENTS];
    unsigned __int128 squares[NEAR_EXPONENTS];
    unsigned used;  /* of the exponents, as bits; 0: no value is in it */
    int lowest;     /* exponent, as a double has it */
    uint32_t count; /* values */
};

/* Adds a finite value. False where it is too far from the others, or they are too many. */
static inline bool near_sums_add(struct near_sums *near, double value)
{
    enum { FRACTION_BITS = 52, MOST = 1 << 20 };
    uint64_t bits;
    memcpy(&bits, &value, sizeof(bits));
    int exponent = (int)(bits >> FRACTION_BITS & 0x7ff);
    if (near->used == 0)
        near->lowest = exponent - NEAR_EXPONENTS / 2;
    unsigned at = (unsigned)(exponent - near->lowest);
    if (exponent == 0 || at >= NEAR_EXPONENTS || near->count == MOST)
        return bits << 1 == 0; /* adding 0 is nothing */
    uint64_t whole = (bits & ((UINT64_C(1) << FRACTION_BITS) - 1)) | UINT64_C(1) << FRACTION_BITS;
    near->sums[at] += bits >> 63 != 0 ? -(__int128)whole : (__int128)whole;
    near->squares[at] += (unsigned __int128)whole * whole;
    near->used |= 1u << at;
    near->count++;
    return true;
}

/* Adds what was added to the sum of the values and to that of their squares, and is empty then. */
void near_sums_empty(struct near_sums *near, struct long_sum *sum, struct long_sum *squares);

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
