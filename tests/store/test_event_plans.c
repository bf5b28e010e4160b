/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who asks for events of a touchpoint looks for them by their places, and not through all rows. */

#include "suites.h"

#include <string.h>

#include <stellwerk/store/arms.h>
#include <stellwerk/store/cases.h>
#include <stellwerk/store/series.h>
#include <stellwerk/store/unassigned.h>
#include <stellwerk/store/upkeep.h>

#include "../../src/store/sql.h"
#include "store/little_map.h"

static const char events[] =
    "event_id,ts,case_id,activity,touchpoint,channel,campaign,variant,value\n"
    "e1,2026-01-01T08:00:00,a,look,search,web,spring,old,1\n"
    "e2,2026-01-02T08:00:00,a,pay,platform,web,spring,new,2\n"
    "e3,2026-01-03T08:00:00,b,look,search,web,autumn,new,3\n"
    "e4,2026-01-04T08:00:00,b,wait,,web,spring,new,3\n"
    "e5,2026-01-05T08:00:00,b,pay,platform,web,spring,new,4\n";

static struct store *store;
static struct texts statements; /* that have run, with their values, and choose events */
static size_t capacity;

static void set_up(void)
{
    little_map_set_up();
    statements = (struct texts){ 0 };
    capacity = 0;
    import_text(events);
}

static void tear_down(void)
{
    store_close(store);
    little_map_tear_down();
}

static int note(unsigned what, void *data, void *statement, void *text)
{
    (void)what, (void)data, (void)text;
    char *sql = sqlite3_expanded_sql(statement);
    if (strstr(sql, " event") != NULL && strstr(sql, "WHERE") != NULL) {
        statements.items = arena_grow(&fixture.arena, statements.items, statements.count, &capacity,
                                      sizeof(*statements.items));
        statements.items[statements.count++] = arena_strdup(&fixture.arena, sql);
    }
    sqlite3_free(sql);
    return 0;
}

static void open_and_watch(bool to_write)
{
    bool open = to_write ? store_create(fixture.store_path, &store, &fixture.err)
                         : store_open(fixture.store_path, &store, &fixture.err);
    ck_assert_msg(open, "%s", fixture.err.text);
    sqlite3_trace_v2(store->db, SQLITE_TRACE_STMT, note, NULL);
}

/* Statements that SQLite would not run alone are passed over: what they need is gone. */
static bool uses_places(const char *sql)
{
    sqlite3_stmt *plan;
    bool used = false, through_all = false;
    const char *explain = arena_printf(&fixture.arena, "EXPLAIN QUERY PLAN %s", sql);
    if (sqlite3_prepare_v2(store->db, explain, -1, &plan, NULL) != SQLITE_OK)
        return false;
    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *step = sql_text(plan, 3);
        used = used || strstr(step, "SCAN event_place VIRTUAL TABLE") != NULL;
        through_all =
            through_all || strcmp(step, "SCAN event") == 0 || strstr(step, "INDEX 0:") != NULL;
    }
    sqlite3_finalize(plan);
    ck_assert_msg(!through_all, "%s", sql);
    return used;
}

/* So many statements look for events by place, and none goes through all of them. */
static void expect_places(size_t wanted)
{
    size_t found = 0;
    sqlite3_trace_v2(store->db, 0, NULL, NULL);
    for (size_t i = 0; i < statements.count; i++)
        found += uses_places(statements.items[i]);
    ck_assert_uint_eq(found, wanted);
}

/* ---- Figures ---- */

static const char *spring[] = { "spring" };
static struct filter is_spring = { .column = "campaign", .values = { spring, 1 } };
static const char *on_platform[] = { "platform" };
static struct filter is_on_platform = { .column = "touchpoint", .values = { on_platform, 1 } };

static void survey(void)
{
    open_and_watch(false);
    figures = store_measure(store, &journey, &lens, &fixture.err);
    ck_assert_msg(figures != NULL, "%s", fixture.err.text);
}

START_TEST(a_figure_of_rows)
{
    add_metric((struct metric){ .id = "m", .type = METRIC_COUNT, .where = { &is_spring, 1 } });
    survey();
    ck_assert_uint_eq(at(SEARCH, 0)->n, 1);
    ck_assert_uint_eq(at(PLATFORM, 0)->n, 2);
    expect_places(1);
}
END_TEST

START_TEST(a_figure_of_rows_in_a_period)
{
    add_metric((struct metric){ .id = "m", .type = METRIC_MEAN, .where = { &is_spring, 1 } });
    lens.period = (struct period){ .first = day("2026-01-02"), .last = day("2026-01-02") };
    lens.persona = ANNA;
    survey();
    ck_assert_uint_eq(at(SEARCH, 0)->n, 0);
    ck_assert_uint_eq(at(PLATFORM, 0)->n, 1);
    expect_places(4); /* who Anna is, and rows; the same of the time before */
}
END_TEST

