/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cases cut from what a person did: the same whatever the order the events came in, however often
 * an import was broken off.
 */

#include "suites.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
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

static const char all_cases[] =
    "SELECT group_concat(activity || ':' || coalesce(case_id, '-'), ' ')"
    " FROM (SELECT * FROM events ORDER BY ts, person_id)";

#define HOUR (INT64_C(3600) * 1000000)

/* An hour without an event ends a case. */
static const struct import_options hourly = { .case_window = HOUR };

static const char visits[] = "ts,person_id,activity\n"
                             "2026-01-05T10:00:00Z,p,a\n"
                             "2026-01-05T11:00:00Z,p,b\n"
                             "2026-01-05T11:00:01Z,q,c\n"
                             "2026-01-05T12:00:01Z,p,d\n"
                             "2026-01-05T12:30:00Z,p,e\n";

static const char cut_visits[] =
    "a:p@2026-01-05T10:00:00Z b:p@2026-01-05T10:00:00Z c:q@2026-01-05T11:00:01Z "
    "d:p@2026-01-05T12:00:01Z e:p@2026-01-05T12:00:01Z";

START_TEST(a_case_ends_where_nothing_happens_for_longer_than_the_window)
{
    struct import_report report = fixture_import(&fixture, visits, &hourly);
    ck_assert_uint_eq(report.without_case, 5);
    ck_assert_int_eq(report.case_window, HOUR);
    ck_assert_str_eq(fixture_ask(&fixture, all_cases), cut_visits);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT window FROM case_rule"), "3600000000");
}
END_TEST

START_TEST(cases_are_the_same_in_any_order_of_arrival)
{
    static const char *const rows[] = {
        "2026-01-05T10:00:00Z,p,a", "2026-01-05T11:00:00Z,p,b", "2026-01-05T11:00:01Z,q,c",
        "2026-01-05T12:00:01Z,p,d", "2026-01-05T12:30:00Z,p,e",
    };
    static const int orders[][5] = {
        { 4, 3, 2, 1, 0 }, { 0, 4, 1, 3, 2 }, { 3, 0, 4, 2, 1 }, { 2, 4, 0, 3, 1 },
    };
    for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
        unlink(fixture.store_path);
        for (int j = 0; j < 5; j++) /* each in an import of its own, which keeps the window */
            fixture_import(&fixture,
                           arena_printf(&fixture.arena, "ts,person_id,activity\n%s\n",
                                        rows[orders[i][j]]),
                           j == 0 ? &hourly : NULL);
        ck_assert_str_eq(fixture_ask(&fixture, all_cases), cut_visits);

        const char *text = "ts,person_id,activity\n";
        for (int j = 0; j < 5; j++)
            text = arena_printf(&fixture.arena, "%s%s\n", text, rows[orders[i][j]]);
        unlink(fixture.store_path);
        fixture_import(&fixture, text, &hourly);
        ck_assert_str_eq(fixture_ask(&fixture, all_cases), cut_visits);
    }
}
END_TEST

START_TEST(an_event_between_joins_two_cases)
{
    fixture_import(&fixture, visits, &hourly);
    fixture_import(&fixture, "ts,person_id,activity\n2026-01-05T11:30:00Z,p,x\n", NULL);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(DISTINCT case_id) FROM event"
                                           " WHERE person_id = 'p'"),
                     "1");
    fixture_import(&fixture, "ts,person_id,activity\n2026-01-05T09:59:00Z,p,x\n", NULL);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT group_concat(DISTINCT case_id) FROM event"
                                           " WHERE person_id = 'p'"),
                     "p@2026-01-05T09:59:00Z");
}
END_TEST

START_TEST(importing_again_cuts_nothing_anew)
{
    fixture_import(&fixture, visits, &hourly);
    struct file_stamp stamp = file_stamp_read(fixture.store_path);
    struct import_report report = fixture_import(&fixture, visits, NULL);
    ck_assert_uint_eq(report.duplicates, 5);
    ck_assert_int_eq(report.case_window, HOUR);
    ck_assert(file_stamp_equal(file_stamp_read(fixture.store_path), stamp));
}
END_TEST

