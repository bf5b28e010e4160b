/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>

#include <stellwerk/insight/reading.h>

static struct measure completed(struct measure measure)
{
    struct figures figures = { .measures = &measure, .measure_count = 1 };
    figures_complete(&figures);
    return measure;
}

START_TEST(a_count_has_the_poisson_score_interval)
{
    struct measure m = completed((struct measure){ .n = 100, .sample = { .kind = SAMPLE_COUNT } });
    ck_assert_double_eq_tol(m.value, 100, 1e-9);
    ck_assert_double_eq_tol(m.value_lo, 82.2272, 1e-4); /* 100 + z²/2 − z √(100 + z²/4) */
    ck_assert_double_eq_tol(m.value_hi, 121.6143, 1e-4);
    ck_assert_double_nan(m.score);
}
END_TEST

START_TEST(a_sum_varies_with_how_many_and_how_much)
{
    /* 2, 4, 6: Σx = 12, Σx² = 56 */
    struct measure m = completed((struct measure){
        .n = 3, .sample = { .kind = SAMPLE_SUM, .values = { .n = 3, .mean = 4, .squares = 8 } } });
    ck_assert_double_eq_tol(m.value, 12, 1e-9);
    ck_assert_double_eq_tol(m.value_hi - m.value, 1.959964 * sqrt(56), 1e-5);
}
END_TEST

START_TEST(rows_scored_one_by_one_keep_their_mean)
{
    struct measure m = completed((struct measure){
        .n = 4,
        .sample = {
            .kind = SAMPLE_MEAN,
            .values = { .n = 4, .mean = 15, .squares = 2700 },
            .scores = { .n = 4, .mean = 75, .squares = 7500 }, /* S12: not the mean's, 50 */
            .anchors = { .items = (struct anchor[]){ { 0, 100 }, { 40, 0 } }, .count = 2 },
        } });
    ck_assert_double_eq_tol(m.score, 75, 1e-9);
    ck_assert_double_eq_tol(m.score_se, 25, 1e-9);  /* √(7500 / 3 / 4) */
    ck_assert_double_eq_tol(m.score_hi, 100, 1e-9); /* 75 + 3.18 · 25, cut to the scale */
    ck_assert_double_eq_tol(m.score_lo, 0, 1e-9);
}
END_TEST

START_TEST(a_falling_anchor_swaps_the_ends_of_the_interval)
{
    struct measure m = completed((struct measure){
        .n = 1000,
        .sample = {
            .kind = SAMPLE_SHARE,
            .hits = 412,
            .anchors = { .items = (struct anchor[]){ { 0, 100 }, { 1, 0 } }, .count = 2 },
        } });
    ck_assert_double_eq_tol(m.value_lo, 0.381887, 5e-7); /* S1 */
    ck_assert_double_eq_tol(m.value_hi, 0.442786, 5e-7);
    ck_assert_double_eq_tol(m.score, 58.8, 1e-9);
    ck_assert_double_eq_tol(m.score_lo, 100 - 44.2786, 5e-5);
    ck_assert_double_eq_tol(m.score_hi, 100 - 38.1887, 5e-5);
    ck_assert(m.score_lo < m.score && m.score < m.score_hi);
}
END_TEST

START_TEST(a_balance_shows_the_plain_figure_with_the_adjusted_interval)
{
    struct measure m = completed((struct measure){
        .n = 120,
        .sample = {
            .kind = SAMPLE_BALANCE,
            .plus = 60,
            .minus = 20,
            .anchors = { .items = (struct anchor[]){ { -100, 0 }, { 100, 100 } }, .count = 2 },
        } });
    ck_assert_double_eq_tol(m.value, 33.3333, 5e-5); /* S3 */
    ck_assert_double_eq_tol(m.value_lo, 19.3328, 5e-5);
    ck_assert_double_eq_tol(m.value_hi, 45.7078, 5e-5);
    ck_assert_double_eq_tol(m.score, 66.6667, 5e-5);
}
END_TEST

START_TEST(a_median_is_bounded_by_order_statistics)
{
    const double sorted[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
    struct measure m = completed((struct measure){
        .n = 10,
        .sample = {
            .kind = SAMPLE_ORDER, .sorted = sorted, .sorted_count = 10, .quantile = 0.5 } });
    ck_assert_double_eq_tol(m.value, 5.5, 1e-9);
    ck_assert_double_eq_tol(m.value_lo, 2, 1e-9); /* S4: x(2) .. x(9) */
    ck_assert_double_eq_tol(m.value_hi, 9, 1e-9);
}
END_TEST

START_TEST(an_aggregate_without_spread_has_a_value_alone)
{
    struct measure m = completed((struct measure){
        .n = 40,
        .value = 7,
        .sample = {
            .kind = SAMPLE_POINT,
            .anchors = { .items = (struct anchor[]){ { 0, 0 }, { 10, 100 } }, .count = 2 },
        } });
    ck_assert_double_eq_tol(m.value, 7, 1e-9);
    ck_assert_double_eq_tol(m.score, 70, 1e-9);
    ck_assert_double_nan(m.value_lo);
    ck_assert_double_nan(m.score_lo);
    ck_assert_double_nan(m.score_se);
}
END_TEST

START_TEST(what_is_too_thin_to_show_has_no_figure_at_all)
{
    struct measure m = completed((struct measure){
        .n = 4,
        .status = MEASURE_HIDDEN,
        .value = 3,
        .score = 30,
        .sample = { .kind = SAMPLE_COUNT },
    });
    ck_assert_double_nan(m.value);
    ck_assert_double_nan(m.score);
    ck_assert_uint_eq(m.n, 4);
}
END_TEST

Suite *insight_complete_suite(void)
{
    Suite *suite = suite_create("insight_complete");
    TCase *tests = tcase_create("samples");
    tcase_add_test(tests, a_count_has_the_poisson_score_interval);
    tcase_add_test(tests, a_sum_varies_with_how_many_and_how_much);
    tcase_add_test(tests, rows_scored_one_by_one_keep_their_mean);
    tcase_add_test(tests, a_falling_anchor_swaps_the_ends_of_the_interval);
    tcase_add_test(tests, a_balance_shows_the_plain_figure_with_the_adjusted_interval);
    tcase_add_test(tests, a_median_is_bounded_by_order_statistics);
    tcase_add_test(tests, an_aggregate_without_spread_has_a_value_alone);
    tcase_add_test(tests, what_is_too_thin_to_show_has_no_figure_at_all);
    suite_add_tcase(suite, tests);
    return suite;
}
