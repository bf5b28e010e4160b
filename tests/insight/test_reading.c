/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>

#include <stellwerk/insight/reading.h>

/* Two personas, two contexts; three touchpoints on a screen, on paper, on a screen. */
enum { ANNA, KARL };
enum { HURRIED, RELAXED };

static struct persona personas[] = { { .id = "anna", .share = 0.25 },
                                     { .id = "karl", .share = 0.75 } };
static struct channel channels[] = {
    { .id = "web", .medium = "digital" },
    { .id = "paper", .medium = "paper" },
    { .id = "app", .medium = "digital" },
};
static struct metric metrics[] = {
    { .id = "delay", .aspect = "punctuality" },
    { .id = "csat" },
};

static struct expectation ticket_expectations[] = {
    { .scope = { NONE, NONE }, .adequate = 60, .desired = 80, .evidence = EVIDENCE_OBSERVED },
    { .scope = { ANNA, NONE }, .adequate = 70, .desired = 90, .evidence = EVIDENCE_INFERRED },
    { .scope = { ANNA, HURRIED }, .adequate = 75, .desired = 95 },
};
static struct experience ticket_experiences[] = {
    { .scope = { NONE, NONE }, .score = 50 },
};
static struct experience platform_experiences[] = {
    { .scope = { ANNA, NONE }, .score = 20, .evidence = EVIDENCE_OBSERVED },
    { .scope = { KARL, NONE }, .score = 60, .evidence = EVIDENCE_ASSUMED },
};
static struct aspect platform_aspects[] = {
    { .id = "punctuality", .importance = 3, .expectation = 80, .experience = NAN },
    { .id = "information", .importance = 1, .expectation = 60, .experience = 10 },
};
static int both_metrics[] = { 0, 1 };

static struct touchpoint touchpoints[] = {
    {
        .id = "ticket",
        .channel = 0,
        .importance = 1,
        .standard = 70,
        .promise = { .score = 90, .pos = { .line = 1 } },
        .expectations = ticket_expectations,
        .expectation_count = 3,
        .experiences = ticket_experiences,
        .experience_count = 1,
        .metrics = { both_metrics, 2 },
    },
    {
        .id = "platform",
        .channel = 1,
        .importance = 3,
        .standard = NAN,
        .experiences = platform_experiences,
        .experience_count = 2,
        .aspects = platform_aspects,
        .aspect_count = 2,
        .metrics = { both_metrics, 2 },
    },
    { .id = "seminar", .channel = 2, .importance = NAN, .standard = NAN },
};

static const struct journey journey = {
    .personas = personas,
    .persona_count = 2,
    .channels = channels,
    .channel_count = 3,
    .metrics = metrics,
    .metric_count = 2,
    .touchpoints = touchpoints,
    .touchpoint_count = 3,
};

static struct arena arena;

static void setup(void)
{
    arena_init(&arena);
}
static void teardown(void)
{
    arena_finish(&arena);
}

static const struct readings *read_as(int persona, int context, const struct figures *figures)
{
    return readings_new(&arena, &journey, figures,
                        &(struct lens){ .persona = persona, .context = context });
}

START_TEST(the_most_particular_expectation_holds)
{
    ck_assert_double_eq(read_as(NONE, NONE, NULL)->items[0].adequate, 60);
    ck_assert_double_eq(read_as(ANNA, NONE, NULL)->items[0].adequate, 70);
    ck_assert_double_eq(read_as(ANNA, HURRIED, NULL)->items[0].desired, 95);
    ck_assert_double_eq(read_as(ANNA, RELAXED, NULL)->items[0].desired, 90);
    ck_assert_double_eq(read_as(KARL, HURRIED, NULL)->items[0].desired, 80);
    ck_assert_int_eq(read_as(ANNA, NONE, NULL)->items[0].expected_evidence, EVIDENCE_INFERRED);
}
END_TEST

START_TEST(all_customers_are_the_personas_by_their_shares)
{
    const struct reading *platform = &read_as(NONE, NONE, NULL)->items[1];
    ck_assert_double_eq_tol(platform->estimated, 0.25 * 20 + 0.75 * 60, 1e-9);
    ck_assert_int_eq(platform->estimated_from, ORIGIN_PERSONAS);
    ck_assert_int_eq(platform->estimated_evidence, EVIDENCE_ASSUMED);
}
END_TEST

