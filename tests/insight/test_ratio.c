/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>

#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/ratio.h>

#include "insight/printed.h"

static struct pairs pairs_of(const double *a, const double *b, size_t count)
{
    struct pairs pairs = { .groups = (double)count };
    for (size_t i = 0; i < count; i++) {
        pairs.a += a[i];
        pairs.b += b[i];
        pairs.aa += a[i] * a[i];
        pairs.ab += a[i] * b[i];
        pairs.bb += b[i] * b[i];
        pairs.below_zero |= a[i] < 0 || b[i] < 0;
    }
    return pairs;
}

/* Over groups of one each a ratio is a mean, with Student's interval (S4). */
START_TEST(of_groups_of_one_it_is_the_mean)
{
    static const double x[] = { 5, 4, 4, 3, 5, 5, 2, 4, 4, 5 };
    static const double one[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    struct pairs pairs = pairs_of(x, one, 10);
    struct estimate ratio = ratio_estimate(&pairs, CONFIDENCE_95);
    ck_printed(ratio.value, 4.1, 6);
    ck_printed(ratio.se, 0.994429 / sqrt(10), 6);
    ck_interval_printed(ratio.interval, 3.388628, 4.811372, 6);
    ck_same(ratio.n, 10);
}
END_TEST

/* How far a - ρ b is from 0, in its own errors, worked from the groups themselves. */
static double distance(const double *a, const double *b, size_t count, double rho)
{
    double sum = 0, squares = 0, n = (double)count;
    for (size_t i = 0; i < count; i++)
        sum += a[i] - rho * b[i];
    for (size_t i = 0; i < count; i++)
        squares += pow(a[i] - rho * b[i] - sum / n, 2);
    return fabs(sum / n) / sqrt(squares / (n - 1) / n);
}

/* Its ends are the ratios that are just so far away as Student's t allows. */
START_TEST(the_ends_are_those_that_a_t_test_would_just_not_refuse)
{
    static const double opened[] = { 3, 0, 1, 7, 2, 2, 0, 4, 1, 5, 0, 2 };
    static const double sent[] = { 5, 2, 4, 9, 3, 6, 1, 4, 2, 8, 3, 3 };
    struct pairs pairs = pairs_of(opened, sent, 12);
    struct estimate ratio = ratio_estimate(&pairs, CONFIDENCE_95);
    double t = student_critical(CONFIDENCE_95, 11);
    ck_same(ratio.value, 27.0 / 50);
    ck_assert_double_eq_tol(distance(opened, sent, 12, ratio.interval.low), t, 1e-9);
    ck_assert_double_eq_tol(distance(opened, sent, 12, ratio.interval.high), t, 1e-9);
    ck_assert(ratio.interval.low < ratio.value && ratio.value < ratio.interval.high);
    /* By linearisation: √(Σ(a − r b)² / (n (n − 1))) / mean b, Σ(a − r b)² = 15.7784. */
    ck_assert_double_eq_tol(ratio.se, sqrt(15.7784 / 132) / (50 / 12.0), 1e-4);
}
END_TEST

START_TEST(counts_have_no_ratio_below_zero)
{
    static const double a[] = { 0, 0, 1, 0, 0, 0 }, b[] = { 4, 6, 5, 5, 4, 6 };
    static const double lost[] = { 0, 0, 1, 0, 0, -0.5 };
    struct pairs counts = pairs_of(a, b, 6), money = pairs_of(lost, b, 6);
    ck_assert_double_eq(ratio_estimate(&counts, 0.95).interval.low, 0);
    ck_assert_double_lt(ratio_estimate(&money, 0.95).interval.low, 0);
}
END_TEST

START_TEST(without_spread_or_sense_there_is_no_interval)
{
    static const double a[] = { 2, 4, 6, 4, 4, 4 }, b[] = { 1, 2, 3, 2, 2, 2 };
    static const double wild[] = { 10, -9, 0.5 };
    struct pairs one = pairs_of(a, b, 1), same = pairs_of(a, b, 6), none = pairs_of(a, b, 0),
                 near_zero = pairs_of(a, wild, 3), fractions = { .a = 30, .b = 10 };
    ck_same(ratio_estimate(&one, 0.95).value, 2);
    ck_unknown(ratio_estimate(&one, 0.95).interval);
    ck_same(ratio_estimate(&same, 0.95).interval.low, 2); /* always twice as many */
    ck_same(ratio_estimate(&same, 0.95).interval.high, 2);
    ck_assert_double_nan(ratio_estimate(&none, 0.95).value);
    ck_assert_double_eq(ratio_estimate(&none, 0.95).n, 0);
    ck_assert(isfinite(ratio_estimate(&near_zero, 0.95).value));
    ck_unknown(ratio_estimate(&near_zero, 0.95).interval);
    ck_same(ratio_estimate(&fractions, 0.95).value, 3); /* of somebody's aggregates */
    ck_unknown(ratio_estimate(&fractions, 0.95).interval);
}
END_TEST

Suite *insight_ratio_suite(void)
{
    Suite *suite = suite_create("insight_ratio");
    TCase *tests = tcase_create("ratio");
    tcase_add_test(tests, of_groups_of_one_it_is_the_mean);
    tcase_add_test(tests, the_ends_are_those_that_a_t_test_would_just_not_refuse);
    tcase_add_test(tests, counts_have_no_ratio_below_zero);
    tcase_add_test(tests, without_spread_or_sense_there_is_no_interval);
    suite_add_tcase(suite, tests);
    return suite;
}
