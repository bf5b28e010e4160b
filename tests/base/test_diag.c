/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stdio.h>
#include <string.h>

#include <stellwerk/base/diag.h>

static struct arena arena;
static struct diag_list list;

static void set_up(void)
{
    arena_init(&arena);
    diag_list_init(&list, &arena);
}

static void tear_down(void)
{
    arena_finish(&arena);
}

START_TEST(test_adding_counts)
{
    struct pos pos = { "map.yaml", 4, 2 };
    struct diag *diag = diag_add(&list, SEVERITY_ERROR, pos, "unknown_key", "no '%s' here", "x");
    diag->other = (struct pos){ "map.yaml", 1, 1 };
    diag_add(&list, SEVERITY_WARNING, pos, "old", "old");
    diag_add(&list, SEVERITY_NOTE, pos, "note", "by the way");
    ck_assert_uint_eq(list.count, 3);
    ck_assert_uint_eq(list.errors, 1);
    ck_assert_uint_eq(list.warnings, 1);
    ck_assert_str_eq(list.items[0].text, "no 'x' here");
    ck_assert_str_eq(list.items[0].code, "unknown_key");
    ck_assert_uint_eq(list.items[0].pos.line, 4);
    ck_assert_uint_eq(list.items[0].other.line, 1);
    ck_assert_uint_eq(list.items[1].other.line, 0);
}
END_TEST

START_TEST(test_sorting_is_by_place_and_stable)
{
    static const struct pos places[] = {
        { "b.yaml", 1, 1 }, { "a.yaml", 10, 1 }, { "a.yaml", 9, 5 }, { "a.yaml", 9, 4 },
        { "a.yaml", 9, 5 }, { NULL, 0, 0 },      { "b.yaml", 0, 0 }, { "a.yaml", 9, 5 },
    };
    static const char *const expected[] = { "5", "3", "2", "4", "7", "1", "6", "0" };
    for (int i = 0; i < 8; i++)
        diag_add(&list, SEVERITY_NOTE, places[i], "code", "%d", i);
    diag_list_sort(&list);
    for (int i = 0; i < 8; i++)
        ck_assert_str_eq(list.items[i].text, expected[i]);
    diag_add(&list, SEVERITY_NOTE, places[0], "code", "more");
    ck_assert_uint_eq(list.count, 9);
    ck_assert_str_eq(list.items[8].text, "more");
    ck_assert_str_eq(list.items[0].text, "5");
}
END_TEST

START_TEST(test_sorting_nothing)
{
    diag_list_sort(&list);
    ck_assert_uint_eq(list.count, 0);
}
END_TEST

START_TEST(test_a_list_is_bounded)
{
    for (int i = 0; i < DIAG_MAX + 50; i++) {
        struct diag *diag = diag_add(&list, SEVERITY_ERROR, (struct pos){ 0 }, "code", "%d", i);
        ck_assert_ptr_nonnull(diag);
        diag->other.line = 3;
    }
    ck_assert_uint_eq(list.count, DIAG_MAX);
    ck_assert_uint_eq(list.errors, DIAG_MAX + 50);
    ck_assert_uint_eq(list.dropped, 50);
    ck_assert_str_eq(list.items[DIAG_MAX - 1].text, "9999");
}
END_TEST

START_TEST(test_names)
{
    ck_assert_str_eq(severity_name(SEVERITY_ERROR), "error");
    ck_assert_str_eq(severity_name(SEVERITY_WARNING), "warning");
    ck_assert_str_eq(severity_name(SEVERITY_NOTE), "note");
}
END_TEST

Suite *base_diag_suite(void)
{
    Suite *suite = suite_create("base_diag");
    TCase *tests = tcase_create("diag");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_adding_counts);
    tcase_add_test(tests, test_sorting_is_by_place_and_stable);
    tcase_add_test(tests, test_sorting_nothing);
    tcase_add_test(tests, test_a_list_is_bounded);
    tcase_add_test(tests, test_names);
    suite_add_tcase(suite, tests);
    return suite;
}
