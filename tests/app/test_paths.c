/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Paths, Case and Attribution views over a store with cases. */

#include "../suites.h"
#include "workbench.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/scene/attribution.h>
#include <stellwerk/scene/story.h>
#include <stellwerk/store/import.h>

static struct workbench bench;

/* Ninety cases: a third goes straight to the end, a third gives up at the form, and a third phones
 * on the way. */
static void write_log(struct str *out)
{
    str_append(out, "ts,case_id,touchpoint,activity,channel,persona\n");
    for (int i = 0; i < 90; i++) {
        const char *who = i % 2 == 0 ? "ada" : "bo";
        int day = i % 28 + 1;
        str_printf(out, "2026-03-%02dT08:00:00,k%d,search,search,web,%s\n", day, i, who);
        str_printf(out, "2026-03-%02dT08:10:00,k%d,form,form,web,%s\n", day, i, who);
        if (i % 3 == 1)
            continue;
        if (i % 3 == 2)
            str_printf(out, "2026-03-%02dT09:00:00,k%d,,phones,desk,%s\n", day, i, who);
        static const char *const rest[] = { "queue", "desk", "payment", "letter", "review" };
        for (int k = 0; k < 5; k++)
            str_printf(out, "2026-03-%02dT1%d:00:00,k%d,%s,%s,desk,%s\n", day, k, i, rest[k],
                       rest[k], who);
    }
}

static void set_up(void)
{
    struct str text;
    struct arena arena = { 0 };
    struct import_options options = { .as = IMPORT_EVENTS };
    struct import_report report;
    struct store *store = NULL;
    struct error err;
    workbench_open(&bench, true);
    str_init(&text);
    write_log(&text);
    const char *path = arena_printf(&arena, "%s/log.csv", bench.folder);
    workbench_write(&bench, path, text.text);
    error_init(&err);
    ck_assert_msg(store_create(bench.store, &store, &err), "%s", err.text);
    ck_assert_msg(store_import(&arena, store, path, &options, &report, &err), "%s", err.text);
    ck_assert_uint_eq(report.rejected, 0);
    store_close(store);
    str_finish(&text);
    arena_finish(&arena);
    workbench_press(&bench, "5");
    workbench_settle(&bench);
}

static void tear_down(void)
{
    workbench_close(&bench);
}

static bool shows(const char *wanted)
{
    workbench_draw(&bench);
    for (int row = 0; row < bench.rows; row++)
        if (strstr(workbench_row(&bench, row), wanted) != NULL)
            return true;
    return false;
}

static void press(const char *keys)
{
    workbench_draw(&bench);
    workbench_press(&bench, keys);
    workbench_settle(&bench);
    workbench_draw(&bench);
}

START_TEST(test_a_way_opens_a_case_and_the_next)
{
    ck_assert(shows("90 cases"));
    press("Enter");
    ck_assert_int_eq(session_mode(bench.session), MODE_CASE);
    ck_assert(shows("1 of 30 cases that went this way"));
    ck_assert(shows("Case k"));
    press("n");
    ck_assert(shows("2 of 30 cases that went this way"));
    press("N N");
    ck_assert(shows("1 of 30 cases that went this way"));
    ck_assert_ptr_nonnull(strstr(bench.session->message, "the first of these cases"));
    press("Esc");
    ck_assert_int_eq(session_mode(bench.session), MODE_PATHS);
    ck_assert(shows("90 cases"));
}
END_TEST

START_TEST(test_what_is_picked_moves_along_and_scrolls)
{
    ck_assert_int_eq(bench.session->options.pick, 0);
    for (int i = 0; i < 40; i++)
        press("Down");
    ck_assert_int_gt(bench.session->options.pick, 2);
    ck_assert_int_gt(bench.session->options.scroll, 5);
    int pick = bench.session->options.pick, scroll = bench.session->options.scroll;
    press("Enter");
    ck_assert(shows(" of "));
    press("Esc");
    ck_assert_int_eq(bench.session->options.pick, pick);
    ck_assert_int_eq(bench.session->options.scroll, scroll);
    press("g");
    ck_assert_int_eq(bench.session->options.scroll, 0);
    press("G");
    ck_assert_int_gt(bench.session->options.scroll, scroll);
    press("PgUp PgUp PgUp PgUp PgUp");
    ck_assert_int_eq(bench.session->options.scroll, 0);
}
END_TEST

START_TEST(test_a_case_by_its_name)
{
    struct error err;
    error_init(&err);
    ck_assert(session_command(bench.session, "case k4", &err));
    workbench_settle(&bench);
    ck_assert(shows("Case k4 · Ada"));
    ck_assert(shows("still open: it has not met"));
    ck_assert(session_command(bench.session, "case nobody", &err));
    workbench_settle(&bench);
    ck_assert(shows("the store does not have this case"));
    ck_assert(!session_command(bench.session, "case next", &err));
    ck_assert_ptr_nonnull(strstr(err.text, "the last of these cases"));
}
END_TEST

/* A touchpoint less: the case is still the same one. */
START_TEST(test_a_case_follows_an_edit)
{
    press("Enter");
    struct error err;
    error_init(&err);
    char *id = strdup(bench.session->story->story->story.id);
    ck_assert_msg(session_command(bench.session, "delete queue", &err), "%s", err.text);
    workbench_settle(&bench);
    ck_assert_ptr_nonnull(bench.session->story);
    ck_assert_str_eq(bench.session->story->story->story.id, id);
    free(id);
}
END_TEST

