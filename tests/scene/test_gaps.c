/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/scene/gaps.h>

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

static int row_of(const struct scene *scene, const char *text)
{
    for (int row = 0; row < scene->rows; row++) {
        if (strstr(row_text(scene, row), text) != NULL)
            return row;
    }
    return NONE;
}

static struct scene *draw(int columns, int rows, struct medium medium)
{
    return gaps_draw(&arena, &fixture->set, columns, rows, medium);
}

/* ---- The list that ends the Map view's report ---------------------------------------- */

START_TEST(picture_of_the_list)
{
    fixture->journey.touchpoints[0].expectation_count = 0;
    fixture->figures.measures[2].score_lo = 2;
    fixture->figures.measures[2].score_hi = 60;
    fixture->figures.measures[2].score_se = 30;
    fixture->journey.touchpoints[7].experiences[0].score = 50;
    fixture_read(fixture);
    golden_text(gaps_list(&arena, &fixture->set, 100, (struct medium){ 0 }), "gaps-100");
}
END_TEST

/* −27 ±3 at importance 4 leads −23 ±7 at 5; it does no longer at importance 2. */
START_TEST(sure_and_important_gaps_lead)
{
    struct scene *scene = gaps_list(&arena, &fixture->set, 80, (struct medium){ 0 });
    ck_assert_int_lt(row_of(scene, "Connection"), row_of(scene, "Ticket"));
    ck_assert_int_lt(row_of(scene, "Ticket"), row_of(scene, "Platform"));
    fixture->journey.touchpoints[2].importance = 2;
    fixture_read(fixture);
    scene = gaps_list(&arena, &fixture->set, 80, (struct medium){ 0 });
    ck_assert_int_lt(row_of(scene, "Platform"), row_of(scene, "Ticket"));
}
END_TEST

/* ---- The view ------------------------------------------------------------------------ */

START_TEST(pictures)
{
    fixture->set.options.selected = 5;
    golden_styled(draw(80, 24, (struct medium){ 0 }), "gaps-80x24");
    golden_text(draw(200, 60, (struct medium){ 0 }), "gaps-200x60");
    golden_text(draw(80, 24, (struct medium){ .ascii = true, .mono = true }), "gaps-ascii-80x24");
    fixture->set.options.picture = GAPS_OPPORTUNITY;
    golden_text(draw(80, 24, (struct medium){ 0 }), "gaps-opportunity-80x24");
    golden_text(gaps_explain(&arena, &fixture->set, 60, (struct medium){ 0 }), "gaps-explain-60");
}
END_TEST

START_TEST(picture_of_the_report)
{
    fixture->set.options.selected = NONE;
    golden_text(draw(100, 0, (struct medium){ 0 }), "gaps-report-100");
}
END_TEST

START_TEST(the_selected_row_is_lit_and_has_the_cursor)
{
    fixture->set.options.selected = 2;
    struct scene *scene = draw(80, 24, (struct medium){ 0 });
    ck_assert_ptr_nonnull(strstr(row_text(scene, scene->cursor_row), "Ticket"));
    ck_assert(scene_cell(scene, scene->cursor_row, 6)->style.selected);
    const struct region *region = scene_region_at(scene, scene->cursor_row, 10);
    ck_assert_int_eq(region->kind, REGION_TOUCHPOINT);
    ck_assert_int_eq(region->index, 2);
}
END_TEST

START_TEST(a_filter_and_an_order_are_told)
{
    fixture->set.options.selected = 1;
    fixture->set.options.sort = SORT_JOURNEY;
    fixture->set.options.filter = "owner=Sales";
    struct scene *scene = draw(80, 24, (struct medium){ 0 });
    ck_assert_ptr_nonnull(strstr(row_text(scene, 2), "in the order of the journey"));
    ck_assert_ptr_nonnull(strstr(row_text(scene, 2), "2 of 9 touchpoints"));
    ck_assert_int_lt(row_of(scene, "Book"), row_of(scene, "1. ") + 1);
    ck_assert_int_eq(row_of(scene, "Platform"), NONE);
    fixture->set.options.filter = "owner=Nobody";
    scene = draw(80, 24, (struct medium){ 0 });
    ck_assert_int_ne(row_of(scene, "no touchpoint has the owner 'Nobody'"), NONE);
}
END_TEST

