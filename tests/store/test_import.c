/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>
#include <stellwerk/store/info.h>

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

static void expect_counts(const struct import_report *report, uint64_t records, uint64_t taken,
                          uint64_t updated, uint64_t duplicates, uint64_t rejected)
{
    ck_assert_uint_eq(report->records, records);
    ck_assert_uint_eq(report->taken, taken);
    ck_assert_uint_eq(report->updated, updated);
    ck_assert_uint_eq(report->duplicates, duplicates);
    ck_assert_uint_eq(report->rejected, rejected);
}

static const char events[] = "ts,case_id,activity,touchpoint,channel,value\n"
                             "2026-01-05T10:00:00Z,c1,look,search,web,\n"
                             "2026-01-05T12:30:00+02:00,c1,pay,checkout,web,12.5\n"
                             "2026-01-06,c2,look,search,app,\n";

/* ---- What lands in the store ---- */

START_TEST(events_are_stored_as_the_file_says)
{
    struct import_report report = fixture_import(&fixture, events, NULL);
    expect_counts(&report, 3, 3, 0, 0, 0);
    ck_assert_int_eq(report.as, IMPORT_EVENTS);
    ck_assert_uint_eq(report.batch, 1);
    ck_assert(report.complete);
    ck_assert_str_eq(report.time_format, "iso");
    ck_assert_str_eq(
        fixture_ask(&fixture, "SELECT group_concat(ts || ' ' || case_id || ' ' || activity || ' '"
                              " || touchpoint || ' ' || channel || ' ' || coalesce(value, '-'),"
                              " '; ') FROM (SELECT * FROM events ORDER BY ts, case_id)"),
        "2026-01-05T10:00:00.000Z c1 look search web -; "
        "2026-01-05T10:30:00.000Z c1 pay checkout web 12.5; "
        "2026-01-06T00:00:00.000Z c2 look search app -");
    ck_assert_uint_eq(report.touchpoints.count, 2);
    ck_assert_str_eq(report.touchpoints.items[0].text, "search");
    ck_assert_uint_eq(report.touchpoints.items[0].count, 2);
    ck_assert_uint_eq(report.unassigned_rows, 0);
}
END_TEST

START_TEST(answers_are_stored_as_the_file_says)
{
    struct import_report report =
        fixture_import(&fixture,
                       "response_id,ts,touchpoint,metric,kind,value,scale_min,scale_max,text\n"
                       "r1,2026-01-05,search,csat,,4,1,5,\"good, really\"\n"
                       "r1,2026-01-05,search,csat,expectation,5,1,5,\n"
                       "r2,2026-01-05,search,why,,,,,too slow\n",
                       NULL);
    expect_counts(&report, 3, 3, 0, 0, 0);
    ck_assert_int_eq(report.as, IMPORT_ANSWERS);
    ck_assert_str_eq(fixture_ask(&fixture,
                                 "SELECT group_concat(response_id || ' ' || metric || ' ' || kind"
                                 " || ' ' || coalesce(value, '-') || ' ' || coalesce(text, '-'),"
                                 " '; ') FROM (SELECT * FROM answers ORDER BY response_id, kind)"),
                     "r1 csat expectation 5.0 -; r1 csat experience 4.0 good, really; "
                     "r2 why experience - too slow");
}
END_TEST

START_TEST(observations_fill_in_what_follows)
{
    struct import_report report =
        fixture_import(&fixture,
                       "metric,touchpoint,period_start,period_end,value,n,sd,num,den\n"
                       "punctual,platform,2026-01-01,2026-01-31,,,,75,100\n"
                       "delay,platform,2026-02-01,,3.5,10,1.5,,\n",
                       NULL);
    expect_counts(&report, 2, 2, 0, 0, 0);
    ck_assert_int_eq(report.as, IMPORT_OBSERVATIONS);
    ck_assert_str_eq(fixture_ask(&fixture,
                                 "SELECT group_concat(metric || ' ' || period_start || ' '"
                                 " || period_end || ' ' || value || ' ' || n, '; ') FROM"
                                 " (SELECT * FROM observations ORDER BY period_start)"),
                     "punctual 2026-01-01 2026-01-31 0.75 100; delay 2026-02-01 2026-02-01 3.5 10");
}
END_TEST

