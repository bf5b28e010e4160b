/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rollups: events and answers by series (rollup_series.h) and day, so that figures of rows need
 * not read the rows. Private to store/.
 *
 * Of a series and a month there is, for the rows, their values and their costs each, what its days
 * have (days.h: `rollup`), and for values and costs how often each came (bins.h: `rollup_bins`). A
 * figure is put together from the days of the series that its filters choose.
 *
 * Whole weeks and whole months are added up beside (rollup_spans.h), so that a figure of years
 * reads a few rows.
 *
 * New rows are merged into the months they fall into when their transaction ends. Where a row
 * changes or goes, the months of its touchpoint are stale (`rollup_stale`) until they are computed
 * from the rows again; the bytes of a month follow from its rows alone, so both ways come to the
 * same.
 *
 * Series stay few: where columns say something else in nearly every row (activities that are
 * sentences), there would be more than ROLLUP_SERIES of them. Then the column with the most
 * different values is folded: series no longer tell it apart, and figures that ask for it read the
 * rows. Where touchpoints alone are more than that, there are no rollups of that kind of rows.
 */
#ifndef STELLWERK_SRC_STORE_ROLLUP_H
#define STELLWERK_SRC_STORE_ROLLUP_H

#include "derived.h"

#define ROLLUP_SERIES 10000
#define ROLLUP_VERSION 2

enum rollup_quantity { ROLLUP_ROWS, ROLLUP_VALUE, ROLLUP_COST, ROLLUP_QUANTITIES };

/* All columns are folded: there are no rollups. */
#define ROLLUP_OFF (1u << 31)

extern const struct derived_kind rollup_of_events, rollup_of_answers;

/* Fails, saying what mends it. */
bool rollup_damaged(struct store *store, struct error *err);

/* May rollups of that kind of rows be read: are they complete, and nothing of them stale? `*folded`
 * are the columns that series do not tell apart. */
[[nodiscard]] bool rollup_is_ready(struct store *store, enum import_as as, bool *ready,
                                   unsigned *folded, struct error *err);

#endif
