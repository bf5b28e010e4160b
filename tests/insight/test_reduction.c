/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/reduction.h>

#include "insight/printed.h"

enum { A, B, C, D, COUNT };

static struct channel channels[] = {
    { .id = "web", .medium = "digital" }, { .id = "desk", .medium = "place" }
};
static struct stage stages[] = { { .id = "one", .first = 0, .count = 2 },
                                 { .id = "two", .first = 2, .count = 2 } };
static struct experience felt[COUNT];
static struct expectation expected[COUNT];
static struct touchpoint touchpoints[COUNT];
static int ways[][3] = { { A, B, D }, { B, C, B } };
static struct route routes[] = { { .id = "r", .through = { ways[0], 3 } },
                                 { .id = "s", .through = { ways[1], 3 } } };
static struct budget budgets[] = { { .touchpoint = B, .gap = -10 }, { .touchpoint = NONE },
                                   { .touchpoint = D, .gap = -20 } };
static struct journey journey;
static struct lens lens = { .persona = NONE, .context = NONE };
static struct arena arena;
static int fates[COUNT];

static void set_up(void)
{
    static const double scores[COUNT] = { 80, 20, 60, 90 };
    static const double importance[COUNT] = { 2, 4, 1, 3 };
    static const int on[COUNT] = { 0, 1, 0, 0 };
    arena_init(&arena);
    for (int i = 0; i < COUNT; i++) {
        fates[i] = FATE_KEPT;
        felt[i] = (struct experience){ .scope = { NONE, NONE }, .score = scores[i] };
        expected[i] =
            (struct expectation){ .scope = { NONE, NONE }, .adequate = 50, .desired = 70 };
        touchpoints[i] = (struct touchpoint){
            .id = (const char *const[]){ "a", "b", "c", "d" }[i], .title = "T", .stage = i / 2,
            .channel = on[i], .importance = importance[i], .standard = NAN,
            .optional = i == C, .moment_of_truth = i == A,
            .experiences = &felt[i], .experience_count = 1,
            .expectations = &expected[i], .expectation_count = 1,
        };
    }
    journey = (struct journey){
        .stages = stages, .stage_count = 2, .touchpoints = touchpoints, .touchpoint_count = COUNT,
        .channels = channels, .channel_count = 2, .routes = routes, .route_count = 2,
        .budgets = budgets, .budget_count = 3,
    };
}

static void tear_down(void)
{
    arena_finish(&arena);
}

static const struct reduction *reduce(const struct contacts *contacts, const double *values)
{
    return reduction_new(&arena, &(struct reduction_input){
                                     .journey = &journey,
                                     .readings = readings_new(&arena, &journey, NULL, &lens),
                                     .lens = &lens,
                                     .contacts = contacts,
                                     .values = values,
                                     .fates = fates,
                                 });
}

START_TEST(fates_follow_each_other)
{
    fates_set(fates, COUNT, A, B);
    fates_set(fates, COUNT, B, C);
    ck_assert_int_eq(fates[A], C); /* goes along */
    fates_set(fates, COUNT, C, A);
    ck_assert_int_eq(fates[A], FATE_KEPT); /* takes it in now */
    ck_assert_int_eq(fates[B], A);
    ck_assert_int_eq(fates[C], A);
    fates_set(fates, COUNT, A, FATE_REMOVED);
    ck_assert_int_eq(fates[B], FATE_KEPT);
    ck_assert_int_eq(fates[C], FATE_KEPT);
    ck_assert_uint_eq(fates_count(fates, COUNT, false), 1);
    ck_assert_uint_eq(fates_count(fates, COUNT, true), 0);
    ck_assert_uint_eq(fates_count(NULL, COUNT, true), 0);
}
END_TEST

START_TEST(the_neighbour_is_one_that_is_kept)
{
    fates_set(fates, COUNT, B, FATE_REMOVED);
    ck_assert_int_eq(fates_neighbour(fates, COUNT, C, -1), A);
    ck_assert_int_eq(fates_neighbour(fates, COUNT, A, -1), NONE);
    ck_assert_int_eq(fates_neighbour(fates, COUNT, A, 1), C);
    ck_assert_int_eq(fates_neighbour(fates, COUNT, D, 1), NONE);
}
END_TEST

START_TEST(the_journey_after_is_whole)
{
    int *origins;
    fates_set(fates, COUNT, A, B);
    fates_set(fates, COUNT, C, FATE_REMOVED);
    const struct journey *got = journey_reduced(&arena, &journey, fates, &origins);
    ck_assert_uint_eq(got->touchpoint_count, 2);
    ck_assert_int_eq(origins[0], B);
    ck_assert_int_eq(origins[1], D);
    ck_assert(got->touchpoints[0].moment_of_truth);
    ck_assert_double_eq(got->touchpoints[0].importance, 4);
    ck_assert_uint_eq(got->stages[0].count, 1);
    ck_assert_uint_eq(got->stages[1].first, 1);
    ck_assert_uint_eq(got->stages[1].count, 1);
    ck_assert_uint_eq(got->route_count, 2);
    ck_assert_uint_eq(got->routes[0].through.count, 2); /* b once, d */
    ck_assert_int_eq(got->routes[0].through.items[1], 1);
    ck_assert_uint_eq(got->routes[1].through.count, 1); /* b and b again, with nothing between */
    ck_assert_uint_eq(got->budget_count, 3);
    ck_assert_int_eq(got->budgets[0].touchpoint, 0);
    ck_assert_int_eq(got->budgets[2].touchpoint, 1);
    ck_assert_uint_eq(journey.touchpoint_count, COUNT); /* the old one is as it was */
    ck_assert(!touchpoints[B].moment_of_truth);
}
END_TEST

