/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cases where a source has none: cut from what a person did, wherever nothing happened for longer
 * than a window. Private to store/.
 *
 * An event that names a person and no case has `cut` 1, and its case is NULL until it is cut. A cut
 * case is named by its person and its beginning, "p7@2026-01-05T10:00:00Z": cases follow from
 * the events and the window alone, in whatever order the events came. A new event changes the cases
 * of its own person and nobody else's.
 *
 * The window is one for the whole store and stands in its `case_rule`. Events that come in the
 * order of time get their case at once (last_seen.h). The others are cut behind the rows of an
 * import in transactions of their own; where that is broken off, the next import cuts them.
 */
#ifndef STELLWERK_SRC_STORE_CUT_H
#define STELLWERK_SRC_STORE_CUT_H

#include <stdatomic.h>

#include <stellwerk/base/str.h>

#include "sql.h"

/* The store's window in microseconds; 0 while there is none. */
[[nodiscard]] bool cut_read_window(struct store *store, int64_t *out, struct error *err);

/*
 * Within a transaction: sets the window, and where it was another one forgets all cases that were
 * cut by that. `*changed` says so.
 */
[[nodiscard]] bool cut_set_window(struct store *store, int64_t window, bool *changed,
                                  struct error *err);

/* Writes the name of the case of `person` that begins at `start`. */
void cut_name(struct str *out, const char *person, int64_t start);

/* Outside of a transaction: cuts all events that wait for it, or until it is cancelled. */
[[nodiscard]] bool cut_cases(struct store *store, const atomic_bool *cancel, bool *cancelled,
                             struct error *err);

/*
 * For the statement that updates rows: the SQL function
 *
 *     keep_cut(cut, person, person it would have, cut it would have)
 *
 * returns the row's new `cut`. A row that was cut and now belongs to someone else, or has a case of
 * its own, leaves a gap in its old person's events: `left` then holds that person, for
 * cut_forget() to see to.
 */
struct cut_watch {
    bool torn; /* `left` holds a person */
    struct str left;
};

[[nodiscard]] bool cut_watch_updates(struct store *store, struct cut_watch *watch,
                                     struct error *err);

/* The watch ends, with all statements that use it. */
void cut_end_watch(struct store *store);

/* Within a transaction: the cases of that person are to be cut anew; the watch goes on. */
[[nodiscard]] bool cut_forget(struct store *store, struct cut_watch *watch, struct error *err);

#endif
