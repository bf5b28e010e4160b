/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "event_places.h"

#include <inttypes.h>
#include <stdlib.h>

#include <stellwerk/base/memory.h>

#include "event_index.h"

enum { AT_TOUCHPOINT, AT, ROW };

static const char columns_sql[] =
    "CREATE TABLE " EVENT_PLACE_TABLE " (at_touchpoint INTEGER, at INTEGER, row INTEGER)";

/* What a way through the table is given, in this order, and how it goes. */
enum {
    WAY_TOUCHPOINT = 1,
    WAY_FROM = 2,
    WAY_TO = 4,
    WAY_INSTANT = 8, /* the first is the last, too */
    WAY_BACKWARDS = 16
};

/* So many places are thought to be there, at a touchpoint, in a range that is open at one end, and
 * at an instant. */
#define PLACES 1e8
#define PLACES_OF_TOUCHPOINT 1e6
#define RANGE_SHARE 0.25
#define PLACES_OF_INSTANT 10

struct table {
    sqlite3_vtab base; /* first, as SQLite wants it */
    struct store *store;
};

struct cursor {
    sqlite3_vtab_cursor base; /* likewise */
    struct index_scan scan;
    struct index_entry place;
    bool any;
};

/* ---- Ways -------------------------------------------------------------------------- */

/* Constraints that a way makes use of; -1: none. */
struct chosen {
    int touchpoint, from, to;
};

static void choose(struct chosen *chosen, const struct sqlite3_index_constraint *constraint, int i)
{
    bool equal = constraint->op == SQLITE_INDEX_CONSTRAINT_EQ ||
                 constraint->op == SQLITE_INDEX_CONSTRAINT_IS;
    bool above = constraint->op == SQLITE_INDEX_CONSTRAINT_GE ||
                 constraint->op == SQLITE_INDEX_CONSTRAINT_GT;
    bool below = constraint->op == SQLITE_INDEX_CONSTRAINT_LE ||
                 constraint->op == SQLITE_INDEX_CONSTRAINT_LT;
    if (constraint->usable == 0)
        return;
    if (constraint->iColumn == AT_TOUCHPOINT && equal)
        chosen->touchpoint = i;
    if (constraint->iColumn == AT && (equal || above))
        chosen->from = i;
    if (constraint->iColumn == AT && (equal || below))
        chosen->to = i;
}

/* SQLite looks at what comes once more: bounds need not be the narrowest. */
static void give(sqlite3_index_info *info, int constraint, int bit, int *given)
{
    if (constraint < 0)
        return;
    info->idxNum |= bit;
    info->aConstraintUsage[constraint].argvIndex = ++*given;
}

static bool is_instant(const struct chosen *chosen)
{
    return chosen->from >= 0 && chosen->from == chosen->to;
}

/* In the order of the index, or backwards? */
static bool is_in_order(const sqlite3_index_info *info)
{
    for (int i = 0; i < info->nOrderBy; i++)
        if (i > ROW - AT || info->aOrderBy[i].iColumn != AT + i ||
            info->aOrderBy[i].desc != info->aOrderBy[0].desc)
            return false;
    return info->nOrderBy > 0;
}

static double count_places(const struct chosen *chosen)
{
    if (chosen->touchpoint < 0)
        return PLACES;
    if (is_instant(chosen))
        return PLACES_OF_INSTANT;
    return PLACES_OF_TOUCHPOINT * (chosen->from >= 0 ? RANGE_SHARE : 1) *
           (chosen->to >= 0 ? RANGE_SHARE : 1);
}

static void take_way(sqlite3_index_info *info, const struct chosen *chosen)
{
    int given = 0;
    give(info, chosen->touchpoint, WAY_TOUCHPOINT, &given);
    give(info, chosen->from, WAY_FROM, &given);
    if (is_instant(chosen))
        info->idxNum |= WAY_INSTANT;
    else
        give(info, chosen->to, WAY_TO, &given);
    info->orderByConsumed = is_in_order(info);
    if (info->orderByConsumed && info->aOrderBy[0].desc)
        info->idxNum |= WAY_BACKWARDS;
}

static int choose_way(sqlite3_vtab *table, sqlite3_index_info *info)
{
    struct chosen chosen = { .touchpoint = -1, .from = -1, .to = -1 };
    (void)table;
    for (int i = 0; i < info->nConstraint; i++)
        choose(&chosen, &info->aConstraint[i], i);
    info->idxNum = 0;
    if (chosen.touchpoint >= 0)
        take_way(info, &chosen);
    info->estimatedCost = count_places(&chosen);
    info->estimatedRows = (sqlite3_int64)info->estimatedCost;
    return SQLITE_OK;
}

