/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stddef.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/quantile.h>

#include "insight/printed.h"

static const struct {
    size_t count;
    double q;
    size_t low, high;
    double coverage;
} rank_rows[] = {
    /* S4 */
    { 6, 0.5, 1, 6, 0.9688 },
    { 10, 0.5, 2, 9, 0.9785 },
    { 20, 0.5, 6, 15, 0.9586 },
    { 50, 0.5, 18, 33, 0.9672 },
    /* R: qbinom(.025, n, q), qbinom(.975, n, q) + 1 */
    { 20, 0.25, 2, 10, 0.9618 },
    { 20, 0.9, 15, 21, 0.9887 },
    { 100, 0.25, 17, 35, 0.9625 },
    { 1000, 0.9, 881, 919, 0.9549 },
};

START_TEST(test_ranks)
{
    struct quantile_ranks got = quantile_ranks(rank_rows[_i].count, rank_rows[_i].q, CONFIDENCE_95);
    ck_assert_uint_eq(got.low, rank_rows[_i].low);
    ck_assert_uint_eq(got.high, rank_rows[_i].high);
    ck_printed(got.coverage, rank_rows[_i].coverage, 4);
}
END_TEST

START_TEST(test_ranks_keep_their_level_and_are_no_wider_than_needed)
{
    for (size_t n = 1; n <= 300; n += 13) {
        for (double q = 0.07; q < 1; q += 0.15) {
            struct quantile_ranks got = quantile_ranks(n, q, 0.9);
            double count = (double)n;
            ck_assert_double_ge(got.coverage, 0.9);
            ck_assert_double_gt(binomial_at_most((double)got.low, count, q), 0.05);
            ck_assert_double_lt(binomial_at_most((double)got.high - 2, count, q), 0.95);
            struct quantile_ranks mirrored = quantile_ranks(n, 1 - q, 0.9);
            ck_assert_uint_eq(mirrored.low + got.high, n + 1);
        }
    }
}
END_TEST

START_TEST(test_a_small_sample_leaves_ends_open)
{
    struct quantile_ranks got = quantile_ranks(5, 0.5, 0.95);
    ck_assert_uint_eq(got.low, 0);
    ck_assert_uint_eq(got.high, 6);
    ck_assert_double_eq(got.coverage, 1);

    static const struct bin bins[] = { { 1, 1 }, { 2, 1 }, { 3, 1 }, { 4, 1 }, { 5, 1 } };
    struct estimate median = quantile_estimate(bins, 5, 0.5, 0.95);
    ck_assert_double_eq(median.value, 3);
    ck_assert_double_eq(median.interval.low, -INFINITY);
    ck_assert_double_eq(median.interval.high, INFINITY);
    ck_assert_double_nan(median.se);
}
END_TEST

START_TEST(test_large_samples_go_on_as_small_ones_end)
{
    struct quantile_ranks exact = quantile_ranks((size_t)BINOMIAL_MOST, 0.9, 0.95);
    struct quantile_ranks normal = quantile_ranks((size_t)BINOMIAL_MOST + 1, 0.9, 0.95);
    ck_assert_uint_le(normal.low - exact.low, 1);
    ck_assert_uint_le(normal.high - exact.high, 1);
    ck_assert_double_eq_tol(exact.coverage, normal.coverage, 1e-3);
    ck_assert_uint_eq(quantile_ranks((size_t)2e6, 1e-9, 0.95).low, 0);
    ck_assert_uint_eq(quantile_ranks((size_t)2e6, 1 - 1e-9, 0.95).high, (size_t)2e6 + 1);
}
END_TEST

START_TEST(test_median_of_twenty)
{
    struct bin bins[20];
    for (size_t i = 0; i < ARRAY_LEN(bins); i++)
        bins[i] = (struct bin){ .value = (double)(i + 1) * (double)(i + 1), .count = 1 };
    struct estimate got = quantile_estimate(bins, 20, 0.5, CONFIDENCE_95);
    ck_assert_double_eq(got.value, (100 + 121) / 2.0);
    ck_assert_double_eq(got.interval.low, 36);
    ck_assert_double_eq(got.interval.high, 225);
    ck_same(got.se, (225 - 36) / (2 * normal_critical(1 - 2 * 21700 / 1048576.0)));
    ck_assert_double_eq(got.n, 20);
}
END_TEST

