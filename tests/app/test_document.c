/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"
#include "support.h"

#include "paper.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <stellwerk/base/str.h>

/* ---- Steps ------------------------------------------------------------------------------------*/

START_TEST(steps_are_undone_and_redone_to_the_byte)
{
    ck_assert(document_is_saved(&document));
    do_line("set a.standard 55");
    do_line("delete b");
    do_line("insert a.pains heiß");
    ck_assert(!document_is_saved(&document));
    undo_is("insert a.pains heiß");
    undo_is("delete b");
    text_is(CHANGED("80", "55"));
    undo_is("set a.standard 55");
    text_is(beginning);
    ck_assert(document_is_saved(&document));
    ck_assert_ptr_null(document_undo(&document, &err));
    ck_assert_str_eq(err.text, "there is nothing to undo");
    redo_is("set a.standard 55");
    redo_is("delete b");
    redo_is("insert a.pains heiß");
    ck_assert_ptr_null(document_redo(&document, &err));
    ck_assert_ptr_null(strstr(document.now->text, "id: b"));
    ck_assert_ptr_nonnull(strstr(document.now->text, "pains: [laut, kalt, heiß]"));
    file_is(beginning);
}
END_TEST

START_TEST(a_refused_operation_changes_nothing)
{
    ck_assert(!try_line("set a.standard 155"));
    ck_assert_ptr_nonnull(strstr(err.text, "100"));
    text_is(beginning);
    ck_assert_uint_eq(document.count, 0);
    struct operation both[] = {
        { .verb = VERB_SET, .address = "a.standard", .value = "5" },
        { .verb = VERB_SET, .address = "nobody.standard", .value = "5" },
    };
    ck_assert(!document_do(&document, both, 2, false, &err));
    text_is(beginning);
}
END_TEST

START_TEST(operations_that_are_one_command_are_one_step)
{
    struct operation both[] = {
        { .verb = VERB_SET, .address = "a.standard", .value = "5" },
        { .verb = VERB_SET, .address = "b.standard", .value = "6" },
    };
    ck_assert(document_do(&document, both, 2, false, &err));
    text_is(CHANGED("80", "5", "70", "6"));
    undo_is("set a.standard 5 (and 1 more)");
    text_is(beginning);
}
END_TEST

START_TEST(what_changes_nothing_is_no_step)
{
    do_line("set a.standard 80");
    ck_assert_uint_eq(document.count, 0);
    ck_assert(document_is_saved(&document));
}
END_TEST

START_TEST(a_point_that_is_dragged_is_one_step)
{
    do_line("set a.standard 75");
    join_line("set a.standard 70");
    join_line("set a.standard 65");
    ck_assert_uint_eq(document.done, 1);
    join_line("set b.standard 65");
    ck_assert_uint_eq(document.done, 2);
    undo_is("set b.standard 65");
    undo_is("set a.standard 65");
    text_is(beginning);
}
END_TEST

START_TEST(a_point_that_is_saved_on_its_way_is_one_step_too)
{
    do_line("set a.standard 75");
    save();
    join_line("set a.standard 70");
    join_line("set a.standard 65");
    file_is(CHANGED("80", "75"));
    ck_assert_uint_eq(document.done, 1);
    for (int i = 0; i < 2; i++) {
        undo_is("set a.standard 65");
        text_is(beginning);
        ck_assert(!document_is_saved(&document));
        redo_is("set a.standard 65");
        text_is(CHANGED("80", "65"));
    }
    replace_in_map("title: B", "title: Bahnsteig");
    take_file();
    text_is(CHANGED("80", "65", "title: B", "title: Bahnsteig"));
    undo_is("set a.standard 65");
    text_is(CHANGED("title: B", "title: Bahnsteig"));
    save();
    file_is(CHANGED("title: B", "title: Bahnsteig"));
}
END_TEST

START_TEST(what_has_come_back_to_the_file_leaves_no_journal)
{
    struct left_behind left;
    do_line("set a.standard 75");
    document_finish(&document);
    ck_assert(journal_find(&arena, map, journals, &left));
    journal_discard(&left);
    document_init(&document, revision_read(map), journals);
    do_line("set a.standard 75");
    join_line("set a.standard 80");
    text_is(beginning);
    ck_assert(document_is_saved(&document));
    document_finish(&document);
    ck_assert(!journal_find(&arena, map, journals, &left));
}
END_TEST

START_TEST(undo_goes_on_behind_a_save)
{
    do_line("set a.standard 55");
    save();
    file_is(CHANGED("80", "55"));
    ck_assert(document_is_saved(&document));
    undo_is("set a.standard 55");
    ck_assert(!document_is_saved(&document));
    save();
    file_is(beginning);
    redo_is("set a.standard 55");
    save();
    file_is(CHANGED("80", "55"));
}
END_TEST

/* ---- Others --------------------------------------------------------------------------- */

