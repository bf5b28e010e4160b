/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The formulas, against numbers that were worked out elsewhere or by hand. */

#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/model/anchors.h>
#include <stellwerk/store/measure.h>

#include "store/fixture.h"

static struct fixture fixture;
static struct figures *figures;

static void set_up(void)
{
    fixture_init(&fixture);
    figures = NULL;
}

static void tear_down(void)
{
    figures_destroy(figures);
    fixture_finish(&fixture);
}

/* Measures one metric at the touchpoint "here". */
static const struct measure *measure(struct metric metric)
{
    static const struct lens lens = {
        .persona = NONE,
        .context = NONE,
        .period = { .first = INT32_MIN, .last = INT32_MAX },
    };
    int index = 0;
    struct touchpoint here = { .id = "here", .metrics = { .items = &index, .count = 1 } };
    struct journey journey = {
        .touchpoints = &here,
        .touchpoint_count = 1,
        .metrics = &metric,
        .metric_count = 1,
    };
    struct store *store;
    figures_destroy(figures);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    figures = store_measure(store, &journey, &lens, &fixture.err);
    ck_assert_msg(figures != NULL, "%s", fixture.err.text);
    store_close(store);
    return &figures->measures[0];
}

/* Answers "m" on a scale, so many of each value. */
static void import_answers(double scale_min, double scale_max, const int *counts, size_t values,
                           int first)
{
    struct str text;
    str_init(&text);
    str_append(&text, "ts,touchpoint,metric,value,scale_min,scale_max\n");
    for (size_t i = 0; i < values; i++)
        for (int j = 0; j < counts[i]; j++)
            str_printf(&text, "2026-01-05,here,m,%d,%g,%g\n", first + (int)i, scale_min, scale_max);
    struct import_report report = fixture_import(&fixture, text.text, NULL);
    ck_assert_uint_eq(report.rejected + report.duplicates, 0);
    str_finish(&text);
}

/* One event a value at "here". */
static void import_values(const double *values, size_t count)
{
    struct str text;
    str_init(&text);
    str_append(&text, "ts,case_id,activity,touchpoint,value\n");
    for (size_t i = 0; i < count; i++)
        str_printf(&text, "2026-01-%02zu,c%zu,wait,here,%g\n", i % 28 + 1, i, values[i]);
    fixture_import(&fixture, text.text, NULL);
    str_finish(&text);
}

static double score_of(const struct measure *measure)
{
    return measure->sample.scores.n > 0 ? measure->sample.scores.mean
                                        : anchors_score(measure->sample.anchors, measure->value);
}

/* ---- Values ---- */

START_TEST(count_sum_and_mean)
{
    static const double values[] = { 5, 4, 4, 3, 5, 5, 2, 4, 4, 5 };
    static struct anchor anchors[] = { { 0, 0 }, { 82, 100 } };
    import_values(values, 10);
    const struct measure *found = measure((struct metric){ .type = METRIC_COUNT });
    ck_assert_double_eq(found->value, 10);
    ck_assert_int_eq(found->sample.kind, SAMPLE_COUNT);

    found = measure((struct metric){ .type = METRIC_SUM, .anchors = { anchors, 2 } });
    ck_assert_double_eq_tol(found->value, 41, 1e-12);
    ck_assert_int_eq(found->sample.kind, SAMPLE_SUM);
    ck_assert_double_eq_tol(score_of(found), 50, 1e-9); /* of the sum, not of its parts */

    found = measure((struct metric){ .type = METRIC_MEAN });
    ck_assert_double_eq_tol(found->value, 4.1, 1e-12);
    ck_assert_double_eq_tol(sqrt(moments_variance(found->sample.values)), 0.994429, 1e-6);
    ck_assert_double_nan(score_of(found));
}
END_TEST

START_TEST(median_and_quantile_keep_their_values_in_order)
{
    static const double values[] = { 8, 1, 4, 2, 16, 3, 100, 5 };
    static struct anchor anchors[] = { { 0, 100 }, { 9, 0 } };
    import_values(values, 8);
    const struct measure *found =
        measure((struct metric){ .type = METRIC_MEDIAN, .anchors = { anchors, 2 } });
    ck_assert_double_eq(found->value, 4.5);
    ck_assert_int_eq(found->sample.kind, SAMPLE_ORDER);
    ck_assert_double_eq(found->sample.quantile, 0.5);
    ck_assert_uint_eq(bins_total(found->sample.bins, found->sample.bin_count), 8);
    for (size_t i = 1; i < found->sample.bin_count; i++)
        ck_assert_double_lt(found->sample.bins[i - 1].value, found->sample.bins[i].value);
    ck_assert_double_eq_tol(score_of(found), 50, 1e-9);

    found = measure((struct metric){ .type = METRIC_QUANTILE, .quantile = 0.9 });
    ck_assert_double_eq_tol(found->value, 16 + 0.3 * 84, 1e-9);
}
END_TEST

