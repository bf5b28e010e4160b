/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Points of the curve that the mouse takes up. */

#include "../suites.h"
#include "../support.h"
#include "workbench.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/scene/plot.h>

static struct workbench bench;

static void set_up(void)
{
    workbench_open(&bench, false);
    bench.rows = 40;
    workbench_draw(&bench);
}

static void tear_down(void)
{
    workbench_close(&bench);
}

static const struct region *plot_of(const char *touchpoint)
{
    int index = journey_find_touchpoint(session_journey(bench.session), touchpoint);
    for (size_t i = 0; i < bench.frame->region_count; i++) {
        const struct region *region = &bench.frame->regions[i];
        if (region->kind == REGION_PLOT && region->index == index)
            return region;
    }
    ck_abort_msg("'%s' is not in the plot", touchpoint);
}

static const struct reading *reading_of(const char *touchpoint)
{
    int index = journey_find_touchpoint(session_journey(bench.session), touchpoint);
    return &bench.session->readings->items[index];
}

static int row_of(const char *touchpoint, double score)
{
    return plot_row_of(plot_of(touchpoint), score);
}

static void press(const char *touchpoint, int row)
{
    session_press(bench.session, bench.frame, row, plot_of(touchpoint)->column + 1);
    workbench_draw(&bench);
}

static void pull(int row)
{
    session_pull(bench.session, bench.frame, row);
    workbench_settle(&bench);
    workbench_draw(&bench);
}

static void check_mode(enum mode mode)
{
    ck_assert_int_eq(session_mode(bench.session), mode);
}

START_TEST(test_rows_and_scores_agree_in_a_plot_of_any_height)
{
    for (int rows = 2; rows <= 101; rows++) {
        struct region plot = { .row = 7, .rows = rows };
        for (int row = 7; row < 7 + rows; row++)
            ck_assert_int_eq(plot_row_of(&plot, plot_score_at(&plot, row)), row);
        ck_assert_int_eq(plot_score_at(&plot, 0), 100);
        ck_assert_int_eq(plot_score_at(&plot, 999), 0);
    }
}
END_TEST

START_TEST(test_a_point_is_taken_up_pulled_and_kept)
{
    press("form", row_of("form", 40));
    check_mode(MODE_DRAG);
    ck_assert_int_eq(bench.session->drag.handle, HANDLE_EXPERIENCE);
    ck_assert_str_eq(workbench_selected(&bench), "form");
    ck_assert_uint_eq(bench.session->document.done, 0);
    for (int score = 50; score <= 80; score += 10)
        pull(row_of("form", score));
    ck_assert_int_eq(row_of("form", reading_of("form")->estimated), row_of("form", 80));
    ck_assert_uint_eq(bench.session->document.done, 1); /* joined */
    session_release(bench.session);
    check_mode(MODE_NORMAL);
    pull(row_of("form", 10)); /* the button is up */
    ck_assert_double_eq(reading_of("form")->estimated, 80);
    workbench_press(&bench, "u");
    ck_assert_double_eq(reading_of("form")->estimated, 40);
}
END_TEST

static const struct {
    double score;
    enum handle handle;
} grips[] = {
    { 85, HANDLE_DESIRED },
    { 60, HANDLE_ADEQUATE },
    { 40, HANDLE_EXPERIENCE },
};

START_TEST(test_the_nearest_point_is_taken_up)
{
    for (int off = -1; off <= 1; off++) {
        press("form", row_of("form", grips[_i].score) + off);
        check_mode(MODE_DRAG);
        ck_assert_int_eq(bench.session->drag.handle, grips[_i].handle);
        session_release(bench.session);
    }
}
END_TEST

START_TEST(test_a_press_beside_the_points_only_selects)
{
    press("desk", row_of("desk", 5));
    check_mode(MODE_NORMAL);
    ck_assert_str_eq(workbench_selected(&bench), "desk");
    workbench_press(&bench, "d Up"); /* taken up by a key, let go by a press elsewhere */
    check_mode(MODE_DRAG);
    press("queue", row_of("queue", 99));
    check_mode(MODE_NORMAL);
    ck_assert_double_eq(reading_of("desk")->estimated, 80);
    ck_assert_str_eq(workbench_selected(&bench), "queue");
}
END_TEST

