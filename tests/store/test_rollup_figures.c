/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Figures from rollups against the same figures from the rows.
 */

#include "suites.h"
#include "support.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>
#include <stellwerk/insight/reading.h>
#include <stellwerk/store/series.h>

#include "store/little_map.h"
#include "store/shuffle.h"

/* Events over a hundred days. Many values are hundredths, and then of few series, which are
 * sketched. */
static void import_events(size_t rows, size_t values)
{
    bool many = values > 100;
    static const char *const personas[] = { "anna", "helga", "" };
    static const char *const contexts[] = { "hurried", "relaxed", "" };
    static const char *const outcomes[] = { "solved", "open" };
    int32_t first = day("2026-01-05");
    struct arena arena;
    struct str text;
    arena_init(&arena);
    str_init(&text);
    shuffle_begin(11);
    str_append(&text, "event_id,ts,case_id,activity,touchpoint,persona,context,outcome,channel,"
                      "value,cost,variant\n");
    for (size_t i = 0; i < rows; i++) {
        str_printf(&text, "e%zu,%sT%02zu:%02zu:00Z,c%zu,look,%s,%s,%s,%s,%s,", i,
                   time_day_iso(&arena, first + (int32_t)below(100)), below(24), below(60), i / 4,
                   below(2) ? "search" : "platform", personas[below(3)],
                   contexts[many ? 0 : below(3)], outcomes[below(2)],
                   many || below(2) ? "web" : "phone");
        if (below(8) > 0)
            str_printf(&text, "%zu.%02zu", below(values), many ? below(100) : 0);
        str_printf(&text, ",%zu,%s\n", below(5), !many && below(2) ? "blue" : "");
    }
    import_text(text.text);
    str_finish(&text);
    arena_finish(&arena);
}

static void import_answers(size_t rows)
{
    struct str text;
    str_init(&text);
    shuffle_begin(13);
    str_append(&text, "response_id,ts,touchpoint,metric,value,scale_min,scale_max,persona\n");
    for (size_t i = 0; i < rows; i++)
        str_printf(&text, "r%zu,2026-%02zu-%02zu,%s,csat,%zu,1,%d,%s\n", i, 1 + below(4),
                   1 + below(28), below(2) ? "search" : "platform", 1 + below(5), below(3) ? 5 : 7,
                   below(2) ? "anna" : "");
    import_text(text.text);
    str_finish(&text);
}

/* Without them figures are of the rows. */
static void hide_rollups(void)
{
    fixture_change(&fixture, "UPDATE derived SET version = -version");
}

static void ck_near(double got, double wanted, double error)
{
    if (isnan(wanted))
        ck_assert_double_nan(got);
    else if (!isfinite(wanted))
        ck_assert_double_eq(got, wanted);
    else
        ck_assert_double_le(fabs(got - wanted), error * fabs(wanted) + 1e-9);
}

static void compare_samples(const struct sample *got, const struct sample *wanted, double error)
{
    ck_assert_int_eq(got->kind, wanted->kind);
    ck_near(got->effective_n, wanted->effective_n, 1e-12);
    ck_near(got->hits, wanted->hits, 1e-12);
    ck_near(got->plus, wanted->plus, error);
    ck_near(got->minus, wanted->minus, error);
    ck_near(got->values.n, wanted->values.n, 1e-12);
    ck_near(got->values.mean, wanted->values.mean, 1e-12);
    ck_near(got->values.squares, wanted->values.squares, 1e-10);
    ck_near(got->scores.n, wanted->scores.n, 1e-12);
    if (error > 0 && got->scores.n > 0) /* of few rows, it shows how steep anchors are */
        ck_assert_double_le(fabs(got->scores.mean - wanted->scores.mean), 0.5);
    else
        ck_near(got->scores.mean, wanted->scores.mean, 1e-12);
    ck_assert_uint_eq(ordered_total(sample_ordered(got)), ordered_total(sample_ordered(wanted)));
}

static void compare_measures(const struct measure *got, const struct measure *wanted, double error)
{
    ck_assert_int_eq(got->status, wanted->status);
    ck_assert_uint_eq(got->n, wanted->n);
    ck_assert_int_eq(got->oldest, wanted->oldest);
    ck_assert_int_eq(got->newest, wanted->newest);
    ck_assert_int_eq(got->persona_ignored, wanted->persona_ignored);
    ck_assert_int_eq(got->context_ignored, wanted->context_ignored);
    ck_near(got->value, wanted->value, error);
    compare_samples(&got->sample, &wanted->sample, error);
    ck_assert(!wanted->sample.approximate);
    ck_assert_uint_eq(got->slice_count, wanted->slice_count);
    for (size_t i = 0; i < got->slice_count; i++) {
        ck_assert_uint_eq(got->slices[i].n, wanted->slices[i].n);
        ck_near(got->slices[i].value, wanted->slices[i].value, error);
        compare_samples(&got->slices[i].sample, &wanted->slices[i].sample, error);
    }
}

