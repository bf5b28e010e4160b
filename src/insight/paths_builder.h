/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is counted while cases are added, and read off at the end. Private to insight/.
 */
#ifndef STELLWERK_SRC_INSIGHT_PATHS_BUILDER_H
#define STELLWERK_SRC_INSIGHT_PATHS_BUILDER_H

#include "design.h"
#include "numbering.h"
#include "variants.h"
#include "waits.h"

struct column_count {
    uint64_t present, visits, repeated, settled, dropped, pairs, in_order;
    uint64_t ended; /* cases whose furthest column this is */
    uint64_t waiting;
    struct waits waits;
};

struct arc_count {
    uint64_t count, switches, breaks, settled, dropped, settled_breaks, dropped_breaks;
    double time, break_time; /* microseconds in all */
};

struct beside_count { /* of a step that is no column */
    uint64_t events, cases;
    uint64_t last; /* case that it was met in, from 1 */
};

/* A column met in the case at hand. */
struct visit {
    int column;
    uint32_t times;
    size_t order; /* of first visits in the case */
};

/* A first visit that no later column has followed yet. */
struct pending {
    int column;
    int64_t ts;
};

struct paths_builder {
    struct arena arena;
    struct paths_options options;
    struct designs designs;
    bool *breaks; /* channels × channels of the journey */

    struct column_count *columns; /* of the first design */
    uint64_t *route_ended;        /* designs × columns: cases kept to it, by furthest column */
    struct numbering arcs, bridges;
    struct arc_count *arc_counts;
    uint64_t *bridge_counts; /* between columns, with something beside the design in between */
    size_t arc_capacity, bridge_capacity;
    struct beside_count *beside; /* by step */
    size_t beside_count;
    struct variants variants;

    uint64_t cases, events, completed, closed, closed_elsewhere, detoured;
    uint64_t switches, breaks_met;

    /* Of the case at hand. */
    struct visit **met; /* of each column: its place in `visits`; NULL */
    struct visit *visits;
    size_t visit_count;
    struct pending *pending;
    size_t pending_count;
};

/* An arc as a key: ends are negative. */
static inline uint64_t arc_key(int from, int to)
{
    return (uint64_t)(uint32_t)from << 32 | (uint32_t)to;
}

#endif
