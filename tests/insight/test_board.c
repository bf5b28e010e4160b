/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>

#include <stellwerk/insight/board.h>

static struct arena arena;
static struct opportunity first[3], second[2];
static struct touchpoint touchpoints[2];
static struct journey journey = { .touchpoints = touchpoints, .touchpoint_count = 2 };
static const struct lens everybody = { .persona = NONE, .context = NONE };

static struct opportunity idea(const char *id, double impact, double effort)
{
    return (struct opportunity){ .id = id, .impact = impact, .effort = effort, .due = DAY_NONE,
                                 .expects = { .metric = NONE } };
}

static void setup(void)
{
    arena_init(&arena);
    touchpoints[0] = (struct touchpoint){ .id = "one", .importance = NAN, .standard = NAN,
                                          .promise.score = NAN, .channel = NONE,
                                          .opportunities = first, .opportunity_count = 3 };
    touchpoints[1] = touchpoints[0];
    touchpoints[1].id = "two";
    touchpoints[1].opportunities = second;
    touchpoints[1].opportunity_count = 2;
    first[0] = idea("a", 1, 4);
    first[1] = idea("b", 5, 1);
    first[2] = idea("c", 5, 1);
    second[0] = idea("d", 3, 3);
    second[1] = idea("e", 5, 0);
}

static void teardown(void)
{
    arena_finish(&arena);
}

static struct board board_on(int32_t today)
{
    const struct readings *readings = readings_new(&arena, &journey, NULL, &everybody);
    return board_new(&arena, &journey, NULL, readings, NULL, today);
}

static void ck_order(enum board_order order, const char *ids)
{
    struct board board = board_on(0);
    ck_assert_uint_eq(board.count, 5);
    for (size_t i = 0; i < board.count; i++)
        ck_assert_int_eq(board_at(&board, order, i)->opportunity->id[0], ids[i]);
}

START_TEST(what_is_under_way_leads_then_what_brings_most_for_least)
{
    first[0].status = STATUS_RUNNING;
    second[1].status = STATUS_DROPPED;
    first[2].status = STATUS_PLANNED;
    ck_order(BOARD_BY_STATUS, "acbde");
    second[0].status = STATUS_PLANNED;
    second[0].impact = second[0].effort = NAN; /* neither much nor little */
    ck_order(BOARD_BY_STATUS, "acdbe");
}
END_TEST

START_TEST(votes_decide_then_the_journey)
{
    ck_order(BOARD_BY_STATUS, "ebcda");
    first[2].votes = 1;
    ck_order(BOARD_BY_STATUS, "ecbda");
}
END_TEST

START_TEST(hurdles_hold_those_that_are_open)
{
    first[0].hurdle = HURDLE_TECHNOLOGY;
    first[1].hurdle = HURDLE_STATUS_QUO;
    first[2].hurdle = HURDLE_TECHNOLOGY;
    second[1].hurdle = HURDLE_TIME;
    second[1].status = STATUS_DONE;
    ck_order(BOARD_BY_HURDLE, "bcade");
}
END_TEST

START_TEST(what_is_over_is_not_overdue)
{
    first[0].due = 10;
    ck_assert(opportunity_is_overdue(&first[0], 11));
    ck_assert(!opportunity_is_overdue(&first[0], 10));
    struct board board = board_on(11);
    ck_assert(board_find(&board, &first[0])->overdue);
    ck_assert(!board_find(&board, &first[1])->overdue);
    first[0].status = STATUS_DONE;
    ck_assert(!opportunity_is_overdue(&first[0], 11));
}
END_TEST

START_TEST(each_has_its_gap_and_its_experiment)
{
    struct expectation expected = { { NONE, NONE }, 60, 80, EVIDENCE_ASSUMED, NULL, { 0 } };
    struct experience felt = { { NONE, NONE }, 45, EVIDENCE_ASSUMED, NULL, { 0 } };
    struct trial trials[] = { { .touchpoint = 1, .opportunity = 1 } };
    struct trial_set set = { trials, 1 };
    touchpoints[1].expectations = &expected;
    touchpoints[1].experiences = &felt;
    touchpoints[1].expectation_count = touchpoints[1].experience_count = 1;
    const struct readings *readings = readings_new(&arena, &journey, NULL, &everybody);
    struct board board = board_new(&arena, &journey, NULL, readings, &set, 0);
    const struct board_row *row = board_find(&board, &second[1]);
    ck_assert_double_eq(row->gap.value, -15);
    ck_assert(!row->measured);
    ck_assert_ptr_eq(row->trial, &trials[0]);
    ck_assert_ptr_null(board_find(&board, &second[0])->trial);
    ck_assert_double_nan(board_find(&board, &first[0])->gap.value);
    ck_assert_ptr_null(board_find(NULL, &first[0]));
    ck_assert_ptr_null(board_find(&board, NULL));
}
END_TEST

START_TEST(an_empty_map_has_an_empty_board)
{
    journey.touchpoint_count = 0;
    ck_assert_uint_eq(board_on(0).count, 0);
    journey.touchpoint_count = 2;
}
END_TEST

Suite *insight_board_suite(void)
{
    Suite *suite = suite_create("insight_board");
    TCase *tests = tcase_create("board");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, what_is_under_way_leads_then_what_brings_most_for_least);
    tcase_add_test(tests, votes_decide_then_the_journey);
    tcase_add_test(tests, hurdles_hold_those_that_are_open);
    tcase_add_test(tests, what_is_over_is_not_overdue);
    tcase_add_test(tests, each_has_its_gap_and_its_experiment);
    tcase_add_test(tests, an_empty_map_has_an_empty_board);
    suite_add_tcase(suite, tests);
    return suite;
}
