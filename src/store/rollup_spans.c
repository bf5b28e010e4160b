/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rollup_chunk.h"

#include <stdlib.h>
#include <string.h>

#include "days.h"
#include "keyed.h"
#include "slices.h"

/* ---- What is stale ---- */

static const char *source_of(const struct rollup *rollup)
{
    return series_source(rollup->kind->as);
}

/* Series of a touchpoint follow each other, and so most months are marked already. */
static bool is_marked(struct rollup *rollup, int64_t touchpoint, int32_t month)
{
    struct span_mark *mark = &rollup->marks[((uint64_t)touchpoint * 31 + (uint32_t)month) % MARKS];
    bool known = mark->touchpoint == touchpoint && mark->month == month;
    *mark = (struct span_mark){ touchpoint, month };
    return known;
}

void spans_begin(struct rollup *rollup)
{
    memset(rollup->marks, 0, sizeof(rollup->marks));
}

bool spans_mark(struct rollup *rollup, int64_t touchpoint, int32_t month, struct error *err)
{
    if (touchpoint <= 0 || is_marked(rollup, touchpoint, month)) /* no figure is of none */
        return true;
    if (rollup->mark == NULL &&
        !sql_prepare(rollup->store, "INSERT OR IGNORE INTO rollup_span_stale VALUES (?1, ?2, ?3)",
                     &rollup->mark, err))
        return false;
    sqlite3_bind_text(rollup->mark, 1, source_of(rollup), -1, SQLITE_STATIC);
    sqlite3_bind_int64(rollup->mark, 2, touchpoint);
    sqlite3_bind_int(rollup->mark, 3, month);
    enum sql_result result = sql_step(rollup->store, rollup->mark, err);
    sqlite3_reset(rollup->mark);
    return result != SQL_FAILED;
}

bool spans_are_ready(struct store *store, enum import_as as, bool *out, struct error *err)
{
    int64_t stale;
    bool good =
        series_ask(store, as, "SELECT EXISTS (SELECT 1 FROM rollup_span_stale WHERE source = '%s')",
                   &stale, err);
    *out = good && stale == 0;
    return good;
}

bool spans_wipe(struct rollup *rollup, struct error *err)
{
    const char *source = source_of(rollup);
    bool grouped = rollup->kind->as == IMPORT_EVENTS;
    spans_begin(rollup);
    for (enum rollup_part part = 0; part < PARTS; part++)
        if (!rollup_run(rollup, err,
                        "DELETE FROM %s WHERE series IN (SELECT id FROM series WHERE source = '%s')"
                        "%s",
                        rollup_span_table(part), source, grouped ? " OR series < 0" : ""))
            return false;
    return rollup_run(rollup, err, "DELETE FROM rollup_span_stale WHERE source = '%s'", source);
}

/* ---- All that is stale ---- */

struct list {
    struct arena arena;
    struct rollup_chunk *items;
    size_t count, capacity;
};

static void add_todo(struct list *list, struct rollup_chunk todo)
{
    list->items =
        arena_grow(&list->arena, list->items, list->count, &list->capacity, sizeof(*list->items));
    list->items[list->count++] = todo;
}

static void add_chunks(struct list *list, int64_t touchpoint, int32_t month)
{
    for (enum span_unit unit = 0; unit < SPAN_UNITS; unit++) {
        enum period_kind period = span_period(unit);
        int32_t first = span_chunk(slices_piece(period, month_first_day(month)));
        int32_t last = span_chunk(slices_piece(period, month_first_day(month + 1) - 1));
        for (int32_t chunk = first; chunk <= last; chunk++)
            add_todo(list, (struct rollup_chunk){
                               .touchpoint = touchpoint, .unit = unit, .number = chunk });
    }
}

static int by_place(const void *a, const void *b)
{
    const struct rollup_chunk *left = a, *right = b;
    if (left->touchpoint != right->touchpoint)
        return left->touchpoint < right->touchpoint ? -1 : 1;
    if (left->unit != right->unit)
        return left->unit < right->unit ? -1 : 1;
    return (left->number > right->number) - (left->number < right->number);
}

