/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"
#include "support.h"

#include "paper.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the process leaves that does the lines and is killed. */
static void crash_after(const char *const *lines)
{
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        for (; *lines != NULL; lines++) {
            struct operation operation;
            if (strcmp(*lines, "save") == 0) {
                const char *kept;
                if (!document_save(&document, &arena, &kept, &err))
                    _exit(1);
            } else if (strcmp(*lines, "undo") == 0) {
                if (document_undo(&document, &err) == NULL)
                    _exit(1);
            } else if (!operation_parse_line(&arena, *lines, &operation, &err) ||
                       !document_do(&document, &operation, 1, false, &err)) {
                _exit(1);
            }
        }
        kill(getpid(), SIGKILL);
    }
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status));
    take_file();
}

#define CRASH_AFTER(...) crash_after((const char *const[]){ __VA_ARGS__, NULL })

static void restore(void)
{
    struct left_behind left;
    ck_assert(journal_find(&arena, map, journals, &left));
    ck_assert(!left.torn);
    ck_assert_msg(document_restore(&document, &left, &err), "%s", err.text);
    ck_assert_int_ne(access(left.file, F_OK), 0);
}

START_TEST(a_crash_leaves_the_edits_to_the_next_start)
{
    CRASH_AFTER("set a.standard 55", "set b.standard 1", "undo",
                "insert a.pains \"zu \\\"laut\\\"\"");
    file_is(beginning);
    restore();
    text_is(CHANGED("80", "55", "kalt", "kalt, zu \"laut\""));
    ck_assert(!document_is_saved(&document));
    undo_is("insert a.pains \"zu \\\"laut\\\"\"");
    undo_is("set a.standard 55");
    text_is(beginning);
}
END_TEST

START_TEST(what_is_restored_is_in_a_journal_again)
{
    CRASH_AFTER("set a.standard 55");
    restore();
    document_finish(&document);
    document_init(&document, revision_read(map), journals);
    restore();
    text_is(CHANGED("80", "55"));
}
END_TEST

START_TEST(edits_are_restored_on_a_file_that_was_changed_since)
{
    CRASH_AFTER("set a.standard 55", "set b.standard 1");
    replace_in_map("70", "71");
    replace_in_map("Reise", "Fahrt");
    take_file();
    restore();
    text_is(CHANGED("Reise", "Fahrt", "80", "55", "70", "71"));
    ck_assert_uint_eq(document.conflict_count, 1);
    ck_assert_str_eq(document.conflicts[0].theirs, "71");
}
END_TEST

START_TEST(taking_back_what_was_saved_survives_a_crash)
{
    CRASH_AFTER("set a.standard 55", "set b.standard 1", "save", "undo", "set a.title AA");
    file_is(CHANGED("80", "55", "70", "1"));
    restore();
    text_is(CHANGED("80", "55", "title: A", "title: AA"));
}
END_TEST

START_TEST(a_conflict_survives_a_crash)
{
    do_line("set a.standard 55");
    replace_in_map("80", "60");
    take_file();
    document_finish(&document);
    document_init(&document, revision_read(map), journals);
    restore();
    ck_assert_uint_eq(document.conflict_count, 1);
    ck_assert_str_eq(document.conflicts[0].operation.value, "55");
}
END_TEST

START_TEST(a_save_takes_the_journal_away)
{
    struct left_behind left;
    CRASH_AFTER("set a.standard 55", "save");
    ck_assert(!journal_find(&arena, map, journals, &left));
}
END_TEST

START_TEST(a_journal_is_never_for_another_file)
{
    struct left_behind left;
    CRASH_AFTER("set a.standard 55");
    const char *other = arena_printf(&arena, "%s/other.yaml", folder);
    ck_assert_int_eq(link(map, other), 0);
    ck_assert(!journal_find(&arena, other, journals, &left));
    ck_assert(journal_find(&arena, map, journals, &left));
}
END_TEST

START_TEST(a_journal_in_use_is_not_found)
{
    struct left_behind left;
    do_line("set a.standard 55");
    ck_assert(!journal_find(&arena, map, journals, &left));
}
END_TEST

START_TEST(a_record_that_is_torn_is_left_out)
{
    struct left_behind left;
    CRASH_AFTER("set a.standard 55", "set b.standard 1");
    ck_assert(journal_find(&arena, map, journals, &left));
    struct stat status;
    ck_assert_int_eq(stat(left.file, &status), 0);
    ck_assert_int_eq(truncate(left.file, status.st_size - 3), 0);
    ck_assert(journal_find(&arena, map, journals, &left));
    ck_assert(left.torn);
    ck_assert_uint_eq(left.count, 1);
    ck_assert(document_restore(&document, &left, &err));
    text_is(CHANGED("80", "55"));
}
END_TEST

/* Once there is room, the journal has also what it could not take before. */
START_TEST(a_journal_that_could_not_be_written_is_made_up_for)
{
    struct rlimit before, none = { .rlim_cur = 0 };
    struct left_behind left;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    none.rlim_max = before.rlim_max;
    void (*action)(int) = signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &none), 0);
    do_line("set a.standard 55");
    bool told = journal_trouble(document.journal, &err);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, action);
    ck_assert(told);
    do_line("set b.standard 1");
    ck_assert(!journal_trouble(document.journal, &err));
    document_finish(&document);
    document_init(&document, revision_read(map), journals);
    restore();
    text_is(CHANGED("80", "55", "70", "1"));
    save();
    ck_assert(!journal_find(&arena, map, journals, &left));
}
END_TEST

START_TEST(abandoned_edits_leave_nothing)
{
    struct left_behind left;
    do_line("set a.standard 55");
    document_abandon(&document);
    document_finish(&document);
    ck_assert(!journal_find(&arena, map, journals, &left));
}
END_TEST

Suite *app_journal_suite(void)
{
    Suite *suite = suite_create("app_journal");
    TCase *tests = tcase_create("journal");
    tcase_add_checked_fixture(tests, paper_setup, paper_teardown);
    tcase_add_test(tests, a_crash_leaves_the_edits_to_the_next_start);
    tcase_add_test(tests, what_is_restored_is_in_a_journal_again);
    tcase_add_test(tests, edits_are_restored_on_a_file_that_was_changed_since);
    tcase_add_test(tests, taking_back_what_was_saved_survives_a_crash);
    tcase_add_test(tests, a_conflict_survives_a_crash);
    tcase_add_test(tests, a_save_takes_the_journal_away);
    tcase_add_test(tests, a_journal_is_never_for_another_file);
    tcase_add_test(tests, a_journal_in_use_is_not_found);
    tcase_add_test(tests, a_record_that_is_torn_is_left_out);
    tcase_add_test(tests, a_journal_that_could_not_be_written_is_made_up_for);
    tcase_add_test(tests, abandoned_edits_leave_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
