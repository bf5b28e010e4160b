/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stddef.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/kpi.h>

#include "insight/printed.h"

/* S9: handling time in seconds falls, and with it the share solved at the first contact. */
static const double handling_time[] = { 420, 410, 395, 400, 380, 372, 360, 365, 350, 341 };
static const double first_contact[] = { 78, 77, 75, 76, 73, 72, 70, 71, 69, 67 };
#define PERIODS ARRAY_LEN(handling_time)

static const struct kpi_series aht = { .values = handling_time, .direction = -1 };
static const struct kpi_series fcr = { .values = first_contact, .direction = 1 };

START_TEST(test_a_conflict)
{
    struct kpi_conflict got = kpi_conflict(&aht, &fcr, PERIODS);
    ck_printed(got.changes.rho, 0.903540, 6);
    ck_printed(got.changes.p, 0.000834, 6);
    ck_printed(got.oriented, -0.903540, 6);
    ck_assert_double_eq(got.changes.n, 9);
    struct kpi_conflict turned = kpi_conflict(&fcr, &aht, PERIODS);
    ck_same(turned.oriented, got.oriented);
}
END_TEST

/* Both swing back from change to change: rank correlations of neighbours of -0.780488 and
 * -0.748755, so 9 pairs are worth 9 / (1 + 2 · 0.780488 · 0.748755 · 8 / 9). */
START_TEST(test_what_swings_is_worth_fewer_pairs)
{
    struct kpi_conflict got = kpi_conflict(&aht, &fcr, PERIODS);
    ck_printed(got.effective, 4.414095, 6);
    ck_printed(got.p, 0.063342, 6);
}
END_TEST

START_TEST(test_what_does_not_swing_counts_in_full)
{
    static const double a[] = { 0, 1, 3, 6, 10, 15, 21, 28, 36 }; /* each change is the larger */
    static const double b[] = { 0, 5, 6, 9, 11, 19, 20, 27, 31 };
    struct kpi_series rising = { .values = a, .direction = 1 };
    struct kpi_series other = { .values = b, .direction = 1 };
    struct kpi_conflict got = kpi_conflict(&rising, &other, 9);
    ck_assert_double_eq(got.effective, 8);
    ck_assert_double_eq(got.p, got.changes.p);
}
END_TEST

START_TEST(test_directions_decide)
{
    struct kpi_series more = { .values = handling_time, .direction = 1 };
    ck_printed(kpi_conflict(&more, &fcr, PERIODS).oriented, 0.903540, 6);
    struct kpi_series less = { .values = first_contact, .direction = -1 };
    ck_printed(kpi_conflict(&aht, &less, PERIODS).oriented, 0.903540, 6);
    struct kpi_series either = { .values = first_contact, .direction = 0 };
    struct kpi_conflict got = kpi_conflict(&aht, &either, PERIODS);
    ck_assert_double_nan(got.oriented);
    ck_printed(got.changes.rho, 0.903540, 6);
}
END_TEST

START_TEST(test_eight_periods_at_least)
{
    struct kpi_conflict enough = kpi_conflict(&aht, &fcr, KPI_MIN_PERIODS);
    ck_assert(!isnan(enough.oriented));
    for (size_t periods = 0; periods < KPI_MIN_PERIODS; periods++) {
        struct kpi_conflict got = kpi_conflict(&aht, &fcr, periods);
        ck_assert_double_nan(got.changes.rho);
        ck_assert_double_nan(got.changes.p);
        ck_assert_double_nan(got.oriented);
        ck_assert_double_eq(got.changes.n, periods > 0 ? (double)periods - 1 : 0);
    }
}
END_TEST

START_TEST(test_a_period_without_data_costs_two_changes)
{
    double holed[PERIODS];
    for (size_t i = 0; i < PERIODS; i++)
        holed[i] = i == 4 ? NAN : handling_time[i];
    struct kpi_series series = { .values = holed, .direction = -1 };
    struct kpi_conflict got = kpi_conflict(&series, &fcr, PERIODS);
    ck_assert_double_eq(got.changes.n, 7);
    ck_assert_double_lt(got.oriented, 0);
}
END_TEST

START_TEST(test_a_common_trend_alone_is_no_tie)
{
    static const double rising[] = { 10, 20, 30, 40, 50, 60, 70, 80, 90 };
    struct kpi_series series = { .values = rising, .direction = 1 };
    ck_assert_double_nan(kpi_conflict(&series, &fcr, 9).oriented); /* its changes do not vary */
}
END_TEST

Suite *insight_kpi_suite(void)
{
    Suite *suite = suite_create("insight_kpi");
    TCase *tests = tcase_create("kpi");
    tcase_add_test(tests, test_a_conflict);
    tcase_add_test(tests, test_what_swings_is_worth_fewer_pairs);
    tcase_add_test(tests, test_what_does_not_swing_counts_in_full);
    tcase_add_test(tests, test_directions_decide);
    tcase_add_test(tests, test_eight_periods_at_least);
    tcase_add_test(tests, test_a_period_without_data_costs_two_changes);
    tcase_add_test(tests, test_a_common_trend_alone_is_no_tie);
    suite_add_tcase(suite, tests);
    return suite;
}
