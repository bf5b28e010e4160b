/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/pulls.h>

#include "insight/printed.h"

/* S9 and what else is measured: handling time is Service's, the share solved at the first contact
 * is Sales'. */
#define PERIODS 10
#define LONG 22

enum { AHT, FCR, METRICS };
enum { CALL, DESK, TOUCHPOINTS };

static const double handling_time[LONG] = { 420, 410, 395, 400, 380, 372, 360, 365, 350, 341 };
static const double first_contact[LONG] = { 78, 77, 75, 76, 73, 72, 70, 71, 69, 67 };

static struct anchor falling[] = { { 100, 100 }, { 600, 0 } };
static struct anchor rising[] = { { 0, 0 }, { 100, 100 } };
static struct metric metrics[METRICS];
static struct opportunity opportunity;
static struct touchpoint touchpoints[TOUCHPOINTS];
static struct journey journey;
static struct slice slices[TOUCHPOINTS * METRICS][LONG];
static struct measure measures[TOUCHPOINTS * METRICS];
static struct figures series;
static struct arena arena;

static void measure(int touchpoint, int metric, const double *values, size_t count)
{
    size_t at = series.measure_count++;
    for (size_t i = 0; i < count; i++)
        slices[at][i] = (struct slice){
            .first_day = (int32_t)(7 * i),
            .last_day = (int32_t)(7 * i + 6),
            .n = 100,
            .value = values[i],
            .sample = { .kind = SAMPLE_POINT },
        };
    measures[at] = (struct measure){
        .touchpoint = touchpoint,
        .metric = metric,
        .n = 100,
        .sample = { .kind = SAMPLE_POINT },
        .slices = slices[at],
        .slice_count = count,
    };
}

static void setup(void)
{
    arena_init(&arena);
    metrics[AHT] = (struct metric){ .id = "aht", .owner = "Service", .anchors = { falling, 2 } };
    metrics[FCR] = (struct metric){ .id = "fcr", .owner = "Sales", .anchors = { rising, 2 } };
    touchpoints[CALL] = (struct touchpoint){ .id = "call", .owner = "Service" };
    touchpoints[DESK] = (struct touchpoint){ .id = "desk", .owner = "Branch" };
    journey = (struct journey){
        .touchpoints = touchpoints,
        .touchpoint_count = TOUCHPOINTS,
        .metrics = metrics,
        .metric_count = METRICS,
    };
    series = (struct figures){
        .measures = measures,
        .lens = { .persona = NONE, .context = NONE },
        .wish.unit = PERIOD_WEEK,
    };
}

static void teardown(void)
{
    arena_finish(&arena);
}

static const struct pulls *pulls(void)
{
    return pulls_new(&arena, &journey, &series);
}

START_TEST(two_owners_pull_against_each_other)
{
    measure(CALL, AHT, handling_time, PERIODS);
    measure(CALL, FCR, first_contact, PERIODS);
    const struct pulls *found = pulls();
    ck_assert_uint_eq(found->figure_count, 2);
    ck_assert_uint_eq(found->count, 1);
    const struct pull *pull = &found->items[0];
    ck_printed(pull->test.oriented, -0.903540, 6);
    ck_printed(pull->test.changes.p, 0.000834, 6);
    ck_printed(pull->plain_adjusted, 0.000834, 6);
    ck_printed(pull->adjusted, 0.063342, 6);
    ck_assert_int_eq(pull->verdict, PULL_APART_MAYBE); /* both swing back from week to week */
    ck_assert_str_eq(found->figures[pull->a].owner, "Service");
    ck_assert_str_eq(found->figures[pull->b].owner, "Sales");
    ck_assert_int_eq(found->unit, PERIOD_WEEK);
    ck_assert_int_eq(found->span.last, 7 * 9 + 6);
}
END_TEST

/* Changes without a memory: 21 pairs, each the other way. */
static void fill_mirrored(double *a, double *b, double factor)
{
    static const double changes[LONG - 1] = { 3, -1, 4,  1, -5, 9, 2,  -6, 5, 3, -5,
                                              8, 9,  -7, 9, 3,  2, -3, 8,  4, -8 };
    a[0] = b[0] = 50;
    for (size_t i = 1; i < LONG; i++) {
        a[i] = a[i - 1] + changes[i - 1];
        b[i] = b[i - 1] + factor * changes[i - 1];
    }
}

START_TEST(what_does_not_swing_is_sure)
{
    double a[LONG], b[LONG];
    fill_mirrored(a, b, 1);
    measure(CALL, AHT, a, LONG);
    measure(CALL, FCR, b, LONG);
    const struct pulls *found = pulls();
    ck_assert_double_eq(found->items[0].test.oriented, -1);
    ck_assert_int_eq(found->items[0].verdict, PULL_APART);
    ck_assert_uint_eq(found->counts[PULL_APART], 1);
}
END_TEST

START_TEST(with_each_other_is_no_conflict)
{
    double a[LONG], b[LONG];
    fill_mirrored(a, b, -1);
    measure(CALL, AHT, a, LONG);
    measure(CALL, FCR, b, LONG);
    ck_assert_int_eq(pulls()->items[0].verdict, PULL_TOGETHER);
}
END_TEST

START_TEST(one_owner_has_no_conflict_with_himself)
{
    metrics[FCR].owner = "SERVICE"; /* by another case */
    measure(CALL, AHT, handling_time, PERIODS);
    measure(CALL, FCR, first_contact, PERIODS);
    ck_assert_uint_eq(pulls()->count, 0);
}
END_TEST

