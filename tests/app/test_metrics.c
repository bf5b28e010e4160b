/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Metrics view over a store that grows, and events that are given a touchpoint. */

#include "../suites.h"
#include "../support.h"
#include "workbench.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/file.h>
#include <stellwerk/store/import.h>

static struct workbench bench;

static void set_up(void)
{
    workbench_open(&bench, true);
}

static void tear_down(void)
{
    workbench_close(&bench);
}

/* Somebody imports a table into the store. */
static void import(const char *text, enum import_as as)
{
    struct arena arena = { 0 };
    struct import_options options = { .as = as };
    struct import_report report;
    struct store *store = NULL;
    struct error err;
    const char *path = arena_printf(&arena, "%s/more.csv", bench.folder);
    workbench_write(&bench, path, text);
    error_init(&err);
    ck_assert_msg(store_create(bench.store, &store, &err), "%s", err.text);
    ck_assert_msg(store_import(&arena, store, path, &options, &report, &err), "%s", err.text);
    ck_assert_uint_eq(report.rejected, 0);
    store_close(store);
    arena_finish(&arena);
}

/* A change counts when the file has kept still. */
static void tick(void)
{
    for (int look = 0; look < 3; look++) {
        session_tick(bench.session);
        workbench_settle(&bench);
    }
}

static bool shows(const char *wanted)
{
    workbench_draw(&bench);
    for (int row = 0; row < bench.rows; row++)
        if (strstr(workbench_row(&bench, row), wanted) != NULL)
            return true;
    return false;
}

static const char more_answers[] =
    "response_id,ts,touchpoint,metric,value,scale_min,scale_max\n"
    "m1,2026-05-26,search,ease,6,1,7\nm2,2026-05-26,search,ease,5,1,7\n"
    "m3,2026-05-27,search,ease,6,1,7\nm4,2026-05-27,search,ease,7,1,7\n"
    "m5,2026-05-28,search,ease,6,1,7\n";

START_TEST(test_the_view_follows_a_store_that_grows)
{
    workbench_press(&bench, "4");
    workbench_settle(&bench);
    ck_assert(shows("18–21 May 2026  n 2: too few to show"));
    import(more_answers, IMPORT_ANSWERS);
    ck_assert_ptr_nonnull(bench.session->series);
    for (int look = 0; look < 3; look++)
        session_tick(bench.session);
    ck_assert_ptr_nonnull(bench.session->series); /* what is known stays until there is more */
    workbench_settle(&bench);
    ck_assert(shows("25–28 May 2026  6"));
    ck_assert(shows("n 5"));
}
END_TEST

/* Else a store that is written all the time would stop all that is measured, and show nothing. */
START_TEST(test_a_store_that_grows_stops_nothing_that_is_in_work)
{
    workbench_press(&bench, "4");
    workbench_settle(&bench);
    import(more_answers, IMPORT_ANSWERS);
    session_order_figures(bench.session); /* and nobody takes what it brings */
    session_tick(bench.session);
    ck_assert(bench.session->store_moved);
    workbench_settle(&bench);
    session_tick(bench.session);
    ck_assert(!bench.session->store_moved);
    ck_assert(worker_busy(bench.session->worker));
    workbench_settle(&bench);
    ck_assert(shows("25–28 May 2026  6"));
}
END_TEST

START_TEST(test_a_chosen_slice_stays_chosen)
{
    workbench_press(&bench, "4");
    workbench_settle(&bench);
    workbench_press(&bench, "g");
    ck_assert(shows("2–8 March 2026  n 1"));
    import(more_answers, IMPORT_ANSWERS);
    tick();
    ck_assert(shows("2–8 March 2026  n 1"));
    workbench_press(&bench, "G");
    ck_assert(shows("25–28 May 2026"));
}
END_TEST

