/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>
#include <stellwerk/report/report.h>
#include <stellwerk/scene/reduction.h>

#include "scene/fixture.h"
#include "scene/golden.h"

#define DAY TIME_US_PER_DAY

static struct fixture *fixture;
static struct arena arena;
static struct contact_set contacts;
static int fates[9];
static const double values[9] = { 0.12, 0.2, 0.02, 0.2, 0.21, 0.15, 0.1, NAN, NAN };

static void add(struct contacts_builder *builder, int cases, const char *text)
{
    struct sequence_step steps[32];
    for (int i = 0; i < cases; i++) {
        size_t count = strlen(text);
        for (size_t k = 0; k < count; k++)
            steps[k] = (struct sequence_step){
                .ts = (i % 40 + (int64_t)k * (1 + i % 3)) * DAY,
                .step = text[k] - 'a', .channel = NONE,
            };
        contacts_add(&(struct sequence){ .steps = steps, .count = count }, builder);
    }
}

static void read(void)
{
    fixture->set.reduction = reduction_of(&arena, &fixture->set, fates);
}

static void set_up(void)
{
    arena_init(&arena);
    fixture = fixture_train();
    contacts = (struct contact_set){ .values = values, .model = ATTRIBUTION_MARKOV_1 };
    struct contacts_builder *builder = contacts_create(&(struct contacts_options){
        .journey = &fixture->journey, .goal = 7, .as_of = 100 * DAY, .close_after = 30 * DAY,
    });
    add(builder, 60, "abcdefghi");
    add(builder, 30, "abdefghi");
    add(builder, 14, "abcdefghi");
    add(builder, 9, "abc");
    add(builder, 6, "abcbcdefgi");
    add(builder, 3, "a");
    contacts.contacts = contacts_finish(&arena, builder);
    fixture->set.contacts = &contacts;
    fixture->journey.benchmark = (struct benchmark){ .contacts = 7, .pos = { .line = 9 } };
    for (size_t i = 0; i < 9; i++)
        fates[i] = FATE_KEPT;
    read();
}

static void tear_down(void)
{
    fixture_destroy(fixture);
    arena_finish(&arena);
}

static struct scene *draw(int columns, int rows, struct medium medium)
{
    return reduction_draw(&arena, &fixture->set, columns, rows, medium);
}

static void mark(void)
{
    fates_set(fates, 9, 2, FATE_REMOVED);
    fates_set(fates, 9, 0, 1);
    read();
}

START_TEST(picture_80x24)
{
    mark();
    golden_styled(draw(80, 24, (struct medium){ 0 }), "reduction-80x24");
}
END_TEST

START_TEST(picture_160x40)
{
    mark();
    golden_text(draw(160, 40, (struct medium){ 0 }), "reduction-160x40");
}
END_TEST

START_TEST(picture_of_the_report)
{
    mark();
    golden_text(draw(100, 0, (struct medium){ 0 }), "reduction-report-100");
    golden_text(draw(60, 0, (struct medium){ .ascii = true, .mono = true }),
                "reduction-report-ascii-60");
}
END_TEST

START_TEST(without_a_store_the_design_is_told)
{
    fixture->set.contacts = NULL;
    fixture->journey.store = NULL;
    mark();
    struct scene *scene = draw(80, 24, (struct medium){ 0 });
    ck_assert(scene_says(scene, "No store: only the journey as designed is told."));
    ck_assert(scene_says(scene, "By design 9 touchpoints, 9 of them required"));
    ck_assert(!scene_says(scene, "Contacts a case"));
    golden_text(draw(80, 0, (struct medium){ 0 }), "reduction-design-80");
}
END_TEST

START_TEST(nothing_is_a_message_and_never_a_crash)
{
    struct fixture *empty = fixture_empty();
    empty->set.reduction = reduction_of(&arena, &empty->set, NULL);
    ck_assert(scene_says(reduction_draw(&arena, &empty->set, 80, 24, (struct medium){ 0 }),
                   "This map has no touchpoints yet"));
    reduction_draw(&arena, &empty->set, 40, 0, (struct medium){ 0 });
    fixture_destroy(empty);
    contacts.contacts.cases = contacts.contacts.count = 0;
    read();
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }), "No case of the store is over"));
    struct error *problem = &contacts.problem;
    error_set(problem, "the store is gone");
    read();
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }), "the store is gone"));
    ck_assert(scene_says(draw(39, 24, (struct medium){ 0 }), "Too small"));
}
END_TEST

START_TEST(many_touchpoints_scroll_with_the_selected_one)
{
    struct fixture *many = fixture_long(500);
    many->set.options.selected = 499;
    many->set.reduction = reduction_of(&arena, &many->set, NULL);
    struct scene *scene = reduction_draw(&arena, &many->set, 80, 24, (struct medium){ 0 });
    ck_assert(scene_says(scene, many->journey.touchpoints[499].title));
    ck_assert_int_ge(scene->cursor_row, 0);
    fixture_destroy(many);
}
END_TEST

START_TEST(what_would_be_lost_is_said)
{
    fates_set(fates, 9, 7, FATE_REMOVED);
    read();
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }),
                         "what completes a case would be gone"));
    fates_set(fates, 9, 7, FATE_KEPT);
    fates_set(fates, 9, 0, FATE_REMOVED);
    read();
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }),
                         "3 cases would have no contact at all"));
}
END_TEST

START_TEST(programs_get_both_sides)
{
    struct str out;
    mark();
    str_init(&out);
    report_json_reduction(&out, &fixture->set);
    ck_assert_ptr_nonnull(strstr(out.text, "\"benchmark\": \"broken\""));
    ck_assert_ptr_nonnull(strstr(out.text, "\"into\": \"book\""));
    ck_assert_ptr_nonnull(strstr(out.text, "\"credit_reason\": \"no_credit\""));
    ck_assert_ptr_nonnull(strstr(out.text, "\"benchmark_contacts\": 7"));
    str_finish(&out);
    str_init(&out);
    report_csv_reduction(&out, &fixture->set);
    ck_assert_ptr_nonnull(strstr(out.text, "\nticket,Ticket,removed,,"));
    ck_assert_ptr_nonnull(strstr(out.text, "\nsearch,Search,merged,book,"));
    str_finish(&out);
}
END_TEST

Suite *scene_reduction_suite(void)
{
    Suite *suite = suite_create("scene_reduction");
    TCase *tests = tcase_create("reduction");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, picture_80x24);
    tcase_add_test(tests, picture_160x40);
    tcase_add_test(tests, picture_of_the_report);
    tcase_add_test(tests, without_a_store_the_design_is_told);
    tcase_add_test(tests, nothing_is_a_message_and_never_a_crash);
    tcase_add_test(tests, many_touchpoints_scroll_with_the_selected_one);
    tcase_add_test(tests, what_would_be_lost_is_said);
    tcase_add_test(tests, programs_get_both_sides);
    suite_add_tcase(suite, tests);
    return suite;
}
