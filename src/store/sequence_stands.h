/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stands: numbers, from 1 without gaps, for what events have in common: all that they say in the
 * columns that paths and figures of cases may ask for. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_SEQUENCE_STANDS_H
#define STELLWERK_SRC_STORE_SEQUENCE_STANDS_H

#include <stellwerk/base/str.h>

#include "column.h"
#include "sequence_code.h"
#include "sql.h"

struct row;

#define STAND_COLUMNS 9

/* Where stands have a column that they tell apart; STAND_COLUMNS for one that they do not. */
size_t stand_place(enum column column);

/* All that they tell apart. */
column_set stand_columns(void);

struct stand {
    uint32_t words[STAND_COLUMNS]; /* 0: none */
};

/* The stand of a row that has the columns from `first` on; and writes ", touchpoint, activity …",
 * each with what stands before. */
struct stand stand_of_row(sqlite3_stmt *row, int first);
void stands_write_columns(struct str *sql, const char *before);

/* The stand of a new row; `words` are the numbers of its words, by column. */
struct stand stand_of_words(const struct row *row, const int64_t *words);

/* What an event says that cases are asked for. */
void stand_said(const struct stand *stand, uint32_t words[SAID_COUNT]);

/* The purse of its value (worth_code.h); 0: none. */
uint64_t stand_purse(const struct stand *stand);

struct stands { /* all zero but for the store is empty */
    struct store *store;
    struct stand *items; /* by number - 1 */
    size_t count, capacity;
    size_t saved;    /* as many are in the store */
    uint32_t *slots; /* numbers; 0: free */
    size_t slot_count;
};

void stands_finish(struct stands *stands);
void stands_clear(struct stands *stands);

/* The number of a stand, which it gets where it is new. */
uint32_t stands_get(struct stands *stands, const struct stand *stand);

/* Reads all stands of the store. */
[[nodiscard]] bool stands_load(struct stands *stands, struct error *err);

/* Writes those into the store that are not in it yet. */
[[nodiscard]] bool stands_save(struct stands *stands, struct error *err);

#endif
