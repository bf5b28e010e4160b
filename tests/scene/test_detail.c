/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/scene/view.h>

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

static bool shows(const struct scene *scene, const char *text)
{
    for (int row = 0; row < scene->rows; row++) {
        if (strstr(row_text(scene, row), text) != NULL)
            return true;
    }
    return false;
}

static void give_scopes(struct touchpoint *touchpoint)
{
    static struct expectation expectations[] = {
        { .scope = { NONE, NONE }, .adequate = 55, .desired = 82, .evidence = EVIDENCE_ASSUMED },
        { .scope = { 0, NONE }, .adequate = 60, .desired = 85, .evidence = EVIDENCE_OBSERVED },
    };
    static struct experience experiences[] = {
        { .scope = { NONE, NONE }, .score = 46 },
        { .scope = { 0, 0 }, .score = 40, .note = "three Fridays" },
    };
    static struct aspect aspects[] = {
        { "punctuality", "On time", LEVEL_FUNCTIONAL, 3, 75, 60, { 0 } },
        { "word", "told in time", LEVEL_EMOTIONAL, 4, 70, 32, { 0 } },
        { "company", "not waiting alone", LEVEL_NONE, NAN, 40, 55, { 0 } },
    };
    touchpoint->expectations = expectations;
    touchpoint->expectation_count = ARRAY_LEN(expectations);
    touchpoint->experiences = experiences;
    touchpoint->experience_count = ARRAY_LEN(experiences);
    touchpoint->aspects = aspects;
    touchpoint->aspect_count = ARRAY_LEN(aspects);
}

static void give_contents(struct touchpoint *touchpoint)
{
    static int readers[] = { 0 };
    static struct content contents[] = {
        { "Announcement",
          "speech",
          "formal",
          "at every fault",
          "two sentences",
          { readers, 1 },
          CONTENT_LIVE,
          { 0 } },
        { .title = "Delay on the phone", .status = CONTENT_MISSING },
    };
    touchpoint->contents = contents;
    touchpoint->content_count = ARRAY_LEN(contents);
    touchpoint->optional = touchpoint->repeatable = true;
}

/* Two slices of the third quarter stand out, and it is worse than the second. */
static void give_change(struct measure *measure)
{
    static struct figures before;
    before.lens.period = period_step(fixture->set.lens.period, -1);
    fixture->figures.before = &before;
    measure->change = (struct change){
        .value = -8.2, .lo = -15.1, .hi = -1.3, .adjusted = 0.02, .sure = true, .direction = -1,
    };
    measure->slices[0].signal = XMR_BEYOND;
    measure->slices[1].signal = XMR_SHIFT;
}

START_TEST(test_picture_of_everything)
{
    give_scopes(&fixture->journey.touchpoints[3]);
    give_contents(&fixture->journey.touchpoints[3]);
    fixture->figures.measures[3].stale = true;
    fixture->figures.measures[3].persona_ignored = true;
    fixture->figures.measures[3].score_of_aggregate = true;
    give_change(&fixture->figures.measures[3]);
    fixture_read(fixture);
    golden_styled(detail_draw(&arena, &fixture->set, 48, (struct medium){ 0 }), "detail-48");
}
END_TEST

START_TEST(test_missing_is_said)
{
    fixture->journey.touchpoints[3].expectation_count = 0;
    fixture->journey.touchpoints[3].experience_count = 0;
    fixture->figures.measures[3].status = MEASURE_FAILED;
    fixture->figures.measures[3].reason = "no such table: visits";
    fixture_read(fixture);
    struct scene *scene = detail_draw(&arena, &fixture->set, 48, (struct medium){ 0 });
    ck_assert(shows(scene, "Expected    not stated"));
    ck_assert(shows(scene, "Felt        not estimated"));
    ck_assert(shows(scene, "no such table: visits"));
    ck_assert(!shows(scene, "Where the gap comes from"));
}
END_TEST

START_TEST(test_changes_need_a_period_before)
{
    give_change(&fixture->figures.measures[3]);
    fixture->figures.before = NULL;
    struct scene *scene = detail_draw(&arena, &fixture->set, 60, (struct medium){ 0 });
    ck_assert(!shows(scene, "down 8.2"));
    ck_assert(shows(scene, "2 parts stand out"));
}
END_TEST

START_TEST(test_waits_may_be_open)
{
    struct measure *wait = &fixture->figures.measures[3];
    struct medium ascii = { .ascii = true };
    wait->sample.kind = SAMPLE_WAIT;
    wait->value_hi = INFINITY;
    ck_assert(shows(detail_draw(&arena, &fixture->set, 60, (struct medium){ 0 }),
                    "  37 points (27 to ∞)"));
    ck_assert(shows(detail_draw(&arena, &fixture->set, 60, ascii), "  37 points (27 to open)"));
    wait->value = wait->value_lo = wait->value_hi = wait->score = NAN;
    struct scene *scene = detail_draw(&arena, &fixture->set, 60, (struct medium){ 0 });
    ck_assert(shows(scene, "  not known yet: too many still wait"));
    ck_assert(!shows(scene, "no score"));
    ck_assert(shows(scene, "  n 266"));
}
END_TEST

START_TEST(test_split_names_what_it_lacks)
{
    fixture->journey.touchpoints[3].standard = NAN;
    fixture_read(fixture);
    struct scene *scene = detail_draw(&arena, &fixture->set, 48, (struct medium){ 0 });
    ck_assert(shows(scene, "Not split: the own standard is missing."));
    ck_assert(shows(scene, "+32"));
    ck_assert(!shows(scene, "Delivery"));
}
END_TEST

START_TEST(test_long_texts_are_whole)
{
    fixture_destroy(fixture);
    fixture = fixture_wide();
    fixture->set.options.selected = 0;
    struct scene *scene = detail_draw(&arena, &fixture->set, 48, (struct medium){ 0 });
    int letters = 0;
    for (int i = 0; i < scene->rows * scene->columns; i++)
        letters += scene->cells[i].bytes == 1 && *scene->cells[i].text == 'q';
    ck_assert_int_eq(letters, 10000 - 10000 / 7);
}
END_TEST

START_TEST(test_nothing_selected_is_nothing)
{
    fixture->set.options.selected = NONE;
    ck_assert_int_eq(detail_draw(&arena, &fixture->set, 48, (struct medium){ 0 })->rows, 0);
}
END_TEST

START_TEST(test_narrow_panels)
{
    for (int columns = 1; columns < 30; columns++)
        ck_assert_int_gt(detail_draw(&arena, &fixture->set, columns, (struct medium){ 0 })->rows,
                         20);
}
END_TEST

Suite *scene_detail_suite(void)
{
    Suite *suite = suite_create("scene_detail");
    TCase *tests = tcase_create("detail");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_picture_of_everything);
    tcase_add_test(tests, test_missing_is_said);
    tcase_add_test(tests, test_changes_need_a_period_before);
    tcase_add_test(tests, test_waits_may_be_open);
    tcase_add_test(tests, test_split_names_what_it_lacks);
    tcase_add_test(tests, test_long_texts_are_whole);
    tcase_add_test(tests, test_nothing_selected_is_nothing);
    tcase_add_test(tests, test_narrow_panels);
    suite_add_tcase(suite, tests);
    return suite;
}
