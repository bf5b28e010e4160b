/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When each person was last seen, so that events that come in the order of time get their case
 * (cut.h) as they are written, and need not be cut later. Private to store/.
 *
 * It only remembers what the store says, for as many persons as memory is well spent on. An event
 * that comes before the last one of its person, or whose person has events that wait to be cut,
 * gets no case here.
 */
#ifndef STELLWERK_SRC_STORE_LAST_SEEN_H
#define STELLWERK_SRC_STORE_LAST_SEEN_H

#include <stellwerk/base/str.h>

#include "sql.h"
#include "textmap.h"

/* The last event of a person, and where its case began. */
struct seen {
    int64_t last, start;
};

struct last_seen {
    struct store *store;
    int64_t window; /* set by the owner */
    struct textmap persons; /* -> place in `items` */
    struct seen *items;
    size_t capacity;
    sqlite3_stmt *find;
    uint64_t version; /* of the store's file, when the memory was begun */
    struct str name;  /* of the last case that was asked for */
    struct seen *at;  /* its person */
    struct seen next; /* what that person becomes when the event is taken */
};

void last_seen_init(struct last_seen *seen, struct store *store);
void last_seen_finish(struct last_seen *seen);

/* At the beginning of a transaction: forgets all where another program has written since. */
void last_seen_begin(struct last_seen *seen);

/* The case of an event, valid until the next call; NULL: it must be cut later. */
[[nodiscard]] bool last_seen_case(struct last_seen *seen, const char *person, int64_t ts,
                                  const char **out, struct error *err);

/* The event that was asked for last is in the store now, as a new one. */
void last_seen_take(struct last_seen *seen);

/* All cases of that person are to be cut later. */
void last_seen_forget(struct last_seen *seen, const char *person);

#endif
