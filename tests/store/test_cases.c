/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Figures of cases, against plain SQL over the same rows and against cases worked by hand.
 *
 * The SQL here asks the question as the format's documentation puts it, pair by pair, and knows
 * nothing of how the store goes about it.
 */

#include "suites.h"

#include <math.h>

#include <sqlite3.h>

#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>
#include <stellwerk/insight/reading.h>

#include "store/busy_log.h"
#include "store/little_map.h"

#define HOUR INT64_C(3600000000)

static void is_asked(int touchpoint, const char *n, const char *value)
{
    const struct measure *found = at(touchpoint, 0);
    ck_assert_double_eq((double)found->n, ask_number(n));
    ck_assert_uint_ge(found->n, 5);
    ck_assert_double_eq_tol(found->value, ask_number(value), 1e-9);
}

START_TEST(rows_per_case_that_has_any)
{
    add_metric((struct metric){
        .id = "m", .type = METRIC_PER_CASE, .where = { &is_call, 1 }, .min_n = 1 });
    import_busy_log(40);
    measure();
    is_asked(PLATFORM,
             LOG "SELECT count(DISTINCT k) FROM log"
                 " WHERE activity = 'call' AND touchpoint = 'platform'",
             LOG "SELECT avg(c) FROM (SELECT count(*) AS c FROM log"
                 " WHERE activity = 'call' AND touchpoint = 'platform' GROUP BY k)");
    is_asked(SEARCH,
             LOG "SELECT count(DISTINCT k) FROM log"
                 " WHERE activity = 'call' AND touchpoint = 'search'",
             LOG "SELECT avg(c) FROM (SELECT count(*) AS c FROM log"
                 " WHERE activity = 'call' AND touchpoint = 'search' GROUP BY k)");
    ck_assert_int_eq(at(SEARCH, 0)->sample.kind, SAMPLE_MEAN);
    ck_assert_double_eq(at(SEARCH, 0)->sample.values.n, (double)at(SEARCH, 0)->n);
}
END_TEST

START_TEST(per_case_over_touchpoints_that_the_metric_names)
{
    static const char *both[] = { "search", "platform" };
    static struct filter filters[2];
    filters[0] = is_call;
    filters[1] = (struct filter){ .column = "touchpoint", .values = { both, 2 } };
    add_metric((struct metric){
        .id = "m", .type = METRIC_PER_CASE, .where = { filters, 2 }, .min_n = 1 });
    import_busy_log(40);
    measure();
    for (int i = SEARCH; i <= PLATFORM; i++)
        is_asked(i,
                 LOG "SELECT count(DISTINCT k) FROM log WHERE activity = 'call' AND touchpoint"
                     " IS NOT NULL",
                 LOG "SELECT avg(c) FROM (SELECT count(*) AS c FROM log"
                     " WHERE activity = 'call' AND touchpoint IS NOT NULL GROUP BY k)");
}
END_TEST

START_TEST(how_many_come_before)
{
    struct metric *metric = add_metric(of_two(METRIC_BEFORE, &is_banner, &is_buy));
    import_busy_log(40);
    measure();
    is_asked(PLATFORM,
             LOG "SELECT count(DISTINCT k) FROM log"
                 " WHERE activity = 'buy' AND touchpoint = 'platform'",
             LOG "SELECT avg((SELECT count(*) FROM log AS a WHERE a.activity = 'banner'"
                 " AND a.k = b.k AND a.ts <= b.ts)) FROM (SELECT k, min(ts) AS ts FROM log"
                 " WHERE activity = 'buy' AND touchpoint = 'platform' GROUP BY k) AS b");
    metric->within = 72 * HOUR;
    measure();
    is_asked(PLATFORM,
             LOG "SELECT count(DISTINCT k) FROM log"
                 " WHERE activity = 'buy' AND touchpoint = 'platform'",
             LOG "SELECT avg((SELECT count(*) FROM log AS a WHERE a.activity = 'banner'"
                 " AND a.k = b.k AND a.ts <= b.ts AND b.ts - a.ts <= 259200000000))"
                 " FROM (SELECT k, min(ts) AS ts FROM log"
                 " WHERE activity = 'buy' AND touchpoint = 'platform' GROUP BY k) AS b");
}
END_TEST

