/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/insight/attribution.h>

#include "insight/printed.h"
#include "support.h"

static struct arena arena;

static void set_up(void)
{
    arena_init(&arena);
}

static void tear_down(void)
{
    arena_finish(&arena);
}

/* Steps are letters; "" goes straight to the end. */
struct row {
    const char *steps;
    double conversions, nulls;
};

static struct attribution_input read_rows(const struct row *rows, size_t count, char first,
                                          size_t touchpoints)
{
    struct attribution_path *paths = arena_array(&arena, count, sizeof(*paths));
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(rows[i].steps);
        int *steps = arena_array(&arena, length, sizeof(*steps));
        for (size_t k = 0; k < length; k++)
            steps[k] = rows[i].steps[k] - first;
        paths[i] = (struct attribution_path){
            .steps = steps,
            .step_count = length,
            .outcome = {
                .conversions = rows[i].conversions,
                .value = 10 * rows[i].conversions,
                .nulls = rows[i].nulls,
            },
        };
    }
    return (struct attribution_input){ .paths = paths, .count = count, .touchpoints = touchpoints };
}

static struct attribution attribute_rows(const struct row *rows, size_t count, char first,
                                         size_t touchpoints)
{
    struct attribution_input input = read_rows(rows, count, first, touchpoints);
    return attribution_new(&arena, &input, &(struct attribution_options){ 0 });
}

#define TOUCHPOINTS 3

/* What the models must say of three touchpoints. */
struct expected {
    enum attribution_model model;
    double credits[TOUCHPOINTS];
};

static void check_credits(const struct attribution *got, const struct expected *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t t = 0; t < TOUCHPOINTS; t++) {
            const struct credit *credit = &got->rows[t].credits[rows[i].model];
            ck_assert_msg(fabs(credit->conversions - rows[i].credits[t]) < 1e-12,
                          "%s of %zu: %.15g", attribution_model_name(rows[i].model), t,
                          credit->conversions);
            ck_same(credit->value, 10 * rows[i].credits[t]);
        }
    }
}

/* `removals` as [order][touchpoint]. */
static void check_removals(const struct attribution *got,
                           const double removals[][TOUCHPOINTS], double conversion)
{
    for (size_t k = 0; k < ATTRIBUTION_ORDERS; k++) {
        ck_same(got->orders[k].conversion, conversion);
        for (size_t t = 0; t < TOUCHPOINTS; t++) {
            ck_same(got->rows[t].removals[k].conversions, removals[k][t]);
            ck_same(got->rows[t].removals[k].value, removals[k][t]);
        }
    }
}

/* The example of Bryl 2016. */
START_TEST(test_three_journeys)
{
    static const struct row rows[] = { { "abc", 1, 0 }, { "a", 0, 1 }, { "bc", 0, 1 } };
    static const struct expected expected[] = {
        { ATTRIBUTION_FIRST, { 1, 0, 0 } },
        { ATTRIBUTION_LAST, { 0, 0, 1 } },
        { ATTRIBUTION_LINEAR, { 1.0 / 3, 1.0 / 3, 1.0 / 3 } },
        { ATTRIBUTION_POSITION, { 0.4, 0.2, 0.4 } },
        { ATTRIBUTION_MARKOV_1, { 0.2, 0.4, 0.4 } },
        { ATTRIBUTION_MARKOV_2, { 0.2, 0.4, 0.4 } },
        { ATTRIBUTION_MARKOV_3, { 1.0 / 3, 1.0 / 3, 1.0 / 3 } },
    };
    static const double removals[][TOUCHPOINTS] = { { 0.5, 1, 1 }, { 0.5, 1, 1 }, { 1, 1, 1 } };
    struct attribution got = attribute_rows(rows, ARRAY_LEN(rows), 'a', TOUCHPOINTS);
    check_credits(&got, expected, ARRAY_LEN(expected));
    check_removals(&got, removals, 1.0 / 3);
    ck_assert(!got.no_nulls);
    ck_assert(got.no_times);
    ck_assert_uint_eq(got.known, ATTRIBUTION_ALL & ~ATTRIBUTION_BIT(ATTRIBUTION_DECAY));
    ck_assert_double_nan(got.rows[0].credits[ATTRIBUTION_DECAY].conversions);
    for (size_t t = 0; t < TOUCHPOINTS; t++) {
        ck_same(got.rows[t].present, 1);
        ck_same(got.rows[t].journeys, 2.0 / 3);
    }
    ck_same(got.rows[0].lowest, 0);
    ck_same(got.rows[0].highest, 1);
    ck_same(got.rows[1].highest, 0.4);
}
END_TEST

