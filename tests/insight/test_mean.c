/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stddef.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/mean.h>

#include "insight/printed.h"

/* S4 */
static const double x[] = { 5, 4, 4, 3, 5, 5, 2, 4, 4, 5 };
static const double y[] = { 3, 4, 2, 3, 4, 3, 2, 3 };

static struct moments sums_of(const double *values, size_t count)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        sum += values[i];
        squares += values[i] * values[i];
    }
    return moments_from_sums((double)count, sum, squares);
}

static void check_x(struct moments moments)
{
    struct estimate got = mean_estimate(moments, CONFIDENCE_95);
    ck_printed(got.value, 4.1, 6);
    ck_printed(sqrt(moments_variance(moments)), 0.994429, 6);
    ck_same(got.se, sqrt(moments_variance(moments) / 10));
    ck_interval_printed(got.interval, 3.388628, 4.811372, 6);
    ck_assert_double_eq(got.n, 10);
}

START_TEST(test_mean_however_it_was_counted)
{
    check_x(moments_of(x, ARRAY_LEN(x)));
    check_x(sums_of(x, ARRAY_LEN(x)));
    check_x(moments_from_sd(10, 4.1, sqrt(8.9 / 9)));
    struct moments merged = moments_of(x, 3);
    moments_merge(&merged, moments_of(x + 3, 7));
    check_x(merged);
}
END_TEST

START_TEST(test_what_is_no_number_is_left_out)
{
    static const double values[] = { 5, NAN, 4, 4, 3, 5, INFINITY, 5, 2, 4, 4, -INFINITY, 5 };
    check_x(moments_of(values, ARRAY_LEN(values)));
}
END_TEST

START_TEST(test_an_offset_changes_no_spread)
{
    for (double offset = 1; offset < 1e12; offset *= 100) {
        double shifted[ARRAY_LEN(x)];
        for (size_t i = 0; i < ARRAY_LEN(x); i++)
            shifted[i] = x[i] + offset;
        ck_assert_double_eq_tol(moments_variance(moments_of(shifted, ARRAY_LEN(x))), 8.9 / 9, 1e-4);
        if (offset < 1e5)
            ck_assert_double_eq_tol(moments_variance(sums_of(shifted, ARRAY_LEN(x))), 8.9 / 9,
                                    1e-4);
    }
}
END_TEST

START_TEST(test_sums_lose_no_more_than_they_must)
{
    double tenths[1000];
    for (size_t i = 0; i < ARRAY_LEN(tenths); i++)
        tenths[i] = 0.1;
    ck_assert_double_le(sqrt(moments_variance(sums_of(tenths, 10))), 0);
    ck_assert_double_lt(sqrt(moments_variance(sums_of(tenths, 1000))), 1e-7);
    ck_assert_double_ge(sums_of(tenths, 1000).squares, 0);
    ck_assert_double_eq(moments_from_sums(3, 30, 299.9999999).squares, 0); /* never below zero */
    ck_assert_double_eq(moments_from_sums(2, 2e9, 2e18 + 2048).squares, 0);
}
END_TEST

START_TEST(test_one_row_has_a_mean_and_no_error)
{
    struct moments ways[] = {
        moments_of(x, 1),
        moments_from_sums(1, 5, 25),
        moments_from_sd(1, 5, NAN),
        moments_from_sd(1, 5, 0),
    };
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        struct estimate got = mean_estimate(ways[i], 0.95);
        ck_assert_double_eq(got.value, 5);
        ck_assert_double_eq(got.n, 1);
        ck_assert_double_nan(got.se);
        ck_unknown(got.interval);
    }
}
END_TEST

START_TEST(test_an_unknown_spread_leaves_the_mean)
{
    static const double spreads[] = { NAN, -1, INFINITY };
    for (size_t i = 0; i < ARRAY_LEN(spreads); i++) {
        struct estimate got = mean_estimate(moments_from_sd(40, 7, spreads[i]), 0.95);
        ck_assert_double_eq(got.value, 7);
        ck_assert_double_eq(got.n, 40);
        ck_assert_double_nan(got.se);
        ck_unknown(got.interval);
    }
}
END_TEST

