/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Old answers count less: how many fresh ones are they worth?
 */
#ifndef STELLWERK_INSIGHT_STALENESS_H
#define STELLWERK_INSIGHT_STALENESS_H

#include <stddef.h>

#include <stellwerk/model/sample.h> /* staleness_weight() */

/* (Σw)² / Σw²: how many fresh answers the weighted ones are worth (Kish 1965). Weights that are not
 * finite and positive do not count; 0 for none. */
double effective_n(const double *weights, size_t count);

#endif
