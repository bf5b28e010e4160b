/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The making of one chunk (span.h) of a touchpoint from its days. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_ROLLUP_CHUNK_H
#define STELLWERK_SRC_STORE_ROLLUP_CHUNK_H

#include "rollup_spans.h"

struct rollup_chunk {
    int64_t touchpoint; /* word */
    enum span_unit unit;
    int32_t number;
};

/* Within a transaction: writes what all series of the touchpoint, and its groups, have in the
 * chunk. While the rollup verifies, it compares that with what is there. */
[[nodiscard]] bool rollup_chunk_make(struct rollup *rollup, struct rollup_chunk wanted,
                                     struct error *err);

#endif