START_TEST(shares_that_something_preceded)
{
    struct metric *metric = add_metric(of_two(METRIC_PRECEDED, &is_banner, &is_call));
    import_busy_log(40);
    measure();
    is_asked(PLATFORM,
             LOG "SELECT count(*) FROM log WHERE activity = 'call' AND touchpoint = 'platform'",
             LOG "SELECT avg(EXISTS (SELECT 1 FROM log AS a WHERE a.activity = 'banner'"
                 " AND a.k = b.k AND a.ts <= b.ts)) FROM log AS b"
                 " WHERE activity = 'call' AND touchpoint = 'platform'");
    metric->within = 48 * HOUR;
    measure();
    is_asked(PLATFORM,
             LOG "SELECT count(*) FROM log WHERE activity = 'call' AND touchpoint = 'platform'",
             LOG "SELECT avg(EXISTS (SELECT 1 FROM log AS a WHERE a.activity = 'banner'"
                 " AND a.k = b.k AND a.ts BETWEEN b.ts - 172800000000 AND b.ts)) FROM log AS b"
                 " WHERE activity = 'call' AND touchpoint = 'platform'");
    ck_assert_int_eq(at(PLATFORM, 0)->sample.kind, SAMPLE_SHARE);
}
END_TEST

/* Two of a kind: nothing precedes or follows itself. */
START_TEST(the_same_thing_twice)
{
    struct metric *metric = add_metric(of_two(METRIC_PRECEDED, &is_call, &is_call));
    import_busy_log(40);
    measure();
    is_asked(PLATFORM,
             LOG "SELECT count(*) FROM log WHERE activity = 'call' AND touchpoint = 'platform'",
             LOG "SELECT avg(EXISTS (SELECT 1 FROM log AS a WHERE a.activity = 'call'"
                 " AND a.k = b.k AND a.ts <= b.ts AND a.id <> b.id)) FROM log AS b"
                 " WHERE activity = 'call' AND touchpoint = 'platform'");
    metric->type = METRIC_DROPOUT;
    measure();
    is_asked(PLATFORM,
             LOG "SELECT count(*) FROM log WHERE activity = 'call' AND touchpoint = 'platform'",
             LOG "SELECT avg(NOT EXISTS (SELECT 1 FROM log AS b WHERE b.activity = 'call'"
                 " AND a.k = b.k AND a.ts <= b.ts AND a.id <> b.id)) FROM log AS a"
                 " WHERE activity = 'call' AND touchpoint = 'platform'");
}
END_TEST

START_TEST(shares_that_dropped_out)
{
    struct metric *metric = add_metric(of_two(METRIC_DROPOUT, &is_buy, &is_pay));
    import_busy_log(40);
    measure();
    is_asked(PLATFORM,
             LOG "SELECT count(*) FROM log WHERE activity = 'buy' AND touchpoint = 'platform'",
             LOG "SELECT avg(NOT EXISTS (SELECT 1 FROM log AS b WHERE b.activity = 'pay'"
                 " AND a.k = b.k AND a.ts <= b.ts)) FROM log AS a"
                 " WHERE activity = 'buy' AND touchpoint = 'platform'");
    /* Who may still pay is no drop-out, and no proof of paying either. */
    metric->within = 24 * 8 * HOUR;
    measure();
    is_asked(PLATFORM,
             LOG "SELECT count(*) FROM log WHERE activity = 'buy' AND touchpoint = 'platform'"
                 " AND ts + 691200000000 <= (SELECT max(ts) FROM log)",
             LOG "SELECT avg(NOT EXISTS (SELECT 1 FROM log AS b WHERE b.activity = 'pay'"
                 " AND a.k = b.k AND b.ts BETWEEN a.ts AND a.ts + 691200000000)) FROM log AS a"
                 " WHERE activity = 'buy' AND touchpoint = 'platform'"
                 " AND ts + 691200000000 <= (SELECT max(ts) FROM log)");
}
END_TEST

