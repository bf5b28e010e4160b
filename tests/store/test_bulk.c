/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Rows as a database, held against what SQLite reads in it; and events that go into a store so.
 */

#include "suites.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>
#include <stellwerk/store/upkeep.h>

#include "../../src/store/table_image.h"
#include "store/fixture.h"
#include "support.h"

static struct fixture fixture;

static void set_up(void)
{
    fixture_init(&fixture);
}

static void tear_down(void)
{
    fixture_finish(&fixture);
}

/* ---- Rows as a database ---- */

static const char table_sql[] = "CREATE TABLE t (id INTEGER PRIMARY KEY, i INTEGER, r REAL, s TEXT,"
                                " b BLOB)";

enum { INTEGER, REAL, TEXT, BLOB, VALUES = 5 };

static const int64_t integers[] = {
    0,
    1,
    -1,
    2,
    127,
    128,
    -128,
    -129,
    32767,
    32768,
    -32768,
    -32769,
    8388607,
    8388608,
    -8388609,
    2147483647,
    2147483648,
    -2147483649,
    140737488355327,
    140737488355328,
    -140737488355329,
    INT64_MAX,
    INT64_MIN,
};

/* What the row of that id has, made from its number. */
static void make_values(int64_t id, char *room, struct record_value values[VALUES])
{
    size_t length = id % 500 == 0 ? 15000 : (size_t)(id * 7 % 200);
    memset(room, 'a' + (int)(id % 26), length);
    values[0] = (struct record_value){ .type = RECORD_NULL };
    values[1] = (struct record_value){ .type = RECORD_INTEGER,
                                       .integer = integers[(size_t)id % ARRAY_LEN(integers)] };
    values[2] = (struct record_value){ .type = id % 3 == 0 ? RECORD_NULL : RECORD_REAL,
                                       .real = (double)id / 7 };
    values[3] =
        (struct record_value){ .type = RECORD_TEXT, .length = (uint32_t)length, .bytes = room };
    values[4] =
        (struct record_value){ .type = RECORD_BLOB, .length = (uint32_t)(id % 5), .bytes = room };
}

static struct record_value value_at(const void *values, int number)
{
    return ((const struct record_value *)values)[number];
}

static bool add(struct table_image *image, int64_t id, const struct record_value *values)
{
    static const int numbers[VALUES] = { 0, 1, 2, 3, 4 };
    uint64_t given = values[2].type == RECORD_NULL ? 0x1b : 0x1e;
    return table_image_add(image, id,
                           &(struct record_source){ .count = VALUES,
                                                    .given = given,
                                                    .numbers = numbers,
                                                    .value = value_at,
                                                    .row = values });
}

static void expect_row(sqlite3_stmt *row, int64_t id, char *room)
{
    struct record_value values[VALUES];
    make_values(id, room, values);
    ck_assert_int_eq(sqlite3_step(row), SQLITE_ROW);
    ck_assert_int_eq(sqlite3_column_int64(row, 0), id);
    ck_assert_int_eq(sqlite3_column_int64(row, 1), values[1].integer);
    ck_assert_int_eq(sqlite3_column_type(row, 2),
                     values[2].type == RECORD_NULL ? SQLITE_NULL : SQLITE_FLOAT);
    ck_assert(values[2].type == RECORD_NULL || sqlite3_column_double(row, 2) == values[2].real);
    ck_assert_uint_eq((unsigned)sqlite3_column_bytes(row, 3), values[3].length);
    ck_assert_mem_eq(sqlite3_column_text(row, 3), values[3].bytes, values[3].length);
    ck_assert_uint_eq((unsigned)sqlite3_column_bytes(row, 4), values[4].length);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;
    ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK, "%s",
                  sqlite3_errmsg(db));
    return statement;
}

/* The empty database that images begin with. */
static unsigned char *make_empty(size_t *length, size_t *root)
{
    sqlite3 *db;
    sqlite3_int64 size;
    ck_assert_int_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, "PRAGMA page_size = 16384", NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, table_sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_stmt *statement = prepare(db, "SELECT rootpage FROM sqlite_schema");
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    *root = (size_t)sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    unsigned char *bytes = sqlite3_serialize(db, "main", &size, 0);
    *length = (size_t)size;
    sqlite3_close(db);
    return bytes;
}

