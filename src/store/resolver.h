/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From what a file calls things to what the map calls them. Private to store/.
 *
 * Touchpoints, channels, personas and contexts are looked up in the mapping's `touchpoints`, then
 * among the map's ids, then its touchpoints' activities, then its titles, labels and names, case
 * and accents apart. A name that two things of the map share stands for neither. Each text is
 * looked up once.
 */
#ifndef STELLWERK_SRC_STORE_RESOLVER_H
#define STELLWERK_SRC_STORE_RESOLVER_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/diag.h>
#include <stellwerk/model/mapping.h>

#include "column.h"
#include "textmap.h"

/* How a text may mean a thing, from strong to weak. */
enum called { CALLED_BY_ID, CALLED_BY_ACTIVITY, CALLED_BY_NAME, CALLED_COUNT };

/* A thing of the map and one way to call it. */
struct named {
    const char *id;
    enum called called;
    const char *folded; /* utf8_fold() of what it is called */
};

/* What a text of the file means. */
struct answer {
    const char *id;   /* NULL: nothing that is known */
    const char *text; /* that, or else what the file says */
    int64_t times;  /* that a row was named so */
};

/* All that one column can mean, and what was found so far. */
struct vocabulary {
    struct named *things; /* of the map */
    size_t count, capacity;
    struct textmap places; /* text of the file -> place in `answers` */
    struct answer *answers;
    size_t answer_count, answer_capacity;
};

struct resolver {
    struct arena *arena;
    const struct import_mapping *mapping; /* NULL */
    bool has_map;
    bool lower_channels;
    struct vocabulary touchpoints, channels, personas, contexts;
};

/* Warns into `diags` (NULL: nobody asks) of touchpoints in the mapping that are not on the map. */
void resolver_init(struct resolver *resolver, struct arena *arena,
                   const struct import_mapping *mapping, const struct journey *journey,
                   bool lower_channels, struct diag_list *diags);
void resolver_finish(struct resolver *resolver);

/* The columns whose texts name things of the map. */
static inline column_set resolver_columns(void)
{
    return column_bit(COLUMN_TOUCHPOINT) | column_bit(COLUMN_CHANNEL) |
           column_bit(COLUMN_PERSONA) | column_bit(COLUMN_CONTEXT);
}

/* The id of what a file's text means, in such a column; NULL where nothing is found. Both keep what
 * they return until the resolver is finished. */
const char *resolver_find(struct resolver *resolver, enum column column, const char *text);

/* The same, but a text that is not found stands for itself. */
const char *resolver_get(struct resolver *resolver, enum column column, const char *text);

/* Adds to each touchpoint how often it was what a row was given. */
void resolver_count(const struct resolver *resolver, struct textmap *out);

/* False for a touchpoint id that is not on the map that was given. */
bool resolver_on_map(const struct resolver *resolver, const char *touchpoint);

#endif
