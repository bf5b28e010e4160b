/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One connection to a metric store: a SQLite file of events, answers and observations.
 *
 * A store may come from someone else, so it is opened for reading as if it were hostile: read-only,
 * defensive, no trusted schema, no extensions, small limits, and every query can be cut short by a
 * cancel flag or a time-out. Before anything is asked of it, its tables must be exactly those of
 * this version's schema (src/store/schema.c), so that a view or trigger cannot stand in for one.
 *
 * The file keeps SQLite's rollback journal rather than a write-ahead log: at rest a store is one
 * file that can be mailed and read from a folder one may not write to. A reader beside an import
 * waits at most for the commit of one batch, and the import for the end of a query.
 *
 * A connection belongs to the thread that opened it; another thread may only set the cancel flag.
 * Whether the file changed since: file_stamp_read() (base/file.h) sees every commit without a
 * connection, store_changes() with one.
 */
#ifndef STELLWERK_STORE_STORE_H
#define STELLWERK_STORE_STORE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include <stellwerk/base/error.h>

struct store;

/* When a query must give up. */
struct store_limits {
    const atomic_bool *cancel; /* set by any thread; NULL: nobody cancels */
    int64_t time_out;          /* microseconds from store_limit() on; 0: none */
    int64_t query_time;        /* microseconds for each query of a map; 0: STORE_QUERY_TIME */
};

#define STORE_QUERY_TIME INT64_C(5000000)

/* Opens an existing store for reading. Says in the error what is no store of this version. */
[[nodiscard]] bool store_open(const char *path, struct store **out, struct error *err);

/* Opens a store for importing; creates the file (mode 0644 under the umask) where there is none. */
[[nodiscard]] bool store_create(const char *path, struct store **out, struct error *err);

void store_close(struct store *store); /* NULL is fine */

/* Holds for the queries that follow, until it is set anew; `limits` is copied, the flag borrowed.
 * NULL: no limits. */
void store_limit(struct store *store, const struct store_limits *limits);

/* True when the last failure was a cancel or a time-out rather than a fault. */
bool store_was_stopped(const struct store *store);

/* A number that differs once another connection has changed the file; 0: it cannot be read. */
uint64_t store_changes(struct store *store);

#endif
