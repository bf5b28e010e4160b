/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Indexes over rows that come in any order, written as they come. Private to store/.
 *
 * SQLite's own index would be written to wherever a row's key belongs: a page read, logged and
 * written for nearly every row, once the index is larger than memory. Here what came together is
 * written together, in order, as a run; INDEX_RUNS runs of a level become one of the next, as in a
 * log-structured merge tree (O'Neil and others 1996), so that an entry is written once a level, and
 * who looks for one looks into a dozen runs or two.
 *
 * An index is a set of entries (index_part.h): one that is added twice is in it once, and none is
 * ever taken out. A run stands in `index_run` with its first and last entry, and in parts in
 * `index_part`.
 */
#ifndef STELLWERK_SRC_STORE_INDEX_RUNS_H
#define STELLWERK_SRC_STORE_INDEX_RUNS_H

#include "index_part.h"
#include "sql.h"

#define INDEX_RUNS 8

/* ---- Writing, within a transaction ---- */

/* Adds entries, which it puts in order; merges what there is enough of. */
[[nodiscard]] bool index_add(struct store *store, const char *name, struct index_entry *entries,
                             size_t count, struct error *err);

[[nodiscard]] bool index_clear(struct store *store, struct error *err);

/* ---- Reading ---- */

/* Entries between two, both of which belong to it. */
struct index_span {
    struct index_entry from, to;
    bool backwards; /* from `to` to `from` */
};

#define INDEX_ALL                                                                                  \
    ((struct index_span){ .to = { .high = UINT64_MAX, .low = UINT64_MAX, .id = INT64_MAX } })

struct index_cursor;

struct index_scan {
    struct store *store;
    struct index_span span;
    struct index_cursor *cursors;
    size_t count;
    struct index_cursor *nearest;    /* NULL: to be found anew */
    const struct index_entry *bound; /* that `nearest` may go up to; NULL: to its end */
    struct index_entry last;
    bool any;
};

/* Where it fails, too, the scan must be closed. */
[[nodiscard]] bool index_open(struct index_scan *scan, struct store *store, const char *name,
                              const struct index_span *span, struct error *err);
void index_close(struct index_scan *scan);

/* Another span of an index that is open, which goes the same way; nothing was added since. What is
 * near the last one is at hand already. */
[[nodiscard]] bool index_again(struct index_scan *scan, const struct index_span *span,
                               struct error *err);

/* The next entry, each once; `*any` is false behind the last. */
[[nodiscard]] bool index_next(struct index_scan *scan, struct index_entry *out, bool *any,
                              struct error *err);

/* Fails, saying what mends it. */
bool index_damaged(struct store *store, struct error *err);

#endif
