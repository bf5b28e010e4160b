/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The little that this floor's files share about SQLite: one connection, its statements, and how
 * its failures are told to a person. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_SQL_H
#define STELLWERK_SRC_STORE_SQL_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include <stellwerk/base/error.h>
#include <stellwerk/base/file.h>
#include <stellwerk/store/store.h>

#include "coding.h"
#include "errand.h"

struct store {
    sqlite3 *db;
    struct store *twin; /* sql_twin(); NULL until it is asked for */
    char *path;         /* as given, for messages */
    struct store_limits limits;
    int64_t deadline;       /* on the monotonic clock, microseconds; INT64_MAX: none */
    int64_t query_deadline; /* of a map's query that is running; INT64_MAX else */
    bool stopped;           /* the last statement hit a limit */
    struct errand errand;   /* that has the connection */
};

enum sql_result { SQL_ROW, SQL_DONE, SQL_FAILED };

/* Opens a database that may come from someone else, with all defences up; SQLITE_OPEN_… flags.
 * store_close() closes it. */
[[nodiscard]] bool sql_connect(const char *path, int flags, struct store **out, struct error *err);

/* A second connection to the file of one that only reads, with the limits that hold now, for one
 * other thread at a time; the store keeps and closes it. It waits for no lock. NULL where there is
 * none to be had: the file is not the same any more, or keeps a log in which others may write while
 * one reads. */
struct store *sql_twin(struct store *store);

/* What a table of the connection's own returns where it has failed, with a message (zErrMsg) that
 * sql_fail() passes on as it is. */
#define SQL_TOLD SQLITE_CORRUPT_VTAB

/* Fills `err` with what SQLite says about the last call that failed; returns false. */
bool sql_fail(struct store *store, struct error *err);

/* Runs statements that return nothing anybody wants. */
[[nodiscard]] bool sql_run(struct store *store, const char *sql, struct error *err);

[[nodiscard]] bool sql_prepare(struct store *store, const char *sql, sqlite3_stmt **out,
                               struct error *err);

[[nodiscard]] enum sql_result sql_step(struct store *store, sqlite3_stmt *statement,
                                       struct error *err);

/* The first column of the first row; `none` where there is no row or it is NULL. */
[[nodiscard]] bool sql_integer(struct store *store, const char *sql, int64_t none, int64_t *out,
                               struct error *err);

/* Fails where the file has a table of this name, which would be read in the stead of one that the
 * connection has itself. */
[[nodiscard]] bool sql_name_is_free(struct store *store, const char *name, struct error *err);

/* A text of the row at hand, "" for NULL; valid until the next step. */
const char *sql_text(sqlite3_stmt *statement, int column);

/* Likewise bytes; none for NULL. */
struct bytes sql_bytes(sqlite3_stmt *statement, int column);

#define SQL_DIGEST_BYTES 16

/* A digest as the database keeps it on every machine: as digest_hex() spells it. */
void sql_write_digest(struct digest digest, unsigned char out[SQL_DIGEST_BYTES]);
[[nodiscard]] bool sql_read_digest(struct bytes bytes, struct digest *out);

/* True when the cancel flag is set or the time is up. */
bool sql_must_stop(const struct store *store);

/* For work that SQLite has no part in: fails, as a query would, where it must stop. */
[[nodiscard]] bool sql_go_on(struct store *store, struct error *err);

/* The time that a map's query has, from sql_start_query() to sql_end_query(). */
int64_t sql_query_time(const struct store *store);
void sql_start_query(struct store *store);
void sql_end_query(struct store *store);
bool sql_query_is_late(const struct store *store);

#endif
