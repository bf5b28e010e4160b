/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/base/time.h>
#include <stellwerk/insight/paths.h>

#include "insight/arcs.h"
#include "insight/printed.h"

#define DAY TIME_US_PER_DAY
#define AS_OF (100 * DAY)
#define CLOSE_AFTER (30 * DAY)

/*
 * A map of five touchpoints, a to e; c may be skipped, d may recur, and e is the goal. A route goes
 * from a straight to e. Channels 0 and 1 are of different media, 1 and 2 of one. x, y and z are on
 * no touchpoint.
 */
enum { A, B, C, D, E, TOUCHPOINTS, X = TOUCHPOINTS, Y, Z };

static struct touchpoint touchpoints[TOUCHPOINTS];
static struct channel channels[] = {
    { .id = "web", .medium = "digital" },
    { .id = "letter", .medium = "paper" },
    { .id = "leaflet", .medium = "paper" },
};
static int straight[] = { A, E };
static struct route route = { .id = "straight", .through = { straight, ARRAY_LEN(straight) } };
static struct journey journey;
static struct arena arena;

static void set_up(void)
{
    arena_init(&arena);
    for (size_t i = 0; i < TOUCHPOINTS; i++)
        touchpoints[i] = (struct touchpoint){ .channel = NONE };
    touchpoints[C].optional = true;
    touchpoints[D].repeatable = true;
    journey = (struct journey){
        .touchpoints = touchpoints,
        .touchpoint_count = TOUCHPOINTS,
        .channels = channels,
        .channel_count = ARRAY_LEN(channels),
        .routes = &route,
        .route_count = 1,
    };
}

static void tear_down(void)
{
    arena_finish(&arena);
}

static struct paths_builder *begin(void)
{
    return paths_create(&(struct paths_options){
        .journey = &journey,
        .route = NONE,
        .goal = NONE,
        .as_of = AS_OF,
        .close_after = CLOSE_AFTER,
        .variants = 10,
    });
}

/* A step a day from `first` on; letters are steps, a digit behind one is its channel. */
static void add(struct paths_builder *builder, int first, const char *text)
{
    struct sequence_step steps[64];
    struct sequence sequence = { .steps = steps };
    for (; *text != '\0'; text++) {
        if (*text >= '0' && *text <= '9') {
            steps[sequence.count - 1].channel = *text - '0';
            continue;
        }
        steps[sequence.count] = (struct sequence_step){
            .ts = (first + (int64_t)sequence.count) * DAY,
            .step = *text >= 'x' ? X + *text - 'x' : *text - 'a',
            .channel = NONE,
        };
        sequence.count++;
    }
    ck_assert(paths_add(&sequence, builder));
}

/* ---- Cases ---- */

START_TEST(test_how_cases_stand)
{
    struct paths_builder *builder = begin();
    add(builder, 0, "abcde");
    add(builder, 95, "ae");   /* completed, however new */
    add(builder, 0, "ab");    /* closed */
    add(builder, 69, "ab");   /* last seen on day 70: 30 days are not more than 30 */
    add(builder, 68, "ab");
    add(builder, 0, "xy");    /* closed, and never on the map */
    struct paths got = paths_finish(&arena, builder);
    ck_assert_uint_eq(got.cases, 6);
    ck_assert_uint_eq(got.events, 5 + 2 + 2 + 2 + 2 + 2);
    ck_assert_uint_eq(got.completed, 2);
    ck_assert_uint_eq(got.closed, 3);
    ck_assert_uint_eq(got.open, 1);
    ck_assert_uint_eq(got.closed_elsewhere, 1);
    ck_assert_int_eq(got.goal, E);
    ck_assert_uint_eq(got.columns[B].present, 4);
    ck_assert_uint_eq(got.columns[B].settled, 3);
    ck_assert_uint_eq(got.columns[B].dropped, 2);
    ck_assert_uint_eq(got.columns[E].dropped, 0);
    ck_assert_uint_eq(got.detoured, 1);
}
END_TEST

