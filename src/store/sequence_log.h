/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Case sequences as a derived table (derived.h): what each case did when, so that paths need not
 * sort the events. Private to store/.
 *
 * New events are held until their transaction ends, and then written as a run (sequence_runs.h).
 * An event that has no case yet, or that changes, leaves the table incomplete; refresh() then makes
 * it anew. `sequence_stand` numbers the combinations of touchpoint, activity and channel; in a
 * store with more than SEQUENCE_STANDS of them there are no sequences, and paths read the events.
 */
#ifndef STELLWERK_SRC_STORE_SEQUENCE_LOG_H
#define STELLWERK_SRC_STORE_SEQUENCE_LOG_H

#include "derived.h"

#define SEQUENCE_STANDS ((size_t)1 << 20)
#define SEQUENCE_VERSION 1

/* In `derived_state.folded`: there are no sequences. */
#define SEQUENCE_OFF 1u

extern const struct derived_kind sequence_log;

/* May sequences be read? */
[[nodiscard]] bool sequence_log_is_ready(struct store *store, bool *out, struct error *err);

/* Within a transaction: they are to be made anew, as cases are not what they were. */
[[nodiscard]] bool sequence_log_forget(struct store *store, struct error *err);

#endif
