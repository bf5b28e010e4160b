/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables of a store, and the proof that a file has them. Private to store/.
 *
 * Texts that come again and again (activities, touchpoints, channels, personas, campaigns …)
 * stand once in `word`, and rows hold their number: a row of a log shrinks to a third,
 * comparisons are of integers, and an index over a touchpoint is small. Texts that are nearly as
 * many as the rows (ids of events, persons, cases, sessions, and what people wrote) stand in the
 * row. Analysts read the views `events`, `answers`, `observations`, `paths` and `batches`, which
 * spell everything out under the names of store.md.
 *
 * Paths that somebody else has counted stand in `path`: what each went through, how often it ended
 * in a conversion (`conversions`, worth `value` together) and how often in none (`nulls`).
 *
 * Events are many times more than all else, and come in any order: their keys, and where they are,
 * stand in sorted runs, `index_run` and `index_part` (event_index.h), and not in indexes of
 * SQLite's. So nothing in the table itself keeps a key from coming twice.
 *
 * What follows from the rows is kept beside them, so that no view must read them all (derived.h):
 * `derived` names what is complete, `series`, `rollup`, `rollup_bins` and `rollup_stale` are the
 * counts, sums and values by day (rollup.h), `rollup_span`, `rollup_span_bins` and
 * `rollup_span_stale` those by week and month (rollup_spans.h), `sequence_stand`, `sequence_run`,
 * `sequence_part` and `sequence_stale` what each case did when, and what it was worth
 * (sequence_log.h).
 *
 * Instants are microseconds and days are days since 1970-01-01 UTC. `key` is the 16 bytes that
 * make importing a row twice harmless (import.h).
 */
#ifndef STELLWERK_SRC_STORE_SCHEMA_H
#define STELLWERK_SRC_STORE_SCHEMA_H

#include <stellwerk/store/store.h>

#define SCHEMA_APPLICATION 0x5374776b /* "Stwk" */
#define SCHEMA_VERSION 6

/* Makes the tables in an empty database; does nothing where there are tables already. */
[[nodiscard]] bool schema_create(struct store *store, struct error *err);

/*
 * Within a transaction: brings the tables of an older version (from 1 on) to this one, and makes
 * indexes and views. Tables that follow from the rows are empty then, where that version had
 * others.
 */
[[nodiscard]] bool schema_upgrade(struct store *store, int from, struct error *err);

/* Within a transaction: makes the indexes and views as they should be, whatever they are. */
[[nodiscard]] bool schema_repair(struct store *store, struct error *err);

/* The objects of the schema, one after the other; false behind the last. */
struct schema_object {
    const char *name, *type; /* "table", "index", "view" */
    const char *sql;         /* just as SQLite keeps it, for comparing */
};
bool schema_object(size_t index, struct schema_object *out);

/* Is the object in the store, and as we make it? */
[[nodiscard]] bool schema_has(struct store *store, const struct schema_object *object, bool *out,
                              struct error *err);

/* Says whose file it is, and of this version. */
[[nodiscard]] bool schema_mark(struct store *store, struct error *err);

/* Fails unless the file is a store of exactly this version, with the tables as we make them. */
[[nodiscard]] bool schema_check(struct store *store, struct error *err);

/* The SELECT behind a documented view ("events", "answers", "observations", "paths",
 * "batches"). */
const char *schema_view(const char *name);

#endif
