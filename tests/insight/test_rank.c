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

/* x and y by how often each came. */
static const struct bin x_bins[] = { { 2, 1 }, { 3, 1 }, { 4, 4 }, { 5, 4 } };
static const struct bin y_bins[] = { { 2, 2 }, { 3, 4 }, { 4, 2 } };

START_TEST(test_mann_whitney_of_bins)
{
    struct rank_difference got =
        rank_difference_of_bins(x_bins, ARRAY_LEN(x_bins), y_bins, ARRAY_LEN(y_bins));
    struct rank_difference listed = rank_difference(x, ARRAY_LEN(x), y, ARRAY_LEN(y));
    ck_same(got.u, 65);
    ck_printed(got.p, 0.023897, 6);
    ck_same(got.superiority, 0.8125);
    ck_same(got.z, listed.z);
    ck_assert_double_nan(rank_difference_of_bins(x_bins, ARRAY_LEN(x_bins), NULL, 0).p);
}
END_TEST

/* Pain after shoulder surgery: the example of Brunner and Munzel 2000, with the interval that the
 * R packages lawstat and brunnermunzel print. */
START_TEST(test_superiority_has_an_interval)
{
    static const struct bin treated[] = { { 1, 11 }, { 2, 2 }, { 4, 1 } };
    static const struct bin control[] = { { 1, 3 }, { 2, 1 }, { 3, 4 }, { 4, 2 }, { 5, 1 } };
    struct rank_difference ranks = rank_difference_of_bins(control, 5, treated, 3);
    ck_printed(ranks.superiority, 0.788961, 6);
    struct interval got = superiority_interval(control, 5, treated, 3, 0.95);
    ck_printed(got.low, 0.5952169, 7);
    ck_printed(got.high, 0.9827052, 7);
    struct interval turned = superiority_interval(treated, 3, control, 5, 0.95);
    ck_same(turned.low, 1 - got.high);
    ck_same(turned.high, 1 - got.low);
}
END_TEST

START_TEST(test_superiority_without_overlap_has_none)
{
    static const struct bin low[] = { { 1, 4 }, { 2, 3 } }, high[] = { { 3, 5 } };
    ck_assert_double_eq(rank_difference_of_bins(high, 1, low, 2).superiority, 1);
    ck_assert(!interval_is_known(superiority_interval(high, 1, low, 2, 0.95)));
    ck_assert(!interval_is_known(superiority_interval(high, 1, NULL, 0, 0.95)));
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
    tcase_add_test(tests, test_mann_whitney_of_bins);
    tcase_add_test(tests, test_superiority_has_an_interval);
    tcase_add_test(tests, test_superiority_without_overlap_has_none);
    tcase_add_test(tests, test_spearman);
    tcase_add_test(tests, test_perfect_order_is_as_sure_as_its_permutations);
    tcase_add_test(tests, test_spearman_without_enough);
    suite_add_tcase(suite, tests);
    return suite;
}
