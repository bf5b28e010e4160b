/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stddef.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/staleness.h>

#include "insight/printed.h"

/* S18: a half-life of 90 days */
START_TEST(test_weights)
{
    static const struct {
        double age, weight;
    } rows[] = { { 0, 1 }, { 45, 0.707107 }, { 90, 0.5 }, { 180, 0.25 } };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        ck_printed(staleness_weight(rows[i].age, 90), rows[i].weight, 6);
}
END_TEST

START_TEST(test_weights_only_fall)
{
    for (double age = 0; age < 1e6; age = age * 2 + 1) {
        ck_assert_double_ge(staleness_weight(age, 30), staleness_weight(2 * age + 1, 30));
        ck_assert_double_ge(staleness_weight(age, 30), 0);
    }
    ck_assert_double_eq(staleness_weight(INFINITY, 30), 0);
}
END_TEST

START_TEST(test_weights_at_the_ends)
{
    ck_assert_double_eq(staleness_weight(-5, 90), 1);
    ck_assert_double_eq(staleness_weight(500, INFINITY), 1);
    ck_assert_double_nan(staleness_weight(NAN, 90));
    ck_assert_double_nan(staleness_weight(10, 0));
    ck_assert_double_nan(staleness_weight(10, -1));
    ck_assert_double_nan(staleness_weight(10, NAN));
}
END_TEST

/* S18: a hundred answers of today and a hundred of 180 days ago */
START_TEST(test_effective_n)
{
    double weights[200];
    for (size_t i = 0; i < ARRAY_LEN(weights); i++)
        weights[i] = staleness_weight(i < 100 ? 0 : 180, 90);
    ck_printed(effective_n(weights, ARRAY_LEN(weights)), 147.0588, 4);
    ck_same(effective_n(weights, 100), 100);
    ck_same(effective_n(weights + 100, 100), 100); /* alike, however old */
}
END_TEST

START_TEST(test_effective_n_of_what_does_not_count)
{
    static const double weights[] = { 1, NAN, -3, 0, INFINITY, 1 };
    ck_same(effective_n(weights, ARRAY_LEN(weights)), 2);
    ck_assert_double_eq(effective_n(weights + 1, 3), 0);
    ck_assert_double_eq(effective_n(NULL, 0), 0);
}
END_TEST

Suite *insight_staleness_suite(void)
{
    Suite *suite = suite_create("insight_staleness");
    TCase *tests = tcase_create("staleness");
    tcase_add_test(tests, test_weights);
    tcase_add_test(tests, test_weights_only_fall);
    tcase_add_test(tests, test_weights_at_the_ends);
    tcase_add_test(tests, test_effective_n);
    tcase_add_test(tests, test_effective_n_of_what_does_not_count);
    suite_add_tcase(suite, tests);
    return suite;
}
