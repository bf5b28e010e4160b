/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Every type of metric under every lens, against plain SQL; and what each makes of no rows, of one,
 * and of many that are all alike. Waits, which SQL cannot tell, are in test_waits.c.
 */

#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>
#include <stellwerk/insight/reading.h>

#include "store/busy_log.h"
#include "store/little_map.h"

#define OF_CASES .a = { .where = { &is_buy, 1 } }, .b = { .where = { &is_call, 1 } }
#define OF_ANSWERS .source = SOURCE_ANSWER, .answer = "m"

/* The rows that are counted, and the figure of them, in SQL: "rows" stands for those of the
 * touchpoint under the lens, "log" for all events. `alike` is the figure of rows that are all of
 * case, person and value 1. */
static const struct type_row {
    struct metric metric;
    const char *n, *value;
    double alike;
} types[] = {
    { { .type = METRIC_COUNT }, "count(*)", "count(*)", 40 },
    { { .type = METRIC_SUM }, "count(*)", "sum(value)", 40 },
    { { .type = METRIC_MEAN }, "count(*)", "avg(value)", 1 },
    { { .type = METRIC_MEDIAN },
      "count(*)",
      "(SELECT avg(value) FROM (SELECT value, row_number() OVER (ORDER BY value) AS i,"
      " count(*) OVER () AS c FROM rows) WHERE i IN ((c + 1) / 2, (c + 2) / 2))",
      1 },
    { { .type = METRIC_QUANTILE, .quantile = 0.9 },
      "count(*)",
      "(SELECT min(value) + (max(value) - min(value)) *"
      " (0.9 * (c - 1) - CAST(0.9 * (c - 1) AS INT)) FROM (SELECT value,"
      " row_number() OVER (ORDER BY value) - 1 AS i, count(*) OVER () AS c"
      " FROM rows) WHERE i - CAST(0.9 * (c - 1) AS INT) IN (0, 1))",
      1 },
    { { .type = METRIC_PROPORTION, .hit = { &is_buy, 1 } },
      "count(*)",
      "avg(activity = 'buy')",
      1 },
    { { .type = METRIC_APDEX, .threshold = 10 },
      "count(*)",
      "avg(iif(value <= 10, 1.0, iif(value <= 40, 0.5, 0)))",
      1 },
    { { .type = METRIC_PER_CASE }, "count(DISTINCT k)", "1.0 * count(*) / count(DISTINCT k)", 40 },
    { { .type = METRIC_RATIO, OF_CASES },
      "sum(activity = 'call')",
      "1.0 * sum(activity = 'buy') / sum(activity = 'call')",
      NAN },
    { { .type = METRIC_BEFORE, OF_CASES },
      "count(DISTINCT k) FILTER (WHERE activity = 'call')",
      "(SELECT avg((SELECT count(*) FROM log WHERE activity = 'buy' AND log.k = b.k"
      " AND log.ts <= b.ts)) FROM (SELECT k, min(ts) AS ts FROM rows WHERE activity = 'call'"
      " GROUP BY k) AS b)",
      NAN },
    { { .type = METRIC_PRECEDED, OF_CASES },
      "sum(activity = 'call')",
      "avg(EXISTS (SELECT 1 FROM log WHERE activity = 'buy' AND log.k = rows.k"
      " AND log.ts <= rows.ts)) FILTER (WHERE activity = 'call')",
      NAN },
    { { .type = METRIC_DROPOUT, OF_CASES },
      "sum(activity = 'buy')",
      "avg(NOT EXISTS (SELECT 1 FROM log WHERE activity = 'call' AND log.k = rows.k"
      " AND log.ts >= rows.ts)) FILTER (WHERE activity = 'buy')",
      1 },
    { { .type = METRIC_SQL,
        .query = "SELECT touchpoint, persona, context, ts, value FROM events" },
      "count(*)",
      "avg(value)",
      1 },
    { { .type = METRIC_NPS, OF_ANSWERS },
      "count(*)",
      "100.0 * (sum(value >= 9) - sum(value <= 6)) / count(*)",
      -100 },
    { { .type = METRIC_CSAT, OF_ANSWERS }, "count(*)", "avg(value)", 1 },
    { { .type = METRIC_CSAT, .variant = VARIANT_TOP2, OF_ANSWERS },
      "count(*)",
      "avg(value >= 9)",
      0 },
    { { .type = METRIC_CES, .variant = VARIANT_TOP3, OF_ANSWERS },
      "count(*)",
      "avg(value >= 8)",
      0 },
    { { .type = METRIC_CES, .variant = VARIANT_INDEX, OF_ANSWERS },
      "count(*)",
      "100.0 * (sum(value >= 9) - sum(value <= 2)) / count(*)",
      -100 },
};

static void add_type(const struct type_row *row)
{
    struct metric metric = row->metric;
    metric.id = "m";
    metric.min_n = 1;
    add_metric(metric);
}

/* ---- Lenses ---- */

static const struct {
    int persona, context;
    const char *first, *last, *condition;
} lenses[] = {
    { NONE, NONE, NULL, NULL, "" },
    { ANNA, NONE, NULL, NULL, " AND persona = 'anna'" },
    { NONE, RELAXED, NULL, NULL, " AND context = 'relaxed'" },
    { HELGA, HURRIED, NULL, NULL, " AND persona = 'helga' AND context = 'hurried'" },
    { ANNA, NONE, "2026-01-10", "2026-02-05",
      " AND persona = 'anna' AND day BETWEEN '2026-01-10' AND '2026-02-05'" },
};

