/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One metric on its way through the store: its measures, what their rows have added up to, and the
 * filling of the measures from that. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_RUN_H
#define STELLWERK_SRC_STORE_RUN_H

#include "aggregate.h"
#include "case.h"
#include "query.h"
#include "survey.h"

/* A measure to fill, and where its rows come from. */
struct cell {
    int64_t word; /* of its touchpoint; WORD_NONE where the store does not know it */
    struct measure *measure;
    struct tally *tallies; /* one a slice */
    struct bin *bins; /* of all slices, where tallies keep some of theirs (tally_set_order()) */
    size_t bin_count;
    size_t series_count; /* of its touchpoint under the lens, whatever the metric asks for */
};

/* One metric at all its touchpoints. */
struct run {
    struct survey *survey;
    const struct metric *metric;
    const struct formula *formula;
    struct arena scratch;
    struct cell *cells; /* by word, ascending */
    size_t cell_count;
    struct query_lens lens;
    bool persona_ignored, context_ignored, channel_ignored;
    bool aggregated;        /* rows are somebody's aggregates */
    bool timeless;          /* rows do not say when */
    int64_t *context_words; /* of the metric's context anchors */
};

/* The cell of a touchpoint; NULL. */
struct cell *run_find_cell(const struct run *run, int64_t word);

/* A number of the row at hand; NAN for NULL. */
double run_number(sqlite3_stmt *statement, int column);

/* The anchors of a row's context (a word; 0: none), where the metric has some for it, else those of
 * the lens. */
struct anchors run_anchors(const struct run *run, int64_t context);

/* Adds a row to the cell's slice of its time, with the weight of its age. */
void run_add(struct run *run, struct cell *cell, struct metric_row row);

/* Adds rows that are one to the formula (their `count`) to a tally, with the weight of their
 * age. */
void run_add_rows(struct run *run, struct tally *tally, struct metric_row row);

/* Adds what the rollups of a query say to the cells. */
[[nodiscard]] bool run_read_rollup(struct run *run, struct query *query, struct error *err);

/* The same for somebody's aggregate, which counts for the middle of its time. */
void run_add_aggregate(struct run *run, struct cell *cell, struct aggregate aggregate);

/* Judges the rows of query_cases(), a case at a time. */
[[nodiscard]] bool run_read_cases(struct run *run, const struct query *query,
                                  sqlite3_stmt *statement, struct error *err);

/* The same out of the case sequences. */
[[nodiscard]] bool run_read_sequences(struct run *run, struct query *query, struct error *err);

/* Fills the cell's measure once all rows are in. */
void run_fill(struct run *run, const struct cell *cell);

#endif
