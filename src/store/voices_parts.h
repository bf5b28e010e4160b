/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is shared by those that listen to answers. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_VOICES_PARTS_H
#define STELLWERK_SRC_STORE_VOICES_PARTS_H

#include <stellwerk/store/voices.h>

#include "query.h"

/* Words of the store, and what of it is earned. */
struct hearing {
    struct arena *arena;
    struct store *store;
    const struct journey *journey;
    struct dictionary dictionary;
    int64_t *touchpoints; /* their words, in the order of the map */
    int64_t experience, promise;
    struct str earned; /* the condition on rows */
    struct query_lens lens;
    struct voices *out;
    size_t capacity;
};

/* What of a lens the answers under a condition say anything of. */
[[nodiscard]] bool hearing_settle(struct hearing *hearing, const char *condition,
                                  const struct lens *lens, struct query_lens *out,
                                  bool *persona_ignored, bool *context_ignored, struct error *err);

/* The map's touchpoint of the word in the first column; NONE. */
int hearing_touchpoint(const struct hearing *hearing, sqlite3_stmt *statement);

typedef void row_taker(struct hearing *hearing, sqlite3_stmt *statement);

[[nodiscard]] bool hearing_read(struct hearing *hearing, const char *sql, row_taker *take,
                                struct error *err);

/* Fills what customers say was promised. */
[[nodiscard]] bool hear_promises(struct hearing *hearing, const struct lens *lens,
                                 struct error *err);

#endif