START_TEST(apdex_tolerates_four_times_the_threshold)
{
    double values[100];
    for (int i = 0; i < 100; i++)
        values[i] = i < 60 ? 2 : i < 90 ? 8 : 8.1;
    import_values(values, 100);
    const struct measure *found = measure((struct metric){ .type = METRIC_APDEX, .threshold = 2 });
    ck_assert_double_eq_tol(found->value, 0.75, 1e-12);
    ck_assert_double_eq_tol(score_of(found), 75, 1e-9);
}
END_TEST

/* ---- Answers ---- */

START_TEST(promoters_less_detractors)
{
    static const int counts[] = { 5, 0, 0, 0, 0, 0, 15, 20, 20, 30, 30 };
    import_answers(0, 10, counts, 11, 0);
    const struct measure *found =
        measure((struct metric){ .type = METRIC_NPS, .source = SOURCE_ANSWER, .answer = "m" });
    ck_assert_uint_eq(found->n, 120);
    ck_assert_double_eq_tol(found->value, 33.3333, 1e-4);
    ck_assert_uint_eq(found->sample.plus, 60);
    ck_assert_uint_eq(found->sample.minus, 20);
    ck_assert_int_eq(found->sample.kind, SAMPLE_BALANCE);
    ck_assert_double_eq_tol(score_of(found), 66.6667, 1e-4);
}
END_TEST

/* The same thousand answers, three ways. */
START_TEST(effort_has_three_formulas)
{
    static const int counts[] = { 80, 210, 140, 110, 160, 180, 120 };
    struct metric ces = { .type = METRIC_CES, .source = SOURCE_ANSWER, .answer = "m" };
    import_answers(1, 7, counts, 7, 1);
    const struct measure *found = measure(ces);
    ck_assert_double_eq_tol(found->value, 4.08, 1e-9);
    ck_assert_double_eq_tol(score_of(found), 51.3333, 1e-4);
    ck_assert_int_eq(found->sample.variant, VARIANT_MEAN);

    ces.variant = VARIANT_INDEX;
    found = measure(ces);
    ck_assert_double_eq_tol(found->value, -13, 1e-9);
    ck_assert_double_eq_tol(score_of(found), 43.5, 1e-9);

    ces.variant = VARIANT_TOP3;
    found = measure(ces);
    ck_assert_double_eq_tol(found->value, 0.46, 1e-9);
    ck_assert_double_eq_tol(score_of(found), 46, 1e-9);
}
END_TEST

START_TEST(satisfaction_is_a_mean_or_the_top_two_boxes)
{
    static const int counts[] = { 1, 1, 2, 4, 2 };
    static struct anchor anchors[] = { { 1, 0 }, { 3, 80 }, { 5, 100 } };
    struct metric csat = { .type = METRIC_CSAT, .source = SOURCE_ANSWER, .answer = "m" };
    import_answers(1, 5, counts, 5, 1);
    ck_assert_double_eq_tol(measure(csat)->value, 3.5, 1e-12);
    ck_assert_double_eq_tol(score_of(measure(csat)), 62.5, 1e-9);

    csat.variant = VARIANT_TOP2;
    const struct measure *found = measure(csat);
    ck_assert_double_eq_tol(found->value, 0.6, 1e-12);
    ck_assert_uint_eq(found->sample.hits, 6);
    ck_assert_double_eq_tol(score_of(found), 60, 1e-9);

    csat.variant = VARIANT_DEFAULT;
    csat.anchors = (struct anchors){ anchors, 3 };
    ck_assert_double_eq_tol(score_of(measure(csat)), (0 + 40 + 2 * 80 + 4 * 90 + 2 * 100) / 10.0,
                            1e-9);
}
END_TEST

/* Each answer brings its own scale: five of five is as good as seven of seven. */
START_TEST(scales_may_differ_from_answer_to_answer)
{
    static const int five[] = { 0, 0, 0, 0, 3 }, seven[] = { 0, 0, 0, 0, 0, 0, 3 };
    import_answers(1, 5, five, 5, 1);
    import_answers(1, 7, seven, 7, 1);
    const struct measure *found =
        measure((struct metric){ .type = METRIC_CSAT, .source = SOURCE_ANSWER, .answer = "m" });
    ck_assert_uint_eq(found->n, 6);
    ck_assert_double_eq_tol(score_of(found), 100, 1e-9);
}
END_TEST

START_TEST(without_a_scale_there_is_no_score_and_no_box)
{
    struct metric csat = { .type = METRIC_CSAT, .source = SOURCE_ANSWER, .answer = "m" };
    fixture_import(&fixture,
                   "ts,touchpoint,metric,value,scale_min,scale_max\n2026-01-05,here,m,4,1,5\n"
                   "2026-01-05,here,m,4,1,5\n2026-01-05,here,m,4,1,5\n2026-01-05,here,m,4,1,5\n"
                   "2026-01-05,here,m,5,,\n",
                   NULL);
    const struct measure *found = measure(csat);
    ck_assert_double_eq_tol(found->value, 4.2, 1e-12);
    ck_assert_double_nan(score_of(found));
    csat.variant = VARIANT_TOP2;
    found = measure(csat);
    ck_assert_int_eq(found->status, MEASURE_FAILED);
    ck_assert_ptr_nonnull(strstr(found->reason, "scale"));
}
END_TEST