/* "rows" of events or of answers, as the type is. */
static const char *question(const struct type_row *row, const char *what, const char *condition)
{
    static const char answers[] =
        "(SELECT *, date(ts) AS day FROM answers WHERE metric = 'm' AND kind = 'experience')";
    bool of_answers = row->metric.source == SOURCE_ANSWER;
    return arena_printf(&fixture.arena,
                        LOG ", rows AS MATERIALIZED (SELECT * FROM %s WHERE touchpoint = 'platform'"
                            "%s) SELECT %s FROM rows",
                        of_answers ? answers : "log", condition, what);
}

START_TEST(a_figure_is_what_sql_says)
{
    const struct type_row *row = &types[_i];
    add_type(row);
    import_busy_log(40);
    import_busy_answers(40);
    for (size_t i = 0; i < ARRAY_LEN(lenses); i++) {
        lens.persona = lenses[i].persona;
        lens.context = lenses[i].context;
        if (lenses[i].first != NULL)
            lens.period = (struct period){ .first = day(lenses[i].first),
                                           .last = day(lenses[i].last) };
        measure();
        const struct measure *found = at(PLATFORM, 0);
        ck_assert_double_eq((double)found->n,
                            ask_number(question(row, row->n, lenses[i].condition)));
        ck_assert_uint_ge(found->n, 5);
        ck_assert_double_eq_tol(found->value,
                                ask_number(question(row, row->value, lenses[i].condition)), 1e-9);
        ck_assert(!found->persona_ignored && !found->context_ignored);
    }
}
END_TEST

/* The slices of a figure that adds up add up to it. */
START_TEST(slices_add_up)
{
    double sum = 0;
    uint64_t n = 0;
    add_type(&types[_i]);
    import_busy_log(40);
    measure();
    for (size_t i = 0; i < at(PLATFORM, 0)->slice_count; i++) {
        const struct slice *slice = &at(PLATFORM, 0)->slices[i];
        sum += slice->n > 0 ? slice->value : 0;
        n += slice->n;
    }
    ck_assert_uint_gt(at(PLATFORM, 0)->slice_count, 3);
    ck_assert_uint_eq(n, at(PLATFORM, 0)->n);
    ck_assert_double_eq_tol(sum, at(PLATFORM, 0)->value, 1e-9);
}
END_TEST

/* ---- Few, none, all alike ---- */

static void import_alike(int count)
{
    struct str text;
    str_init(&text);
    str_append(&text, "event_id,ts,case_id,activity,touchpoint,value\n");
    for (int i = 0; i < count; i++)
        str_printf(&text, "e%d,2026-01-05,c1,buy,platform,1\n", i);
    import_text(text.text);
    str_clear(&text);
    str_append(&text, "response_id,ts,touchpoint,metric,value,scale_min,scale_max\n");
    for (int i = 0; i < count; i++)
        str_printf(&text, "r%d,2026-01-05,platform,m,1,0,10\n", i);
    import_text(text.text);
    str_finish(&text);
}

START_TEST(no_rows_are_no_figure)
{
    add_type(&types[_i]);
    import_alike(3);
    measure();
    figures_complete(figures);
    ck_assert_int_eq(at(SEARCH, 0)->status, MEASURE_NO_ROWS);
    ck_assert_uint_eq(at(SEARCH, 0)->n, 0);
    ck_assert_double_nan(at(SEARCH, 0)->value);
    ck_assert_double_nan(at(SEARCH, 0)->score);
}
END_TEST

START_TEST(one_row_is_told_and_not_shown)
{
    bool none = isnan(types[_i].alike); /* of what comes before a call, without a call */
    add_type(&types[_i]);
    import_alike(1);
    measure();
    figures_complete(figures);
    ck_assert_int_eq(at(PLATFORM, 0)->status, none ? MEASURE_NO_ROWS : MEASURE_HIDDEN);
    ck_assert_uint_eq(at(PLATFORM, 0)->n, none ? 0 : 1);
    ck_assert_double_nan(at(PLATFORM, 0)->value);
}
END_TEST

START_TEST(all_alike_have_the_value_of_each)
{
    const struct measure *found = NULL;
    bool one_case = types[_i].metric.type == METRIC_PER_CASE;
    add_type(&types[_i]);
    import_alike(40);
    measure();
    figures_complete(figures);
    found = at(PLATFORM, 0);
    if (isnan(types[_i].alike) || one_case) {
        ck_assert_double_nan(found->value);
        return;
    }
    ck_assert_int_eq(found->status, MEASURE_OK);
    ck_assert_uint_eq(found->n, 40);
    ck_assert_double_eq_tol(found->value, types[_i].alike, 1e-12);
    ck_assert(found->value_lo <= found->value && found->value <= found->value_hi);
}
END_TEST

Suite *store_types_suite(void)
{
    Suite *suite = suite_create("store_types");
    TCase *tests = tcase_create("types");
    const int count = (int)ARRAY_LEN(types);
    tcase_add_checked_fixture(tests, little_map_set_up, little_map_tear_down);
    tcase_add_loop_test(tests, a_figure_is_what_sql_says, 0, count);
    tcase_add_loop_test(tests, slices_add_up, 0, 2);
    tcase_add_loop_test(tests, no_rows_are_no_figure, 0, count);
    tcase_add_loop_test(tests, one_row_is_told_and_not_shown, 0, count);
    tcase_add_loop_test(tests, all_alike_have_the_value_of_each, 0, count);
    suite_add_tcase(suite, tests);
    return suite;
}
