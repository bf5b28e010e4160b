/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>
#include <stellwerk/store/upkeep.h>

#include "../../src/store/schema.h"
#include "../../src/store/sql.h"
#include "store/fixture.h"

static struct fixture fixture;
static struct store *store;

static const char events[] = "event_id,ts,person_id,activity,touchpoint,value\n"
                             "e1,2026-01-05T10:00:00Z,p1,look,search,1\n"
                             "e2,2026-01-06T10:00:00Z,p1,pay,checkout,2\n"
                             "e3,2026-02-01T10:00:00Z,p1,pay,checkout,3\n"
                             "e4,2026-03-01T10:00:00Z,p2,pay,,4\n";

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

static void close_store(void)
{
    store_close(store);
    store = NULL;
}

static struct store_verdict verify(void)
{
    struct store_verdict verdict;
    ck_assert_msg(store_open(fixture.store_path, &store, &fixture.err), "%s", fixture.err.text);
    ck_assert_msg(store_verify(&fixture.arena, store, &verdict, &fixture.err), "%s",
                  fixture.err.text);
    close_store();
    return verdict;
}

static void expect_in_order(void)
{
    struct store_verdict verdict = verify();
    ck_assert_msg(verdict.findings.count == 0, "%s",
                  verdict.findings.count > 0 ? verdict.findings.items[0] : "");
}

static void expect_finding(const char *words)
{
    struct store_verdict verdict = verify();
    ck_assert_uint_ge(verdict.findings.count, 1);
    ck_assert_msg(strstr(verdict.findings.items[0], words) != NULL, "'%s' is not in '%s'", words,
                  verdict.findings.items[0]);
}

static void rebuild(void)
{
    open_to_write();
    ck_assert_msg(store_rebuild(store, NULL, &fixture.err), "%s", fixture.err.text);
    close_store();
}

/* ---- Documented views ---- */

START_TEST(views_have_the_columns_that_are_documented)
{
    static const struct {
        const char *view, *columns;
    } views[] = {
        { "events", "event_id,ts,person_id,case_id,session_id,activity,touchpoint,channel,persona,"
                    "context,owner,outcome,value,currency,cost,campaign,source,medium,variant,"
                    "batch" },
        { "answers", "response_id,ts,person_id,case_id,touchpoint,metric,aspect,kind,value,"
                     "scale_min,scale_max,text,channel,persona,context,variant,batch" },
        { "observations", "metric,touchpoint,persona,channel,context,period_start,period_end,"
                          "value,n,sd,num,den,loaded_at,batch" },
        { "paths", "path,conversions,value,nulls,period_start,period_end,batch" },
        { "batches", "id,file,kind,preset,mapping,digest,started,complete,records,taken,updated,"
                     "duplicates,rejected,missing,version" },
    };
    open_to_write();
    close_store();
    for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++) {
        const char *sql =
            arena_printf(&fixture.arena, "SELECT group_concat(name) FROM pragma_table_info('%s')",
                         views[i].view);
        ck_assert_str_eq(fixture_ask(&fixture, sql), views[i].columns);
    }
}
END_TEST

/* ---- Verifying and making anew ---- */

START_TEST(a_store_is_in_order)
{
    fixture_import(&fixture, events, NULL);
    expect_in_order();
    struct store_verdict verdict = verify();
    ck_assert_uint_eq(verdict.rows, 4);
    /* Of each of the four series and months: its rows, its value, the bins of that, and the same by
     * week and by month; two cases, and what the one at touchpoints was worth. */
    ck_assert_uint_eq(verdict.parts, 27);
}
END_TEST