/* Repeats at once make no other way; coming back later does. */
START_TEST(test_ways)
{
    struct paths_builder *builder = begin();
    add(builder, 0, "abde");
    add(builder, 0, "aabdde");
    add(builder, 0, "abbbbde");
    add(builder, 0, "abade");
    add(builder, 0, "aab");
    struct paths got = paths_finish(&arena, builder);
    ck_assert_uint_eq(got.variants_in_all, 5);
    ck_assert_uint_eq(got.ways_in_all, 3);
    ck_assert_uint_eq(got.way_count, 3);
    ck_assert_uint_eq(got.ways[0].cases, 3);
    ck_assert_uint_eq(got.ways[0].completed, 3);
    ck_assert_uint_eq(got.ways[0].count, 4);
    ck_assert_int_eq(got.ways[0].steps[3], E);
    ck_assert_double_eq_tol(got.ways[0].again, 5.0 / 3, 1e-12);
    /* d may recur; a and b may not: 1, 1 - 1/10, 1 - 3/11. */
    ck_assert_double_eq_tol(got.ways[0].fitness, (1 + 1 - 1.0 / 10 + 1 - 3.0 / 11) / 3, 1e-9);
    ck_assert_uint_eq(got.ways[1].cases, 1);
    /* Of equally many cases the one whose steps come first: a b, then a b a d e. */
    ck_assert_uint_eq(got.ways[1].count, 2);
    ck_assert(isnan(got.ways[1].fitness));
    ck_assert_uint_eq(got.ways[2].count, 5);
}
END_TEST

START_TEST(test_columns)
{
    struct paths_builder *builder = begin();
    add(builder, 0, "abcde");
    add(builder, 0, "abde");    /* without the optional one */
    add(builder, 0, "ae");      /* by the route */
    add(builder, 0, "acde");    /* skips b, and no route allows that */
    add(builder, 0, "babdde");  /* back and on again; d may recur */
    add(builder, 0, "axbyyb");  /* closed at b */
    struct paths got = paths_finish(&arena, builder);
    static const struct path_column expected[] = {
        { .present = 6, .visits = 6, .passed = 6, .skipped = 0, .pairs = 6, .in_order = 5 },
        { .present = 4, .visits = 6, .repeated = 2, .passed = 5, .skipped = 2,
          .skipped_as_designed = 1, .pairs = 3, .in_order = 3 },
        { .present = 2, .visits = 2, .passed = 5, .skipped = 3, .skipped_as_designed = 3,
          .pairs = 2, .in_order = 2 },
        { .present = 4, .visits = 5, .repeated = 1, .passed = 5, .skipped = 1,
          .skipped_as_designed = 1, .pairs = 4, .in_order = 4 },
        { .present = 5, .visits = 5 },
    };
    for (size_t i = 0; i < TOUCHPOINTS; i++) {
        const struct path_column *column = &got.columns[i], *want = &expected[i];
        ck_assert_int_eq(column->touchpoint, (int)i);
        ck_assert_uint_eq(column->present, want->present);
        ck_assert_uint_eq(column->visits, want->visits);
        ck_assert_uint_eq(column->repeated, want->repeated);
        ck_assert_uint_eq(column->passed, want->passed);
        ck_assert_uint_eq(column->skipped, want->skipped);
        ck_assert_uint_eq(column->skipped_as_designed, want->skipped_as_designed);
        ck_assert_uint_eq(column->pairs, want->pairs);
        ck_assert_uint_eq(column->in_order, want->in_order);
    }
}
END_TEST

START_TEST(test_time_to_the_next_column)
{
    struct paths_builder *builder = begin();
    add(builder, 0, "abe");
    add(builder, 0, "axbe");
    add(builder, 0, "axaybe"); /* from the first visit: 4 days */
    add(builder, 94, "a");     /* open for 6 days */
    add(builder, 0, "a");      /* closed: does not wait */
    struct paths got = paths_finish(&arena, builder);
    const struct path_column *column = &got.columns[A];
    ck_assert_double_eq(column->median.n, 4);
    ck_assert_double_eq(column->median.value, 2.0 * (double)DAY);
    ck_assert_double_nan(column->p90.value); /* a quarter still waits */
    ck_assert_uint_eq(column->waiting, 1);
    ck_assert(!column->approximate);
    ck_assert_double_eq(got.columns[B].median.value, (double)DAY);
    ck_assert_double_nan(got.columns[E].median.value);
}
END_TEST

