/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/scene/curve.h>

/* Steps through an interval; `least` and `most` of the heights on the way. */
static void walk(const struct knot *left, double *least, double *most, int *turns)
{
    double before = left[0].y;
    int direction = 0;
    *least = *most = before;
    *turns = 0;
    for (int i = 1; i <= 100; i++) {
        double y = curve_at(&left[0], &left[1], left[0].x + (left[1].x - left[0].x) * i / 100);
        int now = y > before + 1e-9 ? 1 : y < before - 1e-9 ? -1 : direction;
        *turns += direction != 0 && now != direction;
        direction = now;
        *least = fmin(*least, y);
        *most = fmax(*most, y);
        before = y;
    }
}

START_TEST(test_curve_goes_through_its_knots)
{
    struct knot knots[] = { { .x = 0, .y = 3 }, { .x = 4, .y = 9 }, { .x = 5, .y = 1 } };
    curve_fit(knots, 3);
    ck_assert_double_eq_tol(curve_at(&knots[0], &knots[1], 0), 3, 1e-12);
    ck_assert_double_eq_tol(curve_at(&knots[0], &knots[1], 4), 9, 1e-12);
    ck_assert_double_eq_tol(curve_at(&knots[1], &knots[2], 4), 9, 1e-12);
    ck_assert_double_eq_tol(curve_at(&knots[1], &knots[2], 5), 1, 1e-12);
}
END_TEST

START_TEST(test_curve_never_overshoots)
{
    struct knot knots[40];
    unsigned state = 7;
    for (size_t i = 0; i < ARRAY_LEN(knots); i++) {
        state = state * 1103515245u + 12345u;
        knots[i] = (struct knot){ .x = (double)i * (1 + i % 3), .y = state / 65536u % 101 };
    }
    curve_fit(knots, ARRAY_LEN(knots));
    for (size_t i = 0; i + 1 < ARRAY_LEN(knots); i++) {
        double least, most;
        int turns;
        walk(&knots[i], &least, &most, &turns);
        ck_assert_double_ge(least, fmin(knots[i].y, knots[i + 1].y) - 1e-9);
        ck_assert_double_le(most, fmax(knots[i].y, knots[i + 1].y) + 1e-9);
        ck_assert_int_eq(turns, 0);
    }
}
END_TEST

START_TEST(test_peaks_are_level)
{
    struct knot knots[] = {
        { .x = 0, .y = 0 }, { .x = 1, .y = 5 }, { .x = 2, .y = 0 }, { .x = 3, .y = 0 }
    };
    curve_fit(knots, 4);
    ck_assert_double_eq(knots[1].slope, 0);
    ck_assert_double_eq(knots[2].slope, 0);
    ck_assert_double_eq(knots[3].slope, 0);
}
END_TEST

/* A straight line stays one: slopes of 2 everywhere. */
START_TEST(test_straight_lines_stay_straight)
{
    struct knot knots[] = { { .x = 0, .y = 0 }, { .x = 1, .y = 2 }, { .x = 3, .y = 6 } };
    curve_fit(knots, 3);
    for (size_t i = 0; i < 3; i++)
        ck_assert_double_eq_tol(knots[i].slope, 2, 1e-12);
    ck_assert_double_eq_tol(curve_at(&knots[1], &knots[2], 1.7), 3.4, 1e-12);
}
END_TEST

START_TEST(test_few_knots)
{
    struct knot one = { .x = 1, .y = 2, .slope = 9 };
    curve_fit(&one, 1);
    ck_assert_double_eq(one.slope, 0);
    curve_fit(NULL, 0);
}
END_TEST

Suite *scene_curve_suite(void)
{
    Suite *suite = suite_create("scene_curve");
    TCase *tests = tcase_create("curve");
    tcase_add_test(tests, test_curve_goes_through_its_knots);
    tcase_add_test(tests, test_curve_never_overshoots);
    tcase_add_test(tests, test_peaks_are_level);
    tcase_add_test(tests, test_straight_lines_stay_straight);
    tcase_add_test(tests, test_few_knots);
    suite_add_tcase(suite, tests);
    return suite;
}
