/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Queries of a map: what they give, and what they must not do. */

#include "suites.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include <stellwerk/base/time.h>
#include <stellwerk/insight/reading.h>
#include <stellwerk/store/series.h>

#include "store/little_map.h"

static const char rows[] =
    "ts,case_id,activity,touchpoint,persona,context,value\n"
    "2026-01-05,c1,late,platform,anna,hurried,0\n"
    "2026-01-05,c2,late,platform,anna,hurried,0\n"
    "2026-01-06,c3,late,platform,anna,hurried,0\n"
    "2026-01-06,c4,late,platform,helga,hurried,60\n"
    "2026-01-07,c5,late,platform,helga,relaxed,20\n"
    "2026-01-07,c6,late,platform,helga,relaxed,30\n"
    "2026-01-08,c7,late,search,helga,relaxed,60\n"
    "2026-01-08,c8,late,search,helga,relaxed,10\n";

static struct metric *add_query(const char *query)
{
    return add_metric((struct metric){
        .id = "q", .type = METRIC_SQL, .query = query, .quantile = NAN, .min_n = 1 });
}

static const struct measure *ask(const char *query)
{
    add_query(query);
    import_text(rows);
    measure();
    figures_complete(figures);
    return at(PLATFORM, 0);
}

/* ---- What a query gives ---- */

START_TEST(rows_with_values_are_rows)
{
    struct metric *metric =
        add_query("SELECT touchpoint, persona, context, ts, value FROM events");
    metric->anchors = (struct anchors){ calm, 4 };
    metric->context_anchors = &in_haste;
    metric->context_anchor_count = 1;
    import_text(rows);
    measure();
    ck_assert_uint_eq(at(PLATFORM, 0)->n, 6);
    ck_assert_double_eq_tol(at(PLATFORM, 0)->value, 110 / 6.0, 1e-9);
    ck_assert_double_eq_tol(at(PLATFORM, 0)->sample.scores.mean,
                            (100 + 100 + 100 + 0 + 70.8333333 + 62.5) / 6, 1e-6);
    ck_assert_int_eq(at(PLATFORM, 0)->newest, instant("2026-01-07T00:00:00Z"));
    ck_assert_uint_eq(at(PLATFORM, 0)->slice_count, 4);
    ck_assert_double_eq(at(PLATFORM, 0)->slices[2].value, 25);
    ck_assert_int_eq(at(SEARCH, 0)->status, MEASURE_HIDDEN);
    ck_assert_uint_eq(at(SEARCH, 0)->n, 2);

    lens.persona = HELGA;
    measure();
    ck_assert_uint_eq(at(PLATFORM, 0)->n, 3);
    ck_assert(!at(PLATFORM, 0)->persona_ignored);
    lens.period = (struct period){ .first = day("2026-01-07"), .last = day("2026-01-07") };
    measure();
    ck_assert_uint_eq(at(PLATFORM, 0)->n, 2);
}
END_TEST

START_TEST(a_query_may_ask_for_the_lens)
{
    lens.persona = ANNA;
    lens.context = HURRIED;
    lens.period = (struct period){ .first = day("2026-01-05"), .last = day("2026-01-06") };
    const struct measure *found =
        ask("SELECT avg(value) AS value, 2 * count(*) AS n FROM events WHERE persona = :persona"
            " AND context = :context AND touchpoint = :touchpoint AND ts >= :from"
            " AND date(ts) <= :to AND ts < :now");
    ck_assert_uint_eq(found->n, 6);
    ck_assert_double_eq(found->value, 0);
    ck_assert(!found->persona_ignored && !found->context_ignored);
    ck_assert_int_eq(found->sample.kind, SAMPLE_POINT); /* a mean of six without its spread */
    ck_assert(found->score_of_aggregate);
    ck_assert_int_eq(found->newest, TIME_NONE); /* nothing says when */
    ck_assert_uint_eq(found->slice_count, 0);
    ck_assert_int_eq(at(SEARCH, 0)->status, MEASURE_NO_ROWS);
}
END_TEST

/* Without a touchpoint the figure is that of every touchpoint that has the metric. */
START_TEST(a_single_column_is_the_value_everywhere)
{
    lens.persona = ANNA;
    const struct measure *found = ask("SELECT value + 1 FROM events -- of whomever\n;\n");
    for (int i = SEARCH; i <= PLATFORM; i++) {
        ck_assert_uint_eq(at(i, 0)->n, 8);
        ck_assert_double_eq_tol(at(i, 0)->value, 23.5, 1e-9);
    }
    ck_assert(found->persona_ignored && !found->context_ignored);
}
END_TEST

