/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/scene/sparkline.h>
#include <stellwerk/scene/wording.h>

static struct arena arena;

static void set_up(void)
{
    arena_init(&arena);
}

static void tear_down(void)
{
    arena_finish(&arena);
}

START_TEST(test_scores_and_gaps)
{
    ck_assert_str_eq(wording_score(&arena, 36.6), "37");
    ck_assert_str_eq(wording_score(&arena, NAN), "–");
    ck_assert_str_eq(wording_gap(&arena, -23.4), "−23");
    ck_assert_str_eq(wording_gap(&arena, 3), "+3");
    ck_assert_str_eq(wording_gap(&arena, NAN), "–");
    ck_assert_str_eq(wording_margin(&arena, 27, 41), "±7");
    ck_assert_str_eq(wording_margin(&arena, NAN, NAN), "");
    ck_assert_str_eq(wording_zone(&arena, 60, 85), "60–85");
    ck_assert_str_eq(wording_zone(&arena, 70, 70), "70");
    ck_assert_str_eq(wording_zone(&arena, NAN, NAN), "–");
}
END_TEST

START_TEST(test_values_have_their_unit)
{
    struct metric delay = { .id = "delay", .unit = "min", .type = METRIC_MEAN };
    ck_assert_str_eq(wording_value(&arena, &delay, NULL, 12.42), "12.4 min");
    ck_assert_str_eq(wording_value(&arena, &delay, NULL, 7), "7 min");
    ck_assert_str_eq(wording_value(&arena, &delay, NULL, 0.04), "0.04 min");
    ck_assert_str_eq(wording_value(&arena, &delay, NULL, 8008.3), "8,008 min");
    ck_assert_str_eq(wording_value(&arena, &delay, NULL, NAN), "–");
    ck_assert_str_eq(wording_figure(&arena, &delay, NULL, 12.42), "12.4");
    struct metric rate = { .id = "rate", .unit = "of tickets", .type = METRIC_PROPORTION };
    ck_assert_str_eq(wording_value(&arena, &rate, NULL, 0.61), "61%");
    struct metric csat = { .id = "csat", .type = METRIC_CSAT };
    struct measure share = { .sample = { .kind = SAMPLE_SHARE } };
    ck_assert_str_eq(wording_value(&arena, &csat, &share, 0.5), "50%");
}
END_TEST

/* What is not nothing never reads as nothing. */
START_TEST(test_small_values)
{
    struct metric ratio = { .id = "ratio", .type = METRIC_RATIO };
    ck_assert_str_eq(wording_value(&arena, &ratio, NULL, 0.344), "0.34");
    ck_assert_str_eq(wording_value(&arena, &ratio, NULL, 0.0344), "0.034");
    ck_assert_str_eq(wording_value(&arena, &ratio, NULL, 0.0034), "0.0034");
    ck_assert_str_eq(wording_value(&arena, &ratio, NULL, 0.05), "0.05");
    struct metric left = { .id = "left", .type = METRIC_DROPOUT };
    ck_assert_str_eq(wording_value(&arena, &left, NULL, 0.004), "0.4%");
    ck_assert_str_eq(wording_value(&arena, &left, NULL, 0.996), "99.6%");
    ck_assert_str_eq(wording_value(&arena, &left, NULL, 0), "0%");
    ck_assert_str_eq(wording_value(&arena, &left, NULL, 1), "100%");
}
END_TEST

