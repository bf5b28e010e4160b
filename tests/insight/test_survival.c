/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stddef.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/survival.h>

#include "insight/printed.h"

static struct arena arena;

static void set_up(void)
{
    arena_init(&arena);
}

static void tear_down(void)
{
    arena_finish(&arena);
}

/* S20, out of order; the intervals are R's: survfit(conf.type = "log-log"). */
static const struct survival_case days[] = {
    { 7, true }, { 2, false }, { 1, true }, { 3, true }, { 5, false }, { 2, true },
};

START_TEST(test_kaplan_meier)
{
    static const struct {
        double time;
        unsigned at_risk;
        double waiting, low, high;
    } rows[] = {
        { 1, 6, 0.833333, 0.273123, 0.974712 },
        { 2, 5, 0.666667, 0.194617, 0.904434 },
        { 3, 3, 0.444444, 0.066187, 0.784908 },
        { 7, 1, 0, 0, 0.784908 },
    };
    struct survival got = survival_new(&arena, days, ARRAY_LEN(days), CONFIDENCE_95);
    ck_assert_uint_eq(got.cases, 6);
    ck_assert_uint_eq(got.count, ARRAY_LEN(rows));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        ck_assert_double_eq(got.steps[i].time, rows[i].time);
        ck_assert_uint_eq(got.steps[i].at_risk, rows[i].at_risk);
        ck_assert_uint_eq(got.steps[i].reached, 1);
        ck_printed(got.steps[i].waiting, rows[i].waiting, 6);
        ck_interval_printed(got.steps[i].interval, rows[i].low, rows[i].high, 6);
    }
    struct estimate median = survival_quantile(&got, 0.5);
    ck_assert_double_eq(median.value, 3);
    ck_assert_double_eq(median.n, 6);
    ck_assert_double_eq(median.interval.low, 1);
    ck_assert_double_eq(median.interval.high, INFINITY);
}
END_TEST

/* R: quantile(survfit(...), c(.25, .5, .75, .9)); NA there is an open end here. */
START_TEST(test_quantiles_of_twenty_cases)
{
    static const struct survival_case cases[] = {
        { 3, true },   { 5, true },   { 5, false },  { 6, true },   { 8, true },
        { 9, false },  { 11, true },  { 12, true },  { 12, true },  { 15, false },
        { 17, true },  { 18, true },  { 20, false }, { 22, true },  { 25, true },
        { 25, false }, { 28, true },  { 30, false }, { 30, false }, { 34, true },
    };
    static const double rows[][4] = {
        { 0.25, 11, 3, 18 },
        { 0.5, 18, 11, INFINITY },
        { 0.75, 34, 22, INFINITY },
        { 0.9, 34, 28, INFINITY },
    };
    struct survival got = survival_new(&arena, cases, ARRAY_LEN(cases), 0.95);
    ck_printed(got.steps[5].waiting, 0.623949579832, 12);
    ck_interval_printed(got.steps[5].interval, 0.3671398353050, 0.800882878459, 9);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct estimate quantile = survival_quantile(&got, rows[i][0]);
        ck_assert_double_eq(quantile.value, rows[i][1]);
        ck_assert_double_eq(quantile.interval.low, rows[i][2]);
        ck_assert_double_eq(quantile.interval.high, rows[i][3]);
    }
}
END_TEST

START_TEST(test_the_curve_between_its_steps)
{
    struct survival got = survival_new(&arena, days, ARRAY_LEN(days), 0.95);
    ck_assert_double_eq(survival_at(&got, 0), 1);
    ck_assert_double_eq(survival_at(&got, 0.999), 1);
    ck_printed(survival_at(&got, 1), 0.833333, 6);
    ck_printed(survival_at(&got, 6), 0.444444, 6);
    ck_assert_double_eq(survival_at(&got, 7), 0);
    ck_assert_double_eq(survival_at(&got, INFINITY), 0);
    ck_assert_double_nan(survival_at(&got, NAN));
}
END_TEST

