/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/contrast.h>
#include <stellwerk/insight/distribution.h>

#include "insight/printed.h"

enum { ANNA, KARL, HELGA, PERSONAS };
enum { TICKET, PLATFORM, TOUCHPOINTS };

static struct persona personas[PERSONAS];
static struct context contexts[] = { { .id = "hurried" }, { .id = "relaxed" } };
static struct metric metric = { .id = "csat" };
static int metrics[] = { 0 };
static struct expectation expectations[TOUCHPOINTS];
static struct experience experiences[TOUCHPOINTS][2];
static struct touchpoint touchpoints[TOUCHPOINTS];
static struct journey journey;
static struct measure measures[PERSONAS + 2][TOUCHPOINTS];
static struct figures figures[PERSONAS + 2];
static struct measure all_measures[TOUCHPOINTS];
static struct figures everybody;
static struct arena arena;

static struct measure measured(int touchpoint, double score, double se, uint64_t n)
{
    return (struct measure){
        .touchpoint = touchpoint,
        .status = MEASURE_OK,
        .n = n,
        .value = score,
        .score = score,
        .score_lo = score - Z_95 * se,
        .score_hi = score + Z_95 * se,
        .score_se = se,
        .newest = TIME_NONE,
    };
}

static void setup(void)
{
    arena_init(&arena);
    personas[ANNA] = (struct persona){ .id = "anna", .share = 0.3 };
    personas[KARL] = (struct persona){ .id = "karl", .share = 0.5 };
    personas[HELGA] = (struct persona){ .id = "helga", .share = 0.2 };
    for (int i = 0; i < TOUCHPOINTS; i++) {
        expectations[i] =
            (struct expectation){ .scope = { NONE, NONE }, .adequate = 60, .desired = 80 };
        touchpoints[i] = (struct touchpoint){
            .id = "t",
            .importance = NAN,
            .standard = NAN,
            .channel = NONE,
            .expectations = &expectations[i],
            .expectation_count = 1,
            .metrics = { metrics, 1 },
        };
        all_measures[i] = measured(i, 65, 1, 300);
        for (int j = 0; j < PERSONAS + 2; j++) {
            measures[j][i] = measured(i, 65, 3, 100);
            figures[j] = (struct figures){ .measures = measures[j], .measure_count = TOUCHPOINTS };
        }
    }
    everybody = (struct figures){ .measures = all_measures, .measure_count = TOUCHPOINTS };
    journey = (struct journey){
        .personas = personas,
        .persona_count = PERSONAS,
        .touchpoints = touchpoints,
        .touchpoint_count = TOUCHPOINTS,
        .metrics = &metric,
        .metric_count = 1,
    };
}

static void teardown(void)
{
    arena_finish(&arena);
}

static struct contrasts contrasts(bool with_figures)
{
    struct figures *each[PERSONAS + 2];
    for (size_t i = 0; i < ARRAY_LEN(each); i++)
        each[i] = &figures[i];
    struct lens lens = { .persona = NONE, .context = NONE };
    const struct sides *sides = sides_new(&arena, &journey, &lens, with_figures ? each : NULL,
                                          with_figures ? &everybody : NULL);
    return contrasts_new(&arena, &journey, sides);
}

static const struct contrast *find(const struct contrasts *contrasts, size_t side, int touchpoint)
{
    for (size_t i = 0; i < contrasts->count; i++)
        if (contrasts->items[i].side == side && contrasts->items[i].touchpoint == touchpoint)
            return &contrasts->items[i];
    return NULL;
}

/* Anna 40 ±3 against (0.5 · 65 + 0.2 · 65) / 0.7 with √((0.5·3)² + (0.2·3)²) / 0.7 = 2.3079 */
START_TEST(one_is_held_against_the_others_by_their_shares)
{
    measures[ANNA][TICKET] = measured(TICKET, 40, 3, 100);
    struct contrasts found = contrasts(true);
    ck_assert_uint_eq(found.count, 6);
    ck_assert_uint_eq(found.tested, 6);
    const struct contrast *first = &found.items[0];
    ck_assert_uint_eq(first->side, ANNA);
    ck_assert_int_eq(first->touchpoint, TICKET);
    ck_assert_double_eq_tol(first->value, -25, 1e-9);
    ck_assert_double_eq_tol(first->others, 65, 1e-9);
    double se = hypot(3, hypot(0.5 * 3, 0.2 * 3) / 0.7);
    ck_assert_double_eq_tol(first->lo, -25 - Z_95 * se, 1e-9);
    ck_assert_double_eq_tol(first->hi, -25 + Z_95 * se, 1e-9);
    ck_assert_double_eq_tol(first->p, normal_p(-25 / se), 1e-12);
    ck_assert_double_eq_tol(first->adjusted, fmin(1, 6 * first->p), 1e-12);
    ck_assert_int_eq(first->verdict, VERDICT_SURE);
    ck_assert_uint_eq(first->n, 100);
    ck_assert_double_eq(first->others_n, 200);
}
END_TEST

/* One of 6 tests with p 0.02 alone: adjusted 0.12. */
START_TEST(what_only_looks_like_a_difference_is_noise)
{
    measures[ANNA][TICKET] = measured(TICKET, 65 - 2.326348 * hypot(3, 2.307897), 3, 100);
    struct contrasts found = contrasts(true);
    const struct contrast *anna = find(&found, ANNA, TICKET);
    ck_assert_double_eq_tol(anna->p, 0.02, 1e-4);
    ck_assert_double_ge(anna->adjusted, 0.05);
    ck_assert_int_eq(anna->verdict, VERDICT_NOISE);
    ck_assert_uint_eq(found.sure, 0);
}
END_TEST