START_TEST(test_nine_journeys_that_all_convert)
{
    static const struct row rows[] = {
        { "a", 1, 0 },  { "ab", 1, 0 },  { "abc", 1, 0 }, { "b", 1, 0 },  { "ba", 1, 0 },
        { "bca", 1, 0 }, { "c", 1, 0 }, { "ca", 1, 0 },  { "cba", 1, 0 },
    };
    static const struct expected expected[] = {
        { ATTRIBUTION_FIRST, { 3, 3, 3 } },
        { ATTRIBUTION_LAST, { 5, 2, 2 } },
        { ATTRIBUTION_LINEAR, { 3.5, 3, 2.5 } },
        { ATTRIBUTION_POSITION, { 3.7, 2.8, 2.5 } },
        { ATTRIBUTION_MARKOV_1, { 855.0 / 241, 684.0 / 241, 630.0 / 241 } },
        { ATTRIBUTION_MARKOV_2, { 117.0 / 35, 108.0 / 35, 18.0 / 7 } },
        { ATTRIBUTION_MARKOV_3, { 3.5, 3, 2.5 } },
    };
    static const double removals[][TOUCHPOINTS] = {
        { 2.0 / 3, 8.0 / 15, 28.0 / 57 },
        { 13.0 / 18, 2.0 / 3, 5.0 / 9 },
        { 7.0 / 9, 2.0 / 3, 5.0 / 9 },
    };
    struct attribution got = attribute_rows(rows, ARRAY_LEN(rows), 'a', TOUCHPOINTS);
    check_credits(&got, expected, ARRAY_LEN(expected));
    check_removals(&got, removals, 1);
    ck_assert(got.no_nulls);
    ck_same(got.rows[0].present * 9, 7);
    ck_same(got.rows[1].present * 9, 6);
    ck_same(got.rows[2].present * 9, 5);
    ck_assert_uint_eq(got.orders[0].states, 4);
}
END_TEST

/* Repeats change nothing at order 1, and something at order 2. */
START_TEST(test_repeats)
{
    static const struct row with[] = {
        { "xyz", 3, 5 }, { "xxy", 4, 1 }, { "yx", 2, 7 }, { "zxx", 1, 6 },
    };
    static const struct row without[] = {
        { "xyz", 3, 5 }, { "xy", 4, 1 }, { "yx", 2, 7 }, { "zx", 1, 6 },
    };
    static const double first[] = { 347.0 / 550, 1003.0 / 1450, 2389.0 / 5210 };
    struct attribution looped = attribute_rows(with, ARRAY_LEN(with), 'x', TOUCHPOINTS);
    struct attribution plain = attribute_rows(without, ARRAY_LEN(without), 'x', TOUCHPOINTS);
    for (size_t k = 0; k < ATTRIBUTION_ORDERS; k++) {
        ck_same(looped.orders[k].conversion, 10.0 / 29);
        ck_same(plain.orders[k].conversion, 10.0 / 29);
    }
    for (size_t t = 0; t < TOUCHPOINTS; t++) {
        ck_same(looped.rows[t].removals[0].conversions, first[t]);
        ck_same(plain.rows[t].removals[0].conversions, first[t]);
    }
    ck_same(looped.rows[0].removals[1].conversions, 1);
    ck_same(looped.rows[1].removals[1].conversions, 0.9);
    ck_same(looped.rows[2].removals[1].conversions, 233.0 / 520);
    ck_same(plain.rows[0].removals[1].conversions, 1);
    ck_same(plain.rows[1].removals[1].conversions, 0.9);
    ck_same(plain.rows[2].removals[1].conversions, 0.4);
}
END_TEST

/* The Shapley value of the game of coalitions, each split equally over its members. */
START_TEST(test_linear_is_the_shapley_value)
{
    static const struct row rows[] = {
        { "a", 20, 0 }, { "b", 10, 0 }, { "c", 17, 0 }, { "ab", 17, 0 }, { "ca", 30, 0 },
        { "cba", 4, 0 }, { "abccba", 2, 0 },
    };
    struct attribution got = attribute_rows(rows, ARRAY_LEN(rows), 'a', TOUCHPOINTS);
    ck_same(got.rows[0].credits[ATTRIBUTION_LINEAR].conversions, 45.5);
    ck_same(got.rows[1].credits[ATTRIBUTION_LINEAR].conversions, 20.5);
    ck_same(got.rows[2].credits[ATTRIBUTION_LINEAR].conversions, 34);
}
END_TEST

