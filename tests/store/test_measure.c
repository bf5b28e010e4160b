/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>

#include "store/little_map.h"

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
    import_text(trains);
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
    import_text(trains);
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
    import_text("ts,case_id,activity,touchpoint,context\n"
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
    import_text("ts,case_id,activity,touchpoint,persona\n2026-01-05,c7,look,platform,helga\n");
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
    import_text("ts,case_id,activity,touchpoint,value\n"
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
    import_text("ts,case_id,activity,touchpoint,value\n"
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
    add_metric((struct metric){ .id = "c", .type = METRIC_CSAT, .variant = VARIANT_INDEX });
    add_metric((struct metric){ .id = "d", .type = METRIC_COUNT });
    import_text(trains);
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
    import_text("ts,touchpoint,metric,kind,value\n"
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

/* ---- Age and number ---- */

START_TEST(old_figures_are_stale)
{
    struct metric *visits = add_metric((struct metric){ .id = "v", .type = METRIC_COUNT });
    import_text("ts,case_id,activity,touchpoint\n"
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

/* A hundred answers of today and a hundred of 180 days ago are worth 147 (S18). The old ones are
 * all fives, the new ones all ones: (100 · 1 + 25 · 5) / 125. */
START_TEST(old_rows_count_less)
{
    struct metric *csat = add_metric((struct metric){
        .id = "csat",
        .type = METRIC_CSAT,
        .source = SOURCE_ANSWER,
        .half_life = 90 * TIME_US_PER_DAY,
        .min_n = 148,
    });
    struct str text;
    str_init(&text);
    str_append(&text, "ts,touchpoint,metric,value,scale_min,scale_max\n");
    for (int i = 0; i < 100; i++)
        str_append(&text, "2026-06-30,search,csat,1,1,5\n2026-01-01,search,csat,5,1,5\n");
    import_text(text.text);
    str_finish(&text);
    setenv("STELLWERK_NOW", "2026-06-30T00:00:00Z", 1);
    measure();
    ck_assert_uint_eq(at(SEARCH, 0)->n, 200);
    ck_assert_double_eq_tol(at(SEARCH, 0)->value, 225 / 125.0, 1e-9);
    ck_assert_double_eq_tol(at(SEARCH, 0)->sample.effective_n, 147.0588, 5e-5);
    ck_assert_double_eq_tol(at(SEARCH, 0)->sample.values.n, 147.0588, 5e-5);
    /* Of as many rows as all are worth: Σw(x − m)² / Σw = 16 · 0.8 · 0.2. */
    ck_assert_double_eq_tol(at(SEARCH, 0)->sample.values.squares, 147.0588 * 2.56, 1e-3);
    ck_assert_double_eq_tol(at(SEARCH, 0)->sample.scores.mean, 20, 1e-9);
    ck_assert_int_eq(at(SEARCH, 0)->status, MEASURE_SMALL);

    csat->variant = VARIANT_TOP2;
    measure();
    ck_assert_double_eq_tol(at(SEARCH, 0)->value, 0.2, 1e-12);
    ck_assert_double_eq_tol(at(SEARCH, 0)->sample.hits, 0.2 * 147.0588, 1e-4);

    /* A period that is over ages to its own end. */
    lens.period = (struct period){ .first = day("2026-01-01"), .last = day("2026-01-01") };
    measure();
    ck_assert_double_eq_tol(at(SEARCH, 0)->sample.effective_n, 100, 1e-9);
    csat->half_life = 0;
    lens.period = (struct period){ .first = INT32_MIN, .last = INT32_MAX };
    measure();
    ck_assert_double_eq(at(SEARCH, 0)->sample.effective_n, 0);
    ck_assert_double_eq_tol(at(SEARCH, 0)->value, 0.5, 1e-12);
    unsetenv("STELLWERK_NOW");
}
END_TEST

/* A bounded period comes with the one before, where the store reaches back so far. */
START_TEST(a_period_comes_with_the_one_before)
{
    add_metric((struct metric){ .id = "delay", .type = METRIC_MEAN, .of = "late", .min_n = 1 });
    import_text(trains);
    measure();
    ck_assert_ptr_null(figures->before);
    lens.period = period_containing(PERIOD_DAY, day("2026-01-07"));
    measure();
    ck_assert_ptr_nonnull(figures->before);
    ck_assert_int_eq(figures->before->lens.period.first, day("2026-01-06"));
    ck_assert_uint_eq(figures_find(figures->before, PLATFORM, 0)->n, 2);
    lens.period = period_containing(PERIOD_DAY, day("2026-01-05"));
    measure();
    ck_assert_ptr_null(figures->before);
}
END_TEST

START_TEST(few_rows_are_told_as_few)
{
    add_metric((struct metric){ .id = "v", .type = METRIC_COUNT, .min_n = 7 });
    import_text("ts,case_id,activity,touchpoint\n"
           "2026-01-01,c1,look,search\n2026-01-01,c2,look,search\n2026-01-01,c3,look,search\n"
           "2026-01-01,c4,look,search\n");
    measure();
    ck_assert_int_eq(at(SEARCH, 0)->status, MEASURE_HIDDEN);
    import_text("ts,case_id,activity,touchpoint\n2026-01-01,c5,look,search\n");
    measure();
    ck_assert_int_eq(at(SEARCH, 0)->status, MEASURE_SMALL);
    ck_assert_double_eq(at(SEARCH, 0)->value, 5);
    import_text("ts,case_id,activity,touchpoint\n"
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
    import_text(text.text);
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
    tcase_add_checked_fixture(tests, little_map_set_up, little_map_tear_down);
    tcase_add_test(tests, rows_are_scored_in_their_context_and_then_averaged);
    tcase_add_test(tests, the_lens_chooses_rows_and_anchors);
    tcase_add_test(tests, rows_that_know_no_persona_count_for_all);
    tcase_add_test(tests, a_contexts_anchors_hold_where_rows_know_no_context);
    tcase_add_test(tests, where_and_hit_choose_by_any_column);
    tcase_add_test(tests, what_cannot_be_asked_fails_for_its_metric_alone);
    tcase_add_test(tests, answers_count_as_experience_unless_asked_otherwise);
    tcase_add_test(tests, old_figures_are_stale);
    tcase_add_test(tests, old_rows_count_less);
    tcase_add_test(tests, a_period_comes_with_the_one_before);
    tcase_add_test(tests, few_rows_are_told_as_few);
    tcase_add_test(tests, an_empty_store_gives_rows_without_figures);
    tcase_add_test(tests, a_cancelled_measuring_gives_no_figures);
    tcase_add_test(tests, threads_measure_side_by_side_until_cancelled);
    suite_add_tcase(suite, tests);
    return suite;
}
