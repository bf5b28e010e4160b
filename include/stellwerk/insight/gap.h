/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gaps: experience minus expectation, how sure that is, where it comes from, which to mend first.
 *
 * Scores are 0..100 (any common scale will do); a negative gap is a broken promise. Unknown inputs
 * are NAN and make what rests on them NAN.
 */
#ifndef STELLWERK_INSIGHT_GAP_H
#define STELLWERK_INSIGHT_GAP_H

#include <stellwerk/insight/estimate.h>

/* Inputs of a split, as bits. */
enum gap_input {
    GAP_EXPECTATION = 1,
    GAP_PROMISE = 2,
    GAP_STANDARD = 4,
    GAP_EXPERIENCE = 8,
};

struct gap_inputs {
    double expectation; /* E: what customers expect */
    double promise;     /* M: what they were promised */
    double standard;    /* S: what the organisation set itself */
    double experience;  /* P: what they perceive */
};

struct gap_split {
    double gap;      /* P - E, the sum of the other three */
    double delivery; /* P - S: the standard was not kept */
    double promise;  /* S - M: more was promised than planned for */
    double other;    /* M - E: expectations that the promise did not cause */
    unsigned missing; /* enum gap_input bits; 0: complete */
};

/*
 * experience - expectation of two independent groups, se = √(se_P² + se_E²), normal interval
 * (Parasuraman, Zeithaml and Berry 1988: Q = P - E). A stated figure has se 0. An unknown se leaves
 * the value without interval. `n` is the smaller of both.
 */
struct estimate gap_estimate(struct estimate experience, struct estimate expectation,
                             double level);

/* How far a score lies outside the zone of tolerance adequate..desired (Zeithaml, Berry and
 * Parasuraman 1993): negative below, positive above, 0 inside. adequate <= desired. */
double gap_outside_tolerance(double experience, double adequate, double desired);

/* The exact split of a gap into three parts (the gaps model: Parasuraman, Zeithaml and Berry 1985,
 * telescoped). A part is known where its two inputs are; `missing` names the others. */
struct gap_split gap_split(const struct gap_inputs *inputs);

/* The part of the shortfall that is certain: max(0, (E - P) - z·se) for a gap as of gap_estimate(),
 * z the critical value of `level`. NAN for an unknown value or se: a guess without an error proves
 * nothing. */
double gap_confident_shortfall(struct estimate gap, double level);

/* What to mend first: importance × reach (share of customers who meet it, 0..1) × shortfall. */
double gap_priority(double importance, double reach, double shortfall);

#endif
