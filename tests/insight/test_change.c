/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>

#include <stellwerk/insight/change.h>
#include <stellwerk/insight/mean.h>
#include <stellwerk/insight/proportion.h>
#include <stellwerk/insight/reading.h>

#include "insight/printed.h"

/* ---- Two figures ---- */

/* Newcombe's method 10 is square-and-add of two Wilson intervals (S2). */
START_TEST(square_and_add_of_shares_is_newcombes)
{
    struct difference difference = estimate_difference(proportion_estimate(56, 70, 0.95),
                                                       proportion_estimate(48, 80, 0.95));
    ck_printed(difference.value, 0.2, 6);
    ck_interval_printed(difference.interval, 0.052431, 0.333873, 6);
}
END_TEST

START_TEST(counts_of_as_many_days)
{
    /* 100: 82.2272..121.6143 and 120: 100.3651..143.4763, so 20 − √(19.6349² + 21.6143²) and
     * 20 + √(23.4763² + 17.7728²); z = 20 / √220. */
    struct difference difference = count_difference(120, 30, 100, 30, 0.95);
    ck_printed(difference.value, 20, 6);
    ck_interval_printed(difference.interval, -9.2011, 49.4451, 3);
    ck_printed(difference.statistic, 1.348400, 6);
    ck_printed(difference.p, 0.177530, 5);
}
END_TEST

START_TEST(counts_of_longer_and_shorter_months)
{
    struct difference same = count_difference(310, 31, 280, 28, 0.95);
    ck_same(same.value, 0);
    ck_same(same.p, 1);
    ck_assert(interval_contains(same.interval, 0));
    ck_assert_double_nan(count_difference(3, 31, 4, 0, 0.95).value);
    ck_assert_double_nan(count_difference(0, 30, 0, 30, 0.95).p); /* nothing, twice */
    ck_same(count_difference(0, 30, 0, 30, 0.95).value, 0);
}
END_TEST

/* ---- Tables ---- */

static struct figures *table(struct measure *measures, size_t count)
{
    struct figures *figures = figures_create();
    figures->measures = measures;
    figures->measure_count = count;
    for (size_t i = 0; i < count; i++)
        measures[i].metric = (int)i;
    return figures;
}

static void compare(struct measure *now, struct measure *before, size_t count)
{
    struct figures *figures = table(now, count);
    figures->before = table(before, count);
    figures->lens.period = (struct period){ .first = 31, .last = 58 };
    figures->before->lens.period = (struct period){ .first = 0, .last = 30 };
    figures->oldest = figures->before->oldest = 3 * TIME_US_PER_DAY; /* 28 days of each */
    figures->newest = figures->before->newest = 100 * TIME_US_PER_DAY;
    figures_complete(figures);
    figures_destroy(figures);
}

static struct measure share(double hits, uint64_t n)
{
    static struct anchor anchors[] = { { 0, 100 }, { 1, 0 } };
    return (struct measure){
        .n = n,
        .sample = { .kind = SAMPLE_SHARE, .hits = hits, .anchors = { anchors, 2 } } };
}

static struct measure mean_of(const double *values, size_t count)
{
    return (struct measure){
        .n = count, .sample = { .kind = SAMPLE_MEAN, .values = moments_of(values, count) } };
}

static struct measure net(double plus, double minus, uint64_t n, enum sample_kind kind)
{
    return (struct measure){ .n = n,
                             .sample = { .kind = kind, .plus = plus, .minus = minus } };
}

