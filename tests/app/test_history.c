/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <stellwerk/app/history.h>

#include "support.h"

START_TEST(test_a_line_is_kept_once_as_the_newest)
{
    struct history history;
    history_init(&history);
    history_add(&history, "a");
    history_add(&history, "b");
    history_add(&history, "a");
    history_add(&history, "  ");
    history_add(&history, "");
    ck_assert_uint_eq(history.count, 2);
    ck_assert_str_eq(history.lines[0], "b");
    ck_assert_str_eq(history.lines[1], "a");
    history_finish(&history);
}
END_TEST

START_TEST(test_the_oldest_lines_go_first)
{
    struct history history;
    history_init(&history);
    for (int i = 0; i < HISTORY_MAX + 10; i++) {
        char line[16];
        snprintf(line, sizeof(line), "%d", i);
        history_add(&history, line);
    }
    ck_assert_uint_eq(history.count, HISTORY_MAX);
    ck_assert_str_eq(history.lines[0], "10");
    history_finish(&history);
}
END_TEST

START_TEST(test_a_file_keeps_it_for_its_owner_alone)
{
    char *folder = scratch_create(), *path = NULL;
    ck_assert_int_gt(asprintf(&path, "%s/deep/er/history", folder), 0);
    struct history written, read;
    history_init(&written);
    history_init(&read);
    history_add(&written, "persona anna");
    history_add(&written, "goto bahnsteig");
    history_write(&written, path);
    history_write(&written, path); /* over the old one */
    struct stat status;
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_uint_eq(status.st_mode & 0777, 0600);
    history_read(&read, path);
    ck_assert_uint_eq(read.count, 2);
    ck_assert_str_eq(read.lines[1], "goto bahnsteig");
    history_finish(&written);
    history_finish(&read);
    free(path);
    scratch_remove(folder);
}
END_TEST

START_TEST(test_a_missing_file_is_an_empty_history)
{
    struct history history;
    history_init(&history);
    history_read(&history, "/nonexistent/history");
    history_write(&history, "/nonexistent/history"); /* nor is that a fault */
    ck_assert_uint_eq(history.count, 0);
    history_finish(&history);
}
END_TEST

Suite *app_history_suite(void)
{
    Suite *suite = suite_create("app_history");
    TCase *tests = tcase_create("history");
    tcase_add_test(tests, test_a_line_is_kept_once_as_the_newest);
    tcase_add_test(tests, test_the_oldest_lines_go_first);
    tcase_add_test(tests, test_a_file_keeps_it_for_its_owner_alone);
    tcase_add_test(tests, test_a_missing_file_is_an_empty_history);
    suite_add_tcase(suite, tests);
    return suite;
}
