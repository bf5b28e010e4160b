/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Sums without rounding: the same in whatever order and portions they come.
 */

#include "suites.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>

#include "../../src/store/days.h"
#include "store/shuffle.h"

static void set_up(void)
{
    shuffle_begin(7);
}

static struct str sum_of(const double *values, size_t count, bool squares)
{
    struct long_sum sum = { 0 };
    struct str bytes;
    for (size_t i = 0; i < count; i++) {
        if (squares)
            long_sum_add_square(&sum, values[i]);
        else
            long_sum_add(&sum, values[i]);
    }
    str_init(&bytes);
    long_sum_write(&bytes, &sum);
    return bytes;
}

/* Rounded to a double: not all machines have longer ones. */
static double value_of(const struct str *bytes)
{
    struct coded coded = coded_init(bytes->text, bytes->length);
    double value = (double)long_sum_value(&coded);
    ck_assert(!coded.bad && coded.at == coded.end);
    return value;
}

START_TEST(sums_do_not_round)
{
    static const struct {
        double values[5];
        double sum, squares;
    } cases[] = {
        { { 0 }, 0, 0 },
        { { 1, 2, 3, 4, -4 }, 6, 46 },
        { { 1e300, 1, -1e300, 0, 0.5 }, 1.5, INFINITY },
        { { -3 }, -3, 9 },
        { { 0.1, 0.2, -0.1, -0.2 }, 0, 0.1 },
        { { -1, 0.25 }, -0.75, 1.0625 },
        { { DBL_TRUE_MIN, -DBL_TRUE_MIN, DBL_MAX, -DBL_MAX, -0.5 }, -0.5, INFINITY },
        { { 4294967296.0, -1 }, 4294967295.0, 18446744073709551616.0 },
        { { 9007199254740992.0, 1, -9007199254740992.0 }, 1, INFINITY },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str sum = sum_of(cases[i].values, 5, false);
        struct str squares = sum_of(cases[i].values, 5, true);
        ck_assert_double_eq(value_of(&sum), cases[i].sum);
        if (isfinite(cases[i].squares))
            ck_assert_double_eq_tol(value_of(&squares), cases[i].squares, 1e-16);
        str_finish(&sum);
        str_finish(&squares);
    }
}
END_TEST

START_TEST(sums_are_the_same_in_any_order_and_portions)
{
    double values[60];
    for (size_t i = 0; i < ARRAY_LEN(values); i++)
        values[i] = ldexp((double)below(1 << 30) - (1 << 29), (int)below(200) - 100);
    struct str first = sum_of(values, ARRAY_LEN(values), false);
    for (int round = 0; round < 20; round++) {
        size_t cut = below(ARRAY_LEN(values));
        shuffle(values, ARRAY_LEN(values), sizeof(values[0]));
        struct str left = sum_of(values, cut, false);
        struct long_sum sum = { 0 };
        struct coded coded = coded_init(left.text, left.length);
        for (size_t i = cut; i < ARRAY_LEN(values); i++)
            long_sum_add(&sum, values[i]);
        long_sum_read(&coded, &sum);
        str_clear(&left);
        long_sum_write(&left, &sum);
        ck_assert_mem_eq(left.text, first.text, first.length);
        ck_assert_uint_eq(left.length, first.length);
        str_finish(&left);
    }
    str_finish(&first);
}
END_TEST

static void expect_sum(const struct long_sum *sum, struct str wanted)
{
    struct str bytes;
    str_init(&bytes);
    long_sum_write(&bytes, sum);
    ck_assert_uint_eq(bytes.length, wanted.length);
    ck_assert_mem_eq(bytes.text, wanted.text, wanted.length);
    str_finish(&bytes);
    str_finish(&wanted);
}

START_TEST(sums_join)
{
    for (int round = 0; round < 200; round++) {
        double values[8];
        struct long_sum left = { 0 }, right = { 0 };
        for (size_t i = 0; i < ARRAY_LEN(values); i++) {
            values[i] = ldexp((double)below(1 << 30) - (1 << 29), (int)below(300) - 150);
            long_sum_add(i < below(ARRAY_LEN(values)) ? &left : &right, values[i]);
        }
        long_sum_join(&left, &right);
        struct str wanted = sum_of(values, ARRAY_LEN(values), false);
        ck_assert_double_eq((double)long_sum_round(&left), value_of(&wanted));
        expect_sum(&left, wanted);
        long_sum_clear(&left);
        for (size_t i = 0; i < ARRAY_LEN(left.limbs); i++)
            ck_assert_uint_eq(left.limbs[i], 0);
    }
}
END_TEST

/* Amounts, and among them what is nothing, far away or next to nothing. */
START_TEST(near_values_add_up_as_any_do)
{
    static const double others[] = { 0, -0.0, 1e-300, -1e300, DBL_TRUE_MIN, 1 };
    struct near_sums near = { 0 };
    for (size_t count = 0; count < 200; count++) {
        double values[200];
        struct long_sum sum = { 0 }, squares = { 0 };
        for (size_t i = 0; i < count; i++) {
            size_t which = below(40);
            values[i] = which < ARRAY_LEN(others) ? others[which] : below(90000) / 100.0 - 300;
            if (near_sums_add(&near, values[i]))
                continue;
            long_sum_add(&sum, values[i]);
            long_sum_add_square(&squares, values[i]);
        }
        near_sums_empty(&near, &sum, &squares);
        expect_sum(&sum, sum_of(values, count, false));
        expect_sum(&squares, sum_of(values, count, true));
    }
}
END_TEST

Suite *store_long_sum_suite(void)
{
    Suite *suite = suite_create("store_long_sum");
    TCase *tests = tcase_create("sums");
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_add_test(tests, sums_do_not_round);
    tcase_add_test(tests, sums_are_the_same_in_any_order_and_portions);
    tcase_add_test(tests, sums_join);
    tcase_add_test(tests, near_values_add_up_as_any_do);
    suite_add_tcase(suite, tests);
    return suite;
}
