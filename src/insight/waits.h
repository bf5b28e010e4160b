/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Times to the next step, of any number of cases in bounded memory. Private to insight/.
 *
 * Up to WAITS_EXACT of them are kept as they are; more are counted in bins of equal ratio, 128 to
 * each doubling, whose middle is within WAITS_ERROR of every time in it. Both are the same in
 * whatever order times come.
 */
#ifndef STELLWERK_SRC_INSIGHT_WAITS_H
#define STELLWERK_SRC_INSIGHT_WAITS_H

#include <stdint.h>

#include <stellwerk/insight/paths.h>
#include <stellwerk/insight/survival.h>

#define WAITS_BITS 7 /* of a doubling: bins */

struct waits {       /* all zero: none */
    uint64_t *exact; /* twice the time in microseconds, and 1 if it was reached; NULL once they are
                         counted in bins */
    size_t count, capacity; /* of these */
    uint32_t (*bins)[2];    /* of each bin: open, reached; NULL while times are exact */
};

/* Times below a doubling's bins have one each; beyond, the leading bits of a time choose its. */
static inline size_t waits_bin(uint64_t time)
{
    if (time < UINT64_C(1) << WAITS_BITS)
        return (size_t)time;
    unsigned shift = 63u - (unsigned)__builtin_clzll(time) - WAITS_BITS;
    return ((size_t)shift << WAITS_BITS) + (size_t)(time >> shift);
}

/* While there are no bins. */
void waits_keep(struct waits *waits, uint64_t time, bool reached);

/* `time` below 0 counts as 0. */
static inline void waits_add(struct waits *waits, int64_t time, bool reached)
{
    uint64_t waited = time > 0 ? (uint64_t)time : 0;
    if (waits->bins != NULL)
        waits->bins[waits_bin(waited)][reached]++;
    else
        waits_keep(waits, waited, reached);
}

/* Adds those of another. */
void waits_merge(struct waits *waits, const struct waits *from);
void waits_finish(struct waits *waits);

struct survival waits_curve(struct arena *arena, const struct waits *waits, double level);

#endif
