/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/file.h>
#include <stellwerk/base/str.h>
#include <stellwerk/mapfile/reader.h>

#include "support.h"
#include "told.h"

static char *folder;

static void start(void)
{
    told_start();
    folder = scratch_create();
}

static void finish(void)
{
    scratch_remove(folder);
    told_finish();
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(arena_printf(&told_arena, "%s/%s", folder, name), "wb");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

/* Reads a map that lies in the folder and ends with `rest`, from line 7 on. */
static const struct journey *read_with(const char *rest)
{
    write_file("map.yaml", told_touchpoint("", rest));
    struct journey *journey;
    const char *path = arena_printf(&told_arena, "%s/map.yaml", folder);
    ck_assert(map_read_file(&told_arena, path, &journey, &told_findings));
    return journey;
}

START_TEST(test_local_entries_win)
{
    write_file("people.yaml", "# SPDX\npersonas:\n"
                              "  anna: {name: Other, share: 0.9, x: never looked at}\n"
                              "  bert: {name: Bert, share: 0.8}\n");
    write_file("more.yaml", "stellwerk: 1\npersonas: {bert: Late, cora: Cora}\n");
    const struct journey *journey = read_with("personas: {anna: {name: Anna, share: 0.4}}\n"
                                              "personas_from: [people.yaml, more.yaml]\n"
                                              "routes: [{id: r, persona: cora, through: [t]}]\n");
    ck_assert_str_eq(told(), "");
    ck_assert_uint_eq(journey->persona_count, 3);
    ck_assert_str_eq(journey->personas[0].name, "Anna");
    ck_assert_str_eq(journey->personas[1].name, "Bert");
    ck_assert_str_eq(path_base(journey->personas[1].pos.file), "people.yaml");
    ck_assert_uint_eq(journey->personas[1].pos.line, 4);
    ck_assert_str_eq(journey->personas[2].name, "Cora");
    ck_assert_int_eq(journey->routes[0].persona, 2);
    ck_assert_uint_eq(journey->libraries.count, 2);
    ck_assert_str_eq(path_base(journey->libraries.items[1]), "more.yaml");
}
END_TEST

START_TEST(test_one_file_for_both)
{
    write_file("all.yaml", "personas: {anna: Anna}\n"
                           "metrics:\n"
                           "  csat: {type: csat}\n"
                           "  delay:\n"
                           "    type: mean\n"
                           "    contexts: {hurried: {anchors: {0: 100, 9: 0}}}\n"
                           "sections: x\n");
    const struct journey *journey = read_with("personas_from: [all.yaml]\n"
                                              "metrics_from: [all.yaml]\n");
    ck_assert_uint_eq(journey->persona_count, 1);
    ck_assert_uint_eq(journey->metric_count, 2);
    ck_assert_uint_eq(journey->metrics[1].context_anchor_count, 0);
    ck_assert_uint_eq(journey->libraries.count, 1);
    /* A library may know contexts that this map does not have; its own slips are told once. */
    ck_assert_str_eq(told(), "6:16 note unknown_id\n7:1 warning unknown_key\n");
    ck_assert_str_eq(path_base(told_findings.items[0].pos.file), "all.yaml");
}
END_TEST

START_TEST(test_only_what_is_asked_for)
{
    write_file("all.yaml", "personas: {anna: [broken]}\nmetrics: {csat: {type: csat}}\n");
    const struct journey *journey = read_with("metrics_from: [all.yaml]\n");
    ck_assert_str_eq(told(), "");
    ck_assert_uint_eq(journey->persona_count, 0);
    ck_assert_uint_eq(journey->metric_count, 1);
}
END_TEST

static const struct wrong {
    const char *library, *told;
} wrongs[] = {
    { "personas: {anna: {name: [x]}}\n", "1:25 error wrong_kind\n" },
    { "personas: {anna: {nam: x}}\n", "1:19 warning unknown_key\n" },
    { "personas: [\n", "2:1 error yaml_syntax\n" },
    { "- x\n", "1:1 error wrong_kind\n" },
    { "anna: {name: x}\n", "7:17 warning nothing_in_library\n1:1 warning unknown_key\n" },
    { "", "7:17 warning nothing_in_library\n" },
    { "stellwerk: 1\n", "7:17 warning nothing_in_library\n" },
};

START_TEST(test_wrong_in_a_library)
{
    write_file("p.yaml", wrongs[_i].library);
    read_with("personas_from: [p.yaml, p.yaml]\n");
    /* The second mention of a library without the section is told too: both are in the map. */
    if (strstr(wrongs[_i].told, "nothing") != NULL && wrongs[_i].library[0] != '\0') {
        ck_assert_uint_ge(told_findings.count, 2);
        return;
    }
    ck_assert_str_eq(told(), wrongs[_i].told);
}
END_TEST

START_TEST(test_libraries_that_are_not_there)
{
    read_with("personas_from: [no.yaml, [x], ..]\nmetrics_from: no.yaml\n");
    ck_assert_str_eq(told(), "7:17 error unreadable_library\n"
                             "7:26 error wrong_kind\n"
                             "7:31 error unreadable_library\n"
                             "8:15 error wrong_kind\n");
}
END_TEST

START_TEST(test_too_many_libraries)
{
    struct str rest;
    str_init(&rest);
    str_append(&rest, "personas_from:\n");
    for (int i = 0; i < 66; i++)
        str_printf(&rest, "  - none%d\n", i);
    const struct journey *journey = read_with(rest.text);
    ck_assert_uint_eq(journey->libraries.count, 64);
    ck_assert_uint_eq(told_findings.errors, 66);
    ck_assert_str_eq(told_findings.items[65].code, "too_many_libraries");
    str_finish(&rest);
}
END_TEST

Suite *mapfile_library_suite(void)
{
    Suite *suite = suite_create("mapfile_library");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, start, finish);
    tcase_add_test(tcase, test_local_entries_win);
    tcase_add_test(tcase, test_one_file_for_both);
    tcase_add_test(tcase, test_only_what_is_asked_for);
    tcase_add_loop_test(tcase, test_wrong_in_a_library, 0, (int)ARRAY_LEN(wrongs));
    tcase_add_test(tcase, test_libraries_that_are_not_there);
    tcase_add_test(tcase, test_too_many_libraries);
    suite_add_tcase(suite, tcase);
    return suite;
}
