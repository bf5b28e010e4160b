/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Points on a plane: none is lost, none is far from its place, and the selected one is on top.
 */

#include "suites.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <stellwerk/scene/plane.h>

#include "../../src/scene/plane_marks.h"
#include "scene/golden.h"

enum { POINTS = 300, FIRST = 5, END = 75 };

static struct arena arena;
static struct plane_point points[POINTS];

static void set_up(void)
{
    static char titles[POINTS][8];
    arena_init(&arena);
    for (int i = 0; i < POINTS; i++) {
        snprintf(titles[i], sizeof(titles[i]), "tp%d", i + 1);
        points[i] = (struct plane_point){
            .x = i * 37 % 101 / 100.0,
            .y = i % 5 / 5.0 + 0.1,
            .title = titles[i],
            .ink = i % 3 == 0 ? INK_BAD : INK_MEASURED,
        };
    }
}

static void tear_down(void)
{
    arena_finish(&arena);
}

static int side_zone(double x, double y)
{
    return y > x;
}

static struct scene *draw(int columns, int rows, size_t count, struct medium medium)
{
    const struct plane_axes axes = {
        .title = "Importance",
        .right = "good",
        .up_most = 5,
        .right_most = 100,
        .corner = { "much", "little" },
        .zone = side_zone,
    };
    struct scene *scene = scene_new(&arena, columns, rows, medium);
    plane_draw(scene, (struct area){ .rows = rows, .columns = columns }, &axes, points, count);
    return scene;
}

/* ---- Where marks stand ----------------------------------------------------------- */

static bool stand_apart(const struct plane_mark *a, const struct plane_mark *b)
{
    return a->row != b->row || a->column + a->columns < b->column ||
           b->column + b->columns < a->column;
}

START_TEST(every_point_has_a_mark_and_no_two_touch)
{
    struct plane_marks marks;
    size_t shown = 0;
    plane_marks_init(&marks, &arena, POINTS, FIRST, END);
    for (size_t i = 0; i < POINTS; i++)
        plane_marks_put(&marks, i, (int)(i % 4), FIRST + (int)(i * (size_t)(_i + 1)) % 70);
    for (size_t i = 0; i < marks.count; i++) {
        const struct plane_mark *mark = &marks.items[i];
        if (mark->columns == 0)
            continue;
        size_t here = 0;
        for (size_t k = 0; k < POINTS; k++)
            here += marks.mark_of[k] == i;
        ck_assert_uint_eq(here, mark->others + 1);
        ck_assert_int_ge(mark->column, FIRST);
        ck_assert_int_le(mark->column + mark->columns, END);
        for (size_t k = 0; k < i; k++)
            ck_assert(marks.items[k].columns == 0 || stand_apart(mark, &marks.items[k]));
        shown += here;
    }
    ck_assert_uint_eq(shown, POINTS);
}
END_TEST

/* Nobody is carried off along the row: who shares a mark would have touched it. */
START_TEST(a_mark_stands_where_its_first_point_belongs)
{
    struct plane_marks marks;
    plane_marks_init(&marks, &arena, POINTS, FIRST, END);
    for (size_t i = 0; i < POINTS; i++)
        plane_marks_put(&marks, i, 0, FIRST + (int)(i * 37) % 66);
    for (size_t i = 0; i < marks.count; i++) {
        const struct plane_mark *mark = &marks.items[i];
        if (mark->columns > 0 && mark->column + mark->columns < END)
            ck_assert_int_le(abs(mark->column - (FIRST + (int)(mark->point * 37) % 66)), 2);
    }
    ck_assert_uint_eq(marks.items[0].point, 0);
    ck_assert_int_gt(marks.items[0].columns, 0);
}
END_TEST

START_TEST(neighbours_keep_their_numbers)
{
    struct plane_marks marks;
    plane_marks_init(&marks, &arena, 3, FIRST, END);
    plane_marks_put(&marks, 0, 3, 40);
    plane_marks_put(&marks, 1, 3, 40);
    plane_marks_put(&marks, 2, 4, 40);
    ck_assert_int_eq(marks.items[0].column, 40);
    ck_assert_int_eq(marks.items[1].column, 42);
    ck_assert_int_eq(marks.items[2].column, 40);
    for (int i = 0; i < 3; i++)
        ck_assert_uint_eq(marks.items[i].others, 0);
}
END_TEST

/* ---- What is drawn --------------------------------------------------------------- */

START_TEST(many_points_share_marks)
{
    points[7].selected = true;
    golden_styled(draw(80, 18, POINTS, (struct medium){ 0 }), "plane-dense-80x18");
    golden_text(draw(48, 14, POINTS, (struct medium){ .ascii = true, .mono = true }),
                "plane-dense-ascii-48x14");
}
END_TEST

/* Its number leads its mark, its title is beside it, and who else is there is named. */
START_TEST(the_selected_one_bears_its_number_wherever_it_is)
{
    size_t with_others = 0;
    for (int i = 1; i < POINTS; i += 13) {
        points[i].selected = true;
        struct scene *scene = draw(80, 18, POINTS, (struct medium){ 0 });
        const char *alone = arena_printf(&arena, " %d ", i + 1);
        const char *shared = arena_printf(&arena, " %d+", i + 1);
        ck_assert(scene_says(scene, alone) || scene_says(scene, shared));
        ck_assert(scene_says(scene, arena_printf(&arena, "tp%d", i + 1)));
        with_others += scene_says(scene, "here too: ");
        points[i].selected = false;
    }
    ck_assert_uint_gt(with_others, 10);
}
END_TEST

START_TEST(what_a_plus_means_is_said_where_there_is_one)
{
    const char *note = "+ counts others at the same place";
    ck_assert(scene_says(draw(80, 18, POINTS, (struct medium){ 0 }), note));
    ck_assert(!scene_says(draw(80, 18, 5, (struct medium){ 0 }), note));
}
END_TEST

START_TEST(what_has_no_place_is_left_out)
{
    points[0].x = NAN;
    points[1].y = 1.5;
    struct scene *scene = draw(80, 18, 3, (struct medium){ 0 });
    ck_assert(scene_says(scene, "3 tp3"));
    ck_assert(!scene_says(scene, "tp1"));
    ck_assert(!scene_says(scene, "tp2"));
    for (int columns = 1; columns < 40; columns += 3)
        for (int rows = 1; rows < 12; rows++)
            ck_assert_int_eq(draw(columns, rows, POINTS, (struct medium){ 0 })->rows, rows);
}
END_TEST

Suite *scene_plane_suite(void)
{
    Suite *suite = suite_create("scene_plane");
    TCase *tests = tcase_create("plane");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, every_point_has_a_mark_and_no_two_touch, 0, 40);
    tcase_add_test(tests, a_mark_stands_where_its_first_point_belongs);
    tcase_add_test(tests, neighbours_keep_their_numbers);
    tcase_add_test(tests, many_points_share_marks);
    tcase_add_test(tests, the_selected_one_bears_its_number_wherever_it_is);
    tcase_add_test(tests, what_a_plus_means_is_said_where_there_is_one);
    tcase_add_test(tests, what_has_no_place_is_left_out);
    suite_add_tcase(suite, tests);
    return suite;
}
