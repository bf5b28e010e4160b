/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stdio.h>
#include <stdlib.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/decimal.h>

START_TEST(test_short_numbers_are_those_of_strtod)
{
    unsigned seed = 1;
    for (int i = 0; i < 20000; i++) {
        char text[40];
        seed = seed * 1103515245u + 12345u;
        unsigned decimals = (seed >> 16) % 8;
        seed = seed * 1103515245u + 12345u;
        snprintf(text, sizeof(text), "%s%u.%0*u", (seed & 1) != 0 ? "-" : "", seed >> 12,
                 (int)decimals + 1, (seed >> 8) % 97);
        double number;
        ck_assert(decimal_read(text, &number));
        ck_assert_msg(number == strtod(text, NULL), "%s", text);
    }
}
END_TEST

START_TEST(test_what_is_no_short_number)
{
    static const char *const texts[] = { "",    "-",   ".",   "-.",  "1e3", "1.2.3",           "+1",
                                         "0x1", "nan", " 1",  "1 ",  "1,5", "1234567890123456" };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        double number;
        ck_assert_msg(!decimal_read(texts[i], &number), "%s", texts[i]);
    }
    double number;
    ck_assert(decimal_read("-0.5", &number) && number == -0.5);
    ck_assert(decimal_read(".5", &number) && number == 0.5);
    ck_assert(decimal_read("123456789012345", &number) && number == 123456789012345);
}
END_TEST

Suite *base_decimal_suite(void)
{
    Suite *suite = suite_create("base_decimal");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, test_short_numbers_are_those_of_strtod);
    tcase_add_test(tests, test_what_is_no_short_number);
    suite_add_tcase(suite, tests);
    return suite;
}
