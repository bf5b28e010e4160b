/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever frames follow each other, the terminal shows the last one, for few bytes. */

#include "../suites.h"
#include "glass.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/utf8.h>
#include <stellwerk/tui/wire.h>

static struct glass glass;
static struct wire *wire;
static struct arena arena;
static struct str bytes;
static enum depth depth;

static void open_as(struct abilities abilities, int columns, int rows)
{
    depth = abilities.depth;
    wire = wire_create(abilities);
    glass_open(&glass, columns, rows);
    str_init(&bytes);
}

static void set_up(void)
{
    open_as((struct abilities){ .depth = DEPTH_256, .erases_coloured = true, .utf8 = true }, 40, 6);
}

static void tear_down(void)
{
    wire_destroy(wire);
    glass_close(&glass);
    str_finish(&bytes);
    arena_finish(&arena);
}

static struct scene *blank_frame(void)
{
    return scene_new(&arena, glass.columns, glass.rows, (struct medium){ 0 });
}

static struct scene *text_frame(const char *text)
{
    struct scene *frame = blank_frame();
    scene_text(frame, 2, 4, frame->columns, (struct style){ .ink = INK_TEXT }, text);
    return frame;
}

/* Returns how many bytes it took. */
static size_t draw(const struct scene *frame)
{
    str_clear(&bytes);
    wire_draw(wire, frame, THEME_DARK, &bytes);
    glass_feed(&glass, bytes.text, bytes.length);
    return bytes.length;
}

/* ---- The terminal shows what the frame says ------------------------------------------------- */

static bool same_colour(const VTermColor *seen, const struct shade *shade, bool own, bool ink)
{
    if (own || depth == DEPTH_MONO)
        return ink ? VTERM_COLOR_IS_DEFAULT_FG(seen) : VTERM_COLOR_IS_DEFAULT_BG(seen);
    if (depth == DEPTH_TRUE)
        return VTERM_COLOR_IS_RGB(seen) && seen->rgb.red == (shade->rgb >> 16 & 255) &&
               seen->rgb.green == (shade->rgb >> 8 & 255) && seen->rgb.blue == (shade->rgb & 255);
    int index = depth == DEPTH_256 ? shade->index256 : shade->index8;
    return VTERM_COLOR_IS_INDEXED(seen) && seen->indexed.idx == index;
}

static bool same_text(const VTermScreenCell *seen, const struct cell *cell)
{
    size_t at = 0, length;
    for (int i = 0; at < cell->bytes; i++, at += length) {
        if (seen->chars[i] != utf8_decode(cell->text + at, &length))
            return false;
    }
    if (cell->bytes == 0 && seen->chars[0] != 0 && seen->chars[0] != ' ')
        return false;
    return seen->width == cell->width;
}

static bool same_look(const VTermScreenCell *seen, const struct cell *cell)
{
    struct look look = theme_look(THEME_DARK, depth, cell->style);
    bool blank = cell->bytes == 0, reversed = look.emphasis & EMPHASIS_REVERSE;
    if (!same_colour(&seen->bg, &look.ground, look.ground_default, false) ||
        seen->attrs.reverse != reversed ||
        (seen->attrs.underline != 0) != ((look.emphasis & EMPHASIS_UNDERLINE) != 0))
        return false;
    if (blank && !reversed)
        return true;
    return same_colour(&seen->fg, &look.ink, look.ink_default, true) &&
           (blank || seen->attrs.bold == ((look.emphasis & EMPHASIS_BOLD) != 0));
}

/* Asserting each of the thousands of cells would take Check longer than all the rest. */
static void check_cells(const struct scene *frame)
{
    for (int row = 0; row < frame->rows; row++) {
        for (int column = 0; column < frame->columns; column++) {
            const struct cell *cell = &frame->cells[row * frame->columns + column];
            VTermScreenCell seen = glass_cell(&glass, row, column);
            if (cell->width > 0 && !(same_text(&seen, cell) && same_look(&seen, cell)))
                ck_abort_msg("row %d, column %d should be '%.*s', ink %d on ground %d", row, column,
                             cell->bytes, cell->bytes > 0 ? cell->text : "", cell->style.ink,
                             cell->style.ground);
        }
    }
}

static void check(const struct scene *frame)
{
    check_cells(frame);
    VTermPos cursor = glass_cursor(&glass);
    ck_assert_int_eq(glass.cursor_visible, frame->cursor_row >= 0);
    if (frame->cursor_row >= 0) {
        ck_assert_int_eq(cursor.row, frame->cursor_row);
        ck_assert_int_eq(cursor.col, frame->cursor_column);
    }
    ck_assert_msg(!glass.scrolled, "the terminal scrolled");
}

