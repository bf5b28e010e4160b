/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/scene/personas.h>

#include "scene/fixture.h"
#include "scene/golden.h"

#define PERSONAS_MOST 40

static struct fixture *fixture;
static struct arena arena;
static struct figures each[PERSONAS_MOST + 1];
static struct contrasts contrasts;

static const char *const needs[] = { "to know whether the connection waits" };
static struct persona three[] = {
    { .id = "anna", .name = "Anna Berg", .role = "manager, 34", .share = 0.3,
      .quote = "My time?", .needs = { (const char **)needs, 1 } },
    { .id = "helga", .name = "Helga Braun", .role = "retired, 71", .share = 0.2 },
    { .id = "jonas", .name = "Jonas Weiß", .role = "commuter, 28", .share = 0.5 },
};
static struct context hurried[] = { { .id = "hurried", .label = "in a hurry" } };

/* Everybody has the figures of all, each moved by some points at each touchpoint. */
static void measure_sides(int count, const double *by)
{
    struct figures *tables[PERSONAS_MOST + 1];
    size_t measures = fixture->figures.measure_count;
    for (int i = 0; i < count; i++) {
        each[i] = fixture->figures;
        each[i].measures = arena_array(&arena, measures, sizeof(struct measure));
        memcpy(each[i].measures, fixture->figures.measures, measures * sizeof(struct measure));
        for (size_t j = 0; j < measures; j++) {
            struct measure *measure = &each[i].measures[j];
            measure->score = fmax(0, fmin(100, measure->score + by[i]));
            measure->score_lo = measure->score - Z_95 * 3;
            measure->score_hi = measure->score + Z_95 * 3;
            measure->score_se = 3;
        }
        tables[i] = &each[i];
    }
    fixture->set.sides = sides_new(&arena, &fixture->journey, &fixture->set.lens, tables,
                                   &fixture->figures);
    contrasts = contrasts_new(&arena, &fixture->journey, fixture->set.sides);
    fixture->set.contrasts = &contrasts;
}

static void set_up(void)
{
    arena_init(&arena);
    fixture = fixture_train();
    fixture->journey.personas = three;
    fixture->journey.persona_count = ARRAY_LEN(three);
    fixture->journey.contexts = hurried;
    fixture->journey.context_count = 1;
    fixture->set.lens.persona = fixture->set.lens.context = NONE;
    fixture_read(fixture);
    measure_sides(4, (double[]){ 0, -25, 6, 0 });
}

static void tear_down(void)
{
    fixture_destroy(fixture);
    arena_finish(&arena);
}

static struct scene *draw(int columns, int rows, struct medium medium)
{
    return personas_draw(&arena, &fixture->set, columns, rows, medium);
}

static int row_of(const struct scene *scene, const char *text)
{
    for (int row = 0; row < scene->rows; row++) {
        if (strstr(row_text(scene, row), text) != NULL)
            return row;
    }
    return NONE;
}

START_TEST(pictures)
{
    fixture->set.options.selected = 3;
    golden_text(draw(80, 24, (struct medium){ 0 }), "personas-80x24");
    golden_text(draw(200, 60, (struct medium){ 0 }), "personas-200x60");
    golden_text(draw(80, 24, (struct medium){ .ascii = true, .mono = true }),
                "personas-ascii-80x24");
    golden_text(personas_explain(&arena, &fixture->set, 60, (struct medium){ 0 }),
                "personas-explain-60");
    fixture->set.options.selected = NONE;
    golden_text(draw(100, 0, (struct medium){ 0 }), "personas-report-100");
}
END_TEST

/* Helga has 25 points less than all the others, and more than noise. */
START_TEST(the_table_says_what_is_more_than_noise)
{
    fixture->set.options.selected = 3;
    struct scene *scene = draw(120, 40, (struct medium){ 0 });
    int row = row_of(scene, "more than noise");
    ck_assert_int_ne(row, NONE);
    ck_assert_ptr_nonnull(strstr(row_text(scene, scene->cursor_row), "Helga Braun"));
    ck_assert(scene_cell(scene, scene->cursor_row, 5)->style.selected);
    ck_assert_ptr_nonnull(strstr(row_text(scene, 38), "Helga Braun at "));
}
END_TEST

