/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows one behind the other in as few bytes as they need: on their way from one thread to another,
 * a row with a place for every column would take ten times as much. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_PACKED_ROWS_H
#define STELLWERK_SRC_STORE_PACKED_ROWS_H

#include "row.h"

/* What is looked at of many rows stands apart from their values. */
struct packed_row {
    struct digest key;
    int64_t known;
    column_set given, kept;
    size_t start;
};

/* All zero: none, without room. */
struct packed_rows {
    unsigned char *bytes; /* on the heap */
    size_t length, room;
    struct packed_row *rows; /* where each is in them, and what is asked for most; on the heap */
    size_t count, capacity;
};

/* What of these columns the row says, without how a file wrote it; and its key. */
void packed_rows_add(struct packed_rows *rows, const struct row *row, column_set columns);

/* `out` is all zero at first, and then what the last of these calls has left. Its texts are good
 * until the rows are cleared. */
void packed_rows_get(const struct packed_rows *rows, size_t index, struct row *out);
const struct digest *packed_rows_key(const struct packed_rows *rows, size_t index);

/* The row that the store has for it, from now on. */
void packed_rows_tell(struct packed_rows *rows, size_t index, int64_t known);

void packed_rows_clear(struct packed_rows *rows); /* and keeps the room */
void packed_rows_finish(struct packed_rows *rows);

#endif
