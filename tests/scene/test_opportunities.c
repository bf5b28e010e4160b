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

static void set_up(void)
{
    fixture = fixture_train();
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
}

static void tear_down(void)
{
    arena_finish(&arena);
    fixture_destroy(fixture);
}

static struct scene *draw(int columns, int rows, struct medium medium)
{
    return opportunities_draw(&arena, &fixture->set, columns, rows, medium);
}

START_TEST(what_is_under_way_leads_then_what_brings_most_for_least)
{
    size_t count;
    const struct board_row *rows = board_rows(&arena, &fixture->set, &count);
    ck_assert_uint_eq(count, 4);
    ck_assert_int_eq(rows[0].touchpoint, TICKET);
    ck_assert_int_eq(rows[1].touchpoint, PLATFORM);
    ck_assert_int_eq(rows[2].touchpoint, CONNECTION);
    ck_assert_int_eq(rows[3].touchpoint, TAXI);
    ck_assert(rows[0].overdue);
    ck_assert(!rows[2].overdue);
    of(PLATFORM)->impact = of(PLATFORM)->effort = NAN; /* neither much nor little */
    rows = board_rows(&arena, &fixture->set, &count);
    ck_assert_int_eq(rows[1].touchpoint, CONNECTION);
}
END_TEST

START_TEST(what_is_over_is_not_overdue)
{
    of(TICKET)->status = STATUS_DONE;
    ck_assert(!opportunity_is_overdue(of(TICKET), time_day(fixture->set.now)));
    of(TICKET)->status = STATUS_PLANNED;
    ck_assert(opportunity_is_overdue(of(TICKET), time_day(fixture->set.now)));
    ck_assert(!opportunity_is_overdue(of(TICKET), of(TICKET)->due));
}
END_TEST

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
    struct scene *scene = draw(80, 24, (struct medium){ 0 });
    bool said = false;
    for (int row = 0; row < scene->rows; row++)
        said |= strstr(row_text(scene, row), "no opportunities are on the map yet") != NULL;
    ck_assert(said);
}
END_TEST

START_TEST(without_impact_and_effort_there_is_no_plane)
{
    for (size_t i = 0; i < fixture->journey.touchpoint_count; i++)
        if (fixture->journey.touchpoints[i].opportunity_count > 0)
            of((int)i)->effort = NAN;
    struct scene *scene = draw(80, 0, (struct medium){ 0 });
    for (int row = 0; row < scene->rows; row++)
        ck_assert_ptr_null(strstr(row_text(scene, row), "Impact against effort"));
}
END_TEST

Suite *scene_opportunities_suite(void)
{
    Suite *suite = suite_create("scene_opportunities");
    TCase *tests = tcase_create("board");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, what_is_under_way_leads_then_what_brings_most_for_least);
    tcase_add_test(tests, what_is_over_is_not_overdue);
    tcase_add_test(tests, picture_80x24);
    tcase_add_test(tests, picture_of_the_report);
    tcase_add_test(tests, nothing_is_said_to_be_nothing);
    tcase_add_test(tests, without_impact_and_effort_there_is_no_plane);
    suite_add_tcase(suite, tests);
    return suite;
}