/* Both ways, under lenses of all sorts. */
static void compare(double error)
{
    const struct period periods[] = {
        { .first = INT32_MIN, .last = INT32_MAX },
        { .first = day("2026-02-01"), .last = day("2026-02-28") },
        { .first = day("2026-01-20"), .last = day("2026-03-10") },
        { .first = day("2026-03-03"), .last = day("2026-03-09") },
    };
    for (int i = 0; i < 16; i += test_stride()) {
        lens.persona = i % 4 == 1 ? ANNA : NONE;
        lens.context = i % 4 == 2 ? HURRIED : NONE;
        lens.period = periods[i / 4];
        measure();
        struct figures *rolled_up = figures;
        figures = NULL;
        hide_rollups();
        measure();
        hide_rollups();
        for (size_t j = 0; j < figures->measure_count; j++)
            compare_measures(&rolled_up->measures[j], &figures->measures[j], error);
        figures_destroy(rolled_up);
    }
}

static struct figures *look_closer(enum period_kind unit, const char *variant)
{
    struct series_wish wish = { NONE, NONE, NONE, unit, variant };
    struct store *store;
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    struct figures *closer = store_series(store, &journey, &lens, &wish, &fixture.err);
    ck_assert_msg(closer != NULL, "%s", fixture.err.text);
    store_close(store);
    figures_complete(closer);
    return closer;
}

/* Of two or three rows of nearly one value, intervals show how sums round. */
static void ck_bound(double got, double wanted, double error)
{
    if (isfinite(wanted))
        ck_assert_double_le(fabs(got - wanted), error * fabs(wanted) + 1e-4);
    else
        ck_near(got, wanted, 0);
}

static void compare_intervals(const struct measure *got, const struct measure *wanted, double error)
{
    for (size_t i = 0; i < got->slice_count; i++) {
        ck_bound(got->slices[i].value_lo, wanted->slices[i].value_lo, error);
        ck_bound(got->slices[i].value_hi, wanted->slices[i].value_hi, error);
    }
}

/* The same of charts, in slices of all units. */
static void compare_closer(double error)
{
    const struct period periods[] = {
        { .first = INT32_MIN, .last = INT32_MAX },
        { .first = day("2026-01-20"), .last = day("2026-03-10") },
        { .first = day("2026-03-01"), .last = INT32_MAX },
    };
    for (int i = 0; i < 36; i += test_stride()) {
        enum period_kind unit = (enum period_kind)(PERIOD_DAY + i % 4);
        lens.persona = i / 4 % 3 == 1 ? ANNA : NONE;
        lens.context = i / 4 % 3 == 2 ? HURRIED : NONE;
        lens.period = periods[i / 12];
        const char *variant = i % 5 == 4 ? "blue" : NULL;
        struct figures *rolled_up = look_closer(unit, variant);
        hide_rollups();
        struct figures *of_rows = look_closer(unit, variant);
        hide_rollups();
        for (size_t j = 0; j < of_rows->measure_count; j++) {
            compare_measures(&rolled_up->measures[j], &of_rows->measures[j], error);
            compare_intervals(&rolled_up->measures[j], &of_rows->measures[j], error);
        }
        figures_destroy(rolled_up);
        figures_destroy(of_rows);
    }
}

static struct filter of_solved = { .column = "outcome" };
static const char *solved[] = { "solved" };

static struct filters only_solved(void)
{
    of_solved.values = (struct texts){ .items = solved, .count = 1 };
    return (struct filters){ .items = &of_solved, .count = 1 };
}

static void add_some(enum metric_type a, enum metric_type b, enum metric_type c)
{
    struct anchors anchors = { calm, 4 };
    add_metric((struct metric){ .id = "a", .type = a, .hit = only_solved() });
    add_metric((struct metric){ .id = "b",
                                .type = b,
                                .anchors = anchors,
                                .quantile = 0.9,
                                .threshold = 20,
                                .context_anchors = &in_haste,
                                .context_anchor_count = 1 });
    add_metric((struct metric){ .id = "c", .type = c, .of = "cost", .where = only_solved() });
    add_metric((struct metric){ .id = "d",
                                .type = b,
                                .half_life = 20 * TIME_US_PER_DAY,
                                .quantile = 0.9,
                                .threshold = 20 });
}

START_TEST(figures_of_few_values_are_the_same)
{
    static const enum metric_type types[][3] = {
        { METRIC_COUNT, METRIC_MEAN, METRIC_SUM },
        { METRIC_PROPORTION, METRIC_MEDIAN, METRIC_MEAN },
        { METRIC_COUNT, METRIC_QUANTILE, METRIC_MEDIAN },
        { METRIC_PROPORTION, METRIC_APDEX, METRIC_SUM },
    };
    import_events(1500, 40);
    add_some(types[_i][0], types[_i][1], types[_i][2]);
    compare(0);
    ck_assert(!at(SEARCH, 1)->sample.approximate);
}
END_TEST

