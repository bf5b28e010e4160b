/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>
#include <stellwerk/store/series.h>

#include "store/busy_log.h"
#include "store/little_map.h"

static struct channel channels[] = { { .id = "phone" }, { .id = "web" } };
static struct series_wish wish;
static struct arena rows_arena;

static void set_up(void)
{
    little_map_set_up();
    journey.channels = channels;
    journey.channel_count = 2;
    wish = (struct series_wish){ NONE, NONE, NONE, PERIOD_ALL, NULL };
    arena_init(&rows_arena);
}

static void tear_down(void)
{
    arena_finish(&rows_arena);
    little_map_tear_down();
}

static void look_closer(void)
{
    struct store *store;
    figures_destroy(figures);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    figures = store_series(store, &journey, &lens, &wish, &fixture.err);
    ck_assert_msg(figures != NULL, "%s", fixture.err.text);
    store_close(store);
}

static bool read_rows(uint64_t first, size_t most, struct series_page *out)
{
    struct store *store;
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    bool good =
        store_rows(&rows_arena, store, &journey, &lens, &wish, first, most, out, &fixture.err);
    store_close(store);
    return good;
}

/* A visit a day from 2026-01-01 on. */
static void import_days(int days)
{
    struct str text;
    str_init(&text);
    str_append(&text, "ts,case_id,activity,touchpoint,channel,value\n");
    for (int i = 0; i < days; i++)
        str_printf(&text, "%s,c%d,look,search,%s,%d\n",
                   time_day_iso(&rows_arena, day("2026-01-01") + i), i,
                   i % 3 == 0 ? "phone" : "web", i);
    import_text(text.text);
    str_finish(&text);
}

/* ---- Slices ---- */

START_TEST(units_follow_the_calendar)
{
    static const struct {
        enum period_kind unit;
        size_t count;
        const char *second;
        uint64_t in_second;
    } cases[] = {
        { PERIOD_DAY, 100, "2026-01-02", 1 },
        { PERIOD_WEEK, 15, "2026-01-05", 7 },
        { PERIOD_MONTH, 4, "2026-02-01", 28 },
        { PERIOD_QUARTER, 2, "2026-04-01", 10 },
    };
    add_metric((struct metric){ .id = "visits", .type = METRIC_COUNT });
    import_days(100);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        wish.unit = cases[i].unit;
        look_closer();
        const struct measure *visits = at(SEARCH, 0);
        ck_assert_uint_eq(visits->slice_count, cases[i].count);
        ck_assert_int_eq(visits->slices[0].first_day, day("2026-01-01"));
        ck_assert_int_eq(visits->slices[1].first_day, day(cases[i].second));
        ck_assert_uint_eq(visits->slices[1].n, cases[i].in_second);
        ck_assert_int_eq(visits->slices[cases[i].count - 1].last_day, day("2026-04-10"));
        ck_assert_int_eq(figures->wish.unit, cases[i].unit);
    }
}
END_TEST

START_TEST(too_many_slices_become_coarser_ones)
{
    add_metric((struct metric){ .id = "visits", .type = METRIC_COUNT });
    import_text("ts,case_id,activity,touchpoint\n"
                "1900-01-01,c1,look,search\n1900-01-02,c2,look,search\n"
                "1950-01-01,c3,look,search\n2026-01-01,c4,look,search\n"
                "2026-01-31,c5,look,search\n");
    wish.unit = PERIOD_DAY;
    look_closer();
    const struct measure *visits = at(SEARCH, 0);
    uint64_t n = 0;
    ck_assert_int_eq(figures->wish.unit, PERIOD_QUARTER);
    ck_assert_uint_eq(visits->slice_count, 253); /* 505 quarters, two to a slice */
    ck_assert_uint_le(visits->slice_count, SERIES_SLICES);
    for (size_t i = 0; i < visits->slice_count; i++)
        n += visits->slices[i].n;
    ck_assert_uint_eq(n, 5);
    ck_assert_uint_eq(visits->slices[0].n, 2);
    ck_assert_uint_eq(visits->slices[252].n, 2);
    for (size_t i = 1; i < visits->slice_count; i++)
        ck_assert_int_eq(visits->slices[i].first_day, visits->slices[i - 1].last_day + 1);
}
END_TEST

START_TEST(the_store_chooses_a_unit_that_fits)
{
    add_metric((struct metric){ .id = "visits", .type = METRIC_COUNT });
    import_days(100);
    look_closer();
    ck_assert_int_eq(figures->wish.unit, PERIOD_WEEK);
    lens.period = (struct period){ .first = day("2026-02-01"),
                                   .last = day("2026-03-04"),
                                   .kind = PERIOD_CUSTOM };
    look_closer();
    ck_assert_int_eq(figures->wish.unit, PERIOD_DAY);
    ck_assert_uint_eq(at(SEARCH, 0)->slice_count, 32);
    /* The period before has slices of the same unit, cut short where the store begins. */
    ck_assert_ptr_nonnull(figures->before);
    ck_assert_int_eq(figures->before->wish.unit, PERIOD_DAY);
    ck_assert_uint_eq(figures->before->measures[0].n, 31);
}
END_TEST

