/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Personas and contexts side by side: who differs from the others, and is that more than noise?
 *
 * A side is a persona in the context in force, or a context of the persona in force. Personas are
 * held against personas, contexts against contexts. A difference is the side's experience less the
 * mean of the others of its kind, so that nobody is compared with an average that he is part of.
 * All that can be tested is one view, and is corrected for being many.
 */
#ifndef STELLWERK_INSIGHT_CONTRAST_H
#define STELLWERK_INSIGHT_CONTRAST_H

#include <stellwerk/insight/reading.h>

struct side {
    struct lens lens;
    bool is_context;
    int index;                      /* of the persona or the context */
    const struct figures *figures;  /* NULL: not measured, or not yet */
    const struct readings *readings;
};

struct sides {
    struct side *items; /* personas, then contexts, in the order of the map */
    size_t count, personas;
    const struct readings *all; /* of everybody: without the persona and the context of a side */
    bool measured;              /* there are figures for each of them */
};

/* How many sides a map has, and the lens of each under the one in force. */
size_t sides_count(const struct journey *journey);
struct lens sides_lens(const struct journey *journey, const struct lens *lens, size_t side);

/* `figures` has one table for each side (NULL: none yet); `everybody` those without persona and
 * context, may be NULL. All are borrowed. */
struct sides *sides_new(struct arena *arena, const struct journey *journey,
                        const struct lens *lens, struct figures *const *figures,
                        const struct figures *everybody);

enum verdict {
    VERDICT_SURE,     /* measured, and more than noise */
    VERDICT_NOISE,    /* measured: it only looks like a difference */
    VERDICT_UNTESTED, /* by estimate alone, or measured without an error */
    VERDICT_COUNT
};

const char *verdict_name(enum verdict verdict); /* for programs: "sure", "noise", "untested" */

struct contrast {
    int touchpoint;
    size_t side;
    bool measured;       /* else both are estimates, of which the map says the own one expressly */
    double own, others;  /* scores */
    uint64_t n;          /* of the own one, where measured */
    double others_n;
    double value, lo, hi; /* own less others, in points; 95 % interval, NAN for estimates */
    double p, adjusted;   /* two-sided; over all contrasts that are tested */
    enum verdict verdict;
    /* Falls short of its own zone while everybody as a whole does not, or by CONTRAST_HIDDEN points
     * more: who looks at the average alone does not see it. */
    bool hidden;
    struct gap gap, gap_of_all; /* the side's own; everybody's */
};

#define CONTRAST_HIDDEN 10
#define CONTRAST_SURE 0.05 /* of the differences that are called sure at most this share is none */

struct contrasts {
    struct contrast *items; /* sure ones first, then noise, then untested; the largest first */
    size_t count, tested, sure, hidden;
    size_t unknown_to_store; /* cells whose figures are of all, as the store does not know who */
};

/*
 * Others are weighed by the personas' shares where all have one, else by their rows; estimates
 * else count alike. Interval by square-and-add of the intervals of both, p from z
 * (estimate_difference()), adjusted by Benjamini and Hochberg. Of two sides the second would only
 * repeat the first: it is left out, unless it is the one that the average hides.
 */
struct contrasts contrasts_new(struct arena *arena, const struct journey *journey,
                               const struct sides *sides);

#endif
