/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <string.h>

#include <stellwerk/scene/scene.h>

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

START_TEST(test_text_is_clipped_with_an_ellipsis)
{
    struct scene *scene = blank(12, 2);
    ck_assert_int_eq(scene_text(scene, 0, 1, 6, style_ink(INK_TEXT), "platform"), 6);
    ck_assert_str_eq(row_text(scene, 0), " platf…");
    ck_assert_int_eq(scene_text(scene, 1, 1, 8, style_ink(INK_TEXT), "platform"), 8);
    ck_assert_str_eq(row_text(scene, 1), " platform");
}
END_TEST

START_TEST(test_text_ends_at_the_edge)
{
    struct scene *scene = blank(6, 1);
    ck_assert_int_eq(scene_text(scene, 0, 2, 100, style_ink(INK_TEXT), "platform"), 4);
    ck_assert_str_eq(row_text(scene, 0), "  pla…");
    ck_assert_int_eq(scene_text(scene, 0, 6, 100, style_ink(INK_TEXT), "x"), 0);
    ck_assert_int_eq(scene_text(scene, 1, 0, 100, style_ink(INK_TEXT), "x"), 0);
    ck_assert_int_eq(scene_text(scene, -1, 0, 100, style_ink(INK_TEXT), "x"), 0);
    ck_assert_int_eq(scene_text(scene, 0, 0, 0, style_ink(INK_TEXT), "x"), 0);
}
END_TEST

START_TEST(test_wide_cluster_does_not_stick_out)
{
    struct scene *scene = blank(5, 1);
    ck_assert_int_eq(scene_text(scene, 0, 0, 5, style_ink(INK_TEXT), "東京駅"), 5);
    ck_assert_str_eq(row_text(scene, 0), "東京…");
    scene_put(scene, 0, 4, style_ink(INK_TEXT), "駅", strlen("駅"), 2);
    ck_assert_str_eq(row_text(scene, 0), "東京…");
}
END_TEST

START_TEST(test_half_of_a_wide_cluster_goes_when_the_other_is_drawn_over)
{
    struct scene *scene = blank(4, 1);
    scene_text(scene, 0, 0, 4, style_ink(INK_TEXT), "東京");
    scene_glyph(scene, 0, 1, style_ink(INK_TEXT), "|");
    ck_assert_str_eq(row_text(scene, 0), " |京");
    ck_assert_int_eq(scene_cell(scene, 0, 0)->width, 1);
    scene_glyph(scene, 0, 2, style_ink(INK_TEXT), "|");
    ck_assert_str_eq(row_text(scene, 0), " ||");
    ck_assert_int_eq(scene_cell(scene, 0, 3)->width, 1);
    scene_text(scene, 0, 0, 4, style_ink(INK_TEXT), "a東b");
    scene_text(scene, 0, 0, 2, style_ink(INK_TEXT), "京");
    ck_assert_str_eq(row_text(scene, 0), "京 b");
}
END_TEST

START_TEST(test_fill_blanks_half_a_wide_cluster)
{
    struct scene *scene = blank(4, 1);
    scene_text(scene, 0, 0, 4, style_ink(INK_TEXT), "東京");
    scene_fill(scene, 0, 1, 1, 1, style_on(GROUND_BAR, INK_TEXT));
    ck_assert_str_eq(row_text(scene, 0), "  京");
    ck_assert_int_eq(scene_cell(scene, 0, 1)->style.ground, GROUND_BAR);
}
END_TEST

START_TEST(test_combining_marks_stay_on_their_letter)
{
    struct scene *scene = blank(8, 2);
    ck_assert_int_eq(scene_text(scene, 0, 0, 8, style_ink(INK_TEXT), "Zu\u0308rich"), 6);
    ck_assert_int_eq(scene_cell(scene, 0, 1)->bytes, 3);
    scene_text(scene, 1, 0, 8, style_ink(INK_TEXT), "left");
    scene_text(scene, 1, 4, 4, style_ink(INK_TEXT), "\u0301");
    ck_assert_int_eq(scene_cell(scene, 1, 4)->width, 1);
    ck_assert_int_eq(scene_cell(scene, 1, 3)->bytes, 1);
}
END_TEST

START_TEST(test_long_clusters_are_cut_between_code_points)
{
    char text[1 + 2 * 400 + 1] = "a";
    for (int i = 0; i < 400; i++)
        memcpy(text + 1 + 2 * i, "\u0301", 2);
    struct scene *scene = blank(3, 1);
    scene_text(scene, 0, 0, 3, style_ink(INK_TEXT), text);
    ck_assert_uint_eq(scene_cell(scene, 0, 0)->bytes % 2, 1);
    ck_assert_uint_gt(scene_cell(scene, 0, 0)->bytes, 1);
}
END_TEST