START_TEST(aggregates_keep_their_spread)
{
    /* Of 1 2 3 and of 4 6: together 3.2, Σx² − n·mean² = 66 − 51.2. */
    const struct measure *found = ask("SELECT 2 AS value, 3 AS n, 1 AS sd UNION ALL"
                                      " SELECT 5, 2, 1.4142135623730951 UNION ALL"
                                      " SELECT NULL, 7, 1");
    ck_assert_uint_eq(found->n, 5);
    ck_assert_double_eq_tol(found->value, 3.2, 1e-12);
    ck_assert_double_eq_tol(found->sample.values.squares, 14.8, 1e-9);
}
END_TEST

START_TEST(fractions_are_shares_or_ratios)
{
    struct metric *metric = add_query("SELECT 75 AS num, 100 AS den UNION ALL SELECT 10, 40");
    import_text(rows);
    measure();
    figures_complete(figures);
    ck_assert_int_eq(at(SEARCH, 0)->sample.kind, SAMPLE_SHARE);
    ck_assert_double_eq(at(SEARCH, 0)->sample.hits, 85);
    ck_assert_uint_eq(at(SEARCH, 0)->n, 140);
    ck_assert_double_eq_tol(at(SEARCH, 0)->value, 85.0 / 140, 1e-12);
    ck_assert(at(SEARCH, 0)->value_lo < 85.0 / 140);

    metric->query = "SELECT 300 AS num, 100 AS den, 20 AS n UNION ALL SELECT 10, 10, 2";
    measure();
    figures_complete(figures);
    ck_assert_double_eq_tol(at(SEARCH, 0)->value, 310.0 / 110, 1e-12);
    ck_assert_uint_eq(at(SEARCH, 0)->n, 22);
    ck_assert_double_nan(at(SEARCH, 0)->value_lo);
}
END_TEST

START_TEST(nothing_is_no_figure)
{
    ck_assert_int_eq(ask("SELECT value FROM events WHERE activity = 'never'")->status,
                     MEASURE_NO_ROWS);
    ck_assert_double_nan(at(PLATFORM, 0)->value);
}
END_TEST

/* One row that does not say how many it stands for stands for itself. */
START_TEST(a_figure_says_how_many_it_is_of)
{
    ck_assert_int_eq(ask("SELECT avg(value) FROM events")->status, MEASURE_HIDDEN);
    ck_assert_uint_eq(at(PLATFORM, 0)->n, 1);
}
END_TEST

START_TEST(all_views_can_be_read)
{
    const struct measure *found =
        ask("WITH RECURSIVE five(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM five WHERE i < 5)"
            " SELECT (SELECT count(*) FROM events) + 10 * (SELECT count(*) FROM answers)"
            " + 100 * (SELECT count(*) FROM observations) + 1000 * (SELECT sum(taken)"
            " FROM batches) FROM five");
    ck_assert_uint_eq(found->n, 5);
    ck_assert_double_eq(found->value, 8008);
}
END_TEST

/* ---- What a query must not do ---- */

static const struct {
    const char *query, *reason;
} refused[] = {
    { "SELECT value FROM event", "'event'" },
    { "SELECT id FROM word", "'word'" },
    { "SELECT row AS value FROM event_place", "it asks for" },
    { "SELECT count(*) AS value FROM event_place", "it asks for" },
    { "SELECT e.value FROM events, event AS e", "'event'" },
    { "SELECT value FROM json_each('[1, 2]')", "it asks for" },
    { "SELECT rootpage FROM sqlite_schema", "'sqlite_master'" },
    { "SELECT 1 FROM pragma_table_info('event')", "it asks for" },
    { "DELETE FROM events", "wrong" },
    { "SELECT 1); DELETE FROM event; SELECT (1", "more than one SELECT" },
    { "SELECT 1) ; SELECT * FROM (SELECT 2", "more than one SELECT" },
    { "SELECT random()", "'random'" },
    { "SELECT load_extension('x')", "load_extension" },
    { "SELECT writefile('x', 'y')", "writefile" },
    { "SELECT value FROM evens", "evens" },
    { "SELECT n FROM observations UNION SELECT 1, 2", "wrong" },
    { "SELECT 1 AS a, 2 AS b", "no column 'value'" },
    { "SELECT 1 AS num, 2 AS b", "only one of" },
    { "SELECT activity FROM events", "'late', not a number" },
    { "SELECT 1 AS value, 'soon' AS ts", "'soon', not a time" },
    { "SELECT :who", "':who'" },
    { "SELECT ?", "'?'" },
    { "", "wrong" },
};

