/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How often customers really pass from one owner to the next, beside the order of the map.
 *
 * A customer passes where a touchpoint of one owner follows one of another owner in the case. What
 * is done beside the map is left out; a touchpoint that nobody owns is not, and nobody hands over
 * there. The map hands over where two touchpoints one after the other have different owners
 * (`seams` of silos.h). Cases are added one by one and never kept.
 */
#ifndef STELLWERK_INSIGHT_CROSSINGS_H
#define STELLWERK_INSIGHT_CROSSINGS_H

#include <stdint.h>

#include <stellwerk/insight/estimate.h>
#include <stellwerk/insight/silos.h>
#include <stellwerk/model/sequence.h>

struct crossing {
    int from, to;         /* owners, never the same */
    size_t seams;         /* how often the map has it */
    uint64_t cases;       /* that crossed it, once or more often; of all cases: proportion.h */
    uint64_t passes;      /* how often, in all of them */
    uint64_t as_designed; /* of these from one touchpoint of the map to the next */
    uint64_t unaided; /* of these where the second owner has no system of the first touchpoint */
    uint64_t unknown; /* of these where the first touchpoint names no system */
};

struct crossings {
    const struct crossing *items; /* the most crossed first; of the map or crossed */
    size_t count;
    struct crossing all;      /* sums; `cases`: that crossed any; no owners */
    uint64_t cases;           /* all there are */
    struct estimate per_case; /* passes; the mean with Student's t interval: mean.h */
};

struct crossings_builder;

/* Borrows both. */
struct crossings_builder *crossings_create(const struct journey *journey,
                                           const struct silos *silos);

/* A `sequence_taker`; `data` is the builder. Always true. */
bool crossings_add(const struct sequence *sequence, void *data);

/* What was found, in the arena; destroys the builder. */
const struct crossings *crossings_finish(struct arena *arena, struct crossings_builder *builder);

/* Without a result. NULL is fine. */
void crossings_destroy(struct crossings_builder *builder);

#endif
