/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stddef.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/proportion.h>

#include "insight/printed.h"

/* S1; the first four are cases of Newcombe 1998, Table I. */
static const struct {
    double hits, n, share, low, high;
} wilson_rows[] = {
    { 81, 263, 0.307985, 0.255289, 0.366210 },
    { 15, 148, 0.101351, 0.062386, 0.160487 },
    { 0, 20, 0.000000, 0.000000, 0.161125 },
    { 1, 29, 0.034483, 0.006113, 0.171755 },
    { 7, 50, 0.140000, 0.069508, 0.261862 },
    { 1, 1, 1.000000, 0.206549, 1.000000 },
    { 5, 5, 1.000000, 0.565518, 1.000000 },
    { 50, 100, 0.500000, 0.403832, 0.596168 },
    { 412, 1000, 0.412000, 0.381887, 0.442786 },
};

START_TEST(test_wilson)
{
    struct estimate got =
        proportion_estimate(wilson_rows[_i].hits, wilson_rows[_i].n, CONFIDENCE_95);
    ck_printed(got.value, wilson_rows[_i].share, 6);
    ck_interval_printed(got.interval, wilson_rows[_i].low, wilson_rows[_i].high, 6);
    ck_assert_double_eq(got.n, wilson_rows[_i].n);
    ck_same(got.se, (got.interval.high - got.interval.low) / (2 * Z_95));
}
END_TEST

START_TEST(test_wilson_is_symmetric_and_stays_inside)
{
    for (double n = 1; n <= 40; n++) {
        for (double hits = 0; hits <= n; hits++) {
            struct interval some = proportion_estimate(hits, n, 0.99).interval;
            struct interval rest = proportion_estimate(n - hits, n, 0.99).interval;
            ck_same(some.low, 1 - rest.high);
            ck_same(some.high, 1 - rest.low);
            ck_assert_double_ge(some.low, 0);
            ck_assert_double_le(some.high, 1);
            ck_assert(interval_contains(some, hits / n));
            ck_assert_double_gt(some.high - some.low, 0);
        }
    }
    ck_assert_double_eq(proportion_estimate(0, 1e7, 0.95).interval.low, 0);
    ck_assert_double_eq(proportion_estimate(1e7, 1e7, 0.95).interval.high, 1);
}
END_TEST

START_TEST(test_wilson_narrows_with_n_and_widens_with_level)
{
    for (double n = 10; n < 1e9; n *= 10) {
        ck_assert_double_gt(proportion_estimate(0.3 * n, n, 0.95).se,
                            proportion_estimate(3 * n, 10 * n, 0.95).se);
        struct interval wide = proportion_estimate(0.3 * n, n, 0.99).interval;
        struct interval usual = proportion_estimate(0.3 * n, n, 0.95).interval;
        ck_assert_double_lt(wide.low, usual.low);
        ck_assert_double_gt(wide.high, usual.high);
    }
}
END_TEST

/* How often the interval of 25 rows holds the true share, summed exactly over all results. */
START_TEST(test_wilson_holds_its_level_on_average)
{
    double sum = 0, least = 1;
    for (int step = 1; step < 100; step++) {
        double share = step / 100.0, coverage = 0;
        for (int hits = 0; hits <= 25; hits++)
            if (interval_contains(proportion_estimate(hits, 25, 0.95).interval, share))
                coverage +=
                    binomial_at_most(hits, 25, share) - binomial_at_most(hits - 1, 25, share);
        sum += coverage;
        least = fmin(least, coverage);
    }
    ck_assert_double_eq_tol(sum / 99, 0.95, 0.01);
    ck_assert_double_gt(least, 0.83); /* the known dip near 0 and 1 */
}
END_TEST

/* S2; the first two are cases of Newcombe 1998, method 10. */
static const struct {
    double hits_a, n_a, hits_b, n_b, value, low, high, z, p, h;
} newcombe_rows[] = {
    { 56, 70, 48, 80, 0.200000, 0.052431, 0.333873, 2.650172, 0.008045, 0.442143 },
    { 9, 10, 3, 10, 0.600000, 0.170523, 0.809018, 2.738613, 0.006170, 1.338812 },
    { 10, 10, 0, 20, 1.000000, 0.679086, 1.000000, 5.477226, 0.000000, 3.141593 },
    { 230, 1000, 200, 1000, 0.030000, -0.006025, 0.065941, 1.632872, 0.102496, 0.073064 },
    { 132, 1200, 96, 1180, 0.028644, 0.004978, 0.052379, 2.373921, 0.017600, 0.097639 },
};

