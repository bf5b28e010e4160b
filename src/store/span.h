/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Spans: what days come to in whole weeks and whole months, so that a chart of five years need not
 * add up its days (rollup.h). Private to store/.
 *
 * Weeks and months are numbered (slices.h), and SPAN_PIECES that follow each other are a chunk,
 * which stands in one row: `rollup_span` has what they come to, `rollup_span_bins` their values.
 * The bytes follow from the rows alone, as those of days do:
 *
 *     totals: which of the pieces there are (a bit each), 8 bytes; for each its rows, its oldest
 *     and its newest instant and, of a quantity, the mean and the sum of squared deviations, 8
 *     bytes each. These two are rounded once, from exact sums
 *
 *     bins: which there are, 8 bytes; for each the length of its bytes, and these (bin_set.h)
 */
#ifndef STELLWERK_SRC_STORE_SPAN_H
#define STELLWERK_SRC_STORE_SPAN_H

#include <stellwerk/base/time.h>

#include "bin_set.h"

#define SPAN_PIECES 64

/* Which pieces are kept. */
enum span_unit { SPAN_WEEK, SPAN_MONTH, SPAN_UNITS };

enum period_kind span_period(enum span_unit unit);

/* The units whose pieces a calendar unit is made of; false where there are none (days). */
bool span_unit_of(enum period_kind kind, enum span_unit *out);

/* The chunk of a piece, and its place there. */
int32_t span_chunk(int64_t piece);
int span_place(int64_t piece);
int64_t span_piece(int32_t chunk, int place);

struct span_total {
    uint64_t n;             /* 0: the piece is not there */
    int64_t oldest, newest; /* instants */
    double mean, squares;
};

/* Appends a chunk; `summed` says whether there are values. */
void span_write_totals(struct str *out, const struct span_total totals[SPAN_PIECES], bool summed);
void span_write_bins(struct str *out, struct bin_set *const sets[SPAN_PIECES], uint64_t there);

/* The pieces of a chunk one after the other. */
struct span_reader {
    struct coded coded;
    uint64_t there; /* that are still to come */
    bool summed;
};

/* False for bytes that are no chunk. */
bool span_open_totals(struct span_reader *reader, struct bytes bytes, bool summed);
bool span_open_bins(struct span_reader *reader, struct bytes bytes);

/* False behind the last. */
bool span_next_total(struct span_reader *reader, int *place, struct span_total *out);

/* Likewise; `coded.bad` of the reader says whether it was the last. */
bool span_next_bins(struct span_reader *reader, int *place, struct bytes *out);

#endif