START_TEST(a_figure_of_cases)
{
    struct metric metric = of_two(METRIC_BEFORE, &is_on_platform, &is_spring);
    metric.type = _i == 0 ? METRIC_BEFORE : METRIC_RATIO;
    add_metric(metric);
    survey();
    ck_assert_uint_gt(at(PLATFORM, 0)->n, 0);
    expect_places(1);
}
END_TEST

/* ---- Rows ---- */

START_TEST(rows_and_values_behind_a_figure)
{
    const struct series_wish wish = { SEARCH, 0, NONE, PERIOD_ALL, NULL };
    struct series_page page;
    struct series_values values;
    add_metric((struct metric){ .id = "m", .type = METRIC_MEAN, .where = { &is_spring, _i } });
    open_and_watch(false);
    ck_assert(
        store_rows(&fixture.arena, store, &journey, &lens, &wish, 0, 10, &page, &fixture.err));
    ck_assert_uint_eq(page.count, 2 - _i);
    ck_assert_uint_eq(page.total, 2 - _i);
    ck_assert_int_eq(page.rows[0].from,
                     instant(_i == 0 ? "2026-01-03T08:00:00Z" : "2026-01-01T08:00:00Z"));
    ck_assert(store_values(&fixture.arena, store, &journey, &lens, &wish, &values, &fixture.err));
    ck_assert_uint_eq(values.count, 2 - _i);
    expect_places(2 + _i);
}
END_TEST

START_TEST(customers_of_an_experiment)
{
    const struct experiment experiment = { .metric = 0, .a = "old", .b = "new" };
    struct arm_customers got;
    add_metric((struct metric){ .id = "m", .type = METRIC_MEAN });
    open_and_watch(false);
    ck_assert(store_arm_customers(store, &journey, &lens, SEARCH, &experiment, &got, &fixture.err));
    ck_assert_uint_eq(got.a + got.b, 2);
    expect_places(1);
}
END_TEST

START_TEST(a_case_that_is_opened)
{
    struct case_wish wish = {
        .id = "b",
        .sequences = { .journey = &journey, .lens = &lens, .channel = NONE },
    };
    struct case_found found;
    struct story story;
    open_and_watch(false);
    ck_assert(store_case_find(&fixture.arena, store, &wish, &found, &fixture.err));
    ck_assert(store_story_read(&fixture.arena, store, &journey, &found, &story, &fixture.err));
    ck_assert_uint_eq(story.event_count, 3);
    expect_places(4); /* its name, and of each of its instants the events */
}
END_TEST

/* ---- Who writes ---- */

START_TEST(rows_that_change)
{
    static const char changed[] = "event_id,ts,case_id,activity,touchpoint,value\n"
                                  "e1,2026-01-01T08:00:00,a,look,platform,1\n";
    struct import_report report;
    open_and_watch(true);
    ck_assert(store_import(&fixture.arena, store,
                           fixture_write(&fixture, "changed.csv", changed, strlen(changed)),
                           &(struct import_options){ 0 }, &report, &fixture.err));
    ck_assert_uint_eq(report.updated, 1);
    expect_places(3); /* the month at its old touchpoint and at its new one, and its case */
}
END_TEST

static void nowhere(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)context, (void)count, (void)values;
}

START_TEST(events_that_come_onto_the_map)
{
    static const char *waits[] = { "wait" };
    uint64_t rows;
    journey.touchpoints[SEARCH].activities = (struct texts){ waits, 1 };
    open_and_watch(true);
    ck_assert(store_assign(store, &journey, &rows, &fixture.err));
    ck_assert_uint_eq(rows, 1);
    ck_assert_int_eq(sqlite3_create_function(store->db, "touchpoint_of", 1, SQLITE_UTF8, NULL,
                                             nowhere, NULL, NULL),
                     SQLITE_OK);
    /* Marked as stale for rollups and sequences before and behind, moved and indexed; then the two
     * months and the case are made anew. */
    expect_places(9);

    struct store_verdict verdict;
    ck_assert(store_verify(&fixture.arena, store, &verdict, &fixture.err));
    ck_assert_uint_eq(verdict.findings.count, 0);
}
END_TEST

Suite *store_event_plans_suite(void)
{
    Suite *suite = suite_create("store_event_plans");
    TCase *tests = tcase_create("event plans");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_figure_of_rows);
    tcase_add_test(tests, a_figure_of_rows_in_a_period);
    tcase_add_loop_test(tests, a_figure_of_cases, 0, 2);
    tcase_add_loop_test(tests, rows_and_values_behind_a_figure, 0, 2);
    tcase_add_test(tests, customers_of_an_experiment);
    tcase_add_test(tests, a_case_that_is_opened);
    tcase_add_test(tests, rows_that_change);
    tcase_add_test(tests, events_that_come_onto_the_map);
    suite_add_tcase(suite, tests);
    return suite;
}
