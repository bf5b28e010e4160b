/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/consistency.h>
#include <stellwerk/insight/distribution.h>

#include "insight/printed.h"

/* Two stages, of one touchpoint and of two; four channels. */
enum { WEB, APP, PHONE, SHOP, CHANNELS };
enum { ASK, BOOK, TICKET, TOUCHPOINTS };

static struct channel channels[CHANNELS];
static struct stage stages[] = { { .id = "ask", .first = 0, .count = 1 },
                                 { .id = "buy", .first = 1, .count = 2 } };
static struct metric metric = { .id = "csat" };
static struct metric both_metrics[] = { { .id = "csat" }, { .id = "handling" } };
static int metrics[] = { 0 };
static int both[] = { 0, 1 };
static struct touchpoint touchpoints[TOUCHPOINTS];
static struct journey journey;
static struct measure measures[CHANNELS][TOUCHPOINTS];
static struct figures tables[CHANNELS];
static struct arena arena;

static struct measure unmeasured(int touchpoint)
{
    return (struct measure){
        .touchpoint = touchpoint,
        .status = MEASURE_NO_ROWS,
        .value = NAN,
        .score = NAN,
        .score_lo = NAN,
        .score_hi = NAN,
        .score_se = NAN,
        .newest = TIME_NONE,
    };
}

