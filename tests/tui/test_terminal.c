/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What only a terminal shows: signals, sizes, what is left behind, and how much goes over the
 * wire. */

#include "../suites.h"
#include "../support.h"
#include "terminal.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <stellwerk/base/array.h>
#include <stellwerk/scene/theme.h>

static struct terminal terminal;

static void open_at(int columns, int rows)
{
    terminal_open(&terminal, columns, rows, NULL);
    terminal_wait(&terminal, "? help");
}

static void open_with(const char *variable)
{
    terminal_open(&terminal, 80, 24, (const char *const[]){ variable, NULL });
    terminal_wait(&terminal, "? help");
}

static void set_up(void)
{
    open_at(80, 24);
}

static void tear_down(void)
{
    terminal_close(&terminal);
}

static void check_is_restored(void)
{
    ck_assert_msg(!terminal.glass.alternate, "the alternate screen is still on");
    ck_assert(terminal.glass.cursor_visible);
    ck_assert_int_eq(terminal.glass.mouse, VTERM_PROP_MOUSE_NONE);
}

/* ---- Coming and going ----------------------------------------------------------------------- */

START_TEST(test_q_leaves_the_terminal_as_it_was)
{
    ck_assert(terminal.glass.alternate);
    terminal_type(&terminal, "q");
    int status = terminal_end(&terminal);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
    check_is_restored();
}
END_TEST

static const int ending_signals[] = { SIGTERM, SIGHUP, SIGQUIT };

START_TEST(test_signals_that_end_leave_the_terminal_as_it_was)
{
    kill(terminal.pid, ending_signals[_i]);
    int status = terminal_end(&terminal);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 128 + ending_signals[_i]);
    check_is_restored();
}
END_TEST

START_TEST(test_even_a_bug_leaves_the_terminal_as_it_was)
{
    kill(terminal.pid, SIGABRT);
    int status = terminal_end(&terminal);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGABRT);
    check_is_restored();
}
END_TEST

START_TEST(test_ends_when_the_line_drops)
{
    close(terminal.fd);
    int status;
    ck_assert_int_eq(waitpid(terminal.pid, &status, 0), terminal.pid);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 128 + SIGHUP);
    terminal.pid = 0;
    terminal.fd = dup(0); /* for terminal_close() */
}
END_TEST

START_TEST(test_an_interrupt_says_how_to_leave)
{
    kill(terminal.pid, SIGINT);
    terminal_wait(&terminal, "q leaves");
    terminal_type(&terminal, "l\003");
    terminal_wait(&terminal, "q leaves");
}
END_TEST

START_TEST(test_stops_and_goes_on)
{
    terminal_open_under_shell(&terminal, 80, 24);
    terminal_wait(&terminal, "? help");
    for (int i = 0; i < 2; i++) {
        terminal_type(&terminal, "\032");
        terminal_wait(&terminal, "stopped");
        check_is_restored();
        terminal_type(&terminal, "fg\n");
        terminal_wait(&terminal, "? help");
        ck_assert(terminal.glass.alternate);
    }
    terminal_type(&terminal, "q");
    int status = terminal_end(&terminal);
    ck_assert_int_eq(WEXITSTATUS(status), 0);
    check_is_restored();
}
END_TEST

START_TEST(test_what_others_did_to_the_terminal_is_put_right)
{
    kill(terminal.pid, SIGSTOP);
    glass_feed(&terminal.glass, "\033[2J", 4);
    terminal_type(&terminal, "");
    kill(terminal.pid, SIGCONT);
    terminal_wait(&terminal, "? help");
    terminal_wait(&terminal, "Formular");
}
END_TEST

/* ---- Keys ------------------------------------------------------------------------------------ */

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

START_TEST(test_esc_acts_at_once)
{
    double best = 1e9; /* of three: the machine may be busy, but a delay is always there */
    for (int i = 0; i < 3; i++) {
        terminal_type(&terminal, "?");
        terminal_wait(&terminal, "Moving");
        double start = seconds();
        terminal_type(&terminal, "\033");
        terminal_wait_gone(&terminal, "Moving");
        double took = seconds() - start;
        best = took < best ? took : best;
    }
    ck_assert_double_lt(best, 0.4); /* curses would wait for a second */
}
END_TEST