START_TEST(test_time_decay)
{
    static const double ages[] = { 14, 7, 0 }, old[] = { 1e6, 1e6 + 7 }, odd[] = { -3, NAN };
    double shares[3];
    decay_shares(ages, 3, 7, shares);
    ck_same(shares[0], 1.0 / 7);
    ck_same(shares[1], 2.0 / 7);
    ck_same(shares[2], 4.0 / 7);
    decay_shares(old, 2, 7, shares);
    ck_assert_double_eq_tol(shares[0], 2.0 / 3, 1e-9);
    decay_shares(odd, 2, 7, shares);
    ck_same(shares[0], 0.5);

    static const struct row rows[] = { { "aba", 2, 1 }, { "c", 0, 3 } };
    struct attribution_input input = read_rows(rows, ARRAY_LEN(rows), 'a', TOUCHPOINTS);
    struct attribution_path *path = (struct attribution_path *)input.paths;
    decay_shares(ages, 3, 7, shares);
    path->decay = shares;
    struct attribution got = attribution_new(&arena, &input, &(struct attribution_options){ 0 });
    ck_assert(!got.no_times);
    ck_same(got.rows[0].credits[ATTRIBUTION_DECAY].conversions, 2 * 5.0 / 7);
    ck_same(got.rows[1].credits[ATTRIBUTION_DECAY].conversions, 2 * 2.0 / 7);
    ck_same(got.rows[2].credits[ATTRIBUTION_DECAY].conversions, 0);
}
END_TEST

/* Where touchpoints differ in what their conversions are worth, credits of value differ. */
START_TEST(test_value)
{
    static const struct row rows[] = { { "a", 1, 1 }, { "b", 1, 1 } };
    struct attribution_input input = read_rows(rows, ARRAY_LEN(rows), 'a', 2);
    struct attribution_path *paths = (struct attribution_path *)input.paths;
    paths[0].outcome.value = 30;
    struct attribution got = attribution_new(&arena, &input, &(struct attribution_options){ 0 });
    for (int model = 0; model < ATTRIBUTION_MODELS; model++) {
        if (model == ATTRIBUTION_DECAY)
            continue;
        ck_same(got.rows[0].credits[model].conversions, 1);
        ck_same(got.rows[0].credits[model].value, 30);
        ck_same(got.rows[1].credits[model].value, 10);
    }
    ck_same(got.rows[0].removals[0].value, 0.75);
    ck_same(got.rows[0].removals[0].conversions, 0.5);
}
END_TEST

/* ---- What no data and absurd data come to ---- */

START_TEST(test_no_conversion)
{
    static const struct row rows[] = { { "ab", 0, 3 }, { "b", 0, 1 } };
    struct attribution got = attribute_rows(rows, ARRAY_LEN(rows), 'a', 2);
    ck_assert_uint_eq(got.known, 0);
    ck_assert_double_eq(got.nulls, 4);
    ck_assert(!got.no_nulls);
    ck_same(got.rows[0].journeys, 0.75);
    ck_assert_double_nan(got.rows[0].present);
    for (int model = 0; model < ATTRIBUTION_MODELS; model++)
        ck_assert_double_nan(got.rows[0].credits[model].conversions);
    ck_assert_double_nan(got.rows[0].removals[0].conversions);
    ck_assert_double_nan(got.rows[0].lowest);
}
END_TEST

START_TEST(test_nothing_at_all)
{
    struct attribution got = attribute_rows(NULL, 0, 'a', 2);
    ck_assert_uint_eq(got.known, 0);
    ck_assert_double_nan(got.rows[1].journeys);
    got = attribute_rows(NULL, 0, 'a', 0);
    ck_assert_uint_eq(got.count, 0);
}
END_TEST

START_TEST(test_one_journey)
{
    static const struct row rows[] = { { "b", 1, 0 } };
    struct attribution_input input = read_rows(rows, 1, 'a', 2);
    struct attribution_options options = { .replicates = 50, .seed = 1 };
    struct attribution got = attribution_new(&arena, &input, &options);
    ck_assert(got.no_nulls);
    for (int model = 0; model < ATTRIBUTION_MODELS; model++) {
        if (model == ATTRIBUTION_DECAY)
            continue;
        ck_same(got.rows[1].credits[model].conversions, 1);
        ck_same(got.rows[0].credits[model].conversions, 0);
        ck_same(got.rows[1].credits[model].conversions_interval.low, 1);
        ck_same(got.rows[1].credits[model].conversions_interval.high, 1);
    }
}
END_TEST