START_TEST(figures_of_many_values_are_as_near_as_they_say)
{
    import_events(5000, 300);
    add_some(METRIC_COUNT, METRIC_MEAN, METRIC_SUM);
    compare(1e-12);
}
END_TEST

START_TEST(order_statistics_of_many_values_are_as_near_as_they_say)
{
    import_events(5000, 300);
    add_some(METRIC_COUNT, METRIC_MEDIAN, METRIC_MEDIAN);
    compare(SAMPLE_ERROR);
    lens.period = (struct period){ .first = INT32_MIN, .last = INT32_MAX };
    measure();
    ck_assert(at(SEARCH, 1)->sample.approximate);
    ck_assert(!at(SEARCH, 2)->sample.approximate); /* costs are few */
}
END_TEST

START_TEST(charts_are_the_same)
{
    static const enum metric_type types[][3] = {
        { METRIC_COUNT, METRIC_MEAN, METRIC_SUM },
        { METRIC_PROPORTION, METRIC_MEDIAN, METRIC_QUANTILE },
    };
    import_events(1500, 40);
    add_some(types[_i][0], types[_i][1], types[_i][2]);
    compare_closer(0);
}
END_TEST

START_TEST(charts_of_many_values_are_as_near_as_they_say)
{
    import_events(5000, 300);
    add_some(METRIC_COUNT, METRIC_MEDIAN, METRIC_MEDIAN);
    compare_closer(SAMPLE_ERROR);
    ck_assert_str_ne(fixture_ask(&fixture, "SELECT count(*) FROM rollup_span WHERE series < 0"),
                     "0");
}
END_TEST

/* Weeks and months that wait for the end of an import are put together from their days. */
START_TEST(stale_weeks_and_months_are_of_their_days)
{
    import_events(400, 10);
    fixture_change(&fixture, "UPDATE rollup_span SET totals = x'00';"
                             "INSERT INTO rollup_span_stale VALUES ('event', 1, 24312)");
    add_some(METRIC_COUNT, METRIC_MEDIAN, METRIC_MEDIAN);
    compare(0);
}
END_TEST

START_TEST(answers_are_the_same)
{
    import_answers(900);
    add_metric((struct metric){ .id = "csat", .type = METRIC_CSAT, .source = SOURCE_ANSWER });
    add_metric((struct metric){ .id = "top",
                                .type = METRIC_CSAT,
                                .source = SOURCE_ANSWER,
                                .variant = VARIANT_TOP2,
                                .answer = "csat" });
    add_metric((struct metric){
        .id = "nps", .type = METRIC_NPS, .source = SOURCE_ANSWER, .answer = "csat" });
    compare(0);
}
END_TEST

/* A figure that asks for what series do not tell apart is of the rows. */
START_TEST(other_columns_ask_the_rows)
{
    static const char *ids[] = { "c1", "c2" };
    static struct filter of_case = { .column = "case_id", .values = { .items = ids, .count = 2 } };
    import_events(400, 10);
    add_metric((struct metric){
        .id = "v", .type = METRIC_COUNT, .min_n = 1, .where = { .items = &of_case, .count = 1 } });
    measure();
    ck_assert_uint_eq(at(SEARCH, 0)->n + at(PLATFORM, 0)->n, 8);
}
END_TEST

START_TEST(damaged_rollups_are_a_message)
{
    static const char *const harms[] = {
        "UPDATE rollup SET days = x'ffffff7f00';"
        "INSERT INTO rollup_span_stale VALUES ('event', 1, 24312)",
        "UPDATE rollup_span SET totals = x'ff00'",
    };
    import_events(400, 10);
    fixture_change(&fixture, harms[_i]);
    add_metric((struct metric){ .id = "v", .type = METRIC_COUNT });
    measure();
    ck_assert_int_eq(at(SEARCH, 0)->status, MEASURE_FAILED);
    ck_assert_ptr_nonnull(strstr(at(SEARCH, 0)->reason, "stellwerk store rebuild"));
}
END_TEST

Suite *store_rollup_figures_suite(void)
{
    Suite *suite = suite_create("store_rollup_figures");
    TCase *tests = tcase_create("rollup figures");
    tcase_add_checked_fixture(tests, little_map_set_up, little_map_tear_down);
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, figures_of_few_values_are_the_same, 0, 4);
    tcase_add_test(tests, figures_of_many_values_are_as_near_as_they_say);
    tcase_add_test(tests, order_statistics_of_many_values_are_as_near_as_they_say);
    tcase_add_loop_test(tests, charts_are_the_same, 0, 2);
    tcase_add_test(tests, charts_of_many_values_are_as_near_as_they_say);
    tcase_add_test(tests, stale_weeks_and_months_are_of_their_days);
    tcase_add_test(tests, answers_are_the_same);
    tcase_add_test(tests, other_columns_ask_the_rows);
    tcase_add_loop_test(tests, damaged_rollups_are_a_message, 0, 2);
    suite_add_tcase(suite, tests);
    return suite;
}