START_TEST(test_letters_of_any_language_are_typed)
{
    terminal_type(&terminal, "/Verspä");
    terminal_wait(&terminal, "/Verspä");
    terminal_wait(&terminal, "1/1");
    terminal_type(&terminal, "\177t");
    terminal_wait(&terminal, "/Verspt");
    terminal_type(&terminal, "\025\033[200~列に\r並\033[201~");
    terminal_wait(&terminal, "/列に 並");
}
END_TEST

START_TEST(test_copies_through_the_terminal)
{
    terminal_type(&terminal, "y");
    terminal_wait(&terminal, "copied: Search");
    const char *sequence = strstr(terminal.raw, "\033]52;c;U2VhcmNoOi"); /* "Search: …" */
    ck_assert_msg(sequence != NULL, "nothing was sent to the clipboard");
}
END_TEST

/* ---- The editor ------------------------------------------------------------------------------ */

static char *write_editor(const char *text)
{
    char *path = NULL;
    ck_assert_int_gt(asprintf(&path, "%s/editor", terminal.bench.folder), 0);
    FILE *file = fopen(path, "w");
    fputs(text, file);
    fclose(file);
    chmod(path, 0755);
    return path;
}

START_TEST(test_the_editor_gets_the_line_and_the_map_is_read_again)
{
    terminal_open(&terminal, 80, 24, (const char *const[]){ "EDITOR=$HOME/editor -x", NULL });
    free(write_editor("#!/bin/sh\necho \"edits $1 $2\"\nread line\n"
                      "sed 's/title: Queue.*/title: Waiting/' \"$3\" >\"$3.new\" &&\n"
                      "mv \"$3.new\" \"$3\"\n"));
    terminal_wait(&terminal, "? help");
    terminal_type(&terminal, "llE");
    terminal_wait(&terminal, "edits -x +39");
    ck_assert(!terminal.glass.alternate);
    terminal_type(&terminal, "\n");
    terminal_wait(&terminal, "Waiting");
    terminal_wait(&terminal, "expected 40–70"); /* the selection is where it was */
    ck_assert(terminal.glass.alternate);
}
END_TEST

START_TEST(test_an_editor_that_is_not_there)
{
    open_with("VISUAL=no-such-editor");
    terminal_type(&terminal, "E");
    terminal_wait(&terminal, "there is no editor 'no-such-editor'");
    ck_assert(terminal.glass.alternate);
}
END_TEST

/* ---- What is seen ---------------------------------------------------------------------------- */

START_TEST(test_wide_letters_and_umlauts_stand_where_they_belong)
{
    terminal_type(&terminal, "pll");
    terminal_wait(&terminal, "Ada Łuczak");
    terminal_wait(&terminal, "Queue 列に並ぶ");
    terminal_settle(&terminal);
    int row, column, summary;
    ck_assert(glass_find(&terminal.glass, "expected", &summary, &column));
    ck_assert(glass_find(&terminal.glass, "列", &row, &column));
    ck_assert_int_eq(glass_cell(&terminal.glass, row, column).width, 2);
    ck_assert_uint_eq(glass_cell(&terminal.glass, row, column + 1).chars[0], (uint32_t)-1);
}
END_TEST

START_TEST(test_the_cursor_rests_on_the_selection)
{
    int row, column;
    terminal_type(&terminal, "lll");
    terminal_wait(&terminal, "expected 55–85");
    terminal_settle(&terminal);
    ck_assert(glass_find(&terminal.glass, "Desk ◆", &row, &column));
    ck_assert_int_eq(glass_cursor(&terminal.glass).row, row);
    ck_assert_int_eq(glass_cursor(&terminal.glass).col, column);
    ck_assert(terminal.glass.cursor_visible);
    struct look light = theme_look(THEME_DARK, DEPTH_256,
                                   (struct style){ .ink = INK_STRONG, .selected = true });
    ck_assert_int_eq(glass_cell(&terminal.glass, row, column).bg.indexed.idx,
                     light.ground.index256);
}
END_TEST

static bool has_colour(void)
{
    for (int row = 0; row < terminal.glass.rows; row++) {
        for (int column = 0; column < terminal.glass.columns; column++) {
            VTermScreenCell cell = glass_cell(&terminal.glass, row, column);
            if (!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg))
                return true;
        }
    }
    return false;
}

START_TEST(test_no_color)
{
    ck_assert(has_colour());
    tear_down();
    open_with("NO_COLOR=1");
    ck_assert(!has_colour());
    tear_down();
    open_with("NO_COLOR=");
    ck_assert(has_colour());
}
END_TEST

