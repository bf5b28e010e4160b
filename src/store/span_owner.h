/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a series or a group of series has in one chunk (span.h), while it is added up and written.
 * Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_SPAN_OWNER_H
#define STELLWERK_SRC_STORE_SPAN_OWNER_H

#include "days.h"
#include "rollup_spans.h"

struct span_part {
    struct day_sums sums;
    struct bin_set bins;
};

struct span_owner { /* all zero has nothing */
    int64_t id;
    size_t members;                       /* of a group: series with rows in its months */
    struct span_part *parts[SPAN_PIECES]; /* NULL until it is needed */
    uint64_t there;                       /* those with anything in them */
};

/* The part of a place, to add to. */
struct span_part *span_owner_part(struct span_owner *owner, int place, struct arena *arena);

/* Adds all that `from` has. */
void span_owner_join(struct span_owner *owner, struct span_owner *from, bool summed,
                     struct arena *arena);

/* Where a chunk of a quantity is written. */
struct span_place {
    enum rollup_quantity quantity;
    enum span_unit unit;
    int32_t chunk;
};

/* Writes what there is, or compares it with what is stored while the rollup verifies, and empties
 * it. */
[[nodiscard]] bool span_owner_put(struct span_owner *owner, struct rollup *rollup,
                                  const struct span_place *place, struct error *err);

#endif
