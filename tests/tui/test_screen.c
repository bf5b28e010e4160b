/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The screen and its input in this very process: bytes from a pipe, drawn into a file. */

#include "../suites.h"
#include "glass.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>
#include <stellwerk/tui/input.h>
#include <stellwerk/tui/screen.h>

static struct glass glass;
static struct arena arena;
static FILE *out, *in;
static int keyboard; /* the writing end of what the screen reads */

static void open_as(const char *terminal)
{
    struct error err;
    int pipe_ends[2];
    setenv("TERM", terminal, 1);
    unsetenv("COLORTERM");
    unsetenv("ESCDELAY");
    error_init(&err);
    ck_assert_int_eq(pipe2(pipe_ends, O_NONBLOCK), 0);
    keyboard = pipe_ends[1];
    in = fdopen(pipe_ends[0], "r");
    out = fdopen(memfd_create("screen", 0), "w+");
    ck_assert_msg(screen_open(out, in, &err), "%s", err.text);
    input_begin();
    glass_open(&glass, screen_columns(), screen_rows());
}

static void set_up(void)
{
    open_as("xterm-256color");
}

static void tear_down(void)
{
    input_end();
    screen_close();
    glass_close(&glass);
    arena_finish(&arena);
    fclose(out);
    fclose(in);
    close(keyboard);
}

/* Feeds what was written since to the glass. */
static void look(void)
{
    static char bytes[65536];
    off_t end = lseek(fileno(out), 0, SEEK_CUR);
    ssize_t length = pread(fileno(out), bytes, sizeof(bytes), 0);
    ck_assert_int_eq(length, end);
    glass_feed(&glass, bytes, (size_t)length);
    ck_assert_int_eq(ftruncate(fileno(out), 0), 0);
    lseek(fileno(out), 0, SEEK_SET);
}

static struct scene *frame_with(const char *text)
{
    struct scene *frame =
        scene_new(&arena, screen_columns(), screen_rows(), (struct medium){ 0 });
    scene_text(frame, 1, 0, frame->columns, (struct style){ .ink = INK_GOOD }, text);
    frame->cursor_row = 1;
    frame->cursor_column = 2;
    return frame;
}

/* ---- Painting ------------------------------------------------------------------------------ */

START_TEST(test_takes_the_terminal_and_gives_it_back)
{
    look();
    ck_assert(glass.alternate);
    screen_paint(frame_with("Verspätung 列"), THEME_DARK, false);
    look();
    ck_assert_str_eq(glass_row(&glass, 1), "Verspätung 列");
    ck_assert_int_eq(glass_cursor(&glass).col, 2);
    screen_suspend();
    look();
    ck_assert(!glass.alternate);
    screen_resume();
    look();
    ck_assert(glass.alternate);
    screen_paint(frame_with("Verspätung 列"), THEME_DARK, false);
    look();
    ck_assert_str_eq(glass_row(&glass, 1), "Verspätung 列");
}
END_TEST

START_TEST(test_painting_anew_repairs_what_others_wrote)
{
    const struct scene *frame = frame_with("Bahnsteig");
    screen_paint(frame, THEME_DARK, false);
    look();
    glass_feed(&glass, "\033[2;1Hgarbage\033[3;1Hmore", 23);
    screen_paint(frame, THEME_DARK, false);
    look();
    ck_assert_str_eq(glass_row(&glass, 1), "garbageig");
    screen_paint(frame, THEME_DARK, true);
    look();
    ck_assert_str_eq(glass_row(&glass, 1), "Bahnsteig");
    ck_assert_str_eq(glass_row(&glass, 2), "");
}
END_TEST

START_TEST(test_follows_a_size)
{
    screen_resize(30, 5);
    ck_assert_int_eq(screen_columns(), 30);
    ck_assert_int_eq(screen_rows(), 5);
    glass_resize(&glass, 30, 5);
    screen_paint(frame_with("Bahnsteig"), THEME_DARK, false);
    look();
    ck_assert_str_eq(glass_row(&glass, 1), "Bahnsteig");
    screen_resize(1, 1);
    screen_resize(80, 24);
    ck_assert_int_eq(screen_columns(), 80);
}
END_TEST

START_TEST(test_the_emergency_exit_needs_no_curses)
{
    screen_use_mouse(true);
    screen_paint(frame_with("Bahnsteig"), THEME_DARK, false);
    look();
    ck_assert_int_eq(glass.mouse, VTERM_PROP_MOUSE_DRAG);
    screen_emergency();
    look();
    ck_assert(!glass.alternate);
    ck_assert(glass.cursor_visible);
    ck_assert_int_eq(glass.mouse, VTERM_PROP_MOUSE_NONE);
    screen_emergency(); /* once is enough */
    look();
    ck_assert(!glass.alternate);
}
END_TEST

START_TEST(test_depths)
{
    static const struct {
        const char *terminal, *no_color, *colorterm;
        bool mono;
    } cases[] = {
        { "xterm-256color", "", "", false }, { "xterm-256color", "1", "", true },
        { "xterm", "", "", false },          { "vt100", "", "", true },
        { "xterm-256color", "", "truecolor", false },
    };
    tear_down();
    setenv("NO_COLOR", cases[_i].no_color, 1);
    open_as(cases[_i].terminal);
    setenv("COLORTERM", cases[_i].colorterm, 1);
    ck_assert_int_eq(screen_medium().mono, cases[_i].mono);
}
END_TEST