START_TEST(without_shares_the_rows_weigh)
{
    personas[HELGA].share = NAN;
    measures[KARL][TICKET] = measured(TICKET, 50, 3, 300);
    struct contrasts found = contrasts(true);
    ck_assert_double_eq_tol(find(&found, ANNA, TICKET)->others, (300 * 50 + 100 * 65) / 400.0,
                            1e-9);
}
END_TEST

/* Everybody is inside the zone at 65, Helga falls 25 short: the average hides her. */
START_TEST(the_average_hides_who_falls_short_alone)
{
    measures[HELGA][PLATFORM] = measured(PLATFORM, 35, 3, 100);
    measures[ANNA][TICKET] = measured(TICKET, 61, 3, 100);
    struct contrasts found = contrasts(true);
    ck_assert_uint_eq(found.hidden, 1);
    const struct contrast *helga = find(&found, HELGA, PLATFORM);
    ck_assert(helga->hidden);
    ck_assert_double_eq(helga->gap.value, -25);
    ck_assert(helga->gap_of_all.inside);
    all_measures[PLATFORM] = measured(PLATFORM, 44, 1, 300); /* 16 short: only 9 less */
    found = contrasts(true);
    ck_assert_uint_eq(found.hidden, 0);
}
END_TEST

START_TEST(figures_of_all_are_nobodys)
{
    for (int i = 0; i < PERSONAS; i++)
        measures[i][TICKET].persona_ignored = true;
    struct contrasts found = contrasts(true);
    ck_assert_uint_eq(found.unknown_to_store, 3);
    ck_assert_ptr_null(find(&found, ANNA, TICKET));
    ck_assert_uint_eq(found.count, 3);
}
END_TEST

START_TEST(estimates_are_compared_and_not_tested)
{
    experiences[TICKET][0] = (struct experience){ .scope = { ANNA, NONE }, .score = 30 };
    experiences[TICKET][1] = (struct experience){ .scope = { NONE, NONE }, .score = 70 };
    touchpoints[TICKET].experiences = experiences[TICKET];
    touchpoints[TICKET].experience_count = 2;
    struct contrasts found = contrasts(false);
    ck_assert_uint_eq(found.count, 1); /* of the others the map says nothing expressly */
    ck_assert_int_eq(found.items[0].verdict, VERDICT_UNTESTED);
    ck_assert_double_eq(found.items[0].value, -40);
    ck_assert_double_nan(found.items[0].lo);
    ck_assert(found.items[0].hidden);
    ck_assert_uint_eq(found.tested, 0);
}
END_TEST

/* S23: 20 for the 30 % in a hurry, 62.5 for the rest: the mean of 49.75 hides them. */
START_TEST(contexts_are_held_against_contexts)
{
    journey.persona_count = 0;
    journey.contexts = contexts;
    journey.context_count = 2;
    measures[0][TICKET] = measured(TICKET, 20, 3, 30);
    measures[1][TICKET] = measured(TICKET, 62.5, 3, 70);
    all_measures[TICKET] = measured(TICKET, 0.3 * 20 + 0.7 * 62.5, 2, 100);
    ck_printed(all_measures[TICKET].score, 49.75, 2);
    struct contrasts found = contrasts(true);
    const struct contrast *hurried = &found.items[0];
    ck_assert_double_eq(hurried->value, -42.5);
    ck_assert(hurried->hidden); /* 40 short where all are 10.25 short */
    ck_assert_int_eq(hurried->verdict, VERDICT_SURE);
    ck_assert_ptr_null(find(&found, 1, TICKET)); /* it would repeat the first */
}
END_TEST

START_TEST(nobody_differs_from_nobody)
{
    journey.persona_count = 0;
    ck_assert_uint_eq(contrasts(true).count, 0);
    journey.persona_count = 1;
    ck_assert_uint_eq(contrasts(true).count, 0);
}
END_TEST

START_TEST(equal_figures_without_an_error_are_not_tested)
{
    for (int i = 0; i < PERSONAS; i++)
        for (int j = 0; j < TOUCHPOINTS; j++)
            measures[i][j] = measured(j, 65, 0, 100);
    struct contrasts found = contrasts(true);
    ck_assert_uint_eq(found.tested, 0);
    ck_assert_int_eq(found.items[0].verdict, VERDICT_UNTESTED);
}
END_TEST

Suite *insight_contrast_suite(void)
{
    Suite *suite = suite_create("insight/contrast");
    TCase *tests = tcase_create("contrast");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, one_is_held_against_the_others_by_their_shares);
    tcase_add_test(tests, what_only_looks_like_a_difference_is_noise);
    tcase_add_test(tests, without_shares_the_rows_weigh);
    tcase_add_test(tests, the_average_hides_who_falls_short_alone);
    tcase_add_test(tests, figures_of_all_are_nobodys);
    tcase_add_test(tests, estimates_are_compared_and_not_tested);
    tcase_add_test(tests, contexts_are_held_against_contexts);
    tcase_add_test(tests, nobody_differs_from_nobody);
    tcase_add_test(tests, equal_figures_without_an_error_are_not_tested);
    suite_add_tcase(suite, tests);
    return suite;
}