START_TEST(test_a_high_quantile_is_open_above)
{
    struct bin bins[20];
    for (size_t i = 0; i < ARRAY_LEN(bins); i++)
        bins[i] = (struct bin){ .value = (double)i, .count = 1 };
    struct estimate got = quantile_estimate(bins, 20, 0.9, 0.95);
    ck_same(got.value, 17.1);
    ck_assert_double_eq(got.interval.low, 14);
    ck_assert_double_eq(got.interval.high, INFINITY);
}
END_TEST

START_TEST(test_out_of_range)
{
    static const struct bin bins[] = { { 1, 1 }, { 2, 1 }, { 3, 1 } };
    static const double outside[] = { 0, 1, -0.1, 1.1, NAN };
    for (size_t i = 0; i < ARRAY_LEN(outside); i++) {
        ck_assert_double_nan(quantile_ranks(20, outside[i], 0.95).coverage);
        ck_assert_double_nan(quantile_ranks(20, 0.5, outside[i]).coverage);
        ck_assert_double_nan(quantile_estimate(bins, 3, outside[i], 0.95).value);
        struct estimate got = quantile_estimate(bins, 3, 0.5, outside[i]);
        ck_assert_double_eq(got.value, 2);
        ck_unknown(got.interval);
    }
    ck_assert_double_nan(quantile_ranks(0, 0.5, 0.95).coverage);
    ck_assert_double_nan(quantile_estimate(NULL, 0, 0.5, 0.95).value);
    ck_unknown(quantile_estimate(NULL, 0, 0.5, 0.95).interval);
}
END_TEST

START_TEST(test_equal_values)
{
    static const struct bin bins[] = { { 7, 7 } };
    struct estimate got = quantile_estimate(bins, ARRAY_LEN(bins), 0.5, 0.95);
    ck_assert_double_eq(got.value, 7);
    ck_interval_printed(got.interval, 7, 7, 9);
    ck_assert_double_eq(got.se, 0);
}
END_TEST

/* The ranks that slices keep are enough for the value and its interval. */
START_TEST(test_some_ranks_stand_for_all)
{
    static const double places[] = { 0.01, 0.1, 0.25, 0.5, 0.9, 0.99, 0.999 };
    static struct bin bins[3000];
    for (size_t i = 0; i < ARRAY_LEN(bins); i++)
        bins[i] = (struct bin){ (double)(i * i), 1 };
    for (size_t n = 1; n <= ARRAY_LEN(bins); n += n < 100 ? 1 : 97)
        for (size_t i = 0; i < ARRAY_LEN(places); i++) {
            uint64_t first, last;
            sample_ranks(n, places[i], &first, &last);
            ck_assert_uint_le(first, last);
            ck_assert_uint_lt(last, n);
            struct ordered some = { .bins = bins + first,
                                    .count = (size_t)(last - first + 1),
                                    .below = first,
                                    .above = n - 1 - last };
            struct estimate got = quantile_estimate_ordered(some, places[i], CONFIDENCE_95);
            struct estimate wanted = quantile_estimate(bins, n, places[i], CONFIDENCE_95);
            ck_assert_double_eq(got.value, wanted.value);
            ck_assert_double_eq(got.interval.low, wanted.interval.low);
            ck_assert_double_eq(got.interval.high, wanted.interval.high);
        }
}
END_TEST

Suite *insight_quantile_suite(void)
{
    Suite *suite = suite_create("insight_quantile");
    TCase *tests = tcase_create("quantile");
    tcase_add_loop_test(tests, test_ranks, 0, ARRAY_LEN(rank_rows));
    tcase_add_test(tests, test_ranks_keep_their_level_and_are_no_wider_than_needed);
    tcase_add_test(tests, test_a_small_sample_leaves_ends_open);
    tcase_add_test(tests, test_large_samples_go_on_as_small_ones_end);
    tcase_add_test(tests, test_median_of_twenty);
    tcase_add_test(tests, test_a_high_quantile_is_open_above);
    tcase_add_test(tests, test_out_of_range);
    tcase_add_test(tests, test_equal_values);
    tcase_add_test(tests, test_some_ranks_stand_for_all);
    suite_add_tcase(suite, tests);
    return suite;
}