START_TEST(one_count_or_sum_per_another)
{
    struct metric *metric = add_metric(of_two(METRIC_RATIO, &is_banner, &is_buy));
    import_busy_log(40);
    measure();
    is_asked(PLATFORM,
             LOG "SELECT count(*) FROM log WHERE activity = 'buy' AND touchpoint = 'platform'",
             LOG "SELECT 1.0 * sum(activity = 'banner') / sum(activity = 'buy') FROM log"
                 " WHERE touchpoint = 'platform'");
    const struct pairs *pairs = &at(PLATFORM, 0)->sample.pairs;
    ck_assert_double_eq(pairs->a,
                        ask_number(LOG "SELECT count(*) FROM log WHERE activity = 'banner'"
                                       " AND touchpoint = 'platform'"));
    ck_assert(!pairs->below_zero);

    metric->a.of = "value";
    metric->b.where.count = 0;
    measure();
    is_asked(SEARCH, LOG "SELECT count(*) FROM log WHERE touchpoint = 'search'",
             LOG "SELECT sum(iif(activity = 'banner', value, 0)) / count(*) FROM log"
                 " WHERE touchpoint = 'search'");

    metric->a.of = "outcome";
    measure();
    ck_assert_int_eq(at(SEARCH, 0)->status, MEASURE_FAILED);
    ck_assert_str_eq(at(SEARCH, 0)->reason, "'outcome' is no column of numbers that events have");
}
END_TEST

/* Groups are cases: their sums, squares and products, in a store that is one slice. */
START_TEST(a_ratio_knows_how_cases_vary)
{
    add_metric(of_two(METRIC_RATIO, &is_banner, &is_buy));
    import_busy_log(1);
    measure();
    const struct pairs *pairs = &at(PLATFORM, 0)->sample.pairs;
#define SUMS                                                                                  \
    LOG ", sums AS (SELECT k, sum(activity = 'banner') AS a, sum(activity = 'buy') AS b"       \
        " FROM log WHERE touchpoint = 'platform' AND activity IN ('banner', 'buy')"            \
        " GROUP BY k) "
    ck_assert_double_eq(pairs->groups, ask_number(SUMS "SELECT count(*) FROM sums"));
    ck_assert_double_eq(pairs->aa, ask_number(SUMS "SELECT sum(a * a) FROM sums"));
    ck_assert_double_eq(pairs->ab, ask_number(SUMS "SELECT sum(a * b) FROM sums"));
    ck_assert_double_eq(pairs->bb, ask_number(SUMS "SELECT sum(b * b) FROM sums"));
    ck_assert_double_gt(pairs->groups, 1);
}
END_TEST

START_TEST(a_side_may_name_touchpoints_of_its_own)
{
    static const char *search[] = { "search" };
    static struct filter filters[2];
    struct metric *metric = add_metric(of_two(METRIC_RATIO, &is_banner, &is_buy));
    filters[0] = is_banner;
    filters[1] = (struct filter){ .column = "touchpoint", .values = { search, 1 } };
    metric->a.where = (struct filters){ filters, 2 };
    import_busy_log(40);
    measure();
    is_asked(PLATFORM,
             LOG "SELECT count(*) FROM log WHERE activity = 'buy' AND touchpoint = 'platform'",
             LOG "SELECT 1.0 * sum(activity = 'banner' AND touchpoint = 'search')"
                 " / sum(activity = 'buy' AND touchpoint = 'platform') FROM log");
}
END_TEST

