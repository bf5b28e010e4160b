/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>
#include <stellwerk/scene/attribution.h>
#include <stellwerk/scene/paths.h>

#include "scene/fixture.h"
#include "scene/golden.h"

#define DAY TIME_US_PER_DAY

static struct fixture *fixture;
static struct arena arena;
static struct path_set paths;
static struct credit_set credits;

static struct segments segments;
static struct aftermath aftermath;
static struct segments_builder *segments_in_work;
static struct aftermath_builder *aftermath_in_work;

static const char *activities[] = { "calls the hotline", "=cmd|' /C calc'!A0\x1b[31m" };

/* Those who skip c are Ben's, of the others two of three Anna's and the rest nobody's. */
static void add(struct paths_builder *builder, int cases, const char *text)
{
    struct sequence_step steps[32];
    int touchpoints = (int)fixture->journey.touchpoint_count;
    for (int i = 0; i < cases; i++) {
        size_t count = strlen(text);
        for (size_t k = 0; k < count; k++)
            steps[k] = (struct sequence_step){
                .ts = (i % 40 + (int64_t)k * (1 + i % 3)) * DAY,
                .step = text[k] >= 'x' ? touchpoints + text[k] - 'x' : text[k] - 'a',
                .channel = NONE,
            };
        const struct sequence sequence = {
            .steps = steps,
            .count = count,
            .key = (uint64_t)i,
            .persona = text[2] == 'd' ? 1
                       : i % 3 == 2   ? NONE
                                      : 0,
            .context = NONE,
            .variant = NONE,
        };
        paths_add(&sequence, builder);
        segments_add(&sequence, segments_in_work);
        aftermath_add(&sequence, aftermath_in_work);
    }
}

static void set_up(void)
{
    arena_init(&arena);
    static struct persona personas[] = { { .id = "anna", .name = "Anna Berg" },
                                         { .id = "ben", .name = "Ben" } };
    fixture = fixture_train();
    fixture->journey.personas = personas;
    fixture->journey.persona_count = 2;
    paths = (struct path_set){
        .names = { .activities = activities, .activity_count = 2 },
    };
    const struct paths_options options = {
        .journey = &fixture->journey,
        .route = NONE,
        .goal = NONE,
        .as_of = 100 * DAY,
        .close_after = 30 * DAY,
        .variants = 50,
    };
    static struct case_score answers[60];
    const struct case_scores scores = { .items = answers, .count = 60 };
    for (size_t i = 0; i < 60; i++)
        answers[i] = (struct case_score){ .key = i, .ts = 90 * DAY, .score = 40 + (double)(i % 7) };
    struct paths_builder *builder = paths_create(&options);
    segments_in_work = segments_create(&(struct segments_options){
        .paths = &options,
        .by = SEGMENT_PERSONA,
        .span = { PERIOD_CUSTOM, 0, 100 },
    });
    aftermath_in_work = aftermath_create(&fixture->journey, &scores);
    add(builder, 60, "abcdefghi");
    add(builder, 30, "abdefghi");
    add(builder, 14, "abcdxdefghi");
    add(builder, 9, "abc");
    add(builder, 6, "abcbcdefgi");
    add(builder, 3, "xy");
    paths.paths = paths_finish(&arena, builder);
    segments = segments_finish(&arena, segments_in_work);
    aftermath = aftermath_finish(&arena, aftermath_in_work);
    paths.segments = &segments;
    paths.aftermath = &aftermath;
    fixture->set.paths = &paths;
}

static void tear_down(void)
{
    fixture_destroy(fixture);
    arena_finish(&arena);
}

static struct scene *draw(int columns, int rows, struct medium medium)
{
    return paths_draw(&arena, &fixture->set, columns, rows, medium);
}

static bool shows(const struct scene *scene, const char *text)
{
    bool shown = false;
    for (int i = 0; i < scene->rows; i++)
        shown |= strstr(row_text(scene, i), text) != NULL;
    return shown;
}

START_TEST(test_picture_80x24)
{
    golden_styled(draw(80, 24, (struct medium){ 0 }), "paths-80x24");
}
END_TEST

START_TEST(test_report)
{
    golden_text(draw(120, 0, (struct medium){ 0 }), "paths-report-120");
}
END_TEST

START_TEST(test_report_in_ascii)
{
    struct scene *scene = draw(60, 0, (struct medium){ .ascii = true, .mono = true });
    golden_text(scene, "paths-report-ascii-60");
    for (int i = 0; i < scene->rows; i++)
        ck_assert_ptr_null(strchr(row_text(scene, i), '\x1b'));
}
END_TEST