/* Each once. */
static void order_list(struct list *list)
{
    size_t kept = 0;
    if (list->count > 1)
        qsort(list->items, list->count, sizeof(*list->items), by_place);
    for (size_t i = 0; i < list->count; i++)
        if (kept == 0 || by_place(&list->items[kept - 1], &list->items[i]) != 0)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

/* `sql` gives touchpoints and months of the source ?1. */
static bool read_list(struct rollup *rollup, const char *sql, struct list *list, struct error *err)
{
    sqlite3_stmt *months;
    enum sql_result result;
    if (!sql_prepare(rollup->store, sql, &months, err))
        return false;
    sqlite3_bind_text(months, 1, source_of(rollup), -1, SQLITE_STATIC);
    while ((result = sql_step(rollup->store, months, err)) == SQL_ROW)
        add_chunks(list, sqlite3_column_int64(months, 0), sqlite3_column_int(months, 1));
    sqlite3_finalize(months);
    order_list(list);
    return result == SQL_DONE;
}

/* The series of all touchpoints, by touchpoint and id. */
struct series_list {
    const struct rollup_series **items;
    size_t count, at; /* those before `at` are done with */
};

static void list_series(struct rollup *rollup, struct arena *arena, struct series_list *out)
{
    const struct series_map *map = &rollup->series;
    struct keyed *keyed = arena_array(arena, map->count, sizeof(*keyed));
    struct keyed *room = arena_array(arena, map->count, sizeof(*room));
    *out = (struct series_list){ 0 };
    for (size_t i = 0; i < map->count; i++)
        if (map->items[i].id != 0 && map->items[i].names[0] > 0)
            keyed[out->count++] =
                (struct keyed){ .key = (uint64_t)map->items[i].id, .item = (uint32_t)i };
    struct keyed *sorted = keyed_sort(keyed, room, out->count);
    for (size_t i = 0; i < out->count; i++)
        sorted[i].key = (uint64_t)map->items[sorted[i].item].names[0];
    sorted = keyed_sort(sorted, sorted == keyed ? room : keyed, out->count);
    out->items = arena_array(arena, out->count, sizeof(struct rollup_series *));
    for (size_t i = 0; i < out->count; i++)
        out->items[i] = &map->items[sorted[i].item];
}

/* Passes over those of a touchpoint, which come in order; returns how many there are. */
static size_t take_series(struct series_list *list, int64_t touchpoint,
                          const struct rollup_series *const **out)
{
    while (list->at < list->count && list->items[list->at]->names[0] < touchpoint)
        list->at++;
    size_t first = list->at;
    while (list->at < list->count && list->items[list->at]->names[0] == touchpoint)
        list->at++;
    *out = &list->items[first];
    return list->at - first;
}

/* Chunks of one touchpoint that are made together, each of some megabytes where it has many series:
 * memory stays bounded however many years there are. Five years are some eight. */
#define CHUNKS_AT_ONCE 8

static bool make_touchpoint(struct rollup *rollup, const struct rollup_chunk *chunks, size_t count,
                            const struct rollup_series *const *series, size_t series_count,
                            struct error *err)
{
    bool good = true;
    for (size_t first = 0; good && first < count; first += CHUNKS_AT_ONCE) {
        size_t some = count - first < CHUNKS_AT_ONCE ? count - first : CHUNKS_AT_ONCE;
        good = rollup_chunks_make(rollup, &chunks[first], some, series, series_count, err);
    }
    return good;
}

static bool make_list(struct rollup *rollup, struct list *list, struct error *err)
{
    struct series_list series;
    bool good = true;
    list_series(rollup, &list->arena, &series);
    for (size_t first = 0, end; good && first < list->count; first = end) {
        const struct rollup_series *const *items;
        int64_t touchpoint = list->items[first].touchpoint;
        for (end = first + 1; end < list->count && list->items[end].touchpoint == touchpoint;)
            end++;
        size_t count = take_series(&series, touchpoint, &items);
        good = make_touchpoint(rollup, &list->items[first], end - first, items, count, err);
    }
    return good;
}

static bool make_all(struct rollup *rollup, const char *sql, struct error *err)
{
    struct list list = { 0 };
    arena_init(&list.arena);
    bool good =
        read_list(rollup, sql, &list, err) && (list.count == 0 || make_list(rollup, &list, err));
    arena_finish(&list.arena);
    return good;
}

bool spans_refresh(struct rollup *rollup, struct error *err)
{
    spans_begin(rollup);
    return make_all(rollup, "SELECT touchpoint, month FROM rollup_span_stale WHERE source = ?1",
                    err) &&
           rollup_run(rollup, err, "DELETE FROM rollup_span_stale WHERE source = '%s'",
                      source_of(rollup));
}

/* Those in the store that no days stand for. */
static bool count_strays(struct rollup *rollup, uint64_t found, struct error *err)
{
    bool grouped = rollup->kind->as == IMPORT_EVENTS;
    struct str sql;
    int64_t there = 0;
    bool good = true;
    for (enum rollup_part part = 0; good && part < PARTS; part++) {
        int64_t rows = 0;
        str_init(&sql);
        str_printf(&sql,
                   "SELECT count(*) FROM %s WHERE series IN (SELECT id FROM series WHERE"
                   " source = '%s')%s",
                   rollup_span_table(part), source_of(rollup), grouped ? " OR series < 0" : "");
        good = sql_integer(rollup->store, sql.text, 0, &rows, err);
        str_finish(&sql);
        there += rows;
    }
    rollup->verdict->different += (uint64_t)there - found;
    return good;
}

bool spans_verify(struct rollup *rollup, struct error *err)
{
    uint64_t before = rollup->found;
    return make_all(rollup,
                    "SELECT DISTINCT touchpoint, month FROM rollup JOIN series"
                    " ON series.id = series WHERE source = ?1 AND touchpoint > 0",
                    err) &&
           count_strays(rollup, rollup->found - before, err);
}