/* More times than are kept one by one. */
START_TEST(test_many_times)
{
    enum { CASES = 3 * WAITS_EXACT };
    struct paths_builder *builder = begin();
    for (int i = 0; i < CASES; i++) {
        const struct sequence_step steps[] = {
            { .ts = 0, .step = A, .channel = NONE },
            { .ts = 1 + (int64_t)i * 7919 % CASES * 1000003, .step = E, .channel = NONE },
        };
        paths_add(&(struct sequence){ .steps = steps, .count = 2 }, builder);
    }
    struct paths got = paths_finish(&arena, builder);
    double median = (CASES / 2 - 1) * 1000003.0, p90 = CASES * 0.9 * 1000003.0;
    ck_assert(got.columns[A].approximate);
    ck_assert_double_eq_tol(got.columns[A].median.value, median, median * WAITS_ERROR);
    ck_assert_double_eq_tol(got.columns[A].p90.value, p90, p90 * WAITS_ERROR);
    ck_assert_uint_eq(got.variants_in_all, 1);
}
END_TEST

/* ---- Transitions ---- */

START_TEST(test_transitions)
{
    struct paths_builder *builder = begin();
    add(builder, 0, "abdde"); /* over the optional c is as designed, and d may recur */
    add(builder, 0, "ae");    /* as the route goes */
    add(builder, 0, "aabe");  /* a loop; and d is left out */
    add(builder, 0, "abxae"); /* back, with something off the map in between */
    struct paths got = paths_finish(&arena, builder);
    ck_assert_uint_eq(got.transitions[TRANSITION_DESIGNED], 4 + 1 + 1 + 2);
    ck_assert_uint_eq(got.transitions[TRANSITION_LOOP], 1);
    ck_assert_uint_eq(got.transitions[TRANSITION_JUMP], 1);
    ck_assert_uint_eq(got.transitions[TRANSITION_BACK], 1);
    ck_assert_uint_eq(got.transitions[TRANSITION_OFF], 1);
    ck_assert_uint_eq(got.follows, 4 + 1 + 3 + 4);
    ck_assert_int_eq(got.arcs[0].from, PATH_BEGIN);
    ck_assert_int_eq(got.arcs[0].to, A);
    ck_assert_uint_eq(got.arcs[0].count, 4);
    ck_assert_int_eq(find_arc(&got, B, X)->kind, TRANSITION_OFF);
    ck_assert_int_eq(find_arc(&got, PATH_BEGIN, A)->kind, TRANSITION_DESIGNED);
    ck_assert_int_eq(find_arc(&got, E, PATH_END)->kind, TRANSITION_DESIGNED);
    ck_assert_int_eq(find_arc(&got, B, E)->kind, TRANSITION_JUMP);
    ck_assert_uint_eq(find_arc(&got, A, B)->count, 3);
    ck_assert_double_eq(find_arc(&got, A, B)->mean_time, (double)DAY);
    ck_assert_double_nan(find_arc(&got, PATH_BEGIN, A)->mean_time);
    ck_assert_uint_eq(got.detour_count, 1);
    ck_assert_int_eq(got.detours[0].step, X);
    ck_assert_uint_eq(got.detours[0].cases, 1);
}
END_TEST

