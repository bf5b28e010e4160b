/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The warehouse bridge within this process, where tools that watch memory and threads see it. What
 * servers do is the business of tests/warehouse.
 */

#include "suites.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/store/warehouse.h>

#include "store/fixture.h"
#include "support.h"

static struct fixture fixture;
static struct warehouse *warehouse; /* NULL: there is no driver to try it with */
static struct store *store;

static void set_up(void)
{
    fixture_init(&fixture);
    const char *dsn = arena_printf(&fixture.arena, "Driver=SQLite3;Database=%s;PWD=geheim",
                                   fixture_path(&fixture, "shop.db"));
    if (!warehouse_open(dsn, NULL, &warehouse, &fixture.err))
        return;
    ck_assert(store_create(fixture.store_path, &store, &fixture.err));
}

static void tear_down(void)
{
    warehouse_close(warehouse);
    store_close(store);
    warehouse = NULL;
    store = NULL;
    fixture_finish(&fixture);
}

static struct warehouse_query query_of(const char *sql)
{
    return (struct warehouse_query){
        .mapping = { .as = IMPORT_PATHS, .path = "queries.yaml" },
        .name = "ways",
        .sql = sql,
        .time_limit = QUERY_TIME_LIMIT,
        .row_limit = QUERY_ROW_LIMIT,
    };
}

static bool ask(const struct warehouse_query *query, const struct import_options *options,
                struct import_report *out)
{
    return store_sync(&fixture.arena, store, warehouse, query, options, out, &fixture.err);
}

static void expect_error(const struct warehouse_query *query, const char *message)
{
    struct import_report report;
    const struct import_options options = { 0 };
    error_init(&fixture.err);
    ck_assert(!ask(query, &options, &report));
    ck_assert_msg(strstr(fixture.err.text, message) != NULL, "%s: '%s' is not in '%s'", query->sql,
                  message, fixture.err.text);
}

START_TEST(a_query_is_one_batch_that_says_no_secret)
{
    skip_unless(warehouse != NULL, "the ODBC driver SQLite3 is missing");
    struct import_report report;
    const struct import_options options = { 0 };
    struct warehouse_query query = query_of(
        "SELECT 'a>Süd' AS path, 3 AS conversions, NULL AS nulls, 2.5 AS value\n"
        "UNION ALL SELECT 'b', 0, 1, NULL; \n");
    ck_assert_msg(ask(&query, &options, &report), "%s", fixture.err.text);
    ck_assert_uint_eq(report.taken, 2);
    ck_assert(report.complete);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT group_concat(path || conversions || nulls) FROM"
                                           " paths"),
                     "a > Süd30,b01");
    ck_assert_ptr_null(strstr(fixture_ask(&fixture, "SELECT file FROM batches"), "geheim"));
    ck_assert_ptr_nonnull(strstr(fixture_ask(&fixture, "SELECT file FROM batches"),
                                 "shop.db: ways"));

    ck_assert(ask(&query, &options, &report));
    ck_assert_uint_eq(report.duplicates, 2);
    ck_assert_uint_eq(report.batch, 0);
}
END_TEST

START_TEST(only_one_reading_statement_is_asked)
{
    static const struct {
        const char *sql, *message;
    } cases[] = {
        { "", "must begin with SELECT or WITH" },
        { "-- SELECT\n/* SELECT */ 'SELECT'", "must begin with SELECT or WITH" },
        { "DROP TABLE visit", "must begin with SELECT or WITH" },
        { "SELECT 1; SELECT 2", "a ';' inside it" },
        { "SELECT E'\\''; DELETE FROM visit; --'", "a ';' inside it" },
        { "SELECT $$'$$; DELETE FROM visit --'", "a ';' inside it" },
        { "SELECT 1 /* /* */ ' */ ; DELETE FROM visit --'", "a ';' inside it" },
        { "WITH a AS (delete FROM visit RETURNING 1) SELECT 1", "has the word DELETE" },
        { "SELECT 1 into visit", "has the word INTO" },
        { "SELECT nothing", "the warehouse" },
    };
    skip_unless(warehouse != NULL, "the ODBC driver SQLite3 is missing");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct warehouse_query query = query_of(cases[i].sql);
        expect_error(&query, cases[i].message);
    }
    struct import_report report;
    const struct import_options options = { 0 };
    struct warehouse_query query =
        query_of("/* one */ -- two\n with \"delete\" (path, conversions) AS (SELECT 'insert', 1)\n"
                 "SELECT *, 'update' AS updated FROM \"delete\" -- merge into");
    ck_assert_msg(ask(&query, &options, &report), "%s", fixture.err.text);
    ck_assert_uint_eq(report.taken, 1);
}
END_TEST

