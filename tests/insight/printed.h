/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Comparing with worked numbers as they stand in print. The sections "S1" to "S23" that the tests
 * name are those of the project's table of worked numbers; "R" is GNU R 4.2 with survival 3.4.
 */

#ifndef STELLWERK_TESTS_INSIGHT_PRINTED_H
#define STELLWERK_TESTS_INSIGHT_PRINTED_H

#include <check.h>
#include <math.h>

#include <stellwerk/insight/estimate.h>

/* `got` rounds to `printed`, a number with so many decimals: within half a unit of its last digit,
 * and the little that the halves themselves may be off. */
#define ck_printed(got, printed, decimals)                                                        \
    ck_assert_double_eq_tol(got, printed, 0.5 * pow(10, -(decimals)) + 1e-12)

#define ck_interval_printed(got, printed_low, printed_high, decimals)                             \
    do {                                                                                          \
        struct interval checked = (got);                                                          \
        ck_printed(checked.low, printed_low, decimals);                                           \
        ck_printed(checked.high, printed_high, decimals);                                         \
    } while (0)

/* Equal but for rounding in the last few bits. */
#define ck_same(got, wanted)                                                                      \
    ck_assert_double_eq_tol(got, wanted, 1e-12 * (1 + fabs((double)(wanted))))

#define ck_unknown(interval) ck_assert(!interval_is_known(interval))

#endif