START_TEST(without_a_score_of_its_own_a_touchpoint_takes_that_of_its_aspects)
{
    const struct reading *platform = &read_as(ANNA, NONE, NULL)->items[1];
    ck_assert_double_eq_tol(platform->adequate, (3 * 80 + 1 * 60) / 4.0, 1e-9);
    ck_assert_double_eq_tol(platform->desired, platform->adequate, 1e-9);
    ck_assert_int_eq(platform->expected_from, ORIGIN_ASPECTS);
    ck_assert_int_eq(platform->estimated_from, ORIGIN_STATED);
}
END_TEST

START_TEST(nothing_said_is_nothing_known)
{
    const struct reading *seminar = &read_as(ANNA, NONE, NULL)->items[2];
    ck_assert_int_eq(seminar->expected_from, ORIGIN_NONE);
    ck_assert_double_nan(seminar->estimated);
    ck_assert_double_nan(seminar->measured.score);
    ck_assert_int_eq(seminar->measured.status, MEASURE_NO_ROWS);
    ck_assert_double_nan(seminar->gap_estimated.value);
    ck_assert(!seminar->gap_estimated.inside);
    ck_assert_double_nan(reading_gap(seminar, NULL).value);
}
END_TEST

static struct measure measure(int touchpoint, int metric, double score, double se, uint64_t n)
{
    return (struct measure){
        .touchpoint = touchpoint,
        .metric = metric,
        .status = n < METRIC_HIDDEN_N ? MEASURE_HIDDEN
                  : n < 30            ? MEASURE_SMALL
                                      : MEASURE_OK,
        .n = n,
        .score = n < METRIC_HIDDEN_N ? NAN : score,
        .score_lo = score - 2 * se,
        .score_hi = score + 2 * se,
        .score_se = se,
        .oldest = 0,
        .newest = 1000 * (metric + 1),
    };
}

START_TEST(a_single_metric_keeps_its_interval_and_flags_the_estimate)
{
    struct measure rows[] = { measure(0, 1, 40, 2, 100) };
    struct figures figures = { .measures = rows, .measure_count = 1 };
    const struct reading *ticket = &read_as(NONE, NONE, &figures)->items[0];
    ck_assert_double_eq(ticket->measured.lo, 36);
    ck_assert_double_eq(ticket->measured.hi, 44);
    ck_assert(ticket->estimate_outside); /* 50 estimated */
    ck_assert_double_eq(ticket->gap_measured.value, 40 - 60);
    ck_assert_double_eq(ticket->gap_measured.lo, 36 - 60);
    ck_assert_double_eq(ticket->gap_measured.hi, 44 - 60);
    ck_assert_double_eq(ticket->gap_estimated.value, 50 - 60);
    bool measured = false;
    ck_assert_double_eq(reading_gap(ticket, &measured).value, -20);
    ck_assert(measured);
}
END_TEST

START_TEST(metrics_weigh_as_much_as_what_they_measure_matters)
{
    struct measure rows[] = { measure(1, 0, 20, 3, 200), measure(1, 1, 60, 4, 12) };
    struct figures figures = { .measures = rows, .measure_count = 2 };
    const struct measured *platform = &read_as(ANNA, NONE, &figures)->items[1].measured;
    ck_assert_double_eq_tol(platform->score, (3 * 20 + 1 * 60) / 4.0, 1e-9);
    ck_assert_double_eq_tol(platform->se, sqrt(9 * 9 + 4 * 4) / 4, 1e-9);
    ck_assert_double_eq_tol(platform->hi - platform->score, 1.959964 * platform->se, 1e-5);
    ck_assert_int_eq(platform->status, MEASURE_SMALL); /* as sure as the thinner of the two */
    ck_assert_uint_eq(platform->n, 12);
    ck_assert_int_eq(platform->newest, 1000);
    ck_assert_uint_eq(platform->metrics, 2);
}
END_TEST

START_TEST(figures_without_anchors_are_told_from_none)
{
    struct measure rows[] = { measure(0, 0, NAN, NAN, 100) };
    struct figures figures = { .measures = rows, .measure_count = 1 };
    const struct readings *all = read_as(NONE, NONE, &figures);
    ck_assert(all->items[0].measured.unscored);
    ck_assert_double_nan(all->items[0].measured.score);
    ck_assert(!all->items[1].measured.unscored);
}
END_TEST

