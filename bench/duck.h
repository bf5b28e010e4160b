/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * DuckDB, through the package for node that bench/duckdb.mjs loads.
 */
#ifndef STELLWERK_BENCH_DUCK_H
#define STELLWERK_BENCH_DUCK_H

#include "figure.h"

/* Both borrowed. */
struct duck {
    const char *script; /* bench/duckdb.mjs; NULL: DuckDB is not here, and its series stay empty */
    const char *database; /* that holds the same events, in a table `event` */
};

/* Adds the wall time of each round of a query, in ms, of two threads and warm. False where it
 * fails. */
[[nodiscard]] bool duck_time(const struct duck *duck, const char *sql, int rounds,
                             struct series *out);

#endif
