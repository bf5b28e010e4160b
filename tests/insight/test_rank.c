/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stddef.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/rank.h>

#include "insight/printed.h"

/* S4 */
static const double x[] = { 5, 4, 4, 3, 5, 5, 2, 4, 4, 5 };
static const double y[] = { 3, 4, 2, 3, 4, 3, 2, 3 };

START_TEST(test_mann_whitney)
{
    struct rank_difference got = rank_difference(x, ARRAY_LEN(x), y, ARRAY_LEN(y));
    ck_printed(got.u, 65.0, 1);
    ck_printed(got.p, 0.023897, 6);
    ck_printed(got.superiority, 0.8125, 6);
    ck_assert_double_gt(got.z, 0);
}
END_TEST

START_TEST(test_mann_whitney_turns_with_its_sides)
{
    struct rank_difference ab = rank_difference(x, ARRAY_LEN(x), y, ARRAY_LEN(y));
    struct rank_difference ba = rank_difference(y, ARRAY_LEN(y), x, ARRAY_LEN(x));
    ck_same(ab.u + ba.u, 80);
    ck_same(ab.z, -ba.z);
    ck_same(ab.p, ba.p);
    ck_same(ab.superiority + ba.superiority, 1);
}
END_TEST

START_TEST(test_only_the_order_matters)
{
    double stretched_x[ARRAY_LEN(x)], stretched_y[ARRAY_LEN(y)];
    for (size_t i = 0; i < ARRAY_LEN(x); i++)
        stretched_x[i] = exp(10 * x[i]) - 1e5;
    for (size_t i = 0; i < ARRAY_LEN(y); i++)
        stretched_y[i] = exp(10 * y[i]) - 1e5;
    struct rank_difference got =
        rank_difference(stretched_x, ARRAY_LEN(x), stretched_y, ARRAY_LEN(y));
    ck_same(got.p, rank_difference(x, ARRAY_LEN(x), y, ARRAY_LEN(y)).p);
}
END_TEST

START_TEST(test_mann_whitney_without_a_difference)
{
    static const double alike[] = { 4, 4, 4, 4 };
    struct rank_difference got = rank_difference(alike, 4, alike, 2);
    ck_assert_double_eq(got.superiority, 0.5);
    ck_assert_double_eq(got.z, 0);
    ck_assert_double_eq(got.p, 1);
    got = rank_difference(x, 1, y, 1);
    ck_assert_double_eq(got.superiority, 1);
    ck_assert_double_eq(got.p, 1); /* the correction takes all there is */
}
END_TEST

START_TEST(test_an_empty_side_is_unknown)
{
    static const double none[] = { NAN, INFINITY };
    struct rank_difference cases[] = {
        rank_difference(x, 0, y, 8),
        rank_difference(x, 10, y, 0),
        rank_difference(none, 2, y, 8),
        rank_difference(NULL, 0, NULL, 0),
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        ck_assert_double_nan(cases[i].u);
        ck_assert_double_nan(cases[i].z);
        ck_assert_double_nan(cases[i].p);
        ck_assert_double_nan(cases[i].superiority);
    }
}
END_TEST

START_TEST(test_values_that_are_no_numbers_are_left_out)
{
    static const double with[] = { 5, 4, NAN, 4, 3, 5, 5, 2, INFINITY, 4, 4, 5 };
    struct rank_difference got = rank_difference(with, ARRAY_LEN(with), y, ARRAY_LEN(y));
    ck_printed(got.u, 65.0, 1);
    ck_printed(got.p, 0.023897, 6);
}
END_TEST

/* S9: the changes of two key figures, with ties. */
static const double aht[] = { -10, -15, 5, -20, -8, -12, 5, -15, -9 };
static const double fcr[] = { -1, -2, 1, -3, -1, -2, 1, -2, -2 };

START_TEST(test_spearman)
{
    struct correlation got = rank_correlation(aht, fcr, ARRAY_LEN(aht));
    ck_printed(got.rho, 0.903540, 6);
    ck_printed(got.p, 0.000834, 6);
    ck_assert_double_eq(got.n, 9);
    struct correlation turned = rank_correlation(fcr, aht, ARRAY_LEN(aht));
    ck_same(got.rho, turned.rho);
    ck_same(got.p, turned.p);
}
END_TEST

START_TEST(test_perfect_order_is_as_sure_as_its_permutations)
{
    static const double up[] = { 1, 2, 30, 400 };
    static const double down[] = { 9, 8, 7, -6 };
    struct correlation got = rank_correlation(up, down, 4);
    ck_same(got.rho, -1);
    ck_same(got.p, 2.0 / 24);
    ck_same(rank_correlation(up, up, 4).rho, 1);
    ck_same(rank_correlation(up, up, 3).p, 2.0 / 6);
}
END_TEST

START_TEST(test_spearman_without_enough)
{
    static const double level[] = { 3, 3, 3, 3 };
    struct correlation got = rank_correlation(level, x, 4);
    ck_assert_double_nan(got.rho);
    ck_assert_double_nan(got.p);
    ck_assert_double_eq(got.n, 4);

    got = rank_correlation(x, y, 2);
    ck_same(got.rho, -1);
    ck_assert_double_nan(got.p);
    ck_assert_double_nan(rank_correlation(x, y, 1).rho);
    ck_assert_double_nan(rank_correlation(NULL, NULL, 0).rho);

    static const double holes[] = { 1, NAN, 3, INFINITY };
    got = rank_correlation(holes, x, 4);
    ck_assert_double_eq(got.n, 2);
}
END_TEST

Suite *insight_rank_suite(void)
{
    Suite *suite = suite_create("insight_rank");
    TCase *tests = tcase_create("rank");
    tcase_add_test(tests, test_mann_whitney);
    tcase_add_test(tests, test_mann_whitney_turns_with_its_sides);
    tcase_add_test(tests, test_only_the_order_matters);
    tcase_add_test(tests, test_mann_whitney_without_a_difference);
    tcase_add_test(tests, test_an_empty_side_is_unknown);
    tcase_add_test(tests, test_values_that_are_no_numbers_are_left_out);
    tcase_add_test(tests, test_spearman);
    tcase_add_test(tests, test_perfect_order_is_as_sure_as_its_permutations);
    tcase_add_test(tests, test_spearman_without_enough);
    suite_add_tcase(suite, tests);
    return suite;
}
