/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Changes from one period to the next, and which of them are more than chance.
 */
#ifndef STELLWERK_INSIGHT_CHANGE_H
#define STELLWERK_INSIGHT_CHANGE_H

#include <stellwerk/insight/estimate.h>
#include <stellwerk/model/figures.h>

/*
 * A count or a sum of `days` days against one of others: `before` is brought to as many days first.
 * The interval joins those of the two (Zou and Donner 2008: the square-and-add that Newcombe's
 * method 10 is a case of); p is of a Poisson z with the pooled rate (Przyborowski and Wilenski
 * 1940, by the normal).
 */
struct difference count_difference(double now, double days_now, double before, double days_before,
                                   double level);

/* Of any two independent estimates: square-and-add of their intervals, z and p from their errors.
 * No test where one has no interval. */
struct difference estimate_difference(struct estimate now, struct estimate before);

/* Of two complete measures of one metric that are independent of each other, by what the figure is:
 * shares by Newcombe's interval and z, means by Welch's t, balances and Apdex by their adjusted
 * errors, all else by estimate_difference(). Of counts and sums it says nothing about how long or
 * of how many they are. */
struct difference measure_difference(const struct measure *now, const struct measure *before);

/*
 * Fills the change of each measure from the period before (figures->before); both tables are
 * complete, and figures_complete() has done this already where there is one. Counts as above, sums
 * brought to as many days, all else by measure_difference(). Days
 * are those of the period that lie between the store's first row and its last. All changes of the
 * table are one view: `adjusted` is over those that could be tested. Hidden figures have none, and
 * somebody's aggregates without a spread have no test.
 */
void figures_compare(struct figures *figures);

#endif
