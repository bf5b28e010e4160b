/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What scripts cannot show: files that change, what is asked of the terminal, and what is
 * redrawn. */

#include "../suites.h"
#include "../support.h"
#include "workbench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct workbench bench;

static void set_up(void)
{
    workbench_open(&bench, true);
}

static void tear_down(void)
{
    workbench_close(&bench);
}

/* ---- Opening ------------------------------------------------------------------------------ */

static struct session *open_with(struct session_options options, struct error *err)
{
    options.map = bench.map;
    options.journals = bench.journals;
    error_init(err);
    return session_create(&options, revision_read(bench.map), err);
}

START_TEST(test_opens_with_the_lens_asked_for)
{
    struct error err;
    struct session *session = open_with(
        (struct session_options){ .persona = "bo", .context = "relaxed", .period = "2026-04" },
        &err);
    ck_assert_msg(session != NULL, "%s", err.text);
    ck_assert_int_eq(session->lens.persona, 1);
    ck_assert_int_eq(session->lens.context, 1);
    ck_assert_int_eq(session->lens.period.kind, PERIOD_MONTH);
    session_destroy(session);
}
END_TEST

/* The day is 2026-06-01; figures are not there yet. */
START_TEST(test_opens_with_a_period_of_today)
{
    struct error err;
    struct session *session = open_with((struct session_options){ .period = "quarter" }, &err);
    ck_assert_msg(session != NULL, "%s", err.text);
    ck_assert_int_eq(session->lens.period.kind, PERIOD_QUARTER);
    struct civil first = time_civil_from_day(session->lens.period.first);
    ck_assert_int_eq(first.year, 2026);
    ck_assert_int_eq(first.month, 4);
    session_destroy(session);
}
END_TEST

START_TEST(test_refuses_an_unknown_lens)
{
    struct error err;
    ck_assert_ptr_null(open_with((struct session_options){ .persona = "boo" }, &err));
    ck_assert_str_eq(err.text, "'persona' does not know 'boo'; did you mean 'bo'?");
}
END_TEST

START_TEST(test_configuration_binds_and_sets_and_tells_its_first_fault)
{
    char *path = NULL;
    ck_assert_int_gt(asprintf(&path, "%s/config", bench.folder), 0);
    FILE *file = fopen(path, "w");
    fputs("# mine\n\nbind x persona next\nset theme light\r\nset mose on\nquit\nlane quotes off\n",
          file);
    fclose(file);
    struct error err;
    struct session *session = open_with((struct session_options){ .configuration = path }, &err);
    ck_assert_str_eq(keymap_find(&session->keymap, MODE_NORMAL, "x")->command, "persona next");
    ck_assert_int_eq(session_theme(session), THEME_LIGHT);
    ck_assert_uint_eq(session->options.lanes & 1u << LANE_QUOTES, 0);
    ck_assert_str_eq(session->message,
                     "config:5: 'set' does not know 'mose'; did you mean 'mouse'?");
    session_destroy(session);
    free(path);
}
END_TEST

START_TEST(test_history_is_kept_from_session_to_session)
{
    char *path = NULL;
    ck_assert_int_gt(asprintf(&path, "%s/state/history", bench.folder), 0);
    struct error err;
    struct session *session = open_with((struct session_options){ .history = path }, &err);
    session_key(session, ":");
    session_paste(session, "persona ada");
    session_key(session, "Enter");
    session_destroy(session);
    session = open_with((struct session_options){ .history = path }, &err);
    session_key(session, ":");
    session_key(session, "Up");
    ck_assert_str_eq(session->prompt.text.text, "persona ada");
    session_destroy(session);
    free(path);
}
END_TEST

/* ---- Figures -------------------------------------------------------------------------------- */

static const struct measure *measure_of(const char *touchpoint)
{
    int index = journey_find_touchpoint(session_journey(bench.session), touchpoint);
    return figures_find(bench.session->figures, index, 0);
}

