/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Markov chains of journeys, and what removing touchpoints does to them: beneath attribution.h.
 *
 * A state is the last `order` touchpoints of a journey, fewer at its beginning; state 0 is the
 * start. The chain keeps its shape (states, transitions, which path takes which) apart from its
 * weights, so that a bootstrap weighs one shape over and over.
 *
 * Weights stay counts, never probabilities: elimination without subtraction divides by what leaves
 * a state and needs no row to add up to one.
 */
#ifndef STELLWERK_INSIGHT_CHAIN_H
#define STELLWERK_INSIGHT_CHAIN_H

#include <stdatomic.h>
#include <stdint.h>

#include <stellwerk/insight/attribution.h>

struct chain_state {
    int last[ATTRIBUTION_ORDERS]; /* touchpoints, the newest first; NONE where there are fewer */
};

struct chain_edge {
    uint32_t from, to; /* states */
};

struct chain {
    int order;
    size_t touchpoints;
    struct chain_state *states;
    size_t state_count;
    struct chain_edge *edges; /* transitions that some path takes, between different states */
    size_t edge_count;
    /* Path p takes way[first[p]] … way[first[p + 1] - 1], edges in any order, loops left out. */
    uint32_t *way;
    size_t *first;
    uint32_t *end; /* the state that each path ends in */
    size_t path_count;
};

struct chain_effects {
    double conversion;           /* P(conversion | start); 0 without journeys */
    double *conversions, *value; /* removal effects, a touchpoint each; NAN: nothing to lose */
};

/* False where the chain would have more than `most` states; `out->state_count` is then most + 1. */
[[nodiscard]] bool chain_init(struct arena *arena, const struct attribution_path *paths,
                              size_t count, size_t touchpoints, int order, size_t most,
                              struct chain *out);

/* Removal effects under these outcomes, one per path. False when cancelled. */
[[nodiscard]] bool chain_effects(const struct chain *chain, const struct path_outcome *outcomes,
                                 const atomic_bool *cancel, struct chain_effects *out);

#endif
