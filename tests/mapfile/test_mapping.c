/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/mapfile/mapping.h>

#include "support.h"
#include "told.h"

static void assert_pair(const struct mapping_pair *pair, const char *key, const char *text,
                        uint32_t line, uint32_t column)
{
    ck_assert_str_eq(pair->key, key);
    ck_assert_str_eq(pair->text, text);
    ck_assert_str_eq(pair->pos.file, "mapping.yaml");
    ck_assert_uint_eq(pair->pos.line, line);
    ck_assert_uint_eq(pair->pos.column, column);
}

START_TEST(test_every_key)
{
    const struct import_mapping *mapping =
        told_mapping("as: answers\n"
                     "preset: xes\n"
                     "delimiter: \";\"\n"
                     "encoding: ISO-8859-1\n"
                     "time_format: \"%d.%m.%Y\"\n"
                     "missing: [\"\", NA]\n"
                     "columns: {response_id: id, ts: Zeit}\n"
                     "constants: {touchpoint: store-visit, value: 5}\n"
                     "touchpoints: {\"T02 Check: all\": check-receipt}\n"
                     "values:\n"
                     "  channel: {Desk: desk, e-mail: email}\n"
                     "  context: {1: hurried}\n"
                     "unpivot:\n"
                     "  - {column: q1, metric: nps, aspect: a, kind: expectation, scale: [0, 10]}\n"
                     "  - q2\n"
                     "case_window: 36h\n");
    ck_assert_str_eq(told(), "");
    ck_assert_int_eq(mapping->case_window, INT64_C(36) * 3600 * 1000000);
    ck_assert_str_eq(mapping->path, "mapping.yaml");
    ck_assert_int_eq(mapping->as, IMPORT_ANSWERS);
    ck_assert_uint_eq(mapping->as_pos.line, 1);
    ck_assert_str_eq(mapping->preset, "xes");
    ck_assert_uint_eq(mapping->preset_pos.line, 2);
    ck_assert_int_eq(mapping->delimiter, ';');
    ck_assert_str_eq(mapping->encoding, "ISO-8859-1");
    ck_assert_uint_eq(mapping->encoding_pos.column, 11);
    ck_assert_str_eq(mapping->time_format, "%d.%m.%Y");
    ck_assert_uint_eq(mapping->time_format_pos.line, 5);
    ck_assert(mapping->has_missing);
    ck_assert_uint_eq(mapping->missing.count, 2);
    ck_assert_str_eq(mapping->missing.items[0], "");
    ck_assert_str_eq(mapping->missing.items[1], "NA");
    ck_assert_uint_eq(mapping->columns.count, 2);
    assert_pair(&mapping->columns.items[1], "ts", "Zeit", 7, 28);
    ck_assert_uint_eq(mapping->constants.count, 2);
    assert_pair(&mapping->constants.items[1], "value", "5", 8, 38);
    ck_assert_uint_eq(mapping->touchpoints.count, 1);
    assert_pair(&mapping->touchpoints.items[0], "T02 Check: all", "check-receipt", 9, 15);
    ck_assert_uint_eq(mapping->value_count, 2);
    ck_assert_str_eq(mapping->values[0].column, "channel");
    ck_assert_uint_eq(mapping->values[0].pos.line, 11);
    assert_pair(&mapping->values[0].pairs.items[1], "e-mail", "email", 11, 25);
    assert_pair(&mapping->values[1].pairs.items[0], "1", "hurried", 12, 13);
}
END_TEST

START_TEST(test_unpivot)
{
    const struct import_mapping *mapping =
        told_mapping("unpivot:\n"
                     "  - {column: q1, metric: nps, aspect: a, kind: expectation, scale: [0, 10]}\n"
                     "  - q2\n");
    ck_assert_str_eq(told(), "");
    ck_assert_uint_eq(mapping->unpivot_count, 2);
    const struct unpivot *unpivot = mapping->unpivot;
    ck_assert_str_eq(unpivot[0].column, "q1");
    ck_assert_str_eq(unpivot[0].metric, "nps");
    ck_assert_str_eq(unpivot[0].aspect, "a");
    ck_assert_str_eq(unpivot[0].kind, "expectation");
    ck_assert_double_eq(unpivot[0].scale_min, 0);
    ck_assert_double_eq(unpivot[0].scale_max, 10);
    ck_assert_uint_eq(unpivot[0].pos.line, 2);
    ck_assert_str_eq(unpivot[1].column, "q2");
    ck_assert_str_eq(unpivot[1].metric, "q2");
    ck_assert_ptr_null(unpivot[1].kind);
    ck_assert_double_nan(unpivot[1].scale_min);
    ck_assert_double_nan(unpivot[1].scale_max);
}
END_TEST

START_TEST(test_what_is_left_out)
{
    const struct import_mapping *mapping = told_mapping("stellwerk: 1\n");
    ck_assert_str_eq(told(), "");
    ck_assert_int_eq(mapping->as, IMPORT_UNSET);
    ck_assert_uint_eq(mapping->as_pos.line, 0);
    ck_assert_int_eq(mapping->delimiter, '\0');
    ck_assert_ptr_null(mapping->preset);
    ck_assert_ptr_null(mapping->encoding);
    ck_assert(!mapping->has_missing);
    ck_assert_uint_eq(mapping->columns.count, 0);
    ck_assert_str_eq(import_as_name(IMPORT_EVENTS), "events");
}
END_TEST

