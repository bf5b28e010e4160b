/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows into the store, in batches that are committed whole; or, for a preview, only compared
 * with what the store has. Private to store/.
 *
 *     writer_begin(); writer_put() …; writer_commit(); writer_begin(); … writer_commit();
 *
 * The row of the import in `batch` is written with the first commit that changes something, so that
 * importing a file again leaves the store as it is.
 */
#ifndef STELLWERK_SRC_STORE_WRITER_H
#define STELLWERK_SRC_STORE_WRITER_H

#include <stellwerk/store/import.h>

#include "bulk.h"
#include "cut.h"
#include "derived.h"
#include "dictionary.h"
#include "event_index.h"
#include "incoming.h"
#include "keys.h"
#include "last_seen.h"
#include "row.h"

enum put_result { PUT_TAKEN, PUT_UPDATED, PUT_DUPLICATE };

/* One row after the other, each good until the next is asked for; NULL behind the last. */
typedef const struct row *row_source(void *data);

/* What became of rows. */
struct put_counts {
    uint64_t taken, updated, duplicates;
};

struct writer {
    struct store *store;
    enum import_as as;
    bool dry_run;
    struct dictionary dictionary;
    struct keys *previewed; /* keys of a dry run */
    struct str names;       /* of the columns of `incoming` */
    struct incoming incoming;
    sqlite3_stmt *put; /* NULL before the first row, and without a store */
    struct cut_watch cut;
    struct last_seen seen;
    struct bulk bulk;
    struct event_index index;
    struct derived derived;
    struct derived_watch watch;
    column_set columns; /* that `put` has */
    column_set word_columns;
    row_source *next; /* of the rows that are being written */
    void *next_data;
    struct put_counts *counts;
    const struct row *coming; /* behind the one at hand */
    const struct row *row;    /* the one at hand */
    enum put_result outcome;
    int64_t words[COLUMN_COUNT]; /* its words, where it says something */
    int64_t known; /* the row that the store has for the one that is coming; 0: none */
    bool is_long;  /* the one that is coming, for going in with others */
    int64_t id;    /* that the one at hand has or gets, where it is an event */
    unsigned char key[SQL_DIGEST_BYTES];
    bool is_cut;         /* its case is cut (cut.h) */
    const char *case_id; /* that it gets; NULL: none yet */
    int64_t batch;       /* number of the import; 0 before it is known */
    bool changed;        /* something was written since the import began */
    bool in_transaction;
    int64_t now; /* when the import began */
};

/* `store` may be NULL in a dry run. */
[[nodiscard]] bool writer_init(struct writer *writer, struct store *store, enum import_as as,
                               bool dry_run, struct error *err);
/* Takes back what was not committed. */
void writer_finish(struct writer *writer);

/* Waits for the lock as long as `cancel` (NULL: for ever) lets it. */
[[nodiscard]] bool writer_begin(struct writer *writer, const atomic_bool *cancel,
                                struct error *err);
/* The key of a row that will come soon. */
void writer_expect(const struct writer *writer, const struct digest *key);

/* Those of rows that come later, and which rows the store has for them: 0 where that is to be seen.
 * Good while `writer_stand()` stays the same. */
[[nodiscard]] bool writer_look_ahead(struct writer *writer, const struct digest *keys, size_t count,
                                     int64_t *known, struct error *err);
uint64_t writer_stand(const struct writer *writer);

/* Writes all rows that come, and adds what became of each to `counts` before the next is asked
 * for. No errand is under way behind it. Where it fails, the transaction is no longer to be
 * committed. */
[[nodiscard]] bool writer_put(struct writer *writer, row_source *next, void *data,
                              struct put_counts *counts, struct error *err);
/* Writes the report's counts into `batch` and sets its number in the report. */
[[nodiscard]] bool writer_commit(struct writer *writer, struct import_report *report,
                                 const struct import_mapping *mapping, struct error *err);

#endif