/* ---- Somebody's aggregates ---- */

static const struct measure *measure_aggregates(const char *rows, struct metric metric)
{
    const char *text = arena_printf(
        &fixture.arena, "touchpoint,metric,period_start,period_end,value,n,sd,num,den\n%s", rows);
    fixture_import(&fixture, text, NULL);
    metric.source = SOURCE_OBSERVATION;
    metric.answer = "m";
    return measure(metric);
}

START_TEST(aggregated_means_are_weighted_and_keep_their_spread)
{
    static struct anchor anchors[] = { { 0, 100 }, { 10, 0 } };
    /* Of 1 2 3 and of 4 6: together their mean is 3.2 and Σx² − n·mean² = 66 − 51.2. */
    const struct measure *found =
        measure_aggregates("here,m,2026-01-01,2026-01-31,2,3,1,,\n"
                           "here,m,2026-02-01,2026-02-28,5,2,1.4142135623730951,,\n",
                           (struct metric){ .type = METRIC_MEAN, .anchors = { anchors, 2 } });
    ck_assert_uint_eq(found->n, 5);
    ck_assert_double_eq_tol(found->value, 3.2, 1e-12);
    ck_assert_int_eq(found->sample.kind, SAMPLE_MEAN);
    ck_assert_double_eq_tol(found->sample.values.squares, 14.8, 1e-9);
    ck_assert(found->score_of_aggregate);
    ck_assert_double_eq_tol(score_of(found), 68, 1e-9);
    int64_t march = time_day_from_civil((struct civil){ 2026, 3, 1 }) * TIME_US_PER_DAY;
    ck_assert_int_eq(found->newest, march - 1);
}
END_TEST

START_TEST(an_aggregate_without_spread_is_a_point)
{
    const struct measure *found = measure_aggregates("here,m,2026-01-01,,2,30,1,,\n"
                                                     "here,m,2026-02-01,,5,10,,,\n",
                                                     (struct metric){ .type = METRIC_MEAN });
    ck_assert_double_eq_tol(found->value, 2.75, 1e-12);
    ck_assert_int_eq(found->sample.kind, SAMPLE_POINT);
    found = measure((struct metric){
        .type = METRIC_MEDIAN, .source = SOURCE_OBSERVATION, .answer = "m" });
    ck_assert_int_eq(found->sample.kind, SAMPLE_POINT);
}
END_TEST

START_TEST(aggregated_shares_add_up_exactly)
{
    const struct measure *found = measure_aggregates("here,m,2026-01-01,,,,,75,100\n"
                                                     "here,m,2026-02-01,,,,,10,40\n",
                                                     (struct metric){ .type = METRIC_PROPORTION });
    ck_assert_int_eq(found->sample.kind, SAMPLE_SHARE);
    ck_assert_uint_eq(found->sample.hits, 85);
    ck_assert_uint_eq(found->n, 140);
    ck_assert_double_eq_tol(found->value, 85.0 / 140, 1e-12);
    ck_assert_uint_eq(found->slice_count, 5); /* weeks */
    ck_assert_double_eq_tol(found->slices[0].value, 0.75, 1e-12);
    ck_assert_double_eq_tol(found->slices[4].value, 0.25, 1e-12);
}
END_TEST

START_TEST(aggregated_counts_add_up)
{
    const struct measure *found = measure_aggregates("here,m,2026-01-01,,1200,1,,,\n"
                                                     "here,m,2026-01-02,,800,9,,,\n",
                                                     (struct metric){ .type = METRIC_COUNT });
    ck_assert_double_eq_tol(found->value, 2000, 1e-9);
    ck_assert_uint_eq(found->n, 10);
    ck_assert_int_eq(found->sample.kind, SAMPLE_POINT);
}
END_TEST

Suite *store_metric_suite(void)
{
    Suite *suite = suite_create("store_metric");
    TCase *tests = tcase_create("metric");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, count_sum_and_mean);
    tcase_add_test(tests, median_and_quantile_keep_their_values_in_order);
    tcase_add_test(tests, apdex_tolerates_four_times_the_threshold);
    tcase_add_test(tests, promoters_less_detractors);
    tcase_add_test(tests, effort_has_three_formulas);
    tcase_add_test(tests, satisfaction_is_a_mean_or_the_top_two_boxes);
    tcase_add_test(tests, scales_may_differ_from_answer_to_answer);
    tcase_add_test(tests, without_a_scale_there_is_no_score_and_no_box);
    tcase_add_test(tests, aggregated_means_are_weighted_and_keep_their_spread);
    tcase_add_test(tests, an_aggregate_without_spread_is_a_point);
    tcase_add_test(tests, aggregated_shares_add_up_exactly);
    tcase_add_test(tests, aggregated_counts_add_up);
    suite_add_tcase(suite, tests);
    return suite;
}