START_TEST(test_what_does_not_count)
{
    static const struct row rows[] = {
        { "a", 1, 1 }, { "z", 5, 1 }, { "a", -1, 2 }, { "a", NAN, 0 }, { "a", 0, 0 }, { "", 3, 1 },
    };
    struct attribution got = attribute_rows(rows, ARRAY_LEN(rows), 'a', 2);
    ck_assert_uint_eq(got.left_out, 3);
    ck_assert_double_eq(got.conversions, 4);
    ck_assert_double_eq(got.credited, 1);
    ck_same(got.rows[0].credits[ATTRIBUTION_FIRST].conversions, 1);
    ck_same(got.rows[0].credits[ATTRIBUTION_MARKOV_1].conversions, 1);
    ck_same(got.rows[0].removals[0].conversions, 0.25);
    ck_same(got.orders[0].conversion, 4.0 / 6);
}
END_TEST

/* A journey that goes round for ever and is lost, and one that gets out. */
START_TEST(test_endless_circles)
{
    enum { STEPS = 100000 };
    struct attribution_path paths[2] = { 0 };
    int *steps = memory_alloc(STEPS * sizeof(*steps));
    for (int i = 0; i < STEPS; i++)
        steps[i] = i % 2;
    paths[0] = (struct attribution_path){ .steps = steps, .step_count = STEPS,
                                          .outcome = { .nulls = 1 } };
    paths[1] = (struct attribution_path){ .steps = steps, .step_count = 1,
                                          .outcome = { .conversions = 1, .value = 1 } };
    struct attribution_input input = { .paths = paths, .count = 2, .touchpoints = 2 };
    struct attribution got = attribution_new(&arena, &input, &(struct attribution_options){ 0 });
    for (size_t k = 0; k < ATTRIBUTION_ORDERS; k++)
        ck_assert_double_eq_tol(got.orders[k].conversion, 0.5, 1e-15);
    ck_same(got.rows[0].removals[0].conversions, 1);
    free(steps);
}
END_TEST

/* A chain of thousands of states is refused, and the models that need none are there. */
START_TEST(test_too_many_states)
{
    enum { TOUCHES = 5000 };
    int *steps = memory_alloc(TOUCHES * sizeof(*steps));
    for (int i = 0; i < TOUCHES; i++)
        steps[i] = i;
    struct attribution_path path = { .steps = steps, .step_count = TOUCHES,
                                     .outcome = { .conversions = 2, .value = 1, .nulls = 1 } };
    struct attribution_input input = { .paths = &path, .count = 1, .touchpoints = TOUCHES };
    struct attribution got = attribution_new(&arena, &input, &(struct attribution_options){ 0 });
    ck_assert(got.orders[0].too_large && got.orders[2].too_large);
    ck_assert_uint_eq(got.orders[0].states, ATTRIBUTION_STATES_MOST + 1);
    ck_assert_uint_eq(got.known & ATTRIBUTION_BIT(ATTRIBUTION_MARKOV_1), 0);
    ck_same(got.rows[7].credits[ATTRIBUTION_LINEAR].conversions, 2.0 / TOUCHES);
    ck_assert_double_nan(got.rows[7].credits[ATTRIBUTION_MARKOV_1].conversions);
    free(steps);
}
END_TEST

/* ---- Intervals ---- */

static void count_steps(size_t done, size_t total, void *data)
{
    ck_assert_uint_eq(total, 200);
    *(size_t *)data = done;
}

START_TEST(test_intervals)
{
    static const struct row rows[] = { { "ab", 40, 60 }, { "b", 30, 90 }, { "ba", 10, 70 } };
    struct attribution_input input = read_rows(rows, ARRAY_LEN(rows), 'a', 2);
    size_t steps = 0;
    struct attribution_options options = {
        .replicates = 200, .seed = 7, .watch = count_steps, .watch_data = &steps,
    };
    struct attribution got = attribution_new(&arena, &input, &options);
    struct attribution again = attribution_new(&arena, &input, &options);
    ck_assert_uint_eq(steps, 200);
    ck_assert_uint_eq(got.replicates, 200);
    for (int model = 0; model < ATTRIBUTION_MODELS; model++) {
        struct credit credit = got.rows[0].credits[model];
        if (model == ATTRIBUTION_DECAY) {
            ck_unknown(credit.conversions_interval);
            continue;
        }
        ck_assert(interval_contains(credit.conversions_interval, credit.conversions));
        ck_assert(interval_contains(credit.value_interval, credit.value));
        ck_assert_double_gt(credit.conversions_interval.high - credit.conversions_interval.low, 1);
        ck_assert_double_eq(again.rows[0].credits[model].conversions_interval.low,
                            credit.conversions_interval.low);
    }
    struct removal removal = got.rows[0].removals[1];
    ck_assert(interval_contains(removal.conversions_interval, removal.conversions));
    /* 40 of 300 journeys: the binomial has a standard deviation of 5.9. */
    struct interval first = got.rows[0].credits[ATTRIBUTION_FIRST].conversions_interval;
    ck_assert_double_eq_tol(first.low, 40 - 1.96 * 5.9, 4);
    ck_assert_double_eq_tol(first.high, 40 + 1.96 * 5.9, 4);
}
END_TEST

