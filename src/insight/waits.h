/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Times to the next step, of any number of cases in bounded memory. Private to insight/.
 *
 * Up to WAITS_EXACT of them are kept as they are; more are counted in bins of equal ratio, 128 to
 * each doubling, whose middle is within WAITS_ERROR of every time in it.
 */
#ifndef STELLWERK_SRC_INSIGHT_WAITS_H
#define STELLWERK_SRC_INSIGHT_WAITS_H

#include <stdint.h>

#include <stellwerk/insight/paths.h>
#include <stellwerk/insight/survival.h>

struct waits { /* all zero: none */
    struct survival_case *exact; /* microseconds; NULL once they are counted in bins */
    size_t count, capacity;
    uint32_t *reached, *open; /* of each bin; NULL while times are exact */
};

/* `time` below 0 counts as 0. */
void waits_add(struct waits *waits, int64_t time, bool reached);
void waits_finish(struct waits *waits);

struct survival waits_curve(struct arena *arena, const struct waits *waits, double level);

#endif