/* Every type with the kind of sample that the store gives it. */
START_TEST(test_values_of_every_kind)
{
    static const struct {
        enum metric_type type;
        enum sample_kind kind;
        const char *unit;
        double value;
        const char *shown;
    } rows[] = {
        { METRIC_RATIO, SAMPLE_RATIO, "EUR", 12.34, "12.3 EUR" },
        { METRIC_PER_CASE, SAMPLE_MEAN, "calls", 1.26, "1.3 calls" },
        { METRIC_BEFORE, SAMPLE_MEAN, NULL, 0.5, "0.50" },
        { METRIC_PRECEDED, SAMPLE_SHARE, "cases", 0.61, "61%" },
        { METRIC_DROPOUT, SAMPLE_SHARE, NULL, 0.12, "12%" },
        { METRIC_DROPOUT, SAMPLE_POINT, NULL, 0.12, "12%" },
        { METRIC_BETWEEN, SAMPLE_WAIT, "h", 36.5, "36.5 h" },
        { METRIC_APDEX, SAMPLE_APDEX, NULL, 0.83, "0.83" },
        { METRIC_SQL, SAMPLE_POINT, "%", 61.2, "61.2 %" },
        { METRIC_NPS, SAMPLE_BALANCE, NULL, -12.4, "−12.4" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct metric metric = { .type = rows[i].type, .unit = rows[i].unit };
        struct measure measure = { .sample = { .kind = rows[i].kind } };
        ck_assert_str_eq(wording_value(&arena, &metric, &measure, rows[i].value), rows[i].shown);
    }
}
END_TEST

START_TEST(test_open_ends)
{
    struct medium ascii = { .ascii = true };
    ck_assert_str_eq(wording_open((struct medium){ 0 }, INFINITY), "∞");
    ck_assert_str_eq(wording_open((struct medium){ 0 }, -INFINITY), "−∞");
    ck_assert_str_eq(wording_open(ascii, INFINITY), "open");
    ck_assert_str_eq(wording_open(ascii, -INFINITY), "open");
    ck_assert(wording_bounded(1, 2) && wording_bounded(1, INFINITY));
    ck_assert(!wording_bounded(NAN, 2) && !wording_bounded(-INFINITY, INFINITY));
}
END_TEST

START_TEST(test_quotes_are_set_once)
{
    ck_assert_str_eq(wording_quoted(&arena, "Late again."), "“Late again.”");
    ck_assert_str_eq(wording_quoted(&arena, "„Bitte ausdrucken!“"), "„Bitte ausdrucken!“");
    ck_assert_str_eq(wording_quoted(&arena, "\"Print!\""), "\"Print!\"");
}
END_TEST

START_TEST(test_lists_leave_out_what_is_not_there)
{
    const char *words[] = { NULL, "web", "", "digital" };
    ck_assert_str_eq(wording_list(&arena, words, ARRAY_LEN(words)), "web\u00A0· digital");
    ck_assert_str_eq(wording_list(&arena, NULL, 0), "");
}
END_TEST

START_TEST(test_ages)
{
    ck_assert_str_eq(wording_age(&arena, 0, 3 * TIME_US_PER_DAY), "3 days old");
    ck_assert_str_eq(wording_age(&arena, 5 * TIME_US_PER_DAY, 3 * TIME_US_PER_DAY), "of today");
    ck_assert_str_eq(wording_age(&arena, TIME_NONE, 0), "of unknown age");
}
END_TEST

START_TEST(test_every_fixed_word_is_said)
{
    for (int i = EVIDENCE_OBSERVED; i <= EVIDENCE_ASSUMED; i++)
        ck_assert_str_ne(evidence_word(i), "");
    for (int i = MEDIA_OWNED; i <= MEDIA_EARNED; i++)
        ck_assert_str_ne(media_word(i), "");
    for (int i = LEVEL_FUNCTIONAL; i <= LEVEL_SOCIAL; i++)
        ck_assert_str_ne(level_word(i), "");
    for (int i = STATUS_IDEA; i <= STATUS_DROPPED; i++)
        ck_assert_str_ne(opportunity_word(i), "");
    for (int i = HURDLE_STATUS_QUO; i <= HURDLE_TECHNOLOGY; i++)
        ck_assert_str_ne(hurdle_word(i), "");
    for (int i = CONTENT_LIVE; i <= CONTENT_MISSING; i++)
        ck_assert_str_ne(content_word(i), "");
    ck_assert_str_eq(evidence_word(EVIDENCE_NONE), "");
    ck_assert_str_ne(kind_word(MAP_AS_IS), kind_word(MAP_TO_BE));
}
END_TEST

/* ---- Sparklines ------------------------------------------------------------------ */

static struct anchor falling[] = { { 0, 100 }, { 100, 0 } };

static struct sparkline line_of(struct slice *slices, size_t count, bool anchored)
{
    static struct metric metric;
    static struct journey journey;
    static struct stage_set set;
    static struct measure measure;
    metric = (struct metric){ .anchors = { falling, anchored ? 2 : 0 } };
    journey = (struct journey){ .metrics = &metric, .metric_count = 1 };
    set = (struct stage_set){ .journey = &journey, .lens = { .persona = NONE, .context = NONE } };
    measure = (struct measure){ .slices = slices, .slice_count = count };
    return sparkline_new(&set, &measure);
}

START_TEST(test_better_is_higher)
{
    struct slice slices[] = { { .n = 5, .value = 20 },
                              { .n = 5, .value = 80 },
                              { .n = 0, .value = NAN } };
    struct sparkline line = line_of(slices, 3, true);
    ck_assert_double_eq(sparkline_level(&line, 0), 1);
    ck_assert_double_eq(sparkline_level(&line, 1), 0);
    ck_assert(isnan(sparkline_level(&line, 2)));
    line = line_of(slices, 3, false);
    ck_assert_double_eq(sparkline_level(&line, 0), 0);
    ck_assert_double_eq(sparkline_level(&line, 1), 1);
}
END_TEST

START_TEST(test_small_changes_stay_small)
{
    struct slice slices[] = { { .n = 5, .value = 50 }, { .n = 5, .value = 55 } };
    struct sparkline line = line_of(slices, 2, true);
    ck_assert_double_eq_tol(sparkline_level(&line, 0), 0.6, 1e-9);
    ck_assert_double_eq_tol(sparkline_level(&line, 1), 0.4, 1e-9);
    struct slice level[] = { { .n = 5, .value = 0 }, { .n = 5, .value = 0 } };
    line = line_of(level, 2, false);
    ck_assert_double_eq(sparkline_level(&line, 1), 0);
}
END_TEST

START_TEST(test_whole_parts_end_where_the_rest_begins)
{
    ck_assert_int_eq(wording_whole("−12.5 ±2"), 3);
    ck_assert_int_eq(wording_whole("7 ±12"), 1);
    ck_assert_int_eq(wording_whole("1,566"), 5);
    ck_assert_int_eq(wording_whole("18 days"), 2);
    ck_assert_int_eq(wording_whole("8% ±3"), 1);
    ck_assert_int_eq(wording_whole("–"), 1);
    ck_assert_int_eq(wording_whole("met"), 0);
    ck_assert_int_eq(wording_whole(""), 0);
}
END_TEST

Suite *scene_wording_suite(void)
{
    Suite *suite = suite_create("scene_wording");
    TCase *tests = tcase_create("wording");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_scores_and_gaps);
    tcase_add_test(tests, test_values_have_their_unit);
    tcase_add_test(tests, test_small_values);
    tcase_add_test(tests, test_values_of_every_kind);
    tcase_add_test(tests, test_open_ends);
    tcase_add_test(tests, test_quotes_are_set_once);
    tcase_add_test(tests, test_lists_leave_out_what_is_not_there);
    tcase_add_test(tests, test_ages);
    tcase_add_test(tests, test_every_fixed_word_is_said);
    tcase_add_test(tests, test_better_is_higher);
    tcase_add_test(tests, test_small_changes_stay_small);
    tcase_add_test(tests, test_whole_parts_end_where_the_rest_begins);
    suite_add_tcase(suite, tests);
    return suite;
}
