/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stddef.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/mean.h>
#include <stellwerk/insight/proportion.h>
#include <stellwerk/insight/survey.h>

#include "insight/printed.h"

/* S3 */
static const struct {
    struct net_counts counts;
    double nps, se, low, high, adjusted, adjusted_low, adjusted_high;
} nps_rows[] = {
    { { 60, 40, 20 }, 33.3333, 6.8041, 19.9975, 46.6692, 32.5203, 19.3328, 45.7078 },
    { { 15, 5, 0 }, 75.0000, 9.6825, 56.0227, 93.9773, 65.2174, 43.1312, 87.3036 },
    { { 3, 2, 1 }, 33.3333, 30.4290, -26.3065, 92.9731, 22.2222, -26.7433, 71.1877 },
    { { 300, 200, 100 }, 33.3333, 3.0429, 27.3694, 39.2973, 33.1675, 27.2169, 39.1181 },
    { { 50, 33, 17 }, 33.0000, 7.4907, 18.3186, 47.6814, 32.0388, 17.5561, 46.5216 },
    { { 1, 0, 0 }, 100.0000, 0.0000, 100.0000, 100.0000, 25.0000, -48.4986, 98.4986 },
};

START_TEST(test_nps)
{
    struct net_score got = net_score(&nps_rows[_i].counts, CONFIDENCE_95);
    ck_printed(got.plain.value, nps_rows[_i].nps, 4);
    ck_printed(got.plain.se, nps_rows[_i].se, 4);
    ck_interval_printed(got.plain.interval, nps_rows[_i].low, nps_rows[_i].high, 4);
    ck_printed(got.adjusted.value, nps_rows[_i].adjusted, 4);
    ck_interval_printed(got.adjusted.interval, nps_rows[_i].adjusted_low,
                        nps_rows[_i].adjusted_high, 4);

    struct estimate shown = net_estimate(&nps_rows[_i].counts, CONFIDENCE_95);
    ck_same(shown.value, got.plain.value);
    ck_same(shown.se, got.adjusted.se);
    ck_same(shown.interval.low, got.adjusted.interval.low);
    ck_assert_double_eq(shown.n, got.plain.n);
}
END_TEST

/* S3: variance per answer 5/9 for shares 1/2, 1/3, 1/6; full width 320.1 / √n for thirds. */
START_TEST(test_nps_variance)
{
    struct estimate sixths = net_score(&(struct net_counts){ 3, 2, 1 }, 0.95).plain;
    ck_printed(sixths.se * sixths.se / 1e4 * 6, 0.555556, 6);
    struct net_counts thirds = { 1024 / 3.0, 1024 / 3.0, 1024 / 3.0 };
    struct interval interval = net_score(&thirds, 0.95).plain.interval;
    ck_printed(interval.high - interval.low, 10.00, 2);
    ck_printed((interval.high - interval.low) * 32, 320.1, 1);
}
END_TEST

/* S3 */
START_TEST(test_nps_change)
{
    static const struct {
        struct net_counts before, after;
        double value, z, p;
    } rows[] = {
        { { 60, 40, 20 }, { 50, 40, 30 }, 16.2602, 1.6510, 0.09873 },
        { { 300, 200, 100 }, { 250, 200, 150 }, 16.5837, 3.7266, 0.00019 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct difference got = net_difference(&rows[i].before, &rows[i].after, 0.95);
        ck_printed(got.value, rows[i].value, 4);
        ck_printed(got.statistic, rows[i].z, 4);
        ck_printed(got.p, rows[i].p, 5);
        ck_interval_printed(got.interval, got.value - Z_95 * got.se, got.value + Z_95 * got.se, 9);
        struct difference back = net_difference(&rows[i].after, &rows[i].before, 0.95);
        ck_same(got.value, -back.value);
        ck_same(got.interval.low, -back.interval.high);
        ck_same(got.p, back.p);
    }
}
END_TEST

START_TEST(test_nps_stays_on_its_scale)
{
    for (double n = 1; n < 1e6; n *= 3) {
        struct net_counts all = { .positive = n }, none = { .negative = n };
        struct net_score best = net_score(&all, 0.999), worst = net_score(&none, 0.999);
        ck_assert_double_le(best.adjusted.interval.high, 100);
        ck_assert_double_ge(worst.adjusted.interval.low, -100);
        ck_same(best.adjusted.interval.low, -worst.adjusted.interval.high);
        ck_assert_double_gt(best.adjusted.se, 0);
        struct difference got = net_difference(&all, &none, 0.999);
        ck_assert_double_le(got.interval.high, 200);
    }
}
END_TEST

START_TEST(test_answers_that_are_none_are_unknown)
{
    static const struct net_counts bad[] = {
        { 0, 0, 0 }, { -1, 2, 3 }, { 1, NAN, 3 }, { 1, 2, INFINITY }, { NAN, NAN, NAN },
    };
    static const struct net_counts good = { 1, 2, 3 };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        ck_assert_double_nan(net_estimate(&bad[i], 0.95).value);
        ck_unknown(net_estimate(&bad[i], 0.95).interval);
        ck_assert_double_nan(apdex_estimate(&bad[i], 0.95).value);
        ck_assert_double_nan(net_difference(&bad[i], &good, 0.95).value);
        ck_assert_double_nan(net_difference(&good, &bad[i], 0.95).p);
    }
    ck_assert_double_eq(net_estimate(&bad[0], 0.95).n, 0);
    struct estimate got = net_estimate(&good, 0);
    ck_printed(got.value, -33.3333, 4);
    ck_unknown(got.interval);
}
END_TEST

