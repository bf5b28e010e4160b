/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/scene/story.h>

#include "scene/fixture.h"
#include "scene/golden.h"

#define MINUTE INT64_C(60000000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static struct fixture *fixture;
static struct arena arena;
static struct story_set set;
static struct sequence sequence;

static struct story_event events[] = {
    { 8 * HOUR, 0, "search", NONE, "web", NULL, NULL, NAN, 0.5 },
    { 8 * HOUR + 2 * MINUTE, 1, "book", NONE, "web", NULL, NULL, NAN, NAN },
    { 8 * HOUR + 3 * MINUTE, 1, "book", NONE, "web", NULL, NULL, NAN, NAN },
    { 8 * HOUR + 9 * MINUTE, 1, "book", NONE, "web", NULL, NULL, NAN, NAN },
    { 9 * HOUR, 1, "pays", NONE, "web", "paid", "EUR", 49.9, NAN },
    { 9 * HOUR, NONE, "calls the \x1b[31mhotline", NONE, NULL, NULL, NULL, NAN, NAN },
    { 3 * DAY, 0, "search", NONE, "web", NULL, NULL, NAN, NAN },
    { 4 * DAY, 8, "Follow-up", NONE, "a channel with a long name", NULL, NULL, NAN, NAN },
};
static struct story_answer answers[] = {
    { 8 * HOUR + 4 * MINUTE, 1, NONE, "csat", "experience", 2, 1, 5, 25, "Why twice? \x1b[0m" },
    { 10 * HOUR, NONE, NONE, "nps", "experience", NAN, NAN, NAN, NAN, "A word only" },
    { 5 * DAY, 8, NONE, "csat", "expectation", 4, NAN, NAN, 75, NULL },
};
static enum transition kinds[ARRAY_LEN(events)] = {
    TRANSITION_DESIGNED, TRANSITION_DESIGNED, TRANSITION_LOOP, TRANSITION_LOOP,
    TRANSITION_LOOP,     TRANSITION_OFF,      TRANSITION_OFF,  TRANSITION_JUMP,
};
static bool breaks[ARRAY_LEN(events)] = { [7] = true };
static int way[] = { 0, 1 };

static void set_up(void)
{
    arena_init(&arena);
    fixture = fixture_train();
    static struct sequence_step steps[] = { { 8 * HOUR, 0, NONE }, { 4 * DAY, 8, NONE } };
    sequence = (struct sequence){ .steps = steps, .count = 2, .persona = 0, .context = NONE,
                                  .variant = NONE };
    set = (struct story_set){
        .story = { .id = "v\x07 17", .events = events, .event_count = ARRAY_LEN(events),
                   .answers = answers, .answer_count = ARRAY_LEN(answers) },
        .pick = { .kind = PICK_ARC, .from = 0, .to = 1 },
        .sequence = &sequence,
        .kinds = kinds,
        .breaks = breaks,
        .place = 2,
        .matches = 47,
        .events = 12,
        .media_breaks = 1,
        .length = 4 * DAY - 8 * HOUR,
        .completed = true,
        .goal = 8,
        .as_of = 90 * DAY,
        .close_after = 30 * DAY,
    };
    error_init(&set.problem);
    fixture->set.story = &set;
}

static void tear_down(void)
{
    fixture_destroy(fixture);
    arena_finish(&arena);
}

static struct scene *draw(int columns, int rows, struct medium medium)
{
    return story_draw(&arena, &fixture->set, columns, rows, medium);
}

static bool shows(const char *text)
{
    struct scene *scene = draw(100, 0, (struct medium){ 0 });
    bool shown = false;
    for (int i = 0; i < scene->rows; i++)
        shown |= strstr(row_text(scene, i), text) != NULL;
    return shown;
}

START_TEST(test_at_80)
{
    golden_text(draw(80, 0, (struct medium){ 0 }), "story-report-80");
}
END_TEST

START_TEST(test_at_160_in_ascii)
{
    golden_text(draw(160, 0, (struct medium){ .ascii = true }), "story-report-ascii-160");
}
END_TEST

START_TEST(test_how_it_stands)
{
    ck_assert(shows("completed: it met “Follow-up”"));
    ck_assert(shows("3 of 47 cases that went from"));
    ck_assert(shows("and 4 more events"));
    set.completed = false;
    ck_assert(shows("still open"));
    set.closed = true;
    ck_assert(shows("nothing happened for more than 30 days before"));
    set.pick = (struct path_pick){ .kind = PICK_WAY, .steps = way, .step_count = 2 };
    ck_assert(shows("cases that went this way"));
    set.pick.kind = PICK_CASE;
    ck_assert(!shows("cases that"));
}
END_TEST

START_TEST(test_why_there_is_none)
{
    set.sequence = NULL;
    ck_assert(shows("no case of the store is like that any more"));
    set.pick.kind = PICK_CASE;
    ck_assert(shows("the store does not have this case"));
    error_set(&set.problem, "the store is on fire");
    ck_assert(shows("on fire"));
    fixture->set.story = NULL;
    ck_assert(shows("no case is chosen"));
    fixture->journey.store = NULL;
    ck_assert(shows("No store"));
}
END_TEST

START_TEST(test_every_size)
{
    for (int columns = 1; columns <= 220; columns += 13)
        for (int rows = 1; rows <= 70; rows += 23) {
            struct scene *scene = draw(columns, rows, (struct medium){ 0 });
            ck_assert_int_eq(scene->columns, columns);
            ck_assert_int_eq(scene->rows, rows);
        }
}
END_TEST

START_TEST(test_picks_as_words)
{
    struct path_pick got;
    const struct path_pick arc = { .kind = PICK_BREAK, .from = 3, .to = 40 };
    const struct path_pick gone = { .kind = PICK_WAY, .steps = way, .step_count = 2 };
    ck_assert_str_eq(path_pick_text(&arena, &arc), "break 3 40");
    ck_assert(path_pick_parse(&arena, "break 3 40", &got));
    ck_assert_int_eq(got.kind, PICK_BREAK);
    ck_assert_int_eq(got.to, 40);
    ck_assert_str_eq(path_pick_text(&arena, &gone), "way 0 1");
    ck_assert(path_pick_parse(&arena, "way 0 1", &got));
    ck_assert_uint_eq(got.step_count, 2);
    ck_assert(path_pick_parse(&arena, "case a b", &got));
    ck_assert_str_eq(got.id, "a b");
    static const char *const wrong[] = { "", "way", "way x", "arc 1", "arc 1 2 3", "walk 1 2",
                                         "way -1", "case" };
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        ck_assert(!path_pick_parse(&arena, wrong[i], &got));
}
END_TEST

Suite *scene_story_suite(void)
{
    Suite *suite = suite_create("scene_story");
    TCase *tests = tcase_create("story");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_at_80);
    tcase_add_test(tests, test_at_160_in_ascii);
    tcase_add_test(tests, test_how_it_stands);
    tcase_add_test(tests, test_why_there_is_none);
    tcase_add_test(tests, test_every_size);
    tcase_add_test(tests, test_picks_as_words);
    suite_add_tcase(suite, tests);
    return suite;
}
