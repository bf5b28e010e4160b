/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Events by touchpoint and time, for SQL: the index of places (event_index.h) as a table that every
 * connection has. Private to store/.
 *
 *     event_place (at_touchpoint, at, row)      touchpoint's word, 0 for none; instant; id of event
 *
 * A place may name a row that is elsewhere by now, or gone: who reads joins it with the rows
 * themselves, as EVENTS_AT does, and has each of them once. With one touchpoint, rows come in the
 * order of (at, row), either way, and what ORDER BY asks for of this is not sorted again.
 */
#ifndef STELLWERK_SRC_STORE_EVENT_PLACES_H
#define STELLWERK_SRC_STORE_EVENT_PLACES_H

#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>

#include "sql.h"

#define EVENT_PLACE_TABLE "event_place"

/* For FROM. The first table is read first, whatever SQLite thinks of it. */
#define EVENTS_AT                                                                                  \
    EVENT_PLACE_TABLE " CROSS JOIN event ON event.id = row AND event.ts = at"                      \
                      " AND ifnull(event.touchpoint, 0) = at_touchpoint"

/* Appends EVENTS_AT with a condition on `at_touchpoint`, and for a period. */
void event_places_write(struct str *sql, const char *touchpoints, struct period period);

/* Gives a connection its table. */
[[nodiscard]] bool event_places_define(struct store *store, struct error *err);

#endif
