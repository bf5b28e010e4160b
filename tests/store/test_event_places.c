/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of places, next to one of SQLite's own that holds the same. */

#include "suites.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <string.h>

#include <stellwerk/base/array.h>

#include "../../src/store/event_index.h"
#include "../../src/store/event_places.h"
#include "store/fixture.h"

static struct fixture fixture;
static struct store *store;

static void set_up(void)
{
    fixture_init(&fixture);
    store = NULL;
}

static void tear_down(void)
{
    store_close(store);
    fixture_finish(&fixture);
}

static void open_to_write(void)
{
    ck_assert_msg(store_create(fixture.store_path, &store, &fixture.err), "%s", fixture.err.text);
}

static void run(const char *sql)
{
    ck_assert_msg(sql_run(store, sql, &fixture.err), "%s", fixture.err.text);
}

/* All rows, "a b;c d;". */
static const char *ask(const char *sql)
{
    sqlite3_stmt *statement;
    enum sql_result result;
    const char *text = "";
    ck_assert_msg(sql_prepare(store, sql, &statement, &fixture.err), "%s: %s", sql,
                  fixture.err.text);
    while ((result = sql_step(store, statement, &fixture.err)) == SQL_ROW) {
        for (int i = 0; i < sqlite3_column_count(statement); i++)
            text = arena_printf(&fixture.arena, "%s%s%s", text, i > 0 ? " " : "",
                                sql_text(statement, i));
        text = arena_printf(&fixture.arena, "%s;", text);
    }
    sqlite3_finalize(statement);
    ck_assert_msg(result == SQL_DONE, "%s: %s", sql, fixture.err.text);
    return text;
}

/* How SQLite goes about it. */
static const char *plan(const char *sql)
{
    sqlite3_stmt *statement;
    const char *text = "";
    const char *explain = arena_printf(&fixture.arena, "EXPLAIN QUERY PLAN %s", sql);
    ck_assert(sql_prepare(store, explain, &statement, &fixture.err));
    while (sql_step(store, statement, &fixture.err) == SQL_ROW)
        text = arena_printf(&fixture.arena, "%s%s\n", text, sql_text(statement, 3));
    sqlite3_finalize(statement);
    return text;
}

static void add(struct index_entry *entries, size_t count)
{
    ck_assert_msg(index_add(store, EVENT_PLACES, entries, count, &fixture.err), "%s",
                  fixture.err.text);
}

/* Places in three runs, each in a plain table, too. */
static const struct {
    int64_t touchpoint, at, row;
} little[][6] = {
    { { 5, 3, 1 }, { 5, -2, 2 }, { 0, 3, 3 }, { 7, 1, 4 }, { 5, INT64_MIN, 5 }, { 5, 3, 9 } },
    { { 5, 0, 6 }, { 5, 3, 7 }, { 0, -1, 8 }, { 7, 1, 10 }, { 5, INT64_MAX, 11 }, { 5, 1, 12 } },
    { { 5, -1, 13 }, { 5, 1, 14 }, { 0, 0, 15 }, { 5, 2, 16 }, { 7, 9, 17 }, { 5, 3, 1 } },
};

static void make_little(void)
{
    open_to_write();
    run("CREATE TEMP TABLE plain (at_touchpoint INTEGER, at INTEGER, row INTEGER,"
        " UNIQUE (at_touchpoint, at, row))");
    for (size_t i = 0; i < ARRAY_LEN(little); i++) {
        struct index_entry entries[ARRAY_LEN(little[0])];
        for (size_t j = 0; j < ARRAY_LEN(little[0]); j++) {
            entries[j] = event_place(little[i][j].touchpoint, little[i][j].at, little[i][j].row);
            run(arena_printf(
                &fixture.arena, "INSERT OR IGNORE INTO plain VALUES (%d, %s%" PRId64 ", %d)",
                (int)little[i][j].touchpoint, little[i][j].at == INT64_MIN ? "-1 + " : "",
                little[i][j].at + (little[i][j].at == INT64_MIN), (int)little[i][j].row));
        }
        add(entries, ARRAY_LEN(little[0]));
    }
}

/* ---- Reading ---- */

static const char *const conditions[] = {
    "at_touchpoint = 5",
    "at_touchpoint IS 0",
    "at_touchpoint = 6",
    "at_touchpoint = NULL",
    "at_touchpoint IS NULL",
    "at_touchpoint IN (0, 7, 7, 99)",
    "at_touchpoint IN ()",
    "at_touchpoint = 5 AND at > -1",
    "at_touchpoint = 5 AND at >= -1",
    "at_touchpoint = 5 AND at < 3",
    "at_touchpoint = 5 AND at <= 3",
    "at_touchpoint = 5 AND at BETWEEN -2 AND 1",
    "at_touchpoint = 5 AND at > 1 AND at < 1",
    "at_touchpoint = 5 AND at >= 1 AND at >= 2 AND at < 9 AND at <= 3",
    "at_touchpoint = 5 AND at = 3",
    "at_touchpoint = 5 AND at IS 3",
    "at_touchpoint = 5 AND at = 3 AND at < 3",
    "at_touchpoint = 5 AND at > 1.5",
    "at_touchpoint = 5 AND at < -1.5",
    "at_touchpoint = 5 AND at > NULL",
    "at_touchpoint = 5 AND at <= -9223372036854775807",
    "at_touchpoint = 5 AND at > 9223372036854775806",
    "at_touchpoint IN (5, 0) AND at >= 0 AND at < 2",
    "at = 3",
    "at_touchpoint > 0",
    "1",
};

