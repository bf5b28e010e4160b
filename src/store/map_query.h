/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Queries that a map brings along: metrics of the type `sql`. Private to store/.
 *
 * A query is one SELECT over the views events, answers, observations, paths and batches, as this
 * version defines them, whatever the file says its views are. It can read nothing else and change
 * nothing: an authorizer looks at everything it is compiled to, and a time limit breaks it off.
 *
 * What it gives is told by the names of its columns (doc/map-format.md). Rows with `value` alone
 * are rows like those of the store, scored one by one and averaged; with `n`, `sd`, `num` or `den`
 * they are somebody's aggregates.
 */
#ifndef STELLWERK_SRC_STORE_MAP_QUERY_H
#define STELLWERK_SRC_STORE_MAP_QUERY_H

#include "run.h"

/* Adds what the metric's query gives to the cells, and settles which of the lens it ignores. */
[[nodiscard]] bool run_read_map_query(struct run *run, struct error *err);

#endif
