/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <stellwerk/model/journey.h>
#include <stellwerk/scene/columns.h>

START_TEST(test_columns_fill_the_width)
{
    for (int width = 20; width < 240; width++) {
        for (int total = 1; total < 30; total++) {
            struct columns columns = columns_lay(12, width, total, 0, NONE);
            ck_assert_int_ge(columns.count, 1);
            int last = columns.first + columns.count - 1;
            ck_assert_int_eq(columns_x(&columns, columns.first), 12);
            ck_assert_int_eq(columns_x(&columns, last) + columns_width(&columns, last),
                             columns_end(&columns));
            if (width / columns.count < COLUMN_MAX)
                ck_assert_int_eq(columns_end(&columns), 12 + width);
            for (int i = columns.first; i <= last; i++) {
                ck_assert_int_ge(columns_width(&columns, i), COLUMN_MIN);
                ck_assert_int_eq(columns_x(&columns, i) + columns_width(&columns, i) + columns.gap,
                                 columns_x(&columns, i + 1));
            }
        }
    }
}
END_TEST

START_TEST(test_window_moves_only_when_it_must)
{
    struct columns columns = columns_lay(0, 54, 20, 3, 5);
    ck_assert_int_eq(columns.count, 5);
    ck_assert_int_eq(columns.first, 3);
    ck_assert_int_eq(columns_lay(0, 54, 20, 3, 2).first, 2);
    ck_assert_int_eq(columns_lay(0, 54, 20, 3, 8).first, 4);
    ck_assert_int_eq(columns_lay(0, 54, 20, 19, NONE).first, 15);
    ck_assert_int_eq(columns_lay(0, 54, 20, -4, NONE).first, 0);
    ck_assert(columns_scrolled(&columns));
    ck_assert(!columns_scrolled(&(struct columns){ .count = 3, .total = 3 }));
}
END_TEST

START_TEST(test_columns_outside_the_window_have_a_place)
{
    struct columns columns = columns_lay(12, 54, 20, 6, NONE);
    ck_assert_int_lt(columns_x(&columns, 5), 12);
    ck_assert_int_lt(columns_x(&columns, 4), columns_x(&columns, 5));
    ck_assert_int_gt(columns_x(&columns, 11), columns_end(&columns));
}
END_TEST

START_TEST(test_nothing_to_lay)
{
    struct columns columns = columns_lay(12, 54, 0, 0, NONE);
    ck_assert_int_eq(columns.count, 0);
    columns = columns_lay(12, -3, 4, 0, 1);
    ck_assert_int_eq(columns.count, 1);
    ck_assert_int_eq(columns.first, 1);
    ck_assert_int_ge(columns_width(&columns, 1), 1);
}
END_TEST

START_TEST(test_parts_are_even)
{
    ck_assert_int_eq(columns_each(68, 9, 15), 3);
    ck_assert_int_eq(columns_each(68, 10, 15), 4);
    ck_assert_int_eq(columns_each(5, 3, 15), 1);
    struct columns first = columns_part(12, 68, 10, 0, 4), last = columns_part(12, 68, 10, 8, 4);
    ck_assert_int_eq(first.count, 4);
    ck_assert_int_eq(last.count, 2);
    ck_assert_int_eq(columns_width(&first, 0), columns_width(&last, 8));
}
END_TEST

Suite *scene_columns_suite(void)
{
    Suite *suite = suite_create("scene_columns");
    TCase *tests = tcase_create("columns");
    tcase_add_test(tests, test_columns_fill_the_width);
    tcase_add_test(tests, test_window_moves_only_when_it_must);
    tcase_add_test(tests, test_columns_outside_the_window_have_a_place);
    tcase_add_test(tests, test_nothing_to_lay);
    tcase_add_test(tests, test_parts_are_even);
    suite_add_tcase(suite, tests);
    return suite;
}
