/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a warehouse into a store, through ODBC: grouped rows alone, computed where the raw ones are.
 *
 * A query is one SELECT. It runs read-only, for a limited time, and gives a limited number of rows;
 * its result may have no column that tells persons, cases or single events apart. Its rows go the
 * way of an import (import.h): the same checks, names of touchpoints and identity, so that asking
 * again doubles nothing. A query is taken whole or not at all, and is one batch, whose file is
 * "NAME: QUERY" and says no secret.
 *
 * Built without ODBC, warehouse_open() fails and says how to build it.
 */
#ifndef STELLWERK_STORE_WAREHOUSE_H
#define STELLWERK_STORE_WAREHOUSE_H

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/model/queries.h>
#include <stellwerk/store/import.h>
#include <stellwerk/store/store.h>

struct warehouse;

/* `dsn`: a data source of odbc.ini, or a connection string (KEY=VALUE;…). The password (NULL:
 * none) is added unless the string has one; it is in no message and no store. */
[[nodiscard]] bool warehouse_open(const char *dsn, const char *password, struct warehouse **out,
                                  struct error *err);
void warehouse_close(struct warehouse *warehouse); /* NULL is fine */

/*
 * Asks one query. Of the options, kind and mapping are the query's own, and `preset` and
 * `batch_rows` mean nothing. Being cancelled is no failure: the report says that it is not
 * complete, and nothing was taken.
 */
[[nodiscard]] bool store_sync(struct arena *arena, struct store *store,
                              struct warehouse *warehouse, const struct warehouse_query *query,
                              const struct import_options *options, struct import_report *out,
                              struct error *err);

#endif
