/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/insight/promises.h>

#include "insight/printed.h"

enum { SEARCH, PAY, SEND, FORUM, TOUCHPOINTS };

static struct arena arena;
static struct touchpoint touchpoints[TOUCHPOINTS];
static struct expectation expected[TOUCHPOINTS];
static struct experience felt[TOUCHPOINTS];
static struct journey journey = { .touchpoints = touchpoints, .touchpoint_count = TOUCHPOINTS };
static const struct lens everybody = { .persona = NONE, .context = NONE };

/* E, M, S and P of a touchpoint; NAN: the map says nothing. */
static void say(int at, double e, double m, double s, double p)
{
    expected[at] = (struct expectation){ { NONE, NONE }, e, e, EVIDENCE_ASSUMED, NULL, { 0 } };
    felt[at] = (struct experience){ { NONE, NONE }, p, EVIDENCE_ASSUMED, NULL, { 0 } };
    touchpoints[at].promise.score = m;
    touchpoints[at].promise.pos.line = 1;
    touchpoints[at].standard = s;
    touchpoints[at].expectation_count = !isnan(e);
    touchpoints[at].experience_count = !isnan(p);
}

static void setup(void)
{
    static const char *const ids[TOUCHPOINTS] = { "search", "pay", "send", "forum" };
    arena_init(&arena);
    for (int i = 0; i < TOUCHPOINTS; i++) {
        touchpoints[i] = (struct touchpoint){ .id = ids[i],
                                              .title = ids[i],
                                              .channel = NONE,
                                              .importance = 3,
                                              .media = MEDIA_OWNED,
                                              .promise.claim = "soon",
                                              .expectations = &expected[i],
                                              .experiences = &felt[i] };
        say(i, 80, 90, 70, 60); /* S21 */
    }
    touchpoints[FORUM].media = MEDIA_EARNED;
    touchpoints[FORUM].promise.claim = NULL;
    say(FORUM, NAN, NAN, NAN, NAN);
    touchpoints[FORUM].promise.pos.line = 0; /* no promise */
}

static void teardown(void)
{
    arena_finish(&arena);
}

static struct promises promises_with(const struct voices *voices)
{
    const struct readings *readings = readings_new(&arena, &journey, NULL, &everybody);
    return promises_new(&arena, &journey, readings, voices);
}

static const struct promise_row *row_of(const struct promises *promises, int touchpoint)
{
    for (size_t i = 0; i < promises->count; i++)
        if (promises->items[i].touchpoint == touchpoint)
            return &promises->items[i];
    ck_abort_msg("no row");
}

/* S21: P−E −20 = delivery −10, promise −20, other +10. */
START_TEST(a_claim_costs_the_promise_part_of_the_split)
{
    struct promises promises = promises_with(NULL);
    const struct promise_row *row = row_of(&promises, PAY);
    ck_assert_int_eq(row->state, PROMISE_COSTS);
    ck_same(row->gap.value, -20);
    ck_same(row->split.delivery, -10);
    ck_same(row->split.promise, -20);
    ck_same(row->split.other, 10);
    ck_same(row->cost, 20);
    ck_same(row->weighted, 60);
    ck_assert_int_eq(row->missing, 0);
}
END_TEST

START_TEST(the_dearest_comes_first_weighed_by_importance)
{
    touchpoints[SEND].importance = 5;
    say(SEND, 80, 85, 70, 60); /* 15 points × 5 is more than 20 × 3 */
    touchpoints[SEARCH].importance = 1;
    struct promises promises = promises_with(NULL);
    ck_assert_int_eq(promises.items[0].touchpoint, SEND);
    ck_assert_int_eq(promises.items[1].touchpoint, PAY);
    ck_assert_int_eq(promises.items[2].touchpoint, SEARCH);
    ck_assert_int_eq(promises.items[3].touchpoint, FORUM);
}
END_TEST

START_TEST(what_is_kept_or_not_promised_costs_nothing)
{
    say(SEARCH, 50, 90, 70, 60); /* met: whatever was promised */
    say(PAY, 80, 70, 75, 60);    /* less was promised than planned */
    say(SEND, 60.4, 90, 70, 60); /* a gap that reads as none */
    struct promises promises = promises_with(NULL);
    ck_assert_int_eq(row_of(&promises, SEARCH)->state, PROMISE_KEPT);
    ck_assert_int_eq(row_of(&promises, PAY)->state, PROMISE_HARMLESS);
    ck_assert_int_eq(row_of(&promises, SEND)->state, PROMISE_KEPT);
    for (int i = SEARCH; i <= SEND; i++)
        ck_assert_double_eq(row_of(&promises, i)->cost, 0);
    ck_assert_int_eq(promises.items[0].touchpoint, PAY);
}
END_TEST

