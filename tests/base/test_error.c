/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"
#include "support.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/error.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/utf8.h>

/* What error_print() writes; free() it. */
static char *printed(const struct error *err)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    error_print(err, out);
    fclose(out);
    return text;
}

START_TEST(test_failing_returns_false_and_says_what)
{
    struct error err;
    error_init(&err);
    ck_assert_str_eq(err.text, "");
    ck_assert(!error_set(&err, "%d of %s", 3, "them"));
    ck_assert_str_eq(err.text, "3 of them");
    ck_assert_ptr_null(err.pos.file);
    ck_assert(!error_at(&err, (struct pos){ "a.yaml", 3, 7 }, "wrong"));
    ck_assert_str_eq(err.text, "wrong");
    ck_assert_uint_eq(err.pos.line, 3);
    ck_assert(!error_errno(&err, ENOENT, "cannot open '%s'", "x"));
    ck_assert_str_eq(err.text, "cannot open 'x': No such file or directory");
    ck_assert_ptr_null(err.pos.file);
}
END_TEST

START_TEST(test_nobody_needs_to_listen)
{
    ck_assert(!error_set(NULL, "x"));
    ck_assert(!error_at(NULL, (struct pos){ 0 }, "x"));
    ck_assert(!error_errno(NULL, EIO, "x"));
}
END_TEST

static const struct {
    struct pos pos;
    const char *text, *line;
} prints[] = {
    { { NULL, 0, 0 }, "no map", "stellwerk: no map\n" },
    { { "a.yaml", 0, 0 }, "empty", "stellwerk: a.yaml: empty\n" },
    { { "a.yaml", 12, 0 }, "odd", "stellwerk: a.yaml:12: odd\n" },
    { { "a.yaml", 12, 5 }, "odd", "stellwerk: a.yaml:12:5: odd\n" },
    { { "a\033[2J\n.yaml", 1, 1 }, "b\rc\u202E", "stellwerk: a␛[2J .yaml:1:1: b␍c<U+202E>\n" },
};

START_TEST(test_printing_is_one_sanitised_line)
{
    struct error err;
    error_at(&err, prints[_i].pos, "%s", prints[_i].text);
    char *line = printed(&err);
    ck_assert_str_eq(line, prints[_i].line);
    free(line);
}
END_TEST

START_TEST(test_printing_without_utf8)
{
    struct error err;
    error_set(&err, "Verspätung – „%s“", "Gleis");
    setlocale(LC_ALL, "C");
    char *line = printed(&err);
    test_locale();
    ck_assert_str_eq(line, "stellwerk: Verspaetung - \"Gleis\"\n");
    free(line);
}
END_TEST

/* Each offset once, so that the cut meets every place inside a character. */
START_TEST(test_a_text_too_long_is_cut_behind_a_character)
{
    static const char *const characters[] = { "x", "ä", "€", "🚆" };
    const char *character = characters[_i];
    size_t size = strlen(character);
    for (int shift = 0; shift < 4; shift++) {
        struct str text;
        str_init(&text);
        for (int i = 0; i < shift; i++)
            str_append_char(&text, '.');
        while (text.length < 2000)
            str_append(&text, character);
        struct error err;
        error_set(&err, "%s", text.text);
        size_t bad, kept = strlen(err.text);
        ck_assert_msg(utf8_valid(err.text, kept, &bad), "cut inside a character");
        ck_assert_uint_ge(kept, sizeof(err.text) - size);
        ck_assert_mem_eq(err.text, text.text, kept);
        str_finish(&text);
    }
}
END_TEST

START_TEST(test_the_reason_is_kept_when_the_text_is_too_long)
{
    char path[3000];
    memset(path, 'p', sizeof(path) - 1);
    path[sizeof(path) - 1] = '\0';
    struct error err;
    error_errno(&err, EACCES, "cannot open '%s'", path);
    const char *reason = strstr(err.text, ": Permission denied");
    ck_assert_ptr_nonnull(reason);
    ck_assert_str_eq(reason, ": Permission denied");
    ck_assert_uint_eq(strlen(err.text), sizeof(err.text) - 1);
}
END_TEST

Suite *base_error_suite(void)
{
    Suite *suite = suite_create("base_error");
    TCase *tests = tcase_create("error");
    tcase_add_test(tests, test_failing_returns_false_and_says_what);
    tcase_add_test(tests, test_nobody_needs_to_listen);
    tcase_add_loop_test(tests, test_printing_is_one_sanitised_line, 0,
                        ARRAY_LEN(prints));
    tcase_add_test(tests, test_printing_without_utf8);
    tcase_add_loop_test(tests, test_a_text_too_long_is_cut_behind_a_character, 0, 4);
    tcase_add_test(tests, test_the_reason_is_kept_when_the_text_is_too_long);
    suite_add_tcase(suite, tests);
    return suite;
}
