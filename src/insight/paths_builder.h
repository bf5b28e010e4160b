/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is counted while cases are added, and read off at the end. Private to insight/.
 *
 * Cases that did the same steps differ only in when and where they did them. So a case is taken for
 * one more of its row of steps (variants.h), and only times and channels are looked at case by
 * case; what else there is to know follows from each row and how many cases took it, and is counted
 * at the end (paths_count_row). Cases whose rows are not told apart any more are counted at once.
 *
 * All is counted in whole numbers, so that it does not depend on who counts what in which order.
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
};

struct column_waits {
    struct waits waits;
    uint64_t waiting;
};

/* What becomes of the channel from one step to the next. */
enum change { CHANGE_NONE, CHANGE_SWITCH, CHANGE_BREAK, CHANGES };

struct arc_count {                   /* of transitions, by what becomes of the channel */
    unsigned __int128 time[CHANGES]; /* microseconds in all */
    uint64_t count[CHANGES][2];      /* of cases that are open, and that are settled */
    uint64_t dropped[CHANGES];
};

struct beside_count { /* of a step that is no column */
    uint64_t events, cases;
    uint64_t last; /* row that it was met in, from 1 */
};

/* A column met in the row at hand. */
struct visit {
    int column;
    uint32_t times;
    size_t order; /* of first visits in the row */
};

/* In a row of steps, the first visit of a column and the one of a later column that came next. */
struct follow {
    uint32_t column, from, to; /* places in the row */
};

/* First visits that a later column has followed, and behind these the ones that none has yet, the
 * last column's left out, as nothing is waited for there. */
struct follows {
    const struct follow *items;
    uint32_t done, open;
};

/* A variant (variants.h), beside how many cases took it. */
struct row {
    uint64_t closed; /* of its cases */
    size_t first;    /* of its follows in the pool, where they are kept */
    uint32_t done, open;
    bool kept;
};

struct paths_builder {
    struct arena arena;
    struct paths_options options;
    struct designs designs;
    uint8_t *changes; /* enum change; (channels of the journey, and none before them)² */

    /* Of the cases. */
    uint64_t cases, events, completed, closed;
    struct variants variants;
    struct row *rows; /* of each */
    size_t row_room;
    struct follow *pool; /* of the rows that came more than once */
    size_t pool_count, pool_room;
    struct numbering arcs;
    uint32_t *near; /* of two steps below STEPS_NEAR: number of their arc + 1; 0: not met yet */
    struct arc_count *arc_counts;
    size_t arc_capacity;
    struct column_waits *waits; /* of each column */

    /* Of the case at hand. */
    uint64_t *last_met; /* of each column: case that it was met in, from 1 */
    struct follow *follows;
    struct follow *pending; /* not followed yet */

    /* Of the rows. */
    struct column_count *columns; /* of the first design */
    uint64_t *route_ended;        /* designs × columns: cases kept to it, by furthest column */
    struct numbering bridges;
    uint64_t *bridge_counts; /* between columns, with something beside the design in between */
    size_t bridge_capacity;
    struct beside_count *beside; /* by step */
    size_t beside_count;
    uint64_t rows_counted, closed_elsewhere, detoured;

    /* Of the row at hand. */
    struct visit **met; /* of each column: its place in `visits`; NULL */
    struct visit *visits;
    size_t visit_count;
};

#define STEPS_NEAR 256

/* An arc as a key: ends are negative. */
static inline uint64_t arc_key(int from, int to)
{
    return (uint64_t)(uint32_t)from << 32 | (uint32_t)to;
}

/* How many cases took a row of steps, and how they stand; completed are all or none of them. */
struct row_cases {
    uint64_t cases, completed, closed;
};

static inline uint64_t settled_of(struct row_cases cases)
{
    return cases.completed + cases.closed;
}

/* An arc's counts, zero for one that was not met yet; valid until the next call. */
struct arc_count *paths_arc(struct paths_builder *builder, uint64_t key);

/* The row of a variant that may be new. */
struct row *paths_row(struct paths_builder *builder, size_t variant);

/* Counts what follows from a row of steps. */
void paths_count_row(struct paths_builder *builder, const int32_t *steps, size_t count,
                     struct row_cases cases);

#endif
