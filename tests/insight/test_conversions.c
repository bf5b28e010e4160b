/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stellwerk/base/time.h>
#include <stellwerk/insight/conversions.h>

#include "insight/printed.h"

#define DAY TIME_US_PER_DAY

/* Touchpoints a, b and the goal c; x is on none. */
enum { A, B, C, X };

static struct touchpoint touchpoints[3];
static struct journey journey = { .touchpoints = touchpoints, .touchpoint_count = 3 };
static struct arena arena;
static struct conversions_builder *builder;

static void set_up(void)
{
    arena_init(&arena);
    builder = conversions_create(&(struct conversions_options){
        .journey = &journey, .goal = NONE, .as_of = 100 * DAY, .close_after = 30 * DAY,
        .half_life = 7 * DAY,
    });
}

static void tear_down(void)
{
    arena_finish(&arena);
}

/* Steps of `days` after each other. */
static void add(int first, int days, const int *steps, size_t count)
{
    struct sequence_step all[16];
    for (size_t i = 0; i < count; i++)
        all[i] = (struct sequence_step){
            .ts = (first + days * (int64_t)i) * DAY, .step = steps[i], .channel = NONE,
        };
    ck_assert(conversions_add(&(struct sequence){ .steps = all, .count = count }, builder));
}

START_TEST(test_paths)
{
    add(0, 7, (const int[]){ A, X, B, C, A }, 5);
    add(0, 1, (const int[]){ A, B, C }, 3);
    add(0, 1, (const int[]){ A, B }, 2);
    add(90, 1, (const int[]){ A, B }, 2);
    add(0, 1, (const int[]){ C }, 1);
    add(0, 1, (const int[]){ X }, 1);
    struct conversions got = conversions_finish(&arena, builder);
    ck_assert_int_eq(got.goal, C);
    ck_assert_uint_eq(got.cases, 6);
    ck_assert_uint_eq(got.converted, 3);
    ck_assert_uint_eq(got.closed, 2);
    ck_assert_uint_eq(got.open, 1);
    ck_assert_uint_eq(got.input.count, 2);
    const struct attribution_path *path = &got.input.paths[0], *straight = &got.input.paths[1];
    ck_assert_uint_eq(path->step_count, 2);
    ck_assert_int_eq(path->steps[1], B);
    ck_assert_double_eq(path->outcome.conversions, 2);
    ck_assert_double_eq(path->outcome.nulls, 1);
    /* Two weeks apart: 1/5 and 4/5; a day apart: 2^(-1/7) to 1. */
    double second = 1 / (1 + exp2(-1.0 / 7));
    ck_same(path->decay[1], (0.8 + second) / 2);
    ck_same(path->decay[0] + path->decay[1], 1);
    ck_assert_uint_eq(straight->step_count, 0);
    ck_assert_double_eq(straight->outcome.conversions, 1);
    ck_assert_double_eq(straight->outcome.nulls, 1);
}
END_TEST

/* By the key of its case; what nobody bought is worth nothing. */
START_TEST(test_values)
{
    struct case_value worth[] = { { 3, 10 }, { 5, 7 }, { 8, 100 } };
    const struct case_values values = { worth, 3 };
    struct sequence_step steps[] = { { 0, A, NONE }, { DAY, C, NONE } };
    conversions_destroy(builder);
    builder = conversions_create(&(struct conversions_options){
        .journey = &journey, .goal = NONE, .as_of = 100 * DAY, .close_after = 30 * DAY,
        .half_life = 7 * DAY, .values = &values,
    });
    for (uint64_t key = 2; key <= 5; key++)
        conversions_add(&(struct sequence){ .steps = steps, .count = 2, .key = key }, builder);
    conversions_add(&(struct sequence){ .steps = steps, .count = 1, .key = 8 }, builder);
    struct conversions got = conversions_finish(&arena, builder);
    ck_assert_uint_eq(got.input.count, 1);
    ck_assert_double_eq(got.input.paths[0].outcome.conversions, 4);
    ck_assert_double_eq(got.input.paths[0].outcome.value, 17);
    ck_assert_double_eq(got.input.paths[0].outcome.nulls, 1);
}
END_TEST

START_TEST(test_credit)
{
    add(0, 7, (const int[]){ A, B, C }, 3);
    add(0, 7, (const int[]){ B, C }, 2);
    add(0, 7, (const int[]){ B }, 1);
    struct conversions got = conversions_finish(&arena, builder);
    struct attribution table =
        attribution_new(&arena, &got.input, &(struct attribution_options){ 0 });
    ck_assert(!table.no_times);
    ck_same(table.rows[A].credits[ATTRIBUTION_DECAY].conversions, 1.0 / 3);
    ck_same(table.rows[B].credits[ATTRIBUTION_DECAY].conversions, 5.0 / 3);
    ck_same(table.rows[B].removals[0].conversions, 1);
    ck_assert_double_eq(table.rows[C].credits[ATTRIBUTION_LINEAR].conversions, 0);
}
END_TEST

START_TEST(test_no_case)
{
    struct conversions got = conversions_finish(&arena, builder);
    ck_assert_uint_eq(got.input.count, 0);
    conversions_destroy(NULL);
}
END_TEST

Suite *insight_conversions_suite(void)
{
    Suite *suite = suite_create("insight_conversions");
    TCase *tests = tcase_create("conversions");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_paths);
    tcase_add_test(tests, test_values);
    tcase_add_test(tests, test_credit);
    tcase_add_test(tests, test_no_case);
    suite_add_tcase(suite, tests);
    return suite;
}