START_TEST(test_hostile_text_is_made_harmless)
{
    struct scene *scene = blank(40, 1);
    scene_text(scene, 0, 0, 40, style_ink(INK_TEXT), "a\x1b[31m\r\u202Eb\nc");
    ck_assert_ptr_null(strpbrk(row_text(scene, 0), "\x1b\r\n"));
    ck_assert_ptr_null(strstr(row_text(scene, 0), "\u202E"));
}
END_TEST

START_TEST(test_ground_stays_under_text_without_one)
{
    struct scene *scene = blank(4, 1);
    scene_fill(scene, 0, 0, 1, 4, style_on(GROUND_BAND, INK_TEXT));
    scene_light(scene, 0, 1, 1, 1);
    scene_text(scene, 0, 0, 4, style_ink(INK_GOOD), "ab");
    ck_assert_int_eq(scene_cell(scene, 0, 0)->style.ground, GROUND_BAND);
    ck_assert(!scene_cell(scene, 0, 0)->style.selected);
    ck_assert(scene_cell(scene, 0, 1)->style.selected);
    scene_glyph(scene, 0, 0, style_on(GROUND_FALL, INK_TEXT), "x");
    ck_assert_int_eq(scene_cell(scene, 0, 0)->style.ground, GROUND_FALL);
}
END_TEST

START_TEST(test_rectangles_are_clipped)
{
    struct scene *scene = blank(3, 2);
    scene_fill(scene, -5, -5, 50, 50, style_on(GROUND_BAR, INK_TEXT));
    scene_light(scene, 1, 2, 9, 9);
    ck_assert_int_eq(scene_cell(scene, 0, 0)->style.ground, GROUND_BAR);
    ck_assert(scene_cell(scene, 1, 2)->style.selected);
    ck_assert(!scene_cell(scene, 1, 1)->style.selected);
    ck_assert_ptr_null(scene_cell(scene, 2, 0));
    ck_assert_ptr_null(scene_cell(scene, 0, 3));
    ck_assert_ptr_null(scene_cell(scene, -1, 0));
}
END_TEST

START_TEST(test_laying_clips_and_keeps_the_ground_below)
{
    struct scene *from = blank(4, 3);
    for (int row = 0; row < 3; row++)
        scene_printf(from, row, 0, 4, style_ink(INK_TEXT), "%d東", row);
    scene_region(
        from, (struct region){ .row = 1, .rows = 1, .columns = 4, .kind = REGION_ROW, .index = 7 });
    struct scene *scene = blank(4, 3);
    scene_fill(scene, 0, 0, 3, 4, style_on(GROUND_PANEL, INK_TEXT));
    scene_lay_rows(scene, 1, 2, from, 1, 9);
    ck_assert_str_eq(row_text(scene, 0), "");
    ck_assert_str_eq(row_text(scene, 1), "  1");
    ck_assert_str_eq(row_text(scene, 2), "  2");
    ck_assert_int_eq(scene_cell(scene, 1, 2)->style.ground, GROUND_PANEL);
    ck_assert_int_eq(scene_region_at(scene, 1, 3)->index, 7);
    ck_assert_ptr_null(scene_region_at(scene, 0, 2));
}
END_TEST

START_TEST(test_regions_on_top_are_found_first)
{
    struct scene *scene = blank(10, 2);
    scene_region(scene, (struct region){ .rows = 2, .columns = 10, .index = 1 });
    scene_region(scene,
                 (struct region){ .row = 1, .column = 2, .rows = 1, .columns = 3, .index = 2 });
    ck_assert_int_eq(scene_region_at(scene, 1, 2)->index, 2);
    ck_assert_int_eq(scene_region_at(scene, 1, 5)->index, 1);
    ck_assert_ptr_null(scene_region_at(scene, 2, 0));
}
END_TEST

START_TEST(test_growing_keeps_what_is_there)
{
    struct scene *scene = blank(5, 1);
    scene_text(scene, 0, 0, 5, style_ink(INK_TEXT), "first");
    scene_grow(scene, 2);
    scene_text(scene, 2, 0, 5, style_ink(INK_TEXT), "third");
    ck_assert_int_eq(scene->rows, 3);
    ck_assert_str_eq(row_text(scene, 0), "first");
    ck_assert_str_eq(row_text(scene, 1), "");
    ck_assert_str_eq(row_text(scene, 2), "third");
}
END_TEST

