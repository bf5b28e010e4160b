/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/scene/opportunities.h>

#include "scene/fixture.h"
#include "scene/golden.h"

/* Touchpoints of the train that have an opportunity. */
enum { TICKET = 2, PLATFORM = 3, CONNECTION = 5, TAXI = 6 };

static struct fixture *fixture;
static struct arena arena;

static struct opportunity *of(int touchpoint)
{
    ck_assert_uint_eq(fixture->journey.touchpoints[touchpoint].opportunity_count, 1);
    return &fixture->journey.touchpoints[touchpoint].opportunities[0];
}

static const char *label; /* of the metric, which all fixtures share */

static void set_up(void)
{
    fixture = fixture_train();
    label = fixture->journey.metrics[0].label;
    arena_init(&arena);
    int32_t today = time_day(fixture->set.now);
    *of(TICKET) = (struct opportunity){
        .id = "mobile", .title = of(TICKET)->title, .owner = "Sales", .impact = 4, .effort = 2,
        .status = STATUS_RUNNING, .hurdle = HURDLE_STATUS_QUO, .due = today - 3, .votes = 7,
        .expects = { .metric = NONE },
    };
    *of(PLATFORM) = (struct opportunity){
        .id = "say", .title = of(PLATFORM)->title, .impact = 5, .effort = 1,
        .status = STATUS_IDEA, .hurdle = HURDLE_PRACTICE, .due = DAY_NONE, .votes = 9,
        .expects = { .metric = fixture->figures.measures[0].metric, .from = NAN, .to = 4 },
    };
    *of(CONNECTION) = (struct opportunity){
        .id = "wait", .title = of(CONNECTION)->title, .impact = 5, .effort = 4,
        .status = STATUS_IDEA, .hurdle = HURDLE_STATUS_QUO, .due = today + 30, .votes = 1,
        .expects = { .metric = NONE },
    };
    *of(TAXI) = (struct opportunity){
        .id = "taxi", .title = of(TAXI)->title, .impact = 3, .effort = 2,
        .status = STATUS_DROPPED, .due = DAY_NONE, .expects = { .metric = NONE },
    };
    fixture_read(fixture);
}

static void tear_down(void)
{
    fixture->journey.metrics[0].label = label;
    arena_finish(&arena);
    fixture_destroy(fixture);
}

static struct scene *draw(int columns, int rows, struct medium medium)
{
    return opportunities_draw(&arena, &fixture->set, columns, rows, medium);
}

START_TEST(picture_80x24)
{
    golden_styled(draw(80, 24, (struct medium){ 0 }), "opportunities-80x24");
}
END_TEST

START_TEST(picture_of_the_report)
{
    golden_text(draw(80, 0, (struct medium){ .ascii = true, .mono = true }),
                "opportunities-report-ascii-80");
    golden_text(draw(160, 0, (struct medium){ 0 }), "opportunities-report-160");
}
END_TEST

START_TEST(nothing_is_said_to_be_nothing)
{
    for (size_t i = 0; i < fixture->journey.touchpoint_count; i++)
        fixture->journey.touchpoints[i].opportunity_count = 0;
    fixture_read(fixture);
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }),
                         "No opportunities are on the map yet"));
    ck_assert(scene_says(draw(80, 0, (struct medium){ 0 }), "No opportunities are on the map yet"));
}
END_TEST

START_TEST(without_impact_and_effort_there_is_no_plane)
{
    for (size_t i = 0; i < fixture->journey.touchpoint_count; i++)
        if (fixture->journey.touchpoints[i].opportunity_count > 0)
            of((int)i)->effort = NAN;
    ck_assert(!scene_says(draw(80, 0, (struct medium){ 0 }), "Impact against effort"));
    fixture->set.options.board = BOARD_PLANE;
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }), "says its impact and its effort"));
}
END_TEST

START_TEST(by_hurdle_and_as_a_plane)
{
    fixture->set.options.board = BOARD_HURDLE;
    golden_text(draw(80, 24, (struct medium){ 0 }), "opportunities-hurdle-80x24");
    fixture->set.options.board = BOARD_PLANE;
    golden_text(draw(80, 24, (struct medium){ 0 }), "opportunities-plane-80x24");
    golden_text(draw(40, 12, (struct medium){ .ascii = true, .mono = true }),
                "opportunities-plane-ascii-40x12");
}
END_TEST

START_TEST(what_is_chosen_is_lit_and_in_sight)
{
    fixture->set.options.selected = CONNECTION;
    ck_assert_int_eq(board_selected(&fixture->set), 2);
    fixture->set.options.board = BOARD_HURDLE;
    ck_assert_int_eq(board_selected(&fixture->set), 1);
    fixture->set.options.selected = 0; /* has none */
    ck_assert_int_eq(board_selected(&fixture->set), NONE);
    fixture->set.options.board = BOARD_STATUS;
    fixture->set.options.selected = TAXI;
    ck_assert_int_eq(draw(60, 12, (struct medium){ 0 })->first_row, 0);
    fixture->set.options.follow = true;
    struct scene *scene = draw(60, 12, (struct medium){ 0 });
    ck_assert_int_gt(scene->first_row, 0);
    ck_assert_int_gt(scene->cursor_row, 0);
    ck_assert(scene_says(scene, of(TAXI)->title));
    fixture->set.options.scroll = scene->first_row;
    fixture->set.options.selected = TICKET;
    scene = draw(60, 12, (struct medium){ 0 });
    ck_assert_int_eq(scene->first_row, 0);
}
END_TEST