START_TEST(the_store_chooses_a_unit_that_shows_something)
{
    add_metric((struct metric){ .id = "value", .type = METRIC_MEAN });
    import_days(35); /* one a day */
    look_closer();
    ck_assert_int_eq(figures->wish.unit, PERIOD_WEEK);
    ck_assert_uint_eq(at(SEARCH, 0)->slices[1].n, 7);
    wish.unit = PERIOD_DAY; /* who asks for days gets them */
    look_closer();
    ck_assert_uint_eq(at(SEARCH, 0)->slice_count, 35);
    /* Months would leave two slices, which are no course. */
    wish.unit = PERIOD_ALL;
    import_text("ts,case_id,activity,touchpoint,value\n2026-01-01,p,look,platform,1\n");
    lens.period = (struct period){ .first = day("2026-01-01"), .last = day("2026-01-10") };
    look_closer();
    ck_assert_int_eq(figures->wish.unit, PERIOD_DAY);
}
END_TEST

START_TEST(only_what_is_wished_for_is_measured)
{
    add_metric((struct metric){ .id = "visits", .type = METRIC_COUNT });
    add_metric((struct metric){ .id = "value", .type = METRIC_MEAN });
    import_days(20);
    wish.touchpoint = SEARCH;
    look_closer();
    ck_assert_uint_eq(figures->measure_count, 2);
    wish.metric = 1;
    look_closer();
    ck_assert_uint_eq(figures->measure_count, 1);
    ck_assert_double_eq_tol(at(SEARCH, 1)->value, 9.5, 1e-12);
    wish.touchpoint = NONE;
    look_closer();
    ck_assert_uint_eq(figures->measure_count, 2);
    ck_assert_int_eq(at(PLATFORM, 1)->status, MEASURE_NO_ROWS);
}
END_TEST

START_TEST(a_channel_chooses_rows_where_there_are_any)
{
    add_metric((struct metric){ .id = "visits", .type = METRIC_COUNT });
    import_days(30);
    wish.channel = 0;
    look_closer();
    ck_assert_uint_eq(at(SEARCH, 0)->n, 10);
    ck_assert(!at(SEARCH, 0)->channel_ignored);
    wish.touchpoint = PLATFORM;
    import_text("ts,case_id,activity,touchpoint\n2026-01-01,d,look,platform\n");
    look_closer(); /* of the metric's rows at the touchpoints asked for none has a channel */
    ck_assert_uint_eq(at(PLATFORM, 0)->n, 1);
    ck_assert(at(PLATFORM, 0)->channel_ignored);
}
END_TEST

/* ---- Rows ---- */

static const char answers[] =
    "response_id,ts,touchpoint,metric,value,scale_min,scale_max,text,persona,channel\n"
    "r1,2026-01-05T08:00:00Z,search,joy,4,1,5,fine,anna,phone\n"
    "r2,2026-01-06T08:00:00Z,search,joy,1,1,5,\"never again\nreally\",helga,web\n"
    "r3,2026-01-07T08:00:00Z,search,joy,5,1,5,,anna,web\n"
    "r4,2026-01-07T08:00:00Z,platform,joy,2,1,5,,anna,web\n"
    "r5,2026-02-07T08:00:00Z,search,joy,3,1,5,,anna,web\n"
    "r6,2026-01-07T08:00:00Z,search,other,3,1,5,,anna,web\n";

START_TEST(the_rows_behind_a_figure_come_newest_first)
{
    struct series_page page;
    add_metric(
        (struct metric){ .id = "joy", .type = METRIC_CSAT, .source = SOURCE_ANSWER, .min_n = 1 });
    struct import_options options = { .as = IMPORT_ANSWERS };
    fixture_import(&fixture, answers, &options);
    wish.touchpoint = SEARCH;
    wish.metric = 0;
    lens.period = (struct period){ .first = day("2026-01-01"), .last = day("2026-01-31") };
    ck_assert_msg(read_rows(0, 10, &page), "%s", fixture.err.text);
    ck_assert_uint_eq(page.count, 3);
    ck_assert_uint_eq(page.total, 3);
    ck_assert_double_eq(page.rows[0].value, 5);
    ck_assert_ptr_null(page.rows[0].text);
    ck_assert_str_eq(page.rows[1].text, "never again\nreally");
    ck_assert_str_eq(page.rows[1].persona, "helga");
    ck_assert_str_eq(page.rows[1].channel, "web");
    ck_assert_str_eq(page.rows[1].who, "r2");
    ck_assert_int_eq(page.rows[1].from, instant("2026-01-06T08:00:00Z"));
    ck_assert_double_eq(page.rows[1].scale_max, 5);
    ck_assert_int_eq(page.rows[1].hit, HIT_UNASKED);
    ck_assert_ptr_null(page.rows[1].activity);

    ck_assert(read_rows(1, 1, &page));
    ck_assert_uint_eq(page.count, 1);
    ck_assert_uint_eq(page.total, 3);
    ck_assert_double_eq(page.rows[0].value, 1);
    lens.persona = ANNA;
    wish.channel = 0;
    ck_assert(read_rows(0, 10, &page));
    ck_assert_uint_eq(page.total, 1);
    ck_assert_str_eq(page.rows[0].text, "fine");
    ck_assert(read_rows(5, 10, &page));
    ck_assert_uint_eq(page.count, 0);
}
END_TEST

