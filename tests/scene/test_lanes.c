/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/scene/attribution.h>
#include <stellwerk/scene/lanes.h>
#include <stellwerk/scene/paths.h>

#include "scene/fixture.h"
#include "scene/golden.h"

static struct fixture *fixture;
static struct arena arena;

static void set_up(void)
{
    fixture = fixture_train();
    arena_init(&arena);
}

static void tear_down(void)
{
    arena_finish(&arena);
    fixture_destroy(fixture);
}

/* One touchpoint's part of a lane, its rows parted by "|". */
static const char *lane_text(enum lane_id lane, int touchpoint, int columns, int rows)
{
    struct scene *scene = scene_new(&arena, columns, rows, (struct medium){ 0 });
    struct lane_cell cell = {
        .scene = scene,
        .set = &fixture->set,
        .touchpoint = touchpoint,
        .rows = rows,
        .columns = columns,
    };
    lane_draw(lane, &cell);
    const char *text = row_text(scene, 0);
    for (int row = 1; row < rows; row++)
        text = arena_printf(&arena, "%s|%s", text, row_text(scene, row));
    return text;
}

START_TEST(test_gaps)
{
    ck_assert_str_eq(lane_text(LANE_GAP, 3, 20, 1), "−23 ±7");
    ck_assert_str_eq(lane_text(LANE_GAP, 2, 20, 1), "−27 ±3 ≠");
    ck_assert_str_eq(lane_text(LANE_GAP, 2, 5, 1), "−27 ≠");
    ck_assert_str_eq(lane_text(LANE_GAP, 4, 20, 1), "+3 ±6 ≠");
    ck_assert_str_eq(lane_text(LANE_GAP, 0, 20, 1), "· met");
    ck_assert_str_eq(lane_text(LANE_GAP, 7, 20, 1), "· met estimated");
    ck_assert_str_eq(lane_text(LANE_GAP, 7, 12, 1), "· met est.");
}
END_TEST

START_TEST(test_gaps_of_estimates)
{
    fixture->set.options.overlay = false;
    ck_assert_str_eq(lane_text(LANE_GAP, 2, 20, 1), "−20 estimated");
    ck_assert_str_eq(lane_text(LANE_GAP, 2, 10, 1), "−20 est.");
}
END_TEST

START_TEST(test_missing_is_never_zero)
{
    fixture->journey.touchpoints[2].expectation_count = 0;
    fixture_read(fixture);
    ck_assert_str_eq(lane_text(LANE_GAP, 2, 20, 1), "–");
    ck_assert_str_eq(lane_text(LANE_N, 7, 20, 1), "–");
    ck_assert_str_eq(lane_text(LANE_TREND, 7, 20, 1), "");
    ck_assert_str_eq(lane_text(LANE_METRICS, 7, 20, 1), "– Satisfaction");
}
END_TEST

START_TEST(test_n_tells_what_it_is_worth)
{
    ck_assert_str_eq(lane_text(LANE_N, 3, 20, 1), "266");
    ck_assert_str_eq(lane_text(LANE_N, 8, 20, 1), "12 ○ · 5 weeks old");
    ck_assert_str_eq(lane_text(LANE_N, 8, 12, 1), "12 ○ · old");
    fixture->figures.measures[3].status = MEASURE_HIDDEN;
    fixture->figures.measures[3].n = 3;
    fixture_read(fixture);
    ck_assert_str_eq(lane_text(LANE_N, 3, 20, 1), "3, too few");
}
END_TEST

START_TEST(test_chosen_metric)
{
    fixture->set.options.metric = 0;
    ck_assert_str_eq(lane_text(LANE_N, 3, 20, 1), "266");
    ck_assert_ptr_eq(lane_measure(&fixture->set, 3), &fixture->figures.measures[3]);
    fixture->set.options.metric = 7;
    ck_assert_str_eq(lane_text(LANE_N, 3, 20, 1), "–");
    ck_assert_ptr_null(lane_measure(&fixture->set, 3));
}
END_TEST

START_TEST(test_trend_has_holes_and_the_value_where_it_fits)
{
    ck_assert_str_eq(lane_text(LANE_TREND, 3, 20, 1), "█▅▄▃▃▂▁▂ 37 points");
    ck_assert_str_eq(lane_text(LANE_TREND, 3, 12, 1), "█▅▄▃▃▂▁▂");
    ck_assert_int_eq((int)strlen(lane_text(LANE_TREND, 3, 4, 1)), 4 * 3);
    ck_assert_str_eq(lane_text(LANE_TREND, 8, 10, 1), "▅  ▄ ▄ ▅");
}
END_TEST