static struct index_span span_of(int way, sqlite3_value **values)
{
    struct index_span span = INDEX_ALL;
    int64_t touchpoint, from = INT64_MIN, to = INT64_MAX;
    if ((way & WAY_TOUCHPOINT) == 0)
        return span;
    touchpoint = sqlite3_value_int64(*values++);
    if (way & WAY_FROM)
        from = sqlite3_value_int64(*values++);
    if (way & WAY_TO)
        to = sqlite3_value_int64(*values++);
    if (way & WAY_INSTANT)
        to = from;
    span.from = event_place(touchpoint, from, 0);
    span.to = event_place(touchpoint, to, INT64_MAX);
    span.backwards = (way & WAY_BACKWARDS) != 0;
    return span;
}

/* ---- Rows -------------------------------------------------------------------------- */

static struct store *store_of(sqlite3_vtab_cursor *cursor)
{
    return ((struct table *)cursor->pVtab)->store;
}

/* A failure that is told already: sql_fail() says the same of the statement that reads. */
static int fail(sqlite3_vtab_cursor *cursor, const struct error *err)
{
    if (sql_must_stop(store_of(cursor)))
        return SQLITE_INTERRUPT;
    sqlite3_free(cursor->pVtab->zErrMsg);
    cursor->pVtab->zErrMsg = sqlite3_mprintf("%s", err->text);
    return SQL_TOLD;
}

static int next_row(sqlite3_vtab_cursor *base)
{
    struct cursor *cursor = (struct cursor *)base;
    struct error err;
    return index_next(&cursor->scan, &cursor->place, &cursor->any, &err) ? SQLITE_OK
                                                                         : fail(base, &err);
}

/* A join asks again and again, of the same runs. */
static bool open_span(struct cursor *cursor, struct store *store, const struct index_span *span,
                      struct error *err)
{
    bool open = cursor->scan.store != NULL;
    if (open && cursor->scan.span.backwards == span->backwards)
        return index_again(&cursor->scan, span, err);
    index_close(&cursor->scan);
    return index_open(&cursor->scan, store, EVENT_PLACES, span, err);
}

static int first_row(sqlite3_vtab_cursor *base, int way, const char *text, int count,
                     sqlite3_value **values)
{
    struct cursor *cursor = (struct cursor *)base;
    const struct index_span span = span_of(way, values);
    struct error err;
    (void)text, (void)count;
    return open_span(cursor, store_of(base), &span, &err) ? next_row(base) : fail(base, &err);
}

static int is_behind(sqlite3_vtab_cursor *cursor)
{
    return !((struct cursor *)cursor)->any;
}

static int read_value(sqlite3_vtab_cursor *base, sqlite3_context *out, int column)
{
    const struct index_entry *place = &((struct cursor *)base)->place;
    if (column == AT_TOUCHPOINT)
        sqlite3_result_int64(out, (int64_t)place->high);
    else
        sqlite3_result_int64(out, column == AT ? event_place_time(place) : place->id);
    return SQLITE_OK;
}

/* Nobody asks for it. */
static int read_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out)
{
    (void)cursor;
    *out = 0;
    return SQLITE_OK;
}

/* ---- Life -------------------------------------------------------------------------- */

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
    struct cursor *cursor = memory_alloc(sizeof(*cursor));
    (void)table;
    *out = &cursor->base;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
    index_close(&((struct cursor *)base)->scan);
    free(base);
    return SQLITE_OK;
}

static int connect_table(sqlite3 *db, void *store, int count, const char *const *words,
                         sqlite3_vtab **out, char **message)
{
    (void)count, (void)words, (void)message;
    int code = sqlite3_declare_vtab(db, columns_sql);
    if (code != SQLITE_OK)
        return code;
    struct table *table = memory_alloc(sizeof(*table));
    table->store = store;
    *out = &table->base;
    return sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
}

static int disconnect_table(sqlite3_vtab *table)
{
    free(table);
    return SQLITE_OK;
}

static const sqlite3_module module = {
    .xConnect = connect_table,
    .xDisconnect = disconnect_table,
    .xBestIndex = choose_way,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = first_row,
    .xNext = next_row,
    .xEof = is_behind,
    .xColumn = read_value,
    .xRowid = read_rowid,
};

bool event_places_define(struct store *store, struct error *err)
{
    int code = sqlite3_create_module(store->db, EVENT_PLACE_TABLE, &module, store);
    return code == SQLITE_OK || sql_fail(store, err);
}

/* ---- SQL --------------------------------------------------------------------------- */

void event_places_write(struct str *sql, const char *touchpoints, struct period period)
{
    str_printf(sql, EVENTS_AT " AND at_touchpoint %s", touchpoints);
    if (period.first != INT32_MIN)
        str_printf(sql, " AND at >= %" PRId64, period.first * TIME_US_PER_DAY);
    if (period.last != INT32_MAX)
        str_printf(sql, " AND at < %" PRId64, ((int64_t)period.last + 1) * TIME_US_PER_DAY);
}
