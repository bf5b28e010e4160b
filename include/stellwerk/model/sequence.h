/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one customer did in one case, in the order of time: as the store hands it out and insight/
 * reads it.
 *
 * A step is a touchpoint of the journey by index, or beyond that an activity that is on no
 * touchpoint: touchpoint_count + its place in a table of names that comes with the sequences.
 * Channels likewise: those of the journey, then those it does not know.
 */
#ifndef STELLWERK_MODEL_SEQUENCE_H
#define STELLWERK_MODEL_SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sequence_step {
    int64_t ts;      /* instant; never before that of the step before */
    int32_t step;    /* 0 or more */
    int32_t channel; /* NONE: not said */
};

struct sequence { /* of a case; what happened at one instant stands in the order of its source */
    const struct sequence_step *steps;
    size_t count; /* at least 1 */
    uint64_t key; /* tells the cases of a store apart; made from their names */
    /* As the first of its events that says one says; NONE: none does. A variant is its place in the
     * table of names, persona and context are those of the journey. */
    int32_t persona, context, variant;
};

/* An answer that a customer gave in a case, as a score. */
struct case_score {
    uint64_t key; /* of the case */
    int64_t ts;
    double score; /* 0..100 */
};

struct case_scores {
    struct case_score *items; /* by key, then by time */
    size_t count;
    uint64_t left_out; /* beyond what is read at most */
};

/* What a case was worth. */
struct case_value {
    uint64_t key;
    double value; /* >= 0 */
};

struct case_values {
    struct case_value *items; /* by key, each once */
    size_t count;
};

/* Takes one case, which is valid only during the call. False: no more are wanted. */
typedef bool sequence_taker(const struct sequence *sequence, void *data);

#endif
