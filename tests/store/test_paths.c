/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/store/info.h>
#include <stellwerk/store/paths.h>

#include "store/fixture.h"
#include "support.h"

static struct fixture fixture;
static struct path_table table;

static void set_up(void)
{
    fixture_init(&fixture);
}

static void tear_down(void)
{
    fixture_finish(&fixture);
}

static void read_paths(const struct journey *journey, const struct period *period)
{
    struct store *store;
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert(store_paths_read(&fixture.arena, store, journey, period, &table, &fixture.err));
    store_close(store);
}

static const char *steps_of(size_t row)
{
    const char *text = "";
    for (size_t i = 0; i < table.items[row].step_count; i++)
        text = arena_printf(&fixture.arena, "%s[%s]", text, table.items[row].steps[i]);
    return text;
}

static const char counted[] = "path,total_conversions,total_conversion_value,total_null\n"
                              "search>ticket ,3,40.5,1\n"
                              "  Suche >  ticket  > search,1,,9\n"
                              "search > ticket,2,10,0\n";

START_TEST(a_table_is_taken_as_it_counts)
{
    struct import_report report = fixture_import(&fixture, counted, NULL);
    ck_assert_int_eq(report.as, IMPORT_PATHS);
    ck_assert_str_eq(report.preset, "paths");
    ck_assert_uint_eq(report.taken, 3);
    ck_assert_uint_eq(report.unassigned_rows, 0);
    ck_assert_str_eq(
        fixture_ask(&fixture, "SELECT group_concat(path || ' ' || conversions || ' ' ||"
                              " coalesce(value, '-') || ' ' || nulls, '; ') FROM paths"),
        "search > ticket 3 40.5 1; Suche > ticket > search 1 - 9; search > ticket 2 10.0 0");
}
END_TEST

START_TEST(a_table_that_comes_again_counts_once)
{
    fixture_import(&fixture, counted, NULL);
    struct import_report report = fixture_import(&fixture, counted, NULL);
    ck_assert_uint_eq(report.duplicates, 3);
    ck_assert_uint_eq(report.batch, 0);

    report = fixture_import(&fixture,
                            "path,total_conversions,total_conversion_value,total_null\n"
                            "search > ticket,5,50,1\n",
                            NULL);
    ck_assert_uint_eq(report.updated, 1);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT sum(conversions) FROM path"), "8");
}
END_TEST

START_TEST(the_store_s_own_names_do_and_so_does_a_mapping)
{
    struct import_report report = fixture_import(&fixture, "path,conversions\na > b,2\n", NULL);
    ck_assert_int_eq(report.as, IMPORT_PATHS);
    ck_assert_ptr_null(report.preset);
    struct mapping_pair columns[] = { { .key = "path", .text = "way" },
                                      { .key = "nulls", .text = "lost" } };
    struct import_mapping mapping = {
        .as = IMPORT_PATHS,
        .columns = { .items = columns, .count = ARRAY_LEN(columns) },
    };
    report = fixture_import(&fixture, "way,lost\na > b,7\nb,1\n",
                            &(struct import_options){ .mapping = &mapping });
    ck_assert_uint_eq(report.updated, 1);
    ck_assert_uint_eq(report.taken, 1);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT group_concat(path || conversions || nulls)"
                                           " FROM path"),
                     "a > b07,b01");
}
END_TEST