START_TEST(test_cancelling)
{
    static const struct row rows[] = { { "ab", 4, 6 }, { "b", 3, 9 } };
    struct attribution_input input = read_rows(rows, ARRAY_LEN(rows), 'a', 2);
    atomic_bool cancel = true;
    struct attribution_options options = { .cancel = &cancel };
    struct attribution got = attribution_new(&arena, &input, &options);
    ck_assert(got.cancelled);
    ck_assert_uint_eq(got.known, 0);
}
END_TEST

/* ---- Real paths ---- */

static struct attribution_path read_line(char *line, const char *names[], size_t *name_count)
{
    struct attribution_path path = { 0 };
    int *steps = arena_array(&arena, strlen(line), sizeof(*steps));
    char *rest = strchr(line, ',');
    *rest++ = '\0';
    ck_assert_int_eq(sscanf(rest, "%lf,%lf,%lf", &path.outcome.conversions, &path.outcome.value,
                            &path.outcome.nulls), 3);
    for (char *word = strtok(line, " >"); word != NULL; word = strtok(NULL, " >")) {
        size_t at = 0;
        while (at < *name_count && strcmp(names[at], word) != 0)
            at++;
        if (at == *name_count)
            names[(*name_count)++] = arena_strdup(&arena, word);
        steps[path.step_count++] = (int)at;
    }
    path.steps = steps;
    return path;
}

START_TEST(test_ten_thousand_real_paths)
{
    char *file = shared_path("data/pathdata.csv");
    skip_unless(file != NULL, "data/pathdata.csv is missing");
    static const size_t states[] = { 13, 125, 967 };
    const char *names[16];
    struct attribution_path *paths = arena_array(&arena, 10000, sizeof(*paths));
    struct attribution_input input = { .paths = paths };
    char *text = read_whole(file), *rest;
    strtok_r(text, "\n", &rest);
    for (char *line; (line = strtok_r(NULL, "\r\n", &rest)) != NULL;)
        paths[input.count++] = read_line(line, names, &input.touchpoints);
    ck_assert_uint_eq(input.count, 10000);
    ck_assert_uint_eq(input.touchpoints, 12);
    struct attribution got = attribution_new(&arena, &input, &(struct attribution_options){ 0 });
    ck_assert_double_eq(got.conversions, 19785);
    ck_assert_double_eq(got.nulls, 68602);
    for (size_t k = 0; k < ATTRIBUTION_ORDERS; k++) {
        ck_printed(got.orders[k].conversion, 0.2238451, 7);
        ck_same(got.orders[k].conversion, 19785.0 / (19785 + 68602));
        ck_assert_uint_eq(got.orders[k].states, states[k]);
    }
    free(text);
    free(file);
}
END_TEST

Suite *insight_attribution_suite(void)
{
    Suite *suite = suite_create("insight_attribution");
    TCase *tests = tcase_create("attribution");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_three_journeys);
    tcase_add_test(tests, test_nine_journeys_that_all_convert);
    tcase_add_test(tests, test_repeats);
    tcase_add_test(tests, test_linear_is_the_shapley_value);
    tcase_add_test(tests, test_time_decay);
    tcase_add_test(tests, test_value);
    tcase_add_test(tests, test_no_conversion);
    tcase_add_test(tests, test_nothing_at_all);
    tcase_add_test(tests, test_one_journey);
    tcase_add_test(tests, test_what_does_not_count);
    tcase_add_test(tests, test_endless_circles);
    tcase_add_test(tests, test_too_many_states);
    tcase_add_test(tests, test_intervals);
    tcase_add_test(tests, test_cancelling);
    tcase_add_test(tests, test_ten_thousand_real_paths);
    suite_add_tcase(suite, tests);
    return suite;
}
