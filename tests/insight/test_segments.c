/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/aftermath.h>
#include <stellwerk/insight/segments.h>

#define DAY TIME_US_PER_DAY

/* Touchpoints a, b and the goal c; channels 0 and 1 are of different media. */
enum { A, B, C, X };

static struct touchpoint touchpoints[3];
static struct channel channels[] = {
    { .id = "web", .medium = "digital" },
    { .id = "letter", .medium = "paper" },
};
static struct journey journey;
static struct paths_options options;
static struct arena arena;

static void set_up(void)
{
    arena_init(&arena);
    for (size_t i = 0; i < ARRAY_LEN(touchpoints); i++)
        touchpoints[i] = (struct touchpoint){ .channel = NONE };
    journey = (struct journey){
        .touchpoints = touchpoints,
        .touchpoint_count = ARRAY_LEN(touchpoints),
        .channels = channels,
        .channel_count = ARRAY_LEN(channels),
    };
    options = (struct paths_options){
        .journey = &journey,
        .route = NONE,
        .goal = NONE,
        .as_of = 100 * DAY,
        .close_after = 30 * DAY,
    };
}

static void tear_down(void)
{
    arena_finish(&arena);
}

static struct segments_builder *begin(enum segment_by by)
{
    return segments_create(&(struct segments_options){
        .paths = &options,
        .by = by,
        .span = { PERIOD_CUSTOM, 0, 100 },
    });
}

/* Letters are steps a day from `first` on, a digit behind one is its channel. */
static struct sequence sequence_of(struct sequence_step *steps, int first, const char *text)
{
    struct sequence sequence = {
        .steps = steps, .persona = NONE, .context = NONE, .variant = NONE
    };
    for (; *text != '\0'; text++) {
        if (*text >= '0' && *text <= '9') {
            steps[sequence.count - 1].channel = *text - '0';
            continue;
        }
        steps[sequence.count] = (struct sequence_step){
            .ts = (first + (int64_t)sequence.count) * DAY,
            .step = *text - 'a',
            .channel = NONE,
        };
        sequence.count++;
    }
    return sequence;
}

static void add(struct segments_builder *builder, int times, int persona, int first,
                const char *text)
{
    struct sequence_step steps[16];
    struct sequence sequence = sequence_of(steps, first, text);
    sequence.persona = persona;
    for (int i = 0; i < times; i++)
        ck_assert(segments_add(&sequence, builder));
}

START_TEST(test_each_is_held_against_all_others)
{
    struct segments_builder *builder = begin(SEGMENT_PERSONA);
    add(builder, 60, 0, 0, "abc");
    add(builder, 40, 0, 0, "ab");
    add(builder, 20, 1, 0, "ac");
    add(builder, 80, 1, 0, "a");
    add(builder, 7, NONE, 0, "abc");
    add(builder, 5, 2, 90, "ab"); /* open */
    struct segments got = segments_finish(&arena, builder);
    ck_assert_uint_eq(got.count, 3);
    ck_assert_uint_eq(got.silent, 7);
    ck_assert_uint_eq(got.cases, 205);
    const struct segment *first = &got.items[0];
    ck_assert_uint_eq(first->cases, 100);
    ck_assert_uint_eq(first->completion.hits, 60);
    ck_assert_uint_eq(first->completion.n, 100);
    ck_assert_uint_eq(first->completion.rest_hits, 20);
    ck_assert_uint_eq(first->completion.rest_n, 100);
    ck_assert_double_eq_tol(first->completion.difference.value, 0.4, 1e-12);
    ck_assert(first->completion.adjusted <= SEGMENT_SURE);
    ck_assert_uint_eq(first->present[B].hits, 100);
    ck_assert_uint_eq(first->present[B].rest_hits, 5);
    ck_assert_uint_eq(first->dropped[B].hits, 40);
    ck_assert_uint_eq(first->dropped[B].n, 100);
    ck_assert_uint_eq(first->dropped[A].rest_hits, 80);
    ck_assert_uint_eq(first->dropped[A].rest_n, 100);
    /* The third has nothing settled: neither share nor test. */
    ck_assert_uint_eq(got.items[2].completion.n, 0);
    ck_assert(isnan(got.items[2].completion.adjusted));
    ck_assert(got.sure > 0 && got.sure <= got.tested);
}
END_TEST

START_TEST(test_channels_overlap)
{
    struct segments_builder *builder = begin(SEGMENT_CHANNEL);
    add(builder, 3, NONE, 0, "a0b1c0");
    add(builder, 2, NONE, 0, "a0b0");
    add(builder, 1, NONE, 0, "abc");
    struct segments got = segments_finish(&arena, builder);
    ck_assert_uint_eq(got.count, 2);
    ck_assert_uint_eq(got.silent, 1);
    ck_assert_uint_eq(got.cases, 5);
    ck_assert_int_eq(got.items[0].index, 0);
    ck_assert_uint_eq(got.items[0].cases, 5);
    ck_assert_uint_eq(got.items[1].cases, 3);
    ck_assert_uint_eq(got.items[1].completion.rest_n, 2);
    ck_assert_uint_eq(got.items[0].completion.rest_n, 0);
    ck_assert(isnan(got.items[0].completion.difference.value));
}
END_TEST