START_TEST(test_media_breaks)
{
    touchpoints[B].channel = 1;
    struct paths_builder *builder = begin();
    add(builder, 0, "a0b1");  /* breaks, and ends there */
    add(builder, 0, "a0be");  /* b says nothing: as designed, so a break too */
    add(builder, 0, "a1b2e"); /* another channel of the same medium */
    add(builder, 0, "a0b0e");
    add(builder, 0, "a9b0e"); /* nobody knows the medium of channel 9 */
    add(builder, 0, "ab0");
    struct paths got = paths_finish(&arena, builder);
    const struct path_arc *arc = find_arc(&got, A, B);
    ck_assert_uint_eq(arc->count, 6);
    ck_assert_uint_eq(arc->switches, 4);
    ck_assert_uint_eq(arc->breaks, 2);
    ck_assert_uint_eq(arc->settled, 6);
    ck_assert_uint_eq(arc->dropped, 2);
    ck_assert_uint_eq(arc->settled_breaks, 2);
    ck_assert_uint_eq(arc->dropped_breaks, 1);
    ck_assert_double_eq(arc->mean_break_time, (double)DAY);
    ck_assert_uint_eq(got.switches, 4);
    ck_assert_uint_eq(got.breaks, 2);
    ck_assert_double_nan(find_arc(&got, B, E)->mean_break_time);
}
END_TEST

/* ---- Variants and fitness ---- */

START_TEST(test_variants)
{
    struct paths_builder *builder = begin();
    add(builder, 0, "ab");
    for (int i = 0; i < 3; i++)
        add(builder, 0, "ae");
    add(builder, 0, "ba");
    add(builder, 50, "ab");
    struct paths got = paths_finish(&arena, builder);
    ck_assert_uint_eq(got.variants_in_all, 3);
    ck_assert_uint_eq(got.variants[0].cases, 3);
    ck_assert_uint_eq(got.variants[0].count, 2);
    ck_assert_int_eq(got.variants[0].steps[1], E);
    ck_assert(got.variants[0].completed);
    ck_assert_int_eq(got.variants[0].route, 0);
    ck_assert_double_eq(got.variants[0].fitness, 1);
    ck_assert_uint_eq(got.variants[1].cases, 2);
    ck_assert_double_nan(got.variants[1].fitness);
    ck_assert(!got.variants_cut);
}
END_TEST

