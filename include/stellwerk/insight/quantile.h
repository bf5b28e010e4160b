/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Quantiles, and intervals for them that assume nothing about the distribution.
 *
 * q lies strictly inside 0..1; 0.5 is the median.
 */
#ifndef STELLWERK_INSIGHT_QUANTILE_H
#define STELLWERK_INSIGHT_QUANTILE_H

#include <stddef.h>

#include <stellwerk/insight/estimate.h>
#include <stellwerk/model/sample.h>

/* Which order statistics bound a quantile, counted from 1. */
struct quantile_ranks {
    size_t low;      /* 0: nothing in the sample bounds it below */
    size_t high;     /* count + 1: nothing bounds it above */
    double coverage; /* the confidence they really have, at least that asked for; NAN: no ranks */
};

/* Ranks that leave at most (1 - level) / 2 on either side by the binomial (Conover 1999, section
 * 3.2). A side that the sample is too small for is open: at 95 % the median needs six values.
 * Over a million values take the normal approximation. No ranks (0, 0, NAN) for no values, or for
 * q or a level out of range. */
struct quantile_ranks quantile_ranks(size_t count, double q, double level);

/* bins_quantile() of finite values in ascending order between its order statistics, an open side
 * infinite. `se` is the width over 2z at the coverage reached (McKean and Schrader 1984); NAN
 * while a side is open. Unknown for no values or q out of range. */
struct estimate quantile_estimate(const struct bin *bins, size_t count, double q, double level);

/* The same, where bins stand for some of the values alone (sample_ranks(), up to a level of
 * 95 %). */
struct estimate quantile_estimate_ordered(struct ordered order, double q, double level);

#endif