START_TEST(test_media_breaks_are_marked)
{
    ck_assert_str_eq(lane_text(LANE_CHANNEL, 1, 20, 1), "web");
    ck_assert_str_eq(lane_text(LANE_CHANNEL, 2, 20, 1), "→ paper");
}
END_TEST

START_TEST(test_texts_wrap_and_the_last_row_runs_on)
{
    ck_assert_str_eq(lane_text(LANE_ACTIONS, 3, 18, 3),
                     "waits at platform|4, looks at the|board, looks at t…");
    ck_assert_str_eq(lane_text(LANE_ACTIONS, 3, 18, 4),
                     "waits at platform|4, looks at the|board, looks at|the clock");
    static const char *pains[] = { "late", "no word", "cold" };
    fixture->journey.touchpoints[3].pains = (struct texts){ pains, ARRAY_LEN(pains) };
    ck_assert_str_eq(lane_text(LANE_PAINS, 3, 18, 3), "late|no word|cold");
    ck_assert_str_eq(lane_text(LANE_PAINS, 3, 18, 2), "late|no word · cold");
    ck_assert_str_eq(lane_text(LANE_PAINS, 3, 12, 1), "late · no w…");
}
END_TEST

START_TEST(test_quotes_have_their_source_and_their_persona)
{
    ck_assert_str_eq(lane_text(LANE_QUOTES, 5, 44, 2),
                     "“Doors shut in my face. By nine seconds.”|— survey");
    static struct quote other = { .text = "Lovely.", .persona = 1 };
    fixture->journey.touchpoints[5].quotes = &other;
    ck_assert_str_eq(lane_text(LANE_QUOTES, 5, 40, 1), "");
    fixture->set.lens.persona = NONE;
    ck_assert_str_eq(lane_text(LANE_QUOTES, 5, 40, 1), "“Lovely.”");
}
END_TEST

START_TEST(test_opportunities_that_were_dropped_are_left_out)
{
    ck_assert_str_eq(lane_text(LANE_OPPORTUNITIES, 6, 40, 1), "Taxi from the travel app (planned)");
    ck_assert_str_eq(lane_text(LANE_VOTES, 6, 10, 1), "4 ▪▪▪▪");
    ck_assert_str_eq(lane_text(LANE_VOTES, 5, 8, 1), "11 ▪▪▪▪▪");
    fixture->journey.touchpoints[6].opportunities[0].status = STATUS_DROPPED;
    ck_assert_str_eq(lane_text(LANE_OPPORTUNITIES, 6, 40, 1), "");
}
END_TEST

START_TEST(test_contents_tell_what_is_missing)
{
    static struct content contents[] = {
        { .title = "Mail", .status = CONTENT_LIVE },
        { .title = "Text message", .status = CONTENT_MISSING },
    };
    fixture->journey.touchpoints[3].contents = contents;
    fixture->journey.touchpoints[3].content_count = ARRAY_LEN(contents);
    ck_assert_str_eq(lane_text(LANE_CONTENT, 3, 30, 2), "Mail|Text message (missing)");
}
END_TEST

START_TEST(test_lanes_without_anything_are_not_used)
{
    ck_assert(lane_used(&arena, LANE_GAP, &fixture->set));
    ck_assert(lane_used(&arena, LANE_N, &fixture->set));
    ck_assert(lane_used(&arena, LANE_PAINS, &fixture->set));
    ck_assert(!lane_used(&arena, LANE_BACKSTAGE, &fixture->set));
    fixture->set.options.overlay = false;
    ck_assert(!lane_used(&arena, LANE_N, &fixture->set));
    ck_assert(!lane_used(&arena, LANE_TREND, &fixture->set));
}
END_TEST

START_TEST(test_rows_needed)
{
    struct medium medium = { 0 };
    ck_assert_int_eq(lane_rows(&arena, LANE_GAP, &fixture->set, medium, 3, 18, 10), 1);
    ck_assert_int_eq(lane_rows(&arena, LANE_ACTIONS, &fixture->set, medium, 3, 18, 10), 4);
    ck_assert_int_eq(lane_rows(&arena, LANE_ACTIONS, &fixture->set, medium, 3, 18, 2), 3);
    ck_assert_int_eq(lane_rows(&arena, LANE_PAINS, &fixture->set, medium, 0, 18, 10), 0);
}
END_TEST

