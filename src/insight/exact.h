/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Means and spreads of shares that are the same in whatever order these come, and whoever adds them
 * up: sums of doubles are not. Private to insight/.
 *
 * A value counts as the nearest whole number of 2^-EXACT_BITS; of these, sums and squares are whole
 * numbers, too, and nothing is rounded until the end.
 */
#ifndef STELLWERK_SRC_INSIGHT_EXACT_H
#define STELLWERK_SRC_INSIGHT_EXACT_H

#include <math.h>
#include <stdint.h>

#include <stellwerk/model/sample.h>

#define EXACT_BITS 48

struct exact { /* all zero: no values */
    uint64_t n;
    unsigned __int128 sum, squares;
};

/* A value of 0..1, so often; there is room for 2^32 of them. */
static inline void exact_add(struct exact *exact, double value, uint64_t times)
{
    unsigned __int128 whole = (uint64_t)llround(ldexp(value, EXACT_BITS));
    exact->n += times;
    exact->sum += whole * times;
    exact->squares += whole * whole * times;
}

static inline void exact_merge(struct exact *exact, const struct exact *from)
{
    exact->n += from->n;
    exact->sum += from->sum;
    exact->squares += from->squares;
}

static inline struct moments exact_moments(const struct exact *exact)
{
    if (exact->n == 0)
        return (struct moments){ 0 };
    /* About the whole part of the mean, so that nothing large is left to be taken off; on the way
     * there numbers may run over, and back again. */
    unsigned __int128 mean = exact->sum / exact->n, rest = exact->sum % exact->n;
    unsigned __int128 about = exact->squares - 2 * mean * exact->sum + mean * mean * exact->n;
    double squares = (double)about - (double)rest * ((double)rest / (double)exact->n);
    return (struct moments){
        .n = (double)exact->n,
        .mean = ldexp((double)exact->sum / (double)exact->n, -EXACT_BITS),
        .squares = fmax(0, ldexp(squares, -2 * EXACT_BITS)),
    };
}

#endif
