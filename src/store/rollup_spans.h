/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rollups by week and month (span.h), made from those by day. Private to store/.
 *
 * Of each series at a touchpoint there are its chunks. Where many series of a touchpoint have rows
 * in a chunk, there is, beside theirs, what they are together: all of them, and those of each
 * persona, each context and each channel. A figure that asks for just that reads one row for many.
 * Such a group is known by a number below 0.
 *
 * Days that change leave their month stale here (`rollup_span_stale`), until the end of the import
 * that changed them; readers then add up the days.
 */
#ifndef STELLWERK_SRC_STORE_ROLLUP_SPANS_H
#define STELLWERK_SRC_STORE_ROLLUP_SPANS_H

#include "rollup_writer.h"
#include "span.h"

/* As few series are read one by one. */
#define SPAN_GROUP_LEAST 4

enum span_group { SPAN_ALL, SPAN_PERSONA, SPAN_CONTEXT, SPAN_CHANNEL, SPAN_GROUPS };

/* The number of a group of events: those of a touchpoint that say that word (of SPAN_ALL: 0). 0
 * where there is none. */
int64_t span_group_number(int64_t touchpoint, enum span_group group, int64_t word);

/* A transaction begins: nothing is known to be marked. */
void spans_begin(struct rollup *rollup);

/* Within a transaction, all of these: a month of a touchpoint changes. */
[[nodiscard]] bool spans_mark(struct rollup *rollup, int64_t touchpoint, int32_t month,
                              struct error *err);

/* Makes anew what is stale. */
[[nodiscard]] bool spans_refresh(struct rollup *rollup, struct error *err);

/* Takes all of them out of the store. */
[[nodiscard]] bool spans_wipe(struct rollup *rollup, struct error *err);

/* Adds to the verdict whether they are what the days say. */
[[nodiscard]] bool spans_verify(struct rollup *rollup, struct error *err);

/* Is nothing of them stale? */
[[nodiscard]] bool spans_are_ready(struct store *store, enum import_as as, bool *out,
                                   struct error *err);

#endif
