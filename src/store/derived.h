/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables that follow from the rows, kept beside them so that nobody must read the rows again.
 * Private to store/.
 *
 * A derived table is a row of the registry in derived.c. What it must uphold:
 *
 *   - It is complete, and `derived` says so under its name with its `version`, or readers leave it
 *     alone and read the rows. A store that has none of the rows it follows from is complete.
 *   - Whoever writes rows tells it within the same transaction, so that a store that was broken
 *     off anywhere has both or neither. New rows are added. What follows from a row that changes or
 *     goes is marked as stale, of its old place and of its new one; readers leave stale parts
 *     alone.
 *   - refresh() computes what is stale from the rows, and all of it where it is not complete.
 *   - Whatever the order and the portions the rows came in, it is what rebuild() makes of them:
 *     that is what verify() holds it to.
 *
 *     derived_open(&derived, store, as, …)
 *         derived_begin() … derived_add() … derived_touch() … derived_flush()    a transaction
 *                           any number of these, and flushed as often as one likes
 *     derived_close()
 *     derived_refresh(store, …)                                                 behind the rows
 */
#ifndef STELLWERK_SRC_STORE_DERIVED_H
#define STELLWERK_SRC_STORE_DERIVED_H

#include <stdatomic.h>

#include <stellwerk/base/str.h>
#include <stellwerk/model/mapping.h>

#include "alike.h"
#include "sql.h"

struct row;

/* A row that is new to the store. */
struct derived_row {
    const struct row *row;
    const int64_t *words; /* by column: the numbers of its words, where it says something */
    const char *case_id;  /* that it got, its own or a cut one; NULL: none yet */
};

/* Where a row is, or was, of whose other columns nothing is known. */
struct derived_place {
    int64_t touchpoint; /* word; 0: none */
    int64_t ts;
    const char *person_id, *case_id; /* NULL */
};

/* What verify() has found. */
struct derived_verdict {
    uint64_t parts;     /* looked at */
    uint64_t different; /* of these, not what the rows say */
    uint64_t stale;     /* marked as such, which is no harm */
    bool complete;
};

struct derived_kind;

struct derived_ops {
    /* Its writer; `*out` is what the others are given. */
    bool (*open)(struct store *store, const struct derived_kind *kind, void **out,
                 struct error *err);
    void (*close)(void *self);
    /* By which it tells rows apart. */
    column_set (*columns)(void *self);
    /* All of these within a transaction. */
    bool (*begin)(void *self, struct error *err);
    /* True: as derived_add(). `*number` is what it has found out for a row of this transaction that
     * says the same in its columns; 0: nothing yet, and it may set it. */
    bool (*add)(void *self, const struct derived_row *row, uint32_t *number);
    bool (*touch)(void *self, const struct derived_place *place, struct error *err);
    bool (*flush)(void *self, struct error *err);
    bool (*touch_rows)(void *self, const char *condition, struct error *err);
    bool (*refresh)(void *self, bool rebuild, struct error *err);
    /* These only read. */
    bool (*is_due)(struct store *store, const struct derived_kind *kind, bool *out,
                   struct error *err);
    bool (*verify)(void *self, struct derived_verdict *out, struct error *err);
};

struct derived_kind {
    const char *name; /* in `derived` */
    int version;
    enum import_as as; /* the rows it follows from */
    const struct derived_ops *ops;
};

enum { DERIVED_MAX = ALIKE_NUMBERS };

/* The writers of all tables that follow from rows of one kind. */
struct derived {
    struct store *store;
    const struct derived_kind *kinds[DERIVED_MAX];
    void *writers[DERIVED_MAX];
    size_t count;
    struct alikes *alikes;
};

[[nodiscard]] bool derived_open(struct derived *derived, struct store *store, enum import_as as,
                                struct error *err);
void derived_close(struct derived *derived);

[[nodiscard]] bool derived_begin(struct derived *derived, struct error *err);

/*
 * Holds what follows from a new row until it is flushed. This only computes, and asks nothing of
 * the store: another thread may do it while the connection is used for something else, as long as
 * nobody does anything else with the same `derived` then. True where so much is held that it should
 * be flushed before more is added, so that memory stays bounded.
 */
[[nodiscard]] bool derived_add(struct derived *derived, const struct derived_row *row);

[[nodiscard]] bool derived_touch(struct derived *derived, const struct derived_place *place,
                                 struct error *err);
[[nodiscard]] bool derived_flush(struct derived *derived, struct error *err);

/* Within a transaction: the rows that meet a condition (SQL, without texts) change or go. */
[[nodiscard]] bool derived_touch_rows(struct derived *derived, const char *condition,
                                      struct error *err);

/* Within a transaction: brings up to date what follows from rows of a kind; all anew for
 * `rebuild`. */
[[nodiscard]] bool derived_refresh(struct store *store, enum import_as as, bool rebuild,
                                   struct error *err);

[[nodiscard]] bool derived_refresh_all(struct store *store, bool rebuild, struct error *err);

/*
 * Outside of a transaction: does that, for all kinds of rows, where anything is due. Being
 * cancelled is no failure; what was due then still is.
 */
[[nodiscard]] bool derived_bring_up_to_date(struct store *store, const atomic_bool *cancel,
                                            bool *cancelled, struct error *err);

/*
 * For the statement that updates rows: the SQL function
 *
 *     leave(batch, touchpoint, ts, person_id, case_id)
 *
 * returns the batch, and the watch then knows the place of the row as it was.
 */
struct derived_watch {
    bool left; /* a row was updated; `from` is valid until the next one is */
    struct derived_place from;
    struct str person_id, case_id;
};

[[nodiscard]] bool derived_watch_updates(struct store *store, struct derived_watch *watch,
                                         struct error *err);

/* The watch ends, with all statements that use it. */
void derived_end_watch(struct store *store, struct derived_watch *watch);

/* The registry, for those who go through it; NULL behind the last. */
const struct derived_kind *derived_kind(size_t index);

/* What `derived` says of a table: its version, 0 where it is not complete, and which columns it
 * does without. */
struct derived_state {
    int64_t version;
    unsigned folded;
};

[[nodiscard]] bool derived_read_state(struct store *store, const char *name,
                                      struct derived_state *out, struct error *err);
[[nodiscard]] bool derived_write_state(struct store *store, const char *name,
                                       struct derived_state state, struct error *err);

#endif
