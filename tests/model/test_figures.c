/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stellwerk/base/array.h>
#include <stellwerk/model/figures.h>

START_TEST(test_new_figures_hold_nothing)
{
    struct figures *figures = figures_create();
    ck_assert_uint_eq(figures->measure_count, 0);
    ck_assert_str_eq(figures->problem.text, "");
    ck_assert_int_eq(figures->lens.persona, NONE);
    ck_assert_int_eq(figures->lens.context, NONE);
    ck_assert_int_eq(figures->lens.period.kind, PERIOD_ALL);
    ck_assert_int_eq(figures->lens.period.first, INT32_MIN);
    ck_assert_int_eq(figures->lens.period.last, INT32_MAX);
    ck_assert_int_eq(figures->oldest, TIME_NONE);
    ck_assert_int_eq(figures->newest, TIME_NONE);
    ck_assert_ptr_null(figures_find(figures, 0, 0));
    figures_destroy(figures);
    figures_destroy(NULL);
}
END_TEST

START_TEST(test_finding_a_row)
{
    /* Touchpoint 1 has no metrics; metrics are in the order of the map, not of their numbers. */
    static const struct {
        int touchpoint, metric;
    } rows[] = { { 0, 2 }, { 0, 1 }, { 2, 0 }, { 3, 4 }, { 3, 0 }, { 3, 2 }, { 7, 1 } };
    struct figures *figures = figures_create();
    figures->measure_count = ARRAY_LEN(rows);
    figures->measures =
        arena_array(&figures->arena, ARRAY_LEN(rows), sizeof(*figures->measures));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        figures->measures[i].touchpoint = rows[i].touchpoint;
        figures->measures[i].metric = rows[i].metric;
    }
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        ck_assert_ptr_eq(figures_find(figures, rows[i].touchpoint, rows[i].metric),
                         &figures->measures[i]);
    ck_assert_ptr_null(figures_find(figures, 0, 0));
    ck_assert_ptr_null(figures_find(figures, 1, 1));
    ck_assert_ptr_null(figures_find(figures, 2, 4));
    ck_assert_ptr_null(figures_find(figures, 8, 1));
    ck_assert_ptr_null(figures_find(figures, NONE, 1));
    ck_assert_ptr_null(figures_find(NULL, 0, 2));
    figures_destroy(figures);
}
END_TEST

Suite *model_figures_suite(void)
{
    Suite *suite = suite_create("model_figures");
    TCase *tests = tcase_create("figures");
    tcase_add_test(tests, test_new_figures_hold_nothing);
    tcase_add_test(tests, test_finding_a_row);
    suite_add_tcase(suite, tests);
    return suite;
}
