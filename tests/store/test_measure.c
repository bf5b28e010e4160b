/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>
#include <stellwerk/store/measure.h>

#include "store/fixture.h"

/* A map of two touchpoints, two personas and two contexts, and whatever metrics a test puts in. */

enum { ANNA, HELGA };
enum { HURRIED, RELAXED };
enum { SEARCH, PLATFORM };

static struct fixture fixture;
static struct figures *figures;
static struct metric metrics[4];
static struct journey journey;
static struct lens lens;

static struct anchor calm[] = { { 0, 100 }, { 15, 75 }, { 45, 50 }, { 120, 0 } };
static struct anchor haste[] = { { 0, 100 }, { 5, 75 }, { 15, 50 }, { 40, 0 } };
static struct context_anchors in_haste = { .context = HURRIED, .anchors = { haste, 4 } };

static void set_up(void)
{
    static struct persona personas[] = { { .id = "anna" }, { .id = "helga" } };
    static struct context contexts[] = { { .id = "hurried" }, { .id = "relaxed" } };
    static struct touchpoint touchpoints[] = { { .id = "search" }, { .id = "platform" } };
    static int indices[] = { 0, 1, 2, 3 };
    fixture_init(&fixture);
    figures = NULL;
    memset(metrics, 0, sizeof(metrics));
    for (size_t i = 0; i < 2; i++)
        touchpoints[i].metrics = (struct indices){ .items = indices, .count = 0 };
    journey = (struct journey){
        .personas = personas,
        .persona_count = 2,
        .contexts = contexts,
        .context_count = 2,
        .touchpoints = touchpoints,
        .touchpoint_count = 2,
        .metrics = metrics,
    };
    lens = (struct lens){
        .persona = NONE,
        .context = NONE,
        .period = { .first = INT32_MIN, .last = INT32_MAX },
    };
}

static void tear_down(void)
{
    figures_destroy(figures);
    fixture_finish(&fixture);
}

/* Puts a metric at both touchpoints. */
static struct metric *add_metric(struct metric metric)
{
    metrics[journey.metric_count] = metric;
    journey.metric_count++;
    for (size_t i = 0; i < 2; i++)
        journey.touchpoints[i].metrics.count = journey.metric_count;
    return &metrics[journey.metric_count - 1];
}

static void import(const char *text)
{
    struct import_report report = fixture_import(&fixture, text, NULL);
    ck_assert_uint_eq(report.rejected, 0);
}

static void measure(void)
{
    struct store *store;
    figures_destroy(figures);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    figures = store_measure(store, &journey, &lens, &fixture.err);
    ck_assert_msg(figures != NULL, "%s", fixture.err.text);
    store_close(store);
}

static const struct measure *at(int touchpoint, int metric)
{
    const struct measure *found = figures_find(figures, touchpoint, metric);
    ck_assert_ptr_nonnull(found);
    return found;
}

static int64_t instant(const char *text)
{
    int64_t instant;
    ck_assert(time_parse_iso(text, &instant));
    return instant;
}

static int32_t day(const char *text)
{
    return time_day(instant(text));
}

/* Eight trains, the first of them in haste; minutes late are the value. */
static const char trains[] =
    "ts,case_id,activity,touchpoint,persona,context,value\n"
    "2026-01-05T08:00:00Z,c1,late,platform,anna,hurried,0\n"
    "2026-01-05T09:00:00Z,c2,late,platform,anna,hurried,0\n"
    "2026-01-06T08:00:00Z,c3,late,platform,anna,hurried,0\n"
    "2026-01-06T09:00:00Z,c4,late,platform,helga,hurried,60\n"
    "2026-01-07T08:00:00Z,c5,late,platform,helga,relaxed,20\n"
    "2026-01-07T09:00:00Z,c6,late,platform,helga,relaxed,30\n"
    "2026-01-08T08:00:00Z,c7,late,platform,helga,relaxed,60\n"
    "2026-01-08T09:00:00Z,c8,late,platform,helga,relaxed,10\n"
    "2026-01-08T10:00:00Z,c9,arrive,platform,helga,relaxed,\n";

