/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the row that a writer has in hand says, by the numbers of upsert.h. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_WRITER_VALUES_H
#define STELLWERK_SRC_STORE_WRITER_VALUES_H

#include "writer.h"

/* A value; it borrows from the writer. */
struct record_value writer_value(const void *writer, int number);

/* Likewise, for a statement. */
void writer_give(void *writer, int number, sqlite3_context *out);

/* A bit for each that is not NULL, but for the id, which stands beside a record. */
uint64_t writer_said(const struct writer *writer);

#endif