static void measure(int channel, int touchpoint, double score, double se)
{
    measures[channel][touchpoint] = (struct measure){
        .touchpoint = touchpoint,
        .n = 100 + (uint64_t)channel,
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
    for (int i = 0; i < TOUCHPOINTS; i++)
        touchpoints[i] = (struct touchpoint){
            .id = "t",
            .stage = i > ASK,
            .channel = NONE,
            .importance = NAN,
            .standard = NAN,
            .metrics = { metrics, 1 },
        };
    for (int c = 0; c < CHANNELS; c++) {
        for (int i = 0; i < TOUCHPOINTS; i++)
            measures[c][i] = unmeasured(i);
        tables[c] = (struct figures){ .measures = measures[c], .measure_count = TOUCHPOINTS };
    }
    journey = (struct journey){
        .channels = channels,
        .channel_count = CHANNELS,
        .stages = stages,
        .stage_count = ARRAY_LEN(stages),
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

static const struct consistency *consistency(void)
{
    struct figures *each[CHANNELS];
    struct lens lens = { .persona = NONE, .context = NONE };
    for (size_t i = 0; i < CHANNELS; i++)
        each[i] = &tables[i];
    return consistency_new(&arena, &journey, &lens, each);
}

/* S7: 78, 74, 52, 71 with errors 2, 3, 4, 2.5 */
START_TEST(a_stage_differs_over_its_channels)
{
    measure(WEB, ASK, 78, 2);
    measure(APP, ASK, 74, 3);
    measure(PHONE, ASK, 52, 4);
    measure(SHOP, ASK, 71, 2.5);
    const struct consistency *found = consistency();
    ck_assert_uint_eq(found->count, 1);
    const struct consistency_row *row = &found->items[0];
    ck_printed(row->test.q, 34.437411, 6);
    ck_assert_double_eq(row->test.df, 3);
    ck_printed(row->test.i2, 0.912885, 6);
    ck_printed(row->test.tau, 8.812502, 6);
    ck_assert_double_eq(row->test.range, 26);
    ck_assert_double_eq_tol(row->adjusted, 1.60166e-07, 1e-12);
    ck_assert_int_eq(row->agreement, AGREEMENT_DIFFERS);
    ck_assert(row->same_touchpoints);
    ck_assert_int_eq(row->channels[0].channel, WEB); /* best first */
    ck_assert_int_eq(row->channels[3].channel, PHONE);
    ck_assert_uint_eq(row->channels[3].n, 102);
}
END_TEST

/* S7: 70, 71, 69 with errors of 3 each */
START_TEST(a_stage_that_holds_is_said_to_hold)
{
    measure(WEB, ASK, 70, 3);
    measure(APP, ASK, 71, 3);
    measure(PHONE, ASK, 69, 3);
    const struct consistency *found = consistency();
    ck_printed(found->items[0].test.q, 0.222222, 6);
    ck_assert_double_eq(found->items[0].test.tau, 0);
    ck_assert_int_eq(found->items[0].agreement, AGREEMENT_HOLDS);
    ck_assert_uint_eq(found->counts[AGREEMENT_HOLDS], 1);
}
END_TEST

/* Web has both touchpoints, of importance 1 and 3: (60 + 3 · 80) / 4 = 75 ± √(2² + (3·1)²) / 4. */
START_TEST(a_channel_is_weighed_by_importance)
{
    touchpoints[BOOK].importance = 1;
    touchpoints[TICKET].importance = 3;
    measure(WEB, BOOK, 60, 2);
    measure(WEB, TICKET, 80, 1);
    measure(APP, BOOK, 50, 2);
    const struct consistency *found = consistency();
    const struct consistency_row *stage = &found->items[0];
    ck_assert_int_eq(stage->stage, 1);
    ck_assert_int_eq(stage->touchpoint, NONE);
    ck_assert_double_eq(stage->channels[0].score, 75);
    ck_assert_double_eq_tol(stage->channels[0].se, sqrt(4 + 9) / 4, 1e-12);
    ck_assert_uint_eq(stage->channels[0].touchpoints, 2);
    ck_assert(!stage->same_touchpoints);
    /* Booking alone has both channels, so what differs there is theirs. */
    ck_assert_uint_eq(found->count, 2);
    ck_assert_int_eq(found->items[1].touchpoint, BOOK);
    ck_assert_double_eq(found->items[1].test.range, 10);
    ck_assert_double_eq_tol(found->items[1].test.q, 100 / 8.0, 1e-9);
}
END_TEST

START_TEST(one_channel_has_nothing_to_agree_with)
{
    measure(WEB, ASK, 70, 3);
    const struct consistency *found = consistency();
    ck_assert_uint_eq(found->count, 1);
    ck_assert_int_eq(found->items[0].agreement, AGREEMENT_UNTESTED);
    measure(APP, ASK, 40, NAN); /* somebody's aggregate */
    found = consistency();
    ck_assert_uint_eq(found->items[0].count, 2);
    ck_assert_int_eq(found->items[0].agreement, AGREEMENT_UNTESTED);
}
END_TEST

/* Rows that do not say it are the touchpoint's own channel's, and nobody else's. */
START_TEST(rows_without_a_channel_are_the_touchpoints)
{
    touchpoints[ASK].channel = PHONE;
    for (int c = 0; c < CHANNELS; c++) {
        measure(c, ASK, 70, 3);
        measures[c][ASK].channel_ignored = true;
    }
    const struct consistency *found = consistency();
    ck_assert_uint_eq(found->items[0].count, 1);
    ck_assert_int_eq(found->items[0].channels[0].channel, PHONE);
    touchpoints[ASK].channel = NONE;
    ck_assert_uint_eq(consistency()->count, 0);
}
END_TEST

/* Handling time is measured by phone alone, and would lower the phone: 70 stays 70. */
START_TEST(like_is_compared_with_like)
{
    struct measure pairs[CHANNELS][2];
    journey.metrics = both_metrics;
    journey.metric_count = 2;
    touchpoints[ASK].metrics = (struct indices){ both, 2 };
    touchpoints[ASK].channel = PHONE;
    measure(WEB, ASK, 80, 5);
    measure(PHONE, ASK, 70, 5);
    for (int c = 0; c < CHANNELS; c++) {
        pairs[c][0] = measures[c][ASK];
        pairs[c][1] = measures[PHONE][ASK];
        pairs[c][1].metric = 1;
        pairs[c][1].score = 20;
        pairs[c][1].channel_ignored = true;
        tables[c] = (struct figures){ .measures = pairs[c], .measure_count = 2 };
    }
    const struct consistency *found = consistency();
    ck_assert_uint_eq(found->items[0].count, 2);
    ck_assert_double_eq(found->items[0].channels[1].score, 70);
    for (int c = 0; c < CHANNELS; c++)
        pairs[c][0] = unmeasured(ASK);
    found = consistency(); /* nothing else is there: then it is the phone's */
    ck_assert_uint_eq(found->items[0].count, 1);
    ck_assert_double_eq(found->items[0].channels[0].score, 20);
}
END_TEST

START_TEST(nothing_measured_has_no_row)
{
    ck_assert_uint_eq(consistency()->count, 0);
    journey.channel_count = 0;
    ck_assert_uint_eq(consistency()->count, 0);
}
END_TEST

Suite *insight_consistency_suite(void)
{
    Suite *suite = suite_create("insight_consistency");
    TCase *tests = tcase_create("consistency");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_stage_differs_over_its_channels);
    tcase_add_test(tests, a_stage_that_holds_is_said_to_hold);
    tcase_add_test(tests, a_channel_is_weighed_by_importance);
    tcase_add_test(tests, one_channel_has_nothing_to_agree_with);
    tcase_add_test(tests, rows_without_a_channel_are_the_touchpoints);
    tcase_add_test(tests, like_is_compared_with_like);
    tcase_add_test(tests, nothing_measured_has_no_row);
    suite_add_tcase(suite, tests);
    return suite;
}