/* ---- Rows and scores ---- */

START_TEST(rows_are_scored_in_their_context_and_then_averaged)
{
    add_metric((struct metric){
        .id = "delay",
        .type = METRIC_MEAN,
        .of = "late",
        .anchors = { calm, 4 },
        .context_anchors = &in_haste,
        .context_anchor_count = 1,
        .min_n = 5,
    });
    import(trains);
    measure();
    const struct measure *delay = at(PLATFORM, 0);
    ck_assert_int_eq(delay->status, MEASURE_OK);
    ck_assert_uint_eq(delay->n, 8);
    ck_assert_double_eq_tol(delay->value, 180 / 8.0, 1e-9);
    ck_assert_int_eq(delay->sample.kind, SAMPLE_MEAN);
    ck_assert_double_eq(delay->sample.values.n, 8);
    /* Hurried 100 100 100 0; relaxed 70.8333 62.5 40 83.3333. */
    ck_assert_double_eq_tol(delay->sample.scores.mean, 556.6666667 / 8, 1e-6);
    ck_assert_double_eq(delay->sample.scores.n, 8);
    ck_assert_uint_eq(delay->sample.anchors.count, 0);
    ck_assert_int_eq(delay->oldest, instant("2026-01-05T08:00:00Z"));
    ck_assert_int_eq(delay->newest, instant("2026-01-08T09:00:00Z"));
    ck_assert(!delay->persona_ignored && !delay->context_ignored && !delay->score_of_aggregate);

    ck_assert_int_eq(at(SEARCH, 0)->status, MEASURE_NO_ROWS);
    ck_assert_uint_eq(at(SEARCH, 0)->n, 0);
    ck_assert_double_nan(at(SEARCH, 0)->value);
    ck_assert_int_eq(at(SEARCH, 0)->newest, TIME_NONE);
}
END_TEST

START_TEST(the_lens_chooses_rows_and_anchors)
{
    add_metric((struct metric){
        .id = "delay",
        .type = METRIC_MEAN,
        .of = "late",
        .anchors = { calm, 4 },
        .context_anchors = &in_haste,
        .context_anchor_count = 1,
        .min_n = 1,
    });
    import(trains);
    lens.persona = HELGA;
    measure();
    ck_assert_uint_eq(at(PLATFORM, 0)->n, 5);
    ck_assert_double_eq_tol(at(PLATFORM, 0)->value, 36, 1e-9);

    lens.persona = NONE;
    lens.period = (struct period){ .first = day("2026-01-06"), .last = day("2026-01-08") };
    measure();
    ck_assert_uint_eq(at(PLATFORM, 0)->n, 6);

    lens.period = (struct period){ .first = day("2026-01-06"), .last = day("2026-01-08") };
    lens.context = RELAXED;
    measure();
    ck_assert_int_eq(at(PLATFORM, 0)->status, MEASURE_HIDDEN);
    ck_assert_uint_eq(at(PLATFORM, 0)->n, 4);
    ck_assert_double_nan(at(PLATFORM, 0)->value);
    ck_assert_int_eq(at(PLATFORM, 0)->sample.kind, SAMPLE_NONE);
    ck_assert_uint_eq(at(PLATFORM, 0)->slice_count, 0);
}
END_TEST

START_TEST(rows_that_know_no_persona_count_for_all)
{
    add_metric((struct metric){ .id = "visits", .type = METRIC_COUNT, .min_n = 1 });
    import("ts,case_id,activity,touchpoint,context\n"
           "2026-01-05,c1,look,search,hurried\n2026-01-05,c2,look,search,hurried\n"
           "2026-01-05,c3,look,search,hurried\n2026-01-05,c4,look,search,relaxed\n"
           "2026-01-05,c5,look,search,hurried\n2026-01-05,c6,look,search,hurried\n");
    lens.persona = ANNA;
    lens.context = HURRIED;
    measure();
    ck_assert_uint_eq(at(SEARCH, 0)->n, 5);
    ck_assert(at(SEARCH, 0)->persona_ignored);
    ck_assert(!at(SEARCH, 0)->context_ignored);

    /* One row that knows its persona anywhere at the metric's touchpoints is enough. */
    import("ts,case_id,activity,touchpoint,persona\n2026-01-05,c7,look,platform,helga\n");
    measure();
    ck_assert_int_eq(at(SEARCH, 0)->status, MEASURE_NO_ROWS);
    ck_assert(!at(SEARCH, 0)->persona_ignored);
}
END_TEST