START_TEST(test_no_data_is_unknown)
{
    struct moments ways[] = {
        moments_of(x, 0),
        moments_of((double[]){ NAN }, 1),
        moments_from_sums(0, 0, 0),
        moments_from_sums(-1, 3, 9),
        moments_from_sums(NAN, 3, 9),
        moments_from_sums(3, INFINITY, 9),
        moments_from_sums(3, 3, NAN),
        moments_from_sd(0, 3, 1),
        moments_from_sd(5, NAN, 1),
        moments_from_sd(INFINITY, 3, 1),
    };
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        struct estimate got = mean_estimate(ways[i], 0.95);
        ck_assert_double_eq(got.n, 0);
        ck_assert_double_nan(got.value);
        ck_assert_double_nan(got.se);
        ck_unknown(got.interval);
        ck_assert_double_nan(mean_difference(ways[i], moments_of(y, 8), 0.95).value);
    }
}
END_TEST

START_TEST(test_equal_values_have_no_width)
{
    struct estimate got = mean_estimate(moments_of((double[]){ 4, 4, 4 }, 3), 0.95);
    ck_interval_printed(got.interval, 4, 4, 9);
    ck_assert_double_eq(got.se, 0);
    ck_unknown(mean_estimate(moments_of(x, 10), 1.5).interval);
}
END_TEST

/* S4 */
START_TEST(test_welch)
{
    struct difference got = mean_difference(moments_of(x, 10), moments_of(y, 8), CONFIDENCE_95);
    ck_printed(got.value, 1.1, 6);
    ck_printed(got.statistic, 2.665404, 6);
    ck_same(got.se, 1.1 / got.statistic);
    ck_printed(got.df, 15.978693, 6);
    ck_printed(got.p, 0.016943, 6);
    ck_printed(got.effect, 1.166725, 6);
    ck_interval_printed(got.interval, 0.225030095616, 1.974969904384, 9); /* R: t.test(x, y) */
}
END_TEST

START_TEST(test_welch_turns_with_its_sides)
{
    struct difference ab = mean_difference(moments_of(x, 10), moments_of(y, 8), 0.9);
    struct difference ba = mean_difference(moments_of(y, 8), moments_of(x, 10), 0.9);
    ck_same(ab.value, -ba.value);
    ck_same(ab.statistic, -ba.statistic);
    ck_same(ab.interval.low, -ba.interval.high);
    ck_same(ab.effect, -ba.effect);
    ck_same(ab.p, ba.p);
    ck_same(ab.df, ba.df);
}
END_TEST

START_TEST(test_one_side_may_be_without_spread)
{
    struct moments level = moments_of((double[]){ 3, 3, 3 }, 3);
    struct difference got = mean_difference(moments_of(x, 10), level, 0.95);
    ck_same(got.df, 9);
    ck_assert_double_lt(got.p, 0.01);

    struct moments without[] = { moments_of(x, 1), moments_from_sd(9, 4, NAN), level };
    for (size_t i = 0; i < ARRAY_LEN(without); i++) { /* beside a level one, none has a test */
        got = mean_difference(without[i], level, 0.95);
        ck_same(got.value, without[i].mean - 3);
        ck_assert_double_nan(got.se);
        ck_assert_double_nan(got.statistic);
        ck_assert_double_nan(got.p);
        ck_assert_double_nan(got.effect);
        ck_unknown(got.interval);
        ck_same(mean_difference(level, without[i], 0.95).value, 3 - without[i].mean);
    }
}
END_TEST

Suite *insight_mean_suite(void)
{
    Suite *suite = suite_create("insight_mean");
    TCase *tests = tcase_create("mean");
    tcase_add_test(tests, test_mean_however_it_was_counted);
    tcase_add_test(tests, test_what_is_no_number_is_left_out);
    tcase_add_test(tests, test_an_offset_changes_no_spread);
    tcase_add_test(tests, test_sums_lose_no_more_than_they_must);
    tcase_add_test(tests, test_one_row_has_a_mean_and_no_error);
    tcase_add_test(tests, test_an_unknown_spread_leaves_the_mean);
    tcase_add_test(tests, test_no_data_is_unknown);
    tcase_add_test(tests, test_equal_values_have_no_width);
    tcase_add_test(tests, test_welch);
    tcase_add_test(tests, test_welch_turns_with_its_sides);
    tcase_add_test(tests, test_one_side_may_be_without_spread);
    suite_add_tcase(suite, tests);
    return suite;
}
