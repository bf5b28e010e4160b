/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <string.h>

#include <stellwerk/base/time.h>
#include <stellwerk/scene/promises.h>

#include "scene/fixture.h"
#include "scene/golden.h"

static struct fixture *fixture;
static struct arena arena;
static struct promises promises;

static struct bin stars[] = { { 1, 12 }, { 2, 6 }, { 3, 5 }, { 4, 9 }, { 5, 3 } };
static struct bin few[] = { { 10, 2 } };
static struct verbatim words[] = {
    { .text = "My time? Their time.", .value = 1 },
    { .text = "I waited \x1b[31mfor\x1b[0m a word.", .value = NAN },
};
static struct rating items[] = {
    { .touchpoint = 3,
      .metric = "stars",
      .scale_min = 1,
      .scale_max = 5,
      .bins = stars,
      .bin_count = 5,
      .n = 35,
      .verbatims = words,
      .verbatim_count = 2 },
    { .touchpoint = 6,
      .metric = "score",
      .scale_min = 0,
      .scale_max = 10,
      .bins = few,
      .bin_count = 1,
      .n = 2 },
    { .touchpoint = NONE,
      .metric = "stars",
      .promises = true,
      .scale_min = 1,
      .scale_max = 5,
      .bins = stars,
      .bin_count = 5,
      .n = 35 },
};
static struct heard heard[9];
static struct voices voices;

static void read_promises(void)
{
    fixture_read(fixture);
    promises = promises_new(&arena, &fixture->journey, fixture->set.readings, &voices);
    fixture->set.promises = &promises;
}

static void set_up(void)
{
    fixture = fixture_train();
    arena_init(&arena);
    int64_t newest = fixture->set.now - 2 * TIME_US_PER_DAY;
    for (size_t i = 0; i < 3; i++)
        items[i].newest = newest;
    words[0].ts = words[1].ts = newest;
    voices = (struct voices){
        .items = items, .count = 3, .persona_ignored = true, .heard = heard, .heard_count = 9
    };
    memset(heard, 0, sizeof(heard));
    heard[3] = (struct heard){ .n = 40, .newest = newest, .scores = { 40, 84, 2500 } };
    heard[4] = (struct heard){ .n = 3, .newest = newest, .scores = { 3, 60, 10 } };
    voices_complete(&voices);
    fixture->journey.touchpoints[1].standard = NAN;
    fixture->set.options.selected = 3;
    read_promises();
}

static void tear_down(void)
{
    arena_finish(&arena);
    fixture_destroy(fixture);
}

static struct scene *draw(int columns, int rows, struct medium medium)
{
    return promises_draw(&arena, &fixture->set, columns, rows, medium);
}

START_TEST(picture_80x24)
{
    golden_styled(draw(80, 24, (struct medium){ 0 }), "promises-80x24");
}
END_TEST

START_TEST(picture_of_the_report)
{
    golden_text(draw(60, 0, (struct medium){ .ascii = true, .mono = true }),
                "promises-report-ascii-60");
    golden_text(draw(160, 0, (struct medium){ 0 }), "promises-report-160");
}
END_TEST

START_TEST(the_selected_touchpoint_is_lit_and_in_sight)
{
    ck_assert_int_eq(draw(60, 12, (struct medium){ 0 })->first_row, 0);
    fixture->set.options.follow = true;
    struct scene *scene = draw(60, 12, (struct medium){ 0 });
    ck_assert_int_ge(promises_selected(&fixture->set), 0);
    ck_assert_int_gt(scene->cursor_row, 0);
    fixture->set.options.selected = promises.items[promises.count - 2].touchpoint;
    scene = draw(60, 12, (struct medium){ 0 });
    ck_assert_int_gt(scene->first_row, 0);
    fixture->set.options.selected = NONE;
    ck_assert_int_eq(promises_selected(&fixture->set), NONE);
}
END_TEST

START_TEST(what_customers_heard_is_told)
{
    struct scene *scene = draw(120, 0, (struct medium){ 0 });
    ck_assert(scene_says(scene, "customers heard 84 (81 to 87) · n 40"));
    ck_assert(scene_says(scene, "what customers heard: too few to show · n 3"));
    fixture->journey.touchpoints[3].promise.score = NAN;
    read_promises();
    scene = draw(120, 0, (struct medium){ 0 });
    ck_assert(scene_says(scene, "taken for the promise, of which the map gives no score"));
    fixture->journey.touchpoints[3].promise.score = 99;
    voices.heard_context_ignored = voices.heard_persona_ignored = true;
    read_promises();
    scene = draw(160, 0, (struct medium){ 0 });
    ck_assert(scene_says(scene, "not what the map says"));
    ck_assert(scene_says(scene, "Nobody who said what was promised says of which persona"));
    ck_assert(scene_says(scene, "Nobody who said what was promised says in which context"));
    fixture->journey.touchpoints[3].promise = (struct promise){ .score = NAN };
    voices.count = 0;
    read_promises();
    ck_assert(scene_says(draw(160, 0, (struct medium){ 0 }), "Without a claim of our own"));
}
END_TEST

START_TEST(nothing_is_said_to_be_nothing)
{
    for (size_t i = 0; i < fixture->journey.touchpoint_count; i++) {
        fixture->journey.touchpoints[i].promise = (struct promise){ .score = NAN };
        fixture->journey.touchpoints[i].media = MEDIA_NONE;
    }
    voices.count = voices.heard_count = 0;
    read_promises();
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }), "makes no promises yet"));
    ck_assert(scene_says(draw(80, 0, (struct medium){ 0 }), "makes no promises yet"));
    fixture->set.promises = NULL;
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }), "makes no promises yet"));
    ck_assert(scene_says(draw(30, 8, (struct medium){ 0 }), "small"));
}
END_TEST

START_TEST(earned_media_without_a_voice_say_so)
{
    fixture->journey.touchpoints[0].media = MEDIA_EARNED;
    fixture->journey.touchpoints[0].promise = (struct promise){ .score = NAN };
    voices.count = 0;
    read_promises();
    ck_assert(scene_says(draw(80, 0, (struct medium){ 0 }), "the store has no ratings or reviews"));
    promises.voices = NULL;
    ck_assert(scene_says(draw(80, 0, (struct medium){ 0 }), "nothing is read from a store"));
}
END_TEST

Suite *scene_promises_suite(void)
{
    Suite *suite = suite_create("scene_promises");
    TCase *tests = tcase_create("promises");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, picture_80x24);
    tcase_add_test(tests, picture_of_the_report);
    tcase_add_test(tests, the_selected_touchpoint_is_lit_and_in_sight);
    tcase_add_test(tests, what_customers_heard_is_told);
    tcase_add_test(tests, nothing_is_said_to_be_nothing);
    tcase_add_test(tests, earned_media_without_a_voice_say_so);
    suite_add_tcase(suite, tests);
    return suite;
}
