/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The making of chunks (span.h) of a touchpoint from its days. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_ROLLUP_CHUNK_H
#define STELLWERK_SRC_STORE_ROLLUP_CHUNK_H

#include "rollup_spans.h"

struct rollup_chunk {
    int64_t touchpoint; /* word */
    enum span_unit unit;
    int32_t number;
};

/* Within a transaction: writes what all series of a touchpoint, and its groups, have in these
 * chunks of it, each of which is there once, in ascending order by unit and number. The series are
 * in ascending order of their ids. While the rollup verifies, it compares that with what is
 * there. */
[[nodiscard]] bool rollup_chunks_make(struct rollup *rollup, const struct rollup_chunk *chunks,
                                      size_t count, const struct rollup_series *const *series,
                                      size_t series_count, struct error *err);

#endif
