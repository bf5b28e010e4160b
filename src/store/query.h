/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The SQL of one metric: which rows of the store are its, and what of them a formula reads.
 * Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_QUERY_H
#define STELLWERK_SRC_STORE_QUERY_H

#include <stellwerk/base/time.h>

#include "case.h"
#include "condition.h"
#include "rollup.h"

/* The columns of query_rows(). */
enum query_column {
    QUERY_TOUCHPOINT, /* number of its word */
    QUERY_FROM,       /* instants; an observation has two, all others one */
    QUERY_TO,
    QUERY_CONTEXT, /* number of its word, or NULL */
    QUERY_VALUE,
    QUERY_HIT,
    QUERY_SCALE_MIN,
    QUERY_SCALE_MAX,
    QUERY_N, /* of an observation, as are the rest */
    QUERY_SD,
    QUERY_NUM,
    QUERY_DEN
};

/* The columns of query_cases(), whose rows come case by case and in the order of time. */
enum case_column {
    CASE_TOUCHPOINT,
    CASE_TS,
    CASE_CONTEXT,
    CASE_A, /* is it on this side */
    CASE_B,
    CASE_A_VALUE,
    CASE_B_VALUE,
    CASE_KEYS, /* three columns that are one and the same in all rows of a case */
    CASE_KEYS_END = CASE_KEYS + 3
};

struct query {
    const struct metric *metric;
    const struct formula *formula;
    struct bindings bindings;
    struct str value, hit; /* expressions */
    struct str where;      /* conditions on all rows, joined by AND */
    struct str choice;     /* of these, those on columns: without "has a value" */
    bool rolled_up;        /* the rows need not be read (query_choose_rollup()) … */
    bool sequenced;        /* likewise, of a figure of cases (query_choose_sequences()) … */
    bool has_series;       /* … and the series say what there is */
    bool spanned;          /* … and not the days of whole weeks and months (rollup_spans.h) */
    struct str a, b;       /* conditions on either side of a case, "" for all rows */
    struct str a_value, b_value;
    unsigned everywhere; /* sides that name their touchpoints themselves */
    struct str at_issue; /* conditions on the rows that the figure is about */
    struct str places;   /* of events: where those are, "IN (…)"; "" for anywhere … */
    struct str case_places; /* … and where those on either side of a case are */
};

/* With more touchpoints than this, looking at all rows is as good as looking each of them up. */
#define QUERY_TOUCHPOINTS_LISTED 500

/* What the lens adds; numbers of words, 0 where it does not ask. */
struct query_lens {
    int64_t persona, context, channel;
    int64_t variant; /* never let go of: where no row says it there are none */
    struct period period;
};

/* The table of a source's rows, and what kind of rows these are. */
const char *query_table(enum metric_source source);
enum import_as query_kind(enum metric_source source);

/* True where a figure comes from cases (case.h) and not from rows as they stand. */
bool query_is_of_cases(const struct metric *metric, const struct formula *formula);

/*
 * Writes down which rows are the metric's, at those touchpoints (numbers of words). False, with the
 * reason, where the metric asks for what the store does not have, or the store fails.
 */
[[nodiscard]] bool query_init(struct query *query, struct arena *arena,
                              struct dictionary *dictionary, const struct metric *metric,
                              const struct formula *formula, const int64_t *touchpoints,
                              size_t touchpoint_count, struct error *err);
void query_finish(struct query *query);

/*
 * Settles whether rollups (rollup.h) can stand in for the rows: for figures of rows whose
 * conditions are all on columns that series have. What the query then says of its rows, it says of
 * series.
 */
[[nodiscard]] bool query_choose_rollup(struct query *query, struct store *store, struct error *err);

/* The columns of query_series(). */
enum series_query_column {
    SERIES_ID,
    SERIES_TOUCHPOINT,
    SERIES_CONTEXT,
    SERIES_HIT,
    SERIES_SCALE_MIN,
    SERIES_SCALE_MAX
};

/* The series of a query that is rolled up; those that formulas cannot tell apart come together. */
[[nodiscard]] bool query_series(struct query *query, struct store *store,
                                const struct query_lens *lens, sqlite3_stmt **out,
                                struct error *err);

/* How many series there are at each touchpoint under the lens: touchpoint and number. */
[[nodiscard]] bool query_count_series(struct query *query, struct store *store,
                                      const struct query_lens *lens, sqlite3_stmt **out,
                                      struct error *err);

/* What of rollups the figure is of. */
enum rollup_quantity query_quantity(const struct query *query);

/* Does any of the rows that the metric is about say something in this column ("persona",
 * "context")? */
[[nodiscard]] bool query_has(struct query *query, struct store *store, const char *column,
                             bool *out, struct error *err);

/* The lens without what no row that the metric is about says anything of. */
[[nodiscard]] bool query_settle(struct query *query, struct store *store,
                                const struct query_lens *wanted, struct query_lens *out,
                                struct error *err);

[[nodiscard]] bool query_rows(struct query *query, struct store *store,
                              const struct query_lens *lens, sqlite3_stmt **out, struct error *err);

[[nodiscard]] bool query_cases(struct query *query, struct store *store,
                               const struct query_lens *lens, sqlite3_stmt **out,
                               struct error *err);

/*
 * Settles whether case sequences (sequence_log.h) can stand in for the rows: for figures of cases
 * that count events, whose conditions are all on columns that stands have.
 */
[[nodiscard]] bool query_choose_sequences(struct query *query, struct store *store,
                                          struct error *err);

/* The columns of query_stands(). */
enum stand_query_column { STAND_NUMBER, STAND_TOUCHPOINT, STAND_CONTEXT, STAND_A, STAND_B };

/* The stands whose events are on a side, and on which; what of the lens is on the period is left
 * for who reads the events. */
[[nodiscard]] bool query_stands(struct query *query, struct store *store,
                                const struct query_lens *lens, sqlite3_stmt **out,
                                struct error *err);

/* Appends " AND …" for persona, context, channel and variant. */
void query_add_words(struct str *sql, const struct query_lens *lens);

/* The same, and for the period, of events or answers. */
void query_add_lens(struct str *sql, const struct query_lens *lens);

/* Part of query_init(): where rows are, of cases that have these sides. */
[[nodiscard]] bool query_write_places(struct query *query, unsigned sides,
                                      const int64_t *touchpoints, size_t count, struct error *err);

/* " FROM …": the rows that the figure is about, or those of its cases, and perhaps others, which
 * its conditions sort out. */
void query_write_from(struct str *sql, const struct query *query, struct period period);
void query_write_from_cases(struct str *sql, const struct query *query, struct period period);

/* " ORDER BY …": the rows of query_write_from(), at one touchpoint, the newest first. */
void query_write_order(struct str *sql, const struct query *query);

/* For a statement of one's own: " FROM … WHERE …", the rows that the figure is about, under the
 * lens; and a statement that uses conditions of the query. */
void query_write_rows(struct str *sql, const struct query *query, const struct query_lens *lens);
[[nodiscard]] bool query_prepare(struct query *query, struct store *store, const char *sql,
                                 sqlite3_stmt **out, struct error *err);

#endif