/* The lens chooses the rows the figure is about; what they are held against stands anywhere. */
START_TEST(the_lens_is_on_one_side)
{
    add_metric(of_two(METRIC_PRECEDED, &is_banner, &is_call));
    import_busy_log(40);
    lens.persona = ANNA;
    lens.context = HURRIED;
    lens.period = (struct period){ .first = day("2026-01-15"), .last = day("2026-02-05") };
    measure();
#define ANNAS                                                                                 \
    " WHERE activity = 'call' AND touchpoint = 'platform' AND persona = 'anna'"               \
    " AND context = 'hurried' AND date(ts / 1e6, 'unixepoch') BETWEEN '2026-01-15' AND "      \
    "'2026-02-05'"
    is_asked(PLATFORM, LOG "SELECT count(*) FROM log" ANNAS,
             LOG "SELECT avg(EXISTS (SELECT 1 FROM log AS a WHERE a.activity = 'banner'"
                 " AND a.k = b.k AND a.ts <= b.ts)) FROM log AS b" ANNAS);
    ck_assert(!at(PLATFORM, 0)->persona_ignored && !at(PLATFORM, 0)->context_ignored);
}
END_TEST

/* ---- Few, none, all alike ---- */

static const enum metric_type types[] = { METRIC_RATIO,    METRIC_BEFORE,  METRIC_PRECEDED,
                                          METRIC_DROPOUT,  METRIC_BETWEEN, METRIC_PER_CASE };

START_TEST(no_rows_are_no_figure)
{
    add_metric(of_two(types[_i], &is_banner, &is_buy));
    import_text("ts,case_id,activity,touchpoint\n2026-01-01,c1,look,platform\n");
    if (types[_i] == METRIC_PER_CASE)
        journey.metrics[0].where = (struct filters){ &is_buy, 1 };
    measure();
    figures_complete(figures);
    ck_assert_int_eq(at(PLATFORM, 0)->status, MEASURE_NO_ROWS);
    ck_assert_double_nan(at(PLATFORM, 0)->value);
    ck_assert_uint_eq(at(PLATFORM, 0)->n, 0);
}
END_TEST

START_TEST(one_case_is_told_and_not_shown)
{
    add_metric(of_two(types[_i], &is_banner, &is_buy));
    import_text("ts,case_id,activity,touchpoint\n2026-01-01,c1,banner,platform\n"
                "2026-01-02,c1,buy,platform\n2026-01-09,c2,look,search\n");
    measure();
    figures_complete(figures);
    ck_assert_int_eq(at(PLATFORM, 0)->status, MEASURE_HIDDEN);
    ck_assert_uint_eq(at(PLATFORM, 0)->n, 1);
    ck_assert_double_nan(at(PLATFORM, 0)->value);
}
END_TEST

START_TEST(all_alike_have_the_value_of_each)
{
    static const double expected[] = { 1, 1, 1, 0, 1, 2 };
    struct str text;
    add_metric(of_two(types[_i], &is_banner, &is_buy));
    str_init(&text);
    str_append(&text, "ts,case_id,activity,touchpoint\n");
    for (int i = 0; i < 40; i++)
        str_printf(&text, "2026-01-01,c%d,banner,platform\n2026-01-02,c%d,buy,platform\n", i, i);
    import_text(text.text);
    str_finish(&text);
    measure();
    figures_complete(figures);
    const struct measure *found = at(PLATFORM, 0);
    ck_assert_int_eq(found->status, MEASURE_OK);
    ck_assert_uint_eq(found->n, 40);
    ck_assert_double_eq_tol(found->value, expected[_i], 1e-12);
    ck_assert(found->value_lo <= found->value && found->value <= found->value_hi);
}
END_TEST