START_TEST(test_newcombe)
{
    struct difference got =
        proportion_difference(newcombe_rows[_i].hits_a, newcombe_rows[_i].n_a,
                              newcombe_rows[_i].hits_b, newcombe_rows[_i].n_b, CONFIDENCE_95);
    ck_printed(got.value, newcombe_rows[_i].value, 6);
    ck_interval_printed(got.interval, newcombe_rows[_i].low, newcombe_rows[_i].high, 6);
    ck_printed(got.statistic, newcombe_rows[_i].z, 6);
    ck_printed(got.p, newcombe_rows[_i].p, 6);
    ck_printed(got.effect, newcombe_rows[_i].h, 6);
    ck_assert_double_eq(got.df, INFINITY);
}
END_TEST

START_TEST(test_newcombe_turns_with_its_sides)
{
    for (double a = 0; a <= 12; a += 3) {
        for (double b = 0; b <= 7; b++) {
            struct difference ab = proportion_difference(a, 12, b, 7, 0.95);
            struct difference ba = proportion_difference(b, 7, a, 12, 0.95);
            ck_same(ab.value, -ba.value);
            ck_same(ab.interval.low, -ba.interval.high);
            ck_same(ab.statistic, -ba.statistic);
            ck_same(ab.p, ba.p);
            ck_same(ab.effect, -ba.effect);
            ck_assert(interval_contains(ab.interval, ab.value));
        }
    }
}
END_TEST

START_TEST(test_the_error_of_a_difference_is_not_pooled)
{
    ck_same(proportion_difference(5, 10, 8, 20, 0.95).se, sqrt(0.25 / 10 + 0.24 / 20));
    ck_same(proportion_difference(2, 10, 20, 20, 0.95).se, sqrt(0.16 / 10));
}
END_TEST

START_TEST(test_all_alike_is_no_difference)
{
    for (int all = 0; all <= 1; all++) {
        struct difference got = proportion_difference(all * 8, 8, all * 5, 5, 0.95);
        ck_assert_double_eq(got.value, 0);
        ck_assert_double_eq(got.statistic, 0);
        ck_assert_double_eq(got.p, 1);
        ck_assert_double_lt(got.interval.low, 0);
        ck_assert_double_gt(got.interval.high, 0);
    }
}
END_TEST

START_TEST(test_what_is_no_share_is_unknown)
{
    static const struct {
        double hits, n;
    } rows[] = {
        { 0, 0 }, { 1, 0 }, { -1, 5 }, { 6, 5 }, { NAN, 5 }, { 1, NAN }, { 1, INFINITY }, { 1, -2 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct estimate got = proportion_estimate(rows[i].hits, rows[i].n, 0.95);
        ck_assert_double_nan(got.value);
        ck_assert_double_nan(got.se);
        ck_unknown(got.interval);
        ck_assert_double_nan(proportion_difference(rows[i].hits, rows[i].n, 1, 2, 0.95).value);
        ck_assert_double_nan(proportion_difference(1, 2, rows[i].hits, rows[i].n, 0.95).p);
    }
}
END_TEST

START_TEST(test_a_bad_level_leaves_the_value)
{
    struct estimate got = proportion_estimate(1, 4, 1);
    ck_assert_double_eq(got.value, 0.25);
    ck_assert_double_nan(got.se);
    ck_unknown(got.interval);
    struct difference difference = proportion_difference(1, 4, 1, 2, NAN);
    ck_assert_double_eq(difference.value, -0.25);
    ck_unknown(difference.interval);
}
END_TEST

Suite *insight_proportion_suite(void)
{
    Suite *suite = suite_create("insight_proportion");
    TCase *tests = tcase_create("proportion");
    tcase_add_loop_test(tests, test_wilson, 0, ARRAY_LEN(wilson_rows));
    tcase_add_test(tests, test_wilson_is_symmetric_and_stays_inside);
    tcase_add_test(tests, test_wilson_narrows_with_n_and_widens_with_level);
    tcase_add_test(tests, test_wilson_holds_its_level_on_average);
    tcase_add_loop_test(tests, test_newcombe, 0, ARRAY_LEN(newcombe_rows));
    tcase_add_test(tests, test_newcombe_turns_with_its_sides);
    tcase_add_test(tests, test_the_error_of_a_difference_is_not_pooled);
    tcase_add_test(tests, test_all_alike_is_no_difference);
    tcase_add_test(tests, test_what_is_no_share_is_unknown);
    tcase_add_test(tests, test_a_bad_level_leaves_the_value);
    suite_add_tcase(suite, tests);
    return suite;
}
