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

#include "cut.h"
#include "derived.h"
#include "dictionary.h"
#include "keys.h"
#include "last_seen.h"
#include "row.h"

enum put_result { PUT_TAKEN, PUT_UPDATED, PUT_DUPLICATE };

struct writer {
    struct store *store;
    enum import_as as;
    bool dry_run;
    struct dictionary dictionary;
    struct keys *previewed; /* keys of a dry run */
    sqlite3_stmt *put;      /* NULL in a dry run without a store */
    struct cut_watch cut;
    struct last_seen seen;
    struct derived derived;
    struct derived_watch watch;
    int64_t words[COLUMN_COUNT];         /* of the row at hand, where its columns are words */
    enum column columns[COLUMN_COUNT];   /* that rows of the kind have */
    size_t column_count;
    unsigned char key[SQL_DIGEST_BYTES]; /* of the row at hand */
    int64_t batch;          /* number of the import; 0 before it is known */
    bool changed;           /* something was written since the import began */
    bool in_transaction;
    int64_t now;            /* when the import began */
};

/* `store` may be NULL in a dry run. */
[[nodiscard]] bool writer_init(struct writer *writer, struct store *store, enum import_as as,
                               bool dry_run, struct error *err);
/* Takes back what was not committed. */
void writer_finish(struct writer *writer);

/* Waits for the lock as long as `cancel` (NULL: for ever) lets it. */
[[nodiscard]] bool writer_begin(struct writer *writer, const atomic_bool *cancel,
                                struct error *err);
[[nodiscard]] bool writer_put(struct writer *writer, const struct row *row, enum put_result *out,
                              struct error *err);
/* Writes the report's counts into `batch` and sets its number in the report. */
[[nodiscard]] bool writer_commit(struct writer *writer, struct import_report *report,
                                 const struct import_mapping *mapping, struct error *err);

#endif