START_TEST(edits_are_merged_with_what_others_wrote)
{
    do_line("set a.standard 55");
    replace_in_map("title: B", "title: Bahnsteig");
    save();
    const char *both = CHANGED("80", "55", "title: B", "title: Bahnsteig");
    file_is(both);
    text_is(both);
    ck_assert_uint_eq(document.conflict_count, 0);
    undo_is("set a.standard 55");
    text_is(CHANGED("title: B", "title: Bahnsteig"));
}
END_TEST

START_TEST(steps_move_along_with_what_others_wrote)
{
    do_line("set b.standard 65");
    save();
    do_line("set a.standard 55");
    save();
    replace_in_map("title: Reise", "title: Eine sehr lange Reise");
    take_file();
    undo_is("set a.standard 55");
    undo_is("set b.standard 65");
    text_is(CHANGED("title: Reise", "title: Eine sehr lange Reise"));
}
END_TEST

START_TEST(a_step_whose_place_others_changed_is_told_and_left)
{
    do_line("set b.standard 65");
    do_line("set a.standard 55");
    save();
    replace_in_map("55", "50");
    take_file();
    ck_assert_ptr_null(document_undo(&document, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "changed by others"));
    undo_is("set b.standard 65");
    text_is(CHANGED("80", "50"));
}
END_TEST

START_TEST(two_values_for_one_thing_are_a_conflict)
{
    do_line("set a.standard 55");
    do_line("set b.title Berlin");
    replace_in_map("80", "60");
    save();
    file_is(CHANGED("80", "60", "title: B", "title: Berlin"));
    ck_assert_uint_eq(document.conflict_count, 1);
    const struct conflict *conflict = &document.conflicts[0];
    ck_assert_str_eq(conflict->base, "80");
    ck_assert_str_eq(conflict->theirs, "60");
    ck_assert_str_eq(conflict->mine, "55");
    ck_assert_str_eq(conflict->reason.text, "");
    ck_assert(!document_is_saved(&document));
    ck_assert(document_decide(&document, 0, true, &err));
    save();
    file_is(CHANGED("80", "55", "title: B", "title: Berlin"));
    ck_assert(document_is_saved(&document));
}
END_TEST

START_TEST(a_conflict_can_be_left_to_the_others)
{
    do_line("set a.standard 55");
    replace_in_map("80", "60");
    take_file();
    ck_assert_uint_eq(document.conflict_count, 1);
    ck_assert(document_decide(&document, 0, false, &err));
    text_is(CHANGED("80", "60"));
    ck_assert(document_is_saved(&document));
    ck_assert_ptr_null(document_undo(&document, &err));
}
END_TEST

START_TEST(the_same_change_is_no_conflict)
{
    do_line("set a.standard 55");
    do_line("unset b.standard");
    write_map(CHANGED("80", "55", "        standard: 70\n", ""));
    take_file();
    ck_assert_uint_eq(document.conflict_count, 0);
    ck_assert(document_is_saved(&document));
}
END_TEST

START_TEST(what_is_refused_on_their_text_is_a_conflict_with_the_reason)
{
    do_line("set b.standard 65");
    write_map("stellwerk: 1\ntitle: Reise\nstages:\n  - id: one\n    title: Eins\n"
              "    touchpoints:\n      - id: a\n        title: A\n");
    take_file();
    ck_assert_uint_eq(document.conflict_count, 1);
    ck_assert_str_eq(document.conflicts[0].base, "70");
    ck_assert_ptr_null(document.conflicts[0].theirs);
    ck_assert(!document_decide(&document, 0, true, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "no touchpoint 'b'"));
    ck_assert_uint_eq(document.conflict_count, 1);
}
END_TEST

START_TEST(an_undo_that_is_not_saved_is_merged_too)
{
    do_line("set a.standard 55");
    save();
    undo_is("set a.standard 55");
    replace_in_map("title: Reise", "title: Fahrt");
    take_file();
    text_is(CHANGED("Reise", "Fahrt"));
    save();
    file_is(CHANGED("Reise", "Fahrt"));
    redo_is("set a.standard 55");
    text_is(CHANGED("Reise", "Fahrt", "80", "55"));
}
END_TEST

START_TEST(a_file_that_is_no_map_any_more_keeps_the_edits)
{
    const char *kept;
    do_line("set a.standard 55");
    write_map("stellwerk: [\n");
    ck_assert(!document_save(&document, &arena, &kept, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "your edits are kept"));
    file_is("stellwerk: [\n");
    text_is(CHANGED("80", "55"));
    write_map(beginning);
    save();
    file_is(CHANGED("80", "55"));
}
END_TEST

START_TEST(a_file_that_is_gone_is_made_anew)
{
    do_line("set a.standard 55");
    ck_assert_int_eq(unlink(map), 0);
    save();
    file_is(CHANGED("80", "55"));
}
END_TEST