START_TEST(test_refuses_what_is_no_terminal)
{
    static const char *const names[] = { "dumb", "", "no-such-terminal", "unknown" };
    struct error err;
    tear_down();
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        FILE *file = tmpfile();
        setenv("TERM", names[i], 1);
        error_init(&err);
        ck_assert_msg(!screen_open(file, file, &err), "'%s' was taken", names[i]);
        ck_assert_str_ne(err.text, "");
        ck_assert_int_eq(lseek(fileno(file), 0, SEEK_END), 0); /* not a byte was written */
        fclose(file);
    }
    set_up();
}
END_TEST

/* ---- Input ---------------------------------------------------------------------------------- */

static void type(const char *typed)
{
    ck_assert_int_eq(write(keyboard, typed, strlen(typed)), (ssize_t)strlen(typed));
}

static void append(struct str *names, const struct input *input)
{
    switch (input->kind) {
    case INPUT_KEY:
        str_append(names, input->text);
        break;
    case INPUT_PASTE:
        str_printf(names, "<%s>", input->text);
        break;
    case INPUT_PRESS:
        str_printf(names, "down@%d,%d", input->row, input->column);
        break;
    case INPUT_MOTION:
        str_printf(names, "to@%d,%d", input->row, input->column);
        break;
    case INPUT_RELEASE:
        str_printf(names, "up@%d,%d", input->row, input->column);
        break;
    }
}

/* The names of all keys that are there, with blanks between them; pastes as <text>. */
static const char *read_all(void)
{
    struct str names;
    struct input input;
    str_init(&names);
    while (input_read(&input)) {
        if (names.length > 0)
            str_append_char(&names, ' ');
        append(&names, &input);
    }
    const char *copy = arena_strdup(&arena, names.text);
    str_finish(&names);
    return copy;
}

static const struct {
    const char *typed, *names;
} typings[] = {
    { "jK/ ?", "j K / Space ?" },
    { "\033", "Esc" },
    { "\033\033", "Esc Esc" },
    { "\r\n\t\177\b", "Enter Enter Tab BS BS" },
    { "\001\032\014\003", "C-a C-z C-l C-c" },
    { "\033OA\033OB\033OC\033OD", "Up Down Right Left" },
    { "\033[Z\033[3~\033[5~\033[6~", "S-Tab Del PgUp PgDn" },
    { "\033OH\033OF\033OP\033[24~", "Home End F1 F12" },
    { "\033x", "M-x" },
    { "a\033[200~two\rlines\033[201~b", "a <two\nlines> b" },
    { "\033[200~\033OA\033[201~", "<>" },
    { "\033[200~q\033q\003\033[201~", "<q\033q\003>" },
};

START_TEST(test_keys_have_names)
{
    type(typings[_i].typed);
    ck_assert_str_eq(read_all(), typings[_i].names);
}
END_TEST

START_TEST(test_a_paste_may_come_in_pieces)
{
    type("\033[200~one ");
    ck_assert_str_eq(read_all(), "");
    type("two\033[201~");
    ck_assert_str_eq(read_all(), "<one two>");
}
END_TEST

static const struct {
    const char *typed, *names;
} pointings[] = {
    { "\033[<0;12;4M\033[<0;12;4m", "down@3,11 up@3,11" },
    { "\033[<0;12;4M\033[<32;12;3M\033[<32;13;2M\033[<0;13;2m",
      "down@3,11 to@2,11 to@1,12 up@1,12" },
    { "\033[<0;12;4M\033[<36;12;3M\033[<16;1;1m", "down@3,11 to@2,11 up@0,0" }, /* with Shift */
    { "\033[<64;1;1M\033[<65;1;1M", "WheelUp WheelDown" },
    { "\033[<2;12;4M\033[<34;12;3M\033[<2;12;3m", "" }, /* another button */
    { "\033[<4;12;4M\033[<35;12;3M\033[<0;12Mx", "x" },  /* Shift, no button, half a report */
};

START_TEST(test_the_mouse_and_the_wheel)
{
    screen_use_mouse(true);
    type(pointings[_i].typed);
    ck_assert_str_eq(read_all(), pointings[_i].names);
}
END_TEST

Suite *tui_screen_suite(void)
{
    Suite *suite = suite_create("tui_screen");
    TCase *tests = tcase_create("screen");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_takes_the_terminal_and_gives_it_back);
    tcase_add_test(tests, test_painting_anew_repairs_what_others_wrote);
    tcase_add_test(tests, test_follows_a_size);
    tcase_add_test(tests, test_the_emergency_exit_needs_no_curses);
    tcase_add_loop_test(tests, test_depths, 0, 5);
    tcase_add_test(tests, test_refuses_what_is_no_terminal);
    tcase_add_loop_test(tests, test_keys_have_names, 0, ARRAY_LEN(typings));
    tcase_add_test(tests, test_a_paste_may_come_in_pieces);
    tcase_add_loop_test(tests, test_the_mouse_and_the_wheel, 0, ARRAY_LEN(pointings));
    suite_add_tcase(suite, tests);
    return suite;
}
