/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stddef.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/experiment.h>

#include "insight/printed.h"

/* S6 */
START_TEST(test_sample_ratio)
{
    static const double halves[] = { 1, 1 };
    struct sample_ratio broken = sample_ratio_check((double[]){ 5200, 4800 }, halves, 2);
    ck_printed(broken.chi_square, 16.0, 6);
    ck_printed(broken.p, 6.334e-05, 8);
    ck_assert_double_eq(broken.df, 1);
    ck_assert_double_lt(broken.p, SAMPLE_RATIO_ALARM);
    struct sample_ratio fine = sample_ratio_check((double[]){ 1010, 990 }, halves, 2);
    ck_printed(fine.chi_square, 0.2, 6);
    ck_printed(fine.p, 0.654721, 6);
}
END_TEST

START_TEST(test_sample_ratio_takes_any_plan)
{
    static const double counts[] = { 500, 260, 240 };
    struct sample_ratio percent = sample_ratio_check(counts, (double[]){ 50, 25, 25 }, 3);
    ck_same(percent.chi_square, 0.8);
    ck_assert_double_eq(percent.df, 2);
    struct sample_ratio weights = sample_ratio_check(counts, (double[]){ 2, 1, 1 }, 3);
    ck_same(weights.p, percent.p);
    struct sample_ratio empty = sample_ratio_check((double[]){ 100, 0 }, (double[]){ 1, 1 }, 2);
    ck_same(empty.chi_square, 100);
}
END_TEST

START_TEST(test_sample_ratio_without_arms)
{
    static const struct {
        double counts[2], shares[2];
        size_t arms;
    } rows[] = {
        { { 5, 5 }, { 1, 1 }, 1 },   { { 5, 5 }, { 1, 1 }, 0 },    { { 0, 0 }, { 1, 1 }, 2 },
        { { -1, 5 }, { 1, 1 }, 2 },  { { NAN, 5 }, { 1, 1 }, 2 },  { { INFINITY, 5 }, { 1, 1 }, 2 },
        { { 5, 5 }, { 0, 1 }, 2 },   { { 5, 5 }, { 1, NAN }, 2 },  { { 5, 5 }, { 1, INFINITY }, 2 },
        { { 5, 5 }, { 1, -0.1 }, 2 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct sample_ratio got = sample_ratio_check(rows[i].counts, rows[i].shares, rows[i].arms);
        ck_assert_double_nan(got.chi_square);
        ck_assert_double_nan(got.p);
    }
}
END_TEST

/* S19 */
START_TEST(test_arm_size)
{
    ck_assert_double_eq(arm_size(0.10, 0.12, 0.05, 0.8), 3841);
    ck_assert_double_eq(arm_size_by_rule(0.10, 0.12), 3916);
    ck_assert_double_eq(arm_size(0.12, 0.10, 0.05, 0.8), 3841);
}
END_TEST

START_TEST(test_arm_size_grows_with_what_is_asked)
{
    double usual = arm_size(0.10, 0.12, 0.05, 0.8);
    ck_assert_double_gt(arm_size(0.10, 0.11, 0.05, 0.8), usual);
    ck_assert_double_gt(arm_size(0.10, 0.12, 0.01, 0.8), usual);
    ck_assert_double_gt(arm_size(0.10, 0.12, 0.05, 0.9), usual);
    ck_assert_double_lt(arm_size(0.10, 0.20, 0.05, 0.8), usual);
    ck_assert_double_ge(arm_size(0, 1, 0.05, 0.8), 1);
    ck_assert_double_eq(arm_size(1, 0, 0.05, 0.8), arm_size(0, 1, 0.05, 0.8));
}
END_TEST

START_TEST(test_arm_size_out_of_range)
{
    static const double rows[][4] = {
        { 0.1, 0.1, 0.05, 0.8 },  { -0.1, 0.1, 0.05, 0.8 }, { 0.1, 1.1, 0.05, 0.8 },
        { NAN, 0.1, 0.05, 0.8 },  { 0.1, 0.2, 0, 0.8 },     { 0.1, 0.2, 1, 0.8 },
        { 0.1, 0.2, NAN, 0.8 },   { 0.1, 0.2, 0.05, 0 },    { 0.1, 0.2, 0.05, 1 },
        { 0.1, 0.2, 0.05, NAN },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        ck_assert_double_nan(arm_size(rows[i][0], rows[i][1], rows[i][2], rows[i][3]));
    for (size_t i = 0; i < 4; i++)
        ck_assert_double_nan(arm_size_by_rule(rows[i][0], rows[i][1]));
}
END_TEST

Suite *insight_experiment_suite(void)
{
    Suite *suite = suite_create("insight_experiment");
    TCase *tests = tcase_create("experiment");
    tcase_add_test(tests, test_sample_ratio);
    tcase_add_test(tests, test_sample_ratio_takes_any_plan);
    tcase_add_test(tests, test_sample_ratio_without_arms);
    tcase_add_test(tests, test_arm_size);
    tcase_add_test(tests, test_arm_size_grows_with_what_is_asked);
    tcase_add_test(tests, test_arm_size_out_of_range);
    suite_add_tcase(suite, tests);
    return suite;
}
