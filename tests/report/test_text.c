/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <string.h>

#include <stellwerk/report/report.h>

static struct arena arena;
static struct str out;

static void setup(void)
{
    arena_init(&arena);
    str_init(&out);
}

static void teardown(void)
{
    str_finish(&out);
    arena_finish(&arena);
}

static struct scene *two_rows(void)
{
    struct scene *scene = scene_new(&arena, 12, 2, (struct medium){ 0 });
    scene_text(scene, 0, 2, 10, style_ink(INK_TEXT), "über");
    scene_text(scene, 1, 0, 10, style_on(GROUND_FALL, INK_BAD), "fällt");
    return scene;
}

START_TEST(plain_text_has_no_escape_and_no_blank_tail)
{
    report_text(&out, two_rows(), THEME_DARK, DEPTH_MONO);
    ck_assert_str_eq(out.text, "  über\nfällt\n");
}
END_TEST

/* What SGR says of a look, but for its emphasis. */
static const char *sequence(enum depth depth, const struct look *look)
{
    const struct shade *ink = &look->ink, *ground = &look->ground;
    if (depth == DEPTH_8)
        return arena_printf(&arena, ";%d;%dmfällt", 30 + ink->index8, 40 + ground->index8);
    if (depth == DEPTH_256)
        return arena_printf(&arena, ";38;5;%d;48;5;%dmfällt", ink->index256, ground->index256);
    return arena_printf(&arena, ";38;2;%u;%u;%u;48;2;%u;%u;%umfällt", ink->rgb >> 16,
                        ink->rgb >> 8 & 255, ink->rgb & 255, ground->rgb >> 16,
                        ground->rgb >> 8 & 255, ground->rgb & 255);
}

START_TEST(every_depth_says_the_same_text)
{
    for (enum depth depth = DEPTH_8; depth <= DEPTH_TRUE; depth++) {
        struct look look = theme_look(THEME_DARK, depth, style_on(GROUND_FALL, INK_BAD));
        str_clear(&out);
        report_text(&out, two_rows(), THEME_DARK, depth);
        const char *second = strchr(out.text, '\n') + 1;
        ck_assert_ptr_nonnull(strstr(second, sequence(depth, &look)));
        ck_assert_str_eq(strstr(second, "fällt"), "fällt\033[0m\n");
        ck_assert_int_eq(strncmp(out.text, "  über\n", strlen("  über\n")), 0);
    }
}
END_TEST

START_TEST(an_empty_scene_is_empty_lines)
{
    report_text(&out, scene_new(&arena, 5, 3, (struct medium){ 0 }), THEME_DARK, DEPTH_TRUE);
    ck_assert_str_eq(out.text, "\n\n\n");
}
END_TEST

START_TEST(a_picture_is_escaped_and_needs_nothing_else)
{
    struct scene *scene = scene_new(&arena, 20, 1, (struct medium){ 0 });
    scene_text(scene, 0, 0, 20, style_ink(INK_TEXT), "</text><script>&\"");
    report_svg(&out, scene, THEME_LIGHT);
    ck_assert_ptr_null(strstr(out.text, "<script"));
    ck_assert_ptr_nonnull(strstr(out.text, ">&lt;/text&gt;&lt;script&gt;&amp;&quot;</text>"));
    ck_assert_ptr_null(strstr(out.text, "href"));
    ck_assert_ptr_nonnull(strstr(out.text, "width=\"198\" height=\"36\"")); /* 20 x 9 + 2 x 9 */
}
END_TEST

START_TEST(blocks_become_rectangles_on_the_grid)
{
    struct scene *scene = scene_new(&arena, 3, 1, (struct medium){ 0 });
    scene_glyph(scene, 0, 0, style_ink(INK_BAND), "▄");
    scene_text(scene, 0, 1, 2, style_ink(INK_TEXT), "世");
    report_svg(&out, scene, THEME_DARK);
    ck_assert_ptr_nonnull(strstr(out.text, "<rect x=\"9\" y=\"18\" width=\"9\" height=\"9\" "));
    ck_assert_ptr_null(strstr(out.text, "▄"));
    ck_assert_ptr_nonnull(strstr(out.text, "textLength=\"18\"")); /* a wide character: two cells */
}
END_TEST

Suite *report_text_suite(void)
{
    Suite *suite = suite_create("report_text");
    TCase *tests = tcase_create("painters");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, plain_text_has_no_escape_and_no_blank_tail);
    tcase_add_test(tests, every_depth_says_the_same_text);
    tcase_add_test(tests, an_empty_scene_is_empty_lines);
    tcase_add_test(tests, a_picture_is_escaped_and_needs_nothing_else);
    tcase_add_test(tests, blocks_become_rectangles_on_the_grid);
    suite_add_tcase(suite, tests);
    return suite;
}
