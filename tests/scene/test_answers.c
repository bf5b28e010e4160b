/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/scene/answers.h>

#include "scene/fixture.h"
#include "scene/golden.h"

static struct fixture *fixture;
static struct arena arena;
static struct metric delay;
static int64_t noon;

static void set_up(void)
{
    arena_init(&arena);
    fixture = fixture_train();
    delay = (struct metric){ .id = "delay", .label = "Delay", .type = METRIC_MEAN, .unit = "min" };
    fixture->journey.metrics = &delay;
    noon = (int64_t)time_day_from_civil((struct civil){ 2026, 8, 3 }) * TIME_US_PER_DAY +
           INT64_C(43200000000);
}

static void tear_down(void)
{
    fixture_destroy(fixture);
    arena_finish(&arena);
}

START_TEST(test_rows_are_told_with_what_was_said)
{
    struct series_row rows[] = {
        { .from = noon,
          .to = noon,
          .value = 2,
          .scale_min = 1,
          .scale_max = 5,
          .n = 1,
          .persona = "anna",
          .channel = "nowhere",
          .who = "r1",
          .text = "It was late,\nand nobody said a word about it \x1b[31mred." },
        { .from = noon,
          .to = noon,
          .value = NAN,
          .scale_min = NAN,
          .scale_max = NAN,
          .hit = HIT_YES,
          .n = 1,
          .activity = "arrive" },
        { .from = noon,
          .to = noon + 3 * TIME_US_PER_DAY,
          .value = 12.5,
          .scale_min = NAN,
          .scale_max = NAN,
          .n = 1200 },
    };
    struct series_page page = { .rows = rows, .count = 3, .total = 1203 };
    struct scene *scene =
        answers_draw(&arena, &fixture->set, 0, &page, "", 60, (struct medium){ 0 });
    ck_assert_str_eq(row_text(scene, 0), "2026-08-03 12:00  2 (1 to 5)  Anna Berg · nowhere · r1");
    ck_assert_str_eq(row_text(scene, 1), "    “It was late,");
    ck_assert_ptr_null(strstr(scene_all_text(scene), "\x1b"));
    ck_assert(scene_says(scene, "2026-08-03 12:00  yes  arrive"));
    ck_assert(scene_says(scene, "3–6 August 2026  12.5 min  n 1,200"));
    ck_assert_str_eq(answers_count(&arena, &page), "1 to 3 of 1,203");
    page.total = 3;
    ck_assert_str_eq(answers_count(&arena, &page), "3 rows");
    page.total = page.count = 0;
    ck_assert_ptr_null(answers_count(&arena, &page));
    ck_assert_str_eq(
        row_text(answers_draw(&arena, &fixture->set, 0, &page, "", 60, (struct medium){ 0 }), 0),
        "no data");
}
END_TEST

START_TEST(test_a_query_is_told_with_what_it_gave)
{
    struct series_row rows[] = {
        { .from = TIME_NONE,
          .to = TIME_NONE,
          .value = 0.75,
          .scale_min = NAN,
          .scale_max = NAN,
          .n = 7,
          .sd = 1.5,
          .part = 3,
          .whole = 4 },
    };
    struct series_place places[] = { { -2, 1, 7 }, { NONE, 2, 2 }, { 3, 1, 7.5 } };
    struct series_query query = {
        .text = "SELECT 3 AS num,\n\n    4 AS den \x1b[31m\n",
        .ran = noon,
        .timeless = true,
        .places = places,
        .place_count = 3,
    };
    struct series_page page = { .rows = rows, .count = 1, .total = 1, .query = &query };
    struct scene *scene =
        answers_draw(&arena, &fixture->set, 0, &page, "", 80, (struct medium){ 0 });
    ck_assert(scene_says(scene, "it ran at 2026-08-03 12:00 UTC:"));
    ck_assert(scene_says(scene, "  SELECT 3 AS num,"));
    ck_assert(scene_says(scene, "      4 AS den"));
    ck_assert_ptr_null(strstr(scene_all_text(scene), "\x1b"));
    ck_assert(scene_says(scene, "every touchpoint that has the metric: 1 row, n 7"));
    ck_assert(scene_says(scene, "no touchpoint that has the metric: 2 rows, n 2"));
    ck_assert(scene_says(scene, "Platform: 1 row, n 7.5"));
    ck_assert(scene_says(scene, "0.75 min  3 of 4 · sd 1.5 · n 7"));
    page.count = page.total = query.place_count = 0;
    scene = answers_draw(&arena, &fixture->set, 0, &page, "", 80, (struct medium){ 0 });
    ck_assert(scene_says(scene, "no row"));
    scene = answers_draw(&arena, &fixture->set, 0, &page, "the query is wrong", 80,
                         (struct medium){ 0 });
    ck_assert(scene_says(scene, "the query is wrong"));
    ck_assert(scene_says(scene, "SELECT 3 AS num,"));
    ck_assert(!scene_says(scene, "What it gave"));
}
END_TEST

Suite *scene_answers_suite(void)
{
    Suite *suite = suite_create("scene_answers");
    TCase *tests = tcase_create("answers");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_rows_are_told_with_what_was_said);
    tcase_add_test(tests, test_a_query_is_told_with_what_it_gave);
    suite_add_tcase(suite, tests);
    return suite;
}
