/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <string.h>

#include <stellwerk/base/array.h>

#include "told.h"

/* What a person writes wrong, where they are pointed at, and a part of what they are told. */
static const struct slip {
    const char *text, *told, *says;
} slips[] = {
    { "a:\n\tb: 1\n", "2:1 error tab_indent\n", "a tab cannot indent in YAML; use spaces" },
    { "a:\n  b: 1\n \tc: 2\n", "3:2 error tab_indent\n", "use spaces" },
    { "a: 1\nb:2\nc: 3\n", "2:3 error missing_space\n", "a space is missing between ':' and" },
    { "a:\n  b:x\n  c: y\n", "2:5 error missing_space\n", "a space is missing" },
    { "a: \"b\nc: d\n", "1:4-3:1 error unclosed_quote\n", "that opens here is never closed" },
    { "a: 'b\n---\n", "1:4-2:1 error unclosed_quote\n", "not closed before '---'" },
    { "a: [b\nc: d\n", "1:4-2:2 error unclosed_bracket\n", "in line 2, column 2: there must be" },
    { "a: {b: c\nd: e\n", "1:4-2:2 error unclosed_bracket\n", "in line 2, column 2" },
    { "a: {b: c\n", "1:4-2:1 error unclosed_bracket\n", "'{'" },
    { "a: [\"b\" \"c\"]\n", "1:4-1:9 error unclosed_bracket\n", "needs quotes" },
    { "a: b: c\n", "1:5 error yaml_syntax\n", "a text with ': ' in it needs quotes" },
    { "a:\n  b: 1\n c: 2\n", "3:2 error yaml_syntax\n", "this line fits no key above it" },
    { "a: \"b\" c\n", "1:8 error yaml_syntax\n", "must end with them" },
    { "- a\nb: c\n", "2:1 error yaml_syntax\n", "this line is no item of the list above it" },
    { "a: b\nc\nd: e\n", "2:1-3:1 error yaml_syntax\n", "is no 'key: value'" },
    { "a: - b\n", "1:4 error yaml_syntax\n", "'-' may not stand here" },
    { "a: ? b\n", "1:4 error yaml_syntax\n", "'?' may not stand here" },
    { "a: @b\n", "1:4 error yaml_syntax\n", "may not begin with this character" },
    { "a: *b*\n", "1:4-1:6 error yaml_syntax\n", "begins with '&' or '*' needs quotes" },
    { "a: & b\n", "1:4-1:5 error yaml_syntax\n", "begins with '&' or '*' needs quotes" },
    { "a: !<b\n", "1:4-1:7 error yaml_syntax\n", "begins with '!' needs quotes" },
    { "a: !b!c d\n", "1:4 error yaml_syntax\n", "begins with '!' needs quotes" },
    { "%no\n---\na\n", "1:1-1:4 error yaml_syntax\n", "is an instruction to YAML" },
    { "%YAML 3.0\n---\na\n", "1:1 error yaml_syntax\n", "a version of YAML" },
    { "a: >x\n  b\n", "1:5 error yaml_syntax\n", "the text begins on the next line" },
    { "a: >0\n  b\n", "1:5 error yaml_syntax\n", "must be from 1 to 9" },
    { "a: \"\\z\"\n", "1:5 error yaml_syntax\n", "'\\' begins an escape" },
    { "a: \"\\u12x\"\n", "1:7 error yaml_syntax\n", "needs more digits" },
    { "a: \"\\ud800\"\n", "1:7 error yaml_syntax\n", "a character that does not exist" },
    { "a: [,]\n", "1:5 error yaml_syntax\n", "a value is missing here" },
    { "[a]\n]\n", "2:1 error yaml_syntax\n", "does not go on with what is above" },
    { "%YAML 1.1\na: 1\n", "2:1 error yaml_syntax\n", "a line '---' must stand between" },
};

START_TEST(test_slip)
{
    const struct slip *slip = &slips[_i];
    ck_assert_ptr_null(told_yaml(slip->text));
    ck_assert_str_eq(told(), slip->told);
    const char *text = told_findings.items[0].text;
    ck_assert_msg(strstr(text, slip->says) != NULL, "'%s' says '%s'", slip->text, text);
}
END_TEST

Suite *mapfile_explain_suite(void)
{
    Suite *suite = suite_create("mapfile_explain");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, told_start, told_finish);
    tcase_add_loop_test(tcase, test_slip, 0, (int)ARRAY_LEN(slips));
    suite_add_tcase(suite, tcase);
    return suite;
}
