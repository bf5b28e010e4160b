/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/ranking.h>

#include "insight/printed.h"

/* Scores against a zone 80..90: A and B are S22's, gaps of 30 and 15 with errors of 14 and 2. */
enum { A, B, GUESS, KEPT, NOTHING, COUNT };

static struct stage stages[] = { { .id = "before" }, { .id = "after" } };
static struct channel channels[] = { { .id = "web" }, { .id = "shop" } };
static struct touchpoint touchpoints[COUNT];
static struct reading items[COUNT];
static struct journey journey;
static struct readings readings;
static struct arena arena;

static void put_measured(int touchpoint, double score, double se)
{
    struct reading *reading = &items[touchpoint];
    reading->measured.score = score;
    reading->measured.se = se;
    reading->measured.n = 100;
    reading->gap_measured = (struct gap){
        .value = gap_outside_tolerance(score, 80, 90),
        .lo = score - Z_95 * se - 80,
        .hi = score + Z_95 * se - 80,
        .inside = gap_outside_tolerance(score, 80, 90) == 0,
    };
}

static void put_estimate(int touchpoint, double score)
{
    items[touchpoint].estimated = score;
    items[touchpoint].estimated_evidence = EVIDENCE_ASSUMED;
    items[touchpoint].gap_estimated.value = gap_outside_tolerance(score, 80, 90);
}

static void setup(void)
{
    static const char *const owners[COUNT] = { "Vertrieb", "Töne", "Töne", NULL, NULL };
    arena_init(&arena);
    for (int i = 0; i < COUNT; i++) {
        touchpoints[i] = (struct touchpoint){
            .id = "t",
            .owner = owners[i],
            .stage = i >= GUESS,
            .channel = i == A ? 0 : NONE,
            .media = i == B ? MEDIA_PAID : MEDIA_NONE,
            .importance = 1,
        };
        items[i] = (struct reading){
            .adequate = 80,
            .desired = 90,
            .importance = 1,
            .estimated = NAN,
            .measured = { .score = NAN, .lo = NAN, .hi = NAN, .se = NAN },
            .gap_estimated = { .value = NAN, .lo = NAN, .hi = NAN },
            .gap_measured = { .value = NAN, .lo = NAN, .hi = NAN },
        };
    }
    put_measured(A, 50, 14);
    put_measured(B, 65, 2);
    put_estimate(GUESS, 0);
    put_estimate(KEPT, 85);
    journey = (struct journey){
        .stages = stages,
        .stage_count = 2,
        .channels = channels,
        .channel_count = 2,
        .touchpoints = touchpoints,
        .touchpoint_count = COUNT,
    };
    readings = (struct readings){ .items = items, .count = COUNT };
}

static void teardown(void)
{
    arena_finish(&arena);
}

static struct ranking ranked_by(enum ranking_sort sort, const double *reach)
{
    struct ranking_wish wish = { .sort = sort, .filter = ranking_filter_all, .reach = reach };
    return ranking_new(&arena, &journey, NULL, &readings, &wish);
}

static void ck_order(struct ranking ranking, const int *order)
{
    ck_assert_uint_eq(ranking.count, COUNT);
    for (int i = 0; i < COUNT; i++)
        ck_assert_msg(ranking.items[i].touchpoint == order[i], "place %d has %d, not %d", i,
                      ranking.items[i].touchpoint, order[i]);
}

/* S22 */
START_TEST(a_well_measured_gap_leads_a_loud_guess)
{
    struct ranking ranking = ranked_by(SORT_PRIORITY, NULL);
    ck_order(ranking, (int[]){ B, A, GUESS, KEPT, NOTHING });
    ck_printed(ranking.items[0].sure, 11.0801, 4);
    ck_printed(ranking.items[0].priority, 11.0801, 4);
    ck_printed(ranking.items[1].sure, 2.5605, 4);
    ck_assert_int_eq(ranking.items[0].standing, STANDING_SURE);
    ck_assert_int_eq(ranking.items[2].standing, STANDING_GUESSED);
    ck_assert_double_eq(ranking.items[2].priority, 80);
    ck_assert_double_nan(ranking.items[2].sure);
    ck_assert_int_eq(ranking.items[3].standing, STANDING_KEPT);
    ck_assert_int_eq(ranking.items[4].standing, STANDING_UNKNOWN);
    ck_assert_double_nan(ranking.items[4].shortfall);
}
END_TEST

