/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stellwerk/base/str.h>
#include <stellwerk/store/info.h>
#include <stellwerk/store/store.h>

#include "../../src/store/sql.h"
#include "store/fixture.h"
#include "support.h"

static struct fixture fixture;
static struct store *store;

static const char events[] = "ts,case_id,activity,touchpoint\n"
                             "2026-01-05T10:00:00Z,c1,look,search\n"
                             "2026-01-06T10:00:00Z,c1,pay,checkout\n";

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

/* Runs SQL on the file as any other program would. */
static void tamper(const char *path, const char *sql)
{
    sqlite3 *db;
    char *message = NULL;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_exec(db, sql, NULL, NULL, &message);
    ck_assert_msg(message == NULL, "%s", message);
    sqlite3_close(db);
}

static void expect_refused(const char *path, const char *reason)
{
    ck_assert(!store_open(path, &store, &fixture.err));
    ck_assert_msg(strstr(fixture.err.text, reason) != NULL, "'%s' is not in '%s'", reason,
                  fixture.err.text);
    ck_assert_ptr_nonnull(strstr(fixture.err.text, path));
    ck_assert_ptr_null(store);
}

/* ---- Making and opening ---- */

START_TEST(a_new_store_is_marked_and_empty)
{
    ck_assert(store_create(fixture.store_path, &store, &fixture.err));
    store_close(store);
    store = NULL;
    ck_assert_str_eq(fixture_ask(&fixture, "PRAGMA application_id"), "1400141675");
    ck_assert_str_eq(fixture_ask(&fixture, "PRAGMA user_version"), "6");
    ck_assert_str_eq(fixture_ask(&fixture, "PRAGMA journal_mode"), "delete");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM events"), "0");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM answers"), "0");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM observations"), "0");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM batches"), "0");
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
}
END_TEST

START_TEST(an_empty_file_becomes_a_store_by_importing)
{
    fixture_write(&fixture, "store.db", "", 0);
    expect_refused(fixture.store_path, "empty");
    ck_assert(store_create(fixture.store_path, &store, &fixture.err));
    store_close(store);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
}
END_TEST

START_TEST(names_that_sqlite_reads_otherwise_are_files)
{
    static const char *const names[] = { ":memory:", "file:strange?mode=memory", "a b'\".db" };
    ck_assert_int_eq(chdir(fixture.folder), 0);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        ck_assert_msg(store_create(names[i], &store, &fixture.err), "%s", fixture.err.text);
        store_close(store);
        store = NULL;
        ck_assert_int_eq(access(names[i], F_OK), 0);
    }
    ck_assert_int_eq(chdir("/"), 0);
}
END_TEST

START_TEST(what_is_no_store_is_named)
{
    expect_refused(fixture_path(&fixture, "none.db"), "stellwerk import");
    expect_refused(fixture.folder, "folder");

    char garbage[5000];
    memset(garbage, 'x', sizeof(garbage));
    expect_refused(fixture_write(&fixture, "garbage.db", garbage, sizeof(garbage)),
                   "no SQLite database");

    const char *other = fixture_path(&fixture, "other.db");
    tamper(other, "CREATE TABLE event (id INTEGER)");
    expect_refused(other, "some other SQLite database");
    ck_assert(!store_create(other, &store, &fixture.err));
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "some other SQLite database"));
}
END_TEST

START_TEST(a_fifo_is_refused_and_not_waited_for)
{
    const char *path = fixture_path(&fixture, "fifo");
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    expect_refused(path, "not a regular file");
    expect_refused("/dev/null", "not a regular file");
}
END_TEST

START_TEST(versions_are_told_apart)
{
    fixture_import(&fixture, events, NULL);
    tamper(fixture.store_path, "PRAGMA user_version = 99");
    expect_refused(fixture.store_path, "newer stellwerk");
    tamper(fixture.store_path, "PRAGMA user_version = 0");
    expect_refused(fixture.store_path, "older stellwerk");
}
END_TEST

/* ---- Files from someone else ---- */

START_TEST(a_view_cannot_stand_in_for_a_table)
{
    fixture_import(&fixture, events, NULL);
    tamper(fixture.store_path,
           "DROP VIEW events; DROP TABLE event;"
           "CREATE VIEW event AS WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
           " SELECT x AS id FROM n");
    expect_refused(fixture.store_path, "'event'");
}
END_TEST

START_TEST(a_table_with_other_columns_is_refused)
{
    fixture_import(&fixture, events, NULL);
    tamper(fixture.store_path, "ALTER TABLE answer ADD COLUMN more TEXT");
    expect_refused(fixture.store_path, "'answer'");
}
END_TEST

START_TEST(tables_of_others_beside_ours_are_no_harm)
{
    fixture_import(&fixture, events, NULL);
    tamper(fixture.store_path, "CREATE TABLE mine (x); CREATE VIEW v AS SELECT * FROM nowhere");
    ck_assert_msg(store_open(fixture.store_path, &store, &fixture.err), "%s", fixture.err.text);
}
END_TEST

/* A trigger of a tampered store must not act when somebody imports into it. */
START_TEST(triggers_do_not_fire)
{
    fixture_import(&fixture, events, NULL);
    tamper(fixture.store_path, "CREATE TRIGGER t AFTER INSERT ON event BEGIN"
                               " DELETE FROM batch; END");
    fixture_import(&fixture, "ts,case_id,activity\n2026-02-01,c9,look\n", NULL);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM batch"), "2");
}
END_TEST

