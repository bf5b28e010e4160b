/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/outcome.h>

/* Ten slices of ten days; each has a hundred rows, of which so many are hits. */
enum { SLICES = 10, DAYS = 10, ROWS = 100 };

static struct arena arena;
static struct slice slices[SLICES];
static struct measure measure;
static struct figures figures;
static struct opportunity opportunity;

static void set_hits(int slice, double hits)
{
    slices[slice] = (struct slice){
        .first_day = slice * DAYS,
        .last_day = slice * DAYS + DAYS - 1,
        .n = ROWS,
        .value = hits / ROWS,
        .sample = { .kind = SAMPLE_SHARE, .hits = hits },
    };
}

/* Hits before the day and from it on; the slice that holds the day is as the later ones. */
static void set_all(int32_t day, double before, double since)
{
    for (int i = 0; i < SLICES; i++)
        set_hits(i, i * DAYS + DAYS - 1 < day ? before : since);
}

static void setup(void)
{
    measure = (struct measure){
        .touchpoint = 3,
        .metric = 2,
        .n = SLICES * ROWS,
        .value = 0.5,
        .sample = { .kind = SAMPLE_SHARE, .hits = SLICES * ROWS * 0.5 },
        .slices = slices,
        .slice_count = SLICES,
    };
    figures = (struct figures){
        .measures = &measure,
        .measure_count = 1,
        .oldest = 0,
        .newest = (int64_t)SLICES * DAYS * TIME_US_PER_DAY - 1,
    };
    opportunity = (struct opportunity){
        .status = STATUS_DONE,
        .due = 45,
        .expects = { .metric = 2, .from = 0.8, .to = 0.2 },
    };
}

static void teardown(void)
{
    arena_finish(&arena);
}

static struct opportunity_outcome look(void)
{
    return outcome_of(&arena, &figures, 3, &opportunity);
}

START_TEST(before_and_since_are_whole_slices_beside_the_day)
{
    set_all(45, 80, 30);
    struct opportunity_outcome outcome = look();
    ck_assert_int_eq(outcome.state, OUTCOME_MOVED);
    ck_assert_uint_eq(outcome.change.before_n, 4 * ROWS); /* days 0 to 39 */
    ck_assert_uint_eq(outcome.after_n, 5 * ROWS);         /* days 50 to 99 */
    ck_assert_double_eq_tol(outcome.change.before, 0.8, 1e-12);
    ck_assert_double_eq_tol(outcome.after, 0.3, 1e-12);
    ck_assert_double_eq_tol(outcome.change.value, -0.5, 1e-12);
    ck_assert(outcome.change.lo < -0.5 && outcome.change.hi > -0.5);
    ck_assert_double_eq_tol(outcome.progress, 5.0 / 6, 1e-12);
}
END_TEST

START_TEST(what_may_be_chance_is_not_called_moved)
{
    set_all(45, 50, 48);
    ck_assert_int_eq(look().state, OUTCOME_UNSURE);
}
END_TEST

START_TEST(the_other_way_is_worse)
{
    set_all(45, 50, 80);
    ck_assert_int_eq(look().state, OUTCOME_WORSE);
    opportunity.expects.to = 0.9;
    opportunity.expects.from = NAN; /* then as measured before */
    struct opportunity_outcome outcome = look();
    ck_assert_int_eq(outcome.state, OUTCOME_MOVED);
    ck_assert_double_eq_tol(outcome.from, 0.5, 1e-12);
    ck_assert_double_eq_tol(outcome.progress, 0.75, 1e-12);
}
END_TEST

START_TEST(without_two_times_nobody_can_tell)
{
    set_all(45, 80, 30);
    opportunity.due = DAY_NONE;
    ck_assert_int_eq(look().state, OUTCOME_TOO_SOON);
    opportunity.due = 95; /* nothing behind its slice */
    ck_assert_int_eq(look().state, OUTCOME_TOO_SOON);
    opportunity.due = 5;
    ck_assert_int_eq(look().state, OUTCOME_TOO_SOON);
    ck_assert_double_nan(look().after);
}
END_TEST