START_TEST(another_window_cuts_all_cases_anew)
{
    fixture_import(&fixture, visits, &hourly);
    struct import_mapping mapping = { .case_window = 30 * HOUR, .one_off = true };
    struct import_report report =
        fixture_import(&fixture, visits, &(struct import_options){ .mapping = &mapping });
    ck_assert_uint_eq(report.duplicates, 5);
    ck_assert(report.case_window_changed);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(DISTINCT case_id) FROM event"), "2");
}
END_TEST

START_TEST(thirty_days_are_the_window_unless_told)
{
    struct import_report report = fixture_import(&fixture,
                                                 "ts,person_id,case_id,activity\n"
                                                 "2026-01-01T00:00:00Z,p,,a\n"
                                                 "2026-01-15T00:00:00Z,p,own,b\n"
                                                 "2026-01-31T00:00:00Z,p,,c\n"
                                                 "2026-03-02T00:00:01Z,p,,d\n"
                                                 "2026-03-03T00:00:01Z,,own,e\n",
                                                 NULL);
    ck_assert_uint_eq(report.without_case, 3);
    ck_assert_int_eq(report.case_window, IMPORT_CASE_WINDOW);
    ck_assert_str_eq(fixture_ask(&fixture, all_cases),
                     "a:p@2026-01-01T00:00:00Z b:own c:p@2026-01-01T00:00:00Z "
                     "d:p@2026-03-02T00:00:01Z e:own");
}
END_TEST

/* A better mapping gives an event a case of its own, or another person: the rest is cut anew. */
START_TEST(events_that_leave_are_missed)
{
    fixture_import(&fixture,
                   "event_id,ts,person_id,activity\n"
                   "1,2026-01-05T10:00:00Z,p,a\n"
                   "2,2026-01-05T10:50:00Z,p,b\n"
                   "3,2026-01-05T11:40:00Z,p,c\n",
                   &hourly);
    fixture_import(&fixture,
                   "event_id,ts,person_id,case_id,activity\n"
                   "1,2026-01-05T10:00:00Z,p,own,a\n",
                   NULL);
    ck_assert_str_eq(fixture_ask(&fixture, all_cases),
                     "a:own b:p@2026-01-05T10:50:00Z c:p@2026-01-05T10:50:00Z");
    fixture_import(&fixture,
                   "event_id,ts,person_id,activity\n"
                   "2,2026-01-05T10:50:00Z,q,b\n",
                   NULL);
    ck_assert_str_eq(fixture_ask(&fixture, all_cases),
                     "a:own b:q@2026-01-05T10:50:00Z c:p@2026-01-05T11:40:00Z");
    /* And a file that knows no cases takes none away. */
    fixture_import(&fixture,
                   "event_id,ts,person_id,activity\n"
                   "1,2026-01-05T10:00:00Z,p,a\n",
                   NULL);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT case_id FROM events WHERE event_id = '1'"),
                     "own");
}
END_TEST

START_TEST(a_preview_says_what_would_be_cut)
{
    struct import_report report;
    struct store *store;
    static const struct import_options options = { .dry_run = true };
    const char *path = fixture_write(&fixture, "visits.csv", visits, strlen(visits));
    ck_assert(store_import(&fixture.arena, NULL, path, &options, &report, &fixture.err));
    ck_assert_uint_eq(report.without_case, 5);
    ck_assert_int_eq(report.case_window, IMPORT_CASE_WINDOW);
    fixture_import(&fixture, visits, &hourly);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert(store_import(&fixture.arena, store, path, &options, &report, &fixture.err));
    ck_assert_int_eq(report.case_window, HOUR);
    ck_assert_uint_eq(report.duplicates, 5);

    struct store_info info;
    ck_assert(store_info_read(&fixture.arena, store, &info, &fixture.err));
    ck_assert_uint_eq(info.cut, 5);
    ck_assert_uint_eq(info.waiting, 0);
    ck_assert_int_eq(info.case_window, HOUR);
    store_close(store);
}
END_TEST

