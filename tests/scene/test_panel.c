/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/scene/foot.h>
#include <stellwerk/scene/panel.h>

#include "scene/golden.h"

static struct arena arena;

static void set_up(void)
{
    arena_init(&arena);
}

static void tear_down(void)
{
    arena_finish(&arena);
}

static struct scene *blank(int columns, int rows)
{
    return scene_new(&arena, columns, rows, (struct medium){ 0 });
}

static const struct list_row rows[] = {
    { .text = "Moving", .heading = true },
    { .left = "→", .text = "goes to the next touchpoint", .right = "right" },
    { .left = "←", .text = "goes to the one before", .right = "left" },
    { .text = "Looking", .heading = true },
    { .left = "Enter", .text = "opens everything known of the touchpoint", .right = "open" },
    { .left = "p", .text = "through whose eyes", .right = "persona" },
};

START_TEST(test_picture_of_a_list)
{
    struct scene *scene = blank(46, 8);
    for (int row = 0; row < 8; row++)
        scene_text(scene, row, 0, 46, style_ink(INK_TEXT),
                   "..............................................");
    struct area inside = panel_draw(scene, panel_centre(scene, 6, 40), "Help", "3 of 6");
    int first = 0;
    panel_list(scene, inside, rows, ARRAY_LEN(rows), 4, &first);
    ck_assert_int_eq(first, 1);
    golden_styled(scene, "panel-list-46x8");
}
END_TEST

START_TEST(test_rows_are_regions)
{
    struct scene *scene = blank(46, 8);
    int first = 0;
    panel_list(scene, (struct area){ 1, 1, 6, 40 }, rows, ARRAY_LEN(rows), NONE, &first);
    ck_assert_ptr_null(scene_region_at(scene, 1, 5));
    ck_assert_int_eq(scene_region_at(scene, 2, 5)->index, 1);
    ck_assert_int_eq(scene_region_at(scene, 6, 40)->index, 5);
}
END_TEST

START_TEST(test_lists_scroll_no_further_than_their_end)
{
    struct scene *scene = blank(46, 8);
    int first = 99;
    panel_list(scene, (struct area){ 1, 1, 4, 40 }, rows, ARRAY_LEN(rows), NONE, &first);
    ck_assert_int_eq(first, 2);
    first = -7;
    panel_list(scene, (struct area){ 1, 1, 4, 40 }, rows, ARRAY_LEN(rows), NONE, &first);
    ck_assert_int_eq(first, 0);
    panel_list(scene, (struct area){ 1, 1, 4, 40 }, NULL, 0, NONE, &first);
    ck_assert_int_eq(first, 0);
}
END_TEST

START_TEST(test_content_is_scrolled)
{
    struct scene *content = blank(10, 9);
    for (int row = 0; row < 9; row++)
        scene_printf(content, row, 0, 10, style_ink(INK_TEXT), "row %d", row);
    struct scene *scene = blank(20, 5);
    struct area inside = panel_draw(scene, (struct area){ 0, 0, 5, 20 }, NULL, NULL);
    int first = 8;
    panel_content(scene, inside, content, &first);
    ck_assert_int_eq(first, 6);
    ck_assert_str_eq(row_text(scene, 1), "│ row 6            │");
    ck_assert_str_eq(row_text(scene, 3), "│ row 8            ┃");
    ck_assert_int_eq(scene_cell(scene, 1, 2)->style.ground, GROUND_PANEL);
}
END_TEST

START_TEST(test_panels_fit_or_are_empty)
{
    struct scene *scene = blank(4, 2);
    struct area inside = panel_draw(scene, panel_centre(scene, 30, 60), "Title", "note");
    ck_assert_int_eq(inside.rows, 0);
    ck_assert_int_eq(inside.columns, 0);
    scene = blank(12, 3);
    inside = panel_draw(scene, panel_centre(scene, 30, 60), "A long title", "a long note");
    ck_assert_int_eq(inside.rows, 1);
    ck_assert_int_eq(inside.columns, 8);
    ck_assert_str_eq(row_text(scene, 0), "╭─ A lon… ─╮");
    ck_assert_str_eq(row_text(scene, 2), "╰─ a lon… ─╯");
}
END_TEST

