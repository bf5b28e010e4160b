/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/unassigned.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>

#include "derived.h"
#include "dictionary.h"
#include "resolver.h"
#include "sql.h"

/* ---- The list ---- */

/* Touchpoints that events have, in as many steps as there are of them; NULL comes first. */
static const char touchpoints_sql[] =
    "WITH RECURSIVE t(id) AS (SELECT min(touchpoint) FROM event UNION ALL"
    " SELECT (SELECT min(touchpoint) FROM event WHERE touchpoint > t.id) FROM t"
    " WHERE t.id IS NOT NULL)"
    " SELECT NULL, NULL UNION ALL SELECT t.id, text FROM t JOIN word ON word.id = t.id";

#define ACTIVITIES_SQL                                                                           \
    "SELECT (SELECT text FROM word WHERE id = activity), count(*), min(ts), max(ts) FROM event"  \
    " WHERE touchpoint "

/* At one touchpoint, and off the map, which has an index of its own. */
static const char activities_sql[] = ACTIVITIES_SQL "= ?1 GROUP BY activity";
static const char off_map_sql[] = ACTIVITIES_SQL "IS NULL GROUP BY activity";

struct listing {
    struct arena *arena;
    struct store *store;
    sqlite3_stmt *activities, *off_map;
    struct unassigned_list *out;
    size_t capacity;
};

static int by_rows(const void *a, const void *b)
{
    const struct unassigned *left = a, *right = b;
    if (left->rows != right->rows)
        return left->rows < right->rows ? 1 : -1;
    return strcmp(left->activity, right->activity);
}

static void add_activity(struct listing *listing, sqlite3_stmt *row, const char *touchpoint)
{
    struct unassigned_list *out = listing->out;
    out->items = arena_grow(listing->arena, out->items, out->count, &listing->capacity,
                            sizeof(*out->items));
    out->items[out->count++] = (struct unassigned){
        .activity = arena_strdup(listing->arena, sql_text(row, 0)),
        .touchpoint = touchpoint,
        .rows = (uint64_t)sqlite3_column_int64(row, 1),
        .oldest = sqlite3_column_int64(row, 2),
        .newest = sqlite3_column_int64(row, 3),
    };
    out->rows += out->items[out->count - 1].rows;
}

/* All activities at one touchpoint, given by the row at hand of `at`. */
static bool list_activities(struct listing *listing, sqlite3_stmt *at, struct error *err)
{
    bool none = sqlite3_column_type(at, 0) == SQLITE_NULL;
    const char *touchpoint = none ? NULL : arena_strdup(listing->arena, sql_text(at, 1));
    sqlite3_stmt *rows = none ? listing->off_map : listing->activities;
    enum sql_result result;
    if (!none)
        sqlite3_bind_int64(rows, 1, sqlite3_column_int64(at, 0));
    while ((result = sql_step(listing->store, rows, err)) == SQL_ROW)
        add_activity(listing, rows, touchpoint);
    sqlite3_reset(rows);
    return result == SQL_DONE;
}

static bool is_on_map(const struct journey *journey, const char *touchpoint)
{
    return journey == NULL || journey_find_touchpoint(journey, touchpoint) != NONE;
}

static bool list_all(struct listing *listing, const struct journey *journey, sqlite3_stmt *at,
                     struct error *err)
{
    enum sql_result result;
    while ((result = sql_step(listing->store, at, err)) == SQL_ROW) {
        bool none = sqlite3_column_type(at, 0) == SQLITE_NULL;
        if ((none || !is_on_map(journey, sql_text(at, 1))) && !list_activities(listing, at, err))
            return false;
    }
    return result == SQL_DONE;
}