START_TEST(test_figures_follow_the_lens)
{
    ck_assert_ptr_nonnull(bench.session->figures);
    ck_assert_uint_eq(measure_of("search")->n, 6);
    workbench_press(&bench, "p");
    ck_assert_uint_eq(measure_of("search")->n, 3);
    workbench_press(&bench, "c");
    ck_assert_uint_eq(measure_of("search")->n, 2);
    ck_assert_int_eq(measure_of("search")->status, MEASURE_HIDDEN);
}
END_TEST

START_TEST(test_figures_of_another_lens_are_never_shown)
{
    session_key(bench.session, "p");
    ck_assert_ptr_null(bench.session->figures);
    ck_assert(isnan(bench.session->readings->items[0].measured.score));
    ck_assert(session_busy(bench.session));
    workbench_draw(&bench);
    ck_assert_str_eq(workbench_row(&bench, -1), " reading and measuring …  Esc stops it");
    workbench_settle(&bench);
    workbench_draw(&bench);
    ck_assert_ptr_nonnull(bench.session->figures);
    ck_assert_ptr_nonnull(strstr(workbench_row(&bench, -1), "persona"));
}
END_TEST

START_TEST(test_esc_stops_measuring)
{
    session_key(bench.session, "p");
    session_key(bench.session, "Esc");
    ck_assert(!session_busy(bench.session));
    ck_assert_str_eq(bench.session->message, "stopped: r reads and measures again");
    workbench_press(&bench, "r");
    ck_assert_ptr_nonnull(bench.session->figures);
}
END_TEST

START_TEST(test_a_store_that_changes_is_measured_anew)
{
    unlink(bench.store);
    workbench_write(&bench, bench.store, "this is no store");
    ck_assert_ptr_nonnull(strstr(bench.session->message, "walk.db"));
    ck_assert_str_ne(bench.session->figures->problem.text, "");
    ck_assert_uint_eq(bench.session->figures->measure_count, 0);
    workbench_press(&bench, "l");
    ck_assert_str_eq(bench.session->message, ""); /* told once is enough */
}
END_TEST

/* ---- The map changes ------------------------------------------------------------------------ */

START_TEST(test_a_map_that_changes_is_read_and_the_selection_stays)
{
    workbench_press(&bench, "G p");
    char *edited = workbench_edited(&bench, "      - id: queue\n        title: Queue 列に並ぶ\n",
                                    "      - id: sign\n        title: Sign\n"
                                    "      - id: queue\n        title: Queue\n");
    workbench_write(&bench, bench.map, edited);
    ck_assert_uint_eq(session_journey(bench.session)->touchpoint_count, 9);
    ck_assert_str_eq(workbench_selected(&bench), "review");
    ck_assert_int_eq(bench.session->lens.persona, 0);
    ck_assert_ptr_nonnull(bench.session->figures);
    ck_assert_uint_eq(bench.session->readings->count, 9);
    free(edited);
}
END_TEST

START_TEST(test_what_was_chosen_may_be_gone)
{
    workbench_press(&bench, "l p p");
    ck_assert_int_eq(bench.session->lens.persona, 1);
    char *edited = workbench_edited(&bench, "  bo: {name: Bo Ng, role: student, share: 0.4}\n", "");
    workbench_write(&bench, bench.map, edited);
    free(edited);
    ck_assert_int_eq(bench.session->lens.persona, NONE);
    edited = workbench_edited(&bench, "- id: form\n", "- id: forms\n");
    workbench_write(&bench, bench.map, edited);
    free(edited);
    ck_assert_str_eq(workbench_selected(&bench), "forms"); /* where it was */
}
END_TEST

