/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>

#include <stellwerk/insight/estimate.h>

#include "insight/printed.h"

START_TEST(test_around)
{
    ck_interval_printed(interval_around(10, 2.5), 7.5, 12.5, 9);
    ck_interval_printed(interval_around(10, 0), 10, 10, 9);
    ck_unknown(interval_around(10, -1));
    ck_unknown(interval_around(10, NAN));
    ck_unknown(interval_around(10, INFINITY));
    ck_unknown(interval_around(NAN, 1));
    ck_unknown(interval_around(INFINITY, 1));
}
END_TEST

START_TEST(test_contains_its_ends_and_no_unknown)
{
    struct interval interval = { .low = 1, .high = 2 };
    ck_assert(interval_contains(interval, 1));
    ck_assert(interval_contains(interval, 2));
    ck_assert(!interval_contains(interval, 2.001));
    ck_assert(!interval_contains(interval, 0.999));
    ck_assert(!interval_contains(interval, NAN));
    ck_assert(!interval_contains(interval_unknown(), 1));
    struct interval open = { .low = 1, .high = INFINITY };
    ck_assert(interval_is_known(open));
    ck_assert(interval_contains(open, 1e300));
}
END_TEST

START_TEST(test_clamp)
{
    ck_interval_printed(interval_clamp(interval_around(95, 10), 0, 100), 85, 100, 9);
    ck_interval_printed(interval_clamp(interval_around(5, 10), 0, 100), 0, 15, 9);
    ck_interval_printed(interval_clamp(interval_around(150, 10), 0, 100), 100, 100, 9);
    ck_interval_printed(
        interval_clamp((struct interval){ .low = -INFINITY, .high = INFINITY }, 0, 100), 0, 100, 9);
    ck_unknown(interval_clamp(interval_unknown(), 0, 100));
    ck_unknown(interval_clamp((struct interval){ .low = 1, .high = NAN }, 0, 100));
}
END_TEST

START_TEST(test_rescale)
{
    struct estimate share = { .value = 0.4, .se = 0.1, .n = 24, .interval = { 0.2, 0.6 } };
    struct estimate percent = estimate_rescale(share, 100, 0);
    ck_same(percent.value, 40);
    ck_same(percent.se, 10);
    ck_assert_double_eq(percent.n, 24);
    ck_interval_printed(percent.interval, 20, 60, 9);

    struct estimate lost = estimate_rescale(share, -100, 100);
    ck_same(lost.value, 60);
    ck_same(lost.se, 10);
    ck_interval_printed(lost.interval, 40, 80, 9);
}
END_TEST

START_TEST(test_unknown_tells_its_n)
{
    struct estimate none = estimate_rescale(estimate_unknown(3), 2, 1);
    ck_assert_double_eq(none.n, 3);
    ck_assert_double_nan(none.value);
    ck_assert_double_nan(none.se);
    ck_unknown(none.interval);
    struct difference difference = difference_unknown();
    ck_assert_double_nan(difference.value);
    ck_assert_double_nan(difference.p);
    ck_assert_double_nan(difference.effect);
    ck_unknown(difference.interval);
}
END_TEST

Suite *insight_estimate_suite(void)
{
    Suite *suite = suite_create("insight_estimate");
    TCase *tests = tcase_create("estimate");
    tcase_add_test(tests, test_around);
    tcase_add_test(tests, test_contains_its_ends_and_no_unknown);
    tcase_add_test(tests, test_clamp);
    tcase_add_test(tests, test_rescale);
    tcase_add_test(tests, test_unknown_tells_its_n);
    suite_add_tcase(suite, tests);
    return suite;
}