START_TEST(what_is_missing_is_named)
{
    static const struct {
        double e, m, s, p;
        unsigned missing;
    } cases[] = {
        { NAN, 90, 70, 60, GAP_EXPECTATION },
        { 80, NAN, 70, 60, GAP_PROMISE },
        { 80, 90, NAN, 60, GAP_STANDARD },
        { 80, 90, 70, NAN, GAP_EXPERIENCE },
        { 80, NAN, NAN, 60, GAP_PROMISE | GAP_STANDARD },
        { NAN, NAN, NAN, NAN, GAP_EXPECTATION | GAP_PROMISE | GAP_STANDARD | GAP_EXPERIENCE },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        say(PAY, cases[i].e, cases[i].m, cases[i].s, cases[i].p);
        struct promises promises = promises_with(NULL);
        const struct promise_row *row = row_of(&promises, PAY);
        ck_assert_int_eq(row->state, PROMISE_UNKNOWN);
        ck_assert_uint_eq(row->missing, cases[i].missing);
        ck_assert_double_nan(row->cost);
        ck_assert_double_nan(row->weighted);
    }
}
END_TEST

START_TEST(claims_are_made_where_they_say_or_where_they_stand)
{
    touchpoints[SEARCH].promise.media = MEDIA_PAID;
    struct promises promises = promises_with(NULL);
    ck_assert_int_eq(row_of(&promises, SEARCH)->media, MEDIA_PAID);
    ck_assert_int_eq(row_of(&promises, PAY)->media, MEDIA_OWNED);
    ck_assert_uint_eq(promises.claims, 3);
    ck_assert_uint_eq(promises.by_media[MEDIA_OWNED], 2);
    ck_assert_uint_eq(promises.by_media[MEDIA_PAID], 1);
    ck_assert_uint_eq(promises.by_media[MEDIA_EARNED], 0);
    ck_assert_int_eq(row_of(&promises, FORUM)->state, PROMISE_NONE);
    ck_assert_ptr_null(row_of(&promises, FORUM)->promise);
}
END_TEST

START_TEST(voices_stand_beside_what_they_speak_of)
{
    struct rating items[] = { { .touchpoint = PAY, .metric = "stars" },
                              { .touchpoint = PAY, .metric = "other" },
                              { .touchpoint = NONE, .metric = "stars" } };
    struct voices voices = { .items = items, .count = 3 };
    struct promises promises = promises_with(&voices);
    ck_assert_uint_eq(row_of(&promises, PAY)->voice_count, 2);
    ck_assert_ptr_eq(row_of(&promises, PAY)->voices, &items[0]);
    ck_assert_uint_eq(row_of(&promises, SEARCH)->voice_count, 0);
    ck_assert_ptr_eq(row_of(&promises, NONE)->voices, &items[2]);
    ck_assert_int_eq(promises.items[promises.count - 1].touchpoint, NONE);
}
END_TEST

/* S4: mean 4.1, interval 3.388628 to 4.811372. */
START_TEST(stars_have_a_mean_and_an_interval)
{
    struct bin bins[] = { { 2, 1 }, { 3, 1 }, { 4, 4 }, { 5, 4 } }, few[] = { { 5, 4 } };
    struct bin high[] = { { 4, 2 }, { 5, 8 } };
    struct rating items[] = {
        { .scale_min = 1, .scale_max = 5, .bins = bins, .bin_count = 4, .n = 10 },
        { .scale_min = 1, .scale_max = 5, .bins = few, .bin_count = 1, .n = 4 },
        { .scale_min = 1, .scale_max = 5, .bins = high, .bin_count = 2, .n = 10 },
    };
    struct voices voices = { .items = items, .count = 3 };
    voices_complete(&voices);
    ck_printed(items[0].mean, 4.1, 6);
    ck_printed(items[0].lo, 3.388628, 6);
    ck_printed(items[0].hi, 4.811372, 6);
    ck_assert_double_nan(items[1].mean);
    ck_assert_double_le(items[2].hi, 5); /* never beyond the scale */
    ck_printed(items[2].mean, 4.8, 6);
}
END_TEST

/* What customers heard at the payment; ten of them, 84 in the mean. */
static struct heard heard[TOUCHPOINTS];

static struct voices heard_voices(void)
{
    memset(heard, 0, sizeof(heard));
    heard[PAY].n = 10;
    for (int i = 0; i < 10; i++)
        moments_add(&heard[PAY].scores, 80 + (i % 2) * 8);
    struct voices voices = { .heard = heard, .heard_count = TOUCHPOINTS };
    voices_complete(&voices);
    return voices;
}

