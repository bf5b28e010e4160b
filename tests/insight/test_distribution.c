/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stddef.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/distribution.h>

#include "insight/printed.h"

START_TEST(test_the_constant_is_the_critical_value)
{
    ck_same(normal_critical(CONFIDENCE_95), Z_95);
    ck_printed(normal_critical(0.99), 2.5758293035, 10);
    ck_printed(normal_quantile(0.8), 0.8416212336, 10);
    ck_same(normal_quantile(0.5), 0);
}
END_TEST

/* S4 */
START_TEST(test_student_critical_values)
{
    static const struct {
        double df, t;
    } rows[] = {
        { 1, 12.706205 }, { 2, 4.302653 },  { 3, 3.182446 },  { 4, 2.776445 },
        { 5, 2.570582 },  { 9, 2.262157 },  { 10, 2.228139 }, { 29, 2.045230 },
        { 30, 2.042272 }, { 99, 1.984217 }, { 1000, 1.962339 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        ck_printed(student_critical(0.95, rows[i].df), rows[i].t, 6);
}
END_TEST

/* R: qt(.975, df), 2 * pt(-2.5, df) */
START_TEST(test_student_at_the_ends_of_its_range)
{
    static const struct {
        double df, t, p;
    } rows[] = {
        { 0.5, 164.55767348, 0.400970529053 },
        { 7.3, 2.34506673655, 0.0396502346656 },
        { 1e6, 1.95996635681, 0.0124194895022 },
        { 1e12, 1.95996398454, 0.0124193306517 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        ck_printed(student_critical(0.95, rows[i].df), rows[i].t, 8);
        ck_printed(student_p(2.5, rows[i].df), rows[i].p, 11);
    }
}
END_TEST

START_TEST(test_p_values_meet_their_critical_values)
{
    for (double level = 0.5; level < 1; level += 0.0625) {
        ck_same(normal_p(normal_critical(level)), 1 - level);
        for (double df = 1; df < 500; df *= 3)
            ck_assert_double_eq_tol(student_p(-student_critical(level, df), df), 1 - level, 1e-9);
    }
    ck_assert_double_eq(normal_p(0), 1);
    ck_assert_double_eq(student_p(0, 4), 1);
}
END_TEST

START_TEST(test_more_freedom_is_less_doubt)
{
    for (double df = 0.1; df < 1e5; df *= 2) {
        ck_assert_double_gt(student_critical(0.95, df), student_critical(0.95, df * 2));
        ck_assert_double_gt(student_critical(0.95, df), Z_95);
        ck_assert_double_gt(student_critical(0.99, df), student_critical(0.95, df));
    }
}
END_TEST

/* R: pchisq(x, df, lower = FALSE) */
START_TEST(test_chi_square)
{
    ck_printed(chi_square_p(3.841459, 1), 0.05, 7);
    ck_printed(chi_square_p(11.0705, 5), 0.05, 6);
    ck_assert_double_eq(chi_square_p(0, 3), 1);
    ck_assert_double_eq(chi_square_p(-1, 3), 1);
    ck_assert_double_eq_tol(chi_square_p(1000, 50) * 1e177, 7.18870621551, 1e-6);
}
END_TEST

START_TEST(test_far_tails_are_zero_and_end_nothing)
{
    ck_assert_double_eq(chi_square_p(1e6, 1), 0);
    ck_assert_double_eq(chi_square_p(1e300, 50), 0);
    ck_assert_double_eq(chi_square_p(INFINITY, 3), 0);
    ck_assert_double_eq(student_p(-INFINITY, 3), 0);
    ck_assert_double_eq(normal_p(INFINITY), 0);
    ck_assert_double_eq(normal_p(1e10), 0);
}
END_TEST

START_TEST(test_binomial)
{
    ck_same(binomial_at_most(0, 6, 0.5), 1.0 / 64);
    ck_same(binomial_at_most(2, 10, 0.5), 56.0 / 1024);
    ck_same(binomial_at_most(2.9, 10, 0.5), 56.0 / 1024);
    ck_assert_double_eq(binomial_at_most(-1, 10, 0.5), 0);
    ck_assert_double_eq(binomial_at_most(10, 10, 0.5), 1);
    ck_assert_double_eq(binomial_at_most(3, 10, 0), 1);
    ck_assert_double_eq(binomial_at_most(3, 10, 1), 0);
    for (double k = 499000; k <= 501000; k += 250) /* mirrored, at the largest n */
        ck_assert_double_eq_tol(binomial_at_most(k, BINOMIAL_MOST, 0.5),
                                1 - binomial_at_most(BINOMIAL_MOST - k - 1, BINOMIAL_MOST, 0.5),
                                1e-9);
}
END_TEST

START_TEST(test_out_of_range_is_nan)
{
    static const double levels[] = { 0, 1, -0.5, 2, NAN, INFINITY };
    for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
        ck_assert_double_nan(normal_critical(levels[i]));
        ck_assert_double_nan(normal_quantile(levels[i]));
        ck_assert_double_nan(student_critical(levels[i], 5));
    }
    static const double dfs[] = { 0, -1, 0.05, NAN, INFINITY };
    for (size_t i = 0; i < ARRAY_LEN(dfs); i++) {
        ck_assert_double_nan(student_critical(0.95, dfs[i]));
        ck_assert_double_nan(student_p(1, dfs[i]));
        ck_assert_double_nan(chi_square_p(1, dfs[i]));
    }
    ck_assert_double_nan(normal_p(NAN));
    ck_assert_double_nan(student_p(NAN, 3));
    ck_assert_double_nan(chi_square_p(NAN, 3));
    ck_assert_double_nan(binomial_at_most(NAN, 10, 0.5));
    ck_assert_double_nan(binomial_at_most(1, 0, 0.5));
    ck_assert_double_nan(binomial_at_most(1, 2 * BINOMIAL_MOST, 0.5));
    ck_assert_double_nan(binomial_at_most(1, 10, 1.1));
    ck_assert_double_nan(binomial_at_most(1, 10, NAN));
}
END_TEST

Suite *insight_distribution_suite(void)
{
    Suite *suite = suite_create("insight_distribution");
    TCase *tests = tcase_create("distribution");
    tcase_add_test(tests, test_the_constant_is_the_critical_value);
    tcase_add_test(tests, test_student_critical_values);
    tcase_add_test(tests, test_student_at_the_ends_of_its_range);
    tcase_add_test(tests, test_p_values_meet_their_critical_values);
    tcase_add_test(tests, test_more_freedom_is_less_doubt);
    tcase_add_test(tests, test_chi_square);
    tcase_add_test(tests, test_far_tails_are_zero_and_end_nothing);
    tcase_add_test(tests, test_binomial);
    tcase_add_test(tests, test_out_of_range_is_nan);
    suite_add_tcase(suite, tests);
    return suite;
}
