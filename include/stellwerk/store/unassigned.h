/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Events that are on no touchpoint of a map, by what they are called, and how they come onto one.
 *
 * Who wants to assign an activity writes it down where it belongs, in the touchpoint's `activities`
 * of the map: "the map is the truth" holds for this, too, and the next import obeys it. What is in
 * the store already follows by store_assign() with the new revision of the map:
 *
 *     store_unassigned(…, journey, &list, …)      what to show
 *     an edit of the map                          check-receipt.activities + "T02 Check receipt"
 *     store_assign(store, new journey, …)         the rows
 *
 * store_assign() needs a store that was opened with store_create(); it leaves alone what is
 * assigned already, so it may be called whenever a map has changed.
 */
#ifndef STELLWERK_STORE_UNASSIGNED_H
#define STELLWERK_STORE_UNASSIGNED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/store/store.h>

struct unassigned {
    const char *activity;
    const char *touchpoint; /* the id that the file gave, which the map does not have; NULL: none */
    uint64_t rows;
    int64_t oldest, newest; /* instants */
};

struct unassigned_list {
    struct unassigned *items; /* most frequent first */
    size_t count;             /* UNASSIGNED_MAX at most */
    uint64_t rows;            /* of all of them */
    size_t left_out;          /* activities beyond UNASSIGNED_MAX */
};

#define UNASSIGNED_MAX 1000

/* Without a journey (NULL) only events that have no touchpoint at all are unassigned. */
[[nodiscard]] bool store_unassigned(struct arena *arena, struct store *store,
                                    const struct journey *journey, struct unassigned_list *out,
                                    struct error *err);

/*
 * Gives events without a touchpoint the one whose id, title or `activities` are what they are
 * called, in one transaction; `*rows` is how many.
 */
[[nodiscard]] bool store_assign(struct store *store, const struct journey *journey, uint64_t *rows,
                                struct error *err);

#endif
