/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stddef.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/trend.h>

#include "insight/printed.h"

/* S8 */
START_TEST(test_limits_and_a_signal)
{
    static const double values[] = { 72, 71, 74, 70, 73, 69, 72, 75, 71, 72, 70, 60 };
    struct xmr xmr = xmr_of(values, 10);
    ck_printed(xmr.mean, 71.9, 6);
    ck_printed(xmr.mean_range, 2.888889, 6);
    ck_interval_printed(xmr.limits, 64.215556, 79.584444, 6);

    enum xmr_signal signals[ARRAY_LEN(values)];
    xmr_find_signals(&xmr, values, ARRAY_LEN(values), signals);
    for (size_t i = 0; i < ARRAY_LEN(values); i++)
        ck_assert_int_eq(signals[i], i == 11 ? XMR_BEYOND : XMR_NONE);
}
END_TEST

/* Periods of a trend as letters: n no signal, s shift, b beyond. */
static void check_signals(const double *values, size_t count, const char *wanted)
{
    struct xmr xmr = { .mean = 50, .mean_range = 1, .limits = interval_around(50, 2.66) };
    enum xmr_signal signals[32];
    xmr_find_signals(&xmr, values, count, signals);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq("nsb"[signals[i]], wanted[i]);
}

START_TEST(test_a_run_of_eight_is_a_shift)
{
    static const double seven[] = { 49, 51, 51, 51, 51, 51, 51, 51, 49 };
    check_signals(seven, ARRAY_LEN(seven), "nnnnnnnnn");
    static const double eight[] = { 49, 51, 51, 51, 51, 51, 51, 51, 51, 49 };
    check_signals(eight, ARRAY_LEN(eight), "nssssssssn");
    static const double below[] = { 49, 49, 49, 49, 49, 49, 49, 49, 49 };
    check_signals(below, ARRAY_LEN(below), "sssssssss");
    static const double beyond[] = { 51, 51, 51, 60, 51, 51, 51, 51 };
    check_signals(beyond, ARRAY_LEN(beyond), "sssbssss");
}
END_TEST

START_TEST(test_the_mean_and_a_gap_end_a_run)
{
    static const double touched[] = { 51, 51, 51, 51, 50, 51, 51, 51, 51 };
    check_signals(touched, ARRAY_LEN(touched), "nnnnnnnnn");
    static const double gap[] = { 51, 51, 51, 51, NAN, 51, 51, 51, 51, 40 };
    check_signals(gap, ARRAY_LEN(gap), "nnnnnnnnnb");
    static const double level[] = { 50, 50, 50, 50, 50, 50, 50, 50, 50 };
    check_signals(level, ARRAY_LEN(level), "nnnnnnnnn");
}
END_TEST

START_TEST(test_no_range_spans_a_gap)
{
    static const double values[] = { 10, 12, NAN, 90, 94 };
    struct xmr xmr = xmr_of(values, ARRAY_LEN(values));
    ck_same(xmr.mean, 206 / 4.0);
    ck_same(xmr.mean_range, 3);
}
END_TEST

START_TEST(test_too_little_for_limits)
{
    static const double lone[] = { 10, NAN, 90 };
    for (size_t count = 0; count <= ARRAY_LEN(lone); count++) {
        struct xmr xmr = xmr_of(lone, count);
        ck_assert_double_nan(xmr.mean_range);
        ck_unknown(xmr.limits);
        enum xmr_signal signals[3] = { XMR_BEYOND, XMR_BEYOND, XMR_BEYOND };
        xmr_find_signals(&xmr, lone, 3, signals);
        for (size_t i = 0; i < 3; i++)
            ck_assert_int_eq(signals[i], XMR_NONE);
    }
    ck_assert_double_nan(xmr_of(lone, 0).mean);
    ck_assert_double_eq(xmr_of(lone, 3).mean, 50);
}
END_TEST

START_TEST(test_what_never_varied_signals_any_change)
{
    static const double values[] = { 5, 5, 5, 5, 5.001 };
    struct xmr xmr = xmr_of(values, 4);
    ck_interval_printed(xmr.limits, 5, 5, 9);
    enum xmr_signal signals[5];
    xmr_find_signals(&xmr, values, 5, signals);
    ck_assert_int_eq(signals[3], XMR_NONE);
    ck_assert_int_eq(signals[4], XMR_BEYOND);
}
END_TEST

Suite *insight_trend_suite(void)
{
    Suite *suite = suite_create("insight_trend");
    TCase *tests = tcase_create("trend");
    tcase_add_test(tests, test_limits_and_a_signal);
    tcase_add_test(tests, test_a_run_of_eight_is_a_shift);
    tcase_add_test(tests, test_the_mean_and_a_gap_end_a_run);
    tcase_add_test(tests, test_no_range_spans_a_gap);
    tcase_add_test(tests, test_too_little_for_limits);
    tcase_add_test(tests, test_what_never_varied_signals_any_change);
    suite_add_tcase(suite, tests);
    return suite;
}