static const char *const orders[] = { "at, row", "at DESC, row DESC", "at, row DESC",
                                      "at_touchpoint, at, row" };

START_TEST(places_are_those_of_a_plain_table)
{
    make_little();
    for (size_t i = 0; i < ARRAY_LEN(orders); i++) {
        const char *sql = "SELECT at_touchpoint, at, row FROM %s WHERE %s ORDER BY %s, 1, 2, 3";
        const char *condition = conditions[_i];
        ck_assert_str_eq(
            ask(arena_printf(&fixture.arena, sql, "event_place", condition, orders[i])),
            ask(arena_printf(&fixture.arena, sql, "plain", condition, orders[i])));
    }
}
END_TEST

START_TEST(one_that_was_added_twice_comes_once)
{
    make_little();
    ck_assert_str_eq(ask("SELECT row FROM event_place WHERE at_touchpoint = 5 AND at = 3"
                         " ORDER BY at DESC, row DESC"),
                     "9;7;1;");
}
END_TEST

START_TEST(what_is_in_order_is_not_sorted_again)
{
    static const char *const ordered[] = { "at", "at DESC", "at, row", "at DESC, row DESC" };
    open_to_write();
    for (size_t i = 0; i < ARRAY_LEN(ordered); i++) {
        const char *sql =
            arena_printf(&fixture.arena,
                         "SELECT ts FROM " EVENTS_AT " WHERE at_touchpoint = 5 AND at > 7"
                         " ORDER BY %s",
                         ordered[i]);
        ck_assert_msg(strstr(plan(sql), "B-TREE") == NULL, "%s: %s", sql, plan(sql));
    }
    ck_assert_ptr_nonnull(strstr(plan("SELECT 1 FROM event_place WHERE at_touchpoint = 5"
                                      " ORDER BY at, row DESC"),
                                 "B-TREE"));
    ck_assert_ptr_nonnull(strstr(plan("SELECT 1 FROM event_place ORDER BY at"), "B-TREE"));
    ck_assert_ptr_nonnull(strstr(plan("SELECT 1 FROM event_place WHERE at_touchpoint IN (5, 6)"
                                      " ORDER BY at"),
                                 "B-TREE"));
}
END_TEST

/* ---- A join, which looks again and again ---- */

static uint64_t state;

static uint64_t next_number(void)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return state >> 33;
}

enum { PLACES = 4000, RUNS = 3, TOUCHPOINTS = 4, TIMES = 3000 };

/* Of each instant some touchpoints have none, one or several. */
static void make_many(void)
{
    static struct index_entry entries[PLACES];
    state = 20;
    open_to_write();
    run("CREATE TEMP TABLE plain (at_touchpoint INTEGER, at INTEGER, row INTEGER)");
    for (int i = 0; i < RUNS; i++) {
        for (int j = 0; j < PLACES; j++)
            entries[j] =
                event_place((int64_t)(next_number() % TOUCHPOINTS),
                            (int64_t)(next_number() % TIMES) - TIMES / 2, 1 + i * PLACES + j);
        for (int j = 0; j < PLACES; j++)
            run(arena_printf(&fixture.arena, "INSERT INTO plain VALUES (%d, %d, %d)",
                             (int)entries[j].high, (int)event_place_time(&entries[j]),
                             (int)entries[j].id));
        add(entries, PLACES);
    }
    run("CREATE INDEX temp.by_place ON plain (at_touchpoint, at);"
        "CREATE TEMP TABLE asked AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n"
        " WHERE i < 999) SELECT i * 7 % 5 AS touchpoint, i * 677 % 3001 - 1500 AS ts, i % 4 AS span"
        " FROM n");
}

START_TEST(a_join_finds_what_each_row_asks_for)
{
    static const char *const asked[] = { "asked",
                                         "(SELECT * FROM asked ORDER BY touchpoint, ts LIMIT -1)" };
    make_many();
    for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
        const char *sql = "SELECT sum(row * (ts + 5000)), count(*) FROM %s AS a CROSS JOIN %s"
                          " WHERE at_touchpoint = touchpoint AND at >= ts AND at <= ts + span";
        const char *wanted = ask(arena_printf(&fixture.arena, sql, asked[i], "plain"));
        ck_assert_str_eq(ask(arena_printf(&fixture.arena, sql, asked[i], "event_place")), wanted);
        ck_assert_str_ne(wanted, " 0;");
    }
}
END_TEST

/* "row row …" of a span that is already open. */
static const char *rows_of(struct index_scan *scan)
{
    const char *text = "";
    struct index_entry entry;
    bool any;
    while (index_next(scan, &entry, &any, &fixture.err) && any)
        text =
            arena_printf(&fixture.arena, "%s%s%d", text, text[0] != '\0' ? " " : "", (int)entry.id);
    ck_assert(!any);
    return text;
}