START_TEST(what_may_be_chance_comes_behind_what_is_sure)
{
    put_measured(A, 50, 16); /* 30 - 1.96 * 16 < 0 */
    struct ranking ranking = ranked_by(SORT_PRIORITY, NULL);
    ck_assert_int_eq(ranking.items[1].touchpoint, A);
    ck_assert_int_eq(ranking.items[1].standing, STANDING_UNSURE);
    ck_assert_double_eq(ranking.items[1].sure, 0);
    ck_assert_double_eq(ranking.items[1].priority, 30);
}
END_TEST

START_TEST(importance_and_reach_weigh)
{
    double reach[COUNT] = { 1, 0.1, 1, 1, NAN };
    struct ranking ranking = ranked_by(SORT_PRIORITY, reach);
    ck_order(ranking, (int[]){ A, B, GUESS, KEPT, NOTHING });
    ck_printed(ranking.items[1].priority, 1.10801, 5);
    ck_assert(ranking.items[0].reach_measured);
    ck_assert(!ranking.items[4].reach_measured);
    ck_assert_double_eq(ranking.items[4].reach, 1);
    items[B].importance = 3; /* 3 · 0.1 · 11.08 > 2.56 */
    ck_order(ranked_by(SORT_PRIORITY, reach), (int[]){ B, A, GUESS, KEPT, NOTHING });
}
END_TEST

START_TEST(an_unknown_error_proves_nothing)
{
    put_measured(B, 65, NAN);
    struct ranking ranking = ranked_by(SORT_PRIORITY, NULL);
    ck_assert_int_eq(ranking.items[1].touchpoint, B);
    ck_assert_int_eq(ranking.items[1].standing, STANDING_UNSURE);
    ck_assert_double_nan(ranking.items[1].sure);
}
END_TEST

START_TEST(other_orders)
{
    touchpoints[KEPT].importance = items[KEPT].importance = 5;
    touchpoints[A].importance = NAN;
    ck_order(ranked_by(SORT_JOURNEY, NULL), (int[]){ A, B, GUESS, KEPT, NOTHING });
    ck_order(ranked_by(SORT_GAP, NULL), (int[]){ GUESS, A, B, KEPT, NOTHING });
    ck_order(ranked_by(SORT_IMPORTANCE, NULL), (int[]){ KEPT, B, GUESS, NOTHING, A });
    /* 100 - 85, 20 - 0, 20 - 50, 20 - 65 */
    ck_order(ranked_by(SORT_CONCERN, NULL), (int[]){ GUESS, KEPT, A, B, NOTHING });
    /* 10 + 1.5, 2 + 2, 2 + 0, 2 + 0: of equals the earlier one */
    ck_order(ranked_by(SORT_OPPORTUNITY, NULL), (int[]){ KEPT, GUESS, A, B, NOTHING });
}
END_TEST

/* S15, on 0..100 and 0..5: importance 9 and satisfaction 3 are worth 15. */
START_TEST(opportunity_is_ulwicks)
{
    items[A].importance = 4.5;
    put_measured(A, 30, 2);
    struct ranking ranking = ranked_by(SORT_OPPORTUNITY, NULL);
    ck_assert_int_eq(ranking.items[0].touchpoint, A);
    ck_assert_double_eq_tol(ranking.items[0].opportunity, 15, 1e-9);
    ck_assert_int_eq(ranking.items[0].satisfied_from, SATISFACTION_MEASURED);
    ck_assert_double_eq_tol(ranking.items[0].concern, 60, 1e-9);
}
END_TEST

