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
#include "rollup_count.h"
#include "rollup_series.h"
#include "sql.h"

/* ---- The list ---- */

/* Touchpoints that events have, in as many steps as there are of them; NULL comes first. */
static const char touchpoints_sql[] =
    "WITH RECURSIVE t(id) AS (SELECT min(touchpoint) FROM event UNION ALL"
    " SELECT (SELECT min(touchpoint) FROM event WHERE touchpoint > t.id) FROM t"
    " WHERE t.id IS NOT NULL)"
    " SELECT NULL, NULL UNION ALL SELECT t.id, text FROM t JOIN word ON word.id = t.id";

#define ACTIVITIES_SQL                                                                             \
    "SELECT (SELECT text FROM word WHERE id = activity), count(*), min(ts), max(ts) FROM event"    \
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

static void add_activity(struct listing *listing, const struct unassigned *item)
{
    struct unassigned_list *out = listing->out;
    out->items =
        arena_grow(listing->arena, out->items, out->count, &listing->capacity, sizeof(*out->items));
    out->items[out->count++] = *item;
    out->rows += item->rows;
}

static bool is_on_map(const struct journey *journey, const char *touchpoint)
{
    return journey == NULL || journey_find_touchpoint(journey, touchpoint) != NONE;
}

/* ---- From the rows --------------------------------------------------------------- */

static void add_row(struct listing *listing, sqlite3_stmt *row, const char *touchpoint)
{
    add_activity(listing, &(struct unassigned){
                              .activity = arena_strdup(listing->arena, sql_text(row, 0)),
                              .touchpoint = touchpoint,
                              .rows = (uint64_t)sqlite3_column_int64(row, 1),
                              .oldest = sqlite3_column_int64(row, 2),
                              .newest = sqlite3_column_int64(row, 3),
                          });
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
        add_row(listing, rows, touchpoint);
    sqlite3_reset(rows);
    return result == SQL_DONE;
}

static bool list_touchpoints(struct listing *listing, const struct journey *journey,
                             sqlite3_stmt *at, struct error *err)
{
    enum sql_result result;
    while ((result = sql_step(listing->store, at, err)) == SQL_ROW) {
        bool none = sqlite3_column_type(at, 0) == SQLITE_NULL;
        if ((none || !is_on_map(journey, sql_text(at, 1))) && !list_activities(listing, at, err))
            return false;
    }
    return result == SQL_DONE;
}

static bool list_rows(struct listing *listing, const struct journey *journey, struct error *err)
{
    struct store *store = listing->store;
    sqlite3_stmt *at = NULL;
    bool done = sql_prepare(store, touchpoints_sql, &at, err) &&
                sql_prepare(store, activities_sql, &listing->activities, err) &&
                sql_prepare(store, off_map_sql, &listing->off_map, err) &&
                list_touchpoints(listing, journey, at, err);
    sqlite3_finalize(at);
    sqlite3_finalize(listing->activities);
    sqlite3_finalize(listing->off_map);
    return done;
}

/* ---- From the rollups ------------------------------------------------------------- */

/* Series of one activity at one touchpoint come together. */
static const char series_sql[] =
    "SELECT id, touchpoint, activity, (SELECT text FROM word WHERE id = touchpoint),"
    " (SELECT text FROM word WHERE id = activity) FROM series WHERE source = 'event'"
    " ORDER BY touchpoint, activity";

enum { SERIES, TOUCHPOINT, ACTIVITY, TOUCHPOINT_TEXT, ACTIVITY_TEXT };

struct place {
    int64_t touchpoint, activity; /* words; 0: none */
};

static const char *copy_text(struct arena *arena, sqlite3_stmt *row, int column)
{
    bool none = sqlite3_column_type(row, column) == SQLITE_NULL;
    return none ? NULL : arena_strdup(arena, sql_text(row, column));
}

/* What is counted of one place is added when the next one comes. */
static void end_place(struct listing *listing, struct unassigned *item, struct row_count *count)
{
    item->rows = count->n;
    item->oldest = count->oldest;
    item->newest = count->newest;
    if (count->n > 0)
        add_activity(listing, item);
    *count = (struct row_count){ 0 };
}

static bool add_series(struct listing *listing, const struct journey *journey, sqlite3_stmt *series,
                       struct rollup_counter *counter, struct error *err)
{
    struct place last = { 0 };
    struct unassigned item = { 0 };
    struct row_count count = { 0 };
    enum sql_result result;
    while ((result = sql_step(listing->store, series, err)) == SQL_ROW) {
        const struct place place = { .touchpoint = sqlite3_column_int64(series, TOUCHPOINT),
                                     .activity = sqlite3_column_int64(series, ACTIVITY) };
        if (place.touchpoint != 0 && is_on_map(journey, sql_text(series, TOUCHPOINT_TEXT)))
            continue;
        if (place.touchpoint != last.touchpoint || place.activity != last.activity) {
            end_place(listing, &item, &count);
            item.activity = copy_text(listing->arena, series, ACTIVITY_TEXT);
            item.touchpoint = copy_text(listing->arena, series, TOUCHPOINT_TEXT);
            last = place;
        }
        if (!rollup_count(counter, sqlite3_column_int64(series, SERIES), &count, err))
            return false;
    }
    end_place(listing, &item, &count);
    return result == SQL_DONE;
}

static bool list_series(struct listing *listing, const struct journey *journey, struct error *err)
{
    struct rollup_counter counter;
    sqlite3_stmt *series;
    if (!sql_prepare(listing->store, series_sql, &series, err))
        return false;
    bool done = rollup_counter_init(&counter, listing->store, ROLLUP_ROWS,
                                    period_containing(PERIOD_ALL, 0), err) &&
                add_series(listing, journey, series, &counter, err);
    rollup_counter_finish(&counter);
    sqlite3_finalize(series);
    return done;
}

/* ---- All of it -------------------------------------------------------------------- */

static bool list_all(struct listing *listing, const struct journey *journey, struct error *err)
{
    bool ready;
    unsigned folded;
    if (!rollup_is_ready(listing->store, IMPORT_EVENTS, &ready, &folded, err))
        return false;
    ready = ready && series_tell_apart(COLUMN_TOUCHPOINT, folded) &&
            series_tell_apart(COLUMN_ACTIVITY, folded);
    return ready ? list_series(listing, journey, err) : list_rows(listing, journey, err);
}

bool store_unassigned(struct arena *arena, struct store *store, const struct journey *journey,
                      struct unassigned_list *out, struct error *err)
{
    struct listing listing = { .arena = arena, .store = store, .out = out };
    *out = (struct unassigned_list){ 0 };
    bool done = list_all(&listing, journey, err);
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
        !sql_prepare(assignment->store,
                     "UPDATE event SET touchpoint = ?2 WHERE activity = ?1"
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
