/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <stellwerk/base/array.h>
#include <stellwerk/scene/rows.h>

static struct needs full_needs(void)
{
    struct needs needs = { .titles = 2, .strip = true, .history = true };
    for (int i = 0; i < LANE_COUNT; i++)
        needs.lanes[i] = i <= LANE_CREDIT || i == LANE_VOTES ? 1 : 4;
    return needs;
}

static int use(struct span_of_rows part, int *used)
{
    for (int row = part.top; row < part.top + part.count; row++) {
        ck_assert_int_lt(row, 300);
        ck_assert_msg(used[row] == 0, "row %d is given twice", row);
        used[row] = 1;
    }
    return part.count;
}

/* No row twice, none outside. */
START_TEST(test_rows_are_shared_once)
{
    struct needs needs = full_needs();
    for (int rows = VIEW_MIN_ROWS; rows < 200; rows++) {
        struct rows share = rows_share(&needs, rows);
        int used[300] = { 0 };
        use(share.head, used);
        use(share.stages, used);
        use(share.titles, used);
        ck_assert_int_ge(use(share.plot, used), rows < 24 ? 5 : 9);
        for (int i = 0; i < LANE_COUNT; i++)
            use(share.lanes[i], used);
        use(share.legend, used);
        use(share.history, used);
        use(share.strip, used);
        use(share.summary, used);
        for (int row = rows - 1; row < 300; row++)
            ck_assert_int_eq(used[row], 0);
        ck_assert_int_eq(share.lanes[LANE_GAP].count, 1);
    }
}
END_TEST

START_TEST(test_small_screens_keep_what_matters)
{
    struct needs needs = full_needs();
    struct rows share = rows_share(&needs, 24);
    ck_assert_int_eq(share.plot.count, 9);
    static const enum lane_id shown[] = { LANE_GAP,      LANE_N,
                                          LANE_TREND,    LANE_CHANNEL,
                                          LANE_THOUGHTS, LANE_PROMISE,
                                          LANE_OWNER,    LANE_OPPORTUNITIES };
    for (size_t i = 0; i < ARRAY_LEN(shown); i++)
        ck_assert_int_eq(share.lanes[shown[i]].count, 1);
    ck_assert_int_eq(share.lanes[LANE_QUOTES].count, 0);
    ck_assert_int_eq(share.strip.top, 21);
    ck_assert_int_eq(share.summary.top, 22);
    share = rows_share(&needs, VIEW_MIN_ROWS);
    ck_assert_int_eq(share.plot.count, 5);
    ck_assert_int_eq(share.lanes[LANE_GAP].count, 1);
}
END_TEST

START_TEST(test_tall_screens_show_everything_whole)
{
    struct needs needs = full_needs();
    struct rows share = rows_share(&needs, 150);
    ck_assert_int_eq(share.plot.count, 25);
    for (int i = 0; i < LANE_COUNT; i++)
        ck_assert_int_eq(share.lanes[i].count, needs.lanes[i]);
    ck_assert_int_ge(share.history.count, 9);
}
END_TEST

START_TEST(test_reports_show_everything_whole)
{
    struct needs needs = full_needs();
    needs.lanes[LANE_QUOTES] = 33;
    needs.lanes[LANE_GAINS] = 0;
    struct rows whole = rows_whole(&needs);
    ck_assert_int_eq(whole.lanes[LANE_QUOTES].count, 33);
    ck_assert_int_eq(whole.lanes[LANE_GAINS].count, 0);
    ck_assert_int_eq(whole.stages.top, 0);
    ck_assert_int_eq(whole.titles.count, 2);
    ck_assert_int_eq(whole.lanes[LANE_OPPORTUNITIES].top + 4, whole.total);
}
END_TEST

Suite *scene_rows_suite(void)
{
    Suite *suite = suite_create("scene_rows");
    TCase *tests = tcase_create("rows");
    tcase_add_test(tests, test_rows_are_shared_once);
    tcase_add_test(tests, test_small_screens_keep_what_matters);
    tcase_add_test(tests, test_tall_screens_show_everything_whole);
    tcase_add_test(tests, test_reports_show_everything_whole);
    suite_add_tcase(suite, tests);
    return suite;
}
