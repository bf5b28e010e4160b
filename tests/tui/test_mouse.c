/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mouse on a terminal, once it is switched on. */

#include "../suites.h"
#include "terminal.h"

#include <stdio.h>

static struct terminal terminal;

static void set_up(void)
{
    terminal_open(&terminal, 80, 24, NULL);
    terminal_wait(&terminal, "? help");
    terminal_type(&terminal, ":set mouse on");
    terminal_wait(&terminal, ":set mouse on");
    terminal_type(&terminal, "\r");
    terminal_wait(&terminal, "? help");
    terminal_settle(&terminal);
    ck_assert_int_eq(terminal.glass.mouse, VTERM_PROP_MOUSE_DRAG);
}

static void tear_down(void)
{
    terminal_close(&terminal);
}

static void leave(void)
{
    terminal_type(&terminal, "q");
    terminal_end(&terminal);
    ck_assert_int_eq(terminal.glass.mouse, VTERM_PROP_MOUSE_NONE);
    ck_assert(!terminal.glass.alternate);
}

START_TEST(test_a_click_selects)
{
    int row, column;
    ck_assert(glass_find(&terminal.glass, "Desk", &row, &column));
    char report[64];
    snprintf(report, sizeof(report), "\033[<0;%d;%dM\033[<0;%d;%dm", column + 1, row + 1,
             column + 1, row + 1);
    terminal_type(&terminal, report);
    terminal_wait(&terminal, "expected 55–85");
    leave();
}
END_TEST

START_TEST(test_a_point_is_dragged)
{
    int row, column;
    ck_assert(glass_find(&terminal.glass, "◇", &row, &column));
    char report[64];
    snprintf(report, sizeof(report), "\033[<0;%d;%dM", column + 1, row + 1);
    terminal_type(&terminal, report);
    terminal_wait(&terminal, "experience, all:");
    terminal_settle(&terminal);
    snprintf(report, sizeof(report), "\033[<32;%d;%dM", column + 1, row);
    terminal_type(&terminal, report);
    terminal_wait(&terminal, "experience, all: 65");
    terminal_settle(&terminal);
    ck_assert_uint_le(terminal.bytes, 400);
    ck_assert_int_eq(terminal.writes, 1);
    snprintf(report, sizeof(report), "\033[<32;%d;2M\033[<32;%d;1M", column + 1, column + 1);
    terminal_type(&terminal, report); /* what comes at once is one edit */
    terminal_wait(&terminal, "experience, all: 100");
    terminal_settle(&terminal);
    ck_assert_int_eq(terminal.writes, 1);
    terminal_type(&terminal, "\033[<0;1;1m");
    terminal_wait(&terminal, "1 unsaved");
    terminal_wait_gone(&terminal, "experience, all:");
    terminal_wait(&terminal, "felt 100");
    terminal_type(&terminal, "u");
    terminal_wait(&terminal, "felt 62");
    terminal_wait_gone(&terminal, "unsaved");
    leave();
}
END_TEST

Suite *tui_mouse_suite(void)
{
    Suite *suite = suite_create("tui_mouse");
    TCase *tests = tcase_create("mouse");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_a_click_selects);
    tcase_add_test(tests, test_a_point_is_dragged);
    suite_add_tcase(suite, tests);
    return suite;
}
