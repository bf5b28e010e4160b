/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Figures from figures: what somebody else computed, put together as far as that can be done.
 * Private to store/.
 *
 * Counts and sums add up. Shares and ratios that come as num and den add up exactly. Means are
 * weighted by n, and keep their spread where each brings its sd. Anything else is weighted by n and
 * is no more than a point: the median of medians is not the median.
 */
#ifndef STELLWERK_SRC_STORE_AGGREGATE_H
#define STELLWERK_SRC_STORE_AGGREGATE_H

#include "metric.h"

struct aggregate {
    int64_t from, to; /* instants */
    double value, n;
    double sd, num, den; /* NAN where it does not say */
    double weight;       /* of each of its n rows; less than 1 for old ones */
};

/* False for numbers that no import lets in; a store may come from someone else. */
bool aggregate_is_sound(const struct aggregate *aggregate);

/* Adds an aggregate that is sound. */
void aggregate_add(struct tally *tally, const struct formula *formula,
                   const struct aggregate *aggregate);

/* What kind of figure the tally has come to. */
enum sample_kind aggregate_kind(const struct tally *tally, const struct formula *formula);

/* NAN for an empty tally. */
double aggregate_value(const struct tally *tally, const struct formula *formula);

#endif
