/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <string.h>

#include <stellwerk/base/diff.h>

static struct arena arena;

static void teardown(void)
{
    arena_finish(&arena);
}

static struct diff_hunks hunks_of(const char *before, const char *after)
{
    struct diff diff = diff_texts(&arena, before, strlen(before), after, strlen(after));
    return diff_hunks(&arena, &diff);
}

static void check_hunk(const struct diff_hunk *hunk, size_t before, size_t removed, size_t after,
                       size_t added)
{
    ck_assert_uint_eq(hunk->before, before);
    ck_assert_uint_eq(hunk->removed, removed);
    ck_assert_uint_eq(hunk->after, after);
    ck_assert_uint_eq(hunk->added, added);
}

START_TEST(equal_texts_have_no_hunk)
{
    ck_assert_uint_eq(hunks_of("a\nb\n", "a\nb\n").count, 0);
    ck_assert_uint_eq(hunks_of("", "").count, 0);
}
END_TEST

START_TEST(hunks_are_whole_lines_with_kept_ones_between)
{
    struct diff_hunks hunks = hunks_of("one\ntwo\nthree\nfour\n", "one\n2\nthree\nfour\nfive\n");
    ck_assert_uint_eq(hunks.count, 2);
    check_hunk(&hunks.items[0], 4, 4, 4, 2);
    check_hunk(&hunks.items[1], 19, 0, 17, 5);
}
END_TEST

START_TEST(lines_that_go_and_come_together_are_one_hunk)
{
    struct diff_hunks hunks = hunks_of("a\nb\nc\nd\n", "a\nx\ny\nz\nd\n");
    ck_assert_uint_eq(hunks.count, 1);
    check_hunk(&hunks.items[0], 2, 4, 2, 6);
}
END_TEST

START_TEST(a_missing_final_newline_is_a_change)
{
    struct diff_hunks hunks = hunks_of("a\nb", "a\nb\n");
    ck_assert_uint_eq(hunks.count, 1);
    check_hunk(&hunks.items[0], 2, 1, 2, 2);
}
END_TEST

START_TEST(a_text_may_come_from_nothing_and_go_to_nothing)
{
    struct diff_hunks hunks = hunks_of("", "a\nb\n");
    ck_assert_uint_eq(hunks.count, 1);
    check_hunk(&hunks.items[0], 0, 0, 0, 4);
    hunks = hunks_of("a\nb\n", "");
    ck_assert_uint_eq(hunks.count, 1);
    check_hunk(&hunks.items[0], 0, 4, 0, 0);
}
END_TEST

Suite *base_diff_suite(void)
{
    Suite *suite = suite_create("base_diff");
    TCase *tests = tcase_create("diff");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, equal_texts_have_no_hunk);
    tcase_add_test(tests, hunks_are_whole_lines_with_kept_ones_between);
    tcase_add_test(tests, lines_that_go_and_come_together_are_one_hunk);
    tcase_add_test(tests, a_missing_final_newline_is_a_change);
    tcase_add_test(tests, a_text_may_come_from_nothing_and_go_to_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
