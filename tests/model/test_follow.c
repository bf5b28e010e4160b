/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stellwerk/model/follow.h>

static struct touchpoint old_touchpoints[] = { { .id = "a" }, { .id = "b" }, { .id = "c" } };
static struct touchpoint new_touchpoints[] = { { .id = "c" }, { .id = "new" }, { .id = "a" } };
static struct metric old_metrics[] = { { .id = "csat" }, { .id = "nps" } };
static struct metric new_metrics[] = { { .id = "nps" }, { .id = "csat" } };

static const struct journey old = { .touchpoints = old_touchpoints,
                                    .touchpoint_count = 3,
                                    .metrics = old_metrics,
                                    .metric_count = 2 };
static const struct journey new = { .touchpoints = new_touchpoints,
                                    .touchpoint_count = 3,
                                    .metrics = new_metrics,
                                    .metric_count = 2 };

static struct figures *figures_of(int first)
{
    static const int rows[][2] = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 2, 1 } };
    struct figures *figures = figures_create();
    figures->measures = arena_array(&figures->arena, 4, sizeof(*figures->measures));
    for (size_t i = 0; i < 4; i++)
        figures->measures[i] = (struct measure){
            .touchpoint = rows[i][0],
            .metric = rows[i][1],
            .value = first + (int)i,
        };
    figures->measure_count = 4;
    return figures;
}

static void check_value(const struct figures *figures, int touchpoint, int metric, double value)
{
    const struct measure *measure = figures_find(figures, touchpoint, metric);
    ck_assert_ptr_nonnull(measure);
    ck_assert_double_eq(measure->value, value);
}

/* c is first now, b is gone, the metrics have changed places. */
START_TEST(figures_go_where_their_things_are)
{
    struct figures *figures = figures_of(10);
    figures->before = figures_of(20);
    figures_follow(figures, &old, &new);
    ck_assert_uint_eq(figures->measure_count, 3);
    check_value(figures, 2, 1, 10);
    check_value(figures, 2, 0, 11);
    check_value(figures, 0, 0, 13);
    ck_assert_ptr_null(figures_find(figures, 1, 0));
    check_value(figures->before, 0, 0, 23);
    figures_destroy(figures);
}
END_TEST

START_TEST(no_figures_follow_nothing)
{
    figures_follow(NULL, &old, &new);
}
END_TEST

Suite *model_follow_suite(void)
{
    Suite *suite = suite_create("model_follow");
    TCase *tests = tcase_create("follow");
    tcase_add_test(tests, figures_go_where_their_things_are);
    tcase_add_test(tests, no_figures_follow_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