START_TEST(test_scrolling_ends_at_the_end)
{
    struct scene *whole = draw(80, 0, (struct medium){ 0 });
    fixture->set.options.scroll = 10000;
    struct scene *scene = draw(80, 24, (struct medium){ 0 });
    ck_assert_int_eq(scene->first_row, whole->rows - 23);
    ck_assert_int_eq(scene->rows_below, 0);
    const char *last = row_text(whole, whole->rows - 1);
    ck_assert_int_eq(strncmp(row_text(scene, 22), last, strlen(last)), 0);
    ck_assert_str_eq(row_text(scene, 23), "");
}
END_TEST

/* However small the window becomes. */
START_TEST(test_what_is_picked_is_seen)
{
    fixture->set.options.pick = 5;
    for (int follow = 0; follow < 2; follow++) {
        fixture->set.options.follow = follow == 1;
        struct scene *scene = draw(80, 14, (struct medium){ 0 });
        bool lit = false;
        for (int row = 1; row < scene->rows; row++)
            lit |= scene_cell(scene, row, 10)->style.selected;
        ck_assert_int_eq(lit, follow == 1);
    }
}
END_TEST

START_TEST(test_why_there_is_nothing_is_said)
{
    fixture->set.paths = NULL;
    fixture->journey.store = NULL;
    ck_assert(shows(draw(80, 0, (struct medium){ 0 }), "No store"));
    fixture->set.paths = &paths;
    error_set(&paths.problem, "the store is on fire");
    ck_assert(shows(draw(80, 0, (struct medium){ 0 }), "on fire"));
    paths.problem.text[0] = '\0';
    paths.paths.cases = 0;
    ck_assert(shows(draw(80, 0, (struct medium){ 0 }), "no cases"));
}
END_TEST

/* Cases then have no goal and no column to be at. */
START_TEST(test_a_map_without_touchpoints)
{
    struct journey bare = { .title = "Bare" };
    const struct sequence_step step = { .ts = DAY, .step = 0, .channel = NONE };
    struct paths_builder *builder = paths_create(&(struct paths_options){
        .journey = &bare,
        .route = NONE,
        .goal = NONE,
        .as_of = 100 * DAY,
        .close_after = 30 * DAY,
        .variants = 50,
    });
    paths_add(&(struct sequence){ .steps = &step, .count = 1 }, builder);
    paths.paths = paths_finish(&arena, builder);
    struct scene *scene = draw(80, 0, (struct medium){ 0 });
    ck_assert(shows(scene, "No case is completed"));
    ck_assert(shows(scene, "0 completed"));
    ck_assert(!shows(scene, "From touchpoint to touchpoint"));
}
END_TEST

START_TEST(test_every_size_is_drawn_within_itself)
{
    for (int columns = 1; columns <= 220; columns += 13)
        for (int rows = 1; rows <= 70; rows += 23) {
            struct scene *scene = draw(columns, rows, (struct medium){ 0 });
            ck_assert_int_eq(scene->columns, columns);
            ck_assert_int_eq(scene->rows, rows);
        }
}
END_TEST

START_TEST(test_times)
{
    ck_assert_str_eq(paths_time(&arena, 40e6), "40 s");
    ck_assert_str_eq(paths_time(&arena, 95e6), "1.6 min");
    ck_assert_str_eq(paths_time(&arena, 12.0 * 3600e6), "12 h");
    ck_assert_str_eq(paths_time(&arena, 2.5 * 86400e6), "2.5 days");
    ck_assert_str_eq(paths_time(&arena, 400.0 * 86400e6), "400 days");
}
END_TEST

START_TEST(test_segments_that_nobody_tells_of)
{
    ck_assert(shows(draw(80, 0, (struct medium){ 0 }), "corrected for being so many"));
    segments.count = 0;
    ck_assert(shows(draw(80, 0, (struct medium){ 0 }), "No case says which persona"));
    paths.segments = NULL;
    paths.aftermath = NULL;
    ck_assert(!shows(draw(80, 0, (struct medium){ 0 }), "By persona"));
}
END_TEST

START_TEST(test_one_is_told_as_one)
{
    segments.tested = segments.sure = 1;
    paths.paths.switches = paths.paths.breaks = 1;
    aftermath.left_out = 1;
    struct scene *scene = draw(200, 0, (struct medium){ 0 });
    ck_assert(shows(scene, "noise: 1 of 1 comparison."));
    ck_assert(shows(scene, "1 change of channel, 1 of them a media break"));
    ck_assert(shows(scene, "1 answer more than are read at most was left out."));
}
END_TEST

