/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/mapfile/queries.h>

#include "told.h"

static const struct warehouse_queries *told_queries(const char *text)
{
    struct warehouse_queries *queries;
    bool fine = queries_read_text(&told_arena, "queries.yaml", text, strlen(text), &queries,
                                  &told_findings);
    ck_assert_int_eq(fine, queries != NULL);
    return queries;
}

START_TEST(test_every_key)
{
    const struct warehouse_queries *queries =
        told_queries("stellwerk: 1\n"
                     "queries:\n"
                     "  - name: delay by week\n"
                     "    sql: |\n"
                     "      SELECT week, avg(delay)\n"
                     "        FROM visit GROUP BY week\n"
                     "    as: observations\n"
                     "    time_limit: 90s\n"
                     "    row_limit: 2000\n"
                     "    time_format: dmy\n"
                     "    missing: [\"\", none]\n"
                     "    columns: {period_start: week}\n"
                     "    constants: {metric: delay}\n"
                     "    touchpoints: {Gleis: platform}\n"
                     "    values: {channel: {Schalter: desk}}\n"
                     "  - {name: ways, as: paths, preset: paths, sql: SELECT 1}\n");
    ck_assert_str_eq(told(), "");
    ck_assert_uint_eq(queries->count, 2);
    const struct warehouse_query *query = &queries->items[0];
    ck_assert_str_eq(query->name, "delay by week");
    ck_assert_str_eq(query->sql, "SELECT week, avg(delay)\n  FROM visit GROUP BY week\n");
    ck_assert_uint_eq(query->sql_pos.line, 4);
    ck_assert_uint_eq(query->pos.line, 3);
    ck_assert_int_eq(query->time_limit, INT64_C(90000000));
    ck_assert_uint_eq(query->row_limit, 2000);
    const struct import_mapping *mapping = &query->mapping;
    ck_assert_int_eq(mapping->as, IMPORT_OBSERVATIONS);
    ck_assert_str_eq(mapping->path, "queries.yaml");
    ck_assert_str_eq(mapping->time_format, "dmy");
    ck_assert_uint_eq(mapping->missing.count, 2);
    ck_assert_str_eq(mapping->columns.items[0].text, "week");
    ck_assert_str_eq(mapping->constants.items[0].text, "delay");
    ck_assert_str_eq(mapping->touchpoints.items[0].text, "platform");
    ck_assert_str_eq(mapping->values[0].pairs.items[0].text, "desk");

    query = &queries->items[1];
    ck_assert_int_eq(query->mapping.as, IMPORT_PATHS);
    ck_assert_str_eq(query->mapping.preset, "paths");
    ck_assert_int_eq(query->time_limit, QUERY_TIME_LIMIT);
    ck_assert_uint_eq(query->row_limit, QUERY_ROW_LIMIT);
}
END_TEST

static const struct {
    const char *text, *told;
} wrong[] = {
    { "- SELECT 1\n", "1:1 error not_a_mapping\n" },
    { "stellwerk: 1\n", "1:1 error missing_key\n" },
    { "queries:\n  - {name: a, as: paths}\n", "2:5 error missing_key\n" },
    { "queries:\n  - {as: paths, sql: SELECT 1}\n", "2:5 error missing_key\n" },
    { "queries:\n  - {name: a, sql: SELECT 1}\n", "2:5 error missing_key\n" },
    { "queries:\n  - {name: a, as: events, sql: SELECT 1}\n", "2:19 error wrong_value\n" },
    { "queries:\n  - {name: a, as: answers, sql: SELECT 1}\n", "2:19 error wrong_value\n" },
    { "queries:\n  - {name: a, as: paths, sql: SELECT 1, row_limit: 0}\n",
      "2:52 error out_of_range\n" },
    { "queries:\n  - {name: a, as: paths, sql: SELECT 1, delimiter: \";\"}\n",
      "2:41 warning unknown_key\n" },
    { "queries:\n"
      "  - {name: a, as: paths, sql: SELECT 1}\n"
      "  - {name: a, as: paths, sql: SELECT 2}\n",
      "3:12-2:12 error duplicate_name\n" },
    { "queries:\n"
      "  - {name: a, as: paths, sql: SELECT 1, columns: {path: p}, constants: {path: q}}\n",
      "2:73-2:51 error conflicting_keys\n" },
};

START_TEST(test_what_is_wrong_is_told_with_its_place)
{
    told_queries(wrong[_i].text);
    ck_assert_str_eq(told(), wrong[_i].told);
}
END_TEST

START_TEST(test_a_missing_file_is_a_finding)
{
    struct warehouse_queries *queries;
    ck_assert(!queries_read_file(&told_arena, "/nowhere/q.yaml", &queries, &told_findings));
    ck_assert_ptr_null(queries);
    ck_assert_str_eq(told(), "0:0 error unreadable_file\n");
}
END_TEST

Suite *mapfile_queries_suite(void)
{
    Suite *suite = suite_create("mapfile_queries");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, told_start, told_finish);
    tcase_add_test(tcase, test_every_key);
    tcase_add_loop_test(tcase, test_what_is_wrong_is_told_with_its_place, 0,
                        (int)ARRAY_LEN(wrong));
    tcase_add_test(tcase, test_a_missing_file_is_a_finding);
    suite_add_tcase(suite, tcase);
    return suite;
}
