/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The SQL of one metric: which rows of the store are its, and what of them a formula reads.
 * Private to store/.
 *
 * Numbers of words and days are written into the text of the query, for they are ours; texts of
 * the map are always bound.
 */
#ifndef STELLWERK_SRC_STORE_QUERY_H
#define STELLWERK_SRC_STORE_QUERY_H

#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>

#include "dictionary.h"
#include "metric.h"
#include "sql.h"

/* The columns of every query's rows. */
enum query_column {
    QUERY_TOUCHPOINT, /* number of its word */
    QUERY_FROM,       /* instants; an observation has two, all others one */
    QUERY_TO,
    QUERY_CONTEXT,    /* number of its word, or NULL */
    QUERY_VALUE,
    QUERY_HIT,
    QUERY_SCALE_MIN,
    QUERY_SCALE_MAX,
    QUERY_N,          /* of an observation, as are the rest */
    QUERY_SD,
    QUERY_NUM,
    QUERY_DEN
};

struct query {
    enum metric_source source;
    struct str value, hit; /* expressions */
    struct str where;      /* conditions joined by AND */
    struct texts texts;    /* what is bound to ?1, ?2 … */
    size_t text_capacity;
    struct arena *arena;
};

/* What the lens adds; numbers of words, 0 where it does not ask. */
struct query_lens {
    int64_t persona, context;
    struct period period;
};

/*
 * Writes down which rows are the metric's, at those touchpoints (numbers of words). False, with the
 * reason, where the metric asks for what the store does not have, or the store fails.
 */
[[nodiscard]] bool query_init(struct query *query, struct arena *arena,
                              struct dictionary *dictionary, const struct metric *metric,
                              const struct formula *formula, const int64_t *touchpoints,
                              size_t touchpoint_count, struct error *err);
void query_finish(struct query *query);

/* Does any of the metric's rows say something in this column ("persona", "context")? */
[[nodiscard]] bool query_has(struct query *query, struct store *store, const char *column,
                             bool *out, struct error *err);

[[nodiscard]] bool query_rows(struct query *query, struct store *store,
                              const struct query_lens *lens, sqlite3_stmt **out,
                              struct error *err);

#endif
