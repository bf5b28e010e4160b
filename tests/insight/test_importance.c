/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stddef.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/importance.h>

#include "insight/printed.h"

/* S15 */
START_TEST(test_opportunity)
{
    ck_assert_double_eq(opportunity_score(9, 3), 15);
    ck_assert_double_eq(opportunity_score(9, 9), 9);
    ck_assert_double_eq(opportunity_score(5, 8), 5);
    ck_assert_double_eq(opportunity_score(10, 0), 20);
    ck_assert_double_eq(opportunity_score(0, 0), 0);
}
END_TEST

START_TEST(test_opportunity_never_rises_with_satisfaction)
{
    for (double importance = 0; importance <= 10; importance++) {
        for (double satisfaction = 0; satisfaction < 10; satisfaction++)
            ck_assert_double_ge(opportunity_score(importance, satisfaction),
                                opportunity_score(importance, satisfaction + 1));
    }
}
END_TEST

START_TEST(test_opportunity_off_the_scale)
{
    static const double outside[] = { -0.1, 10.1, NAN, INFINITY };
    for (size_t i = 0; i < ARRAY_LEN(outside); i++) {
        ck_assert_double_nan(opportunity_score(outside[i], 5));
        ck_assert_double_nan(opportunity_score(5, outside[i]));
    }
}
END_TEST

/* S16 */
START_TEST(test_kano)
{
    struct kano got = kano_coefficients(&(struct kano_counts){ 25, 35, 30, 10 });
    ck_printed(got.better, 0.60, 2);
    ck_printed(got.worse, -0.65, 2);
    ck_assert_double_eq(got.n, 100);
}
END_TEST

START_TEST(test_kano_without_answers)
{
    static const struct kano_counts bad[] = {
        { 0, 0, 0, 0 }, { -1, 2, 3, 4 }, { 1, NAN, 3, 4 }, { 1, 2, INFINITY, 4 },
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        ck_assert_double_nan(kano_coefficients(&bad[i]).better);
        ck_assert_double_nan(kano_coefficients(&bad[i]).worse);
    }
    ck_assert_double_eq(kano_coefficients(&bad[0]).n, 0);
}
END_TEST

Suite *insight_importance_suite(void)
{
    Suite *suite = suite_create("insight_importance");
    TCase *tests = tcase_create("importance");
    tcase_add_test(tests, test_opportunity);
    tcase_add_test(tests, test_opportunity_never_rises_with_satisfaction);
    tcase_add_test(tests, test_opportunity_off_the_scale);
    tcase_add_test(tests, test_kano);
    tcase_add_test(tests, test_kano_without_answers);
    suite_add_tcase(suite, tests);
    return suite;
}
