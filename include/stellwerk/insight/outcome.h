/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What came of an opportunity: has the metric moved that it was expected to move?
 *
 * Of one that is done, `due` is the day since when. Before and after are the slices of the metric
 * on either side of that day; the slice that holds it counts for neither. This compares two times,
 * and is no proof: whatever else has changed meanwhile is in the difference, too.
 */
#ifndef STELLWERK_INSIGHT_OUTCOME_H
#define STELLWERK_INSIGHT_OUTCOME_H

#include <stellwerk/model/figures.h>
#include <stellwerk/model/journey.h>

enum outcome_state {
    OUTCOME_NOT_EXPECTED, /* it names no metric */
    OUTCOME_NOT_MEASURED, /* the metric has no figure at the touchpoint */
    OUTCOME_OPEN,         /* it is not done */
    OUTCOME_TOO_SOON,     /* done, but nobody said when, or there is too little before or after */
    OUTCOME_UNSURE,       /* what has changed may be chance */
    OUTCOME_MOVED,        /* towards what was expected, by more than chance */
    OUTCOME_WORSE         /* the other way, by more than chance */
};

struct opportunity_outcome {
    enum outcome_state state;
    const struct measure *measure; /* under the lens of the figures; NULL: none */
    double from, to; /* in the metric's unit; `from` as stated, else as measured before; NAN */
    double progress; /* how much of the way is gone, 0: none, 1: all; NAN */
    double after;    /* the figure since it is done; NAN */
    uint64_t after_n;
    struct change change; /* after less before; `p` of this difference alone */
};

/* `figures` are complete, or NULL; lists that are made on the way live in `arena`. */
struct opportunity_outcome outcome_of(struct arena *arena, const struct figures *figures,
                                      int touchpoint, const struct opportunity *opportunity);

#endif
