/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Looking up digests in an index of them, by the million: what is newer than all of a run is not
 * looked for in it, and once there are many look-ups a filter (key_filter.h) tells most of what is
 * new. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_INDEX_FINDER_H
#define STELLWERK_SRC_STORE_INDEX_FINDER_H

#include "index_runs.h"
#include "key_filter.h"

struct finder_run;

struct index_finder {
    struct store *store;
    const char *name;
    sqlite3_stmt *find;
    struct finder_run *runs; /* the largest first, where most are; on the heap */
    size_t count;
    uint64_t entries; /* of all runs */
    uint64_t newest;  /* upper half of the greatest entry; 0: none */
    uint64_t looked;  /* up, so far */
    struct key_filter filter;
};

/* `name` is borrowed. */
void index_finder_init(struct index_finder *finder, struct store *store, const char *name);
void index_finder_finish(struct index_finder *finder);

/* Where another may have written, and before the first look-up: what was known of the index no
 * longer holds. */
void index_finder_forget(struct index_finder *finder);

/* Behind that, and after index_add(): looks at what runs there are. */
[[nodiscard]] bool index_finder_load(struct index_finder *finder, struct error *err);

/* Makes the filter when there were enough look-ups to pay for it, and again when it has become too
 * full. It then has what is in the index: not while digests are expected that are not there yet. */
[[nodiscard]] bool index_finder_keep_filter(struct index_finder *finder, struct error *err);

/* Digests that will be in the index before it is loaded again. */
void index_finder_expect(struct index_finder *finder, uint64_t low);

/* Is it sure that neither the index has the digest nor that it was expected? */
static inline bool index_finder_rules_out(const struct index_finder *finder, uint64_t low)
{
    return !key_filter_may_have(&finder->filter, low);
}

/* The ids of many: a part of the index is then read once for all that are in it. What is looked for
 * is put in order; the id of each is its place in `out`, which gets the id that was found, or 0. */
[[nodiscard]] bool index_find_all(struct index_finder *finder, struct index_entry *wanted,
                                  size_t count, int64_t *out, struct error *err);

/* The id of the entry whose key that is; 0: none. */
[[nodiscard]] bool index_find(struct index_finder *finder, uint64_t high, uint64_t low,
                              int64_t *out, struct error *err);

#endif