START_TEST(each_kind_has_its_test)
{
    static const double x[] = { 5, 4, 4, 3, 5, 5, 2, 4, 4, 5 }, y[] = { 3, 4, 2, 3, 4, 3, 2, 3 };
    struct measure now[] = {
        share(132, 1200),
        mean_of(x, 10),
        net(60, 20, 120, SAMPLE_BALANCE),
        net(60, 20, 120, SAMPLE_APDEX),
        { .n = 120, .sample = { .kind = SAMPLE_COUNT } },
        { .n = 10, .sample = { .kind = SAMPLE_POINT }, .value = 5 },
    };
    struct measure before[] = {
        share(96, 1180),
        mean_of(y, 8),
        net(50, 30, 120, SAMPLE_BALANCE),
        net(50, 30, 120, SAMPLE_APDEX),
        { .n = 100, .sample = { .kind = SAMPLE_COUNT } },
        { .n = 10, .sample = { .kind = SAMPLE_POINT }, .value = 3 },
    };
    compare(now, before, 6);
    ck_printed(now[0].change.value, 0.028644, 6); /* S2 */
    ck_printed(now[0].change.lo, 0.004978, 6);
    ck_printed(now[0].change.hi, 0.052379, 6);
    ck_printed(now[0].change.p, 0.017600, 6);
    ck_printed(now[0].change.before, 96 / 1180.0, 12);
    ck_assert_uint_eq(now[0].change.before_n, 1180);
    ck_assert_int_eq(now[0].change.direction, -1); /* anchors say that less is better */
    ck_printed(now[1].change.value, 1.1, 6); /* S4 */
    ck_printed(now[1].change.p, 0.016943, 6);
    ck_assert_int_eq(now[1].change.direction, 0);
    ck_printed(now[2].change.p, 0.09873, 5); /* S3 */
    ck_printed(now[2].change.value, 100 / 6.0, 9);
    ck_printed(now[3].change.p, 0.09873, 5);
    ck_printed(now[3].change.value, 1 / 12.0, 9);
    ck_printed(now[3].change.hi - now[3].change.lo, (now[2].change.hi - now[2].change.lo) / 200, 9);
    ck_printed(now[4].change.p, 0.177530, 5);
    ck_printed(now[5].change.value, 2, 9);
    ck_assert_double_nan(now[5].change.p);
    ck_assert_double_nan(now[5].change.adjusted);
    ck_assert(!now[5].change.sure);
}
END_TEST

/* Of three shares with p 0.0176, 0.1025 and 1: three times the first, one and a half times the
 * second. One alone would be sure; one of three is not. */
START_TEST(many_changes_are_harder_to_believe)
{
    struct measure now[] = { share(132, 1200), share(230, 1000), share(10, 50) };
    struct measure before[] = { share(96, 1180), share(200, 1000), share(10, 50) };
    compare(now, before, 3);
    ck_printed(now[0].change.adjusted, 3 * 0.017600, 5);
    ck_printed(now[1].change.adjusted, 1.5 * 0.102496, 5);
    ck_printed(now[2].change.adjusted, 1, 6);
    ck_assert(!now[0].change.sure);
    compare(now, before, 1);
    ck_assert(now[0].change.sure);
    ck_printed(now[0].change.adjusted, 0.017600, 6);
}
END_TEST

START_TEST(what_is_not_shown_does_not_change)
{
    struct measure now[] = { share(3, 4), share(50, 100), share(50, 100) };
    struct measure before[] = { share(50, 100), share(1, 3), mean_of((double[]){ 1, 2 }, 2) };
    now[0].status = MEASURE_HIDDEN;
    before[1].status = MEASURE_HIDDEN;
    compare(now, before, 3);
    for (int i = 0; i < 3; i++) { /* the third became another kind of figure */
        ck_assert_double_nan(now[i].change.value);
        ck_assert_double_nan(now[i].change.p);
        ck_assert(!now[i].change.sure);
    }
    ck_assert_double_nan(now[1].change.before);
    ck_assert_uint_eq(now[1].change.before_n, 3);
}
END_TEST

Suite *insight_change_suite(void)
{
    Suite *suite = suite_create("insight_change");
    TCase *tests = tcase_create("change");
    tcase_add_test(tests, square_and_add_of_shares_is_newcombes);
    tcase_add_test(tests, counts_of_as_many_days);
    tcase_add_test(tests, counts_of_longer_and_shorter_months);
    tcase_add_test(tests, each_kind_has_its_test);
    tcase_add_test(tests, many_changes_are_harder_to_believe);
    tcase_add_test(tests, what_is_not_shown_does_not_change);
    suite_add_tcase(suite, tests);
    return suite;
}
