/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs of cases: what a transaction brought, each in the order of digests, merged when they are
 * read, and for good when there are many. Private to store/.
 *
 * A run stands in `sequence_run` with its level and age and, part by part from 0 on, in
 * `sequence_part`; the parts below 0 are what its cases were worth (worth_runs.h).
 * What came later is a run of a higher age, so events of one instant keep their order.
 * RUNS_OF_LEVEL runs of one level become one of the next, as in a log-structured merge tree (O'Neil
 * and others 1996): each event is written once a level, and a reader merges a dozen runs or two.
 */
#ifndef STELLWERK_SRC_STORE_SEQUENCE_RUNS_H
#define STELLWERK_SRC_STORE_SEQUENCE_RUNS_H

#include "sequence_code.h"
#include "sql.h"

#define RUNS_OF_LEVEL 8

/* ---- Writing, within a transaction ---- */

struct run_writer {
    struct store *store;
    sqlite3_stmt *put;
    struct part_writer part;
    struct str bytes;
    int64_t run, number;
};

/* A new run of that level and age; 0: younger than all others. Whatever comes of it, the writer
 * must be finished. */
[[nodiscard]] bool run_begin(struct run_writer *writer, struct store *store, int64_t age, int level,
                             struct error *err);
[[nodiscard]] bool run_put(struct run_writer *writer, const struct case_events *events,
                           struct error *err);
[[nodiscard]] bool run_end(struct run_writer *writer, struct error *err);
void run_writer_finish(struct run_writer *writer);

/* Merges levels that are full. */
[[nodiscard]] bool runs_settle(struct store *store, struct error *err);

[[nodiscard]] bool runs_clear(struct store *store, struct error *err);

/* ---- Reading ---- */

struct run_cursor;

/* Which runs, and which of their cases; both ends belong to it. */
struct run_span {
    int64_t first, last; /* ages */
    uint64_t low, high;  /* digests */
};

#define RUNS_ALL ((struct run_span){ INT64_MIN, INT64_MAX, 0, UINT64_MAX })

struct runs_reader {
    struct store *store;
    struct run_span span;
    struct run_cursor *cursors;
    size_t count;
    struct run_cursor *least; /* that has the next case; NULL: not known */
    uint64_t bound;           /* the least digest of all others; it is known to be the next as long
                                 as it is below */
    struct run_cursor *given; /* whose case was handed out last, and must move on; NULL: none */
    struct case_events merged, spare;
};

[[nodiscard]] bool runs_open(struct runs_reader *reader, struct store *store,
                             const struct run_span *span, struct error *err);

/* The next case, whole, in the order of digests: valid until the next call. `*out` is NULL behind
 * the last. */
[[nodiscard]] bool runs_next(struct runs_reader *reader, const struct case_events **out,
                             struct error *err);
void runs_close(struct runs_reader *reader);

#endif
