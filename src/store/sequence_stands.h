/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stands: numbers, from 1 without gaps, for what events have in common: a touchpoint, an activity
 * and a channel. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_SEQUENCE_STANDS_H
#define STELLWERK_SRC_STORE_SEQUENCE_STANDS_H

#include "sql.h"

struct stand {
    uint32_t touchpoint, activity, channel; /* words; 0: none */
};

struct stands { /* all zero but for the store is empty */
    struct store *store;
    struct stand *items; /* by number - 1 */
    size_t count, capacity;
    uint32_t *slots; /* numbers; 0: free */
    size_t slot_count;
    sqlite3_stmt *add;
};

void stands_finish(struct stands *stands);
void stands_clear(struct stands *stands);
[[nodiscard]] bool stands_load(struct stands *stands, struct error *err);

/* A new one is written to the store. */
[[nodiscard]] bool stands_get(struct stands *stands, const struct stand *stand, uint32_t *out,
                              struct error *err);

#endif
