/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From what customers did to the paths that attribution looks at.
 *
 * A case that met the goal is a conversion; its path are the touchpoints before it first did, the
 * goal not among them. A closed case (paths.h) is a journey without conversion, with all its
 * touchpoints; an open one is neither yet, and left out. What is on no touchpoint is no step. Cases
 * of one path are one row of the input.
 */
#ifndef STELLWERK_INSIGHT_CONVERSIONS_H
#define STELLWERK_INSIGHT_CONVERSIONS_H

#include <stellwerk/insight/attribution.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/model/sequence.h>

struct conversions_options {
    const struct journey *journey; /* outlives the builder */
    int goal;            /* touchpoint; NONE: paths_goal() of the map */
    int64_t as_of, close_after, half_life; /* microseconds; half_life > 0, of time decay */
    const struct case_values *values; /* of conversions; borrowed; NULL: nothing is known of it */
};

struct conversions {
    struct attribution_input input; /* touchpoints are those of the journey */
    int goal;
    uint64_t cases, converted, closed, open;
    bool cut; /* there were too many different paths: the last ones are left out */
};

struct conversions_builder;

struct conversions_builder *conversions_create(const struct conversions_options *options);

/* A `sequence_taker`; `data` is the builder. Always true. */
bool conversions_add(const struct sequence *sequence, void *data);

/* Destroys the builder. */
struct conversions conversions_finish(struct arena *arena, struct conversions_builder *builder);
void conversions_destroy(struct conversions_builder *builder); /* NULL is fine */

#endif
