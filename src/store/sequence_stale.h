/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cases of which events have changed or gone, and the making of these cases anew. Private to
 * store/.
 *
 * `sequence_stale` has, by the digest of a case, where its events that changed are and were. Where
 * the others are is known from the sequences, so that all events of a stale case are found by their
 * touchpoint and time, and no others are looked at. What comes of it is a run whose cases stand for
 * all that earlier runs have of them.
 */
#ifndef STELLWERK_SRC_STORE_SEQUENCE_STALE_H
#define STELLWERK_SRC_STORE_SEQUENCE_STALE_H

#include "sequence_stands.h"

/* With more events than these it is as good to make all sequences anew. */
#define SEQUENCE_STALE_MOST 100000

struct stale_marks { /* all zero but for the store is empty */
    struct store *store;
    sqlite3_stmt *mark;
    int64_t count;
};

void stale_marks_finish(struct stale_marks *marks);

/* Within a transaction, all of these. Counts what is marked already. */
[[nodiscard]] bool stale_marks_load(struct stale_marks *marks, struct error *err);

/* An event of a case is, or was, there; `touchpoint` is a word, 0: none. */
[[nodiscard]] bool stale_mark(struct stale_marks *marks, uint64_t digest, int64_t touchpoint,
                              int64_t ts, struct error *err);

/* All events that meet a condition; no more are marked than make the count exceed the most. */
[[nodiscard]] bool stale_mark_rows(struct stale_marks *marks, const char *condition,
                                   struct error *err);

[[nodiscard]] bool stale_clear(struct stale_marks *marks, struct error *err);

/* Makes the cases anew that are marked. */
[[nodiscard]] bool stale_remake(struct stale_marks *marks, struct stands *stands,
                                struct error *err);

/* The SQL function case_digest(case_id, person_id): in the order of digests, as a signed number. */
[[nodiscard]] bool case_digest_define(struct store *store, struct error *err);
uint64_t case_digest_from_sql(int64_t digest);

#endif