START_TEST(a_damaged_page_is_a_message)
{
    struct str text;
    struct store_info info;
    str_init(&text);
    str_append(&text, "ts,case_id,activity,touchpoint\n");
    for (int i = 0; i < 3000; i++)
        str_printf(&text, "2026-01-05T10:00:00Z,case %d of many,look,search\n", i);
    fixture_import(&fixture, text.text, NULL);
    str_finish(&text);

    int fd = open(fixture.store_path, O_RDWR);
    char noise[4096];
    memset(noise, 0xA5, sizeof(noise));
    off_t size = lseek(fd, 0, SEEK_END);
    for (off_t page = 80; page * 4096 < size; page++)
        ck_assert_int_eq(pwrite(fd, noise, sizeof(noise), page * 4096), sizeof(noise));
    close(fd);

    ck_assert_msg(store_open(fixture.store_path, &store, &fixture.err), "%s", fixture.err.text);
    ck_assert(!store_info_read(&fixture.arena, store, &info, &fixture.err));
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "damaged"));
}
END_TEST

START_TEST(a_reader_cannot_write_or_reach_out)
{
    static const char *const attempts[] = {
        "DELETE FROM event",
        "PRAGMA query_only = 0; DELETE FROM event",
        "CREATE TABLE t (x)",
        "SELECT load_extension('x')",
        "ATTACH '/tmp/other.db' AS other",
        "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = ''",
        "SELECT \"no such column\" FROM event",
    };
    fixture_import(&fixture, events, NULL);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++)
        ck_assert_msg(!sql_run(store, attempts[i], &fixture.err), "%s", attempts[i]);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM event"), "2");
}
END_TEST

/* ---- Limits ---- */

static const char endless[] = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
                              " SELECT count(*) FROM n";

START_TEST(a_query_without_end_runs_out_of_time)
{
    int64_t number;
    fixture_import(&fixture, events, NULL);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    store_limit(store, &(struct store_limits){ .time_out = 20000 });
    ck_assert(!sql_integer(store, endless, 0, &number, &fixture.err));
    ck_assert(store_was_stopped(store));
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "broken off"));

    store_limit(store, NULL);
    ck_assert(!store_was_stopped(store));
    ck_assert(sql_integer(store, "SELECT count(*) FROM event", 0, &number, &fixture.err));
    ck_assert_int_eq(number, 2);
}
END_TEST

static atomic_bool cancel;

static void cancel_by_signal(int signal)
{
    (void)signal;
    atomic_store(&cancel, true);
}

START_TEST(a_query_without_end_can_be_cancelled)
{
    int64_t number;
    fixture_import(&fixture, events, NULL);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    store_limit(store, &(struct store_limits){ .cancel = &cancel });
    signal(SIGALRM, cancel_by_signal);
    ualarm(20000, 0);
    ck_assert(!sql_integer(store, endless, 0, &number, &fixture.err));
    ck_assert(store_was_stopped(store));
}
END_TEST

START_TEST(a_lock_is_waited_for_as_long_as_allowed)
{
    struct store_info info;
    sqlite3 *writer;
    fixture_import(&fixture, events, NULL);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert_int_eq(sqlite3_open(fixture.store_path, &writer), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(writer, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
    store_limit(store, &(struct store_limits){ .time_out = 20000 });
    ck_assert(!store_info_read(&fixture.arena, store, &info, &fixture.err));
    ck_assert(store_was_stopped(store));
    sqlite3_close(writer);

    store_limit(store, NULL);
    ck_assert(store_info_read(&fixture.arena, store, &info, &fixture.err));
    ck_assert_uint_eq(info.events, 2);
}
END_TEST

START_TEST(changes_by_others_are_seen)
{
    fixture_import(&fixture, events, NULL);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    uint64_t before = store_changes(store);
    struct file_stamp stamp = file_stamp_read(fixture.store_path);
    ck_assert_uint_eq(store_changes(store), before);

    fixture_import(&fixture, events, NULL);
    ck_assert_uint_eq(store_changes(store), before);
    ck_assert(file_stamp_equal(file_stamp_read(fixture.store_path), stamp));

    fixture_import(&fixture, "ts,case_id,activity\n2026-02-01,c9,look\n", NULL);
    ck_assert_uint_ne(store_changes(store), before);
    ck_assert(!file_stamp_equal(file_stamp_read(fixture.store_path), stamp));
}
END_TEST

Suite *store_store_suite(void)
{
    Suite *suite = suite_create("store_store");
    TCase *tests = tcase_create("store");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_new_store_is_marked_and_empty);
    tcase_add_test(tests, an_empty_file_becomes_a_store_by_importing);
    tcase_add_test(tests, names_that_sqlite_reads_otherwise_are_files);
    tcase_add_test(tests, what_is_no_store_is_named);
    tcase_add_test(tests, a_fifo_is_refused_and_not_waited_for);
    tcase_add_test(tests, versions_are_told_apart);
    tcase_add_test(tests, a_view_cannot_stand_in_for_a_table);
    tcase_add_test(tests, a_table_with_other_columns_is_refused);
    tcase_add_test(tests, tables_of_others_beside_ours_are_no_harm);
    tcase_add_test(tests, triggers_do_not_fire);
    tcase_add_test(tests, a_damaged_page_is_a_message);
    tcase_add_test(tests, a_reader_cannot_write_or_reach_out);
    tcase_add_test(tests, a_query_without_end_runs_out_of_time);
    tcase_add_test(tests, a_query_without_end_can_be_cancelled);
    tcase_add_test(tests, a_lock_is_waited_for_as_long_as_allowed);
    tcase_add_test(tests, changes_by_others_are_seen);
    suite_add_tcase(suite, tests);
    return suite;
}