/* S10: a published example of 1000 answers on 1..7. */
static const double effort[] = { 80, 210, 140, 110, 160, 180, 120 };
static const struct survey ces = { .counts = effort, .points = ARRAY_LEN(effort), .lowest = 1 };

START_TEST(test_ces_variants)
{
    struct estimate mean = mean_estimate(survey_moments(&ces), 0.95);
    ck_printed(mean.value, 4.08, 2);
    ck_printed(survey_score(&ces, 0.95).value, 51.3333, 4);
    struct net_counts groups = survey_net(&ces, 2, 3);
    struct estimate index = net_estimate(&groups, 0.95);
    ck_printed(index.value, -13.0, 1);
    ck_printed(estimate_rescale(index, 0.5, 50).value, 43.5, 1);
    ck_printed(100 * survey_top_box(&ces, 3, 0.95).value, 46.0, 1);
}
END_TEST

START_TEST(test_score_carries_its_interval)
{
    struct estimate mean = mean_estimate(survey_moments(&ces), 0.95);
    struct estimate score = survey_score(&ces, 0.95);
    ck_same(score.se, mean.se / 6 * 100);
    ck_same(score.interval.low, (mean.interval.low - 1) / 6 * 100);
    ck_same(score.interval.high, (mean.interval.high - 1) / 6 * 100);
    ck_assert_double_eq(score.n, 1000);

    static const double few[] = { 1, 0, 0, 0, 1 };
    struct estimate wide = survey_score(&(struct survey){ few, 5, 1 }, 0.95);
    ck_same(wide.value, 50);
    ck_interval_printed(wide.interval, 0, 100, 9);
}
END_TEST

START_TEST(test_top_box_is_a_share)
{
    struct interval box = survey_top_box(&ces, 2, 0.95).interval;
    struct interval share = proportion_estimate(300, 1000, 0.95).interval;
    ck_same(box.low, share.low);
    ck_same(box.high, share.high);
    ck_assert_double_eq(survey_top_box(&ces, 0, 0.95).value, 0);
    ck_assert_double_eq(survey_top_box(&ces, 7, 0.95).value, 1);
    ck_assert_double_nan(survey_top_box(&ces, 8, 0.95).value);
}
END_TEST

START_TEST(test_nps_from_a_scale)
{
    static const double counts[] = { 1, 0, 0, 2, 0, 3, 4, 10, 20, 30, 30 };
    struct survey survey = { .counts = counts, .points = ARRAY_LEN(counts) };
    struct net_counts got = survey_net(&survey, 2, 7);
    ck_assert_double_eq(got.positive, 60);
    ck_assert_double_eq(got.neutral, 30);
    ck_assert_double_eq(got.negative, 10);
    ck_assert_double_eq(survey_net(&survey, 4, 7).neutral, 0);
    ck_assert_double_nan(survey_net(&survey, 5, 7).positive);
    ck_assert_double_nan(survey_net(&survey, 0, 12).negative);
}
END_TEST

START_TEST(test_a_bad_count_spoils_the_survey)
{
    static const double bad[][3] = { { 1, -1, 3 }, { 1, NAN, 3 }, { 1, INFINITY, 3 }, { 0, 0, 0 } };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct survey survey = { .counts = bad[i], .points = 3, .lowest = 1 };
        ck_assert_double_nan(survey_score(&survey, 0.95).value);
        ck_assert_double_nan(survey_top_box(&survey, 1, 0.95).value);
        struct net_counts groups = survey_net(&survey, 1, 1);
        ck_assert_double_nan(net_estimate(&groups, 0.95).value);
    }
    static const double one[] = { 5 };
    ck_assert_double_nan(survey_score(&(struct survey){ one, 1, 1 }, 0.95).value);
    ck_assert_double_nan(survey_score(&(struct survey){ NULL, 0, 1 }, 0.95).value);
}
END_TEST

/* S11 */
START_TEST(test_apdex)
{
    struct net_counts counts = { .positive = 60, .neutral = 30, .negative = 10 };
    struct estimate got = apdex_estimate(&counts, 0.95);
    ck_printed(got.value, 0.750, 3);
    ck_assert_double_eq(got.n, 100);
    ck_assert(interval_contains(got.interval, got.value));
    ck_assert_double_eq(apdex_estimate(&(struct net_counts){ .positive = 9 }, 0.95).value, 1);
    ck_assert_double_eq(apdex_estimate(&(struct net_counts){ .negative = 9 }, 0.95).value, 0);
    ck_assert_double_le(apdex_estimate(&(struct net_counts){ .positive = 9 }, 0.95).interval.high,
                        1);
}
END_TEST

Suite *insight_survey_suite(void)
{
    Suite *suite = suite_create("insight_survey");
    TCase *tests = tcase_create("survey");
    tcase_add_loop_test(tests, test_nps, 0, ARRAY_LEN(nps_rows));
    tcase_add_test(tests, test_nps_variance);
    tcase_add_test(tests, test_nps_change);
    tcase_add_test(tests, test_nps_stays_on_its_scale);
    tcase_add_test(tests, test_answers_that_are_none_are_unknown);
    tcase_add_test(tests, test_ces_variants);
    tcase_add_test(tests, test_score_carries_its_interval);
    tcase_add_test(tests, test_top_box_is_a_share);
    tcase_add_test(tests, test_nps_from_a_scale);
    tcase_add_test(tests, test_a_bad_count_spoils_the_survey);
    tcase_add_test(tests, test_apdex);
    suite_add_tcase(suite, tests);
    return suite;
}
