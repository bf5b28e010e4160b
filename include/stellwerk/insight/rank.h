/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests on ranks, for answers whose order means something and whose distances do not.
 *
 * Values that are not finite are left out (of a pair: both). Ties share their mean rank.
 */
#ifndef STELLWERK_INSIGHT_RANK_H
#define STELLWERK_INSIGHT_RANK_H

#include <stddef.h>

#include <stellwerk/insight/estimate.h>
#include <stellwerk/model/sample.h>

struct rank_difference {
    double u;           /* pairs in which a is above b, ties as halves */
    double z;           /* positive where a is above */
    double p;           /* two-sided */
    double superiority; /* P(a > b) + P(a = b) / 2, 0..1: u / (n_a n_b) */
};

struct correlation {
    double rho; /* -1..1 */
    double p;   /* two-sided */
    double n;   /* pairs */
};

/* Mann and Whitney 1947, normal approximation with ties and continuity correction; superiority
 * after Grissom and Kim 2005. All NAN where a side is empty; z 0 and p 1 where all are equal. */
struct rank_difference rank_difference(const double *a, size_t count_a, const double *b,
                                       size_t count_b);

/* The same of values by how often each came, ascending. */
struct rank_difference rank_difference_of_bins(const struct bin *a, size_t count_a,
                                               const struct bin *b, size_t count_b);

/* The interval of `superiority` by the placements of each side among the other, with
 * Satterthwaite's degrees of freedom (Brunner and Munzel 2000), cut to 0..1. Unknown for fewer than
 * two values on a side, and where all values of one side are above all of the other's: nothing
 * varies then. */
struct interval superiority_interval(const struct bin *a, size_t count_a, const struct bin *b,
                                     size_t count_b, double level);

/*
 * Spearman 1904, with the t approximation on n - 2 degrees of freedom (Kendall and Gibbons 1990).
 * p is never below 2 / n!, the least that any order of n pairs can reach. `rho` is NAN for fewer
 * than two pairs or where a side does not vary; `p` also for fewer than three pairs.
 */
struct correlation rank_correlation(const double *x, const double *y, size_t count);

/* Its p where `n` pairs are worth only `effective` independent ones; NAN below three. */
double rank_correlation_p(double rho, double n, double effective);

#endif