START_TEST(test_series_are_measured_only_while_they_are_shown)
{
    ck_assert_ptr_null(bench.session->series);
    workbench_press(&bench, "4");
    workbench_settle(&bench);
    ck_assert_uint_eq(bench.session->series->measure_count, 4);
    workbench_press(&bench, "p");
    workbench_settle(&bench);
    ck_assert_int_eq(bench.session->series->lens.persona, 0);
    ck_assert_int_eq(bench.session->figures->lens.persona, 0);
}
END_TEST

static const char events[] =
    "ts,case_id,activity,touchpoint\n"
    "2026-05-01,c1,\"ask at, the desk\",\n2026-05-02,c2,\"ask at, the desk\",\n"
    "2026-05-03,c3,wait,\n2026-05-03,c3,gone,nowhere\n";

static void list_unassigned(void)
{
    workbench_press(&bench, "4");
    workbench_settle(&bench);
    workbench_press(&bench, "s");
    workbench_settle(&bench);
}

START_TEST(test_events_are_given_a_touchpoint)
{
    import(events, IMPORT_EVENTS);
    tick();
    list_unassigned();
    ck_assert(shows("2  ask at, the desk"));
    ck_assert(shows("1  wait"));
    workbench_press(&bench, "d e s k Enter"); /* finds the first alone */
    ck_assert(shows("The touchpoint of these events"));
    workbench_press(&bench, "d e s k Enter");
    workbench_settle(&bench);
    ck_assert(shows("2 events have their touchpoint now"));
    ck_assert(shows("2 events on no touchpoint")); /* of four */
    const struct journey *journey = session_journey(bench.session);
    const struct touchpoint *desk = &journey->touchpoints[journey_find_touchpoint(journey, "desk")];
    ck_assert_uint_eq(desk->activities.count, 1);
    ck_assert_str_eq(desk->activities.items[0], "ask at, the desk");
    list_unassigned();
    ck_assert(!shows("ask at, the desk"));
    ck_assert(shows("1  wait"));
}
END_TEST

START_TEST(test_events_of_a_touchpoint_that_is_not_there_are_told)
{
    import(events, IMPORT_EVENTS);
    tick();
    list_unassigned();
    ck_assert(shows("not on the map: nowhere"));
    workbench_press(&bench, "g o n e Enter");
    ck_assert(shows("these events name the touchpoint 'nowhere'"));
    ck_assert_int_eq(session_mode(bench.session), MODE_METRICS);
}
END_TEST

/* Also one whose rows do not say when, so that there are no slices. */
START_TEST(test_a_query_of_the_map_opens_down_to_itself)
{
    workbench_close(&bench);
    workbench_open_text(&bench,
                        "stellwerk: 1\ntitle: Desk\nstore: walk.db\nstages:\n  - id: s\n"
                        "    touchpoints:\n      - {id: desk, title: Desk, metrics: [asked]}\n"
                        "metrics:\n  asked:\n    type: sql\n"
                        "    query: SELECT 12 AS value, 30 AS n FROM events LIMIT 1\n",
                        events, NULL);
    workbench_press(&bench, "4");
    workbench_settle(&bench);
    ck_assert(shows("12"));
    workbench_press(&bench, "Enter");
    ck_assert_int_eq(session_mode(bench.session), MODE_ROWS);
    ck_assert(shows("SELECT 12 AS value, 30 AS n FROM events LIMIT 1"));
    ck_assert(shows("every touchpoint that has the metric: 1 row, n 30"));
}
END_TEST

Suite *app_metrics_suite(void)
{
    Suite *suite = suite_create("app_metrics");
    TCase *tests = tcase_create("metrics");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_the_view_follows_a_store_that_grows);
    tcase_add_test(tests, test_a_store_that_grows_stops_nothing_that_is_in_work);
    tcase_add_test(tests, test_a_chosen_slice_stays_chosen);
    tcase_add_test(tests, test_series_are_measured_only_while_they_are_shown);
    tcase_add_test(tests, test_events_are_given_a_touchpoint);
    tcase_add_test(tests, test_events_of_a_touchpoint_that_is_not_there_are_told);
    tcase_add_test(tests, test_a_query_of_the_map_opens_down_to_itself);
    suite_add_tcase(suite, tests);
    return suite;
}
