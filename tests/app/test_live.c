/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two workbenches on one map that save every edit at once, and a third hand at the file. */

#include "../suites.h"
#include "../support.h"
#include "workbench.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/scene/plot.h>

static struct workbench ada, bo;
static char *beginning; /* the text of the map */

static struct session *open_live(const struct workbench *bench)
{
    struct session_options options = {
        .map = bench->map,
        .journals = bench->journals,
        .live = true,
    };
    struct error err;
    error_init(&err);
    struct session *session = session_create(&options, revision_read(bench->map), &err);
    ck_assert_msg(session != NULL, "%s", err.text);
    return session;
}

static void set_up(void)
{
    workbench_make(&ada, false);
    bo = ada;
    ada.session = open_live(&ada);
    bo.session = open_live(&bo);
    workbench_settle(&ada);
    workbench_settle(&bo);
    beginning = read_whole(ada.map);
}

static void tear_down(void)
{
    session_destroy(bo.session);
    arena_finish(&bo.arena);
    workbench_close(&ada);
    free(beginning);
}

static void run(struct workbench *bench, const char *line)
{
    struct error err;
    error_init(&err);
    ck_assert_msg(session_command(bench->session, line, &err), "%s: %s", line, err.text);
}

static bool shows(const struct workbench *bench, const char *piece)
{
    return strstr(bench->session->document.now->text, piece) != NULL;
}

/* How many looks at the file it takes until it is seen. */
static int looks_until(struct workbench *bench, const char *piece)
{
    for (int looks = 0; looks <= 10; looks++) {
        if (shows(bench, piece))
            return looks;
        session_tick(bench->session);
        workbench_settle(bench);
    }
    ck_abort_msg("'%s' is not seen", piece);
}

/* Both look until there is nothing new. */
static void look(void)
{
    for (int looks = 0; looks < 4; looks++) {
        session_tick(ada.session);
        workbench_settle(&ada);
        session_tick(bo.session);
        workbench_settle(&bo);
    }
}

static void check_file_has(const char *piece)
{
    char *text = read_whole(ada.map);
    ck_assert_msg(strstr(text, piece) != NULL, "the file has no '%s'", piece);
    free(text);
}

static void check_file_is(const char *text)
{
    char *is = read_whole(ada.map);
    ck_assert_str_eq(is, text);
    free(is);
}

/* Both show what is in the file, and nothing waits to be saved or decided. */
static void check_agreed(void)
{
    char *text = read_whole(ada.map);
    ck_assert_str_eq(ada.session->document.now->text, text);
    ck_assert_str_eq(bo.session->document.now->text, text);
    ck_assert(document_is_saved(&ada.session->document));
    ck_assert(document_is_saved(&bo.session->document));
    free(text);
}

/* ---- Seeing each other ----------------------------------------------------------------------- */

START_TEST(test_each_sees_the_other_s_edit_within_a_second)
{
    run(&ada, "set form.standard 77");
    check_file_has("standard: 77");
    ck_assert_int_lt(looks_until(&bo, "standard: 77") * SESSION_TICK_MS, 1000);
    run(&bo, "insert desk.pains \"too loud\"");
    ck_assert_int_lt(looks_until(&ada, "too loud") * SESSION_TICK_MS, 1000);
    look();
    check_agreed();
}
END_TEST

START_TEST(test_who_never_stops_is_seen_all_the_same)
{
    char line[64], piece[64];
    int behind = 0, most = 0;
    for (int score = 1; score <= 40; score++) { /* an edit between any two looks */
        snprintf(line, sizeof(line), "set form.standard %d", score);
        run(&ada, line);
        session_tick(bo.session);
        workbench_settle(&bo);
        snprintf(piece, sizeof(piece), "standard: %d\n", score);
        behind = shows(&bo, piece) ? 0 : behind + 1;
        most = behind > most ? behind : most;
    }
    ck_assert_int_lt(most * SESSION_TICK_MS, 1000);
    looks_until(&bo, "standard: 40");
    check_agreed();
}
END_TEST

START_TEST(test_the_last_line_says_that_edits_are_live)
{
    ada.columns = 120;
    ada.rows = 30;
    workbench_draw(&ada);
    ck_assert_ptr_nonnull(strstr(workbench_row(&ada, -1), "● live"));
    run(&ada, "set form.standard 77");
    workbench_draw(&ada);
    ck_assert_ptr_nonnull(strstr(workbench_row(&ada, -1), "● live"));
    run(&ada, "live off");
    run(&ada, "set form.standard 78");
    workbench_press(&ada, "h");
    ck_assert_ptr_nonnull(strstr(workbench_row(&ada, -1), "● 1 unsaved"));
    check_file_has("standard: 77");
    run(&ada, "live on");
    check_file_has("standard: 78");
}
END_TEST