START_TEST(test_without_open_cases_it_is_the_plain_share)
{
    struct survival_case cases[40];
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cases[i] = (struct survival_case){ .time = (double)(i * 17 % 40 / 2), .reached = true };
    struct survival got = survival_new(&arena, cases, ARRAY_LEN(cases), 0.95);
    ck_assert_uint_eq(got.count, 20);
    for (size_t i = 0; i < got.count; i++) {
        ck_same(got.steps[i].waiting, 1 - (double)(i + 1) / 20);
        ck_assert_uint_eq(got.steps[i].reached, 2);
    }
    ck_assert_double_eq(survival_quantile(&got, 0.5).value, 9); /* met exactly, despite rounding */
}
END_TEST

START_TEST(test_the_curve_only_falls_and_its_interval_holds_it)
{
    struct survival_case cases[200];
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        cases[i] = (struct survival_case){ .time = (double)(i * 37 % 101), .reached = i % 3 != 0 };
    struct survival got = survival_new(&arena, cases, ARRAY_LEN(cases), 0.95);
    for (size_t i = 0; i < got.count; i++) {
        const struct survival_step *step = &got.steps[i];
        ck_assert(interval_contains(step->interval, step->waiting));
        ck_assert_double_ge(step->interval.low, 0);
        ck_assert_double_le(step->interval.high, 1);
        ck_assert(i == 0 || step->waiting < step[-1].waiting);
        ck_assert(i == 0 || step->time > step[-1].time);
    }
    double before = 0;
    for (double q = 0.1; q < 0.9; q += 0.1) {
        struct estimate quantile = survival_quantile(&got, q);
        ck_assert(interval_contains(quantile.interval, quantile.value));
        ck_assert_double_ge(quantile.value, before);
        before = quantile.value;
    }
}
END_TEST

START_TEST(test_where_too_few_arrive_there_is_no_median)
{
    static const struct survival_case cases[] = { { 1, true }, { 9, false }, { 9, false } };
    struct survival got = survival_new(&arena, cases, 3, 0.95);
    ck_assert_double_nan(survival_quantile(&got, 0.5).value);
    ck_unknown(survival_quantile(&got, 0.5).interval);
    ck_assert_double_eq(survival_quantile(&got, 0.3).value, 1);

    struct survival open = survival_new(&arena, cases + 1, 2, 0.95);
    ck_assert_uint_eq(open.count, 0);
    ck_assert_double_eq(survival_at(&open, 100), 1);
    ck_assert_double_nan(survival_quantile(&open, 0.5).value);
}
END_TEST

START_TEST(test_no_case_or_no_time)
{
    static const struct survival_case bad[] = { { NAN, true }, { -1, true }, { INFINITY, false } };
    struct survival got = survival_new(&arena, bad, ARRAY_LEN(bad), 0.95);
    ck_assert_uint_eq(got.cases, 0);
    ck_assert_double_nan(survival_at(&got, 1));
    ck_assert_double_nan(survival_quantile(&got, 0.5).value);
    got = survival_new(&arena, NULL, 0, 0.95);
    ck_assert_uint_eq(got.cases, 0);

    got = survival_new(&arena, days, ARRAY_LEN(days), 2);
    ck_unknown(got.steps[0].interval);
    ck_unknown(got.steps[3].interval);
    ck_assert_double_eq(survival_quantile(&got, 0.5).value, 3);
    ck_unknown(survival_quantile(&got, 0.5).interval);
    ck_assert_double_nan(survival_quantile(&got, 0).value);
    ck_assert_double_nan(survival_quantile(&got, 1).value);
    ck_assert_double_nan(survival_quantile(&got, NAN).value);
}
END_TEST

Suite *insight_survival_suite(void)
{
    Suite *suite = suite_create("insight_survival");
    TCase *tests = tcase_create("survival");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_kaplan_meier);
    tcase_add_test(tests, test_quantiles_of_twenty_cases);
    tcase_add_test(tests, test_the_curve_between_its_steps);
    tcase_add_test(tests, test_without_open_cases_it_is_the_plain_share);
    tcase_add_test(tests, test_the_curve_only_falls_and_its_interval_holds_it);
    tcase_add_test(tests, test_where_too_few_arrive_there_is_no_median);
    tcase_add_test(tests, test_no_case_or_no_time);
    suite_add_tcase(suite, tests);
    return suite;
}
