/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stddef.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/multiple.h>

#include "insight/printed.h"

/* S5: the example of Benjamini and Hochberg 1995. */
static const double p[] = {
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.324,  0.4262, 0.5719, 0.6528, 0.759,  1.0,
};
static const double adjusted[] = {
    0.001500, 0.003000, 0.009500, 0.035625, 0.060300, 0.063857, 0.063857, 0.064500,
    0.076500, 0.486000, 0.581182, 0.714875, 0.753231, 0.813214, 1.000000,
};

START_TEST(test_published_example)
{
    double got[ARRAY_LEN(p)];
    size_t findings = 0, by_bonferroni = 0;
    adjust_p_values(p, ARRAY_LEN(p), got);
    for (size_t i = 0; i < ARRAY_LEN(p); i++) {
        ck_printed(got[i], adjusted[i], 6);
        findings += got[i] <= 0.05;
        by_bonferroni += p[i] * ARRAY_LEN(p) <= 0.05;
    }
    ck_assert_uint_eq(findings, 4);
    ck_assert_uint_eq(by_bonferroni, 3);
}
END_TEST

START_TEST(test_order_and_place_do_not_matter)
{
    double values[ARRAY_LEN(p)];
    for (size_t i = 0; i < ARRAY_LEN(p); i++)
        values[i] = p[i * 7 % ARRAY_LEN(p)];
    adjust_p_values(values, ARRAY_LEN(values), values);
    for (size_t i = 0; i < ARRAY_LEN(p); i++)
        ck_printed(values[i], adjusted[i * 7 % ARRAY_LEN(p)], 6);
}
END_TEST

START_TEST(test_cells_without_a_test_do_not_count)
{
    double values[] = { NAN, 0.01, -0.1, 0.04, 1.5, INFINITY };
    adjust_p_values(values, ARRAY_LEN(values), values);
    ck_assert_double_nan(values[0]);
    ck_same(values[1], 0.02);
    ck_assert_double_nan(values[2]);
    ck_same(values[3], 0.04);
    ck_assert_double_nan(values[4]);
    ck_assert_double_nan(values[5]);
    adjust_p_values(NULL, 0, NULL);
}
END_TEST

START_TEST(test_adjusting_never_makes_surer)
{
    double values[50], got[50];
    for (size_t i = 0; i < ARRAY_LEN(values); i++)
        values[i] = pow(fmod((double)i * 0.618034, 1), 4);
    adjust_p_values(values, ARRAY_LEN(values), got);
    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        ck_assert_double_ge(got[i], values[i]);
        ck_assert_double_le(got[i], 1);
        for (size_t j = 0; j < ARRAY_LEN(values); j++)
            ck_assert(values[i] > values[j] || got[i] <= got[j]);
    }
}
END_TEST

START_TEST(test_ends)
{
    double one[] = { 0.3 }, alike[] = { 0.02, 0.02, 0.02 }, sure[] = { 0, 1, 1 };
    adjust_p_values(one, 1, one);
    ck_same(one[0], 0.3);
    adjust_p_values(alike, 3, alike);
    ck_same(alike[0], 0.02);
    ck_same(alike[2], 0.02);
    adjust_p_values(sure, 3, sure);
    ck_assert_double_eq(sure[0], 0);
    ck_assert_double_eq(sure[1], 1);
}
END_TEST

Suite *insight_multiple_suite(void)
{
    Suite *suite = suite_create("insight_multiple");
    TCase *tests = tcase_create("multiple");
    tcase_add_test(tests, test_published_example);
    tcase_add_test(tests, test_order_and_place_do_not_matter);
    tcase_add_test(tests, test_cells_without_a_test_do_not_count);
    tcase_add_test(tests, test_adjusting_never_makes_surer);
    tcase_add_test(tests, test_ends);
    suite_add_tcase(suite, tests);
    return suite;
}