/* Cases are scored one by one, in the context of the row they are counted at. */
START_TEST(cases_are_scored_in_their_context)
{
    struct metric metric = of_two(METRIC_BEFORE, &is_banner, &is_buy);
    metric.anchors = (struct anchors){ calm, 4 };
    metric.context_anchors = &in_haste;
    metric.context_anchor_count = 1;
    add_metric(metric);
    import_text("ts,case_id,activity,touchpoint,context\n"
                "2025-12-31,c1,banner,search,\n2026-01-01,c1,banner,search,\n"
                "2026-01-02,c1,buy,platform,hurried\n2026-01-02,c2,buy,platform,hurried\n"
                "2026-01-02,c3,buy,platform,\n2026-01-02,c4,buy,platform,relaxed\n"
                "2026-01-01,c5,banner,search,\n2026-01-02,c5,buy,platform,relaxed\n");
    measure();
    /* Five cost 25 points in haste, fifteen at leisure. */
    ck_assert_uint_eq(at(PLATFORM, 0)->n, 5);
    ck_assert_double_eq_tol(at(PLATFORM, 0)->value, 3 / 5.0, 1e-12);
    ck_assert_double_eq_tol(at(PLATFORM, 0)->sample.scores.mean,
                            (90 + 100 + 100 + 100 + (100 - 25.0 / 15)) / 5, 1e-9);
}
END_TEST

/* A store may be somebody else's, and say that things happened at the ends of time. */
START_TEST(instants_may_be_absurd)
{
    sqlite3 *db;
    struct metric *metric = add_metric(of_two(types[_i], &is_banner, &is_buy));
    import_busy_log(2);
    ck_assert_int_eq(sqlite3_open(fixture.store_path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db,
                                  "UPDATE event SET ts = -9223372036854775808 WHERE id % 3 = 0;"
                                  "UPDATE event SET ts = 9223372036854775807 WHERE id % 3 = 1;"
                                  "UPDATE batch SET newest = 9223372036854775807,"
                                  " oldest = -9223372036854775807;"
                                  "UPDATE derived SET version = 0",
                                  NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    metric->within = INT64_MAX;
    metric->half_life = types[_i] == METRIC_BETWEEN ? 0 : HOUR;
    measure();
    figures_complete(figures);
    ck_assert_int_ne(at(PLATFORM, 0)->status, MEASURE_FAILED);
}
END_TEST

/* Somebody else's ratios come as fractions, and add up as such. */
START_TEST(observed_ratios_add_up)
{
    add_metric((struct metric){
        .id = "m", .type = METRIC_RATIO, .source = SOURCE_OBSERVATION, .min_n = 1 });
    import_text("metric,touchpoint,period_start,value,n,num,den\n"
                "m,platform,2026-01-01,3,10,30,10\nm,platform,2026-02-01,1,30,30,30\n");
    measure();
    figures_complete(figures);
    ck_assert_double_eq_tol(at(PLATFORM, 0)->value, 1.5, 1e-12);
    ck_assert_uint_eq(at(PLATFORM, 0)->n, 40);
    ck_assert_double_nan(at(PLATFORM, 0)->value_lo);
}
END_TEST

Suite *store_cases_suite(void)
{
    Suite *suite = suite_create("store_cases");
    TCase *tests = tcase_create("cases");
    const int type_count = sizeof(types) / sizeof(types[0]);
    tcase_add_checked_fixture(tests, little_map_set_up, little_map_tear_down);
    tcase_add_test(tests, rows_per_case_that_has_any);
    tcase_add_test(tests, per_case_over_touchpoints_that_the_metric_names);
    tcase_add_test(tests, how_many_come_before);
    tcase_add_test(tests, shares_that_something_preceded);
    tcase_add_test(tests, the_same_thing_twice);
    tcase_add_test(tests, shares_that_dropped_out);
    tcase_add_test(tests, one_count_or_sum_per_another);
    tcase_add_test(tests, a_ratio_knows_how_cases_vary);
    tcase_add_test(tests, a_side_may_name_touchpoints_of_its_own);
    tcase_add_test(tests, the_lens_is_on_one_side);
    tcase_add_loop_test(tests, no_rows_are_no_figure, 0, type_count);
    tcase_add_loop_test(tests, one_case_is_told_and_not_shown, 0, type_count);
    tcase_add_loop_test(tests, all_alike_have_the_value_of_each, 0, type_count);
    tcase_add_loop_test(tests, instants_may_be_absurd, 0, type_count);
    tcase_add_test(tests, cases_are_scored_in_their_context);
    tcase_add_test(tests, observed_ratios_add_up);
    suite_add_tcase(suite, tests);
    return suite;
}