static const struct {
    const char *harm, *words;
} harms[] = {
    { "UPDATE event SET value = 9 WHERE event_id = 'e1'", "rollup of events" },
    { "DELETE FROM rollup", "rollup of events" },
    { "INSERT INTO rollup_stale VALUES ('event', 1, 24312)", "not up to date" },
    { "DELETE FROM derived", "not up to date" },
    { "DROP VIEW events", "'events' is not as" },
    { "DROP VIEW events; CREATE VIEW events AS SELECT 1", "'events' is not as" },
    { "DROP INDEX event_by_person", "'event_by_person' is not as" },
    { "DELETE FROM index_run WHERE name = 'key'", "index of keys is wrong in 4 places" },
    { "DELETE FROM index_run WHERE name = 'place'", "touchpoints and times is wrong in 4" },
    { "UPDATE event SET ts = ts + 1 WHERE event_id = 'e3'", "times is wrong in 1 place;" },
    { "DELETE FROM event WHERE event_id = 'e4'", "index of keys is wrong in 1 place;" },
    { "UPDATE index_part SET entries = x'00'", "indexes of the store" },
};

START_TEST(harm_is_found_and_mended)
{
    fixture_import(&fixture, events, NULL);
    fixture_change(&fixture, harms[_i].harm);
    expect_finding(harms[_i].words);
    rebuild();
    expect_in_order();
}
END_TEST

START_TEST(foreign_words_are_found)
{
    fixture_import(&fixture, events, NULL);
    fixture_change(&fixture, "UPDATE event SET channel = 4711");
    expect_finding("'event' names something");
}
END_TEST

START_TEST(a_damaged_file_is_found)
{
    long page = 0;
    fixture_import(&fixture, events, NULL);
    sscanf(fixture_ask(&fixture, "SELECT rootpage FROM sqlite_schema WHERE name ="
                                 " 'event_by_person'"),
           "%ld", &page);
    FILE *file = fopen(fixture.store_path, "r+");
    ck_assert_int_eq(fseek(file, (page - 1) * 4096 + 8, SEEK_SET), 0);
    fputs("\1\1\1\1", file);
    fclose(file);
    expect_finding("damaged");
}
END_TEST

/* ---- Pruning ---- */

static struct store_pruned prune(struct store_prune what)
{
    struct store_pruned pruned;
    open_to_write();
    ck_assert_msg(store_prune(store, &what, &pruned, &fixture.err), "%s", fixture.err.text);
    close_store();
    return pruned;
}

static int32_t day(const char *text)
{
    int32_t day;
    ck_assert(time_parse_day(text, &day));
    return day;
}

START_TEST(old_rows_go)
{
    fixture_import(&fixture, events, NULL);
    struct store_prune what = { .by_day = true, .before = day("2026-01-06"), .dry_run = true };
    ck_assert_uint_eq(prune(what).events, 1);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM event"), "4");
    what.dry_run = false;
    ck_assert_uint_eq(prune(what).events, 1);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT group_concat(event_id) FROM event"), "e2,e3,e4");
    /* What is left of the person's case begins later. */
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT case_id FROM event WHERE event_id = 'e2'"),
                     "p1@2026-01-06T10:00:00Z");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT date(oldest / 1e6, 'unixepoch') FROM batch"),
                     "2026-01-06");
    expect_in_order();
}
END_TEST

START_TEST(the_rows_of_an_import_go)
{
    fixture_import(&fixture, events, NULL);
    fixture_import(&fixture, "response_id,ts,touchpoint,metric,value\nr1,2026-01-05,search,nps,9\n",
                   NULL);
    ck_assert_uint_eq(prune((struct store_prune){ .batch = 2 }).answers, 1);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM answer"), "0");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM batch"), "1");
    ck_assert_uint_eq(prune((struct store_prune){ .batch = 1 }).events, 4);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM series"), "0");
    expect_in_order();
}
END_TEST

static bool is_in_file(const char *text)
{
    const char *bytes;
    size_t length;
    ck_assert(file_read(&fixture.arena, fixture.store_path, SIZE_MAX / 2, &bytes, &length,
                        &fixture.err));
    return memmem(bytes, length, text, strlen(text)) != NULL;
}