/* ---- Experiments in words ---------------------------------------------------------- */

static struct trial trial;

static struct trial_arm arm(uint64_t customers, double hits, uint64_t n)
{
    return (struct trial_arm){
        .customers = customers,
        .measure = { .n = n,
                     .value = hits / (double)n,
                     .score = NAN,
                     .sample = { .kind = SAMPLE_SHARE, .hits = hits } },
    };
}

/* S2: 132 of 1,200 against 96 of 1,180. */
static void set_trial(void)
{
    fixture->journey.metrics[0].label = "Bought";
    of(TICKET)->experiment =
        (struct experiment){ .metric = 0, .a = "paper", .b = "phone", .share = 0.5 };
    of(TICKET)->expects = (struct expects){ .metric = 0, .from = 0.08, .to = 0.12 };
    trial = (struct trial){ .touchpoint = TICKET,
                            .a = arm(1180, 96, 1180),
                            .b = arm(1200, 132, 1200) };
    fixture->trials = (struct trial_set){ &trial, 1 };
}

static const char *said_of_trial(void)
{
    trials_judge(&fixture->journey, &fixture->trials);
    fixture_read(fixture);
    return trial_sentence(&arena, &fixture->journey, board_find(&fixture->board, of(TICKET)));
}

START_TEST(an_experiment_is_one_line_of_words)
{
    set_trial();
    ck_assert_str_eq(said_of_trial(),
                     "Experiment: Bought is 11% with phone (n 1,200) against 8% with paper "
                     "(n 1,180): +2.9 points, between +0.5 and +5.2; phone is better, by more than "
                     "chance; the arms are filled as planned.");
    of(TICKET)->expects = (struct expects){ .metric = 0, .from = 0.12, .to = 0.08 };
    trial.both = 3;
    ck_assert_ptr_nonnull(strstr(said_of_trial(), "phone is worse, by more than chance; the arms "
                                                  "are filled as planned, but 3 customers got "
                                                  "both."));
    ck_assert_int_eq(trial_ink(&trial), INK_BAD);
    golden_text(draw(80, 24, (struct medium){ 0 }), "opportunities-experiment-80x24");
}
END_TEST

START_TEST(arms_filled_otherwise_come_first_and_find_nothing)
{
    set_trial();
    trial.a.customers = 5200;
    trial.b.customers = 4800;
    ck_assert_str_eq(said_of_trial(),
                     "Experiment: the arms are not filled as planned. paper got 5,200 customers "
                     "and phone got 4,800, where 50% of them were to get phone. Find the fault "
                     "first: until then no difference is a finding.");
    ck_assert_int_eq(trial_ink(&trial), INK_WARN);
}
END_TEST

START_TEST(what_is_not_measured_says_why)
{
    set_trial();
    trial.b = arm(2, 1, 2);
    trial.b.measure.status = MEASURE_HIDDEN;
    trial.a = arm(3, 1, 3);
    trial.a.measure.status = MEASURE_HIDDEN;
    ck_assert_str_eq(said_of_trial(),
                     "Experiment: too little is measured of Bought: paper n 3, phone n 2.");
    trial.problem = "the disk is on fire";
    ck_assert_str_eq(said_of_trial(), "Experiment: not measured, since the disk is on fire.");
    fixture->trials.count = 0;
    ck_assert_str_eq(said_of_trial(), "Experiment: phone against paper, by Bought; not measured.");
    of(TICKET)->experiment.a = NULL;
    ck_assert_ptr_null(said_of_trial());
}
END_TEST

START_TEST(answers_are_told_in_pairs)
{
    set_trial();
    trial.finding = (struct finding){ .state = TRIAL_UNSURE,
                                      .test = TRIAL_TEST_MANN_WHITNEY,
                                      .superiority = 0.58,
                                      .superiority_lo = 0.495,
                                      .superiority_hi = 0.664 };
    fixture_read(fixture);
    const char *text =
        trial_sentence(&arena, &fixture->journey, board_find(&fixture->board, of(TICKET)));
    ck_assert_ptr_nonnull(strstr(text, ": in 58 of 100 pairs phone is above, between 50 and 66; "
                                       "that may be chance; "));
}
END_TEST

Suite *scene_opportunities_suite(void)
{
    Suite *suite = suite_create("scene_opportunities");
    TCase *tests = tcase_create("board");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, picture_80x24);
    tcase_add_test(tests, picture_of_the_report);
    tcase_add_test(tests, nothing_is_said_to_be_nothing);
    tcase_add_test(tests, without_impact_and_effort_there_is_no_plane);
    tcase_add_test(tests, by_hurdle_and_as_a_plane);
    tcase_add_test(tests, what_is_chosen_is_lit_and_in_sight);
    tcase_add_test(tests, an_experiment_is_one_line_of_words);
    tcase_add_test(tests, arms_filled_otherwise_come_first_and_find_nothing);
    tcase_add_test(tests, what_is_not_measured_says_why);
    tcase_add_test(tests, answers_are_told_in_pairs);
    suite_add_tcase(suite, tests);
    return suite;
}
