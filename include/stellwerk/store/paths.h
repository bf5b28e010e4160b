/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Path tables: how many journeys went which way, as somebody has counted them.
 *
 * They come from a file or a warehouse (`as: paths`); journeys that were imported event by event
 * are not among them. The store keeps the words of the file; which touchpoint a step is follows,
 * with each reading, from the map that is looked at: its ids, then `activities`, then titles.
 */
#ifndef STELLWERK_STORE_PATHS_H
#define STELLWERK_STORE_PATHS_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/base/time.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/store/store.h>

struct path_count {
    const char *const *steps; /* as the file calls them; equal steps are one text, at one address */
    const int *touchpoints;   /* of each step, its index in the journey; NONE: not on the map */
    size_t step_count;        /* 1 or more */
    double conversions, nulls; /* journeys that ended so, and that did not */
    double value;             /* of all its conversions; 0 where nobody said */
};

struct path_table {
    struct path_count *items; /* a path may stand in several rows; the most journeys first */
    size_t count;
    double conversions, value, nulls; /* of all of them */
    int64_t oldest, newest;           /* instants of the periods; TIME_NONE where none has one */
    bool has_value;                   /* somebody said what conversions are worth */
};

/*
 * All of it lives in the arena. Without a journey (NULL) no step is on the map. Rows count where
 * their period lies within `period` (NULL: whatever it is), as do those that have none.
 */
[[nodiscard]] bool store_paths_read(struct arena *arena, struct store *store,
                                    const struct journey *journey, const struct period *period,
                                    struct path_table *out, struct error *err);

#endif
