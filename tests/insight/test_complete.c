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
    const struct bin bins[] = { { 1, 1 }, { 2, 1 }, { 3, 1 }, { 4, 1 }, { 5, 1 },
                                { 6, 1 }, { 7, 1 }, { 8, 1 }, { 9, 1 }, { 10, 1 } };
    struct measure m = completed((struct measure){
        .n = 10,
        .sample = {
            .kind = SAMPLE_ORDER, .bins = bins, .bin_count = 10, .quantile = 0.5 } });
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

/* S11. */
START_TEST(apdex_is_half_a_balance)
{
    struct measure m = completed((struct measure){
        .n = 100,
        .sample = {
            .kind = SAMPLE_APDEX,
            .plus = 60,
            .minus = 10,
            .anchors = { .items = (struct anchor[]){ { 0, 0 }, { 1, 100 } }, .count = 2 },
        } });
    ck_assert_double_eq_tol(m.value, 0.75, 1e-12);
    ck_assert_double_eq_tol(m.score, 75, 1e-9);
    ck_assert(m.value_lo < 0.75 && 0.75 < m.value_hi);
    m = completed((struct measure){ .n = 6, .sample = { .kind = SAMPLE_APDEX, .plus = 6 } });
    ck_assert_double_eq_tol(m.value, 1, 1e-12);
    ck_assert_double_lt(m.value_lo, 0.95); /* six satisfied people are no proof */
}
END_TEST

/* S20: half of the cases got there by day 3. */
START_TEST(waits_that_go_on_count_for_as_long_as_they_did)
{
    static const struct wait waits[] = { { 1, true },  { 2, true },  { 2, false },
                                         { 3, true },  { 5, false }, { 7, true } };
    struct measure m = completed((struct measure){
        .n = 6,
        .sample = { .kind = SAMPLE_WAIT, .waits = waits, .wait_count = 6, .quantile = 0.5 } });
    ck_assert_double_eq_tol(m.value, 3, 1e-12);
    ck_assert_double_ge(m.value, m.value_lo);
    ck_assert_double_le(m.value, m.value_hi);
}
END_TEST

/* S18: 100 fresh answers and 100 that are two half-lives old are worth 147.0588 fresh ones. */
START_TEST(old_rows_make_a_wider_interval)
{
    struct measure aged = completed((struct measure){
        .n = 200, .sample = { .kind = SAMPLE_SHARE, .effective_n = 147.0588, .hits = 73.5294 } });
    struct measure fresh = completed((struct measure){
        .n = 200, .sample = { .kind = SAMPLE_SHARE, .hits = 100 } });
    ck_assert_double_eq_tol(aged.value, 0.5, 1e-9);
    /* Wilson at ½ reaches z / (2 √(n + z²)) to either side. */
    ck_assert_double_eq_tol(aged.value_hi - 0.5, 1.959964 / 2 / sqrt(147.0588 + 3.841459), 1e-6);
    ck_assert_double_lt(fresh.value_hi, aged.value_hi);
}
END_TEST

/* S8 as slices of a week: 60 in the twelfth is a signal, and only that. */
START_TEST(slices_that_stand_out_are_marked)
{
    static const double values[] = { 72, 71, 74, 70, 73, 69, 72, 75, 71, 72, 70, 60 };
    struct slice slices[12];
    for (int i = 0; i < 12; i++)
        slices[i] = (struct slice){
            .first_day = 7 * i,
            .last_day = 7 * i + 6,
            .n = 20,
            .value = values[i],
            .sample = { .kind = SAMPLE_MEAN,
                        .values = { .n = 20, .mean = values[i], .squares = 19 * 25 } } };
    struct measure measure = { .n = 240, .slices = slices, .slice_count = 12 };
    completed(measure);
    for (int i = 0; i < 12; i++)
        ck_assert_int_eq(slices[i].signal, i == 11 ? XMR_BEYOND : XMR_NONE);
    /* 5 / √20 · t(19) to either side */
    ck_assert_double_eq_tol(slices[0].value_hi - 72, 5 / sqrt(20) * 2.093024, 1e-5);

    slices[11].signal = XMR_NONE;
    for (int i = 0; i < 12; i++)
        slices[i].n = i < 5 ? 20 : 4; /* five that can be shown are too few for limits */
    completed(measure);
    ck_assert_int_eq(slices[11].signal, XMR_NONE);
}
END_TEST

/* Ten a day whatever the length of the month; half a month of five a day stands out, and leaves
 * the others on one side of the mean. */
START_TEST(counts_are_charted_a_day)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 14 };
    struct slice slices[12];
    int32_t day = 0;
    for (int i = 0; i < 12; i++) {
        uint64_t n = (uint64_t)(lengths[i] * (i == 11 ? 5 : 10) + i % 3);
        slices[i] = (struct slice){ .first_day = day,
                                    .last_day = day + lengths[i] - 1,
                                    .n = n,
                                    .value = (double)n,
                                    .sample = { .kind = SAMPLE_COUNT } };
        day += lengths[i];
    }
    completed((struct measure){ .n = 3000, .slices = slices, .slice_count = 12 });
    for (int i = 0; i < 12; i++)
        ck_assert_int_eq(slices[i].signal, i == 11 ? XMR_BEYOND : XMR_SHIFT);
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
    tcase_add_test(tests, apdex_is_half_a_balance);
    tcase_add_test(tests, waits_that_go_on_count_for_as_long_as_they_did);
    tcase_add_test(tests, old_rows_make_a_wider_interval);
    tcase_add_test(tests, slices_that_stand_out_are_marked);
    tcase_add_test(tests, counts_are_charted_a_day);
    tcase_add_test(tests, what_is_too_thin_to_show_has_no_figure_at_all);
    suite_add_tcase(suite, tests);
    return suite;
}
