/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A query of a map, compiled under guard: read-only, over the documented views alone, for a limited
 * time. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_GUARD_H
#define STELLWERK_SRC_STORE_GUARD_H

#include "sql.h"

struct guard {
    struct store *store;
    sqlite3_stmt *statement;
    char refused[64]; /* what the query asked for and may not have; "" */
};

/* Compiles the query and starts its time; guard_close() ends it, also after a failure. */
[[nodiscard]] bool guard_open(struct guard *guard, struct store *store, const char *query,
                              struct error *err);
void guard_close(struct guard *guard);

[[nodiscard]] enum sql_result guard_step(struct guard *guard, struct error *err);

#endif