START_TEST(a_query_that_is_refused_says_why)
{
    const struct measure *found = ask(refused[_i].query);
    ck_assert_int_eq(found->status, MEASURE_FAILED);
    ck_assert_msg(strstr(found->reason, refused[_i].reason) != NULL, "%s", found->reason);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM event"), "8");
}
END_TEST

START_TEST(a_period_must_be_heeded)
{
    lens.period = (struct period){ .first = day("2026-01-05"), .last = day("2026-01-06") };
    const struct measure *found = ask("SELECT value FROM events");
    ck_assert_int_eq(found->status, MEASURE_FAILED);
    ck_assert_ptr_nonnull(strstr(found->reason, "period"));
}
END_TEST

/* A query without end ends, and costs only itself. */
START_TEST(a_query_has_so_much_time)
{
    struct store *store;
    add_query("WITH RECURSIVE more(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM more)"
              " SELECT count(*) FROM more");
    add_metric((struct metric){ .id = "v", .type = METRIC_COUNT });
    import_text(rows);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    store_limit(store, &(struct store_limits){ .query_time = 20000 });
    figures = store_measure(store, &journey, &lens, &fixture.err);
    ck_assert_ptr_nonnull(figures);
    ck_assert(!store_was_stopped(store));
    ck_assert_int_eq(at(PLATFORM, 0)->status, MEASURE_FAILED);
    ck_assert_str_eq(at(PLATFORM, 0)->reason,
                     "the query took longer than 0.02 s and was broken off");
    ck_assert_uint_eq(at(PLATFORM, 1)->n, 6);

    atomic_bool cancel = true;
    store_limit(store, &(struct store_limits){ .cancel = &cancel });
    ck_assert_ptr_null(store_measure(store, &journey, &lens, &fixture.err));
    ck_assert(store_was_stopped(store));
    store_close(store);
}
END_TEST

