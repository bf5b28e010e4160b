/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Shares of rows that have a property: one, and two compared.
 *
 * Shares are 0..1. 0 <= hits <= n and n > 0, both finite, fractional when weighted; anything else
 * is unknown. Shares of exactly 0 and 1 are fine: Wilson's interval never has width zero.
 */
#ifndef STELLWERK_INSIGHT_PROPORTION_H
#define STELLWERK_INSIGHT_PROPORTION_H

#include <stellwerk/insight/estimate.h>

/* hits / n with the score interval, without continuity correction (Wilson 1927). Since the textbook
 * error of a share of 0 or 1 is 0, `se` is read back from the interval: its width / 2z. */
struct estimate proportion_estimate(double hits, double n, double level);

/* p_a - p_b with the hybrid score interval (Newcombe 1998, method 10); z with the pooled share and
 * its p; Cohen's h = 2 asin √p_a - 2 asin √p_b (Cohen 1988). `se` is the unpooled error. Where all
 * rows of both sides agree the pooled error is 0: z is 0 and p is 1. */
struct difference proportion_difference(double hits_a, double n_a, double hits_b, double n_b,
                                        double level);

#endif