START_TEST(test_compared_by)
{
    ck_assert_ptr_nonnull(bench.session->evidence->paths->segments);
    ck_assert_int_eq(bench.session->evidence->paths->segments->by, SEGMENT_PERSONA);
    ck_assert_uint_eq(bench.session->evidence->paths->segments->count, 2);
    press("b b");
    ck_assert_int_eq(bench.session->evidence->paths->segments->by, SEGMENT_CHANNEL);
    press("B");
    ck_assert_int_eq(bench.session->evidence->paths->segments->by, SEGMENT_CONTEXT);
    struct error err;
    error_init(&err);
    ck_assert(session_command(bench.session, "compare period", &err));
    workbench_settle(&bench);
    ck_assert_int_eq(bench.session->evidence->paths->segments->by, SEGMENT_PERIOD);
    ck_assert(!session_command(bench.session, "compare persna", &err));
    ck_assert_ptr_nonnull(strstr(err.text, "did you mean 'persona'"));
}
END_TEST

/* A frame is drawn, and then nobody does anything for a while. */
static void rest(void)
{
    workbench_draw(&bench);
    session_tick(bench.session);
    workbench_settle(&bench);
}

/* Where the others leave no room nobody asks for them. */
START_TEST(test_lanes_without_room)
{
    bench.rows = 16;
    press("1");
    rest();
    ck_assert_int_gt(bench.session->seen.lanes_below, 0);
    ck_assert_ptr_null(bench.session->backdrop);
    press("j");
    rest();
    ck_assert_ptr_nonnull(bench.session->backdrop);
}
END_TEST

/* The map is drawn without them, and has them when they come; without the lanes nobody asks. */
START_TEST(test_lanes_of_the_map)
{
    bench.rows = 60;
    for (int look = 0; look < 3; look++)
        session_tick(bench.session); /* the events came after the map was first drawn */
    ck_assert_ptr_null(bench.session->backdrop);
    workbench_settle(&bench);
    press("1");
    ck_assert_ptr_null(bench.session->backdrop);
    rest();
    ck_assert_ptr_nonnull(bench.session->backdrop);
    struct stage_set set = session_set(bench.session);
    ck_assert_uint_eq(set.paths->paths.cases, 90);
    ck_assert_str_eq(set.credits->problem.text, "");
    ck_assert_uint_gt(set.credits->table.known, 0);
    press("p");
    rest();
    set = session_set(bench.session);
    ck_assert_uint_eq(set.paths->paths.cases, 45);
    struct error err;
    error_init(&err);
    static const char *const off[] = { "lane traffic off", "lane dropout off", "lane credit off" };
    for (size_t i = 0; i < 3; i++)
        ck_assert(session_command(bench.session, off[i], &err));
    press("p");
    rest();
    ck_assert_ptr_null(bench.session->backdrop);
    ck_assert(session_command(bench.session, "lane credit on", &err));
    rest();
    ck_assert_ptr_nonnull(bench.session->backdrop);
    /* What is read for lanes is not all that the Attribution view shows. */
    session_command(bench.session, "view attribution", &err);
    ck_assert_ptr_null(session_set(bench.session).credits);
    workbench_settle(&bench);
}
END_TEST

START_TEST(test_intervals_on_request)
{
    press("6");
    ck_assert_int_eq(session_mode(bench.session), MODE_CREDITS);
    ck_assert_uint_eq(bench.session->evidence->credits->table.replicates, 0);
    press("b");
    ck_assert(!bench.session->drawing);
    ck_assert_uint_gt(bench.session->evidence->credits->table.replicates, 0);
    /* Another lens has other intervals, if any. */
    press("p");
    ck_assert_uint_eq(bench.session->evidence->credits->table.replicates, 0);
}
END_TEST

/* Whether it had begun or not: what was there stays, and nothing comes later. */
START_TEST(test_intervals_are_called_off)
{
    press("6");
    session_key(bench.session, "b");
    ck_assert(bench.session->drawing);
    session_key(bench.session, "Esc");
    ck_assert(!bench.session->drawing);
    ck_assert_ptr_nonnull(bench.session->evidence);
    workbench_settle(&bench);
    ck_assert_uint_eq(bench.session->evidence->credits->table.replicates, 0);
    ck_assert_ptr_eq(bench.session->view, view_find("attribution"));
    session_key(bench.session, "b");
    session_key(bench.session, "1");
    ck_assert(!bench.session->drawing);
    workbench_settle(&bench);
}
END_TEST

Suite *app_paths_suite(void)
{
    Suite *suite = suite_create("app_paths");
    TCase *tests = tcase_create("paths");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_a_way_opens_a_case_and_the_next);
    tcase_add_test(tests, test_what_is_picked_moves_along_and_scrolls);
    tcase_add_test(tests, test_a_case_by_its_name);
    tcase_add_test(tests, test_a_case_follows_an_edit);
    tcase_add_test(tests, test_compared_by);
    tcase_add_test(tests, test_lanes_without_room);
    tcase_add_test(tests, test_lanes_of_the_map);
    tcase_add_test(tests, test_intervals_on_request);
    tcase_add_test(tests, test_intervals_are_called_off);
    suite_add_tcase(suite, tests);
    return suite;
}