/* ---- Broken off ---- */

/* Persons come back out of order, so that many cases are cut behind the rows. */
static const char *write_many(int count)
{
    struct str text;
    str_init(&text);
    str_append(&text, "ts,person_id,activity\n");
    for (int i = 0; i < count; i++) {
        int at = i * 7919 % count;
        str_printf(&text, "2026-01-%02dT%02d:%02d:00Z,person %d,step %d\n", at / 1440 % 28 + 1,
                   at / 60 % 24, at % 60, at % 37, at);
    }
    const char *path = fixture_write(&fixture, "many.csv", text.text, text.length);
    str_finish(&text);
    return path;
}

static const char fingerprint[] =
    "SELECT count(*) || ' ' || count(DISTINCT case_id) || ' ' || group_concat(line) FROM (SELECT"
    " case_id, ts || person_id || activity || coalesce(case_id, '-') AS line FROM event JOIN word"
    " ON word.id = activity ORDER BY text)";

static void import_until_killed(const char *path, rlim_t bytes)
{
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child > 0) {
        int status;
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        return;
    }
    struct import_report report;
    struct import_options options = { .case_window = HOUR, .batch_rows = 150 };
    signal(SIGXFSZ, SIG_DFL);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){ .rlim_cur = bytes, .rlim_max = bytes });
    (void)!fixture_try(&fixture, path, &options, &report);
    _exit(0);
}

/* Killed wherever its file reaches a size: among the rows, and while cases are cut behind them. */
START_TEST(a_killed_import_is_completed_by_repeating)
{
    struct import_options options = { .case_window = HOUR, .batch_rows = 150 };
    struct import_report report;
    const char *path = write_many(600);
    ck_assert(fixture_try(&fixture, path, &options, &report));
    const char *wanted = fixture_ask(&fixture, fingerprint);
    rlim_t size = (rlim_t)file_stamp_read(fixture.store_path).size;
    ck_assert_uint_eq(report.taken, 600);
    for (rlim_t i = 1; i <= 4; i++) {
        unlink(fixture.store_path);
        import_until_killed(path, size * i / 5);
        ck_assert_msg(fixture_try(&fixture, path, &options, &report), "%s", fixture.err.text);
        ck_assert_str_eq(fixture_ask(&fixture, fingerprint), wanted);
        ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM event WHERE case_id IS NULL"),
                         "0");
    }
}
END_TEST

/* What such an import has left is cut by any other one. */
START_TEST(what_waits_is_cut_by_the_next_import)
{
    fixture_import(&fixture, visits, &hourly);
    fixture_change(&fixture, "UPDATE event SET case_id = NULL");
    fixture_import(&fixture, "ts,metric,value\n2026-01-05,csat,4\n", NULL);
    ck_assert_str_eq(fixture_ask(&fixture, all_cases), cut_visits);
}
END_TEST

Suite *store_cut_suite(void)
{
    Suite *suite = suite_create("store_cut");
    TCase *tests = tcase_create("cut");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60); /* many commits, on a busy machine */
    tcase_add_test(tests, a_case_ends_where_nothing_happens_for_longer_than_the_window);
    tcase_add_test(tests, cases_are_the_same_in_any_order_of_arrival);
    tcase_add_test(tests, an_event_between_joins_two_cases);
    tcase_add_test(tests, importing_again_cuts_nothing_anew);
    tcase_add_test(tests, another_window_cuts_all_cases_anew);
    tcase_add_test(tests, thirty_days_are_the_window_unless_told);
    tcase_add_test(tests, events_that_leave_are_missed);
    tcase_add_test(tests, a_preview_says_what_would_be_cut);
    tcase_add_test(tests, a_killed_import_is_completed_by_repeating);
    tcase_add_test(tests, what_waits_is_cut_by_the_next_import);
    suite_add_tcase(suite, tests);
    return suite;
}
