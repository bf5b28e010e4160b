/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>

#include <stellwerk/scene/theme.h>

static struct look look_of(int theme, enum depth depth, int ink, int ground, bool selected)
{
    struct style style = { .ink = (uint8_t)ink, .ground = (uint8_t)ground, .selected = selected };
    return theme_look((enum theme_name)theme, depth, style);
}

/* Relative luminance and contrast: WCAG 2.1. */
static double channel(uint32_t rgb, int shift)
{
    double value = (rgb >> shift & 255) / 255.0;
    return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t rgb)
{
    return 0.2126 * channel(rgb, 16) + 0.7152 * channel(rgb, 8) + 0.0722 * channel(rgb, 0);
}

static double contrast(uint32_t a, uint32_t b)
{
    double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
    return x > y ? x / y : y / x;
}

START_TEST(test_names)
{
    ck_assert_int_eq(theme_find("dark"), THEME_DARK);
    ck_assert_int_eq(theme_find("light"), THEME_LIGHT);
    ck_assert_int_eq(theme_find("dim"), -1);
}
END_TEST

START_TEST(test_every_element_has_a_colour_in_every_depth)
{
    for (int theme = 0; theme < THEME_COUNT; theme++) {
        for (int ink = 0; ink < INK_COUNT; ink++) {
            struct shade shade = look_of(theme, DEPTH_TRUE, ink, GROUND_NONE, false).ink;
            ck_assert_msg(ink == INK_STRONG || shade.rgb != 0, "theme %d, ink %d", theme, ink);
            ck_assert_msg(ink == INK_TEXT || (shade.index256 >= 16 && shade.index256 <= 255),
                          "theme %d, ink %d", theme, ink);
            ck_assert_int_le(shade.index8, 7);
        }
        for (int ground = 0; ground < GROUND_COUNT; ground++) {
            struct shade lit = look_of(theme, DEPTH_TRUE, INK_TEXT, ground, true).ground;
            struct shade unlit = look_of(theme, DEPTH_TRUE, INK_TEXT, ground, false).ground;
            ck_assert_msg(lit.rgb != unlit.rgb && lit.index256 != unlit.index256,
                          "theme %d, ground %d: light is not seen", theme, ground);
        }
    }
}
END_TEST

START_TEST(test_text_is_the_terminals_own)
{
    struct look look = look_of(THEME_DARK, DEPTH_256, INK_TEXT, GROUND_NONE, false);
    ck_assert(look.ink_default && look.ground_default);
    look = look_of(THEME_DARK, DEPTH_256, INK_BAD, GROUND_BAND, false);
    ck_assert(!look.ink_default && !look.ground_default);
    look = look_of(THEME_DARK, DEPTH_MONO, INK_BAD, GROUND_BAND, false);
    ck_assert(look.ink_default && look.ground_default);
}
END_TEST

START_TEST(test_words_can_be_read_on_their_grounds)
{
    static const enum ink words[] = { INK_TEXT, INK_STRONG,   INK_GOOD, INK_BAD,
                                      INK_WARN, INK_MEASURED, INK_DIM };
    static const enum ground grounds[] = { GROUND_NONE, GROUND_BAR, GROUND_PANEL };
    for (int theme = 0; theme < THEME_COUNT; theme++) {
        for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
            for (size_t k = 0; k < 2 * sizeof(grounds) / sizeof(*grounds); k++) {
                struct look look = look_of(theme, DEPTH_TRUE, words[i], grounds[k / 2], k % 2 == 1);
                double ratio = contrast(look.ink.rgb, look.ground.rgb);
                ck_assert_msg(ratio >= 4.5, "theme %d, ink %d, ground %d: %.1f", theme, words[i],
                              grounds[k / 2], ratio);
            }
        }
    }
}
END_TEST

/* Red and teal differ in lightness, so that eyes that do not tell them apart see two blocks. */
START_TEST(test_good_and_bad_differ_without_their_hue)
{
    for (int theme = 0; theme < THEME_COUNT; theme++) {
        for (int lit = 0; lit < 2; lit++) {
            struct look band = look_of(theme, DEPTH_TRUE, INK_TEXT, GROUND_BAND, lit);
            struct look fall = look_of(theme, DEPTH_TRUE, INK_TEXT, GROUND_FALL, lit);
            ck_assert_double_gt(contrast(band.ground.rgb, fall.ground.rgb), 1.1);
        }
    }
}
END_TEST

