/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What series have come to, slice by slice, out of the rollups. Private to store/.
 *
 * Whole weeks and months are read as such (span.h), where slices are made of them and nothing of
 * them is stale; days are read at the ends of a period that cuts them, and where there is no other
 * way: slices of days, rows that count less by the day.
 */
#ifndef STELLWERK_SRC_STORE_GATHER_H
#define STELLWERK_SRC_STORE_GATHER_H

#include "bin_set.h"
#include "query.h"
#include "run.h"
#include "span.h"

/* What a slice has come to. */
struct gathered {
    uint64_t n;
    int64_t oldest, newest; /* instants */
    struct moments values;
    struct bin_set bins;
};

/* A slice within the lens's period: its days, and those of its pieces that are whole. */
struct gather_plan {
    int32_t first, last;             /* first > last: no day of it is asked for */
    int64_t first_piece, last_piece; /* likewise */
};

struct day_range {
    int32_t first, last;
};

struct gatherer {
    struct run *run;
    enum rollup_quantity quantity;
    bool wants_bins;
    struct gathered *slices;
    struct gather_plan *plans; /* by slice */
    struct day_range *ranges;  /* days that are read as days */
    size_t range_count;
    bool by_span;
    enum span_unit unit;
    int32_t *chunks; /* that have been read of a group */
    size_t chunk_count, chunk_capacity;
    sqlite3_stmt *months[2], *spans[2]; /* without bins, and with */
    struct bin_set room;                /* of slices that are over */
    bool by_day;                        /* rows count less by the day */
    /* Called when a slice will get nothing more, and with `by_day` for each of its days: takes what
     * there is, and leaves the slice empty. */
    void (*over)(void *data, size_t slice);
    void *data;
};

/* Series that are gathered together; `group` is the number of what they are together
 * (rollup_spans.h), 0 where they are none. */
struct gather_group {
    const int64_t *series;
    size_t count;
    int64_t group;
};

/* All in the run's scratch but for the statements; `over` and `data` are the caller's to set. */
void gatherer_init(struct gatherer *gatherer, struct run *run, enum rollup_quantity quantity,
                   bool spans_are_ready);
void gatherer_finish(struct gatherer *gatherer);

/* Hands over what the group has come to, slice by slice. */
[[nodiscard]] bool gather(struct gatherer *gatherer, const struct gather_group *group,
                          struct error *err);

#endif
