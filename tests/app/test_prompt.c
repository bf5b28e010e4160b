/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stdint.h>

#include <stellwerk/app/prompt.h>

static struct prompt prompt;
static struct history history;

static void set_up(void)
{
    prompt_init(&prompt);
    history_init(&history);
}

static void tear_down(void)
{
    prompt_finish(&prompt);
    history_finish(&history);
}

static void expect(const char *text, size_t cursor)
{
    ck_assert_str_eq(prompt.text.text, text);
    ck_assert_uint_eq(prompt.cursor, cursor);
}

START_TEST(test_cursor_steps_over_whole_clusters)
{
    prompt_set(&prompt, "ae\u0301ü中x");
    expect("ae\u0301ü中x", 10);
    prompt_left(&prompt);
    prompt_left(&prompt);
    ck_assert_uint_eq(prompt.cursor, 6); /* before 中 */
    prompt_left(&prompt);
    prompt_left(&prompt);
    ck_assert_uint_eq(prompt.cursor, 1); /* before e with its accent */
    prompt_right(&prompt);
    ck_assert_uint_eq(prompt.cursor, 4);
    prompt_start(&prompt);
    prompt_left(&prompt);
    ck_assert_uint_eq(prompt.cursor, 0);
    prompt_end(&prompt);
    prompt_right(&prompt);
    ck_assert_uint_eq(prompt.cursor, 10);
}
END_TEST

START_TEST(test_text_goes_in_and_out_at_the_cursor)
{
    prompt_set(&prompt, "persona berg");
    prompt_start(&prompt);
    prompt_insert(&prompt, "ö");
    expect("öpersona berg", 2);
    ck_assert(prompt_erase_left(&prompt));
    ck_assert(!prompt_erase_left(&prompt));
    ck_assert(prompt_erase_right(&prompt));
    expect("ersona berg", 0);
    prompt_end(&prompt);
    ck_assert(!prompt_erase_right(&prompt));
    ck_assert(prompt_erase_word(&prompt));
    expect("ersona ", 7);
    ck_assert(prompt_erase_word(&prompt));
    expect("", 0);
    ck_assert(!prompt_erase_word(&prompt));
}
END_TEST

START_TEST(test_erasing_the_line_keeps_what_is_behind_the_cursor)
{
    prompt_set(&prompt, "abc def");
    prompt_left(&prompt);
    ck_assert(prompt_erase_line(&prompt));
    expect("f", 0);
}
END_TEST

START_TEST(test_pasted_text_becomes_one_line_without_controls)
{
    prompt_insert(&prompt, "goto\tti\033cket\r\nx\177");
    expect("goto ticket x", 13);
}
END_TEST

START_TEST(test_replacing_puts_the_cursor_behind)
{
    prompt_set(&prompt, "lane quo off");
    prompt_replace(&prompt, 5, 8, "quotes");
    expect("lane quotes off", 11);
}
END_TEST

START_TEST(test_history_goes_through_lines_that_begin_as_typed)
{
    history_add(&history, "persona anna");
    history_add(&history, "lane quotes off");
    history_add(&history, "persona all");
    prompt_set(&prompt, "per");
    prompt_older(&prompt, &history);
    expect("persona all", 11);
    prompt_older(&prompt, &history);
    expect("persona anna", 12);
    prompt_older(&prompt, &history);
    expect("persona anna", 12); /* the oldest stays */
    prompt_newer(&prompt, &history);
    expect("persona all", 11);
    prompt_newer(&prompt, &history);
    expect("per", 3); /* what was being typed */
    prompt_newer(&prompt, &history);
    expect("per", 3);
}
END_TEST

START_TEST(test_typing_makes_a_line_of_the_history_a_new_draft)
{
    history_add(&history, "persona anna");
    history_add(&history, "persona all");
    prompt_older(&prompt, &history);
    prompt_erase_word(&prompt);
    prompt_insert(&prompt, "an");
    prompt_older(&prompt, &history);
    expect("persona anna", 12);
}
END_TEST

Suite *app_prompt_suite(void)
{
    Suite *suite = suite_create("app_prompt");
    TCase *tests = tcase_create("prompt");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_cursor_steps_over_whole_clusters);
    tcase_add_test(tests, test_text_goes_in_and_out_at_the_cursor);
    tcase_add_test(tests, test_erasing_the_line_keeps_what_is_behind_the_cursor);
    tcase_add_test(tests, test_pasted_text_becomes_one_line_without_controls);
    tcase_add_test(tests, test_replacing_puts_the_cursor_behind);
    tcase_add_test(tests, test_history_goes_through_lines_that_begin_as_typed);
    tcase_add_test(tests, test_typing_makes_a_line_of_the_history_a_new_draft);
    suite_add_tcase(suite, tests);
    return suite;
}