START_TEST(test_edges_have_the_colour_of_their_ground)
{
    for (int lit = 0; lit < 2; lit++) {
        struct look edge = look_of(THEME_DARK, DEPTH_256, INK_BAND, GROUND_NONE, lit);
        struct look block = look_of(THEME_DARK, DEPTH_256, INK_TEXT, GROUND_BAND, lit);
        ck_assert_int_eq(edge.ink.index256, block.ground.index256);
        edge = look_of(THEME_LIGHT, DEPTH_TRUE, INK_FALL, GROUND_BAND, lit);
        block = look_of(THEME_LIGHT, DEPTH_TRUE, INK_TEXT, GROUND_FALL, lit);
        ck_assert_uint_eq(edge.ink.rgb, block.ground.rgb);
    }
}
END_TEST

START_TEST(test_eight_colours_stay_readable)
{
    struct style curve = { .ink = INK_CURVE, .ground = GROUND_BAND, .emphasis = EMPHASIS_BOLD };
    struct look look = theme_look(THEME_DARK, DEPTH_8, curve);
    ck_assert_int_eq(look.ink.index8, 0);
    ck_assert_uint_eq(look.emphasis & EMPHASIS_BOLD, 0);
    for (int theme = 0; theme < THEME_COUNT; theme++) {
        for (int ink = 0; ink < INK_BAND; ink++) {
            for (int ground = GROUND_BAND; ground <= GROUND_FALL; ground++) {
                look = look_of(theme, DEPTH_8, ink, ground, false);
                ck_assert_msg(look.ink.index8 != look.ground.index8, "theme %d, ink %d, ground %d",
                              theme, ink, ground);
            }
        }
    }
}
END_TEST

START_TEST(test_nothing_hides_on_the_bars_of_eight_colours)
{
    for (int theme = 0; theme < THEME_COUNT; theme++)
        for (int ink = 0; ink < INK_BAND; ink++)
            for (int lit = 0; lit < 2; lit++) {
                struct look look = look_of(theme, DEPTH_8, ink, GROUND_BAR, lit);
                bool pale = look.ground.index8 == 4 && ink != INK_KEY;
                ck_assert_msg(!pale || look.ink.index8 == 7, "theme %d, ink %d", theme, ink);
            }
    struct look found = look_of(THEME_DARK, DEPTH_TRUE, INK_DIM, GROUND_MATCH, false);
    ck_assert_double_ge(contrast(found.ink.rgb, found.ground.rgb), 4.5);
    found = look_of(THEME_LIGHT, DEPTH_TRUE, INK_BAD, GROUND_MATCH, true);
    ck_assert_double_ge(contrast(found.ink.rgb, found.ground.rgb), 4.5);
}
END_TEST

START_TEST(test_mono_has_emphasis)
{
    ck_assert_uint_eq(look_of(THEME_DARK, DEPTH_MONO, INK_TEXT, GROUND_BAR, false).emphasis,
                      EMPHASIS_REVERSE);
    ck_assert_uint_eq(look_of(THEME_DARK, DEPTH_MONO, INK_BAD, GROUND_NONE, false).emphasis,
                      EMPHASIS_BOLD);
    ck_assert_uint_eq(look_of(THEME_DARK, DEPTH_MONO, INK_TEXT, GROUND_NONE, true).emphasis,
                      EMPHASIS_BOLD);
    ck_assert_uint_eq(look_of(THEME_DARK, DEPTH_MONO, INK_TEXT, GROUND_NONE, false).emphasis, 0);
}
END_TEST

Suite *scene_theme_suite(void)
{
    Suite *suite = suite_create("scene_theme");
    TCase *tests = tcase_create("theme");
    tcase_add_test(tests, test_names);
    tcase_add_test(tests, test_every_element_has_a_colour_in_every_depth);
    tcase_add_test(tests, test_text_is_the_terminals_own);
    tcase_add_test(tests, test_words_can_be_read_on_their_grounds);
    tcase_add_test(tests, test_good_and_bad_differ_without_their_hue);
    tcase_add_test(tests, test_edges_have_the_colour_of_their_ground);
    tcase_add_test(tests, test_eight_colours_stay_readable);
    tcase_add_test(tests, test_nothing_hides_on_the_bars_of_eight_colours);
    tcase_add_test(tests, test_mono_has_emphasis);
    suite_add_tcase(suite, tests);
    return suite;
}