/* What cannot be written is told and kept; with room again it is saved. */
START_TEST(a_limit_on_files_keeps_the_edits)
{
    struct rlimit before, small = { .rlim_cur = 64 };
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    void (*action)(int) = signal(SIGXFSZ, SIG_IGN);
    do_line("set a.standard 55");
    journal_sync(document.journal);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    const char *kept;
    bool saved = document_save(&document, &arena, &kept, &err);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, action);
    ck_assert(!saved);
    ck_assert_ptr_nonnull(strstr(err.text, map));
    ck_assert_ptr_nonnull(strstr(err.text, "File too large"));
    file_is(beginning);
    text_is(CHANGED("80", "55"));
    save();
    file_is(CHANGED("80", "55"));
}
END_TEST

/* ---- Two at one map ------------------------------------------------------------------- */

enum { ROUNDS = 1000, POINTS = 8 };

/* Two workbenches and a sed, a thousand operations: each is in the file or shown as a conflict. */
START_TEST(nothing_of_two_workbenches_and_a_sed_is_lost)
{
    struct str text;
    str_init(&text);
    str_append(&text, "stellwerk: 1\ntitle: T\nstages:\n  - id: s\n    title: S\n"
                      "    touchpoints:\n");
    for (int i = 0; i < 3 * POINTS; i++)
        str_printf(&text, "      - id: t%d\n        title: T%d\n        pains: [p]\n", i, i);
    write_map(text.text);
    str_finish(&text);
    struct document other;
    document_finish(&document);
    document_init(&document, revision_read(map), journals);
    document_init(&other, revision_read(map), journals);
    struct document *both[] = { &document, &other };
    const char *kept;
    uint32_t dice = 7;
    for (int i = 0; i < ROUNDS; i++) {
        dice = dice * 1664525 + 1013904223;
        int who = (int)(dice >> 16) % 3, point = (int)(dice >> 20) % POINTS;
        if (who == 2) {
            replace_in_map("title: T\n", "title: T\n# sed was here\n");
            continue;
        }
        struct operation operation = {
            .verb = VERB_INSERT,
            .address = arena_printf(&arena, "t%d.pains", point),
            .value = arena_printf(&arena, "n%d", i),
        };
        ck_assert_msg(document_do(both[who], &operation, 1, false, &err), "%s", err.text);
        ck_assert_msg(document_save(both[who], &arena, &kept, &err), "%s", err.text);
    }
    char *file = read_whole(map);
    ck_assert_uint_eq(document.conflict_count + other.conflict_count, 0);
    dice = 7;
    for (int i = 0; i < ROUNDS; i++) {
        dice = dice * 1664525 + 1013904223;
        if ((dice >> 16) % 3 == 2)
            continue;
        const char *first = arena_printf(&arena, "n%d,", i);
        const char *last = arena_printf(&arena, "n%d]", i);
        ck_assert_msg(strstr(file, first) != NULL || strstr(file, last) != NULL, "n%d is lost", i);
    }
    free(file);
    document_finish(&other);
}
END_TEST

Suite *app_document_suite(void)
{
    Suite *suite = suite_create("app_document");
    TCase *tests = tcase_create("document");
    tcase_set_timeout(tests, 300);
    tcase_add_checked_fixture(tests, paper_setup, paper_teardown);
    tcase_add_test(tests, steps_are_undone_and_redone_to_the_byte);
    tcase_add_test(tests, a_refused_operation_changes_nothing);
    tcase_add_test(tests, operations_that_are_one_command_are_one_step);
    tcase_add_test(tests, what_changes_nothing_is_no_step);
    tcase_add_test(tests, a_point_that_is_dragged_is_one_step);
    tcase_add_test(tests, a_point_that_is_saved_on_its_way_is_one_step_too);
    tcase_add_test(tests, what_has_come_back_to_the_file_leaves_no_journal);
    tcase_add_test(tests, undo_goes_on_behind_a_save);
    tcase_add_test(tests, edits_are_merged_with_what_others_wrote);
    tcase_add_test(tests, steps_move_along_with_what_others_wrote);
    tcase_add_test(tests, a_step_whose_place_others_changed_is_told_and_left);
    tcase_add_test(tests, two_values_for_one_thing_are_a_conflict);
    tcase_add_test(tests, a_conflict_can_be_left_to_the_others);
    tcase_add_test(tests, the_same_change_is_no_conflict);
    tcase_add_test(tests, what_is_refused_on_their_text_is_a_conflict_with_the_reason);
    tcase_add_test(tests, an_undo_that_is_not_saved_is_merged_too);
    tcase_add_test(tests, a_file_that_is_no_map_any_more_keeps_the_edits);
    tcase_add_test(tests, a_file_that_is_gone_is_made_anew);
    tcase_add_test(tests, a_limit_on_files_keeps_the_edits);
    tcase_add_test(tests, nothing_of_two_workbenches_and_a_sed_is_lost);
    suite_add_tcase(suite, tests);
    return suite;
}
