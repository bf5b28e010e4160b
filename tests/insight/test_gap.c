/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stddef.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/gap.h>
#include <stellwerk/insight/mean.h>

#include "insight/printed.h"

/* S13, on 0..10 */
START_TEST(test_gap_of_two_groups)
{
    struct estimate expected = mean_estimate(moments_from_sd(60, 8.2, 1.1), 0.95);
    struct estimate perceived = mean_estimate(moments_from_sd(140, 6.9, 1.8), 0.95);
    struct estimate got = gap_estimate(perceived, expected, CONFIDENCE_95);
    ck_printed(got.value, -1.3000, 4);
    ck_printed(got.se, 0.208109, 6);
    ck_interval_printed(got.interval, -1.7079, -0.8921, 4);
    ck_assert_double_eq(got.n, 60);
}
END_TEST

START_TEST(test_gap_from_a_stated_expectation)
{
    struct estimate stated = { .value = 80, .se = 0, .n = INFINITY };
    struct estimate measured = { .value = 60, .se = 5, .n = 30 };
    struct estimate got = gap_estimate(measured, stated, 0.95);
    ck_assert_double_eq(got.value, -20);
    ck_same(got.se, 5);
    ck_assert_double_eq(got.n, 30);

    struct estimate guess = { .value = 60, .se = NAN, .n = 0 };
    got = gap_estimate(guess, stated, 0.95);
    ck_assert_double_eq(got.value, -20);
    ck_assert_double_nan(got.se);
    ck_unknown(got.interval);
    ck_assert_double_nan(gap_estimate(measured, estimate_unknown(0), 0.95).value);
}
END_TEST

START_TEST(test_inside_tolerance_is_no_gap)
{
    ck_assert_double_eq(gap_outside_tolerance(50, 60, 85), -10);
    ck_assert_double_eq(gap_outside_tolerance(60, 60, 85), 0);
    ck_assert_double_eq(gap_outside_tolerance(70, 60, 85), 0);
    ck_assert_double_eq(gap_outside_tolerance(85, 60, 85), 0);
    ck_assert_double_eq(gap_outside_tolerance(90, 60, 85), 5);
    ck_assert_double_eq(gap_outside_tolerance(50, 70, 70), -20); /* a band of one score */
    ck_assert_double_nan(gap_outside_tolerance(NAN, 60, 85));
    ck_assert_double_nan(gap_outside_tolerance(50, NAN, 85));
    ck_assert_double_nan(gap_outside_tolerance(50, 60, NAN));
}
END_TEST

/* S21 */
START_TEST(test_split)
{
    struct gap_inputs inputs = {
        .expectation = 80, .promise = 90, .standard = 70, .experience = 60,
    };
    struct gap_split got = gap_split(&inputs);
    ck_assert_double_eq(got.gap, -20);
    ck_assert_double_eq(got.delivery, -10);
    ck_assert_double_eq(got.promise, -20);
    ck_assert_double_eq(got.other, 10);
    ck_assert_uint_eq(got.missing, 0);
}
END_TEST

START_TEST(test_split_adds_up)
{
    for (int i = 0; i < 81; i++) {
        struct gap_inputs inputs = {
            .expectation = i % 3 * 50,
            .promise = i / 3 % 3 * 50,
            .standard = i / 9 % 3 * 50,
            .experience = i / 27 % 3 * 50,
        };
        struct gap_split got = gap_split(&inputs);
        ck_assert_double_eq(got.delivery + got.promise + got.other, got.gap);
    }
}
END_TEST

START_TEST(test_split_names_what_is_missing)
{
    static const struct {
        struct gap_inputs inputs;
        unsigned missing;
        bool gap, delivery, promise, other; /* known */
    } rows[] = {
        { { NAN, 90, 70, 60 }, GAP_EXPECTATION, false, true, true, false },
        { { 80, NAN, 70, 60 }, GAP_PROMISE, true, true, false, false },
        { { 80, 90, NAN, 60 }, GAP_STANDARD, true, false, false, true },
        { { 80, 90, 70, NAN }, GAP_EXPERIENCE, false, false, true, true },
        { { 80, NAN, NAN, 60 }, GAP_PROMISE | GAP_STANDARD, true, false, false, false },
        { { NAN, NAN, NAN, NAN },
          GAP_EXPECTATION | GAP_PROMISE | GAP_STANDARD | GAP_EXPERIENCE,
          false, false, false, false },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct gap_split got = gap_split(&rows[i].inputs);
        ck_assert_uint_eq(got.missing, rows[i].missing);
        ck_assert_int_eq(!isnan(got.gap), rows[i].gap);
        ck_assert_int_eq(!isnan(got.delivery), rows[i].delivery);
        ck_assert_int_eq(!isnan(got.promise), rows[i].promise);
        ck_assert_int_eq(!isnan(got.other), rows[i].other);
    }
}
END_TEST

/* S22 */
START_TEST(test_a_sure_gap_leads_a_loud_guess)
{
    struct estimate loud = { .value = -30, .se = 14 }, sure = { .value = -15, .se = 2 };
    ck_printed(gap_confident_shortfall(loud, CONFIDENCE_95), 2.5605, 4);
    ck_printed(gap_confident_shortfall(sure, CONFIDENCE_95), 11.0801, 4);
}
END_TEST

START_TEST(test_shortfall_is_never_negative)
{
    for (double gap = -50; gap <= 50; gap += 10) {
        for (double se = 0; se <= 30; se += 5) {
            struct estimate estimate = { .value = gap, .se = se };
            double got = gap_confident_shortfall(estimate, 0.95);
            ck_assert_double_ge(got, 0);
            ck_assert_double_le(got, fmax(0, -gap));
            ck_assert_double_le(gap_confident_shortfall(estimate, 0.99), got);
        }
    }
    ck_assert_double_nan(
        gap_confident_shortfall((struct estimate){ .value = -30, .se = NAN }, 0.95));
    ck_assert_double_nan(gap_confident_shortfall(estimate_unknown(3), 0.95));
    ck_assert_double_nan(gap_confident_shortfall((struct estimate){ .value = -30, .se = 1 }, 1));
}
END_TEST

START_TEST(test_priority)
{
    ck_assert_double_eq(gap_priority(4, 0.5, 11), 22);
    ck_assert_double_eq(gap_priority(0, 0.5, 11), 0);
    ck_assert_double_nan(gap_priority(NAN, 0.5, 11));
    ck_assert_double_nan(gap_priority(4, NAN, 11));
    ck_assert_double_nan(gap_priority(4, 0.5, NAN));
}
END_TEST

Suite *insight_gap_suite(void)
{
    Suite *suite = suite_create("insight_gap");
    TCase *tests = tcase_create("gap");
    tcase_add_test(tests, test_gap_of_two_groups);
    tcase_add_test(tests, test_gap_from_a_stated_expectation);
    tcase_add_test(tests, test_inside_tolerance_is_no_gap);
    tcase_add_test(tests, test_split);
    tcase_add_test(tests, test_split_adds_up);
    tcase_add_test(tests, test_split_names_what_is_missing);
    tcase_add_test(tests, test_a_sure_gap_leads_a_loud_guess);
    tcase_add_test(tests, test_shortfall_is_never_negative);
    tcase_add_test(tests, test_priority);
    suite_add_tcase(suite, tests);
    return suite;
}