START_TEST(test_what_one_wrote_oneself_is_not_measured_anew)
{
    workbench_press(&ada, "h");
    run(&ada, "set form.standard 77");
    struct figures *figures = ada.session->figures;
    for (int looks = 0; looks < 4; looks++) {
        session_tick(ada.session);
        workbench_settle(&ada);
    }
    ck_assert_ptr_eq(ada.session->figures, figures);
    ck_assert_str_eq(ada.session->message, "");
}
END_TEST

/* ---- At the same time ------------------------------------------------------------------------ */

START_TEST(test_edits_of_both_at_the_same_time_are_merged)
{
    run(&ada, "set form.standard 77");
    run(&bo, "set desk.standard 66"); /* has not seen it yet */
    check_file_has("standard: 77");
    check_file_has("standard: 66");
    look();
    check_agreed();
    run(&ada, "undo");
    look();
    ck_assert(!shows(&bo, "standard: 77"));
    ck_assert(shows(&bo, "standard: 66"));
    check_agreed();
}
END_TEST

START_TEST(test_two_values_for_one_thing_are_shown_to_the_second)
{
    run(&ada, "set form.standard 77");
    run(&bo, "set form.standard 55");
    ck_assert_int_eq(session_mode(bo.session), MODE_CONFLICT);
    ck_assert_int_eq(session_mode(ada.session), MODE_NORMAL);
    check_file_has("standard: 77");
    workbench_press(&bo, _i == 0 ? "m" : "t");
    ck_assert_int_eq(session_mode(bo.session), MODE_NORMAL);
    look();
    check_file_has(_i == 0 ? "standard: 55" : "standard: 77");
    check_agreed();
}
END_TEST

START_TEST(test_a_file_that_cannot_be_read_for_a_while_loses_nothing)
{
    char *text = read_whole(ada.map);
    char *broken = workbench_edited(&ada, "stages:", "stages: [");
    FILE *file = fopen(ada.map, "w");
    fputs(broken, file);
    fclose(file);
    struct error err;
    error_init(&err);
    session_key(ada.session, ":");
    session_paste(ada.session, "set form.standard 77");
    session_key(ada.session, "Enter");
    ck_assert_msg(strstr(ada.session->message, "your edits are kept") != NULL, "%s",
                  ada.session->message);
    check_file_is(broken);
    workbench_write(&ada, ada.map, text);
    check_file_has("standard: 77");
    look();
    check_agreed();
    free(text);
    free(broken);
}
END_TEST

START_TEST(test_what_a_crash_left_is_saved_when_it_is_taken_up)
{
    run(&ada, "live off");
    run(&ada, "set form.standard 77");
    session_destroy(ada.session);
    check_file_is(beginning);
    ada.session = open_live(&ada);
    workbench_settle(&ada);
    ck_assert_int_eq(session_mode(ada.session), MODE_LIST);
    run(&ada, "restore");
    check_file_has("standard: 77");
    ck_assert(document_is_saved(&ada.session->document));
    run(&ada, "undo");
    check_file_is(beginning);
}
END_TEST

/* ---- Points that are moved ------------------------------------------------------------------- */

START_TEST(test_a_point_is_seen_moving_and_is_one_step)
{
    workbench_draw(&ada);
    workbench_press(&ada, "l d Up Up");
    check_file_has("experience: {all: 50}\n        metrics: [ease]");
    looks_until(&bo, "experience: {all: 50}\n        metrics: [ease]");
    workbench_press(&ada, "Up Enter");
    ck_assert_uint_eq(ada.session->document.done, 1);
    looks_until(&bo, "experience: {all: 55}\n        metrics: [ease]");
    run(&ada, "undo");
    check_file_is(beginning);
    run(&ada, "redo");
    check_file_has("experience: {all: 55}\n        metrics: [ease]");
    run(&ada, "undo");
    look();
    check_file_is(beginning);
    check_agreed();
}
END_TEST

START_TEST(test_esc_puts_back_what_was_saved_on_the_way)
{
    workbench_draw(&ada);
    workbench_press(&ada, "l d Up Up Up Esc");
    check_file_is(beginning);
    look();
    check_agreed();
}
END_TEST