START_TEST(a_metric_of_nobody_is_the_touchpoints_owners)
{
    metrics[FCR].owner = NULL;
    measure(CALL, AHT, handling_time, PERIODS);
    measure(CALL, FCR, first_contact, PERIODS);
    measure(DESK, FCR, first_contact, PERIODS);
    const struct pulls *found = pulls();
    ck_assert_uint_eq(found->figure_count, 3);
    ck_assert_str_eq(found->figures[1].owner, "Service");
    ck_assert_str_eq(found->figures[2].owner, "Branch");
    ck_assert_uint_eq(found->count, 2); /* Branch with each of Service's */
    touchpoints[DESK].owner = NULL;
    ck_assert_uint_eq(pulls()->figure_count, 2); /* what nobody has is left out */
}
END_TEST

/* 30 of 100 and 10 of 50 are 40 of 150. */
START_TEST(a_key_figure_is_over_all_its_touchpoints)
{
    measure(CALL, FCR, first_contact, PERIODS);
    measure(DESK, FCR, first_contact, PERIODS);
    for (size_t i = 0; i < PERIODS; i++) {
        slices[0][i].sample = (struct sample){ .kind = SAMPLE_SHARE, .hits = 30 };
        slices[1][i].sample = (struct sample){ .kind = SAMPLE_SHARE, .hits = 10 };
        slices[1][i].n = 50;
    }
    slices[1][9].n = 0;
    measures[0].sample.kind = measures[1].sample.kind = SAMPLE_SHARE;
    const struct pulls *found = pulls();
    ck_assert_uint_eq(found->figure_count, 1);
    ck_assert_uint_eq(found->figures[0].touchpoints.count, 2);
    ck_printed(found->figures[0].values[0], 40 / 150.0, 6);
    ck_printed(found->figures[0].values[9], 0.3, 6);
    measures[0].sample.kind = measures[1].sample.kind = SAMPLE_POINT;
    ck_assert_uint_eq(pulls()->figure_count, 2); /* somebody's aggregates do not add up */
}
END_TEST

START_TEST(what_cannot_be_tested_is_counted)
{
    metrics[AHT].anchors.count = 0;
    measure(CALL, AHT, handling_time, PERIODS);
    measure(CALL, FCR, first_contact, KPI_MIN_PERIODS - 1);
    measures[1].slice_count = PERIODS; /* of which three have no rows */
    for (size_t i = KPI_MIN_PERIODS - 1; i < PERIODS; i++)
        slices[1][i] = (struct slice){ .value = NAN };
    const struct pulls *found = pulls();
    ck_assert_uint_eq(found->count, 0);
    ck_assert_uint_eq(found->without_direction, 1);
    ck_assert_uint_eq(found->too_short, 1);
}
END_TEST

START_TEST(thin_periods_have_no_value)
{
    measure(CALL, AHT, handling_time, PERIODS);
    slices[0][4].n = METRIC_HIDDEN_N - 1;
    const struct pulls *found = pulls();
    ck_assert_double_nan(found->figures[0].values[4]);
    ck_assert_uint_eq(found->figures[0].known, PERIODS - 1);
}
END_TEST

/* A week of 70 and a day of 10 are the same. */
START_TEST(what_adds_up_counts_a_day)
{
    measure(CALL, AHT, handling_time, 2);
    for (size_t i = 0; i < 2; i++)
        slices[0][i].sample.kind = SAMPLE_COUNT;
    measures[0].sample.kind = SAMPLE_COUNT;
    slices[0][0].n = 70;
    slices[0][1].n = 10;
    slices[0][1].last_day = slices[0][1].first_day;
    const struct pulls *found = pulls();
    ck_assert_double_eq(found->figures[0].values[0], 10);
    ck_assert_double_eq(found->figures[0].values[1], 10);
}
END_TEST

/* An opportunity that wants it from 60 to 20 says that less is better. */
START_TEST(what_is_wanted_is_better)
{
    metrics[FCR].anchors.count = 0;
    opportunity = (struct opportunity){ .expects = { .metric = FCR, .from = 60, .to = 20 } };
    touchpoints[DESK].opportunities = &opportunity;
    touchpoints[DESK].opportunity_count = 1;
    measure(CALL, FCR, first_contact, PERIODS);
    ck_assert_int_eq(pulls()->figures[0].direction, -1);
    opportunity.expects.from = NAN;
    ck_assert_int_eq(pulls()->figures[0].direction, 0);
    metrics[FCR].type = METRIC_CSAT;
    ck_assert_int_eq(pulls()->figures[0].direction, 1);
}
END_TEST

START_TEST(nothing_measured_is_nothing_found)
{
    const struct pulls *found = pulls();
    ck_assert_uint_eq(found->figure_count, 0);
    ck_assert_uint_eq(found->count, 0);
}
END_TEST

Suite *insight_pulls_suite(void)
{
    Suite *suite = suite_create("insight_pulls");
    TCase *tests = tcase_create("pulls");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, two_owners_pull_against_each_other);
    tcase_add_test(tests, what_does_not_swing_is_sure);
    tcase_add_test(tests, with_each_other_is_no_conflict);
    tcase_add_test(tests, one_owner_has_no_conflict_with_himself);
    tcase_add_test(tests, a_metric_of_nobody_is_the_touchpoints_owners);
    tcase_add_test(tests, a_key_figure_is_over_all_its_touchpoints);
    tcase_add_test(tests, what_cannot_be_tested_is_counted);
    tcase_add_test(tests, thin_periods_have_no_value);
    tcase_add_test(tests, what_adds_up_counts_a_day);
    tcase_add_test(tests, what_is_wanted_is_better);
    tcase_add_test(tests, nothing_measured_is_nothing_found);
    suite_add_tcase(suite, tests);
    return suite;
}