/* ---- Frames by chance ----------------------------------------------------------------------- */

static uint32_t chance_state;

/* Xorshift (Marsaglia 2003): the same frames every time. */
static uint32_t chance(uint32_t below)
{
    chance_state ^= chance_state << 13;
    chance_state ^= chance_state >> 17;
    chance_state ^= chance_state << 5;
    return chance_state % below;
}

static struct style any_style(void)
{
    static const uint8_t emphases[] = { 0, 0, 0, EMPHASIS_BOLD, EMPHASIS_UNDERLINE,
                                        EMPHASIS_REVERSE };
    return (struct style){
        .ink = (uint8_t)chance(INK_COUNT),
        .ground = (uint8_t)(chance(2) == 0 ? GROUND_NONE : chance(GROUND_COUNT)),
        .emphasis = emphases[chance(ARRAY_LEN(emphases))],
        .selected = chance(8) == 0,
    };
}

/* Changes a piece of the frame. */
static void scribble(struct scene *frame)
{
    static const char *const texts[] = {
        "a",  "Bahnsteig", "─────────", "列に並ぶ", "e\u0301tude",
        "▄█", "   ",       "a longer text that runs into the right edge of the frame",
    };
    int row = (int)chance((uint32_t)frame->rows), column = (int)chance((uint32_t)frame->columns);
    switch (chance(4)) {
    case 0:
        scene_fill(frame, row, column, 1 + (int)chance(3), 1 + (int)chance(40), any_style());
        break;
    case 1:
        scene_light(frame, row, column, 2, (int)chance(12));
        break;
    default:
        scene_text(frame, row, column, frame->columns - column, any_style(),
                   texts[chance(ARRAY_LEN(texts))]);
        break;
    }
}

static struct scene *next_frame(const struct scene *before)
{
    struct scene *frame = blank_frame();
    if (chance(10) > 0)
        scene_lay(frame, 0, 0, before);
    for (uint32_t i = chance(12); i > 0; i--)
        scribble(frame);
    if (chance(4) > 0) {
        frame->cursor_row = (int)chance((uint32_t)frame->rows);
        frame->cursor_column = (int)chance((uint32_t)frame->columns);
    }
    return frame;
}

static const struct abilities kinds[] = {
    { .depth = DEPTH_256, .erases_coloured = true, .utf8 = true },
    { .depth = DEPTH_256, .erases_coloured = false, .utf8 = true },
    { .depth = DEPTH_TRUE, .erases_coloured = true, .utf8 = true },
    { .depth = DEPTH_8, .erases_coloured = false, .utf8 = true },
    { .depth = DEPTH_MONO, .erases_coloured = true, .utf8 = true },
};

START_TEST(test_any_frame_follows_any_other)
{
    chance_state = 2463534242u + (uint32_t)_i;
    open_as(kinds[_i], 40, 12);
    struct scene *frame = blank_frame();
    for (int i = 0; i < 150; i++) {
        frame = next_frame(frame);
        draw(frame);
        check(frame);
        ck_assert_uint_eq(draw(frame), 0);
        if (chance(20) == 0)
            wire_forget(wire);
    }
    tear_down();
}
END_TEST

START_TEST(test_a_frame_of_another_size)
{
    draw(text_frame("Bahnsteig"));
    glass_resize(&glass, 17, 3);
    struct scene *frame = text_frame("An Bord");
    draw(frame);
    check(frame);
    glass_resize(&glass, 1, 1);
    frame = blank_frame();
    scene_text(frame, 0, 0, 1, (struct style){ 0 }, "x");
    frame->cursor_row = frame->cursor_column = 0;
    draw(frame);
    ck_assert_str_eq(glass_row(&glass, 0), "x");
}
END_TEST

START_TEST(test_the_last_cell_does_not_scroll)
{
    struct scene *frame = blank_frame();
    scene_fill(frame, 0, 0, frame->rows, frame->columns, (struct style){ .ground = GROUND_BAR });
    for (int column = 0; column < frame->columns; column++)
        scene_text(frame, frame->rows - 1, column, 1, (struct style){ 0 }, "#");
    draw(frame);
    check(frame);
}
END_TEST

/* ---- For few bytes -------------------------------------------------------------------------- */

static void expect(const struct scene *frame, const char *wanted)
{
    draw(frame);
    ck_assert_str_eq(bytes.text, wanted);
    check(frame);
}

