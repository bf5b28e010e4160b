/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What customers say after a media break, against those who came the same way without one.
 *
 * What is said after a step is the mean score of the answers that the case gives from that step on;
 * it counts once a case, for the first time that it goes from there to there. A media break on the
 * way to a step is held against all cases that came to that step without one, from wherever: so the
 * journey behind them is the same. Cases without an answer tell nothing.
 */
#ifndef STELLWERK_INSIGHT_AFTERMATH_H
#define STELLWERK_INSIGHT_AFTERMATH_H

#include <stellwerk/base/arena.h>
#include <stellwerk/insight/estimate.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/model/sequence.h>

struct arc_after {
    int from, to;                 /* steps */
    struct estimate broken;       /* mean score of cases after the break */
    struct estimate unbroken;     /* of cases that came to `to` without one */
    struct difference difference; /* broken less unbroken, by Welch; unknown where either lacks */
};

struct aftermath {
    struct arc_after *items; /* transitions with a media break that some answer follows */
    size_t count;
    uint64_t answered; /* cases with an answer */
    uint64_t left_out; /* answers that were not read (struct case_scores) */
    /* All that they said in cases with a media break, and in cases without. */
    struct estimate broken, unbroken;
    struct difference difference;
};

struct aftermath_builder;

/* Both are borrowed. */
struct aftermath_builder *aftermath_create(const struct journey *journey,
                                           const struct case_scores *scores);

/* A `sequence_taker`; `data` is the builder. Always true. */
bool aftermath_add(const struct sequence *sequence, void *data);

/* Adds all cases of another builder with the same answers, which stays as it is. */
void aftermath_merge(struct aftermath_builder *builder, const struct aftermath_builder *from);

/* Destroys the builder. */
struct aftermath aftermath_finish(struct arena *arena, struct aftermath_builder *builder);
void aftermath_destroy(struct aftermath_builder *builder); /* NULL is fine */

/* What followed a transition; NULL where nothing is known. */
const struct arc_after *aftermath_find(const struct aftermath *aftermath, int from, int to);

#endif
