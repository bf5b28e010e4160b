/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Anchors: from a raw value to a score 0..100.
 *
 * A metric's anchors are points of a piecewise-linear, monotone value function; outside the first
 * and last point it is flat. Which way is better follows from them: a delay's scores fall.
 */
#ifndef STELLWERK_MODEL_ANCHORS_H
#define STELLWERK_MODEL_ANCHORS_H

#include <stddef.h>

#include <stellwerk/model/journey.h>

enum anchors_fault {
    ANCHORS_FINE,
    ANCHORS_TOO_FEW,            /* fewer than two */
    ANCHORS_NOT_FINITE,         /* a raw value or a score is NAN or infinite */
    ANCHORS_SCORE_OUT_OF_RANGE, /* a score outside 0..100 */
    ANCHORS_NOT_ASCENDING,      /* raw values are equal or out of order */
    ANCHORS_NOT_MONOTONE,       /* scores that rose fall, or the other way round */
    ANCHORS_LEVEL               /* all scores are one */
};

/* The first fault in the order of the anchors; `*out` is the index of the one that shows it, 0
 * where it is the set as a whole. Level stretches between others are fine. */
enum anchors_fault anchors_check(struct anchors anchors, size_t *out);

/* The score of a raw value, 0..100; NAN without anchors and for NAN. */
double anchors_score(struct anchors anchors, double raw);

/* +1 where more is better, -1 where less is better, 0 where the anchors do not say. */
int anchors_direction(struct anchors anchors);

/* The raw value that is just good enough for a score: on a level stretch, the end that asks least.
 * NAN for a score that the anchors do not reach, and where they have no direction. */
double anchors_raw(struct anchors anchors, double score);

/* The raw value that is just good enough for the best score there is; NAN without a direction. */
double anchors_target(struct anchors anchors);

#endif