START_TEST(test_a_map_that_breaks_leaves_the_last_one_on_the_screen)
{
    workbench_press(&bench, "l");
    char *good = workbench_edited(&bench, "kind", "kind");
    char *broken = workbench_edited(&bench, "stages:", "stages: [");
    workbench_write(&bench, bench.map, broken);
    ck_assert_uint_eq(session_journey(bench.session)->touchpoint_count, 8);
    ck_assert_str_eq(workbench_selected(&bench), "form");
    const char *line = workbench_row(&bench, -1);
    ck_assert_msg(strncmp(line, " walk.yaml:", 11) == 0, "%s", line);
    workbench_press(&bench, "h l");
    ck_assert_msg(strncmp(workbench_row(&bench, -1), " walk.yaml:", 11) == 0, "it stays told");
    workbench_write(&bench, bench.map, good);
    ck_assert_str_eq(bench.session->trouble.text, "");
    ck_assert_ptr_nonnull(strstr(workbench_row(&bench, -1), "open"));
    free(broken);
    free(good);
}
END_TEST

START_TEST(test_a_map_that_goes_away_and_comes_back)
{
    char *text = read_whole(bench.map);
    unlink(bench.map);
    for (int look = 0; look < 3; look++) {
        session_tick(bench.session);
        workbench_settle(&bench);
    }
    ck_assert_str_ne(bench.session->trouble.text, "");
    ck_assert_uint_eq(session_journey(bench.session)->touchpoint_count, 8);
    workbench_write(&bench, bench.map, text);
    ck_assert_str_eq(bench.session->trouble.text, "");
    free(text);
}
END_TEST

START_TEST(test_faults_in_a_map_that_can_be_shown_are_told_once)
{
    char *edited = workbench_edited(&bench, "channel: post", "channel: poost");
    workbench_write(&bench, bench.map, edited);
    ck_assert_msg(strstr(bench.session->message, "walk.yaml:") == bench.session->message, "%s",
                  bench.session->message);
    workbench_press(&bench, "l");
    ck_assert_str_eq(bench.session->message, "");
    free(edited);
}
END_TEST

START_TEST(test_what_was_searched_for_is_found_in_the_new_map)
{
    workbench_press(&bench, "/");
    session_paste(bench.session, "pages");
    workbench_press(&bench, "Enter");
    ck_assert_uint_eq(bench.session->search.count, 1);
    char *edited = workbench_edited(&bench, "looks for the form", "turns pages");
    workbench_write(&bench, bench.map, edited);
    ck_assert_uint_eq(bench.session->search.count, 2);
    free(edited);
}
END_TEST

/* ---- What is asked of the terminal ---------------------------------------------------------- */

START_TEST(test_requests)
{
    struct request request = session_take_request(bench.session);
    ck_assert_int_eq(request.kind, REQUEST_NONE);
    workbench_press(&bench, "l E");
    request = session_take_request(bench.session);
    ck_assert_int_eq(request.kind, REQUEST_EDIT);
    ck_assert_str_eq(request.text, bench.map);
    const struct journey *journey = session_journey(bench.session);
    ck_assert_uint_eq(request.line, journey->touchpoints[1].pos.line);
    workbench_press(&bench, "y");
    request = session_take_request(bench.session);
    ck_assert_int_eq(request.kind, REQUEST_COPY);
    ck_assert_msg(strncmp(request.text, "Formular für Verspätung", 25) == 0, "%s", request.text);
    workbench_press(&bench, "C-z");
    ck_assert_int_eq(session_take_request(bench.session).kind, REQUEST_SUSPEND);
    workbench_press(&bench, "q");
    ck_assert_int_eq(session_take_request(bench.session).kind, REQUEST_QUIT);
    ck_assert_int_eq(session_take_request(bench.session).kind, REQUEST_NONE);
}
END_TEST

START_TEST(test_q_closes_what_is_open_before_it_leaves)
{
    workbench_press(&bench, "Enter q ? q v q");
    ck_assert_int_eq(session_take_request(bench.session).kind, REQUEST_NONE);
    ck_assert_int_eq(session_mode(bench.session), MODE_NORMAL);
}
END_TEST

/* ---- What is redrawn ------------------------------------------------------------------------ */