/* SQLite finds the rows first to last in the image, and nothing wrong with it. */
static void expect_image(struct table_image *image, int64_t first, int64_t last, char *room)
{
    sqlite3 *db;
    size_t length;
    unsigned char *bytes = table_image_end(image, &length);
    ck_assert_int_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
    ck_assert_int_eq(
        sqlite3_deserialize(db, "main", bytes, (sqlite3_int64)length, (sqlite3_int64)length, 0),
        SQLITE_OK);
    sqlite3_stmt *check = prepare(db, "PRAGMA integrity_check");
    ck_assert_int_eq(sqlite3_step(check), SQLITE_ROW);
    ck_assert_str_eq((const char *)sqlite3_column_text(check, 0), "ok");
    sqlite3_finalize(check);
    sqlite3_stmt *rows = prepare(db, "SELECT * FROM t ORDER BY id");
    for (int64_t id = first; id <= last; id++)
        expect_row(rows, id, room);
    ck_assert_int_eq(sqlite3_step(rows), SQLITE_DONE);
    sqlite3_finalize(rows);
    sqlite3_stmt *one = prepare(db, "SELECT * FROM t WHERE id = ?1");
    sqlite3_bind_int64(one, 1, (first + last) / 2);
    expect_row(one, (first + last) / 2, room);
    sqlite3_finalize(one);
    sqlite3_close(db);
}

/* One row, some on a page, and many pages; each image over what the one before has left. */
START_TEST(sqlite_reads_what_an_image_has)
{
    static const int64_t counts[] = { 1, 100, 20000, 3, 1200 };
    struct table_image image;
    struct record_value values[VALUES];
    size_t length, root;
    char *room = malloc(TABLE_IMAGE_PAGE);
    unsigned char *empty = make_empty(&length, &root);
    int64_t id = 1;
    table_image_init(&image, empty, length, root);
    for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
        int64_t first = id;
        for (; id < first + counts[i]; id++) {
            make_values(id, room, values);
            ck_assert(add(&image, id, values));
        }
        expect_image(&image, first, id - 1, room);
    }
    table_image_finish(&image);
    sqlite3_free(empty);
    free(room);
}
END_TEST

START_TEST(what_a_page_cannot_hold_is_refused)
{
    struct table_image image;
    struct record_value values[VALUES];
    size_t length, root;
    char *room = malloc(2 * TABLE_IMAGE_PAGE);
    unsigned char *empty = make_empty(&length, &root);
    table_image_init(&image, empty, length, root);
    make_values(1, room, values);
    ck_assert(add(&image, 1, values));
    memset(room, 'x', 2 * TABLE_IMAGE_PAGE);
    values[3].length = TABLE_IMAGE_PAGE;
    ck_assert(!add(&image, 2, values));
    make_values(2, room, values);
    ck_assert(!add(&image, INT64_C(1) << 56, values));
    ck_assert(add(&image, 2, values));
    memset(room, 'x', 2 * TABLE_IMAGE_PAGE);
    values[3].length = TABLE_IMAGE_PAGE;
    ck_assert(!add(&image, 3, values)); /* on a page that it leaves without any row */
    expect_image(&image, 1, 2, room);
    table_image_finish(&image);
    sqlite3_free(empty);
    free(room);
}
END_TEST

/* ---- Events ---- */

/* New events go in by the thousand; those that come again, that have no case of their own or that
 * are long go one by one. Here all of these take turns. */
static void add_event(struct str *csv, int i)
{
    int id = i % 7 == 3 ? i - i % 5 : i; /* some have been there just before, or long ago */
    id = i % 31 == 0 ? i / 2 : id;
    str_printf(csv, "e%d,%d,", id, 1767225600 + id * 60);
    str_printf(csv, id % 9 == 4 ? "p%d,," : "p%d,c%d", id % 40, id % 200);
    str_printf(csv, ",act-%d,tp-%d,%d,", id % 13, i % 11 == 5 ? i % 4 : id % 4, id % 50);
    for (int length = id % 97 == 1 ? 70000 : id % 3 == 0 ? 5000 : id % 10; length > 0; length--)
        str_append_char(csv, 's');
    str_append_char(csv, '\n');
}

/* Enough of them for errands. */
#define EVENTS_OF_ALL_KINDS 1500