START_TEST(what_customers_heard_stands_beside_the_claim)
{
    struct voices voices = heard_voices();
    struct promises promises = promises_with(&voices);
    const struct promise_row *row = row_of(&promises, PAY);
    ck_assert_ptr_eq(row->heard, &heard[PAY]);
    ck_printed(heard[PAY].mean, 84, 6);
    /* s = 4 √(10/9), t(9, 0.975) = 2.262157 */
    ck_printed(heard[PAY].hi - heard[PAY].mean, 2.262157 * 4 / 3, 4);
    ck_assert(row->claim_outside); /* the map says 90 */
    ck_assert(!row->promised_heard);
    ck_same(row->cost, 20);
    ck_same(row->heard_cost.value, 14);
    ck_same(row->heard_cost.interval.low, heard[PAY].lo - 70);
    ck_same(row->heard_cost.interval.high, heard[PAY].hi - 70);
    ck_assert_double_eq(row->heard_cost.n, 10);
    ck_assert_ptr_null(row_of(&promises, SEARCH)->heard);
    ck_assert_double_nan(row_of(&promises, SEARCH)->heard_cost.value);
    say(PAY, 80, 85, 70, 60);
    promises = promises_with(&voices);
    ck_assert(!row_of(&promises, PAY)->claim_outside);
}
END_TEST

START_TEST(what_customers_heard_stands_in_for_a_score_that_is_missing)
{
    struct voices voices = heard_voices();
    say(PAY, 80, NAN, 70, 60);
    struct promises promises = promises_with(&voices);
    const struct promise_row *row = row_of(&promises, PAY);
    ck_assert(row->promised_heard);
    ck_assert_int_eq(row->state, PROMISE_COSTS);
    ck_assert_uint_eq(row->missing, 0);
    ck_same(row->cost, 14);
    ck_same(row->split.delivery, -10);
    ck_same(row->split.promise, -14);
    ck_same(row->split.other, 4);
    ck_same(row->split.delivery + row->split.promise + row->split.other, row->gap.value);
    say(PAY, 50, NAN, 70, 60); /* met: there is nothing to explain */
    promises = promises_with(&voices);
    ck_assert_int_eq(row_of(&promises, PAY)->state, PROMISE_KEPT);
    ck_assert_double_nan(row_of(&promises, PAY)->heard_cost.value);
    heard[PAY].n = 4;
    voices_complete(&voices);
    say(PAY, 80, NAN, 70, 60); /* too few tell nothing */
    promises = promises_with(&voices);
    ck_assert_int_eq(row_of(&promises, PAY)->state, PROMISE_UNKNOWN);
    ck_assert_ptr_nonnull(row_of(&promises, PAY)->heard);
}
END_TEST

START_TEST(what_was_heard_without_a_claim_is_a_row)
{
    struct voices voices = heard_voices();
    touchpoints[PAY].promise.pos.line = 0;
    struct promises promises = promises_with(&voices);
    ck_assert_int_eq(row_of(&promises, PAY)->state, PROMISE_NONE);
    ck_assert_ptr_null(row_of(&promises, PAY)->promise);
    ck_assert_uint_eq(promises.claims, 2);
}
END_TEST

START_TEST(no_map_makes_no_promises)
{
    journey.touchpoint_count = 0;
    ck_assert_uint_eq(promises_with(NULL).count, 0);
    journey.touchpoint_count = TOUCHPOINTS;
    for (int i = 0; i < PROMISE_STATE_COUNT; i++)
        ck_assert_ptr_nonnull(promise_state_name((enum promise_state)i));
}
END_TEST

Suite *insight_promises_suite(void)
{
    Suite *suite = suite_create("insight_promises");
    TCase *tests = tcase_create("promises");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_claim_costs_the_promise_part_of_the_split);
    tcase_add_test(tests, the_dearest_comes_first_weighed_by_importance);
    tcase_add_test(tests, what_is_kept_or_not_promised_costs_nothing);
    tcase_add_test(tests, what_is_missing_is_named);
    tcase_add_test(tests, claims_are_made_where_they_say_or_where_they_stand);
    tcase_add_test(tests, voices_stand_beside_what_they_speak_of);
    tcase_add_test(tests, stars_have_a_mean_and_an_interval);
    tcase_add_test(tests, what_customers_heard_stands_beside_the_claim);
    tcase_add_test(tests, what_customers_heard_stands_in_for_a_score_that_is_missing);
    tcase_add_test(tests, what_was_heard_without_a_claim_is_a_row);
    tcase_add_test(tests, no_map_makes_no_promises);
    suite_add_tcase(suite, tests);
    return suite;
}