START_TEST(test_esc_puts_it_back)
{
    press("form", row_of("form", 40));
    pull(row_of("form", 90));
    workbench_press(&bench, "Esc");
    check_mode(MODE_NORMAL);
    ck_assert_double_eq(reading_of("form")->estimated, 40);
    ck_assert(document_is_saved(&bench.session->document));
    pull(row_of("form", 10));
    ck_assert_double_eq(reading_of("form")->estimated, 40);
    session_release(bench.session);
    check_mode(MODE_NORMAL);
}
END_TEST

START_TEST(test_back_in_its_row_nothing_has_happened)
{
    press("payment", row_of("payment", 62));
    pull(row_of("payment", 20));
    ck_assert_double_eq(reading_of("payment")->estimated, 20);
    pull(row_of("payment", 62));
    ck_assert_double_eq(reading_of("payment")->estimated, 62);
    session_release(bench.session);
    ck_assert(document_is_saved(&bench.session->document));
}
END_TEST

START_TEST(test_beyond_the_plot_are_its_ends)
{
    press("form", row_of("form", 40));
    pull(-3);
    ck_assert_double_eq(reading_of("form")->estimated, 100);
    pull(bench.rows + 5);
    ck_assert_double_eq(reading_of("form")->estimated, 0);
    session_release(bench.session);
    ck_assert_uint_eq(bench.session->document.done, 1);
}
END_TEST

START_TEST(test_an_edge_stops_at_the_other)
{
    press("form", row_of("form", 60));
    pull(row_of("form", 100));
    ck_assert_double_eq(reading_of("form")->adequate, 85);
    ck_assert_double_eq(reading_of("form")->desired, 85);
}
END_TEST

START_TEST(test_what_is_open_over_the_plot_keeps_the_points_where_they_are)
{
    workbench_press(&bench, "?");
    press("form", row_of("form", 40));
    check_mode(MODE_HELP);
    pull(row_of("form", 90));
    ck_assert_double_eq(reading_of("form")->estimated, 40);
}
END_TEST

/* The cells of the plot that are drawn in reverse, as text. */
static const char *lit(struct arena *arena)
{
    char *text = arena_strdup(arena, "");
    int end = plot_of("form")->row + plot_of("form")->rows;
    for (int row = plot_of("form")->row; row < end; row++) {
        for (int column = 0; column < bench.columns; column++) {
            const struct cell *cell = scene_cell(bench.frame, row, column);
            if (cell->style.emphasis & EMPHASIS_REVERSE && cell->style.ink == INK_KEY)
                text = arena_printf(arena, "%s%.*s", text, cell->bytes > 0 ? cell->bytes : 1,
                                    cell->bytes > 0 ? cell->text : " ");
        }
    }
    return text;
}

START_TEST(test_the_point_that_is_moved_is_lit)
{
    static const struct {
        const char *keys, *lit;
    } steps[] = {
        { "l", "" },         { "d", " 40 " },   { "Up", " 45 " },    { "Tab", " 85 " },
        { "Tab", " 60 " },   { "Tab", "" },     { "Up", " 55 " },    { "Tab", "" },
        { "PgUp", " 60 " },  { "Right", "" },   { "S-Tab S-Tab", " 40 " }, { "Enter", "" },
    };
    struct arena arena = { 0 };
    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        workbench_press(&bench, steps[i].keys);
        ck_assert_str_eq(lit(&arena), steps[i].lit);
    }
    arena_finish(&arena);
}
END_TEST

Suite *app_mouse_suite(void)
{
    Suite *suite = suite_create("app_mouse");
    TCase *tests = tcase_create("mouse");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_rows_and_scores_agree_in_a_plot_of_any_height);
    tcase_add_test(tests, test_a_point_is_taken_up_pulled_and_kept);
    tcase_add_loop_test(tests, test_the_nearest_point_is_taken_up, 0, ARRAY_LEN(grips));
    tcase_add_test(tests, test_a_press_beside_the_points_only_selects);
    tcase_add_test(tests, test_esc_puts_it_back);
    tcase_add_test(tests, test_back_in_its_row_nothing_has_happened);
    tcase_add_test(tests, test_beyond_the_plot_are_its_ends);
    tcase_add_test(tests, test_an_edge_stops_at_the_other);
    tcase_add_test(tests, test_what_is_open_over_the_plot_keeps_the_points_where_they_are);
    tcase_add_test(tests, test_the_point_that_is_moved_is_lit);
    suite_add_tcase(suite, tests);
    return suite;
}