/* ---- Importing again ---- */

START_TEST(importing_again_changes_no_byte)
{
    fixture_import(&fixture, events, NULL);
    struct file_stamp stamp = file_stamp_read(fixture.store_path);
    struct import_report report = fixture_import(&fixture, events, NULL);
    expect_counts(&report, 3, 0, 0, 3, 0);
    ck_assert_uint_eq(report.batch, 0);
    ck_assert_uint_eq(report.seen_in_batch, 1);
    ck_assert(file_stamp_equal(file_stamp_read(fixture.store_path), stamp));
}
END_TEST

START_TEST(an_overlapping_file_adds_what_is_new)
{
    fixture_import(&fixture, events, NULL);
    struct import_report report = fixture_import(&fixture,
                                                 "ts,case_id,activity,touchpoint,channel,value\n"
                                                 "2026-01-06,c2,look,search,app,\n"
                                                 "2026-01-07,c2,pay,checkout,app,5\n",
                                                 NULL);
    expect_counts(&report, 2, 1, 0, 1, 0);
    ck_assert_uint_eq(report.seen_in_batch, 0);
}
END_TEST

START_TEST(an_id_is_one_events_alone_together_with_its_time)
{
    fixture_import(&fixture, "event_id,ts,case_id,activity\n1,2026-01-05,c1,look\n", NULL);
    struct import_report report = fixture_import(&fixture,
                                                 "event_id,ts,case_id,activity\n"
                                                 "1,2026-01-05,c1,look\n"
                                                 "1,2026-03-05,x9,call\n",
                                                 NULL);
    expect_counts(&report, 2, 1, 0, 1, 0);
}
END_TEST

START_TEST(a_row_that_says_more_updates_the_stored_one)
{
    fixture_import(&fixture, "event_id,ts,case_id,activity\n1,2026-01-05,c1,look\n", NULL);
    static const char more[] = "event_id,ts,case_id,activity,persona,value\n"
                               "1,2026-01-05,c1,look,anna,7\n";
    struct import_report report = fixture_import(&fixture, more, NULL);
    expect_counts(&report, 1, 0, 1, 0, 0);
    report = fixture_import(&fixture, more, NULL);
    expect_counts(&report, 1, 0, 0, 1, 0);
    /* And what says less takes nothing away. */
    report = fixture_import(&fixture, "event_id,ts,case_id,activity\n1,2026-01-05,c1,look\n", NULL);
    expect_counts(&report, 1, 0, 0, 1, 0);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT persona || value FROM events"), "anna7.0");
}
END_TEST

START_TEST(equal_answers_of_nobody_in_particular_all_count)
{
    static const char three[] = "ts,touchpoint,metric,value\n"
                                "2026-01-05,search,csat,4\n"
                                "2026-01-05,search,csat,4\n"
                                "2026-01-05,search,csat,5\n";
    struct import_report report = fixture_import(&fixture, three, NULL);
    expect_counts(&report, 3, 3, 0, 0, 0);
    report = fixture_import(&fixture, three, NULL);
    expect_counts(&report, 3, 0, 0, 3, 0);
    report = fixture_import(&fixture,
                            "ts,touchpoint,metric,value\n"
                            "2026-01-05,search,csat,4\n"
                            "2026-01-05,search,csat,4\n"
                            "2026-01-05,search,csat,4\n",
                            NULL);
    expect_counts(&report, 3, 1, 0, 2, 0);
}
END_TEST

START_TEST(equal_rows_with_an_identity_are_one)
{
    struct import_report report = fixture_import(&fixture,
                                                 "ts,person_id,touchpoint,metric,value\n"
                                                 "2026-01-05,p1,search,csat,4\n"
                                                 "2026-01-05,p1,search,csat,4\n",
                                                 NULL);
    expect_counts(&report, 2, 1, 0, 1, 0);
}
END_TEST

