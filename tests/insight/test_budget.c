/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/scene/budget.h>

enum { TICKET, PLATFORM, SEMINAR, TOUCHPOINTS };

static struct touchpoint touchpoints[TOUCHPOINTS] = {
    { .id = "ticket", .title = "Ticket" },
    { .id = "platform", .title = "Platform" },
    { .id = "seminar", .title = "Seminar" },
};
static struct budget budgets[] = {
    { .touchpoint = NONE, .gap = -30 },
    { .touchpoint = TICKET, .gap = -10 },
};
static const struct journey journey = {
    .touchpoints = touchpoints,
    .touchpoint_count = TOUCHPOINTS,
    .budgets = budgets,
    .budget_count = ARRAY_LEN(budgets),
};

static struct arena arena;
static struct reading items[TOUCHPOINTS];
static const struct readings readings = { .items = items, .count = TOUCHPOINTS };
static size_t count;

static void teardown(void)
{
    arena_finish(&arena);
}

static void measure(int touchpoint, enum measure_status status, double gap, double lo, double hi)
{
    items[touchpoint] = (struct reading){
        .adequate = 70,
        .measured = { .status = status, .n = 1310 },
        .gap_measured = { .value = gap, .lo = lo, .hi = hi },
    };
}

static void setup(void)
{
    for (int i = 0; i < TOUCHPOINTS; i++)
        measure(i, MEASURE_NO_ROWS, NAN, NAN, NAN);
}

static const struct budget_check *check_of(int touchpoint)
{
    const struct budget_check *checks = budgets_check(&arena, &journey, &readings, &count);
    ck_assert_uint_eq(count, TOUCHPOINTS);
    ck_assert_int_eq(checks[touchpoint].touchpoint, touchpoint);
    return &checks[touchpoint];
}

static const char *sentence_of(int touchpoint)
{
    return budget_sentence(&arena, &journey, &readings, check_of(touchpoint));
}

START_TEST(a_budget_of_its_own_stands_before_the_one_for_all)
{
    measure(TICKET, MEASURE_OK, -20, -22, -18);
    measure(PLATFORM, MEASURE_OK, -20, -22, -18);
    ck_assert_ptr_eq(check_of(TICKET)->budget, &budgets[1]);
    ck_assert_int_eq(check_of(TICKET)->verdict, BUDGET_BROKEN);
    ck_assert_double_eq(check_of(TICKET)->excess, 10);
    ck_assert_int_eq(check_of(PLATFORM)->verdict, BUDGET_KEPT);
    ck_assert_ptr_null(sentence_of(PLATFORM));
}
END_TEST

START_TEST(it_is_broken_only_when_the_whole_interval_says_so)
{
    measure(TICKET, MEASURE_OK, -20, -32, -10);
    ck_assert_int_eq(check_of(TICKET)->verdict, BUDGET_DOUBTFUL);
    measure(TICKET, MEASURE_OK, -20, -32, -10.1);
    ck_assert_int_eq(check_of(TICKET)->verdict, BUDGET_BROKEN);
    measure(TICKET, MEASURE_OK, -10, -32, 12);
    ck_assert_int_eq(check_of(TICKET)->verdict, BUDGET_KEPT);
}
END_TEST

START_TEST(few_rows_and_no_interval_leave_a_doubt)
{
    measure(TICKET, MEASURE_SMALL, -60, -70, -50);
    ck_assert_int_eq(check_of(TICKET)->verdict, BUDGET_DOUBTFUL);
    measure(TICKET, MEASURE_OK, -60, NAN, NAN);
    ck_assert_int_eq(check_of(TICKET)->verdict, BUDGET_DOUBTFUL);
}
END_TEST

START_TEST(what_is_not_measured_breaks_nothing)
{
    ck_assert_int_eq(check_of(SEMINAR)->verdict, BUDGET_UNKNOWN);
    ck_assert_str_eq(sentence_of(SEMINAR),
                     "nothing is measured at “Seminar” that has a score, so its gap cannot be held "
                     "against the budget");
    items[SEMINAR].adequate = NAN;
    ck_assert_str_eq(sentence_of(SEMINAR), "nobody said what is expected of “Seminar”, so its gap "
                                           "cannot be held against the budget");
}
END_TEST

START_TEST(it_says_by_how_much_and_how_surely)
{
    measure(TICKET, MEASURE_OK, -43.2, -49.1, -37.4);
    ck_assert_str_eq(sentence_of(TICKET),
                     "the measured gap at “Ticket” is −43 (−49 to −37), n 1,310: 33 points deeper "
                     "than its budget of −10, and so is the whole interval");
    measure(TICKET, MEASURE_OK, -12, -20, -4);
    ck_assert_str_eq(sentence_of(TICKET),
                     "the measured gap at “Ticket” is −12 (−20 to −4), n 1,310: 2 points deeper "
                     "than its budget of −10, which may be chance: the interval reaches the "
                     "budget");
    measure(TICKET, MEASURE_SMALL, -12, -20, -11);
    ck_assert_ptr_nonnull(strstr(sentence_of(TICKET), "which may be chance: few rows say so"));
    measure(TICKET, MEASURE_OK, -12, NAN, NAN);
    ck_assert_str_eq(sentence_of(TICKET),
                     "the measured gap at “Ticket” is −12, n 1,310: 2 points deeper than its "
                     "budget of −10, which may be chance: nobody knows how sure the figure is");
}
END_TEST

Suite *insight_budget_suite(void)
{
    Suite *suite = suite_create("insight_budget");
    TCase *tests = tcase_create("budgets");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_budget_of_its_own_stands_before_the_one_for_all);
    tcase_add_test(tests, it_is_broken_only_when_the_whole_interval_says_so);
    tcase_add_test(tests, few_rows_and_no_interval_leave_a_doubt);
    tcase_add_test(tests, what_is_not_measured_breaks_nothing);
    tcase_add_test(tests, it_says_by_how_much_and_how_surely);
    suite_add_tcase(suite, tests);
    return suite;
}