/* Who must be forgotten is. */
START_TEST(what_was_pruned_is_not_in_the_file)
{
    fixture_import(&fixture, events, NULL);
    fixture_import(&fixture, "ts,person_id,activity,touchpoint\n2026-01-05,somebody-7731,look,a\n",
                   NULL);
    ck_assert(is_in_file("somebody-7731"));
    prune((struct store_prune){ .batch = 2 });
    ck_assert(!is_in_file("somebody-7731"));
}
END_TEST

START_TEST(the_file_gets_smaller)
{
    struct str text;
    str_init(&text);
    str_append(&text, "ts,case_id,activity,touchpoint\n");
    for (int i = 0; i < 2000; i++)
        str_printf(&text, "2026-01-05T10:00:00Z,case %d of many,look,search\n", i);
    fixture_import(&fixture, text.text, NULL);
    str_finish(&text);
    struct store_pruned pruned = prune((struct store_prune){ .batch = 1 });
    ck_assert_uint_eq(pruned.events, 2000);
    ck_assert_uint_lt(pruned.bytes_after, pruned.bytes_before);
}
END_TEST

/* ---- Older versions ---- */

/* SQLite saw to the keys of events up to version 5, and knew them by touchpoint and time. */
static void make_version_5(void)
{
    const char *event = fixture_ask(&fixture, "SELECT replace(sql, 'key BLOB NOT NULL', 'key BLOB"
                                              " NOT NULL UNIQUE') FROM sqlite_schema"
                                              " WHERE name = 'event'");
    ck_assert_ptr_nonnull(strstr(event, "UNIQUE"));
    fixture_change(&fixture, "DROP TABLE index_run; DROP TABLE index_part;"
                             "DROP INDEX event_by_person; DROP INDEX event_without_case;"
                             "PRAGMA legacy_alter_table = 1;"
                             "ALTER TABLE event RENAME TO event_of_now");
    fixture_change(&fixture, event);
    fixture_change(&fixture,
                   "INSERT INTO event SELECT * FROM event_of_now; DROP TABLE event_of_now;"
                   "CREATE INDEX event_by_touchpoint ON event (touchpoint, ts);"
                   "CREATE INDEX event_off_map ON event (activity, ts) WHERE touchpoint IS NULL;"
                   "CREATE INDEX event_by_person ON event (person_id, ts) WHERE cut = 1;"
                   "CREATE INDEX event_without_case ON event (person_id)"
                   " WHERE cut = 1 AND case_id IS NULL; PRAGMA user_version = 5");
}

static void make_version_2(void)
{
    fixture_change(&fixture,
                   "DROP VIEW paths; DROP TABLE path; DROP TABLE rollup; DROP TABLE rollup_bins;"
                   "DROP TABLE rollup_stale; DROP TABLE series; DROP TABLE derived;"
                   "DROP INDEX event_by_touchpoint; DROP INDEX answer_by_touchpoint;"
                   "DROP INDEX event_off_map; PRAGMA user_version = 2;"
                   "CREATE INDEX event_by_touchpoint ON event (touchpoint, activity, ts, value,"
                   " persona, context, outcome, channel);"
                   "CREATE INDEX answer_by_metric ON answer (metric, touchpoint, kind, ts, value,"
                   " scale_min, scale_max, persona, context)");
}

static void make_version_1(void)
{
    fixture_change(&fixture, "DROP INDEX event_by_person; DROP INDEX event_without_case;"
                             "DROP TABLE case_rule; UPDATE event SET case_id = NULL;"
                             "DROP VIEW events; ALTER TABLE event DROP COLUMN cut;"
                             "PRAGMA user_version = 1");
}

/* The store as an older version made it. */
static void make_old(int version)
{
    fixture_import(&fixture, events, NULL);
    make_version_5();
    if (version <= 2)
        make_version_2();
    if (version == 1)
        make_version_1();
}

static const int old_versions[] = { 1, 2, 5 };

