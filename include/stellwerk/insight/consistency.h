/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Is a stage the same whatever the channel? The measured scores of its channels, and how far they
 * lie apart beyond what chance explains.
 *
 * A channel's score in a stage is the importance-weighted mean of what was measured through it at
 * the stage's touchpoints. Rows that do not say through which channel they came count for the
 * touchpoint's own. A metric that only one channel has does not count where another one has
 * several, so that like is compared with like. Where channels are met at different touchpoints,
 * part of the difference is theirs; so a touchpoint that was measured in two channels or more, and
 * is not all that was measured of its stage, is tested by itself as well.
 */
#ifndef STELLWERK_INSIGHT_CONSISTENCY_H
#define STELLWERK_INSIGHT_CONSISTENCY_H

#include <stellwerk/insight/heterogeneity.h>
#include <stellwerk/insight/reading.h>

struct channel_score {
    int channel;
    double score, se, lo, hi; /* 0..100; NAN where its error is not known */
    uint64_t n;               /* of the figure with the fewest rows */
    size_t touchpoints;       /* where it was measured */
};

enum agreement {
    AGREEMENT_DIFFERS,  /* more than noise */
    AGREEMENT_HOLDS,    /* what differs may be noise */
    AGREEMENT_UNTESTED, /* fewer than two channels with a score and an error */
    AGREEMENT_COUNT
};

const char *agreement_name(enum agreement agreement); /* "differs", "holds", "untested" */

struct consistency_row {
    int stage, touchpoint;          /* NONE: of the stage as a whole */
    struct channel_score *channels; /* with a score, best first */
    size_t count;
    size_t touchpoints;    /* where any channel was measured */
    bool same_touchpoints; /* each channel was measured at each of them */
    struct heterogeneity test;
    double adjusted; /* its p, for all rows at once (Benjamini and Hochberg) */
    enum agreement agreement;
};

struct consistency {
    struct consistency_row *items; /* in the order of the journey, a stage before its touchpoints */
    size_t count;
    size_t counts[AGREEMENT_COUNT];
};

#define CONSISTENCY_SURE 0.05

/* `channels` has complete figures of each of the map's channels, of the same measures and all under
 * the lens. A stage with no score has no row. */
struct consistency *consistency_new(struct arena *arena, const struct journey *journey,
                                    const struct lens *lens, struct figures *const *channels);

#endif
