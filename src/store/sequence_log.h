/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Case sequences as a derived table (derived.h): what each case did when, and what that was worth,
 * so that paths and credit need not read the events. Private to store/.
 *
 * New events are held until their transaction ends, and then written as a run (sequence_runs.h). An
 * event that changes or goes leaves its cases stale, and refresh() makes these anew
 * (sequence_stale.h); an event that has no case yet leaves the table incomplete, and refresh()
 * makes all of it anew. `sequence_stand` numbers what events say (sequence_stands.h); in a store
 * with more than SEQUENCE_STANDS of these there are no sequences, and paths read the events.
 */
#ifndef STELLWERK_SRC_STORE_SEQUENCE_LOG_H
#define STELLWERK_SRC_STORE_SEQUENCE_LOG_H

#include "derived.h"

#define SEQUENCE_STANDS ((size_t)1 << 20)
#define SEQUENCE_VERSION 3

/* In `derived_state.folded`: there are no sequences. */
#define SEQUENCE_OFF 1u

extern const struct derived_kind sequence_log;

/* May sequences be read: are they complete, and no case is stale? Those of the version before may,
 * too: they lack only what cases were worth. */
[[nodiscard]] bool sequence_log_is_ready(struct store *store, bool *out, struct error *err);

/* The same of what cases were worth. */
[[nodiscard]] bool sequence_log_has_worth(struct store *store, bool *out, struct error *err);

/* Within a transaction: they are to be made anew, as cases are not what they were. */
[[nodiscard]] bool sequence_log_forget(struct store *store, struct error *err);

#endif