START_TEST(events_say_what_happened_and_whether_it_hits)
{
    static const char *sold[] = { "sold" };
    static struct filter by_outcome = { .column = "outcome", .values = { sold, 1 } };
    struct series_page page;
    add_metric((struct metric){
        .id = "sales", .type = METRIC_PROPORTION, .hit = { &by_outcome, 1 }, .min_n = 1 });
    import_text("ts,case_id,activity,touchpoint,outcome,value\n"
                "2026-01-05,c1,buy,search,sold,12.5\n2026-01-06,c2,buy,search,lost,\n");
    wish.touchpoint = SEARCH;
    wish.metric = 0;
    ck_assert_msg(read_rows(0, 10, &page), "%s", fixture.err.text);
    ck_assert_uint_eq(page.count, 2);
    ck_assert_int_eq(page.rows[0].hit, HIT_NO);
    ck_assert_double_nan(page.rows[0].value);
    ck_assert_int_eq(page.rows[1].hit, HIT_YES);
    ck_assert_str_eq(page.rows[1].activity, "buy");
    ck_assert_str_eq(page.rows[1].outcome, "sold");
    ck_assert_str_eq(page.rows[1].who, "c1");
    ck_assert_double_eq(page.rows[1].value, 12.5);
}
END_TEST

/* How many there are is known from the rollups, where these tell, and is what the rows say. */
START_TEST(rows_are_counted_alike_both_ways)
{
    static const char *paid[] = { "pay" }, *of_case[] = { "x1" };
    static struct filter pays = { .column = "activity", .values = { paid, 1 } };
    static struct filter is_case = { .column = "case_id", .values = { of_case, 1 } };
    const struct period periods[] = {
        { .first = INT32_MIN, .last = INT32_MAX },
        { .first = day("2026-01-10"), .last = day("2026-02-03") },
    };
    uint64_t all = 0;
    import_busy_log(70);
    add_metric((struct metric){ .id = "n", .type = METRIC_COUNT });
    add_metric((struct metric){ .id = "mean", .type = METRIC_MEAN, .where = { &pays, 1 } });
    add_metric((struct metric){ .id = "hit", .type = METRIC_PROPORTION, .hit = { &pays, 1 } });
    add_metric((struct metric){ .id = "one", .type = METRIC_COUNT, .where = { &is_case, 1 } });
    wish.touchpoint = PLATFORM;
    for (int i = 0; i < 24; i++) {
        struct series_page both[2];
        wish.metric = i % 4;
        lens.persona = i / 4 % 3 - 1;
        lens.period = periods[i / 12];
        for (int way = 0; way < 2; way++) {
            ck_assert_msg(read_rows(0, SERIES_ROWS_MOST, &both[way]), "%s", fixture.err.text);
            fixture_change(&fixture, "UPDATE derived SET version = -version");
        }
        ck_assert_uint_eq(both[0].total, both[1].total);
        ck_assert_uint_eq(both[0].count, both[1].count);
        all += both[0].total;
    }
    ck_assert_uint_gt(all, 1000);
}
END_TEST

/* But the query is, and what it gave: test_map_query.c. */
START_TEST(the_rows_that_a_query_read_are_not_known)
{
    struct series_page page;
    struct series_values values;
    struct store *store;
    add_metric((struct metric){ .id = "own", .type = METRIC_SQL, .query = "SELECT 1" });
    import_days(5);
    wish.touchpoint = SEARCH;
    wish.metric = 0;
    ck_assert(read_rows(0, 10, &page));
    ck_assert_str_eq(page.query->text, "SELECT 1");
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert(!store_values(&rows_arena, store, &journey, &lens, &wish, &values, &fixture.err));
    store_close(store);
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "a query of the map"));
}
END_TEST

Suite *store_series_suite(void)
{
    Suite *suite = suite_create("store_series");
    TCase *tests = tcase_create("series");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, units_follow_the_calendar);
    tcase_add_test(tests, too_many_slices_become_coarser_ones);
    tcase_add_test(tests, the_store_chooses_a_unit_that_fits);
    tcase_add_test(tests, the_store_chooses_a_unit_that_shows_something);
    tcase_add_test(tests, only_what_is_wished_for_is_measured);
    tcase_add_test(tests, a_channel_chooses_rows_where_there_are_any);
    tcase_add_test(tests, the_rows_behind_a_figure_come_newest_first);
    tcase_add_test(tests, events_say_what_happened_and_whether_it_hits);
    tcase_add_test(tests, rows_are_counted_alike_both_ways);
    tcase_add_test(tests, the_rows_that_a_query_read_are_not_known);
    suite_add_tcase(suite, tests);
    return suite;
}
