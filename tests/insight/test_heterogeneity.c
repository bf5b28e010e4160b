/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stddef.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/heterogeneity.h>

#include "insight/printed.h"

/* S7 */
static const struct {
    struct measured_score groups[4];
    size_t count;
    double mean, q, p;
    int p_decimals;
    double i2, tau2, tau, range;
} rows[] = {
    {
        .groups = { { 78, 2 }, { 74, 3 }, { 52, 4 }, { 71, 2.5 } },
        .count = 4,
        .mean = 72.534983,
        .q = 34.437411,
        .p = 1.60166e-07,
        .p_decimals = 12,
        .i2 = 0.912885,
        .tau2 = 77.660200,
        .tau = 8.812502,
        .range = 26,
    },
    {
        .groups = { { 70, 3 }, { 71, 3 }, { 69, 3 } },
        .count = 3,
        .mean = 70.000000,
        .q = 0.222222,
        .p = 0.894839,
        .p_decimals = 6,
        .range = 2,
    },
    {
        .groups = { { 60, 5 }, { 80, 5 } },
        .count = 2,
        .mean = 70.000000,
        .q = 8.000000,
        .p = 0.00467773,
        .p_decimals = 8,
        .i2 = 0.875000,
        .tau2 = 175.000000,
        .tau = 13.228757,
        .range = 20,
    },
};

START_TEST(test_heterogeneity)
{
    struct heterogeneity got = heterogeneity_of(rows[_i].groups, rows[_i].count);
    ck_assert_uint_eq(got.groups, rows[_i].count);
    ck_printed(got.mean, rows[_i].mean, 6);
    ck_printed(got.q, rows[_i].q, 6);
    ck_assert_double_eq(got.df, (double)rows[_i].count - 1);
    ck_assert_double_eq_tol(got.p, rows[_i].p, 0.5 * pow(10, -rows[_i].p_decimals));
    ck_printed(got.i2, rows[_i].i2, 6);
    ck_printed(got.tau2, rows[_i].tau2, 6);
    ck_printed(got.tau, rows[_i].tau, 6);
    ck_assert_double_eq(got.range, rows[_i].range);
}
END_TEST

START_TEST(test_mean_error)
{
    struct heterogeneity got =
        heterogeneity_of((struct measured_score[]){ { 60, 5 }, { 80, 5 } }, 2);
    ck_same(got.mean_se, 5 / sqrt(2));
}
END_TEST

START_TEST(test_groups_without_an_error_do_not_count)
{
    static const struct measured_score groups[] = {
        { 60, 5 }, { NAN, 5 }, { 10, 0 }, { 90, NAN }, { 99, -1 }, { 80, 5 }, { 0, INFINITY },
        { 1, 1e-200 },
    };
    struct heterogeneity got = heterogeneity_of(groups, ARRAY_LEN(groups));
    ck_assert_uint_eq(got.groups, 2);
    ck_printed(got.q, 8, 6);
    ck_assert_double_eq(got.range, 20);
}
END_TEST

START_TEST(test_one_group_tells_nothing)
{
    for (size_t count = 0; count <= 1; count++) {
        struct heterogeneity got = heterogeneity_of(&(struct measured_score){ 70, 3 }, count);
        ck_assert_uint_eq(got.groups, count);
        ck_assert_double_nan(got.mean);
        ck_assert_double_nan(got.q);
        ck_assert_double_nan(got.p);
        ck_assert_double_nan(got.i2);
        ck_assert_double_nan(got.tau);
        ck_assert_double_nan(got.range);
    }
}
END_TEST

START_TEST(test_agreement_is_zero_beyond_noise)
{
    static const struct measured_score alike[] = { { 50, 2 }, { 50, 9 }, { 50, 4 } };
    struct heterogeneity got = heterogeneity_of(alike, 3);
    ck_assert_double_eq_tol(got.q, 0, 1e-12);
    ck_assert_double_eq_tol(got.p, 1, 1e-9);
    ck_assert_double_eq(got.i2, 0);
    ck_assert_double_eq(got.tau2, 0);
    ck_assert_double_eq(got.range, 0);
}
END_TEST

Suite *insight_heterogeneity_suite(void)
{
    Suite *suite = suite_create("insight_heterogeneity");
    TCase *tests = tcase_create("heterogeneity");
    tcase_add_loop_test(tests, test_heterogeneity, 0, ARRAY_LEN(rows));
    tcase_add_test(tests, test_mean_error);
    tcase_add_test(tests, test_groups_without_an_error_do_not_count);
    tcase_add_test(tests, test_one_group_tells_nothing);
    tcase_add_test(tests, test_agreement_is_zero_beyond_noise);
    suite_add_tcase(suite, tests);
    return suite;
}