START_TEST(test_only_what_differs_is_sent)
{
    draw(text_frame("expected 60-85"));
    expect(text_frame("expected 55-85"), "\033[14G55");
    expect(text_frame("expected 55-87"), "-87"); /* shorter than to move over the dash */
    expect(text_frame("expected"), "\033[14G\033[K"); /* the blank before stays */
    expect(text_frame("expected"), "");
}
END_TEST

START_TEST(test_a_colour_is_sent_once)
{
    draw(blank_frame());
    struct scene *frame = blank_frame();
    struct style bad = { .ink = INK_BAD };
    scene_text(frame, 0, 0, 20, bad, "ab");
    scene_text(frame, 1, 0, 20, bad, "cd");
    draw(frame);
    check(frame);
    const char *first = strstr(bytes.text, "\033[38;5;");
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_null(strstr(first + 1, "\033[38;5;"));
}
END_TEST

START_TEST(test_ink_of_one_paint_is_sent_together)
{
    draw(blank_frame());
    struct scene *frame = blank_frame();
    for (int column = 0; column < 4; column++)
        scene_text(frame, 0, column, 1, (struct style){ .ink = column % 2 ? INK_GOOD : INK_BAD },
                   column % 2 ? "+" : "-");
    expect(frame, " \033[38;5;79m+ +\r\033[38;5;210m-\033[C-");
}
END_TEST

START_TEST(test_a_cleared_terminal_is_not_cleared_again)
{
    wire_cleared(wire, glass.columns, glass.rows);
    expect(text_frame("ab"), "\033[3;5Hab\033[?25l");
    wire_forget(wire);
    draw(text_frame("ab"));
    ck_assert_ptr_nonnull(strstr(bytes.text, "\033[2J"));
}
END_TEST

START_TEST(test_a_change_of_ground_leaves_the_ink)
{
    struct scene *frame = blank_frame();
    struct style style = { .ink = INK_BAD, .ground = GROUND_BAND };
    scene_text(frame, 0, 0, 20, style, "ab");
    style.ground = GROUND_FALL;
    scene_text(frame, 0, 2, 20, style, "cd");
    draw(frame);
    check(frame);
    struct look look = theme_look(THEME_DARK, DEPTH_256, style);
    char wanted[32];
    snprintf(wanted, sizeof(wanted), "ab\033[48;5;%dmcd", look.ground.index256);
    ck_assert_ptr_nonnull(strstr(bytes.text, wanted));
}
END_TEST

START_TEST(test_without_utf8_what_is_not_ascii_is_a_question_mark)
{
    wire_destroy(wire);
    wire = wire_create((struct abilities){ .depth = DEPTH_MONO });
    draw(text_frame("Verspätung 列"));
    ck_assert_str_eq(glass_row(&glass, 2), "    Versp?tung ??");
}
END_TEST

START_TEST(test_marks_beyond_all_measure_are_left_out)
{
    struct str text;
    str_init(&text);
    str_append_char(&text, 'a');
    for (int i = 0; i < 60; i++)
        str_append(&text, "\u0301");
    draw(text_frame(text.text));
    ck_assert_uint_eq(glass_cell(&glass, 2, 4).chars[0], 'a');
    ck_assert_uint_eq(glass_cell(&glass, 2, 4).chars[1], 0x301);
    ck_assert_uint_eq(draw(text_frame(text.text)), 0);
    str_finish(&text);
}
END_TEST

Suite *tui_wire_suite(void)
{
    Suite *suite = suite_create("tui_wire");
    TCase *tests = tcase_create("wire");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_a_frame_of_another_size);
    tcase_add_test(tests, test_the_last_cell_does_not_scroll);
    tcase_add_test(tests, test_only_what_differs_is_sent);
    tcase_add_test(tests, test_a_colour_is_sent_once);
    tcase_add_test(tests, test_ink_of_one_paint_is_sent_together);
    tcase_add_test(tests, test_a_cleared_terminal_is_not_cleared_again);
    tcase_add_test(tests, test_a_change_of_ground_leaves_the_ink);
    tcase_add_test(tests, test_without_utf8_what_is_not_ascii_is_a_question_mark);
    tcase_add_test(tests, test_marks_beyond_all_measure_are_left_out);
    suite_add_tcase(suite, tests);
    TCase *frames = tcase_create("frames");
    tcase_add_loop_test(frames, test_any_frame_follows_any_other, 0, ARRAY_LEN(kinds));
    suite_add_tcase(suite, frames);
    return suite;
}
