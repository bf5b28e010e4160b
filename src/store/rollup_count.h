/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many rows series have, from the rollups. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_ROLLUP_COUNT_H
#define STELLWERK_SRC_STORE_ROLLUP_COUNT_H

#include <stellwerk/base/time.h>

#include "rollup.h"

struct rollup_counter {
    struct store *store;
    enum rollup_quantity quantity; /* rows that have it */
    struct period period;
    sqlite3_stmt *months;
};

struct row_count {
    uint64_t n;
    int64_t oldest, newest; /* instants; not set where there are none */
};

[[nodiscard]] bool rollup_counter_init(struct rollup_counter *counter, struct store *store,
                                       enum rollup_quantity quantity, struct period period,
                                       struct error *err);
void rollup_counter_finish(struct rollup_counter *counter);

/* Adds the rows of a series. */
[[nodiscard]] bool rollup_count(struct rollup_counter *counter, int64_t series,
                                struct row_count *out, struct error *err);

#endif