START_TEST(test_truecolor_where_the_terminal_says_so)
{
    open_with("COLORTERM=truecolor");
    terminal_settle(&terminal);
    VTermScreenCell cell = glass_cell(&terminal.glass, 0, 0);
    struct look bar = theme_look(THEME_DARK, DEPTH_TRUE, (struct style){ .ground = GROUND_BAR });
    ck_assert(VTERM_COLOR_IS_RGB(&cell.bg));
    ck_assert_int_eq(cell.bg.rgb.blue, (int)(bar.ground.rgb & 255));
}
END_TEST

START_TEST(test_plain_ascii_without_utf8)
{
    open_with("LC_ALL=C");
    terminal_settle(&terminal);
    for (size_t i = 0; i < terminal.bytes; i++)
        ck_assert_int_lt((unsigned char)terminal.raw[i], 0x80);
}
END_TEST

/* ---- Sizes ----------------------------------------------------------------------------------- */

START_TEST(test_any_size_and_back)
{
    terminal_resize(&terminal, 200, 43);
    terminal_wait(&terminal, "palette");
    terminal_resize(&terminal, 1, 1);
    terminal_settle(&terminal);
    terminal_type(&terminal, "l\r?");
    terminal_settle(&terminal);
    terminal_resize(&terminal, 10, 3);
    terminal_settle(&terminal);
    terminal_resize(&terminal, 80, 24);
    terminal_wait(&terminal, "Moving");
    terminal_type(&terminal, "qq");
    terminal_wait(&terminal, "persona");
    ck_assert(!terminal.glass.scrolled);
}
END_TEST

/* ---- Files ----------------------------------------------------------------------------------- */

static void write_map(const char *text)
{
    FILE *file = fopen(terminal.bench.map, "w");
    fputs(text, file);
    fclose(file);
}

START_TEST(test_a_map_that_changes_is_seen_without_a_key)
{
    char *edited = workbench_edited(&terminal.bench, "title: Payment", "title: Paying");
    write_map(edited);
    free(edited);
    terminal_wait(&terminal, "Paying");
    write_map("stages: [");
    terminal_wait(&terminal, "walk.yaml:1:");
    terminal_wait(&terminal, "Paying");
}
END_TEST

START_TEST(test_live_saves_every_edit_at_once)
{
    terminal_open_live(&terminal, 80, 24);
    terminal_wait(&terminal, "● live");
    terminal_type(&terminal, ":set form.standard 77");
    terminal_wait(&terminal, ":set form.standard 77");
    terminal_type(&terminal, "\r");
    terminal_wait_gone(&terminal, ":set");
    terminal_wait(&terminal, "● live");
    char *text = read_whole(terminal.bench.map);
    ck_assert_ptr_nonnull(strstr(text, "standard: 77"));
    free(text);
    terminal_type(&terminal, "q");
    int status = terminal_end(&terminal);
    ck_assert_int_eq(WEXITSTATUS(status), 0);
}
END_TEST

START_TEST(test_a_map_that_cannot_be_read_is_refused_with_its_findings)
{
    workbench_make(&terminal.bench, false);
    write_map("stages: [");
    terminal_open(&terminal, 80, 24, NULL);
    int status = terminal_end(&terminal);
    ck_assert_int_eq(WEXITSTATUS(status), 1);
    ck_assert_ptr_nonnull(strstr(glass_text(&terminal.glass), "walk.yaml:1:"));
    ck_assert_ptr_null(strchr(terminal.raw, '\033'));
}
END_TEST

START_TEST(test_refuses_in_one_line_a_terminal_that_cannot_be_drawn_on)
{
    terminal_open(&terminal, 200, 24, (const char *const[]){ "TERM=dumb", NULL });
    int status = terminal_end(&terminal);
    ck_assert_int_eq(WEXITSTATUS(status), 2);
    const char *line = "stellwerk: the terminal 'dumb' cannot be drawn on; "
                       "'stellwerk report' needs none";
    ck_assert_str_eq(glass_row(&terminal.glass, 0), line);
    ck_assert_str_eq(glass_row(&terminal.glass, 1), "");
    ck_assert_ptr_null(strchr(terminal.raw, '\033'));
}
END_TEST