START_TEST(the_newest_observation_wins)
{
    static const char old[] = "metric,touchpoint,period_start,value,n,sd\nd,t,2026-01-01,3,10,1\n";
    static const char new[] = "metric,touchpoint,period_start,value,n\nd,t,2026-01-01,4,12\n";
    fixture_import(&fixture, old, NULL);
    struct import_report report = fixture_import(&fixture, new, NULL);
    expect_counts(&report, 1, 0, 1, 0, 0);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT value || ' ' || n || ' ' || (sd IS NULL)"
                                           " || ' ' || batch FROM observations"),
                     "4.0 12 1 2");
    report = fixture_import(&fixture, new, NULL);
    expect_counts(&report, 1, 0, 0, 1, 0);
}
END_TEST

/* ---- Breaking off ---- */

static const char *write_many(const char *name, int count)
{
    struct str text;
    str_init(&text);
    str_append(&text, "ts,case_id,activity,touchpoint\n");
    for (int i = 0; i < count; i++)
        str_printf(&text, "2026-01-%02d,case %d,look %d,search\n", i % 28 + 1, i, i % 7);
    const char *path = fixture_write(&fixture, name, text.text, text.length);
    str_finish(&text);
    return path;
}

static const char all_rows[] = "SELECT count(*) || ' ' || count(DISTINCT key) || ' '"
                               " || count(DISTINCT case_id) FROM event";

struct canceller {
    atomic_bool cancel;
    int calls_left;
};

static void cancel_later(const struct import_progress *progress, void *data)
{
    struct canceller *canceller = data;
    ck_assert_uint_gt(progress->bytes, 0);
    if (--canceller->calls_left == 0)
        atomic_store(&canceller->cancel, true);
}

/* Broken off after each thousand records, before or behind a commit, and then run to the end. */
START_TEST(a_broken_off_import_is_completed_by_repeating)
{
    const char *path = write_many("many.csv", 2500);
    for (int calls = 1; calls <= 2; calls++) {
        struct canceller canceller = { .calls_left = calls };
        struct import_options options = {
            .cancel = &canceller.cancel,
            .watch = cancel_later,
            .watch_data = &canceller,
            .batch_rows = 900,
        };
        struct import_report report;
        unlink(fixture.store_path);
        ck_assert(fixture_try(&fixture, path, &options, &report));
        ck_assert(!report.complete);
        ck_assert_str_eq(fixture.err.text, "");
        expect_counts(&report, (uint64_t)calls * 1000, (uint64_t)calls * 1000, 0, 0, 0);
        ck_assert_str_eq(fixture_ask(&fixture, "SELECT complete FROM batch"), "0");

        ck_assert(fixture_try(&fixture, path, NULL, &report));
        ck_assert(report.complete);
        expect_counts(&report, 2500, 2500 - (uint64_t)calls * 1000, 0, (uint64_t)calls * 1000, 0);
        ck_assert_str_eq(fixture_ask(&fixture, all_rows), "2500 2500 2500");
    }
}
END_TEST

/* Bytes of a file that has room for one batch of 900 rows and not for 2500. */
static rlim_t bytes_of_some(void)
{
    struct store *store;
    struct stat status;
    ck_assert(store_create(fixture.store_path, &store, &fixture.err));
    store_close(store);
    ck_assert_int_eq(stat(fixture.store_path, &status), 0);
    return (rlim_t)status.st_size + 200000;
}

static void limit_files(rlim_t bytes, rlim_t most)
{
    ck_assert_int_eq(
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){ .rlim_cur = bytes, .rlim_max = most }), 0);
}

/* Killed for good: what was committed is there, and nothing else. */
START_TEST(a_killed_import_leaves_whole_batches)
{
    const char *path = write_many("many.csv", 2500);
    rlim_t bytes = bytes_of_some();
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        struct import_report report;
        struct canceller canceller = { .calls_left = 100 };
        struct import_options options = {
            .watch = cancel_later,
            .watch_data = &canceller,
            .batch_rows = 900,
        };
        signal(SIGXFSZ, SIG_DFL);
        limit_files(bytes, bytes);
        (void)!fixture_try(&fixture, path, &options, &report);
        _exit(0);
    }
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ);

    /* Only who may write can take back the half of a batch: a reader says so. */
    struct store *store;
    ck_assert(!store_open(fixture.store_path, &store, &fixture.err));
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "broken off by a crash"));

    struct import_report report;
    ck_assert(fixture_try(&fixture, path, NULL, &report));
    ck_assert_uint_gt(report.duplicates, 0);
    ck_assert_uint_eq(report.duplicates % 900, 0);
    ck_assert_uint_eq(report.taken, 2500 - report.duplicates);
    ck_assert_str_eq(fixture_ask(&fixture, all_rows), "2500 2500 2500");
}
END_TEST