static const char *all_events_of(const char *text, uint64_t batch_rows, bool whole)
{
    struct import_options options = { .batch_rows = batch_rows, .whole = whole };
    struct store_verdict verdict;
    struct store *store;
    unlink(fixture.store_path);
    fixture_import(&fixture, text, &options);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert_msg(store_verify(&fixture.arena, store, &verdict, &fixture.err), "%s",
                  fixture.err.text);
    ck_assert_uint_eq(verdict.findings.count, 0);
    store_close(store);
    return fixture_ask(&fixture,
                       "SELECT group_concat(id || ' ' || event_id || ' ' || ts || ' ' ||"
                       " ifnull(case_id, '') || ' ' || touchpoint || activity || value || ' ' ||"
                       " length(session_id), x'0a') FROM (SELECT * FROM event ORDER BY id)");
}

START_TEST(events_are_the_same_whichever_way_they_go_in)
{
    struct str csv;
    str_init(&csv);
    str_append(&csv, "event_id,ts,person_id,case_id,activity,touchpoint,value,session_id\n");
    for (int i = 0; i < EVENTS_OF_ALL_KINDS; i++)
        add_event(&csv, i);
    const char *few_by_few = all_events_of(csv.text, 20, false);
    ck_assert_ptr_nonnull(strstr(few_by_few, "e1499 "));
    ck_assert_ptr_nonnull(strstr(few_by_few, " 70000"));
    ck_assert_str_eq(all_events_of(csv.text, 100, false), few_by_few);
    ck_assert_str_eq(all_events_of(csv.text, 0, false), few_by_few);
    ck_assert_str_eq(all_events_of(csv.text, 0, true), few_by_few);
    str_finish(&csv);
}
END_TEST

/* Long after they came first, in the same transaction and in a later one, behind so many others
 * that what is new is no longer looked for in the same way. */
START_TEST(events_that_come_again_late_are_known)
{
    enum { EVENTS = 9000, SESSION_BYTES = 150 }; /* more than an errand takes along */
    static const uint64_t batches[] = { 0, 7000 };
    struct import_options options = { 0 };
    struct str csv;
    str_init(&csv);
    str_append(&csv, "event_id,ts,case_id,activity,session_id\n");
    for (int i = 0; i < 2 * EVENTS; i++)
        str_printf(&csv, "e%d,%d,c%d,look,%0*d\n", i % EVENTS, 1767225600 + i % EVENTS, i % 100,
                   SESSION_BYTES, i % EVENTS);
    for (size_t i = 0; i < ARRAY_LEN(batches); i++) {
        unlink(fixture.store_path);
        options.batch_rows = batches[i];
        struct import_report report = fixture_import(&fixture, csv.text, &options);
        ck_assert_uint_eq(report.taken, EVENTS);
        ck_assert_uint_eq(report.updated + report.duplicates, EVENTS);
        ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) = count(DISTINCT key) FROM event"),
                         "1");
    }
    str_finish(&csv);
}
END_TEST

static void add_numbered(struct str *csv, int i)
{
    str_printf(csv, "e%d,%d,c%d,act-%d\n", i, 1767225600 + i * 60, i / 5, i % 7);
}

/* All that the store has comes again from its end to its beginning, new events among it: of a file
 * of several loads, and within a transaction and over several. */
START_TEST(what_comes_again_in_another_order_is_known)
{
    enum { EVENTS = 4000, NEW = 500 };
    static const uint64_t batches[] = { 0, 1500, 300 };
    static const char header[] = "event_id,ts,case_id,activity\n";
    struct import_options options = { .batch_rows = batches[_i] };
    struct store_verdict verdict;
    struct store *store;
    struct str csv;
    str_init(&csv);
    str_append(&csv, header);
    for (int i = 0; i < EVENTS; i++)
        add_numbered(&csv, i);
    ck_assert_uint_eq(fixture_import(&fixture, csv.text, &options).taken, EVENTS);

    str_clear(&csv);
    str_append(&csv, header);
    for (int i = EVENTS - 1; i >= 0; i--) {
        add_numbered(&csv, i);
        if (i % (EVENTS / NEW) == 0)
            add_numbered(&csv, EVENTS + i);
        if (i % EVENTS == EVENTS / 2)
            add_numbered(&csv, EVENTS + i); /* new a moment ago */
    }
    struct import_report report = fixture_import(&fixture, csv.text, &options);
    ck_assert_uint_eq(report.taken, NEW);
    ck_assert_uint_eq(report.duplicates, EVENTS + 1);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert(store_verify(&fixture.arena, store, &verdict, &fixture.err));
    ck_assert_uint_eq(verdict.findings.count, 0);
    store_close(store);
    str_finish(&csv);
}
END_TEST