START_TEST(a_contexts_anchors_hold_where_rows_know_no_context)
{
    add_metric((struct metric){
        .id = "delay",
        .type = METRIC_MEAN,
        .anchors = { calm, 4 },
        .context_anchors = &in_haste,
        .context_anchor_count = 1,
    });
    import("ts,case_id,activity,touchpoint,value\n"
           "2026-01-05,c1,late,platform,20\n2026-01-05,c2,late,platform,20\n"
           "2026-01-05,c3,late,platform,20\n2026-01-05,c4,late,platform,20\n"
           "2026-01-05,c5,late,platform,20\n");
    lens.context = HURRIED;
    measure();
    ck_assert(at(PLATFORM, 0)->context_ignored);
    ck_assert_double_eq_tol(at(PLATFORM, 0)->sample.scores.mean, 40, 1e-9);
    lens.context = NONE;
    measure();
    ck_assert_double_eq_tol(at(PLATFORM, 0)->sample.scores.mean, 70.8333333, 1e-6);
}
END_TEST

/* ---- Filters ---- */

START_TEST(where_and_hit_choose_by_any_column)
{
    static const char *look[] = { "look" }, *two[] = { "2", "3" }, *cases[] = { "c1", "c'4" };
    static const char *never[] = { "no such word" };
    static struct filter by_activity = { .column = "activity", .values = { look, 1 } };
    static struct filter by_value = { .column = "value", .values = { two, 2 } };
    static struct filter by_case = { .column = "case_id", .values = { cases, 2 } };
    static struct filter by_nothing = { .column = "outcome", .values = { never, 1 } };
    add_metric((struct metric){
        .id = "a",
        .type = METRIC_PROPORTION,
        .where = { &by_activity, 1 },
        .hit = { &by_value, 1 },
    });
    add_metric((struct metric){ .id = "b", .type = METRIC_PROPORTION, .hit = { &by_case, 1 } });
    add_metric((struct metric){ .id = "c", .type = METRIC_PROPORTION, .hit = { &by_nothing, 1 } });
    import("ts,case_id,activity,touchpoint,value\n"
           "2026-01-05,c1,look,search,1\n2026-01-05,c2,look,search,2\n"
           "2026-01-05,c3,look,search,3\n2026-01-05,c'4,look,search,4\n"
           "2026-01-05,c5,look,search,\n2026-01-05,c6,call,search,2\n");
    measure();
    ck_assert_uint_eq(at(SEARCH, 0)->n, 5);
    ck_assert_uint_eq(at(SEARCH, 0)->sample.hits, 2);
    ck_assert_double_eq_tol(at(SEARCH, 0)->value, 0.4, 1e-12);
    ck_assert_int_eq(at(SEARCH, 0)->sample.kind, SAMPLE_SHARE);
    ck_assert_uint_eq(at(SEARCH, 1)->n, 6);
    ck_assert_uint_eq(at(SEARCH, 1)->sample.hits, 2);
    ck_assert_uint_eq(at(SEARCH, 2)->sample.hits, 0);
}
END_TEST

