/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows that are made while a statement reads them, as a table of the connection that any statement
 * can select from. One statement that takes many rows costs SQLite two thirds of what as many
 * statements do, as it sets out once. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_INCOMING_H
#define STELLWERK_SRC_STORE_INCOMING_H

#include "sql.h"

/* Where the rows come from. */
struct incoming_ops {
    /* The statement is done with the row at hand, if there is one, and asks for the next; `*any`
     * says whether there is one. May run statements of its own. */
    bool (*next)(void *data, bool *any, struct error *err);
    /* The value in a column of the row at hand, by one of sqlite3_result_…(): none is NULL. What
     * it points to lives until next(). */
    void (*value)(void *data, int column, sqlite3_context *out);
};

struct incoming {
    struct store *store; /* NULL: closed */
    const char *columns;
    const struct incoming_ops *ops;
    void *data;
    struct error *err; /* of the statement that runs */
    bool any, failed;
};

/* Makes the table `incoming` with these columns ("a, b, c"). All is borrowed, and stays where it is
 * until incoming_close(). */
[[nodiscard]] bool incoming_open(struct incoming *incoming, struct store *store,
                                 const char *columns, const struct incoming_ops *ops, void *data,
                                 struct error *err);
/* Behind all statements that select from it. A closed one is fine. */
void incoming_close(struct incoming *incoming);

/* Runs a statement over all rows that come; what it returns is passed over. */
[[nodiscard]] bool incoming_run(struct incoming *incoming, sqlite3_stmt *statement,
                                struct error *err);

#endif
