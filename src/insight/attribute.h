/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All models over one set of outcomes, as often as a bootstrap asks. Private to insight/.
 */
#ifndef STELLWERK_SRC_INSIGHT_ATTRIBUTE_H
#define STELLWERK_SRC_INSIGHT_ATTRIBUTE_H

#include <stellwerk/insight/attribution.h>
#include <stellwerk/insight/chain.h>

/* What does not change from one set of outcomes to the next. */
struct attributing {
    const struct attribution_path *paths; /* those that count */
    size_t count, touchpoints;
    unsigned models; /* ATTRIBUTION_BITs of those that can be computed */
    struct chain chains[ATTRIBUTION_ORDERS];
    size_t longest; /* steps of a path */
    const atomic_bool *cancel;
};

/* What the models say: figures of each touchpoint in turn, all NAN for a model left out. */
struct verdict {
    double *credits[ATTRIBUTION_MODELS], *values[ATTRIBUTION_MODELS];
    double *removals[ATTRIBUTION_ORDERS], *value_removals[ATTRIBUTION_ORDERS];
    double conversion[ATTRIBUTION_ORDERS]; /* P(conversion | start) */
};

#define VERDICT_FIGURES (2 * (ATTRIBUTION_MODELS + ATTRIBUTION_ORDERS))

/* `room` has VERDICT_FIGURES × touchpoints numbers. */
void verdict_init(struct verdict *verdict, double *room, size_t touchpoints);

/* False when cancelled. */
[[nodiscard]] bool attribute(const struct attributing *attributing,
                             const struct path_outcome *outcomes, struct verdict *out);

/* The intervals of all rows; false when cancelled. */
[[nodiscard]] bool attribute_bootstrap(const struct attributing *attributing,
                                       const struct path_outcome *outcomes,
                                       const struct attribution_options *options,
                                       struct attribution *out);

#endif