START_TEST(what_cannot_be_asked_fails_for_its_metric_alone)
{
    static const char *any[] = { "x" };
    static struct filter wrong = { .column = "colour", .values = { any, 1 } };
    static struct filter text = { .column = "value", .values = { any, 1 } };
    add_metric((struct metric){ .id = "a", .type = METRIC_COUNT, .where = { &wrong, 1 } });
    add_metric((struct metric){ .id = "b", .type = METRIC_COUNT, .where = { &text, 1 } });
    add_metric((struct metric){ .id = "c", .type = METRIC_DROPOUT });
    add_metric((struct metric){ .id = "d", .type = METRIC_COUNT });
    import(trains);
    measure();
    ck_assert_int_eq(at(PLATFORM, 0)->status, MEASURE_FAILED);
    ck_assert_str_eq(at(PLATFORM, 0)->reason, "events have no column 'colour'");
    ck_assert_int_eq(at(PLATFORM, 1)->status, MEASURE_FAILED);
    ck_assert_ptr_nonnull(strstr(at(PLATFORM, 1)->reason, "'x' is not a number"));
    ck_assert_int_eq(at(PLATFORM, 2)->status, MEASURE_UNSUPPORTED);
    ck_assert_ptr_null(at(PLATFORM, 2)->reason);
    ck_assert_uint_eq(at(PLATFORM, 3)->n, 9);
}
END_TEST

START_TEST(answers_count_as_experience_unless_asked_otherwise)
{
    static const char *expected[] = { "expectation" };
    static struct filter by_kind = { .column = "kind", .values = { expected, 1 } };
    add_metric((struct metric){ .id = "csat", .type = METRIC_MEAN, .source = SOURCE_ANSWER });
    add_metric((struct metric){
        .id = "hoped",
        .type = METRIC_MEAN,
        .source = SOURCE_ANSWER,
        .answer = "csat",
        .where = { &by_kind, 1 },
    });
    import("ts,touchpoint,metric,kind,value\n"
           "2026-01-05,search,csat,,3\n2026-01-05,search,csat,,3\n"
           "2026-01-05,search,csat,experience,3\n2026-01-05,search,csat,,3\n"
           "2026-01-05,search,csat,,3\n2026-01-05,search,csat,expectation,5\n"
           "2026-01-05,search,csat,expectation,5\n2026-01-05,search,csat,expectation,5\n"
           "2026-01-05,search,csat,expectation,5\n2026-01-05,search,csat,expectation,5\n"
           "2026-01-05,search,csat,importance,5\n");
    measure();
    ck_assert_uint_eq(at(SEARCH, 0)->n, 5);
    ck_assert_double_eq(at(SEARCH, 0)->value, 3);
    ck_assert_uint_eq(at(SEARCH, 1)->n, 5);
    ck_assert_double_eq(at(SEARCH, 1)->value, 5);
}
END_TEST

/* ---- Time ---- */

START_TEST(slices_follow_the_calendar)
{
    add_metric((struct metric){ .id = "visits", .type = METRIC_COUNT });
    import("ts,case_id,activity,touchpoint\n"
           "2025-12-30T23:59:59Z,c1,look,search\n2026-01-01,c2,look,search\n"
           "2026-01-31T23:59:59.999999Z,c3,look,search\n2026-02-01,c4,look,search\n"
           "2026-02-28,c5,look,search\n2026-03-15,c6,look,search\n");
    measure();
    const struct measure *visits = at(SEARCH, 0);
    ck_assert_uint_eq(visits->slice_count, 4);
    ck_assert_int_eq(visits->slices[0].first_day, day("2025-12-30"));
    ck_assert_int_eq(visits->slices[0].last_day, day("2025-12-31"));
    ck_assert_int_eq(visits->slices[1].first_day, day("2026-01-01"));
    ck_assert_int_eq(visits->slices[3].last_day, day("2026-03-15"));
    static const uint64_t expected[] = { 1, 2, 2, 1 };
    for (size_t i = 0; i < 4; i++)
        ck_assert_uint_eq(visits->slices[i].n, expected[i]);
    ck_assert_int_eq(figures->oldest, instant("2025-12-30T23:59:59Z"));
    ck_assert_int_eq(figures->newest, instant("2026-03-15"));

    /* Weeks from Monday within the period; 2026-01-05 is one. */
    lens.period = (struct period){ .first = day("2026-01-01"), .last = day("2026-02-01") };
    measure();
    ck_assert_int_eq(at(SEARCH, 0)->status, MEASURE_HIDDEN);
    lens.period = (struct period){ .first = day("2025-12-30"), .last = day("2026-02-20") };
    import("ts,case_id,activity,touchpoint\n"
           "2026-01-05,c7,look,search\n2026-01-06,c8,look,search\n");
    measure();
    visits = at(SEARCH, 0);
    ck_assert_uint_eq(visits->slice_count, 8);
    ck_assert_int_eq(visits->slices[1].first_day, day("2026-01-05"));
    ck_assert_int_eq(visits->slices[7].last_day, day("2026-02-20"));
    ck_assert_uint_eq(visits->slices[1].n, 2);
    ck_assert_uint_eq(visits->slices[2].n, 0);
    ck_assert_double_nan(visits->slices[2].value);
}
END_TEST

