/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The statements that rows of each kind are written and compared with, made from the table of
 * columns. Private to store/.
 *
 * Both read rows from `incoming` (incoming.h), whose columns are the UPSERT_… ones and then those
 * of column.h in their order, and call these SQL functions:
 *
 *     met(news)    for a row that the store has: does it say something new? Returns that.
 *     leave(…)     before such a row is updated: derived.h
 *     keep_cut(…)  likewise: cut.h
 */
#ifndef STELLWERK_SRC_STORE_UPSERT_H
#define STELLWERK_SRC_STORE_UPSERT_H

#include <stellwerk/base/str.h>
#include <stellwerk/model/mapping.h>

#include "column.h"

enum upsert_column {
    UPSERT_ID,
    UPSERT_KEY,
    UPSERT_BATCH,
    UPSERT_LOADED_AT,
    UPSERT_CUT,
    UPSERT_CELLS
};

/* The columns of `incoming`. */
void upsert_write_columns(struct str *out);

/* The number of one that the table has under that name. */
int upsert_column(enum import_as as, const char *name);

/* The columns that every statement for rows of a kind must have: what somebody has counted stands
 * for what was counted before, with all it does not say. */
column_set upsert_columns(enum import_as as);

/* Rows that give no more than `columns` go in. One that comes again adds to what is known, or
 * stands for the one before. */
void upsert_write(struct str *sql, enum import_as as, column_set columns);

/* Rows are only compared. */
void upsert_write_comparison(struct str *sql, enum import_as as, column_set columns);

#endif