START_TEST(what_is_no_count_is_rejected)
{
    static const struct {
        const char *row, *reason;
    } cases[] = {
        { "a > > b,1,1,", "step 2 of the path is empty" },
        { "a >,1,1,", "step 2 of the path is empty" },
        { ",1,1,", "the path is missing" },
        { "a,-1,1,", "'conversions' is -1; it must be a whole number, 0 or more" },
        { "a,1,2.5,", "'nulls' is 2.5; it must be a whole number, 0 or more" },
        { "a,1,1,2026-02-30", "is not a time" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const char *text = arena_printf(&fixture.arena, "path,conversions,nulls,period_start\n%s\n",
                                        cases[i].row);
        struct import_report report = fixture_import(&fixture, text, NULL);
        ck_assert_uint_eq(report.rejected, 1);
        ck_assert_msg(strstr(report.rejects[0].reason, cases[i].reason) != NULL, "%s: %s",
                      cases[i].row, report.rejects[0].reason);
    }
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM path"), "0");
}
END_TEST

START_TEST(steps_are_those_of_the_map_that_looks)
{
    const char *activities[] = { "Suche" };
    struct touchpoint touchpoints[] = {
        { .id = "search", .title = "S", .activities = { .items = activities, .count = 1 } },
        { .id = "t", .title = "Ticket" },
    };
    struct journey journey = { .touchpoints = touchpoints, .touchpoint_count = 2 };
    fixture_import(&fixture, counted, NULL);

    read_paths(&journey, NULL);
    ck_assert_uint_eq(table.count, 3);
    ck_assert_double_eq(table.conversions, 6);
    ck_assert_double_eq(table.nulls, 10);
    ck_assert_double_eq(table.value, 50.5);
    ck_assert(table.has_value);
    ck_assert_int_eq(table.newest, TIME_NONE);
    ck_assert_str_eq(steps_of(0), "[Suche][ticket][search]"); /* 10 journeys */
    ck_assert_str_eq(steps_of(1), "[search][ticket]");
    ck_assert_int_eq(table.items[0].touchpoints[0], 0);
    ck_assert_int_eq(table.items[0].touchpoints[1], 1);
    ck_assert_int_eq(table.items[0].touchpoints[2], 0);
    ck_assert_ptr_eq(table.items[0].steps[1], table.items[2].steps[1]);
    ck_assert_double_eq(table.items[1].value, 40.5);

    read_paths(NULL, NULL);
    ck_assert_int_eq(table.items[0].touchpoints[0], NONE);
}
END_TEST

START_TEST(a_period_keeps_to_itself)
{
    fixture_import(&fixture,
                   "path,conversions,period_start,period_end\n"
                   "a,1,2026-01-01,2026-01-31\n"
                   "a,2,2026-02-01,2026-02-28\n"
                   "b,4,2026-02-27,\n",
                   NULL);
    fixture_import(&fixture, "path,conversions\na,8\n", NULL);
    struct period february;
    ck_assert(period_parse("2026-02", 0, &february));

    read_paths(NULL, &february);
    ck_assert_double_eq(table.conversions, 2 + 4 + 8);
    ck_assert_int_eq(table.oldest, INT64_C(1769904000000000));
    ck_assert(!table.has_value);
    read_paths(NULL, NULL);
    ck_assert_double_eq(table.conversions, 15);
}
END_TEST

START_TEST(a_published_table_keeps_its_sums)
{
    char *path = shared_path("data/pathdata.csv");
    skip_unless(path != NULL, "data/pathdata.csv is missing");
    struct import_report report;
    ck_assert(fixture_try(&fixture, path, &(struct import_options){ 0 }, &report));
    free(path);
    ck_assert_uint_eq(report.taken, 10000);

    struct store *store;
    struct store_info info;
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert(store_info_read(&fixture.arena, store, &info, &fixture.err));
    store_close(store);
    ck_assert_uint_eq(info.paths, 10000);

    read_paths(NULL, NULL);
    ck_assert_uint_eq(table.count, 10000);
    ck_assert_double_eq(table.conversions, 19785);
    ck_assert_double_eq(table.nulls, 68602);
    ck_assert_double_eq_tol(table.conversions / (table.conversions + table.nulls), 0.2238451,
                            5e-8);
}
END_TEST

Suite *store_paths_suite(void)
{
    Suite *suite = suite_create("store_paths");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, a_table_is_taken_as_it_counts);
    tcase_add_test(tcase, a_table_that_comes_again_counts_once);
    tcase_add_test(tcase, the_store_s_own_names_do_and_so_does_a_mapping);
    tcase_add_test(tcase, what_is_no_count_is_rejected);
    tcase_add_test(tcase, steps_are_those_of_the_map_that_looks);
    tcase_add_test(tcase, a_period_keeps_to_itself);
    tcase_add_test(tcase, a_published_table_keeps_its_sums);
    suite_add_tcase(suite, tcase);
    return suite;
}