START_TEST(there_are_never_more_than_twelve_slices)
{
    static const struct {
        const char *last;
        size_t count;
    } cases[] = { { "2026-01-01", 1 },  { "2026-01-12", 12 }, { "2026-01-13", 7 },
                  { "2026-01-21", 4 },  { "2026-03-01", 9 },  { "2026-03-02", 3 },
                  { "2026-12-31", 12 }, { "2027-01-01", 7 },  { "2035-12-31", 12 } };
    add_metric((struct metric){ .id = "visits", .type = METRIC_COUNT });
    import("ts,case_id,activity,touchpoint\n"
           "2026-01-01,c1,look,search\n2026-01-01,c2,look,search\n2026-01-01,c3,look,search\n"
           "2026-01-01,c4,look,search\n2026-01-01,c5,look,search\n2036-01-01,c6,look,platform\n");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lens.period = (struct period){ .first = INT32_MIN, .last = day(cases[i].last) };
        measure();
        const struct measure *visits = at(SEARCH, 0);
        ck_assert_msg(visits->slice_count == cases[i].count, "until %s: %zu", cases[i].last,
                      visits->slice_count);
        ck_assert_int_eq(visits->slices[0].first_day, day("2026-01-01"));
        for (size_t j = 1; j < visits->slice_count; j++)
            ck_assert_int_eq(visits->slices[j].first_day, visits->slices[j - 1].last_day + 1);
        ck_assert_int_eq(visits->slices[visits->slice_count - 1].last_day, day(cases[i].last));
    }
}
END_TEST

START_TEST(old_figures_are_stale)
{
    struct metric *visits = add_metric((struct metric){ .id = "v", .type = METRIC_COUNT });
    import("ts,case_id,activity,touchpoint\n"
           "2026-01-01,c1,look,search\n2026-01-01,c2,look,search\n2026-01-01,c3,look,search\n"
           "2026-01-01,c4,look,search\n2026-01-01,c5,look,search\n");
    setenv("STELLWERK_NOW", "2026-01-31T00:00:00Z", 1);
    visits->fresh = 30 * TIME_US_PER_DAY;
    measure();
    ck_assert(!at(SEARCH, 0)->stale);
    setenv("STELLWERK_NOW", "2026-01-31T00:00:01Z", 1);
    measure();
    ck_assert(at(SEARCH, 0)->stale);
    visits->fresh = 0;
    measure();
    ck_assert(!at(SEARCH, 0)->stale);
    unsetenv("STELLWERK_NOW");
}
END_TEST

START_TEST(few_rows_are_told_as_few)
{
    add_metric((struct metric){ .id = "v", .type = METRIC_COUNT, .min_n = 7 });
    import("ts,case_id,activity,touchpoint\n"
           "2026-01-01,c1,look,search\n2026-01-01,c2,look,search\n2026-01-01,c3,look,search\n"
           "2026-01-01,c4,look,search\n");
    measure();
    ck_assert_int_eq(at(SEARCH, 0)->status, MEASURE_HIDDEN);
    import("ts,case_id,activity,touchpoint\n2026-01-01,c5,look,search\n");
    measure();
    ck_assert_int_eq(at(SEARCH, 0)->status, MEASURE_SMALL);
    ck_assert_double_eq(at(SEARCH, 0)->value, 5);
    import("ts,case_id,activity,touchpoint\n"
           "2026-01-01,c6,look,search\n2026-01-01,c7,look,search\n");
    measure();
    ck_assert_int_eq(at(SEARCH, 0)->status, MEASURE_OK);
}
END_TEST

