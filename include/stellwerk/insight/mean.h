/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Means: from moments to an estimate, and two of them compared.
 *
 * Moments with n 0 are no data. `squares` is NAN where the spread is not known (somebody's
 * aggregate without one); the mean is known all the same.
 */
#ifndef STELLWERK_INSIGHT_MEAN_H
#define STELLWERK_INSIGHT_MEAN_H

#include <stddef.h>

#include <stellwerk/insight/estimate.h>
#include <stellwerk/model/sample.h>

/* Values that are not finite are left out. */
struct moments moments_of(const double *values, size_t count);

/*
 * From n, Σx and Σx². Cancellation costs what it costs: a spread under 1e-7 of the values' own size
 * cannot be told from none and counts as none. Who averages instants takes an offset off first.
 * No data for n <= 0 or a sum that is not finite.
 */
struct moments moments_from_sums(double n, double sum, double sum_of_squares);

/* From somebody's aggregate. A NAN or negative `sd` is an unknown spread; a single row has none. No
 * data for n <= 0 or a mean that is not finite. */
struct moments moments_from_sd(double n, double mean, double sd);

/* The mean with its error sd / √n and Student's t interval (Student 1908). Unknown for no data;
 * n <= 1 or an unknown spread leaves the value without `se` and interval. Equal values have an
 * interval of width zero: the formula's answer, which says too much when they are few. */
struct estimate mean_estimate(struct moments moments, double level);

/* mean_a - mean_b with Welch's t, its df and p (Welch 1947); effect: Hedges' g with the pooled sd
 * and the factor 1 - 3 / (4 df - 1), df = n_a + n_b - 2 (Hedges 1981). Where either side lacks a
 * spread (n <= 1, or unknown), or neither varies, there is a value but no test. */
struct difference mean_difference(struct moments a, struct moments b, double level);

#endif