START_TEST(test_a_point_that_both_move)
{
    workbench_draw(&ada);
    workbench_draw(&bo);
    workbench_press(&ada, "l d Up");
    workbench_press(&bo, "l d Down");
    ck_assert_int_eq(session_mode(bo.session), MODE_CONFLICT);
    workbench_press(&bo, "t");
    look();
    check_agreed();
    workbench_press(&ada, "Esc");
    look();
    check_file_is(beginning);
    check_agreed();
}
END_TEST

START_TEST(test_a_point_whose_touchpoint_goes_is_let_go)
{
    workbench_draw(&ada);
    workbench_press(&ada, "l d Up");
    look();
    run(&bo, "delete form");
    look();
    ck_assert_int_eq(session_mode(ada.session), MODE_NORMAL);
    check_agreed();
}
END_TEST

/* ---- All at once ----------------------------------------------------------------------------- */

static const char *const touchpoints[] = { "search", "form", "queue", "desk",
                                           "payment", "letter", "pickup", "review" };

/* A third hand, which puts a line of its own under the title. */
static void sed(int number)
{
    char *line = NULL;
    ck_assert_int_gt(asprintf(&line, "language: en\n# by hand %d\n", number), 0);
    char *edited = workbench_edited(&ada, "language: en\n", line);
    FILE *file = fopen(ada.map, "w");
    fputs(edited, file);
    ck_assert_int_eq(fclose(file), 0);
    free(edited);
    free(line);
}

/* Every edit is of its own text, so it can be looked for. */
static void pain(struct workbench *bench, const char *who, int number, unsigned random)
{
    char line[128];
    snprintf(line, sizeof(line), "insert %s.pains \"%s %d\"",
             touchpoints[random % ARRAY_LEN(touchpoints)], who, number);
    run(bench, line);
}

static void check_is_somewhere(const char *who, int number)
{
    char piece[32];
    snprintf(piece, sizeof(piece), "%s %d", who, number);
    char *text = read_whole(ada.map);
    bool found = strstr(text, piece) != NULL;
    const struct workbench *benches[] = { &ada, &bo };
    for (size_t i = 0; i < 2 && !found; i++) {
        const struct document *document = &benches[i]->session->document;
        for (size_t k = 0; k < document->conflict_count && !found; k++)
            found = strstr(document->conflicts[k].operation.value, piece) != NULL;
    }
    ck_assert_msg(found, "'%s' is lost", piece);
    free(text);
}

START_TEST(test_nothing_is_lost_between_three_hands)
{
    enum { ROUNDS = 30 };
    unsigned random = 7;
    for (int number = 1000; number < 1000 + ROUNDS; number++) {
        random = random * 1103515245u + 12345u;
        pain(&ada, "ada", number, random >> 16);
        if (random & 1u << 20)
            sed(number);
        pain(&bo, "bo", number, random >> 24);
        if (random & 1u << 21)
            look();
    }
    look();
    check_agreed();
    random = 7;
    for (int number = 1000; number < 1000 + ROUNDS; number++) {
        random = random * 1103515245u + 12345u;
        check_is_somewhere("ada", number);
        check_is_somewhere("bo", number);
        if (random & 1u << 20)
            check_is_somewhere("by hand", number);
    }
}
END_TEST

Suite *app_live_suite(void)
{
    Suite *suite = suite_create("app_live");
    TCase *tests = tcase_create("live");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_each_sees_the_other_s_edit_within_a_second);
    tcase_add_test(tests, test_who_never_stops_is_seen_all_the_same);
    tcase_add_test(tests, test_the_last_line_says_that_edits_are_live);
    tcase_add_test(tests, test_what_one_wrote_oneself_is_not_measured_anew);
    tcase_add_test(tests, test_edits_of_both_at_the_same_time_are_merged);
    tcase_add_loop_test(tests, test_two_values_for_one_thing_are_shown_to_the_second, 0, 2);
    tcase_add_test(tests, test_a_file_that_cannot_be_read_for_a_while_loses_nothing);
    tcase_add_test(tests, test_what_a_crash_left_is_saved_when_it_is_taken_up);
    tcase_add_test(tests, test_a_point_is_seen_moving_and_is_one_step);
    tcase_add_test(tests, test_esc_puts_back_what_was_saved_on_the_way);
    tcase_add_test(tests, test_a_point_that_both_move);
    tcase_add_test(tests, test_a_point_whose_touchpoint_goes_is_let_go);
    tcase_add_test(tests, test_nothing_is_lost_between_three_hands);
    suite_add_tcase(suite, tests);
    return suite;
}