/* Of 400 cases 280 were at the first touchpoint, and 28 of the 200 that are over ended there. */
START_TEST(test_lanes_of_cases)
{
    struct path_column columns[] = {
        { .touchpoint = 0, .present = 280, .settled = 200, .dropped = 28 },
        { .touchpoint = 1 },
        { .touchpoint = 2, .present = 60, .settled = 60 },
    };
    struct path_set paths = {
        .paths = { .cases = 400, .goal = 2, .columns = columns, .column_count = 3 },
    };
    ck_assert(!lane_used(&arena, LANE_TRAFFIC, &fixture->set));
    ck_assert(!lane_used(&arena, LANE_CREDIT, &fixture->set));
    fixture->set.paths = &paths;
    ck_assert(lane_used(&arena, LANE_TRAFFIC, &fixture->set));
    ck_assert(lane_used(&arena, LANE_DROPOUT, &fixture->set));
    ck_assert_str_eq(lane_text(LANE_TRAFFIC, 0, 24, 1), "70% ±4 of 400 ███████");
    ck_assert_str_eq(lane_text(LANE_TRAFFIC, 0, 7, 1), "70% ±4");
    ck_assert_str_eq(lane_text(LANE_TRAFFIC, 0, 4, 1), "70%");
    ck_assert_str_eq(lane_text(LANE_TRAFFIC, 1, 24, 1), "0% ±0 of 400");
    ck_assert_str_eq(lane_text(LANE_DROPOUT, 0, 24, 1), "14% ±5 of 200 ▒");
    ck_assert_str_eq(lane_text(LANE_DROPOUT, 1, 24, 1), "–"); /* nobody was there */
    ck_assert_str_eq(lane_text(LANE_DROPOUT, 2, 24, 1), "–"); /* it is the goal */
    ck_assert_str_eq(lane_text(LANE_TRAFFIC, 5, 24, 1), "");  /* not on this route */
    fixture->set.options.overlay = false;
    ck_assert(!lane_used(&arena, LANE_TRAFFIC, &fixture->set));
}
END_TEST

START_TEST(test_lane_of_credit)
{
    static const int steps[] = { 0, 1 };
    static const int touchpoints[] = { 3, 1, NONE };
    static const char *const titles[] = { "d", "b", "x" };
    const struct attribution_path path = { .steps = steps, .step_count = 2,
                                           .outcome = { 30, 0, 10 } };
    const struct attribution_input input = { .paths = &path, .count = 1, .touchpoints = 3 };
    const struct attribution_options options = { .models = ATTRIBUTION_BIT(ATTRIBUTION_LINEAR) };
    const struct credit_set credits = {
        .table = attribution_new(&arena, &input, &options),
        .titles = titles, .touchpoints = touchpoints, .goal = 5,
    };
    fixture->set.credits = &credits;
    ck_assert(lane_used(&arena, LANE_CREDIT, &fixture->set));
    ck_assert_str_eq(lane_text(LANE_CREDIT, 3, 22, 1), "50% of 30 ██████");
    ck_assert_str_eq(lane_text(LANE_CREDIT, 3, 5, 1), "50%");
    ck_assert_str_eq(lane_text(LANE_CREDIT, 2, 22, 1), "–");
    ck_assert_str_eq(lane_text(LANE_CREDIT, 5, 22, 1), "–");
}
END_TEST

Suite *scene_lanes_suite(void)
{
    Suite *suite = suite_create("scene_lanes");
    TCase *tests = tcase_create("lanes");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_gaps);
    tcase_add_test(tests, test_gaps_of_estimates);
    tcase_add_test(tests, test_missing_is_never_zero);
    tcase_add_test(tests, test_n_tells_what_it_is_worth);
    tcase_add_test(tests, test_chosen_metric);
    tcase_add_test(tests, test_trend_has_holes_and_the_value_where_it_fits);
    tcase_add_test(tests, test_media_breaks_are_marked);
    tcase_add_test(tests, test_texts_wrap_and_the_last_row_runs_on);
    tcase_add_test(tests, test_quotes_have_their_source_and_their_persona);
    tcase_add_test(tests, test_opportunities_that_were_dropped_are_left_out);
    tcase_add_test(tests, test_contents_tell_what_is_missing);
    tcase_add_test(tests, test_lanes_without_anything_are_not_used);
    tcase_add_test(tests, test_rows_needed);
    tcase_add_test(tests, test_lanes_of_cases);
    tcase_add_test(tests, test_lane_of_credit);
    suite_add_tcase(suite, tests);
    return suite;
}