START_TEST(test_a_period_that_is_not_over_tells_no_end)
{
    struct segments_builder *builder = begin(SEGMENT_PERIOD);
    add(builder, 4, NONE, 0, "ab");   /* January */
    add(builder, 6, NONE, 40, "abc"); /* February */
    add(builder, 5, NONE, 95, "abc"); /* April: it ends after the data */
    struct segments got = segments_finish(&arena, builder);
    ck_assert_int_eq(got.unit, PERIOD_MONTH);
    ck_assert_uint_eq(got.count, 3);
    ck_assert(!got.items[0].unfinished && !got.items[1].unfinished && got.items[2].unfinished);
    ck_assert_int_eq(got.items[2].period.first, 90);
    ck_assert_uint_eq(got.items[2].completion.n, 0);
    ck_assert(isnan(got.items[2].completion.difference.value));
    ck_assert_uint_eq(got.items[2].present[A].hits, 5);
    ck_assert_uint_eq(got.items[0].completion.rest_n, 6);
    ck_assert_uint_eq(got.items[0].present[A].rest_n, 11);
}
END_TEST

START_TEST(test_more_segments_than_are_told_apart)
{
    struct segments_builder *builder = begin(SEGMENT_PERSONA);
    for (int i = 0; i < SEGMENTS_MOST + 5; i++)
        add(builder, 1, i, 0, "abc");
    struct segments got = segments_finish(&arena, builder);
    ck_assert_uint_eq(got.count, SEGMENTS_MOST);
    ck_assert_uint_eq(got.left_out, 5);
    ck_assert_uint_eq(got.items[0].present[A].rest_n, SEGMENTS_MOST + 4);
}
END_TEST

START_TEST(test_nothing)
{
    for (int by = SEGMENT_PERSONA; by < SEGMENT_BY_COUNT; by++) {
        struct segments got = segments_finish(&arena, begin((enum segment_by)by));
        ck_assert_uint_eq(got.count, 0);
        ck_assert_int_eq(segment_by_find(segment_by_name((enum segment_by)by)), by);
    }
    ck_assert_int_eq(segment_by_find("nobody"), -1);
    segments_destroy(NULL);
}
END_TEST

/* ---- After media breaks ---------------------------------------------------------- */

static void after(struct aftermath_builder *builder, uint64_t key, const char *text)
{
    struct sequence_step steps[16];
    struct sequence sequence = sequence_of(steps, 0, text);
    sequence.key = key;
    ck_assert(aftermath_add(&sequence, builder));
}

START_TEST(test_what_is_said_after_a_break)
{
    struct case_score answers[] = {
        { 1, 0, 90 },       { 1, 5 * DAY, 20 }, { 2, 5 * DAY, 30 }, { 3, 1 * DAY, 80 },
        { 4, 1 * DAY, 70 }, { 5, 0, 10 },       { 9, 0, 50 },
    };
    const struct case_scores scores = { .items = answers, .count = ARRAY_LEN(answers) };
    struct aftermath_builder *builder = aftermath_create(&journey, &scores);
    after(builder, 1, "a0b1c1");
    after(builder, 2, "a0b1a0b1"); /* counts once */
    after(builder, 3, "a0b0");     /* an answer of the very moment is one after it */
    after(builder, 4, "a0b0");
    after(builder, 5, "a0b1"); /* said before, nothing after */
    after(builder, 6, "a0b1"); /* says nothing */
    struct aftermath got = aftermath_finish(&arena, builder);
    ck_assert_uint_eq(got.answered, 5);
    ck_assert_uint_eq(got.count, 2);
    const struct arc_after *there = aftermath_find(&got, A, B);
    ck_assert_ptr_nonnull(there);
    ck_assert_double_eq(there->broken.n, 2);
    ck_assert_double_eq_tol(there->broken.value, 25, 1e-9);
    ck_assert_double_eq(there->unbroken.n, 2);
    ck_assert_double_eq_tol(there->unbroken.value, 75, 1e-9);
    ck_assert_double_eq_tol(there->difference.value, -50, 1e-9);
    /* Back from b to a, with a break: a was come to without one at the beginning. */
    const struct arc_after *back = aftermath_find(&got, B, A);
    ck_assert_double_eq(back->broken.n, 1);
    ck_assert_double_eq_tol(back->broken.value, 30, 1e-9);
    ck_assert_double_eq(back->unbroken.n, 5);
    ck_assert_ptr_null(aftermath_find(&got, A, C));
    ck_assert_double_eq(got.broken.n, 3);
    ck_assert_double_eq_tol(got.broken.value, (55.0 + 30 + 10) / 3, 1e-9);
    ck_assert_double_eq_tol(got.unbroken.value, 75, 1e-9);
}
END_TEST

START_TEST(test_nobody_said_anything)
{
    const struct case_scores scores = { 0 };
    struct aftermath_builder *builder = aftermath_create(&journey, &scores);
    after(builder, 1, "a0b1c1");
    struct aftermath got = aftermath_finish(&arena, builder);
    ck_assert_uint_eq(got.count, 0);
    ck_assert_ptr_null(aftermath_find(&got, A, B));
    ck_assert(isnan(got.difference.value));
    aftermath_destroy(NULL);
}
END_TEST

Suite *insight_segments_suite(void)
{
    Suite *suite = suite_create("insight_segments");
    TCase *tests = tcase_create("segments");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_each_is_held_against_all_others);
    tcase_add_test(tests, test_channels_overlap);
    tcase_add_test(tests, test_a_period_that_is_not_over_tells_no_end);
    tcase_add_test(tests, test_more_segments_than_are_told_apart);
    tcase_add_test(tests, test_nothing);
    tcase_add_test(tests, test_what_is_said_after_a_break);
    tcase_add_test(tests, test_nobody_said_anything);
    suite_add_tcase(suite, tests);
    return suite;
}