/* Where memory for SQLite ends, on one thread or on the other, the import says so, and what was
 * committed before is there. */
START_TEST(an_import_without_memory_fails)
{
    enum { EVENTS = 6000, SESSION_BYTES = 1000, MEMORY = 4 << 20 };
    struct import_options options = { .whole = true };
    struct import_report report;
    struct str csv;
    str_init(&csv);
    str_append(&csv, "event_id,ts,case_id,activity,session_id\n");
    for (int i = 0; i < EVENTS; i++)
        str_printf(&csv, "e%d,%d,c1,look,%0*d\n", i, 1767225600 + i, SESSION_BYTES, i);
    fixture_import(&fixture, "event_id,ts,case_id,activity\ne,2026-01-01,c1,look\n", NULL);
    const char *path = fixture_write(&fixture, "many.csv", csv.text, csv.length);
    sqlite3_hard_heap_limit64(sqlite3_memory_used() + MEMORY);
    bool done = fixture_try(&fixture, path, &options, &report);
    sqlite3_hard_heap_limit64(0);
    ck_assert(!done);
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "memory"));
    ck_assert_uint_eq(report.taken, 0);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM event"), "1");
    ck_assert(fixture_try(&fixture, path, &options, &report));
    ck_assert_uint_eq(report.taken, EVENTS);
    str_finish(&csv);
}
END_TEST

/* Wherever memory for SQLite ends, up to the last rows that are on their way when the file has
 * ended: all rows are there, or none. What fails behind them is done the next time. */
START_TEST(little_memory_is_enough_for_all_rows_or_none)
{
    enum { EVENTS = 1780, SESSION_BYTES = 1000, LEAST = 256 << 10, STEP = 24 << 10, TRIES = 400 };
    struct import_options options = { .whole = true };
    struct import_report report;
    struct str csv;
    int64_t rows = 1, tries = 0;
    str_init(&csv);
    str_append(&csv, "event_id,ts,case_id,activity,session_id\n");
    for (int i = 0; i < EVENTS; i++)
        str_printf(&csv, "e%d,%d,c1,look,%0*d\n", i, 1767225600 + i, SESSION_BYTES, i);
    fixture_import(&fixture, "event_id,ts,case_id,activity\ne,2026-01-01,c1,look\n", NULL);
    const char *path = fixture_write(&fixture, "many.csv", csv.text, csv.length);
    for (; rows == 1 && tries < TRIES; tries++) {
        sqlite3_hard_heap_limit64(sqlite3_memory_used() + LEAST + tries * STEP);
        bool done = fixture_try(&fixture, path, &options, &report);
        sqlite3_hard_heap_limit64(0);
        rows = strtoll(fixture_ask(&fixture, "SELECT count(*) FROM event"), NULL, 10);
        ck_assert(rows == EVENTS + 1 || (rows == 1 && !done));
    }
    ck_assert_int_gt(tries, 10);
    ck_assert_int_eq(rows, EVENTS + 1);
    ck_assert(fixture_try(&fixture, path, &options, &report));
    ck_assert_uint_eq(report.duplicates, EVENTS);
    str_finish(&csv);
}
END_TEST

Suite *store_bulk_suite(void)
{
    Suite *suite = suite_create("store_bulk");
    TCase *tests = tcase_create("bulk");
    tcase_add_checked_fixture(tests, test_locale, NULL);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, sqlite_reads_what_an_image_has);
    tcase_add_test(tests, what_a_page_cannot_hold_is_refused);
    tcase_add_test(tests, events_are_the_same_whichever_way_they_go_in);
    tcase_add_test(tests, events_that_come_again_late_are_known);
    tcase_add_loop_test(tests, what_comes_again_in_another_order_is_known, 0, 3);
    tcase_add_test(tests, an_import_without_memory_fails);
    tcase_add_test(tests, little_memory_is_enough_for_all_rows_or_none);
    suite_add_tcase(suite, tests);
    return suite;
}