START_TEST(top_boxes_are_the_satisfaction_where_there_are_any)
{
    static int of_a[] = { 0 };
    struct metric metric = { .id = "csat", .type = METRIC_CSAT };
    struct measure measure = {
        .touchpoint = A,
        .metric = 0,
        .status = MEASURE_OK,
        .sample = { .kind = SAMPLE_SHARE },
        .value = 0.3,
    };
    struct figures figures = { .measures = &measure, .measure_count = 1 };
    touchpoints[A].metrics = (struct indices){ of_a, 1 };
    journey.metrics = &metric;
    journey.metric_count = 1;
    items[A].importance = 4.5;
    struct ranking_wish wish = { .sort = SORT_JOURNEY, .filter = ranking_filter_all };
    struct ranking ranking = ranking_new(&arena, &journey, &figures, &readings, &wish);
    ck_assert_int_eq(ranking.items[0].satisfied_from, SATISFACTION_TOP_BOX);
    ck_assert_double_eq_tol(ranking.items[0].opportunity, 15, 1e-9);
}
END_TEST

/* ---- Filters ------------------------------------------------------------------------- */

static size_t taken(const char *text)
{
    struct ranking_wish wish = { .sort = SORT_JOURNEY };
    struct error err;
    error_init(&err);
    ck_assert_msg(ranking_filter_parse(&arena, &journey, text, &wish.filter, &err), "%s: %s", text,
                  err.text);
    struct ranking ranking = ranking_new(&arena, &journey, NULL, &readings, &wish);
    ck_assert_uint_eq(ranking.count + ranking.left_out, COUNT);
    return ranking.count;
}

START_TEST(filters_take_what_they_say)
{
    ck_assert_uint_eq(taken(NULL), COUNT);
    ck_assert_uint_eq(taken(""), COUNT);
    ck_assert_uint_eq(taken("all"), COUNT);
    ck_assert_uint_eq(taken("stage=before"), 2);
    ck_assert_uint_eq(taken("channel=web"), 1);
    ck_assert_uint_eq(taken("channel=shop"), 0);
    ck_assert_uint_eq(taken("owner=tone"), 2);
    ck_assert_uint_eq(taken("owner = Töne , stage=after"), 1);
    ck_assert_uint_eq(taken("media=paid"), 1);
    ck_assert_uint_eq(taken("evidence=measured"), 2);
    ck_assert_uint_eq(taken("evidence=assumed"), 2);
    ck_assert_uint_eq(taken("evidence=observed"), 0);
}
END_TEST

static const struct {
    const char *text, *told;
} wrong[] = {
    { "stage=befor", "the nearest is 'before'" },
    { "owner=Zoll", "no touchpoint has the owner 'Zoll'" },
    { "evidence=measurd", "the nearest is 'measured'" },
    { "booking", "is no filter" },
    { "price=3", "no filter by 'price'" },
};

START_TEST(what_the_map_does_not_have_is_refused)
{
    struct ranking_filter filter;
    struct error err;
    error_init(&err);
    ck_assert(!ranking_filter_parse(&arena, &journey, wrong[_i].text, &filter, &err));
    ck_assert_msg(strstr(err.text, wrong[_i].told) != NULL, "%s", err.text);
}
END_TEST

START_TEST(nothing_is_a_ranking_of_nothing)
{
    readings.count = 0;
    ck_assert_uint_eq(ranked_by(SORT_PRIORITY, NULL).count, 0);
}
END_TEST

Suite *insight_ranking_suite(void)
{
    Suite *suite = suite_create("insight/ranking");
    TCase *tests = tcase_create("ranking");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_well_measured_gap_leads_a_loud_guess);
    tcase_add_test(tests, what_may_be_chance_comes_behind_what_is_sure);
    tcase_add_test(tests, importance_and_reach_weigh);
    tcase_add_test(tests, an_unknown_error_proves_nothing);
    tcase_add_test(tests, other_orders);
    tcase_add_test(tests, opportunity_is_ulwicks);
    tcase_add_test(tests, top_boxes_are_the_satisfaction_where_there_are_any);
    tcase_add_test(tests, filters_take_what_they_say);
    tcase_add_loop_test(tests, what_the_map_does_not_have_is_refused, 0, ARRAY_LEN(wrong));
    tcase_add_test(tests, nothing_is_a_ranking_of_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
