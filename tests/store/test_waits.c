/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Time from one thing to the next, against cases worked by hand. */

#include "suites.h"

#include <math.h>

#include <stellwerk/insight/reading.h>

#include "store/little_map.h"

#define HOUR INT64_C(3600000000)

/* From a call to the payment. */
static struct metric *add_wait(void)
{
    return add_metric((struct metric){
        .id = "m",
        .type = METRIC_BETWEEN,
        .quantile = NAN,
        .min_n = 1,
        .a = { .where = { &is_call, 1 } },
        .b = { .where = { &is_pay, 1 } },
    });
}

/* Days to the next step with open cases (1,1) (2,1) (2,0) (3,1) (5,0) (7,1): the curve falls to
 * 5/6, 2/3 and 4/9, so half got there by day 3. The store ends on the 20th. */
START_TEST(open_cases_have_waited_so_far)
{
    struct metric *metric = add_wait();
    import_text("ts,case_id,activity,touchpoint\n"
                "2026-01-01,c1,call,platform\n2026-01-02,c1,pay,\n"
                "2026-01-01,c2,call,platform\n2026-01-03,c2,pay,\n"
                "2026-01-18,c3,call,platform\n"
                "2026-01-01,c4,call,platform\n2026-01-04,c4,pay,platform\n"
                "2026-01-15,c5,call,platform\n"
                "2026-01-01,c6,call,platform\n2026-01-08,c6,pay,search\n"
                "2026-01-20,c7,banner,search\n");
    measure();
    figures_complete(figures);
    const struct measure *found = at(PLATFORM, 0);
    ck_assert_int_eq(found->sample.kind, SAMPLE_WAIT);
    ck_assert_uint_eq(found->n, 6);
    ck_assert_double_eq_tol(found->value, 3, 1e-9);
    ck_assert_int_eq(at(SEARCH, 0)->status, MEASURE_NO_ROWS);

    metric->unit = "h";
    metric->quantile = 1.0 / 3 - 0.001; /* surely passed by day 2 */
    measure();
    figures_complete(figures);
    ck_assert_double_eq_tol(at(PLATFORM, 0)->value, 48, 1e-9);

    metric->within = 60 * HOUR; /* what takes longer than that went on for as long */
    metric->quantile = NAN;
    measure();
    figures_complete(figures);
    ck_assert_double_nan(at(PLATFORM, 0)->value);
    ck_assert_int_eq(at(PLATFORM, 0)->status, MEASURE_OK);
    for (size_t i = 0; i < 6; i++)
        ck_assert_double_le(at(PLATFORM, 0)->sample.waits[i].time, 60);
}
END_TEST

static const struct wait *waits_of_one_case(const char *rows, size_t count)
{
    import_text(arena_printf(&fixture.arena,
                             "ts,case_id,activity,touchpoint\n%s"
                             "2026-01-01,a,call,platform\n2026-01-01,b,call,platform\n"
                             "2026-01-01,d,call,platform\n2026-01-01,e,call,platform\n"
                             "2026-01-01,f,call,platform\n",
                             rows));
    measure();
    ck_assert_uint_eq(at(PLATFORM, 0)->sample.wait_count, count + 5);
    return at(PLATFORM, 0)->sample.waits;
}

static size_t reached_after(const struct wait *waits, size_t count, double time)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += waits[i].reached && waits[i].time == time;
    return found;
}

/* Who calls again while waiting waits once; who calls again afterwards waits again. */
START_TEST(a_case_may_wait_more_than_once)
{
    add_wait();
    const struct wait *waits = waits_of_one_case("2026-01-01,c,call,platform\n"
                                                 "2026-01-03,c,call,platform\n"
                                                 "2026-01-05,c,pay,\n"
                                                 "2026-01-06,c,pay,\n"
                                                 "2026-01-10,c,call,platform\n"
                                                 "2026-01-17,c,pay,\n"
                                                 "2026-01-20,c,call,platform\n",
                                                 3);
    ck_assert_uint_eq(reached_after(waits, 8, 4), 1);
    ck_assert_uint_eq(reached_after(waits, 8, 7), 1);
}
END_TEST

/* Dates without times: whichever comes first in the file, it took no time, and once. */
START_TEST(what_happens_at_one_instant_takes_no_time)
{
    add_wait();
    const struct wait *waits = waits_of_one_case("2026-01-02,c,pay,\n"
                                                 "2026-01-02,c,call,platform\n"
                                                 "2026-01-02,c,call,platform\n"
                                                 "2026-01-03,c,pay,\n",
                                                 1);
    ck_assert_uint_eq(reached_after(waits, 6, 0), 1);
}
END_TEST

Suite *store_waits_suite(void)
{
    Suite *suite = suite_create("store_waits");
    TCase *tests = tcase_create("waits");
    tcase_add_checked_fixture(tests, little_map_set_up, little_map_tear_down);
    tcase_add_test(tests, open_cases_have_waited_so_far);
    tcase_add_test(tests, a_case_may_wait_more_than_once);
    tcase_add_test(tests, what_happens_at_one_instant_takes_no_time);
    suite_add_tcase(suite, tests);
    return suite;
}