START_TEST(rows_of_persons_stay_where_they_are)
{
    static const char *const names[] = {
        "person_id", "CASE_ID",   "session_id", "user_pseudo_id",
        "userId",    "messageId", "Email",      "object:customer",
    };
    skip_unless(warehouse != NULL, "the ODBC driver SQLite3 is missing");
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct warehouse_query query = query_of(
            arena_printf(&fixture.arena, "SELECT 'a' AS path, 1 AS conversions, 2 AS \"%s\"",
                         names[i]));
        expect_error(&query, names[i]);
    }
}
END_TEST

START_TEST(a_query_that_fails_on_the_way_takes_nothing)
{
    skip_unless(warehouse != NULL, "the ODBC driver SQLite3 is missing");
    struct warehouse_query query =
        query_of("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                 " SELECT 'p' || i AS path, 1 AS conversions FROM n LIMIT 1000");
    query.row_limit = 999;
    expect_error(&query, "gives more than 999 rows");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM path"), "0");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM batch"), "0");
    query.row_limit = 1000;
    struct import_report report;
    const struct import_options options = { 0 };
    ck_assert(ask(&query, &options, &report));
    ck_assert_uint_eq(report.taken, 1000);
}
END_TEST

/* ---- Breaking off ---- */

static const char endless[] = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                              " SELECT count(*) AS conversions, 'a' AS path FROM n";

START_TEST(a_query_has_its_time)
{
    skip_unless(warehouse != NULL, "the ODBC driver SQLite3 is missing");
    struct warehouse_query query = query_of(endless);
    query.time_limit = 200000;
    expect_error(&query, "took longer than 0.2 s");
}
END_TEST

/* Set while the warehouse computes, by whoever is told so. */
static atomic_bool cancel;

static void cancel_when_told(const struct import_progress *progress, void *data)
{
    int *times = data;
    if (progress->waited > 0 && ++*times == 2)
        atomic_store(&cancel, true);
}

START_TEST(a_query_hears_a_cancel)
{
    skip_unless(warehouse != NULL, "the ODBC driver SQLite3 is missing");
    int times = 0;
    struct import_report report;
    struct warehouse_query query = query_of(endless);
    const struct import_options options = {
        .cancel = &cancel,
        .watch = cancel_when_told,
        .watch_data = &times,
    };
    atomic_store(&cancel, false);
    ck_assert_msg(ask(&query, &options, &report), "%s", fixture.err.text);
    ck_assert(!report.complete);
    ck_assert_int_eq(times, 2);
    ck_assert_str_eq(fixture.err.text, "");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM batch"), "0");
}
END_TEST

Suite *store_warehouse_suite(void)
{
    Suite *suite = suite_create("store_warehouse");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, a_query_is_one_batch_that_says_no_secret);
    tcase_add_test(tcase, only_one_reading_statement_is_asked);
    tcase_add_test(tcase, rows_of_persons_stay_where_they_are);
    tcase_add_test(tcase, a_query_that_fails_on_the_way_takes_nothing);
    tcase_add_test(tcase, a_query_has_its_time);
    tcase_add_test(tcase, a_query_hears_a_cancel);
    suite_add_tcase(suite, tcase);
    return suite;
}