/* The views are ours, whatever the file calls by their names. */
START_TEST(views_of_the_file_are_not_read)
{
    sqlite3 *db;
    import_text(rows);
    ck_assert_int_eq(sqlite3_open(fixture.store_path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "DROP VIEW events; CREATE VIEW events AS SELECT 7 AS value",
                                  NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    add_query("SELECT value FROM events");
    measure();
    ck_assert_double_eq_tol(at(PLATFORM, 0)->value, 22.5, 1e-9);
}
END_TEST

/* ---- Where a figure comes from ---- */

static struct arena listed;

/* The rows behind the figure at the platform. */
static struct series_page look(const char *query, uint64_t first, size_t most)
{
    const struct series_wish wish = { PLATFORM, 0, NONE, PERIOD_ALL, NULL };
    struct series_page page;
    struct store *store;
    add_query(query);
    import_text(rows);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert_msg(store_rows(&listed, store, &journey, &lens, &wish, first, most, &page,
                             &fixture.err), "%s", fixture.err.text);
    store_close(store);
    ck_assert_ptr_nonnull(page.query);
    ck_assert_str_eq(page.query->text, query);
    ck_assert_int_ne(page.query->ran, 0);
    return page;
}

START_TEST(the_rows_that_a_query_gives_are_told_newest_first)
{
    struct series_page page = look("SELECT touchpoint, persona, ts, value FROM events"
                                   " UNION ALL SELECT 'moon', NULL, '2026-01-09', 1", 0, 4);
    ck_assert(!page.query->timeless);
    ck_assert_uint_eq(page.total, 6);
    ck_assert_uint_eq(page.count, 4);
    ck_assert_int_eq(page.rows[0].from, instant("2026-01-07T00:00:00Z"));
    ck_assert_double_eq(page.rows[0].value, 20);
    ck_assert_str_eq(page.rows[0].persona, "helga");
    ck_assert_double_eq(page.rows[1].value, 30); /* of one time as the query gives them */
    ck_assert_double_eq(page.rows[2].value, 0);
    ck_assert_uint_eq(page.query->place_count, 3);
    ck_assert_int_eq(page.query->places[0].touchpoint, NONE); /* the moon */
    ck_assert_uint_eq(page.query->places[0].rows, 1);
    ck_assert_int_eq(page.query->places[1].touchpoint, SEARCH);
    ck_assert_uint_eq(page.query->places[1].rows, 2);
    ck_assert_int_eq(page.query->places[2].touchpoint, PLATFORM);
    ck_assert_double_eq(page.query->places[2].n, 6);
    arena_finish(&listed);
}
END_TEST

START_TEST(older_rows_that_a_query_gives_come_by_pages)
{
    static const char query[] = "WITH RECURSIVE k(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM k"
                                " WHERE i < 999) SELECT i * 7 % 1000 AS value,"
                                " date('2026-01-01', '+' || (i * 7 % 1000) || ' days') AS ts"
                                " FROM k";
    struct series_page page = look(query, 10, 5);
    ck_assert_uint_eq(page.total, 1000);
    ck_assert_uint_eq(page.count, 5);
    for (int i = 0; i < 5; i++)
        ck_assert_double_eq(page.rows[i].value, 989 - i);
    ck_assert_int_eq(page.query->places[0].touchpoint, -2); /* all that have the metric */
    arena_finish(&listed);
}
END_TEST

START_TEST(aggregates_tell_what_they_stand_for)
{
    struct series_page page = look("SELECT 3 AS num, 4 AS den, 7 AS n, 1.5 AS sd", 0, 5);
    ck_assert(page.query->timeless);
    ck_assert_uint_eq(page.count, 1);
    ck_assert_int_eq(page.rows[0].from, TIME_NONE);
    ck_assert_double_eq(page.rows[0].value, 0.75);
    ck_assert_double_eq(page.rows[0].part, 3);
    ck_assert_double_eq(page.rows[0].whole, 4);
    ck_assert_double_eq(page.rows[0].sd, 1.5);
    ck_assert_uint_eq(page.rows[0].n, 7);
    arena_finish(&listed);
}
END_TEST

/* One by one, the touchpoint being told. */
START_TEST(a_query_that_asks_for_the_touchpoint_is_asked_for_each)
{
    lens.persona = HELGA;
    struct series_page page = look("SELECT avg(value) AS value, count(*) AS n FROM events"
                                   " WHERE touchpoint = :touchpoint AND persona = :persona", 0, 5);
    ck_assert_uint_eq(page.query->place_count, 2);
    ck_assert_double_eq(page.query->places[SEARCH].n, 2);
    ck_assert_double_eq(page.query->places[PLATFORM].n, 3);
    ck_assert_uint_eq(page.count, 1);
    ck_assert_double_eq_tol(page.rows[0].value, 110 / 3.0, 1e-9);
    arena_finish(&listed);
}
END_TEST

START_TEST(a_query_that_fails_is_told_all_the_same)
{
    const struct series_wish wish = { PLATFORM, 0, NONE, PERIOD_ALL, NULL };
    struct series_page page;
    struct store *store;
    add_query("SELECT nowhere FROM events");
    import_text(rows);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert(!store_rows(&listed, store, &journey, &lens, &wish, 0, 5, &page, &fixture.err));
    store_close(store);
    ck_assert_msg(strstr(fixture.err.text, "no such column") != NULL, "%s", fixture.err.text);
    ck_assert_str_eq(page.query->text, "SELECT nowhere FROM events");
    arena_finish(&listed);
}
END_TEST

Suite *store_map_query_suite(void)
{
    Suite *suite = suite_create("store_map_query");
    TCase *tests = tcase_create("map_query");
    tcase_add_checked_fixture(tests, little_map_set_up, little_map_tear_down);
    tcase_add_test(tests, rows_with_values_are_rows);
    tcase_add_test(tests, a_query_may_ask_for_the_lens);
    tcase_add_test(tests, a_single_column_is_the_value_everywhere);
    tcase_add_test(tests, aggregates_keep_their_spread);
    tcase_add_test(tests, fractions_are_shares_or_ratios);
    tcase_add_test(tests, nothing_is_no_figure);
    tcase_add_test(tests, a_figure_says_how_many_it_is_of);
    tcase_add_test(tests, all_views_can_be_read);
    tcase_add_loop_test(tests, a_query_that_is_refused_says_why, 0,
                        sizeof(refused) / sizeof(refused[0]));
    tcase_add_test(tests, a_period_must_be_heeded);
    tcase_add_test(tests, a_query_has_so_much_time);
    tcase_add_test(tests, views_of_the_file_are_not_read);
    tcase_add_test(tests, the_rows_that_a_query_gives_are_told_newest_first);
    tcase_add_test(tests, older_rows_that_a_query_gives_come_by_pages);
    tcase_add_test(tests, aggregates_tell_what_they_stand_for);
    tcase_add_test(tests, a_query_that_asks_for_the_touchpoint_is_asked_for_each);
    tcase_add_test(tests, a_query_that_fails_is_told_all_the_same);
    suite_add_tcase(suite, tests);
    return suite;
}
