/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <inttypes.h>
#include <string.h>

#include <stellwerk/base/str.h>

START_TEST(test_an_empty_string_is_a_text)
{
    struct str str;
    str_init(&str);
    ck_assert_str_eq(str.text, "");
    ck_assert_uint_eq(str.length, 0);
    str_append(&str, "");
    str_append_bytes(&str, NULL, 0);
    str_clear(&str);
    ck_assert_str_eq(str.text, "");
    ck_assert_uint_eq(str.capacity, 0);
    str_finish(&str);
}
END_TEST

START_TEST(test_appending)
{
    struct str str;
    str_init(&str);
    str_append(&str, "Gleis");
    str_append_char(&str, ' ');
    str_printf(&str, "%d%s", 7, "a");
    str_append_bytes(&str, "\0b", 2);
    ck_assert_uint_eq(str.length, 10);
    ck_assert_mem_eq(str.text, "Gleis 7a\0b", 11);
    str_truncate(&str, 5);
    ck_assert_str_eq(str.text, "Gleis");
    str_finish(&str);
    ck_assert_str_eq(str.text, "");
}
END_TEST

START_TEST(test_growing_to_any_length)
{
    struct str str;
    str_init(&str);
    for (int i = 0; i < 20000; i++) {
        str_append_char(&str, (char)('a' + i % 26));
        if (str.length != (size_t)i + 1 || str.capacity <= str.length)
            ck_abort_msg("length %zu, capacity %zu", str.length, str.capacity);
    }
    ck_assert_uint_eq(strlen(str.text), 20000);
    for (int i = 0; i < 20000; i++)
        if (str.text[i] != 'a' + i % 26)
            ck_abort_msg("letter %d is %c", i, str.text[i]);
    str_finish(&str);
}
END_TEST

START_TEST(test_room_that_was_made_moves_nothing)
{
    struct str str;
    str_init(&str);
    str_append(&str, "x");
    str_reserve(&str, 5000);
    const char *place = str.text;
    for (int i = 0; i < 5000; i++)
        str_append_char(&str, 'y');
    ck_assert_ptr_eq(str.text, place);
    str_clear(&str);
    ck_assert_uint_gt(str.capacity, 5000);
    ck_assert_str_eq(str.text, "");
    str_finish(&str);
}
END_TEST

START_TEST(test_integers)
{
    static const int64_t numbers[] = {
        0, 7, -1, 10, 99, 100, 905, -1000, 1234567890123, INT64_MAX, INT64_MIN
    };
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        struct str ours, theirs;
        str_init(&ours);
        str_init(&theirs);
        str_append_integer(&ours, numbers[i]);
        str_printf(&theirs, "%" PRId64, numbers[i]);
        ck_assert_str_eq(ours.text, theirs.text);
        str_finish(&ours);
        str_finish(&theirs);
    }
}
END_TEST

Suite *base_str_suite(void)
{
    Suite *suite = suite_create("base_str");
    TCase *tests = tcase_create("str");
    tcase_add_test(tests, test_an_empty_string_is_a_text);
    tcase_add_test(tests, test_appending);
    tcase_add_test(tests, test_integers);
    tcase_add_test(tests, test_growing_to_any_length);
    tcase_add_test(tests, test_room_that_was_made_moves_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
