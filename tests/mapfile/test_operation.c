/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"
#include "support.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/mapfile/operation.h>

static struct arena arena;
static struct error err;

static void setup(void)
{
    arena_init(&arena);
    error_init(&err);
}

static void teardown(void)
{
    arena_finish(&arena);
}

static const struct {
    const char *line;
    struct operation wanted;
} lines[] = {
    { "set ticket.experience.anna 55",
      { .verb = VERB_SET, .address = "ticket.experience.anna", .value = "55" } },
    { "set  map.title\t\"Neue Reise\" ",
      { .verb = VERB_SET, .address = "map.title", .value = "Neue Reise" } },
    { "set map.title \"a \\\"b\\\" \\\\ \\n\\r\\tc\"",
      { .verb = VERB_SET, .address = "map.title", .value = "a \"b\" \\ \n\r\tc" } },
    { "set map.title \"\"", { .verb = VERB_SET, .address = "map.title", .value = "" } },
    { "set map.title first", { .verb = VERB_SET, .address = "map.title", .value = "first" } },
    { "unset ticket.standard", { .verb = VERB_UNSET, .address = "ticket.standard" } },
    { "delete ticket", { .verb = VERB_DELETE, .address = "ticket" } },
    { "insert ticket.pains laut",
      { .verb = VERB_INSERT, .address = "ticket.pains", .value = "laut" } },
    { "insert ticket.pains laut first",
      { .verb = VERB_INSERT,
        .address = "ticket.pains",
        .value = "laut",
        .place = { .kind = PLACE_FIRST } } },
    { "insert ticket.pains \"last\"",
      { .verb = VERB_INSERT, .address = "ticket.pains", .value = "last" } },
    { "insert ticket.pains \"at\" at 2",
      { .verb = VERB_INSERT,
        .address = "ticket.pains",
        .value = "at",
        .place = { .kind = PLACE_AT, .number = 2 } } },
    { "insert touchpoint/pay after ticket",
      { .verb = VERB_INSERT,
        .address = "touchpoint/pay",
        .place = { .kind = PLACE_AFTER, .id = "ticket" } } },
    { "insert touchpoint/pay \"{title: Pay}\" before ticket",
      { .verb = VERB_INSERT,
        .address = "touchpoint/pay",
        .value = "{title: Pay}",
        .place = { .kind = PLACE_BEFORE, .id = "ticket" } } },
    { "move ticket into arrival",
      { .verb = VERB_MOVE,
        .address = "ticket",
        .place = { .kind = PLACE_INTO, .id = "arrival" } } },
    { "move ticket.pains.2 at 12",
      { .verb = VERB_MOVE,
        .address = "ticket.pains.2",
        .place = { .kind = PLACE_AT, .number = 12 } } },
    { "rename ticket e-ticket", { .verb = VERB_RENAME, .address = "ticket", .value = "e-ticket" } },
};

static bool same_word(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void check_same(const char *line, const struct operation *got,
                       const struct operation *wanted)
{
    ck_assert_msg(got->verb == wanted->verb && same_word(got->address, wanted->address),
                  "%s: %s %s", line, verb_name(got->verb), got->address);
    ck_assert_msg(same_word(got->value, wanted->value), "%s: value '%s'", line, got->value);
    ck_assert_msg(
        got->place.kind == wanted->place.kind && got->place.number == wanted->place.number &&
            same_word(got->place.id, wanted->place.id),
        "%s: place %d %zu %s", line, (int)got->place.kind, got->place.number, got->place.id);
}

START_TEST(a_line_says_an_operation_and_is_written_back)
{
    struct operation got, again;
    const char *line = lines[_i].line;
    ck_assert_msg(operation_parse_line(&arena, line, &got, &err), "%s: %s", line, err.text);
    check_same(line, &got, &lines[_i].wanted);
    const char *written = operation_line(&arena, &got);
    ck_assert_ptr_null(strpbrk(written, "\r\n"));
    ck_assert_msg(operation_parse_line(&arena, written, &again, &err), "%s: %s", written, err.text);
    check_same(written, &again, &got);
}
END_TEST

START_TEST(the_words_of_a_shell_are_borrowed_as_they_are)
{
    const char *const words[] = { "insert", "a.pains", "zu \"laut\"", "at", "3" };
    struct operation got;
    ck_assert(operation_parse(words, ARRAY_LEN(words), &got, &err));
    ck_assert_ptr_eq(got.address, words[1]);
    ck_assert_ptr_eq(got.value, words[2]);
    ck_assert_uint_eq(got.place.number, 3);
    ck_assert_ptr_null(got.place.id);
}
END_TEST

static const struct {
    const char *line, *reason;
} wrong[] = {
    { "", "missing" },
    { "sett a b", "did you mean 'set'" },
    { "frobnicate", "there are set, unset, insert, delete, move and rename" },
    { "set", "needs an address" },
    { "set a", "needs a value" },
    { "rename a", "needs a value" },
    { "set a b c", "'c' is one word too many" },
    { "unset a b", "'b' is one word too many" },
    { "delete a first", "'first' is one word too many" },
    { "move a", "needs a place" },
    { "move a b", "needs a place" },
    { "move a after", "'after' needs a word" },
    { "move a at 0", "from 1 on, not '0'" },
    { "move a at -1", "from 1 on" },
    { "move a at 2x", "from 1 on" },
    { "move a at 99999999999999999999", "from 1 on" },
    { "insert a b at", "'at' needs a word" },
    { "insert a {title: Pay}", "a value of several words needs quotes" },
    { "insert a first last", "'last' is one word too many" },
    { "set a \"b", "not closed" },
    { "set a \"b\\", "not closed" },
};

START_TEST(what_is_no_operation_is_told)
{
    struct operation got;
    ck_assert_msg(!operation_parse_line(&arena, wrong[_i].line, &got, &err), "%s", wrong[_i].line);
    ck_assert_msg(strstr(err.text, wrong[_i].reason) != NULL, "%s: '%s' lacks '%s'", wrong[_i].line,
                  err.text, wrong[_i].reason);
}
END_TEST

START_TEST(every_verb_has_its_name)
{
    for (int verb = 0; verb < VERB_COUNT; verb++)
        ck_assert_uint_gt(strlen(verb_name((enum verb)verb)), 0);
    ck_assert_str_eq(verb_name(VERB_RENAME), "rename");
}
END_TEST

Suite *mapfile_operation_suite(void)
{
    Suite *suite = suite_create("mapfile_operation");
    TCase *tests = tcase_create("operations");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, a_line_says_an_operation_and_is_written_back, 0, ARRAY_LEN(lines));
    tcase_add_test(tests, the_words_of_a_shell_are_borrowed_as_they_are);
    tcase_add_loop_test(tests, what_is_no_operation_is_told, 0, ARRAY_LEN(wrong));
    tcase_add_test(tests, every_verb_has_its_name);
    suite_add_tcase(suite, tests);
    return suite;
}
