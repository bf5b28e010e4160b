/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Anchors: from a raw value to a score 0..100.
 *
 * A metric's anchors are points of a piecewise-linear, monotone value function; outside the first
 * and last point it is flat. Which way is better follows from them: a delay's scores fall.
 */
#ifndef STELLWERK_MODEL_ANCHORS_H
#define STELLWERK_MODEL_ANCHORS_H

#include <stellwerk/model/journey.h>

/* The score of a raw value, 0..100; NAN without anchors and for NAN. */
double anchors_score(struct anchors anchors, double raw);

/* +1 where more is better, -1 where less is better, 0 where the anchors do not say. */
int anchors_direction(struct anchors anchors);

#endif