bool store_unassigned(struct arena *arena, struct store *store, const struct journey *journey,
                      struct unassigned_list *out, struct error *err)
{
    struct listing listing = { .arena = arena, .store = store, .out = out };
    sqlite3_stmt *at = NULL;
    *out = (struct unassigned_list){ 0 };
    bool done = sql_prepare(store, touchpoints_sql, &at, err) &&
                sql_prepare(store, activities_sql, &listing.activities, err) &&
                sql_prepare(store, off_map_sql, &listing.off_map, err) &&
                list_all(&listing, journey, at, err);
    sqlite3_finalize(at);
    sqlite3_finalize(listing.activities);
    sqlite3_finalize(listing.off_map);
    if (done && out->count > 0)
        qsort(out->items, out->count, sizeof(*out->items), by_rows);
    if (out->count > UNASSIGNED_MAX) {
        out->left_out = out->count - UNASSIGNED_MAX;
        out->count = UNASSIGNED_MAX;
    }
    return done;
}

/* ---- Assigning ---- */

struct assignment {
    struct store *store;
    struct dictionary words;
    struct derived derived;
    sqlite3_stmt *update;
    uint64_t rows;
};

/* Rows of an activity at a touchpoint (0: none) change, or have changed. */
static bool touch(struct assignment *assignment, int64_t activity, int64_t touchpoint,
                  struct error *err)
{
    struct str condition;
    str_init(&condition);
    str_printf(&condition, "activity = %" PRId64 " AND touchpoint ", activity);
    if (touchpoint == 0)
        str_append(&condition, "IS NULL");
    else
        str_printf(&condition, "= %" PRId64, touchpoint);
    bool done = derived_touch_rows(&assignment->derived, condition.text, err);
    str_finish(&condition);
    return done;
}

static bool assign_one(struct assignment *assignment, const char *activity, const char *touchpoint,
                       struct error *err)
{
    int64_t from, to;
    if (!dictionary_number(&assignment->words, activity, &from, err) ||
        !dictionary_number(&assignment->words, touchpoint, &to, err))
        return false;
    if (!touch(assignment, from, 0, err))
        return false;
    sqlite3_bind_int64(assignment->update, 1, from);
    sqlite3_bind_int64(assignment->update, 2, to);
    enum sql_result result = sql_step(assignment->store, assignment->update, err);
    sqlite3_reset(assignment->update);
    assignment->rows += (uint64_t)sqlite3_changes64(assignment->store->db);
    return result != SQL_FAILED && touch(assignment, from, to, err);
}

static bool assign_all(struct assignment *assignment, struct arena *arena,
                       const struct journey *journey, struct error *err)
{
    struct unassigned_list list;
    struct resolver resolver;
    if (!store_unassigned(arena, assignment->store, NULL, &list, err) ||
        !sql_prepare(assignment->store, "UPDATE event SET touchpoint = ?2 WHERE activity = ?1"
                                        " AND touchpoint IS NULL",
                     &assignment->update, err))
        return false;
    bool done = true;
    resolver_init(&resolver, arena, NULL, journey, false, NULL);
    for (size_t i = 0; done && i < list.count + list.left_out; i++) {
        const char *id = resolver_find(&resolver, COLUMN_TOUCHPOINT, list.items[i].activity);
        done = id == NULL || assign_one(assignment, list.items[i].activity, id, err);
    }
    resolver_finish(&resolver);
    return done;
}

bool store_assign(struct store *store, const struct journey *journey, uint64_t *rows,
                  struct error *err)
{
    struct assignment assignment = { .store = store };
    struct arena arena;
    *rows = 0;
    if (!sql_run(store, "BEGIN IMMEDIATE", err))
        return false;
    arena_init(&arena);
    dictionary_init(&assignment.words, store, true);
    bool done = derived_open(&assignment.derived, store, IMPORT_EVENTS, err) &&
                derived_begin(&assignment.derived, err) &&
                assign_all(&assignment, &arena, journey, err);
    derived_close(&assignment.derived);
    sqlite3_finalize(assignment.update);
    done = done && derived_refresh(store, IMPORT_EVENTS, false, err);
    dictionary_finish(&assignment.words);
    arena_finish(&arena);
    if (done && sql_run(store, "COMMIT", err)) {
        *rows = assignment.rows;
        return true;
    }
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return false;
}