START_TEST(test_refuses_in_one_line_what_is_no_terminal)
{
    workbench_make(&terminal.bench, false);
    char *program = build_path("stellwerk"), *line = NULL, output[1024] = "";
    ck_assert_int_gt(asprintf(&line, "%s open %s 2>&1 </dev/null", program, terminal.bench.map), 0);
    FILE *pipe = popen(line, "r");
    size_t length = fread(output, 1, sizeof(output) - 1, pipe);
    int status = pclose(pipe);
    ck_assert_int_eq(WEXITSTATUS(status), 2);
    ck_assert_msg(strstr(output, "needs a terminal") != NULL, "%s", output);
    ck_assert_ptr_eq(strchr(output, '\n'), output + length - 1);
    free(line);
    free(program);
    workbench_remove(&terminal.bench);
}
END_TEST

/* ---- The wire -------------------------------------------------------------------------------- */

static int compare_sizes(const void *a, const void *b)
{
    size_t first = *(const size_t *)a, second = *(const size_t *)b;
    return first < second ? -1 : first > second;
}

START_TEST(test_few_bytes_go_over_the_wire)
{
    terminal_settle(&terminal);
    ck_assert_uint_le(terminal.bytes, 4000); /* the first screen */
    size_t moves[9];
    for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
        terminal_type(&terminal, i < 4 ? "l" : i < 8 ? "h" : "l");
        terminal_answer(&terminal);
        moves[i] = terminal.bytes;
        ck_assert_int_eq(terminal.writes, 1);
    }
    qsort(moves, ARRAY_LEN(moves), sizeof(*moves), compare_sizes);
    ck_assert_uint_le(moves[4], 170);
    terminal_type(&terminal, "lhlhlhlhlhlhlhll"); /* held down, and taken at once */
    terminal_answer(&terminal);
    ck_assert_uint_le(terminal.bytes, 16 * 40);
    terminal_type(&terminal, "");
    terminal_settle(&terminal);
    ck_assert_uint_eq(terminal.bytes, 0); /* idle */
}
END_TEST

Suite *tui_terminal_suite(void)
{
    Suite *suite = suite_create("tui_terminal");
    TCase *tests = tcase_create("opened");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_q_leaves_the_terminal_as_it_was);
    tcase_add_loop_test(tests, test_signals_that_end_leave_the_terminal_as_it_was, 0,
                        ARRAY_LEN(ending_signals));
    tcase_add_test(tests, test_even_a_bug_leaves_the_terminal_as_it_was);
    tcase_add_test(tests, test_ends_when_the_line_drops);
    tcase_add_test(tests, test_an_interrupt_says_how_to_leave);
    tcase_add_test(tests, test_what_others_did_to_the_terminal_is_put_right);
    tcase_add_test(tests, test_esc_acts_at_once);
    tcase_add_test(tests, test_letters_of_any_language_are_typed);
    tcase_add_test(tests, test_copies_through_the_terminal);
    tcase_add_test(tests, test_wide_letters_and_umlauts_stand_where_they_belong);
    tcase_add_test(tests, test_the_cursor_rests_on_the_selection);
    tcase_add_test(tests, test_no_color);
    tcase_add_test(tests, test_any_size_and_back);
    tcase_add_test(tests, test_a_map_that_changes_is_seen_without_a_key);
    tcase_add_test(tests, test_few_bytes_go_over_the_wire);
    suite_add_tcase(suite, tests);
    TCase *own = tcase_create("opened otherwise");
    tcase_add_checked_fixture(own, NULL, tear_down);
    tcase_set_timeout(own, 60);
    tcase_add_test(own, test_stops_and_goes_on);
    tcase_add_test(own, test_the_editor_gets_the_line_and_the_map_is_read_again);
    tcase_add_test(own, test_an_editor_that_is_not_there);
    tcase_add_test(own, test_truecolor_where_the_terminal_says_so);
    tcase_add_test(own, test_plain_ascii_without_utf8);
    tcase_add_test(own, test_live_saves_every_edit_at_once);
    tcase_add_test(own, test_a_map_that_cannot_be_read_is_refused_with_its_findings);
    tcase_add_test(own, test_refuses_in_one_line_a_terminal_that_cannot_be_drawn_on);
    suite_add_tcase(suite, own);
    TCase *none = tcase_create("not opened");
    tcase_add_test(none, test_refuses_in_one_line_what_is_no_terminal);
    suite_add_tcase(suite, none);
    return suite;
}
