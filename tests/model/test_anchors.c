/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stddef.h>

#include <stellwerk/base/array.h>
#include <stellwerk/model/anchors.h>

#define ANCHORS(...)                                                                              \
    (struct anchors)                                                                              \
    {                                                                                             \
        .items = (struct anchor[]){ __VA_ARGS__ },                                                \
        .count = ARRAY_LEN(((struct anchor[]){ __VA_ARGS__ })),                                   \
    }

/* Minutes of delay, for who has time and for who must catch a connection. */
static struct anchor relaxed_items[] = { { 0, 100 }, { 15, 75 }, { 45, 50 }, { 120, 0 } };
static struct anchor hurried_items[] = { { 0, 100 }, { 5, 75 }, { 15, 50 }, { 40, 0 } };
static const struct anchors relaxed = { relaxed_items, ARRAY_LEN(relaxed_items) };
static const struct anchors hurried = { hurried_items, ARRAY_LEN(hurried_items) };

/* The project's table of worked numbers, S12. */
START_TEST(test_the_same_delay_is_another_experience)
{
    static const double rows[][3] = {
        { 0, 100.0000, 100.0000 }, { 10, 83.3333, 62.5000 }, { 20, 70.8333, 40.0000 },
        { 30, 62.5000, 20.0000 },  { 60, 40.0000, 0.0000 },  { 150, 0.0000, 0.0000 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        ck_assert_double_eq_tol(anchors_score(relaxed, rows[i][0]), rows[i][1], 0.5e-4);
        ck_assert_double_eq_tol(anchors_score(hurried, rows[i][0]), rows[i][2], 0.5e-4);
    }
}
END_TEST

/* S12 */
START_TEST(test_mean_of_scores_is_not_the_score_of_the_mean)
{
    static const double delays[] = { 0, 0, 0, 60 };
    double sum = 0, scores = 0;
    for (size_t i = 0; i < ARRAY_LEN(delays); i++) {
        sum += delays[i];
        scores += anchors_score(hurried, delays[i]);
    }
    ck_assert_double_eq_tol(scores / 4, 75.0, 0.5e-4);
    ck_assert_double_eq_tol(anchors_score(hurried, sum / 4), 50.0, 0.5e-4);
}
END_TEST

START_TEST(test_scores_are_clamped_and_monotone)
{
    ck_assert_double_eq(anchors_score(relaxed, -INFINITY), 100);
    ck_assert_double_eq(anchors_score(relaxed, INFINITY), 0);
    ck_assert_double_nan(anchors_score(relaxed, NAN));
    ck_assert_double_nan(anchors_score((struct anchors){ 0 }, 3));
    for (double raw = -10; raw < 130; raw += 0.7)
        ck_assert_double_ge(anchors_score(relaxed, raw), anchors_score(relaxed, raw + 0.7));
}
END_TEST

START_TEST(test_direction_and_target)
{
    ck_assert_int_eq(anchors_direction(relaxed), -1);
    ck_assert_double_eq(anchors_target(relaxed), 0);
    struct anchors rising = ANCHORS({ 1, 0 }, { 4, 80 }, { 5, 100 }, { 7, 100 });
    ck_assert_int_eq(anchors_direction(rising), 1);
    ck_assert_double_eq(anchors_target(rising), 5); /* more than enough asks too much */
    struct anchors falling = ANCHORS({ 0, 90 }, { 3, 90 }, { 9, 20 });
    ck_assert_double_eq(anchors_target(falling), 3);
    struct anchors level = ANCHORS({ 0, 50 }, { 9, 50 });
    ck_assert_int_eq(anchors_direction(level), 0);
    ck_assert_double_nan(anchors_target(level));
    ck_assert_double_nan(anchors_target((struct anchors){ 0 }));
}
END_TEST

START_TEST(test_raw_is_the_inverse)
{
    static const struct anchors *const both[] = { &relaxed, &hurried };
    for (size_t i = 0; i < ARRAY_LEN(both); i++)
        for (double score = 0; score <= 100; score += 2.5)
            ck_assert_double_eq_tol(anchors_score(*both[i], anchors_raw(*both[i], score)), score,
                                    1e-9);
    ck_assert_double_eq(anchors_raw(relaxed, 75), 15);
    ck_assert_double_eq(anchors_raw(relaxed, 62.5), 30);
    struct anchors rising = ANCHORS({ 1, 10 }, { 2, 40 }, { 4, 40 }, { 8, 90 });
    ck_assert_double_eq(anchors_raw(rising, 40), 2);
    ck_assert_double_eq(anchors_raw(rising, 65), 6);
    struct anchors falling = ANCHORS({ 1, 90 }, { 2, 40 }, { 4, 40 }, { 8, 10 });
    ck_assert_double_eq(anchors_raw(falling, 40), 4);
    ck_assert_double_eq(anchors_raw(falling, 10), 8);
}
END_TEST

START_TEST(test_raw_of_a_score_out_of_reach)
{
    struct anchors anchors = ANCHORS({ 1, 10 }, { 8, 90 });
    ck_assert_double_nan(anchors_raw(anchors, 9.9));
    ck_assert_double_nan(anchors_raw(anchors, 90.1));
    ck_assert_double_nan(anchors_raw(anchors, NAN));
    ck_assert_double_nan(anchors_raw((struct anchors){ 0 }, 50));
}
END_TEST

START_TEST(test_check)
{
    const struct {
        struct anchors anchors;
        enum anchors_fault fault;
        size_t at;
    } rows[] = {
        { relaxed, ANCHORS_FINE, 0 },
        { ANCHORS({ -5, 0 }, { 0, 0 }, { 3, 40 }, { 4, 40 }, { 9, 100 }), ANCHORS_FINE, 0 },
        { { 0 }, ANCHORS_TOO_FEW, 0 },
        { ANCHORS({ 1, 50 }), ANCHORS_TOO_FEW, 0 },
        { ANCHORS({ 1, 50 }, { NAN, 60 }), ANCHORS_NOT_FINITE, 1 },
        { ANCHORS({ 1, NAN }, { 2, 60 }), ANCHORS_NOT_FINITE, 0 },
        { ANCHORS({ 1, 50 }, { INFINITY, 60 }), ANCHORS_NOT_FINITE, 1 },
        { ANCHORS({ 1, 50 }, { 2, 100.5 }), ANCHORS_SCORE_OUT_OF_RANGE, 1 },
        { ANCHORS({ 1, -1 }, { 2, 60 }), ANCHORS_SCORE_OUT_OF_RANGE, 0 },
        { ANCHORS({ 1, 10 }, { 1, 60 }), ANCHORS_NOT_ASCENDING, 1 },
        { ANCHORS({ 1, 10 }, { 3, 60 }, { 2, 70 }), ANCHORS_NOT_ASCENDING, 2 },
        { ANCHORS({ 1, 10 }, { 2, 60 }, { 3, 60 }, { 4, 59 }), ANCHORS_NOT_MONOTONE, 3 },
        { ANCHORS({ 1, 60 }, { 2, 10 }, { 3, 11 }), ANCHORS_NOT_MONOTONE, 2 },
        { ANCHORS({ 1, 60 }, { 2, 60 }, { 3, 60 }), ANCHORS_LEVEL, 0 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        size_t at = 99;
        ck_assert_int_eq(anchors_check(rows[i].anchors, &at), rows[i].fault);
        ck_assert_uint_eq(at, rows[i].at);
    }
}
END_TEST

Suite *model_anchors_suite(void)
{
    Suite *suite = suite_create("model_anchors");
    TCase *tests = tcase_create("anchors");
    tcase_add_test(tests, test_the_same_delay_is_another_experience);
    tcase_add_test(tests, test_mean_of_scores_is_not_the_score_of_the_mean);
    tcase_add_test(tests, test_scores_are_clamped_and_monotone);
    tcase_add_test(tests, test_direction_and_target);
    tcase_add_test(tests, test_raw_is_the_inverse);
    tcase_add_test(tests, test_raw_of_a_score_out_of_reach);
    tcase_add_test(tests, test_check);
    suite_add_tcase(suite, tests);
    return suite;
}