/* All columns: 4 required ones; the route: 2. */
START_TEST(test_fitness)
{
    static const struct {
        const char *steps;
        double fitness;
        int route;
    } rows[] = {
        { "abcde", 1, NONE },
        { "abde", 1, NONE },
        { "abddde", 1, NONE },
        { "ae", 1, 0 },
        { "axe", 1 - 1.0 / 5, 0 },      /* one more than the route has */
        { "abbde", 1 - 1.0 / 9, NONE }, /* b does not recur */
        { "bade", 1 - 2.0 / 8, NONE },  /* one moved: out of its place and missing there */
        { "abe", 1 - 1.0 / 7, NONE },   /* d is missing; by the route, b is too much: 1 - 1/5 */
        { "e", 1 - 1.0 / 3, 0 },
        { "xye", 1 - 3.0 / 5, 0 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct paths_builder *builder = begin();
        add(builder, 0, rows[i].steps);
        struct paths got = paths_finish(&arena, builder);
        ck_assert_msg(fabs(got.variants[0].fitness - rows[i].fitness) < 1e-12, "%s: %g",
                      rows[i].steps, got.variants[0].fitness);
        ck_assert_int_eq(got.variants[0].route, rows[i].route);
        ck_assert_double_eq_tol(got.fitness.value, got.variants[0].fitness, 1e-12);
        ck_assert_uint_eq(got.fit_cases, 1);
    }
}
END_TEST

START_TEST(test_mean_fitness)
{
    struct paths_builder *builder = begin();
    for (int i = 0; i < 3; i++)
        add(builder, 0, "abcde");
    add(builder, 0, "axe");
    add(builder, 0, "ab");
    struct paths got = paths_finish(&arena, builder);
    ck_assert_uint_eq(got.fit_cases, 4);
    ck_same(got.fitness.value, 0.95);
    ck_same(got.fitness.se, 0.05); /* sd 0.1 of four */
    ck_assert_double_eq(got.fitness.interval.high, 1);
}
END_TEST

/* A route as the design: its touchpoints are the columns, all others lie beside it. */
START_TEST(test_a_route)
{
    struct paths_builder *builder = paths_create(&(struct paths_options){
        .journey = &journey, .route = 0, .goal = NONE, .as_of = AS_OF,
        .close_after = CLOSE_AFTER, .variants = 1,
    });
    add(builder, 0, "abe");
    struct paths got = paths_finish(&arena, builder);
    ck_assert_uint_eq(got.column_count, 2);
    ck_assert_int_eq(got.columns[1].touchpoint, E);
    ck_assert_int_eq(got.detours[0].step, B);
    ck_assert_uint_eq(got.transitions[TRANSITION_OFF], 1);
    ck_assert_double_eq_tol(got.fitness.value, 1 - 1.0 / 5, 1e-12);
}
END_TEST

/* ---- Nothing, and too much ---- */

START_TEST(test_no_case)
{
    struct paths got = paths_finish(&arena, begin());
    ck_assert_uint_eq(got.cases, 0);
    ck_assert_double_nan(got.fitness.value);
    ck_assert_double_nan(got.columns[A].median.value);
    ck_assert_uint_eq(got.arc_count, 0);
    paths_destroy(begin());
    paths_destroy(NULL);
}
END_TEST

START_TEST(test_no_touchpoints)
{
    struct journey empty = { 0 };
    struct paths_builder *builder =
        paths_create(&(struct paths_options){ .journey = &empty, .route = NONE, .goal = NONE,
                                              .as_of = AS_OF, .close_after = DAY, .variants = 5 });
    add(builder, 0, "ab");
    struct paths got = paths_finish(&arena, builder);
    ck_assert_int_eq(got.goal, NONE);
    ck_assert_uint_eq(got.closed_elsewhere, 1);
    ck_assert_uint_eq(got.detour_count, 2);
}
END_TEST

/* A case of 100,000 events over 5,000 activities, and as many cases of one event each. */
START_TEST(test_absurd_cases)
{
    enum { EVENTS = 100000, ACTIVITIES = 5000 };
    struct paths_builder *builder = begin();
    struct sequence_step *steps = memory_alloc(EVENTS * sizeof(*steps));
    for (int i = 0; i < EVENTS; i++)
        steps[i] = (struct sequence_step){ .ts = i, .step = i % ACTIVITIES, .channel = NONE };
    paths_add(&(struct sequence){ .steps = steps, .count = EVENTS }, builder);
    for (int i = 0; i < EVENTS; i++)
        paths_add(&(struct sequence){ .steps = &steps[i], .count = 1 }, builder);
    struct paths got = paths_finish(&arena, builder);
    ck_assert_uint_eq(got.cases, EVENTS + 1);
    ck_assert_uint_eq(got.follows, EVENTS - 1);
    ck_assert_uint_eq(got.follows_count, ACTIVITIES);
    ck_assert_uint_eq(got.variants_in_all, ACTIVITIES + 1);
    ck_assert_uint_eq(got.columns[A].visits, 2 * EVENTS / ACTIVITIES);
    free(steps);
}
END_TEST

Suite *insight_paths_suite(void)
{
    Suite *suite = suite_create("insight_paths");
    TCase *tests = tcase_create("paths");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_how_cases_stand);
    tcase_add_test(tests, test_ways);
    tcase_add_test(tests, test_columns);
    tcase_add_test(tests, test_time_to_the_next_column);
    tcase_add_test(tests, test_many_times);
    tcase_add_test(tests, test_transitions);
    tcase_add_test(tests, test_media_breaks);
    tcase_add_test(tests, test_variants);
    tcase_add_test(tests, test_fitness);
    tcase_add_test(tests, test_mean_fitness);
    tcase_add_test(tests, test_a_route);
    tcase_add_test(tests, test_no_case);
    tcase_add_test(tests, test_no_touchpoints);
    tcase_add_test(tests, test_absurd_cases);
    suite_add_tcase(suite, tests);
    return suite;
}