START_TEST(the_lit_row_is_of_the_selected_touchpoint)
{
    fixture->set.options.selected = 3;
    int row = contrasts_selected(&fixture->set);
    ck_assert_int_eq(contrasts.items[row].touchpoint, 3);
    int later = (int)contrasts.count - 1;
    fixture->set.options.selected = contrasts.items[later].touchpoint;
    fixture->set.options.contrast = later;
    ck_assert_int_eq(contrasts_selected(&fixture->set), later);
    fixture->set.options.selected = 7; /* nothing is measured there, and said of nobody alone */
    ck_assert_int_eq(contrasts_selected(&fixture->set), NONE);
    fixture->set.options.contrast = 9999;
    ck_assert_int_eq(contrasts_selected(&fixture->set), NONE);
}
END_TEST

START_TEST(without_figures_estimates_are_shown_and_not_tested)
{
    fixture->set.sides = sides_new(&arena, &fixture->journey, &fixture->set.lens, NULL, NULL);
    contrasts = contrasts_new(&arena, &fixture->journey, fixture->set.sides);
    struct scene *scene = draw(80, 24, (struct medium){ 0 });
    ck_assert_int_ne(row_of(scene, "Anna Berg"), NONE);
    ck_assert_int_ne(row_of(scene, "nothing measured to test") +
                         row_of(scene, "nothing to compare"),
                     2 * NONE);
}
END_TEST

START_TEST(nobody_and_nothing)
{
    fixture->journey.persona_count = fixture->journey.context_count = 0;
    measure_sides(0, NULL);
    ck_assert_int_ne(row_of(draw(80, 24, (struct medium){ 0 }), "no personas"), NONE);
    ck_assert_int_ne(row_of(draw(80, 0, (struct medium){ 0 }), "no personas"), NONE);
    fixture->set.sides = NULL;
    ck_assert_int_ne(row_of(draw(80, 24, (struct medium){ 0 }), "being measured"), NONE);
    fixture_destroy(fixture);
    fixture = fixture_empty();
    ck_assert_int_ne(row_of(draw(80, 24, (struct medium){ 0 }), "no touchpoints yet"), NONE);
    ck_assert_int_eq(personas_explain(&arena, &fixture->set, 40, (struct medium){ 0 })->rows, 0);
}
END_TEST

START_TEST(one_persona_has_nobody_to_differ_from)
{
    fixture->journey.persona_count = 1;
    fixture->journey.context_count = 0;
    measure_sides(1, (double[]){ 0 });
    ck_assert_int_ne(row_of(draw(80, 24, (struct medium){ 0 }), "only one side"), NONE);
}
END_TEST

START_TEST(forty_personas_fit_any_screen)
{
    static struct persona many[PERSONAS_MOST];
    double by[PERSONAS_MOST + 1];
    for (int i = 0; i < PERSONAS_MOST; i++) {
        many[i] = (struct persona){ .id = "p", .share = NAN };
        by[i] = i - 20;
    }
    by[PERSONAS_MOST] = 0;
    fixture->journey.personas = many;
    fixture->journey.persona_count = PERSONAS_MOST;
    measure_sides(PERSONAS_MOST + 1, by);
    static const int sizes[][2] = { { 1, 1 }, { 40, 12 }, { 61, 17 }, { 80, 24 }, { 300, 100 } };
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        fixture->set.options.contrast = (int)contrasts.count - 1;
        struct scene *scene = draw(sizes[i][0], sizes[i][1], (struct medium){ 0 });
        ck_assert_int_eq(scene->rows, sizes[i][1]);
        ck_assert_int_eq(scene->columns, sizes[i][0]);
    }
    ck_assert_int_gt(contrasts.count, 300);
}
END_TEST

Suite *scene_personas_suite(void)
{
    Suite *suite = suite_create("scene_personas");
    TCase *tests = tcase_create("personas");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, pictures);
    tcase_add_test(tests, the_table_says_what_is_more_than_noise);
    tcase_add_test(tests, the_lit_row_is_of_the_selected_touchpoint);
    tcase_add_test(tests, without_figures_estimates_are_shown_and_not_tested);
    tcase_add_test(tests, nobody_and_nothing);
    tcase_add_test(tests, one_persona_has_nobody_to_differ_from);
    tcase_add_test(tests, forty_personas_fit_any_screen);
    suite_add_tcase(suite, tests);
    return suite;
}
