/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <string.h>

#include <stellwerk/base/utf8.h>
#include <stellwerk/scene/view.h>

#include "scene/fixture.h"

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

static const char *summary(int selected, int columns)
{
    fixture->set.options.selected = selected;
    return summary_text(&arena, &fixture->set, columns);
}

START_TEST(test_everything_in_words)
{
    ck_assert_str_eq(
        summary(3, 300),
        "Platform: expected 60–85 · felt 40 (estimate) · measured 37 ±7 (n 266, 3 days old)"
        " · falls 23 short · delivery −38, promise −17, other +32"
        " · media break on the way here");
    ck_assert_str_eq(
        summary(4, 300),
        "On board: expected 53–80 · felt 87 (estimate) · measured 83 ±6 (n 411, 10 days old)"
        " · 3 better than desired · delivery +11, promise −4, other −4"
        " · estimate and measurement disagree");
    ck_assert_str_eq(summary(7, 300),
                     "Seminar: expected 66–92 · felt 91 (estimate) · no data · expectation met"
                     " · media break on the way here");
}
END_TEST

/* What was measured stays longest, and no phrase is ever cut. */
START_TEST(test_shortened_by_meaning)
{
    ck_assert_str_eq(summary(3, 90),
                     "Platform: expected 60–85 · felt 40 est. · measured 37 ±7 (n 266, 3 days old)"
                     " · media break");
    ck_assert_str_eq(
        summary(3, 79),
        "Platform: expected 60–85 · felt 40 est. · measured 37 ±7 (n 266, 3 days old)");
    ck_assert_str_eq(summary(3, 55), "Platform: expected 60–85 · measured 37 ±7 (n 266)");
    ck_assert_str_eq(summary(3, 34), "Platform: measured 37 ±7 (n 266)");
    ck_assert_str_eq(summary(3, 20), "Platform");
}
END_TEST

START_TEST(test_never_wider_than_asked)
{
    for (int selected = 0; selected < 9; selected++) {
        for (int columns = 12; columns < 240; columns++)
            ck_assert_int_le(utf8_width(summary(selected, columns)), columns);
    }
}
END_TEST

START_TEST(test_nothing_selected)
{
    ck_assert_str_eq(summary(-1, 80), "");
    ck_assert_str_eq(summary(99, 80), "");
}
END_TEST

START_TEST(test_missing_is_said)
{
    fixture->journey.touchpoints[3].expectation_count = 0;
    fixture->journey.touchpoints[3].experience_count = 0;
    fixture->figures.measures[3].status = MEASURE_HIDDEN;
    fixture->figures.measures[3].n = 3;
    fixture_read(fixture);
    ck_assert_str_eq(summary(3, 200),
                     "Platform: no expectation stated · no estimate · n 3: too few to show"
                     " · media break on the way here");
    fixture->set.options.overlay = false;
    ck_assert_ptr_null(strstr(summary(3, 200), "n 3"));
}
END_TEST

Suite *scene_summary_suite(void)
{
    Suite *suite = suite_create("scene_summary");
    TCase *tests = tcase_create("summary");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_everything_in_words);
    tcase_add_test(tests, test_shortened_by_meaning);
    tcase_add_test(tests, test_never_wider_than_asked);
    tcase_add_test(tests, test_nothing_selected);
    tcase_add_test(tests, test_missing_is_said);
    suite_add_tcase(suite, tests);
    return suite;
}
