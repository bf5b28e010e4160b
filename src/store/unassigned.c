/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/unassigned.h>

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/time.h>

#include "rollup_count.h"
#include "rollup_series.h"
#include "sql.h"

/* ---- The list ---- */

struct listing {
    struct arena *arena;
    struct store *store;
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

static const char *copy_text(struct arena *arena, sqlite3_stmt *row, int column)
{
    bool none = sqlite3_column_type(row, column) == SQLITE_NULL;
    return none ? NULL : arena_strdup(arena, sql_text(row, column));
}

/* ---- From the rows --------------------------------------------------------------- */

static const char rows_sql[] =
    "SELECT (SELECT text FROM word WHERE id = touchpoint),"
    " (SELECT text FROM word WHERE id = activity), count(*), min(ts), max(ts) FROM event"
    " GROUP BY touchpoint, activity";

enum { ROW_TOUCHPOINT, ROW_ACTIVITY, ROW_COUNT, ROW_OLDEST, ROW_NEWEST };

static void add_row(struct listing *listing, sqlite3_stmt *row)
{
    add_activity(listing, &(struct unassigned){
                              .activity = copy_text(listing->arena, row, ROW_ACTIVITY),
                              .touchpoint = copy_text(listing->arena, row, ROW_TOUCHPOINT),
                              .rows = (uint64_t)sqlite3_column_int64(row, ROW_COUNT),
                              .oldest = sqlite3_column_int64(row, ROW_OLDEST),
                              .newest = sqlite3_column_int64(row, ROW_NEWEST),
                          });
}

static bool list_rows(struct listing *listing, const struct journey *journey, struct error *err)
{
    sqlite3_stmt *rows;
    enum sql_result result;
    if (!sql_prepare(listing->store, rows_sql, &rows, err))
        return false;
    while ((result = sql_step(listing->store, rows, err)) == SQL_ROW)
        if (sqlite3_column_type(rows, ROW_TOUCHPOINT) == SQLITE_NULL ||
            !is_on_map(journey, sql_text(rows, ROW_TOUCHPOINT)))
            add_row(listing, rows);
    sqlite3_finalize(rows);
    return result == SQL_DONE;
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
