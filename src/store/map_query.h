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

/* What a row is for, where that is no touchpoint. */
enum {
    QUERY_ROW_ELSEWHERE = -1, /* a touchpoint that does not have the metric, or is not on the map */
    QUERY_ROW_EVERYWHERE = -2 /* every touchpoint that has the metric */
};

/* A row that the query gives, and that the lens lets pass. */
struct query_row {
    int touchpoint; /* index */
    bool timed;     /* it says when */
    struct aggregate row;
    const char *persona, *context; /* NULL: it does not say */
};

typedef void query_row_taker(const struct query_row *row, void *data);

/* Hands out the rows instead of adding them to the cells; texts live in the arena. Of the cells it
 * needs the touchpoints of their measures alone. */
[[nodiscard]] bool run_hand_out_map_query(struct run *run, struct arena *arena,
                                          query_row_taker *take, void *data, struct error *err);

#endif
