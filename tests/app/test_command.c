/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <string.h>

#include <stellwerk/app/command.h>

static struct arena arena;
static struct error err;

static void set_up(void)
{
    error_init(&err);
}

static void tear_down(void)
{
    arena_finish(&arena);
}

START_TEST(test_the_table_is_sorted_and_whole)
{
    for (size_t i = 0; i < command_count; i++) {
        const struct command *command = &commands[i];
        if (i > 0)
            ck_assert_int_lt(strcmp(commands[i - 1].name, command->name), 0);
        ck_assert_msg(command->help != NULL && *command->help != '\0', "%s", command->name);
        ck_assert_msg(command->help[strlen(command->help) - 1] != '.', "%s", command->name);
        ck_assert_ptr_nonnull(command->run);
        ck_assert_ptr_eq(command_find(command->name), command);
        ck_assert_msg((command->arguments[0] != ARGUMENT_NONE) == (command->usage != NULL),
                      "%s: what it takes and what help says of it differ", command->name);
        if (command->alias != NULL)
            ck_assert_ptr_eq(command_find(command->alias), command);
    }
}
END_TEST

START_TEST(test_every_group_has_a_title)
{
    ck_assert_ptr_nonnull(command_group_title((enum command_group)_i));
}
END_TEST

START_TEST(test_a_line_is_taken_apart)
{
    struct call call;
    ck_assert(command_parse(&arena, "  lane  quotes\toff ", &call, &err));
    ck_assert_str_eq(call.command->name, "lane");
    ck_assert_uint_eq(call.count, 2);
    ck_assert_str_eq(call.words[0], "quotes");
    ck_assert_str_eq(call.words[1], "off");
    ck_assert_str_eq(call.rest, "quotes\toff ");
    ck_assert(command_parse(&arena, "q", &call, &err));
    ck_assert_str_eq(call.command->name, "quit");
}
END_TEST

static const struct {
    const char *line, *message;
} faults[] = {
    { "persna anna", "there is no command 'persna'; did you mean 'persona'?" },
    { "xyzzy", "there is no command 'xyzzy'" },
    { "persona", "'persona' wants: ID|all|next|previous" },
    { "persona a b", "'persona' wants: ID|all|next|previous" },
    { "quit now", "'quit' takes nothing behind it" },
    { "bind j", "'bind' wants: KEY COMMAND..." },
    { "", "there is no command ''" },
};

START_TEST(test_what_is_wrong_with_a_line)
{
    struct call call;
    ck_assert(!command_parse(&arena, faults[_i].line, &call, &err));
    ck_assert_str_eq(err.text, faults[_i].message);
}
END_TEST

Suite *app_command_suite(void)
{
    Suite *suite = suite_create("app_command");
    TCase *tests = tcase_create("command");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_the_table_is_sorted_and_whole);
    tcase_add_loop_test(tests, test_every_group_has_a_title, 0, GROUP_COUNT);
    tcase_add_test(tests, test_a_line_is_taken_apart);
    tcase_add_loop_test(tests, test_what_is_wrong_with_a_line, 0,
                        sizeof(faults) / sizeof(*faults));
    suite_add_tcase(suite, tests);
    return suite;
}