START_TEST(too_few_rows_say_so_instead_of_a_score)
{
    struct measure rows[] = { measure(0, 0, 20, 3, 3) };
    struct figures figures = { .measures = rows, .measure_count = 1 };
    const struct reading *ticket = &read_as(NONE, NONE, &figures)->items[0];
    ck_assert_int_eq(ticket->measured.status, MEASURE_HIDDEN);
    ck_assert_uint_eq(ticket->measured.n, 3);
    ck_assert_double_nan(ticket->measured.score);
    ck_assert(!ticket->estimate_outside);
    ck_assert_double_eq(reading_gap(ticket, NULL).value, -10);
}
END_TEST

START_TEST(the_split_adds_up_to_the_gap)
{
    const struct reading *ticket = &read_as(NONE, NONE, NULL)->items[0];
    ck_assert_uint_eq(ticket->split.missing, 0);
    ck_assert_double_eq(ticket->split.delivery, 50 - 70);
    ck_assert_double_eq(ticket->split.promise, 70 - 90);
    ck_assert_double_eq(ticket->split.other, 90 - 60);
    ck_assert_double_eq(ticket->split.gap, ticket->gap_estimated.value);

    const struct reading *platform = &read_as(ANNA, NONE, NULL)->items[1];
    ck_assert_uint_eq(platform->split.missing, GAP_STANDARD | GAP_PROMISE);
}
END_TEST

START_TEST(inside_the_zone_there_is_no_gap_to_explain)
{
    struct measure rows[] = { measure(0, 1, 66, 2, 100) };
    struct figures figures = { .measures = rows, .measure_count = 1 };
    const struct reading *ticket = &read_as(NONE, NONE, &figures)->items[0];
    ck_assert(ticket->gap_measured.inside);
    ck_assert_double_eq(ticket->gap_measured.value, 0);
    ck_assert_double_nan(ticket->split.delivery);
}
END_TEST

START_TEST(peak_end_weakest_and_the_score_of_the_journey)
{
    const struct readings *all = read_as(KARL, NONE, NULL); /* ticket 50, platform 60, seminar ? */
    ck_assert_int_eq(all->peak, 1);
    ck_assert_int_eq(all->weakest, 0);
    ck_assert_int_eq(all->end, 1);
    ck_assert_double_eq_tol(all->score, (1 * 50 + 3 * 60) / 4.0, 1e-9);
}
END_TEST

START_TEST(the_medium_breaks_between_paper_and_screen)
{
    const struct readings *all = read_as(NONE, NONE, NULL);
    ck_assert(!all->items[0].media_break);
    ck_assert(all->items[1].media_break);
    ck_assert(all->items[2].media_break);
}
END_TEST

START_TEST(a_journey_of_nothing_reads_as_nothing)
{
    const struct journey empty = { .touchpoint_count = 0 };
    const struct readings *all =
        readings_new(&arena, &empty, NULL, &(struct lens){ .persona = NONE, .context = NONE });
    ck_assert_uint_eq(all->count, 0);
    ck_assert_int_eq(all->peak, NONE);
    ck_assert_int_eq(all->weakest, NONE);
    ck_assert_double_nan(all->score);
}
END_TEST

Suite *insight_reading_suite(void)
{
    Suite *suite = suite_create("insight_reading");
    TCase *tests = tcase_create("readings");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_most_particular_expectation_holds);
    tcase_add_test(tests, all_customers_are_the_personas_by_their_shares);
    tcase_add_test(tests, without_a_score_of_its_own_a_touchpoint_takes_that_of_its_aspects);
    tcase_add_test(tests, nothing_said_is_nothing_known);
    tcase_add_test(tests, a_single_metric_keeps_its_interval_and_flags_the_estimate);
    tcase_add_test(tests, metrics_weigh_as_much_as_what_they_measure_matters);
    tcase_add_test(tests, figures_without_anchors_are_told_from_none);
    tcase_add_test(tests, too_few_rows_say_so_instead_of_a_score);
    tcase_add_test(tests, the_split_adds_up_to_the_gap);
    tcase_add_test(tests, inside_the_zone_there_is_no_gap_to_explain);
    tcase_add_test(tests, peak_end_weakest_and_the_score_of_the_journey);
    tcase_add_test(tests, the_medium_breaks_between_paper_and_screen);
    tcase_add_test(tests, a_journey_of_nothing_reads_as_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