START_TEST(what_is_not_done_shows_how_far_it_is)
{
    set_all(45, 80, 30);
    opportunity.status = STATUS_RUNNING;
    struct opportunity_outcome outcome = look();
    ck_assert_int_eq(outcome.state, OUTCOME_OPEN);
    ck_assert_ptr_eq(outcome.measure, &measure);
    ck_assert_double_eq_tol(outcome.progress, 0.5, 1e-12); /* from 0.8 to 0.2, now 0.5 */
}
END_TEST

START_TEST(nothing_expected_or_measured_is_said)
{
    set_all(45, 80, 30);
    measure.status = MEASURE_HIDDEN;
    ck_assert_int_eq(look().state, OUTCOME_NOT_MEASURED);
    ck_assert_int_eq(outcome_of(&arena, NULL, 3, &opportunity).state, OUTCOME_NOT_MEASURED);
    opportunity.expects.metric = NONE;
    ck_assert_int_eq(look().state, OUTCOME_NOT_EXPECTED);
}
END_TEST

START_TEST(merged_samples_are_those_of_all_rows)
{
    static const struct bin few[] = { { 1, 2 }, { 5, 1 } }, more[] = { { 1, 1 }, { 3, 4 } };
    static const struct wait once[] = { { 2, true } }, again[] = { { 7, false }, { 3, true } };
    struct sample sample = { .kind = SAMPLE_ORDER, .bins = few, .bin_count = 2, .waits = once,
                             .wait_count = 1, .plus = 3, .effective_n = 2,
                             .pairs = { .groups = 1, .a = 2, .aa = 4 } };
    struct sample part = { .kind = SAMPLE_ORDER, .bins = more, .bin_count = 2, .waits = again,
                           .wait_count = 2, .plus = 4, .approximate = true, .effective_n = 3,
                           .pairs = { .groups = 2, .a = 5, .aa = 13 } };
    moments_add(&sample.values, 1);
    moments_add(&part.values, 4);
    moments_add(&part.values, 7);
    sample_merge(&arena, &sample, &part);
    ck_assert_uint_eq(sample.bin_count, 3);
    ck_assert_uint_eq(sample.bins[0].count, 3);
    ck_assert_double_eq(sample.bins[1].value, 3);
    ck_assert_double_eq(sample.bins[2].value, 5);
    ck_assert_uint_eq(sample.wait_count, 3);
    ck_assert_double_eq(sample.waits[1].time, 7);
    ck_assert_double_eq(sample.values.mean, 4);
    ck_assert_double_eq(sample.values.squares, 18);
    ck_assert_double_eq(sample.plus, 7);
    ck_assert_double_eq(sample.effective_n, 5);
    ck_assert_double_eq(sample.pairs.aa, 17);
    ck_assert(sample.approximate);
    part.kind = SAMPLE_POINT;
    sample_merge(&arena, &sample, &part);
    ck_assert_int_eq(sample.kind, SAMPLE_NONE);
}
END_TEST

Suite *insight_outcome_suite(void)
{
    Suite *suite = suite_create("insight_outcome");
    TCase *tests = tcase_create("outcomes");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, before_and_since_are_whole_slices_beside_the_day);
    tcase_add_test(tests, what_may_be_chance_is_not_called_moved);
    tcase_add_test(tests, the_other_way_is_worse);
    tcase_add_test(tests, without_two_times_nobody_can_tell);
    tcase_add_test(tests, what_is_not_done_shows_how_far_it_is);
    tcase_add_test(tests, nothing_expected_or_measured_is_said);
    tcase_add_test(tests, merged_samples_are_those_of_all_rows);
    suite_add_tcase(suite, tests);
    return suite;
}
