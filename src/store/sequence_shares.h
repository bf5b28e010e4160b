/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Case sequences dealt out in shares that are read at once, each by a thread. Private to store/.
 *
 * A share is a span of digests, so the shares in their order are all cases in theirs. Each has a
 * connection of its own; that all of them see one state of the store follows from its rollback
 * journal: as long as one connection reads, none can commit. Where a second connection is not to be
 * had, or would not see the same, the shares are read one after the other.
 */
#ifndef STELLWERK_SRC_STORE_SEQUENCE_SHARES_H
#define STELLWERK_SRC_STORE_SEQUENCE_SHARES_H

#include <stellwerk/store/sequences.h>

#include "sequence_runs.h"

/* Reads the cases of a span over that connection, and takes them for `data`. */
typedef bool share_reader(void *data, struct store *store, const struct run_span *span,
                          struct error *err);

struct sequence_shares {
    share_reader *read;
    void *data[SEQUENCE_SHARES];
    size_t count; /* 1: all cases are data[0]'s */
};

/* Within a transaction of the store. */
[[nodiscard]] bool sequence_shares_read(const struct sequence_shares *shares, struct store *store,
                                        struct error *err);

#endif