START_TEST(a_full_disk_is_a_message_and_keeps_what_was_committed)
{
    const char *path = write_many("many.csv", 2500);
    struct import_options options = { .batch_rows = 900 };
    struct import_report report;
    struct rlimit before;
    getrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, SIG_IGN);
    limit_files(bytes_of_some(), before.rlim_max);
    ck_assert(!fixture_try(&fixture, path, &options, &report));
    setrlimit(RLIMIT_FSIZE, &before);
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "store.db"));
    ck_assert_uint_gt(report.taken, 0);
    ck_assert_uint_eq(report.taken % 900, 0);
    const char *sql =
        arena_printf(&fixture.arena, "SELECT count(*) = %d FROM event", (int)report.taken);
    ck_assert_str_eq(fixture_ask(&fixture, sql), "1");
    ck_assert(fixture_try(&fixture, path, &options, &report));
    ck_assert_str_eq(fixture_ask(&fixture, all_rows), "2500 2500 2500");
}
END_TEST

/* ---- Previews ---- */

START_TEST(a_table_in_the_way_is_a_message)
{
    struct import_report report;
    fixture_import(&fixture, events, NULL);
    fixture_change(&fixture, "CREATE TABLE Incoming (key)");
    const char *more = fixture_write(&fixture, "more.csv", events, sizeof(events) - 1);
    ck_assert(!fixture_try(&fixture, more, NULL, &report));
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "has a table 'incoming'"));
}
END_TEST

START_TEST(a_dry_run_needs_and_makes_no_store)
{
    static const struct import_options options = { .dry_run = true };
    struct import_report report;
    const char *path = fixture_write(&fixture, "twice.csv",
                                     "ts,case_id,activity\n2026-01-05,c1,look\n"
                                     "2026-01-05,c1,look\n2026-01-06,,pay\n",
                                     75 - 1);
    ck_assert_msg(store_import(&fixture.arena, NULL, path, &options, &report, &fixture.err), "%s",
                  fixture.err.text);
    expect_counts(&report, 3, 1, 0, 1, 1);
    ck_assert_uint_eq(report.batch, 0);
    ck_assert_int_ne(access(fixture.store_path, F_OK), 0);
}
END_TEST

START_TEST(a_dry_run_compares_with_the_store_and_leaves_it)
{
    static const struct import_options options = { .dry_run = true };
    struct import_report report;
    struct store *store;
    fixture_import(&fixture, events, NULL);
    struct file_stamp stamp = file_stamp_read(fixture.store_path);
    static const char more[] = "event_id,ts,case_id,activity,touchpoint,channel,value\n"
                               "e1,2026-02-05,c1,look,search,web,\n";
    const char *path = fixture_write(&fixture, "more.csv", more, strlen(more));
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert(store_import(&fixture.arena, store, path, &options, &report, &fixture.err));
    expect_counts(&report, 1, 1, 0, 0, 0);
    path = fixture_write(&fixture, "same.csv", events, strlen(events));
    ck_assert(store_import(&fixture.arena, store, path, &options, &report, &fixture.err));
    expect_counts(&report, 3, 0, 0, 3, 0);
    ck_assert_uint_eq(report.seen_in_batch, 1);
    store_close(store);
    ck_assert(file_stamp_equal(file_stamp_read(fixture.store_path), stamp));
}
END_TEST

/* ---- Rejects ---- */

