/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>
#include <stellwerk/mapfile/source.h>

#include "told.h"

static struct source source;

static bool look(const char *text, size_t length)
{
    return source_init(&told_arena, "map.yaml", text, length, &source, &told_findings);
}

static bool look_at(const char *text)
{
    return look(text, strlen(text));
}

START_TEST(test_plain_text_passes)
{
    ck_assert(look_at("a: 1\nb: ä€😀\n\tc\r\n"));
    ck_assert_str_eq(told(), "");
    ck_assert_uint_eq(source.line_count, 4);
    ck_assert_uint_eq(source.characters, 16);
    ck_assert(!source.bom);
    ck_assert(!source.odd_breaks);
}
END_TEST

START_TEST(test_a_byte_order_mark_is_cut_and_not_counted)
{
    ck_assert(look_at("\xEF\xBB\xBF"
                      "ab"));
    ck_assert(source.bom);
    ck_assert_str_eq(source.text, "ab");
    ck_assert_uint_eq(source.length, 2);
    ck_assert_uint_eq(source_pos(&source, 1).column, 2);
}
END_TEST

/* A text that is refused, and what is told of it. */
static const struct refusal {
    const char *text;
    size_t length;
    const char *told;
} refusals[] = {
    { "ab\nc\0d", 6, "2:2 error nul_byte\n" },
    { "a\0b\0", 4, "1:1 error utf16\n" },
    { "\0a\0b", 4, "1:1 error utf16\n" },
    { "\xFF\xFE"
      "a\0",
      4, "1:1 error utf16\n" },
    { "\xFE\xFF\0a", 4, "1:1 error utf16\n" },
    { "ä\xFC", 3, "1:2 error not_utf8\n" },
    { "a\nb\xC3", 4, "2:2 error not_utf8\n" },
    { "\xED\xA0\x80", 3, "1:1 error not_utf8\n" },
    { "\xC0\x80", 2, "1:1 error not_utf8\n" },
    { "\xF4\x90\x80\x80", 4, "1:1 error not_utf8\n" },
    { "12345678\x1b", 9, "1:9 error control_character\n" },
    { "\x7f", 1, "1:1 error control_character\n" },
    { "a\xC2\x80", 3, "1:2 error control_character\n" },
    { "a\xEF\xBB\xBF", 4, "1:2 error control_character\n" },
    { "\xEF\xBF\xBE", 3, "1:1 error control_character\n" },
};

START_TEST(test_other_text_is_refused)
{
    const struct refusal *row = &refusals[_i];
    ck_assert(!look(row->text, row->length));
    ck_assert_str_eq(told(), row->told);
}
END_TEST

START_TEST(test_a_large_file_is_refused_unread)
{
    ck_assert(!look("a", SOURCE_MAX + 1));
    ck_assert_str_eq(told(), "1:1 error file_too_large\n");
}
END_TEST

START_TEST(test_many_directives_are_refused)
{
    struct str text;
    str_init(&text);
    str_append(&text, "# head\n\n");
    for (int i = 0; i < 17; i++)
        str_append(&text, "%TAG !a! b\n");
    ck_assert(!look_at(text.text));
    str_finish(&text);
    ck_assert_str_eq(told(), "19:1 error yaml_syntax\n");
}
END_TEST

START_TEST(test_percent_signs_in_the_text_are_no_directives)
{
    struct str text;
    str_init(&text);
    str_append(&text, "a: |\n");
    for (int i = 0; i < 30; i++)
        str_append(&text, "%\n");
    ck_assert(look_at(text.text));
    str_finish(&text);
}
END_TEST

/* Lines end where editors end them, whatever YAML thinks. */
static const struct odd {
    const char *text;
    uint32_t line, column; /* of the last character */
} odds[] = {
    { "a\rb", 1, 3 },
    { "a\xC2\x85z", 1, 3 },
    { "a\n\xE2\x80\xA8\xE2\x80\xA9z", 2, 3 },
    { "a\rb\r\nc", 2, 1 },
};

START_TEST(test_odd_breaks_end_no_lines)
{
    const struct odd *row = &odds[_i];
    ck_assert(look_at(row->text));
    ck_assert(source.odd_breaks);
    ck_assert_uint_eq(told_findings.warnings, 1);
    ck_assert_str_eq(told_findings.items[0].code, "odd_line_break");
    size_t last = source.characters - 1;
    ck_assert_uint_eq(source_line(&source, last), row->line);
    ck_assert_uint_eq(source_pos(&source, last).line, row->line);
    ck_assert_uint_eq(source_pos(&source, last).column, row->column);
}
END_TEST

START_TEST(test_characters_are_found_among_bytes)
{
    static const char text[] = "aä€😀 plain text that fills some words, ä€😀€ä, and more\nx😀y";
    ck_assert(look_at(text));
    size_t index = 0, byte = 0, line = 1, start = 0;
    for (; byte < source.length; index++) {
        ck_assert_uint_eq(source_byte(&source, index), byte);
        ck_assert_uint_eq(source_pos_of_byte(&source, byte).line, line);
        ck_assert_uint_eq(source_pos_of_byte(&source, byte).column, index - start + 1);
        if (text[byte] == '\n') {
            line++;
            start = index + 1;
        }
        do
            byte++;
        while ((text[byte] & 0xC0) == 0x80);
    }
    ck_assert_uint_eq(index, source.characters);
    ck_assert_uint_eq(source_byte(&source, index), source.length);
    ck_assert_uint_eq(source_byte(&source, index + 10), source.length);
}
END_TEST

Suite *mapfile_source_suite(void)
{
    Suite *suite = suite_create("mapfile_source");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, told_start, told_finish);
    tcase_add_test(tcase, test_plain_text_passes);
    tcase_add_test(tcase, test_a_byte_order_mark_is_cut_and_not_counted);
    tcase_add_loop_test(tcase, test_other_text_is_refused, 0, (int)ARRAY_LEN(refusals));
    tcase_add_test(tcase, test_a_large_file_is_refused_unread);
    tcase_add_test(tcase, test_many_directives_are_refused);
    tcase_add_test(tcase, test_percent_signs_in_the_text_are_no_directives);
    tcase_add_loop_test(tcase, test_odd_breaks_end_no_lines, 0, (int)ARRAY_LEN(odds));
    tcase_add_test(tcase, test_characters_are_found_among_bytes);
    suite_add_tcase(suite, tcase);
    return suite;
}