START_TEST(test_ascii_spells_signs_and_keeps_letters)
{
    struct scene *scene = scene_new(&arena, 30, 2, (struct medium){ .ascii = true });
    scene_text(scene, 0, 0, 30, style_ink(INK_TEXT), "−29 ±3 · „Verspätung“ → 60–85");
    ck_assert_str_eq(row_text(scene, 0), "-29 +-3 . \"Verspätung\" -> 6...");
    ck_assert_int_eq(scene_text_width(scene, "±3 …"), 7);
    scene_text(scene, 1, 0, 6, style_ink(INK_TEXT), "platform");
    ck_assert_str_eq(row_text(scene, 1), "platf~");
}
END_TEST

START_TEST(test_empty_scene_can_be_used)
{
    struct scene *scene = blank(0, 0);
    scene_text(scene, 0, 0, 10, style_ink(INK_TEXT), "x");
    scene_glyph(scene, 0, 0, style_ink(INK_TEXT), "x");
    scene_fill(scene, 0, 0, 3, 3, style_ink(INK_TEXT));
    ck_assert_ptr_null(scene_cell(scene, 0, 0));
}
END_TEST

/* ---- Spans ----------------------------------------------------------------------- */

START_TEST(test_spans_join_what_looks_the_same)
{
    struct scene *scene = blank(20, 1);
    scene_text(scene, 0, 2, 20, style_ink(INK_GOOD), "a b");
    scene_text(scene, 0, 8, 20, style_ink(INK_BAD), "c");
    size_t count;
    struct span *spans = scene_spans(&arena, scene, 0, &count);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(spans[0].text, "  a b   ");
    ck_assert_int_eq(spans[0].columns, 8);
    ck_assert_int_eq(spans[0].style.ink, INK_GOOD);
    ck_assert_str_eq(spans[1].text, "c");
    ck_assert_int_eq(spans[1].column, 8);
}
END_TEST

START_TEST(test_spans_keep_blanks_that_show)
{
    struct scene *scene = blank(6, 3);
    scene_fill(scene, 0, 0, 1, 6, style_on(GROUND_BAR, INK_TEXT));
    scene_light(scene, 1, 4, 1, 1);
    size_t count;
    struct span *spans = scene_spans(&arena, scene, 0, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(spans[0].text, "      ");
    spans = scene_spans(&arena, scene, 1, &count);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(spans[0].text, "    ");
    ck_assert_str_eq(spans[1].text, " ");
    (void)scene_spans(&arena, scene, 2, &count);
    ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(test_spans_do_not_split_a_wide_cluster)
{
    struct scene *scene = blank(4, 1);
    scene_text(scene, 0, 0, 4, style_ink(INK_TEXT), "東京");
    scene_cell(scene, 0, 1)->style.ground = GROUND_MATCH;
    size_t count;
    struct span *spans = scene_spans(&arena, scene, 0, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(spans[0].text, "東京");
    ck_assert_int_eq(spans[0].columns, 4);
}
END_TEST

Suite *scene_scene_suite(void)
{
    Suite *suite = suite_create("scene_scene");
    TCase *grid = tcase_create("grid");
    tcase_add_checked_fixture(grid, set_up, tear_down);
    tcase_add_test(grid, test_text_is_clipped_with_an_ellipsis);
    tcase_add_test(grid, test_text_ends_at_the_edge);
    tcase_add_test(grid, test_wide_cluster_does_not_stick_out);
    tcase_add_test(grid, test_half_of_a_wide_cluster_goes_when_the_other_is_drawn_over);
    tcase_add_test(grid, test_fill_blanks_half_a_wide_cluster);
    tcase_add_test(grid, test_combining_marks_stay_on_their_letter);
    tcase_add_test(grid, test_long_clusters_are_cut_between_code_points);
    tcase_add_test(grid, test_hostile_text_is_made_harmless);
    tcase_add_test(grid, test_ground_stays_under_text_without_one);
    tcase_add_test(grid, test_rectangles_are_clipped);
    tcase_add_test(grid, test_laying_clips_and_keeps_the_ground_below);
    tcase_add_test(grid, test_regions_on_top_are_found_first);
    tcase_add_test(grid, test_growing_keeps_what_is_there);
    tcase_add_test(grid, test_ascii_spells_signs_and_keeps_letters);
    tcase_add_test(grid, test_empty_scene_can_be_used);
    suite_add_tcase(suite, grid);
    TCase *spans = tcase_create("spans");
    tcase_add_checked_fixture(spans, set_up, tear_down);
    tcase_add_test(spans, test_spans_join_what_looks_the_same);
    tcase_add_test(spans, test_spans_keep_blanks_that_show);
    tcase_add_test(spans, test_spans_do_not_split_a_wide_cluster);
    suite_add_tcase(suite, spans);
    return suite;
}
