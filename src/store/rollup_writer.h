/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the writer of rollups (rollup.c) and the making of them from the rows (rollup_rows.c) share.
 */
#ifndef STELLWERK_SRC_STORE_ROLLUP_WRITER_H
#define STELLWERK_SRC_STORE_ROLLUP_WRITER_H

#include <stellwerk/base/str.h>

#include "bins.h"
#include "rollup.h"
#include "rollup_series.h"

struct rollup_row {
    uint32_t series; /* place in the map */
    int32_t month;
    int day; /* of the month */
    int64_t time;
    double quantities[ROLLUP_QUANTITIES]; /* NAN: none; that of ROLLUP_ROWS is not used */
};

enum rollup_part { PART_DAYS, PART_BINS, PARTS };

/* Months of touchpoints that are marked as stale, as far as they are remembered. */
#define MARKS 2048

struct span_mark {
    int64_t touchpoint; /* 0: none */
    int32_t month;
};

struct rollup {
    struct store *store;
    const struct derived_kind *kind;
    struct series_map series;
    struct derived_state state;
    bool live;        /* complete, and every row is added */
    uint64_t changes; /* of the store, when `series` and `state` were read */
    struct rollup_row *rows;
    size_t count, capacity;
    unsigned quantities; /* as bits: those that some of the rows may have */
    int32_t last_day, last_month;
    int last_of_month;
    struct span_mark marks[MARKS];
    struct bins_room *bins; /* NULL until it is needed */
    struct str bytes;       /* of the part at hand */
    sqlite3_stmt *find[PARTS], *put[PARTS], *change[PARTS], *touch;
    sqlite3_stmt *mark, *months[PARTS], *span[PARTS], *drop[PARTS]; /* rollup_spans.h */
    struct derived_verdict *verdict; /* not NULL: what is merged is only compared */
    uint64_t found;                  /* parts that were compared and are there */
};

/* The table of a part, and that of its spans. */
const char *rollup_table(enum rollup_part part);
const char *rollup_span_table(enum rollup_part part);

/* While verifying: is what is stored what it should be? Nothing stored has no bytes. */
void rollup_compare(struct rollup *rollup, struct bytes stored, const struct str *wanted);

/* Holds a row back until it is merged with the others; `series` is its place in the map. */
void rollup_hold(struct rollup *rollup, size_t series, int64_t ts, double value, double cost);

/* Are so many held back that they should be merged before there are more? */
bool rollup_is_full(const struct rollup *rollup);
[[nodiscard]] bool rollup_flush(void *self, struct error *err);

/* Merges the rows that are held back into the months they fall into, or compares what they come to
 * with these. All their series are in the store. In rollup_months.c. */
[[nodiscard]] bool rollup_write_months(struct rollup *rollup, struct error *err);

/* Takes all rollups of the kind of rows out of the store. */
[[nodiscard]] bool rollup_wipe(struct rollup *rollup, struct error *err);

/* Runs a statement. */
[[nodiscard, gnu::format(printf, 3, 4)]] bool rollup_run(struct rollup *rollup, struct error *err,
                                                         const char *format, ...);

/* For the registry (derived.h); these are in rollup_rows.c. */
[[nodiscard]] bool rollup_touch_rows(void *self, const char *condition, struct error *err);
[[nodiscard]] bool rollup_refresh(void *self, bool anew, struct error *err);
[[nodiscard]] bool rollup_verify(void *self, struct derived_verdict *out, struct error *err);

#endif
