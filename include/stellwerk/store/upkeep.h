/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keeping a store in order: to this version's tables, made anew from its rows, held to them, and
 * rid of old ones.
 */
#ifndef STELLWERK_STORE_UPKEEP_H
#define STELLWERK_STORE_UPKEEP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/store/store.h>

/* ---- Older stores ---- */

struct store_migration {
    int from;         /* schema version; 0: there was nothing to do */
    const char *kept; /* the store as it was, beside the new one; in the arena */
};

/*
 * Brings a store of an older schema to this one. It is written anew beside the old one, synced, and
 * then takes its name; the old file keeps existing as FILE.schemaN (FILE.schemaN.2 … where that is
 * taken). Broken off anywhere, FILE is the old store or the new one, whole. Nobody can write to
 * the old one meanwhile. A file that is not there, or no older store, is left alone. What follows
 * from the rows is not made (store_rebuild(); an import does it, too).
 */
[[nodiscard]] bool store_migrate(struct arena *arena, const char *path,
                                 struct store_migration *out, struct error *err);

/* ---- Anew ---- */

/*
 * Makes everything anew that follows from the rows: indexes, views, rollups. The store must be
 * opened with store_create(). One transaction; `cancel` (NULL) breaks it off, as a failure.
 */
[[nodiscard]] bool store_rebuild(struct store *store, const atomic_bool *cancel,
                                 struct error *err);

/* ---- Verifying ---- */

struct store_verdict {
    struct texts findings; /* sentences for people; none: the store is in order */
    uint64_t rows;         /* looked at: events, answers, observations, paths */
    uint64_t parts;        /* of rollups that were compared with the rows */
};

/* Only reads. False where the store cannot be read on, with `err`. */
[[nodiscard]] bool store_verify(struct arena *arena, struct store *store,
                                struct store_verdict *out, struct error *err);

/* ---- Pruning ---- */

struct store_prune {
    bool by_day;
    int32_t before; /* by_day: rows that are over before that day go */
    uint64_t batch; /* else: the rows of that import */
    bool dry_run;   /* only counts */
};

struct store_pruned {
    uint64_t events, answers, observations, paths;
    uint64_t bytes_before, bytes_after; /* of the file; 0 in a dry run */
};

/* What follows from the rows that stay stays right: rollups, cases that were cut. The store must
 * be opened with store_create(). The rows go in one transaction, or none does. */
[[nodiscard]] bool store_prune(struct store *store, const struct store_prune *what,
                               struct store_pruned *out, struct error *err);

#endif
