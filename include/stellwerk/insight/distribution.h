/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The distribution functions behind every interval and p value. Only this module sees GSL's.
 *
 * An argument out of its range, NAN included, gives NAN; nothing here ends the program.
 */
#ifndef STELLWERK_INSIGHT_DISTRIBUTION_H
#define STELLWERK_INSIGHT_DISTRIBUTION_H

#define CONFIDENCE_95 0.95
#define Z_95 1.959963984540054 /* the critical value of the standard normal for CONFIDENCE_95 */

/* The value of a standard normal that a share 0 < p < 1 lies below (Wichura 1988, AS 241). */
double normal_quantile(double p);

/* How many standard errors either side hold `level` (0 < level < 1) of a standard normal. */
double normal_critical(double level);

/* The same for Student's t (Student 1908). Degrees of freedom need not be whole: 0.1 <= df. */
double student_critical(double level, double df);

/* Two-sided p values of a z and of a t, 0.1 <= df; an infinite statistic has p 0. */
double normal_p(double z);
double student_p(double t, double df);

/* P(X >= x) of chi-square (Pearson 1900), 0.1 <= df; 1 for x <= 0. */
double chi_square_p(double x, double df);

#define BINOMIAL_MOST 1e6 /* more trials than this are left to the normal approximation */

/* P(X <= k) of a binomial: 1 <= n <= BINOMIAL_MOST whole trials, 0 <= share <= 1. */
double binomial_at_most(double k, double n, double share);

#endif
