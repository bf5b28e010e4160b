/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Variants: were the arms filled as planned, and how large must they be?
 */
#ifndef STELLWERK_INSIGHT_EXPERIMENT_H
#define STELLWERK_INSIGHT_EXPERIMENT_H

#include <stddef.h>

/* Below this p the arms were not filled as planned, and no result of theirs can be trusted (Fabijan
 * and others 2019 use the same order): look for the fault first. */
#define SAMPLE_RATIO_ALARM 0.001

struct sample_ratio {
    double chi_square;
    double df;
    double p;
};

/* Pearson's chi-square (1900) of the arms' counts against planned shares, in any unit. All NAN for
 * fewer than two arms, no customers, a negative count or a share that is not positive. */
struct sample_ratio sample_ratio_check(const double *counts, const double *shares, size_t arms);

/* Customers per arm, rounded up, to tell two shares apart by a two-sided z test with a chance of
 * `alpha` to see what is not there and `power` to see what is (Fleiss 1981, without continuity
 * correction). NAN for shares outside 0..1 or equal, or a probability not strictly inside 0..1. */
double arm_size(double share_a, double share_b, double alpha, double power);

/* The rule of thumb for alpha 5 % and power 80 %: 16 p (1 - p) / d², p their mean (Lehr 1992). */
double arm_size_by_rule(double share_a, double share_b);

#endif