/* ---- Stores ---- */

START_TEST(an_empty_store_gives_rows_without_figures)
{
    struct store *store;
    add_metric((struct metric){ .id = "v", .type = METRIC_COUNT });
    ck_assert(store_create(fixture.store_path, &store, &fixture.err));
    store_close(store);
    lens.persona = ANNA;
    measure();
    ck_assert_uint_eq(figures->measure_count, 2);
    ck_assert_int_eq(at(SEARCH, 0)->status, MEASURE_NO_ROWS);
    ck_assert_int_eq(figures->oldest, TIME_NONE);
}
END_TEST

static void import_thousand(void)
{
    struct str text;
    str_init(&text);
    str_append(&text, "ts,case_id,activity,touchpoint\n");
    for (int i = 0; i < 1000; i++)
        str_printf(&text, "2026-01-05,c%d,look,search\n", i);
    import(text.text);
    str_finish(&text);
}

START_TEST(a_cancelled_measuring_gives_no_figures)
{
    struct store *store;
    atomic_bool cancel = true;
    import_thousand();
    add_metric((struct metric){ .id = "v", .type = METRIC_COUNT });
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    store_limit(store, &(struct store_limits){ .cancel = &cancel });
    ck_assert_ptr_null(store_measure(store, &journey, &lens, &fixture.err));
    ck_assert(store_was_stopped(store));
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "broken off"));
    store_close(store);
}
END_TEST

struct watcher {
    atomic_bool cancel;
    atomic_int rounds;
    bool stopped;
};

/* A thread of its own with a connection of its own, measuring until it is cancelled. */
static void *watch(void *data)
{
    struct watcher *watcher = data;
    struct store *store;
    struct error err;
    struct figures *found;
    if (!store_open(fixture.store_path, &store, &err))
        return NULL;
    do {
        store_limit(store, &(struct store_limits){ .cancel = &watcher->cancel });
        found = store_measure(store, &journey, &lens, &err);
        figures_destroy(found);
        atomic_fetch_add(&watcher->rounds, 1);
    } while (found != NULL);
    watcher->stopped = store_was_stopped(store);
    store_close(store);
    return NULL;
}

START_TEST(threads_measure_side_by_side_until_cancelled)
{
    struct watcher watchers[2] = { 0 };
    pthread_t threads[2];
    import_thousand();
    add_metric((struct metric){ .id = "v", .type = METRIC_COUNT });
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, watch, &watchers[i]), 0);
    while (atomic_load(&watchers[0].rounds) == 0 || atomic_load(&watchers[1].rounds) == 0)
        sched_yield();
    for (int i = 0; i < 2; i++)
        atomic_store(&watchers[i].cancel, true);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        ck_assert(watchers[i].stopped);
    }
}
END_TEST

Suite *store_measure_suite(void)
{
    Suite *suite = suite_create("store_measure");
    TCase *tests = tcase_create("measure");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, rows_are_scored_in_their_context_and_then_averaged);
    tcase_add_test(tests, the_lens_chooses_rows_and_anchors);
    tcase_add_test(tests, rows_that_know_no_persona_count_for_all);
    tcase_add_test(tests, a_contexts_anchors_hold_where_rows_know_no_context);
    tcase_add_test(tests, where_and_hit_choose_by_any_column);
    tcase_add_test(tests, what_cannot_be_asked_fails_for_its_metric_alone);
    tcase_add_test(tests, answers_count_as_experience_unless_asked_otherwise);
    tcase_add_test(tests, slices_follow_the_calendar);
    tcase_add_test(tests, there_are_never_more_than_twelve_slices);
    tcase_add_test(tests, old_figures_are_stale);
    tcase_add_test(tests, few_rows_are_told_as_few);
    tcase_add_test(tests, an_empty_store_gives_rows_without_figures);
    tcase_add_test(tests, a_cancelled_measuring_gives_no_figures);
    tcase_add_test(tests, threads_measure_side_by_side_until_cancelled);
    suite_add_tcase(suite, tests);
    return suite;
}
