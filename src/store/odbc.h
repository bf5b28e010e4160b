/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One connection to a warehouse through ODBC, and the one query that runs on it. Private to store/.
 *
 *     odbc_connect(); odbc_ask(); odbc_next(), odbc_read() …; odbc_end(); … odbc_disconnect();
 *
 * The warehouse is only read. The driver is told so; servers that know read-only transactions run
 * each query in one; and every transaction is rolled back. Texts come as UTF-8; instants and days
 * as ISO 8601 has them, in UTC where the server can be told; numbers in plain decimals.
 *
 * All but odbc_cancel() belong to one thread. Built without ODBC, nothing of this is there but its
 * functions: odbc_connect() fails and says so.
 */
#ifndef STELLWERK_SRC_STORE_ODBC_H
#define STELLWERK_SRC_STORE_ODBC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/error.h>
#include <stellwerk/base/str.h>

struct odbc;

#define ODBC_FIELD_CAP ((size_t)1 << 20) /* bytes */

/* `connection`: "DSN=name", "Driver=…;Server=…;…". */
[[nodiscard]] bool odbc_connect(const char *connection, struct odbc **out, struct error *err);
void odbc_disconnect(struct odbc *odbc); /* NULL is fine */

/* Runs one statement that gives rows. `time_limit`, in microseconds, is told to the driver, which
 * may know of none; 0: none. After a failure, too, odbc_end() must follow. */
[[nodiscard]] bool odbc_ask(struct odbc *odbc, const char *sql, int64_t time_limit,
                            struct error *err);

size_t odbc_column_count(const struct odbc *odbc);
const char *odbc_column_name(const struct odbc *odbc, size_t column); /* until odbc_end() */

enum odbc_result { ODBC_ROW, ODBC_END, ODBC_FAILED };

[[nodiscard]] enum odbc_result odbc_next(struct odbc *odbc, struct error *err);

/* Appends a field of the row; fields are read from left to right, each once. `*null` is true for
 * NULL, and nothing is appended. */
[[nodiscard]] bool odbc_read(struct odbc *odbc, size_t column, struct str *out, bool *null,
                             struct error *err);

/* Ends the query and its transaction. */
void odbc_end(struct odbc *odbc);

/* Asks the warehouse to give up on what runs; from any thread, until odbc_disconnect(). */
void odbc_cancel(struct odbc *odbc);

#endif