/* ---- Attribution ----------------------------------------------------------------- */

static void attribute(size_t replicates)
{
    static const int steps[][4] = { { 0, 1, 2, 3 }, { 0, 2 }, { 1, 3, 1 }, { 3 } };
    static const size_t counts[] = { 4, 2, 3, 1 };
    static const struct path_outcome outcomes[] = {
        { 40, 800, 60 },
        { 25, 1500, 75 },
        { 10, 150, 90 },
        { 5, 50, 30 },
    };
    struct attribution_path input[4];
    size_t count = fixture->journey.touchpoint_count;
    const char **titles = arena_array(&arena, count, sizeof(*titles));
    int *touchpoints = arena_array(&arena, count, sizeof(*touchpoints));
    for (size_t i = 0; i < 4; i++)
        input[i] = (struct attribution_path){ .steps = steps[i],
                                              .step_count = counts[i],
                                              .outcome = outcomes[i] };
    for (size_t i = 0; i < count; i++) {
        titles[i] = fixture->journey.touchpoints[i].title;
        touchpoints[i] = (int)i;
    }
    const struct attribution_input all = { .paths = input, .count = 4, .touchpoints = count };
    const struct attribution_options options = { .replicates = replicates, .seed = 1 };
    credits = (struct credit_set){
        .table = attribution_new(&arena, &all, &options),
        .titles = titles,
        .touchpoints = touchpoints,
        .source = CREDIT_OF_PATHS,
    };
    fixture->set.credits = &credits;
}

static struct scene *draw_credits(int columns, int rows, struct medium medium)
{
    return attribution_draw(&arena, &fixture->set, columns, rows, medium);
}

START_TEST(test_attribution_80x24)
{
    attribute(0);
    golden_styled(draw_credits(80, 24, (struct medium){ 0 }), "attribution-80x24");
}
END_TEST

START_TEST(test_attribution_report)
{
    attribute(0);
    golden_text(draw_credits(130, 0, (struct medium){ 0 }), "attribution-report-130");
}
END_TEST

START_TEST(test_attribution_says_what_it_is_not)
{
    attribute(20);
    struct scene *scene = draw_credits(100, 0, (struct medium){ 0 });
    bool causation = false, drawn = false;
    for (int i = 0; i < scene->rows; i++) {
        causation |= strstr(row_text(scene, i), "Credit is not causation") != NULL;
        drawn |= strstr(row_text(scene, i), "drawn anew 20 times") != NULL;
    }
    ck_assert(causation && drawn);
    fixture->set.credits = NULL;
    fixture->journey.store = NULL;
    scene = draw_credits(100, 0, (struct medium){ 0 });
    ck_assert(shows(scene, "No store"));
    for (int columns = 1; columns <= 200; columns += 33)
        ck_assert_int_eq(draw_credits(columns, 24, (struct medium){ 0 })->rows, 24);
}
END_TEST

START_TEST(test_one_open_case_is_told_as_one)
{
    attribute(0);
    credits.source = CREDIT_OF_CASES;
    credits.open = 1;
    ck_assert(shows(draw_credits(200, 0, (struct medium){ 0 }), "; 1 open case is left out."));
    credits.open = 2;
    ck_assert(shows(draw_credits(200, 0, (struct medium){ 0 }), "; 2 open cases are left out."));
}
END_TEST

Suite *scene_paths_suite(void)
{
    Suite *suite = suite_create("scene_paths");
    TCase *tests = tcase_create("paths");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_picture_80x24);
    tcase_add_test(tests, test_report);
    tcase_add_test(tests, test_report_in_ascii);
    tcase_add_test(tests, test_scrolling_ends_at_the_end);
    tcase_add_test(tests, test_what_is_picked_is_seen);
    tcase_add_test(tests, test_why_there_is_nothing_is_said);
    tcase_add_test(tests, test_a_map_without_touchpoints);
    tcase_add_test(tests, test_every_size_is_drawn_within_itself);
    tcase_add_test(tests, test_times);
    tcase_add_test(tests, test_segments_that_nobody_tells_of);
    tcase_add_test(tests, test_one_is_told_as_one);
    tcase_add_test(tests, test_attribution_80x24);
    tcase_add_test(tests, test_attribution_report);
    tcase_add_test(tests, test_attribution_says_what_it_is_not);
    tcase_add_test(tests, test_one_open_case_is_told_as_one);
    suite_add_tcase(suite, tests);
    return suite;
}