/* Platform: measured 37, zone from 60, standard 75, promise 92, importance 5. */
START_TEST(every_number_is_opened_down_to_its_inputs)
{
    fixture->set.options.selected = 3;
    struct scene *scene = gaps_explain(&arena, &fixture->set, 70, (struct medium){ 0 });
    ck_assert_int_ne(row_of(scene, "40.0 − 60.0 = −20.0"), NONE); /* estimated */
    ck_assert_int_ne(row_of(scene, "37.0 − 60.0 = −23.0"), NONE); /* measured */
    ck_assert_int_ne(row_of(scene, "37.0 − 75.0 = −38.0"), NONE); /* delivery */
    ck_assert_int_ne(row_of(scene, "75.0 − 92.0 = −17.0"), NONE); /* promise */
    ck_assert_int_ne(row_of(scene, "92.0 − 60.0 = +32.0"), NONE); /* other */
    ck_assert_int_ne(row_of(scene, "10.0 + max(0, 10.0 − 3.7) = 16.3 of 20"), NONE);
    fixture->journey.touchpoints[3].standard = NAN;
    fixture_read(fixture);
    scene = gaps_explain(&arena, &fixture->set, 70, (struct medium){ 0 });
    ck_assert_int_ne(row_of(scene, "the own standard is missing"), NONE);
    ck_assert_int_eq(row_of(scene, "37.0 − 75.0"), NONE);
}
END_TEST

/* ---- Empty, tiny, absurd --------------------------------------------------------------- */

START_TEST(nothing_at_all)
{
    fixture_destroy(fixture);
    fixture = fixture_empty();
    ck_assert_int_eq(gaps_list(&arena, &fixture->set, 80, (struct medium){ 0 })->rows, 0);
    ck_assert_int_ne(row_of(draw(80, 24, (struct medium){ 0 }), "no touchpoints yet"), NONE);
    ck_assert_int_gt(draw(80, 0, (struct medium){ 0 })->rows, 0);
    ck_assert_int_eq(gaps_explain(&arena, &fixture->set, 40, (struct medium){ 0 })->rows, 0);
}
END_TEST

START_TEST(many_touchpoints_are_scrolled_through)
{
    fixture_destroy(fixture);
    fixture = fixture_long(500);
    fixture->set.options.selected = 499;
    struct scene *scene = draw(80, 24, (struct medium){ 0 });
    ck_assert_int_ge(scene->cursor_row, 4);
    ck_assert_int_lt(scene->cursor_row, 21);
    ck_assert_int_gt(draw(200, 60, (struct medium){ 0 })->cursor_row, 3);
}
END_TEST

START_TEST(every_size_is_drawn)
{
    static const int sizes[][2] = { { 1, 1 }, { 40, 12 }, { 41, 13 }, { 61, 50 }, { 300, 100 } };
    for (int picture = 0; picture < GAPS_PICTURE_COUNT; picture++) {
        fixture->set.options.picture = (enum gaps_picture)picture;
        for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
            struct scene *scene = draw(sizes[i][0], sizes[i][1], (struct medium){ 0 });
            ck_assert_int_eq(scene->columns, sizes[i][0]);
            ck_assert_int_eq(scene->rows, sizes[i][1]);
        }
    }
}
END_TEST

Suite *scene_gaps_suite(void)
{
    Suite *suite = suite_create("scene_gaps");
    TCase *tests = tcase_create("gaps");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, picture_of_the_list);
    tcase_add_test(tests, sure_and_important_gaps_lead);
    tcase_add_test(tests, pictures);
    tcase_add_test(tests, picture_of_the_report);
    tcase_add_test(tests, the_selected_row_is_lit_and_has_the_cursor);
    tcase_add_test(tests, a_filter_and_an_order_are_told);
    tcase_add_test(tests, every_number_is_opened_down_to_its_inputs);
    tcase_add_test(tests, nothing_at_all);
    tcase_add_test(tests, many_touchpoints_are_scrolled_through);
    tcase_add_test(tests, every_size_is_drawn);
    suite_add_tcase(suite, tests);
    return suite;
}
