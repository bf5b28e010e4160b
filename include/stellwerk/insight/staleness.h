/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Old answers count less.
 */
#ifndef STELLWERK_INSIGHT_STALENESS_H
#define STELLWERK_INSIGHT_STALENESS_H

#include <stddef.h>

/* 0.5^(age / half_life), 0..1, both in one unit of time (exponential discounting: Brown 1959). An
 * answer from the future (a clock set back) counts as fresh; an infinite half-life forgets nothing.
 * NAN for a half-life that is not positive, and for NAN. */
double staleness_weight(double age, double half_life);

/* (Σw)² / Σw²: how many fresh answers the weighted ones are worth (Kish 1965). Weights that are not
 * finite and positive do not count; 0 for none. */
double effective_n(const double *weights, size_t count);

#endif
