/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Real files, dirty in the ways real data is: what others have counted in them must come out.
 */

#include "suites.h"

#include <math.h>
#include <stdlib.h>

#include <stellwerk/store/info.h>
#include <stellwerk/store/measure.h>

#include "store/fixture.h"
#include "support.h"

static struct fixture fixture;

static void set_up(void)
{
    fixture_init(&fixture);
}

static void tear_down(void)
{
    fixture_finish(&fixture);
}

static struct import_report import(const char *path, const struct import_options *options)
{
    struct import_report report;
    ck_assert_msg(fixture_try(&fixture, path, options, &report), "%s", fixture.err.text);
    return report;
}

START_TEST(a_town_halls_log_comes_in_whole)
{
    char *path = shared_path("data/receipt.csv");
    skip_unless(path != NULL, "data/receipt.csv is missing");
    struct import_report report = import(path, &(struct import_options){ .preset = "xes" });
    ck_assert_uint_eq(report.records, 8577);
    ck_assert_uint_eq(report.taken, 8577);
    ck_assert_uint_eq(report.rejected, 0);
    ck_assert_uint_eq(report.duplicates, 0);
    ck_assert_uint_eq(report.unassigned.count, 27);
    ck_assert_str_eq(report.unassigned.items[0].text, "Confirmation of receipt");
    ck_assert_uint_eq(report.unassigned.items[0].count, 1434);

    struct store *store;
    struct store_info info;
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert(store_info_read(&fixture.arena, store, &info, &fixture.err));
    store_close(store);
    ck_assert_uint_eq(info.events, 8577);
    ck_assert_uint_eq(info.cases, 1434);
    ck_assert_uint_eq(info.activities, 27);

    report = import(path, NULL);
    ck_assert_str_eq(report.preset, "xes");
    ck_assert_uint_eq(report.duplicates, 8577);
    ck_assert_uint_eq(report.seen_in_batch, 1);
    free(path);
}
END_TEST

START_TEST(the_textbook_log_comes_in_whole)
{
    char *path = shared_path("data/running-example.csv");
    skip_unless(path != NULL, "data/running-example.csv is missing");
    struct import_report report = import(path, &(struct import_options){ .preset = "xes" });
    ck_assert_uint_eq(report.taken, 42);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(DISTINCT case_id) FROM events"), "6");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(DISTINCT activity) FROM events"), "8");
    free(path);
}
END_TEST

static struct import_mapping retail_mapping(void)
{
    static struct mapping_pair columns[] = { { .key = "response_id", .text = "id" } };
    static struct mapping_pair constants[] = {
        { .key = "ts", .text = "2015-06-01" },
        { .key = "touchpoint", .text = "store-visit" },
        { .key = "channel", .text = "store" },
    };
    static const char *missing[] = { "", "NA" };
    static struct unpivot questions[] = {
        { .column = "nps", .metric = "nps", .scale_min = 0, .scale_max = 10 },
        { .column = "satisfaction", .metric = "satisfaction", .scale_min = 1, .scale_max = 10 },
    };
    return (struct import_mapping){
        .as = IMPORT_ANSWERS,
        .has_missing = true,
        .missing = { .items = missing, .count = 2 },
        .columns = { .items = columns, .count = 1 },
        .constants = { .items = constants, .count = 3 },
        .unpivot = questions,
        .unpivot_count = 2,
    };
}

START_TEST(a_retailers_survey_gives_its_nps)
{
    char *path = shared_path("data/retail_nps.csv");
    skip_unless(path != NULL, "data/retail_nps.csv is missing");
    struct import_mapping mapping = retail_mapping();
    struct import_report report = import(path, &(struct import_options){ .mapping = &mapping });
    ck_assert_uint_eq(report.records, 13954);
    ck_assert_uint_eq(report.rejected, 0);
    ck_assert_uint_eq(report.missing_by_question.items[0].count, 13954 - 13612);
    ck_assert_uint_eq(report.taken + report.missing, 2 * 13954);
    free(path);

    int metrics[] = { 0 };
    struct metric metric = { .id = "nps", .type = METRIC_NPS, .source = SOURCE_ANSWER };
    struct touchpoint visit = { .id = "store-visit", .metrics = { .items = metrics, .count = 1 } };
    struct journey journey = {
        .touchpoints = &visit,
        .touchpoint_count = 1,
        .metrics = &metric,
        .metric_count = 1,
    };
    struct lens lens = {
        .persona = NONE,
        .context = NONE,
        .period = { .first = INT32_MIN, .last = INT32_MAX },
    };
    struct store *store;
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    struct figures *figures = store_measure(store, &journey, &lens, &fixture.err);
    ck_assert_ptr_nonnull(figures);
    ck_assert_uint_eq(figures->measures[0].n, 13612);
    ck_assert_double_eq_tol(figures->measures[0].value, 53.4161, 1e-4);
    figures_destroy(figures);
    store_close(store);
}
END_TEST

Suite *store_real_suite(void)
{
    Suite *suite = suite_create("store_real");
    TCase *tests = tcase_create("real");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60); /* thousands of rows and their commits, on a busy machine */
    tcase_add_test(tests, a_town_halls_log_comes_in_whole);
    tcase_add_test(tests, the_textbook_log_comes_in_whole);
    tcase_add_test(tests, a_retailers_survey_gives_its_nps);
    suite_add_tcase(suite, tests);
    return suite;
}
