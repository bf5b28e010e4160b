/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What cases were worth, beside what they did: a run of case sequences (sequence_runs.h) has in
 * `sequence_part`, under numbers below 0, the worth of those of its cases that are worth anything.
 * Private to store/.
 *
 * Runs are merged when they are read, and for good when their sequences are. A case that is whole
 * stands for all that earlier runs have of it.
 */
#ifndef STELLWERK_SRC_STORE_WORTH_RUNS_H
#define STELLWERK_SRC_STORE_WORTH_RUNS_H

#include "sql.h"
#include "worth_code.h"

/* ---- Writing, within a transaction ---- */

struct worth_writer {
    struct store *store;
    int64_t run, part;
    sqlite3_stmt *put;
    struct str bytes;
};

void worth_writer_init(struct worth_writer *writer, struct store *store, int64_t run);
void worth_writer_finish(struct worth_writer *writer);

/* In ascending order of digests; a case that is worth nothing is passed over unless it is whole. */
[[nodiscard]] bool worth_put(struct worth_writer *writer, struct case_worth *worth,
                             struct error *err);
[[nodiscard]] bool worth_end(struct worth_writer *writer, struct error *err);

/* Gives a run what those of the ages first..last come to. */
[[nodiscard]] bool worth_merge(struct store *store, int64_t first, int64_t last, int64_t run,
                               struct error *err);

/* ---- Reading ---- */

struct worth_cursor;

struct worth_reader {
    struct store *store;
    struct worth_cursor *cursors;
    size_t count;
    struct worth_cursor *lead; /* the case at hand is its alone; NULL: that of several */
    uint64_t limit;            /* no other cursor has a case before that */
    struct case_worth merged;  /* what several have of a case */
    bool is_merged;            /* that is the case at hand */
};

/* From the runs of the ages first..last; or from the rows, which takes a sort of all that have a
 * value, and case_digest() (sequence_stale.h). */
[[nodiscard]] bool worth_open(struct worth_reader *reader, struct store *store, int64_t first,
                              int64_t last, struct error *err);
[[nodiscard]] bool worth_open_rows(struct worth_reader *reader, struct store *store,
                                   struct error *err);

/* The next case, in the order of digests: valid until the next call. `*out` is NULL behind the
 * last. */
[[nodiscard]] bool worth_next(struct worth_reader *reader, struct case_worth **out,
                              struct error *err);
void worth_close(struct worth_reader *reader);

#endif