START_TEST(rejected_rows_go_to_their_file)
{
    const char *path = fixture_path(&fixture, "rejects.csv");
    struct rejects *rejects = rejects_create(path);
    struct import_options options = { .rejects = rejects };
    struct import_report report = fixture_import(&fixture,
                                                 "ts,case_id,activity\n"
                                                 "2026-01-05,c1,look\n"
                                                 "soon,c1,\"look, and \"\"see\"\"\"\n"
                                                 "2026-01-05,c1,\"open\n",
                                                 &options);
    expect_counts(&report, 3, 1, 0, 0, 2);
    ck_assert_uint_eq(rejects_count(rejects), 2);
    ck_assert(rejects_close(rejects, &fixture.err));
    ck_assert_uint_eq(report.reject_count, 2);
    ck_assert_uint_eq(report.rejects[0].line, 3);
    ck_assert_str_eq(report.rejects[0].reason,
                     "'soon' is not a time written as the others are (iso)");

    char *text = read_whole(path);
    const char *file = fixture_path(&fixture, "import.csv");
    const char *expected =
        arena_printf(&fixture.arena,
                     "file,line,reason,record\n"
                     "\"%s\",3,\"'soon' is not a time written as the others are (iso)\","
                     "\"soon,c1,\"\"look, and \"\"\"\"see\"\"\"\"\"\"\"\n"
                     "\"%s\",4,\"a quote is opened and never closed\",\"2026-01-05,c1,\"\"open\"\n",
                     file, file);
    ck_assert_str_eq(text, expected);
    free(text);
}
END_TEST

START_TEST(without_rejects_there_is_no_reject_file)
{
    const char *path = fixture_path(&fixture, "rejects.csv");
    struct rejects *rejects = rejects_create(path);
    fixture_import(&fixture, events, &(struct import_options){ .rejects = rejects });
    ck_assert(rejects_close(rejects, &fixture.err));
    ck_assert_int_ne(access(path, F_OK), 0);
}
END_TEST

START_TEST(a_reject_file_that_cannot_be_written_stops_the_import)
{
    struct import_report report;
    const char *path = fixture_write(&fixture, "bad.csv", "ts,case_id,activity\nx,c,a\n", 26);
    struct rejects *rejects = rejects_create(fixture.folder);
    struct import_options options = { .rejects = rejects };
    ck_assert(!fixture_try(&fixture, path, &options, &report));
    ck_assert_ptr_nonnull(strstr(fixture.err.text, fixture.folder));
    ck_assert(rejects_close(rejects, &fixture.err));
}
END_TEST

Suite *store_import_suite(void)
{
    Suite *suite = suite_create("store_import");
    TCase *tests = tcase_create("import");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60); /* thousands of rows and their commits, on a busy machine */
    tcase_add_test(tests, events_are_stored_as_the_file_says);
    tcase_add_test(tests, answers_are_stored_as_the_file_says);
    tcase_add_test(tests, observations_fill_in_what_follows);
    tcase_add_test(tests, importing_again_changes_no_byte);
    tcase_add_test(tests, an_overlapping_file_adds_what_is_new);
    tcase_add_test(tests, an_id_is_one_events_alone_together_with_its_time);
    tcase_add_test(tests, a_row_that_says_more_updates_the_stored_one);
    tcase_add_test(tests, equal_answers_of_nobody_in_particular_all_count);
    tcase_add_test(tests, equal_rows_with_an_identity_are_one);
    tcase_add_test(tests, the_newest_observation_wins);
    tcase_add_test(tests, a_broken_off_import_is_completed_by_repeating);
    tcase_add_test(tests, a_killed_import_leaves_whole_batches);
    tcase_add_test(tests, a_full_disk_is_a_message_and_keeps_what_was_committed);
    tcase_add_test(tests, a_table_in_the_way_is_a_message);
    tcase_add_test(tests, a_dry_run_needs_and_makes_no_store);
    tcase_add_test(tests, a_dry_run_compares_with_the_store_and_leaves_it);
    tcase_add_test(tests, rejected_rows_go_to_their_file);
    tcase_add_test(tests, without_rejects_there_is_no_reject_file);
    tcase_add_test(tests, a_reject_file_that_cannot_be_written_stops_the_import);
    suite_add_tcase(suite, tests);
    return suite;
}