START_TEST(scores_are_those_of_the_map_after)
{
    fates_set(fates, COUNT, B, FATE_REMOVED);
    const struct reduction *got = reduce(NULL, NULL);
    ck_same(got->before.score, (2 * 80 + 4 * 20 + 60 + 3 * 90) / 10.0);
    ck_same(got->after.score, (2 * 80 + 60 + 3 * 90) / 6.0);
    ck_same(got->before.peak_end, 55);
    ck_same(got->after.peak_end, 75);
    ck_assert_int_eq(got->before.weakest, B);
    ck_assert_int_eq(got->after.weakest, C); /* as the journey before numbers them */
    ck_same(got->before.gap, (2 * 10 + 4 * -30 + 0 + 3 * 20) / 10.0);
    ck_same(got->before.worst_gap, -30);
    ck_assert_int_eq(got->after.worst, C);
    ck_assert_uint_eq(got->before.breaks, 2);
    ck_assert_uint_eq(got->after.breaks, 0);
    ck_assert_uint_eq(got->after.touchpoints, 3);
    ck_assert_uint_eq(got->after.required, 2);
    ck_assert(!got->before.measured);
    ck_assert_uint_eq(got->removed, 1);
}
END_TEST

START_TEST(without_marks_nothing_changes)
{
    const struct reduction *got = reduce(NULL, NULL);
    ck_same(got->after.score, got->before.score);
    ck_assert_uint_eq(got->removed + got->merged, 0);
}
END_TEST

START_TEST(what_carries_least_leads)
{
    const double values[COUNT] = { 0.5, 0.25, 0.25, NAN };
    touchpoints[C].importance = NAN;
    const struct reduction *got = reduce(NULL, values);
    /* a: (2/4 + 1) / 2, b: (1 + 1/2) / 2, c: 1/2, d: 3/4. Equal ones stay in order. */
    ck_assert_int_eq(got->rows[0].touchpoint, C);
    ck_same(got->rows[0].carries, 0.5);
    ck_assert_int_eq(got->rows[1].touchpoint, A);
    ck_same(got->rows[1].carries, 0.75);
    ck_assert_int_eq(got->rows[3].touchpoint, D);
    ck_same(got->rows[3].carries, 0.75);
    touchpoints[D].importance = NAN;
    got = reduce(NULL, values);
    ck_assert_int_eq(got->rows[3].touchpoint, D); /* nothing is known of it */
    ck_assert(isnan(got->rows[3].carries));
}
END_TEST

/* Every case searched twice: once, some cases more, from 2 contacts on. */
static struct contacts contacts_of(struct contact_row *rows, size_t count, struct contact *all,
                                   uint64_t each)
{
    for (size_t i = 0; i < count; i++)
        rows[i] = (struct contact_row){ .contacts = all, .count = 2 + i, .cases = each };
    return (struct contacts){ .rows = rows, .count = count, .cases = count * each, .goal = D };
}

START_TEST(the_benchmark_is_held_against_the_interval)
{
    static const struct {
        double most;
        enum benchmark_state state;
    } cases[] = {
        { 2, BENCHMARK_BROKEN }, { 2.5, BENCHMARK_UNSURE }, { 3, BENCHMARK_KEPT }
    };
    struct contact all[3] = { { A, NONE, 0 }, { B, NONE, 0 }, { C, NONE, 0 } };
    struct contact_row rows[2];
    struct contacts contacts = contacts_of(rows, 2, all, 50);
    ck_assert_int_eq(reduce(&contacts, NULL)->before.benchmark, BENCHMARK_NONE);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        journey.benchmark = (struct benchmark){ .contacts = cases[i].most, .pos = { .line = 1 } };
        const struct reduction *got = reduce(&contacts, NULL);
        ck_assert_double_eq(got->before.contacts.per_case.value, 2.5);
        ck_assert_int_eq(got->before.benchmark, cases[i].state);
    }
    ck_assert_int_eq(reduce(NULL, NULL)->before.benchmark, BENCHMARK_NONE);
}
END_TEST

START_TEST(a_journey_without_its_goal_has_no_end)
{
    struct contact all[2] = { { A, NONE, 0 }, { B, NONE, 0 } };
    struct contact_row rows[1];
    struct contacts contacts = contacts_of(rows, 1, all, 3);
    ck_assert(!reduce(&contacts, NULL)->loses_goal);
    fates_set(fates, COUNT, D, FATE_REMOVED);
    const struct reduction *got = reduce(&contacts, NULL);
    ck_assert(got->loses_goal);
    for (int i = 0; i < COUNT; i++)
        fates_set(fates, COUNT, i, FATE_REMOVED);
    got = reduce(&contacts, NULL);
    ck_assert_uint_eq(got->after.touchpoints, 0);
    ck_assert(isnan(got->after.score));
    ck_assert_int_eq(got->after.weakest, NONE);
    ck_assert_uint_eq(got->after.contacts.none, 3);
}
END_TEST

Suite *insight_reduction_suite(void)
{
    Suite *suite = suite_create("insight_reduction");
    TCase *tests = tcase_create("reduction");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, fates_follow_each_other);
    tcase_add_test(tests, the_neighbour_is_one_that_is_kept);
    tcase_add_test(tests, the_journey_after_is_whole);
    tcase_add_test(tests, scores_are_those_of_the_map_after);
    tcase_add_test(tests, without_marks_nothing_changes);
    tcase_add_test(tests, what_carries_least_leads);
    tcase_add_test(tests, the_benchmark_is_held_against_the_interval);
    tcase_add_test(tests, a_journey_without_its_goal_has_no_end);
    suite_add_tcase(suite, tests);
    return suite;
}
