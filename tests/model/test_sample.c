/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>

#include <stellwerk/model/sample.h>

START_TEST(moments_are_those_of_all_values)
{
    static const double values[] = { 5, 4, 4, 3, 5, 5, 2, 4, 4, 5 };
    struct moments moments = { 0 };
    for (size_t i = 0; i < 10; i++)
        moments_add(&moments, values[i]);
    ck_assert_double_eq(moments.n, 10);
    ck_assert_double_eq_tol(moments.mean, 4.1, 1e-12);
    ck_assert_double_eq_tol(sqrt(moments_variance(moments)), 0.994429, 1e-6);
}
END_TEST

/* The textbook sum of squares would lose every digit here. */
START_TEST(moments_keep_their_digits_far_from_zero)
{
    struct moments moments = { 0 };
    for (int i = 0; i < 1000; i++)
        moments_add(&moments, 1e9 + i % 2);
    ck_assert_double_eq_tol(moments_variance(moments), 250.0 / 999, 1e-9);
}
END_TEST

START_TEST(merged_moments_are_those_of_the_whole)
{
    struct moments left = { 0 }, right = { 0 }, whole = { 0 }, empty = { 0 };
    for (int i = 0; i < 20; i++) {
        double value = i * i % 7;
        moments_add(i < 6 ? &left : &right, value);
        moments_add(&whole, value);
    }
    moments_merge(&left, right);
    moments_merge(&left, empty);
    ck_assert_double_eq(left.n, whole.n);
    ck_assert_double_eq_tol(left.mean, whole.mean, 1e-12);
    ck_assert_double_eq_tol(left.squares, whole.squares, 1e-12);
}
END_TEST

START_TEST(an_unknown_spread_stays_unknown)
{
    struct moments moments = { 0 };
    moments_add(&moments, 1);
    ck_assert_double_nan(moments_variance(moments));
    moments_merge(&moments, (struct moments){ .n = 9, .mean = 11, .squares = NAN });
    ck_assert_double_eq_tol(moments.mean, 10, 1e-12);
    ck_assert_double_nan(moments_variance(moments));
}
END_TEST

/* Twice and once is three times, and a weight is worth what a number of rows is. */
START_TEST(weights_are_rows)
{
    struct moments weighted = { 0 }, rows = { 0 };
    moments_add_weighted(&weighted, 4, 2);
    moments_add_weighted(&weighted, 10, 1);
    moments_add(&rows, 4);
    moments_add(&rows, 4);
    moments_add(&rows, 10);
    ck_assert_double_eq(weighted.n, 3);
    ck_assert_double_eq_tol(weighted.mean, rows.mean, 1e-12);
    ck_assert_double_eq_tol(weighted.squares, rows.squares, 1e-12);

    struct moments half = moments_rescale(weighted, 1.5);
    ck_assert_double_eq(half.n, 1.5);
    ck_assert_double_eq_tol(half.mean, 6, 1e-12);
    ck_assert_double_eq_tol(half.squares, 12, 1e-12);
    ck_assert_double_eq(moments_rescale((struct moments){ 0 }, 5).n, 0);
}
END_TEST

/* However their weights are rounded; below zero there would be no interval. */
START_TEST(like_values_have_no_spread_below_zero)
{
    for (int i = 0; i < 1000; i++) {
        struct moments moments = { 0 };
        for (int j = 0; j < 3; j++)
            moments_add_weighted(&moments, 21, 1 / (1 + i / 7.0));
        ck_assert_double_ge(moments.squares, 0);
        ck_assert_double_le(moments.squares, 1e-12);
    }
}
END_TEST

START_TEST(quantiles_lie_between_values)
{
    static const double sorted[] = { 1, 2, 4, 8 };
    static const struct bin bins[] = { { 1, 1 }, { 2, 1 }, { 4, 1 }, { 8, 1 } };
    static const double places[] = { 0, 0.1, 0.25, 0.5, 0.9, 1 };
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
        ck_assert_double_eq(bins_quantile(bins, 4, places[i]),
                            sorted_quantile(sorted, 4, places[i]));
    ck_assert_double_nan(sorted_quantile(sorted, 0, 0.5));
    static const struct bin heaps[] = { { 1, 2 }, { 3, 4 }, { 9, 1 } };
    ck_assert_double_eq(bins_quantile(bins, 4, 0), 1);
    ck_assert_double_eq(bins_quantile(bins, 4, 0.5), 3);
    ck_assert_double_eq_tol(bins_quantile(bins, 4, 0.9), 6.8, 1e-12);
    ck_assert_double_eq(bins_quantile(bins, 4, 1), 8);
    ck_assert_double_eq(bins_quantile(bins, 3, 0.5), 2);
    ck_assert_double_eq(bins_quantile(bins, 1, 0.3), 1);
    ck_assert_double_nan(bins_quantile(bins, 0, 0.5));

    /* 1 1 3 3 3 3 9 */
    ck_assert_uint_eq(bins_total(heaps, 3), 7);
    ck_assert_double_eq(bins_at(heaps, 3, 1), 1);
    ck_assert_double_eq(bins_at(heaps, 3, 2), 3);
    ck_assert_double_eq(bins_at(heaps, 3, 6), 9);
    ck_assert_double_eq(bins_quantile(heaps, 3, 0.5), 3);
    ck_assert_double_eq(bins_quantile(heaps, 3, 0.25), 2);
}
END_TEST

START_TEST(only_satisfaction_and_effort_have_a_default_formula)
{
    struct metric metric = { .type = METRIC_CSAT };
    ck_assert_int_eq(metric_variant_used(&metric), VARIANT_MEAN);
    metric.variant = VARIANT_TOP2;
    ck_assert_int_eq(metric_variant_used(&metric), VARIANT_TOP2);
    metric = (struct metric){ .type = METRIC_NPS };
    ck_assert_int_eq(metric_variant_used(&metric), VARIANT_DEFAULT);
}
END_TEST

Suite *model_sample_suite(void)
{
    Suite *suite = suite_create("model_sample");
    TCase *tests = tcase_create("sample");
    tcase_add_test(tests, moments_are_those_of_all_values);
    tcase_add_test(tests, moments_keep_their_digits_far_from_zero);
    tcase_add_test(tests, merged_moments_are_those_of_the_whole);
    tcase_add_test(tests, an_unknown_spread_stays_unknown);
    tcase_add_test(tests, weights_are_rows);
    tcase_add_test(tests, like_values_have_no_spread_below_zero);
    tcase_add_test(tests, quantiles_lie_between_values);
    tcase_add_test(tests, only_satisfaction_and_effort_have_a_default_formula);
    suite_add_tcase(suite, tests);
    return suite;
}