START_TEST(older_stores_are_brought_to_this_version)
{
    struct store_migration migration;
    struct stat before, after;
    const int version = old_versions[_i];
    make_old(version);
    ck_assert_int_eq(chmod(fixture.store_path, 0640), 0);
    ck_assert(!store_open(fixture.store_path, &store, &fixture.err));
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "stellwerk store rebuild"));
    ck_assert_int_eq(stat(fixture.store_path, &before), 0);

    ck_assert_msg(store_migrate(&fixture.arena, fixture.store_path, &migration, &fixture.err), "%s",
                  fixture.err.text);
    ck_assert_int_eq(migration.from, version);
    ck_assert_ptr_nonnull(
        strstr(migration.kept, arena_printf(&fixture.arena, ".schema%d", version)));
    ck_assert_int_eq(stat(fixture.store_path, &after), 0);
    ck_assert_int_eq(after.st_mode, before.st_mode);
    ck_assert_int_eq(stat(migration.kept, &after), 0);
    ck_assert_uint_eq(after.st_ino, before.st_ino);

    /* Knows the rows; cuts the cases and makes the rollups where there were none. */
    ck_assert_uint_eq(fixture_import(&fixture, events, NULL).taken, 0);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT group_concat(event_id) FROM event"),
                     "e1,e2,e3,e4");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(DISTINCT case_id) FROM event"), "2");
    expect_in_order();

    ck_assert(store_migrate(&fixture.arena, fixture.store_path, &migration, &fixture.err));
    ck_assert_int_eq(migration.from, 0);
}
END_TEST

START_TEST(a_kept_copy_is_never_overwritten)
{
    struct store_migration migration;
    make_old(2);
    const char *taken = arena_printf(&fixture.arena, "%s.schema2", fixture.store_path);
    FILE *file = fopen(taken, "w");
    fputs("mine", file);
    fclose(file);
    ck_assert(store_migrate(&fixture.arena, fixture.store_path, &migration, &fixture.err));
    ck_assert_ptr_nonnull(strstr(migration.kept, ".schema2.2"));
    struct stat status;
    ck_assert_int_eq(stat(taken, &status), 0);
    ck_assert_int_eq(status.st_size, 4);
}
END_TEST

START_TEST(what_is_no_older_store_is_left_alone)
{
    struct store_migration migration;
    const char *none = fixture_path(&fixture, "none.db");
    ck_assert(store_migrate(&fixture.arena, none, &migration, &fixture.err));
    ck_assert_int_eq(migration.from, 0);
    ck_assert_int_ne(access(none, F_OK), 0);
    const char *text = fixture_write(&fixture, "text.db", "no store at all", 15);
    ck_assert(store_migrate(&fixture.arena, text, &migration, &fixture.err));
    ck_assert_int_eq(migration.from, 0);
}
END_TEST

Suite *store_upkeep_suite(void)
{
    Suite *suite = suite_create("store_upkeep");
    TCase *tests = tcase_create("upkeep");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, views_have_the_columns_that_are_documented);
    tcase_add_test(tests, a_store_is_in_order);
    tcase_add_loop_test(tests, harm_is_found_and_mended, 0, sizeof(harms) / sizeof(harms[0]));
    tcase_add_test(tests, foreign_words_are_found);
    tcase_add_test(tests, a_damaged_file_is_found);
    tcase_add_test(tests, old_rows_go);
    tcase_add_test(tests, the_rows_of_an_import_go);
    tcase_add_test(tests, what_was_pruned_is_not_in_the_file);
    tcase_add_test(tests, the_file_gets_smaller);
    tcase_add_loop_test(tests, older_stores_are_brought_to_this_version, 0,
                        sizeof(old_versions) / sizeof(old_versions[0]));
    tcase_add_test(tests, a_kept_copy_is_never_overwritten);
    tcase_add_test(tests, what_is_no_older_store_is_left_alone);
    suite_add_tcase(suite, tests);
    return suite;
}