START_TEST(test_only_what_changes_is_drawn_anew)
{
    struct session *session = bench.session;
    ck_assert_uint_eq(session_key(session, "h"), CHANGE_NONE); /* it is the first */
    ck_assert_uint_eq(session_key(session, "l"), CHANGE_FRAME);
    ck_assert_uint_eq(session_key(session, "C-l"), CHANGE_FRAME | CHANGE_SCREEN);
    ck_assert_uint_eq(session_key(session, "Esc"), CHANGE_NONE);
    ck_assert_uint_eq(session_tick(session), CHANGE_NONE);
    ck_assert_uint_eq(session_collect(session, 0), CHANGE_NONE);
    ck_assert_uint_eq(session_key(session, "k"), CHANGE_NONE);
}
END_TEST

START_TEST(test_light_is_thin_where_the_line_or_the_window_is)
{
    workbench_press(&bench, "l");
    ck_assert_int_eq(bench.session->options.light, LIGHT_TITLE);
    bench.columns = 120;
    bench.rows = 40;
    workbench_draw(&bench);
    ck_assert_int_eq(bench.session->options.light, LIGHT_COLUMN);
    bench.session->remote = true;
    workbench_draw(&bench);
    ck_assert_int_eq(bench.session->options.light, LIGHT_TITLE);
    session_command(bench.session, "set light column", NULL);
    workbench_draw(&bench);
    ck_assert_int_eq(bench.session->options.light, LIGHT_COLUMN);
}
END_TEST

/* ---- Mouse ---------------------------------------------------------------------------------- */

static void click(const char *what)
{
    for (int row = 0; row < bench.rows; row++) {
        const char *text = workbench_row(&bench, row), *at = strstr(text, what);
        if (at == NULL)
            continue;
        const struct region *region = scene_region_at(bench.frame, row, (int)(at - text));
        ck_assert_msg(region != NULL, "nothing happens on '%s'", what);
        session_click(bench.session, region);
        workbench_settle(&bench);
        workbench_draw(&bench);
        return;
    }
    ck_abort_msg("'%s' is not in the frame", what);
}

START_TEST(test_clicks_select_run_and_choose)
{
    click("Desk ");
    ck_assert_str_eq(workbench_selected(&bench), "desk");
    click("? help");
    ck_assert_int_eq(session_mode(bench.session), MODE_HELP);
    workbench_press(&bench, "q v");
    click("[x]  Trend");
    ck_assert_uint_eq(bench.session->options.lanes & 1u << LANE_TREND, 0);
    ck_assert_int_eq(session_mode(bench.session), MODE_LIST);
}
END_TEST

Suite *app_session_suite(void)
{
    Suite *suite = suite_create("app_session");
    TCase *tests = tcase_create("session");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_opens_with_the_lens_asked_for);
    tcase_add_test(tests, test_opens_with_a_period_of_today);
    tcase_add_test(tests, test_refuses_an_unknown_lens);
    tcase_add_test(tests, test_configuration_binds_and_sets_and_tells_its_first_fault);
    tcase_add_test(tests, test_history_is_kept_from_session_to_session);
    tcase_add_test(tests, test_figures_follow_the_lens);
    tcase_add_test(tests, test_figures_of_another_lens_are_never_shown);
    tcase_add_test(tests, test_esc_stops_measuring);
    tcase_add_test(tests, test_a_store_that_changes_is_measured_anew);
    tcase_add_test(tests, test_a_map_that_changes_is_read_and_the_selection_stays);
    tcase_add_test(tests, test_what_was_chosen_may_be_gone);
    tcase_add_test(tests, test_a_map_that_breaks_leaves_the_last_one_on_the_screen);
    tcase_add_test(tests, test_a_map_that_goes_away_and_comes_back);
    tcase_add_test(tests, test_faults_in_a_map_that_can_be_shown_are_told_once);
    tcase_add_test(tests, test_what_was_searched_for_is_found_in_the_new_map);
    tcase_add_test(tests, test_requests);
    tcase_add_test(tests, test_q_closes_what_is_open_before_it_leaves);
    tcase_add_test(tests, test_only_what_changes_is_drawn_anew);
    tcase_add_test(tests, test_light_is_thin_where_the_line_or_the_window_is);
    tcase_add_test(tests, test_clicks_select_run_and_choose);
    suite_add_tcase(suite, tests);
    return suite;
}
