/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stddef.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/composite.h>

#include "insight/printed.h"

/* S14: gaps of five dimensions with their weights, and with equal ones. */
START_TEST(test_weighted_dimensions)
{
    static const struct composite_part dimensions[] = {
        { 0.2, 0, 11 }, { -1.1, 0, 32 }, { -0.8, 0, 22 }, { -0.3, 0, 19 }, { -0.5, 0, 16 },
    };
    struct composite_part equal[ARRAY_LEN(dimensions)];
    for (size_t i = 0; i < ARRAY_LEN(dimensions); i++)
        equal[i] = (struct composite_part){ .score = dimensions[i].score, .weight = 1 };
    struct composite got = composite_of(dimensions, ARRAY_LEN(dimensions));
    ck_printed(got.mean, -0.6430, 4);
    ck_assert_uint_eq(got.weakest, 1);
    ck_assert_double_nan(got.geometric);
    ck_printed(composite_of(equal, ARRAY_LEN(equal)).mean, -0.5000, 4);
}
END_TEST

/* S17 */
START_TEST(test_journey_score)
{
    static const struct composite_part columns[] = {
        { 80, 3, 1 }, { 70, 3, 1 }, { 30, 3, 2 }, { 75, 3, 1 }, { 60, 3, 1 },
    };
    struct composite got = composite_of(columns, ARRAY_LEN(columns));
    ck_printed(got.mean, 57.5000, 4);
    ck_assert_double_eq(columns[got.weakest].score, 30);
    ck_printed(got.peak_end, 45.0, 1);
    ck_printed(got.geometric, 53.2035, 4);
    ck_assert_uint_eq(got.last, 4);
    ck_assert_uint_eq(got.counted, 5);
    ck_assert_double_eq(got.covered, 1);
    ck_same(got.se, sqrt(4 * 9 + 4 * 9) / 6);
}
END_TEST

/* S23 */
START_TEST(test_a_mix_shows_whom_it_hides)
{
    static const struct composite_part contexts[] = { { 20, 2, 0.3 }, { 62.5, 1, 0.7 } };
    struct composite got = composite_of(contexts, 2);
    ck_printed(got.mean, 49.75, 2);
    ck_assert_uint_eq(got.weakest, 0);
    ck_same(got.se, hypot(0.6, 0.7));
}
END_TEST

START_TEST(test_unknown_parts_are_left_out_and_told)
{
    static const struct composite_part parts[] = {
        { NAN, 1, 3 }, { 40, 2, 1 }, { 60, 2, 2 }, { 99, 1, 0 }, { 1, 1, -5 }, { 0, 1, NAN },
        { INFINITY, 1, 4 },
    };
    struct composite got = composite_of(parts, ARRAY_LEN(parts));
    ck_assert_uint_eq(got.counted, 2);
    ck_same(got.covered, 0.3);
    ck_same(got.mean, 160 / 3.0);
    ck_assert_uint_eq(got.weakest, 1);
    ck_assert_uint_eq(got.last, 2);
    ck_same(got.peak_end, 50);
}
END_TEST

START_TEST(test_one_unknown_error_makes_all_unknown)
{
    static const struct composite_part parts[] = { { 40, 2, 1 }, { 60, NAN, 2 } };
    struct composite got = composite_of(parts, 2);
    ck_same(got.mean, 160 / 3.0);
    ck_assert_double_nan(got.se);
}
END_TEST

START_TEST(test_means_stay_in_order)
{
    for (double a = 0; a <= 100; a += 12.5) {
        for (double b = 0; b <= 100; b += 12.5) {
            struct composite_part parts[] = { { a, 1, 2 }, { b, 1, 3 } };
            struct composite got = composite_of(parts, 2);
            ck_assert_double_ge(got.mean + 1e-9, got.geometric);
            ck_assert_double_ge(got.geometric + 1e-9, fmin(a, b));
            ck_assert_double_le(got.mean - 1e-9, fmax(a, b));
        }
    }
    struct composite_part zero[] = { { 0, 1, 1 }, { 90, 1, 9 } };
    ck_assert_double_eq(composite_of(zero, 2).geometric, 0);
}
END_TEST

START_TEST(test_nothing_is_unknown)
{
    static const struct composite_part empty = { .score = NAN, .se = 1, .weight = 1 };
    for (size_t count = 0; count <= 1; count++) {
        struct composite got = composite_of(&empty, count);
        ck_assert_uint_eq(got.counted, 0);
        ck_assert_double_eq(got.covered, 0);
        ck_assert_double_nan(got.mean);
        ck_assert_double_nan(got.se);
        ck_assert_double_nan(got.geometric);
        ck_assert_double_nan(got.peak_end);
    }
}
END_TEST

Suite *insight_composite_suite(void)
{
    Suite *suite = suite_create("insight_composite");
    TCase *tests = tcase_create("composite");
    tcase_add_test(tests, test_weighted_dimensions);
    tcase_add_test(tests, test_journey_score);
    tcase_add_test(tests, test_a_mix_shows_whom_it_hides);
    tcase_add_test(tests, test_unknown_parts_are_left_out_and_told);
    tcase_add_test(tests, test_one_unknown_error_makes_all_unknown);
    tcase_add_test(tests, test_means_stay_in_order);
    tcase_add_test(tests, test_nothing_is_unknown);
    suite_add_tcase(suite, tests);
    return suite;
}