static const struct delimiter {
    const char *text;
    char delimiter;
} delimiters[] = {
    { "delimiter: tab\n", '\t' }, { "delimiter: \"\\t\"\n", '\t' }, { "delimiter: '\\t'\n", '\t' },
    { "delimiter: ','\n", ',' },  { "delimiter: \"|\"\n", '|' },
};

START_TEST(test_delimiters)
{
    const struct import_mapping *mapping = told_mapping(delimiters[_i].text);
    ck_assert_str_eq(told(), "");
    ck_assert_int_eq(mapping->delimiter, delimiters[_i].delimiter);
}
END_TEST

static const struct wrong {
    const char *text, *told;
} wrongs[] = {
    { "as: event\n", "1:5 error unknown_word\n" },
    { "coloums: {a: b}\n", "1:1 warning unknown_key\n" },
    { "delimiter: ab\n", "1:12 error wrong_value\n" },
    { "delimiter: ä\n", "1:12 error wrong_value\n" },
    { "delimiter: '\"'\n", "1:12 error wrong_value\n" },
    { "delimiter: [a]\n", "1:12 error wrong_kind\n" },
    { "missing: [[a]]\n", "1:11 error wrong_kind\n" },
    { "columns: [a]\n", "1:10 error wrong_kind\n" },
    { "columns: {a: }\n", "1:14 error missing_value\n" },
    { "columns: {a: [b]}\n", "1:14 error wrong_kind\n" },
    { "columns: {a: b, a: c}\n", "1:17-1:11 error duplicate_key\n" },
    { "columns: {a: b}\nconstants: {a: c}\n", "2:13-1:11 error conflicting_keys\n" },
    { "values: {a: b}\n", "1:13 error wrong_kind\n" },
    { "values: [a]\n", "1:9 error wrong_kind\n" },
    { "values: {[a]: {b: c}}\n", "1:10 error wrong_kind\n" },
    { "unpivot: [{metric: a}]\n", "1:11 error missing_key\n" },
    { "unpivot: [{column: a, kind: wish}]\n", "1:29 error unknown_word\n" },
    { "unpivot: [{column: a, scale: 5}]\n", "1:30 error wrong_kind\n" },
    { "unpivot: [{column: a, scale: [5, 5]}]\n", "1:30 error wrong_value\n" },
    { "unpivot: [{column: a, scale: [a, 5]}]\n", "1:31 error not_a_number\n" },
};

START_TEST(test_wrong)
{
    ck_assert_ptr_nonnull(told_mapping(wrongs[_i].text));
    ck_assert_msg(strcmp(told(), wrongs[_i].told) == 0, "%s says:\n%s", wrongs[_i].text, told());
}
END_TEST

static const struct wrong refusals[] = {
    { "", "1:1 error not_a_mapping\n" },
    { "- a\n", "1:1 error not_a_mapping\n" },
    { "a: [b\n", "1:4-2:1 error unclosed_bracket\n" },
};

START_TEST(test_what_is_no_mapping_at_all)
{
    ck_assert_ptr_null(told_mapping(refusals[_i].text));
    ck_assert_str_eq(told(), refusals[_i].told);
}
END_TEST

START_TEST(test_a_file_that_is_not_there)
{
    struct import_mapping *mapping;
    ck_assert(!mapping_read_file(&told_arena, "/no/such.yaml", &mapping, &told_findings));
    ck_assert_ptr_null(mapping);
    ck_assert_str_eq(told(), "0:0 error unreadable_file\n");
}
END_TEST

START_TEST(test_the_example)
{
    char *path = source_path("maps/permit-import.yaml");
    struct import_mapping *mapping;
    ck_assert(mapping_read_file(&told_arena, path, &mapping, &told_findings));
    ck_assert_str_eq(told(), "");
    ck_assert_int_eq(mapping->as, IMPORT_EVENTS);
    ck_assert_uint_ge(mapping->touchpoints.count, 20);
    free(path);
}
END_TEST

Suite *mapfile_mapping_suite(void)
{
    Suite *suite = suite_create("mapfile_mapping");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, told_start, told_finish);
    tcase_add_test(tcase, test_every_key);
    tcase_add_test(tcase, test_unpivot);
    tcase_add_test(tcase, test_what_is_left_out);
    tcase_add_loop_test(tcase, test_delimiters, 0, (int)ARRAY_LEN(delimiters));
    tcase_add_loop_test(tcase, test_wrong, 0, (int)ARRAY_LEN(wrongs));
    tcase_add_loop_test(tcase, test_what_is_no_mapping_at_all, 0, (int)ARRAY_LEN(refusals));
    tcase_add_test(tcase, test_a_file_that_is_not_there);
    tcase_add_test(tcase, test_the_example);
    suite_add_tcase(suite, tcase);
    return suite;
}