START_TEST(an_index_is_asked_again)
{
    struct index_scan again, anew;
    struct index_span span = { .from = { .high = 1 }, .to = { .high = 1 }, .backwards = _i == 1 };
    make_many();
    ck_assert(index_open(&again, store, EVENT_PLACES, &span, &fixture.err));
    for (int i = 0; i < 300; i++) {
        int64_t touchpoint = (int64_t)(next_number() % TOUCHPOINTS);
        int64_t at = (int64_t)(next_number() % TIMES) - TIMES / 2;
        span.from = event_place(touchpoint, at, 0);
        span.to = event_place(touchpoint, at + (int64_t)(next_number() % 40), INT64_MAX);
        ck_assert(index_again(&again, &span, &fixture.err));
        ck_assert(index_open(&anew, store, EVENT_PLACES, &span, &fixture.err));
        ck_assert_str_eq(rows_of(&again), rows_of(&anew));
        index_close(&anew);
    }
    index_close(&again);
}
END_TEST

/* ---- Rows that have moved ---- */

START_TEST(a_row_is_where_it_is_now)
{
    fixture_import(&fixture,
                   "event_id,ts,case_id,activity,touchpoint\n"
                   "a,2026-01-05,c,look,search\nb,2026-01-06,c,look,search\nc,2026-01-07,c,look,\n",
                   NULL);
    fixture_import(&fixture,
                   "event_id,ts,case_id,activity,touchpoint\n"
                   "a,2026-01-05,c,look,pay\nb,2026-01-06,c,look,pay\nc,2026-01-07,c,look,pay\n",
                   NULL);
    fixture_import(&fixture,
                   "event_id,ts,case_id,activity,touchpoint\nb,2026-01-06,c,look,search\n", NULL);
    fixture_change(&fixture, "DELETE FROM event WHERE event_id = 'c'");
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert_str_eq(ask("SELECT event_id, text FROM " EVENTS_AT
                         " JOIN word ON word.id = touchpoint"
                         " ORDER BY event_id"),
                     "a pay;b search;");
    ck_assert_str_eq(ask("SELECT count(*) FROM " EVENTS_AT " WHERE at_touchpoint = 0"), "0;");
    ck_assert_str_eq(ask("SELECT count(*) FROM event_place"), "6;");
}
END_TEST

/* ---- Failures ---- */

static const char all_sql[] = "SELECT count(*) FROM event_place WHERE at_touchpoint = 5";

static void expect_failure(const char *words)
{
    sqlite3_stmt *statement;
    ck_assert(sql_prepare(store, all_sql, &statement, &fixture.err));
    ck_assert_int_eq(sql_step(store, statement, &fixture.err), SQL_FAILED);
    sqlite3_finalize(statement);
    ck_assert_str_eq(fixture.err.text, arena_printf(&fixture.arena, words, fixture.store_path));
}

START_TEST(a_damaged_index_says_what_mends_it)
{
    make_little();
    run("UPDATE index_part SET entries = substr(entries, 1, 3) WHERE run = 2");
    expect_failure("the indexes of the store '%s' are damaged; 'stellwerk store rebuild' makes"
                   " them anew");
    run("DROP TABLE index_part");
    expect_failure("the store '%s' failed: no such table: index_part");
}
END_TEST

START_TEST(a_cancel_is_heard)
{
    atomic_bool cancel = true;
    make_little();
    store_limit(store, &(struct store_limits){ .cancel = &cancel });
    expect_failure("the query on the store '%s' was broken off");
    ck_assert(store_was_stopped(store));
    store_limit(store, NULL);
    ck_assert_str_eq(ask(all_sql), "11;");
}
END_TEST

START_TEST(a_table_of_that_name_is_none_of_ours)
{
    open_to_write();
    store_close(store);
    store = NULL;
    fixture_change(&fixture, "CREATE TABLE Event_Place (at_touchpoint, at, row)");
    ck_assert(!store_open(fixture.store_path, &store, &fixture.err));
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "'event_place'"));
}
END_TEST

Suite *store_event_places_suite(void)
{
    Suite *suite = suite_create("store_event_places");
    TCase *tests = tcase_create("event places");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, places_are_those_of_a_plain_table, 0, ARRAY_LEN(conditions));
    tcase_add_test(tests, one_that_was_added_twice_comes_once);
    tcase_add_test(tests, what_is_in_order_is_not_sorted_again);
    tcase_add_test(tests, a_join_finds_what_each_row_asks_for);
    tcase_add_loop_test(tests, an_index_is_asked_again, 0, 2);
    tcase_add_test(tests, a_row_is_where_it_is_now);
    tcase_add_test(tests, a_damaged_index_says_what_mends_it);
    tcase_add_test(tests, a_cancel_is_heard);
    tcase_add_test(tests, a_table_of_that_name_is_none_of_ours);
    suite_add_tcase(suite, tests);
    return suite;
}