START_TEST(test_prompt_keeps_its_cursor_in_sight)
{
    struct scene *scene = blank(12, 1);
    panel_prompt(scene, 0, 0, 12, ":", "persona anna", 12);
    ck_assert_str_eq(row_text(scene, 0), ":rsona anna");
    ck_assert_int_eq(scene->cursor_column, 11);
    panel_prompt(scene, 0, 0, 12, ":", "lane", 2);
    ck_assert_int_eq(scene->cursor_column, 3);
    panel_prompt(scene, 0, 0, 12, "/", "Größe", strlen("Grö"));
    ck_assert_int_eq(scene->cursor_column, 4);
    panel_prompt(scene, 0, 0, 1, ":", "x", 1);
}
END_TEST

/* ---- The foot -------------------------------------------------------------------- */

static const struct hint hints[] = {
    { "Enter", "open", "open", 90 }, { "p", "persona", "persona", 80 },
    { "c", "context", NULL, 70 },    { "/", "search", "search", 20 },
    { "?", "help", "help", 100 },
};

START_TEST(test_hints_go_by_priority_and_stay_in_order)
{
    struct scene *scene = blank(60, 1);
    foot_draw(scene, 0, 0, scene->columns, hints, ARRAY_LEN(hints));
    ck_assert_str_eq(row_text(scene, 0), " Enter open  p persona  c context  / search  ? help");
    scene = blank(40, 1);
    foot_draw(scene, 0, 0, scene->columns, hints, ARRAY_LEN(hints));
    ck_assert_str_eq(row_text(scene, 0), " Enter open  p persona  ? help");
    scene = blank(8, 1);
    foot_draw(scene, 0, 0, scene->columns, hints, ARRAY_LEN(hints));
    ck_assert_str_eq(row_text(scene, 0), " ? help");
    scene = blank(5, 1);
    foot_draw(scene, 0, 0, scene->columns, hints, ARRAY_LEN(hints));
    ck_assert_str_eq(row_text(scene, 0), "");
}
END_TEST

START_TEST(test_hints_are_keys_for_the_mouse)
{
    struct scene *scene = blank(60, 1);
    foot_draw(scene, 0, 0, scene->columns, hints, ARRAY_LEN(hints));
    ck_assert_str_eq(scene_region_at(scene, 0, 15)->command, "persona");
    ck_assert_ptr_null(scene_region_at(scene, 0, 0));
    ck_assert_ptr_null(scene_region_at(scene, 0, 58));
}
END_TEST

START_TEST(test_lists_go_by_whole_pages_and_end_at_their_end)
{
    ck_assert_int_eq(panel_first(NONE, 5, 20), 0);
    ck_assert_int_eq(panel_first(4, 5, 20), 0);
    ck_assert_int_eq(panel_first(5, 5, 20), 5);
    ck_assert_int_eq(panel_first(19, 5, 22), 15);
    ck_assert_int_eq(panel_first(21, 5, 22), 17);
    ck_assert_int_eq(panel_first(2, 5, 3), 0);
}
END_TEST

Suite *scene_panel_suite(void)
{
    Suite *suite = suite_create("scene_panel");
    TCase *tests = tcase_create("panel");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_picture_of_a_list);
    tcase_add_test(tests, test_rows_are_regions);
    tcase_add_test(tests, test_lists_scroll_no_further_than_their_end);
    tcase_add_test(tests, test_content_is_scrolled);
    tcase_add_test(tests, test_panels_fit_or_are_empty);
    tcase_add_test(tests, test_prompt_keeps_its_cursor_in_sight);
    suite_add_tcase(suite, tests);
    TCase *foot = tcase_create("foot");
    tcase_add_checked_fixture(foot, set_up, tear_down);
    tcase_add_test(foot, test_hints_go_by_priority_and_stay_in_order);
    tcase_add_test(foot, test_hints_are_keys_for_the_mouse);
    tcase_add_test(foot, test_lists_go_by_whole_pages_and_end_at_their_end);
    suite_add_tcase(suite, foot);
    return suite;
}
