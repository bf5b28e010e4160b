/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Attribution: how much of what journeys came to is credited to each touchpoint.
 *
 * In go paths, weighted by how many journeys took them and how these ended; out comes what each of
 * several models says, side by side, since where they differ the credit is a matter of the model.
 * Credit is not causation: all of them divide up what happened, and none knows what would have
 * happened without a touchpoint. Who wants to know that holds it back from some customers and
 * compares (experiment.h).
 *
 * Touchpoints are small integers. What is not known is NAN, never zero. Paths whose weights are
 * negative or not finite, or that name a touchpoint out of range, are left out and counted.
 */
#ifndef STELLWERK_INSIGHT_ATTRIBUTION_H
#define STELLWERK_INSIGHT_ATTRIBUTION_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/insight/estimate.h>

/* How the journeys of one path ended; fractions are fine. */
struct path_outcome {
    double conversions; /* journeys that reached the goal */
    double value;       /* what these were worth together, in any unit, >= 0 */
    double nulls;       /* journeys that ended without it */
};

struct attribution_path {
    const int *steps; /* touchpoints in the order of time; with loops, as they happened */
    size_t step_count; /* 0: straight to the end; its conversions are nobody's credit */
    struct path_outcome outcome;
    const double *decay; /* each step's share by decay_shares(), its mean over the journeys of the
                            path; NULL: the times are not known */
};

struct attribution_input {
    const struct attribution_path *paths;
    size_t count;
    size_t touchpoints;
};

/*
 * - first, last: all to the touchpoint that a journey began with, or ended with.
 * - linear: equal shares to the unique touchpoints of a journey. This is the Shapley value (1953)
 *   of the game in which a set of touchpoints is worth the conversions of the journeys that needed
 *   no others (Zhao, Mahboobi and Bagheri 2018).
 * - position: 40 % to the first step, 40 % to the last, 20 % shared by those between; half each
 *   where there are two.
 * - decay: by 2^(-age / half-life) of each step before the end (Brown 1959), shares of one journey
 *   adding up to 1. Needs times.
 * - Markov 1 to 3: removal effects of a chain whose state is the last k touchpoints, normalised to
 *   add up to all conversions (Anderl, Becker, von Wangenheim and Schumann 2016).
 */
enum attribution_model {
    ATTRIBUTION_FIRST,
    ATTRIBUTION_LAST,
    ATTRIBUTION_LINEAR,
    ATTRIBUTION_POSITION,
    ATTRIBUTION_DECAY,
    ATTRIBUTION_MARKOV_1,
    ATTRIBUTION_MARKOV_2,
    ATTRIBUTION_MARKOV_3,
    ATTRIBUTION_MODELS
};

#define ATTRIBUTION_ORDERS 3

/* Models as bits of a set. */
#define ATTRIBUTION_BIT(model) (1u << (model))
#define ATTRIBUTION_ALL (ATTRIBUTION_BIT(ATTRIBUTION_MODELS) - 1)

/* A chain of more states takes more than some seconds and 64 MB; it is refused, see `orders`. */
#define ATTRIBUTION_STATES_MOST 2000

/* `done` of `total` steps of work. */
typedef void attribution_watcher(size_t done, size_t total, void *data);

struct attribution_options {
    unsigned models;     /* ATTRIBUTION_BITs; 0: all */
    size_t replicates;   /* of the bootstrap; 0: no intervals */
    unsigned bootstrap_models; /* that get intervals, as order 3 takes its time; 0: all */
    uint64_t seed;       /* of the bootstrap: the same gives the same */
    double level;        /* of its intervals; 0: CONFIDENCE_95 */
    const atomic_bool *cancel;  /* NULL */
    attribution_watcher *watch; /* NULL */
    void *watch_data;
};

struct credit {
    double conversions, value;
    struct interval conversions_interval, value_interval; /* of the bootstrap */
};

/* What is lost without a touchpoint: journeys that would enter it end there, without conversion. */
struct removal {
    double conversions, value; /* shares 0..1 of all */
    struct interval conversions_interval, value_interval;
};

struct attribution_row { /* one touchpoint */
    struct credit credits[ATTRIBUTION_MODELS]; /* NAN for a model that is not known */
    struct removal removals[ATTRIBUTION_ORDERS];
    double journeys; /* share of all journeys that it was in, 0..1 */
    double present;  /* share of converting journeys that it was in, 0..1 */
    double lowest, highest; /* share of all credit by the models that are known: their spread */
};

struct attribution_order { /* of one chain */
    size_t states;     /* with the start; 0: not asked for */
    bool too_large;    /* it has more than ATTRIBUTION_STATES_MOST states */
    double conversion; /* P(conversion | start) of the chain, 0..1; NAN without conversions */
};

struct attribution {
    struct attribution_row *rows; /* one per touchpoint of the input */
    size_t count;
    double conversions, value, nulls; /* of all paths that count */
    double credited, credited_value;  /* of those with a step: what credits add up to */
    size_t left_out;                  /* paths that do not count */
    unsigned known;                   /* ATTRIBUTION_BITs of the models that have figures */
    struct attribution_order orders[ATTRIBUTION_ORDERS];
    bool no_nulls;      /* no journey without conversion: removal effects tell little */
    bool no_times;      /* decay was asked for, and some converting path has no times */
    bool cancelled;     /* what was not done by then is unknown */
    size_t replicates;  /* that the intervals rest on */
};

/*
 * The removal effect of a touchpoint is exact, not simulated. With N = (I - Q)^-1 over the chain's
 * transient states, b = N r the chance of conversion from each, and S the states that contain the
 * touchpoint, RE = h b_S / b_0 where h, the row N_0S N_SS^-1, says where the first visit to S
 * comes: the share of conversions that pass it (Kemeny and Snell 1960 for N; for one state it is
 * [N_0s / N_ss] b_s / b_0). All of it by elimination without subtraction (Grassmann, Taksar and
 * Heyman 1985), which loses no digits however long journeys circle before they leave. Value takes
 * the mean value of an exit in the place of its chance.
 *
 * Intervals are percentiles of a bootstrap over journeys (Efron and Tibshirani 1993): as many
 * journeys drawn anew as there are, whole ones, with their path and their end.
 */
struct attribution attribution_new(struct arena *arena, const struct attribution_input *input,
                                   const struct attribution_options *options);

/* Shares of one journey's credit by time decay, adding up to 1: `ages` of its steps before the end
 * and `half_life` > 0 in one unit of time. A negative or unknown age counts as 0. */
void decay_shares(const double *ages, size_t count, double half_life, double *out);

/* "first", "last", "linear", "position", "decay", "markov_1", …: stable, for programs. */
const char *attribution_model_name(enum attribution_model model);

#endif
