/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rollup_writer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>

#include "days.h"
#include "keyed.h"
#include "rollup_spans.h"

/* ---- A part of a month ---- */

enum { FOUND_ROW, FOUND_BYTES };

/* The statements that find a part, put a new one, and change one that was found. */
static bool prepare_part(struct rollup *rollup, enum rollup_part part, struct error *err)
{
    struct str sql;
    const char *table = rollup_table(part), *column = part == PART_DAYS ? "days" : "bins";
    if (rollup->find[part] != NULL)
        return true;
    str_init(&sql);
    str_printf(&sql, "SELECT rowid, %s FROM %s WHERE series = ?1 AND quantity = ?2 AND month = ?3",
               column, table);
    bool good = sql_prepare(rollup->store, sql.text, &rollup->find[part], err);
    str_clear(&sql);
    str_printf(&sql,
               "INSERT INTO %s (series, quantity, month, %s) VALUES (?1, ?2, ?3, ?4)"
               " ON CONFLICT DO UPDATE SET %s = excluded.%s",
               table, column, column, column);
    good = good && sql_prepare(rollup->store, sql.text, &rollup->put[part], err);
    str_clear(&sql);
    str_printf(&sql, "UPDATE %s SET %s = ?2 WHERE rowid = ?1", table, column);
    good = good && sql_prepare(rollup->store, sql.text, &rollup->change[part], err);
    str_finish(&sql);
    return good;
}

/* What months are known by. */
struct month_key {
    int64_t series;
    bool is_new; /* the series is */
    enum rollup_quantity quantity;
    int32_t month;
};

static void bind_key(sqlite3_stmt *statement, const struct month_key *key)
{
    sqlite3_bind_int64(statement, 1, key->series);
    sqlite3_bind_int(statement, 2, (int)key->quantity);
    sqlite3_bind_int(statement, 3, key->month);
}

/* What a part of a month becomes with the rows in it. */
static bool merge_part(struct rollup *rollup, enum rollup_part part, struct bytes old,
                       const struct month_key *key, const struct bin_row *rows, size_t count)
{
    str_clear(&rollup->bytes);
    if (part == PART_DAYS)
        return days_merge(&rollup->bytes, old, rows, count, key->quantity != ROLLUP_ROWS);
    if (rollup->bins == NULL)
        rollup->bins = bins_room_create();
    return bins_merge(&rollup->bytes, old, rows, count, rollup->bins);
}

void rollup_compare(struct rollup *rollup, struct bytes stored, const struct str *wanted)
{
    rollup->verdict->parts++;
    rollup->found += stored.length > 0;
    rollup->verdict->different +=
        stored.length != wanted->length || memcmp(stored.at, wanted->text, stored.length) != 0;
}

/* Writes what was merged: into the row that was found, or into a new one. */
static bool put_part(struct rollup *rollup, enum rollup_part part, const struct month_key *key,
                     int64_t row, struct error *err)
{
    sqlite3_stmt *put = row != 0 ? rollup->change[part] : rollup->put[part];
    if (row != 0)
        sqlite3_bind_int64(put, 1, row);
    else
        bind_key(put, key);
    sqlite3_bind_blob64(put, row != 0 ? 2 : 4, rollup->bytes.text, rollup->bytes.length,
                        SQLITE_STATIC);
    enum sql_result result = sql_step(rollup->store, put, err);
    sqlite3_reset(put);
    return result != SQL_FAILED;
}

/* What is stored of a part: nothing of a series that is new. */
static bool find_part(struct rollup *rollup, enum rollup_part part, const struct month_key *key,
                      struct bytes *old, int64_t *row, struct error *err)
{
    sqlite3_stmt *find = rollup->find[part];
    *old = (struct bytes){ 0 };
    *row = 0;
    if (key->is_new)
        return true;
    bind_key(find, key);
    enum sql_result result = sql_step(rollup->store, find, err);
    if (result == SQL_ROW) {
        *row = sqlite3_column_int64(find, FOUND_ROW);
        *old = sql_bytes(find, FOUND_BYTES);
    }
    return result != SQL_FAILED;
}

/* Merges the rows into a part of a month, or compares what they come to with it. */
static bool write_part(struct rollup *rollup, enum rollup_part part, const struct month_key *key,
                       const struct bin_row *rows, size_t count, struct error *err)
{
    const struct bytes none = { 0 };
    bool verifying = rollup->verdict != NULL;
    struct bytes old;
    int64_t row;
    if (!prepare_part(rollup, part, err))
        return false;
    bool good = find_part(rollup, part, key, &old, &row, err);
    if (good && !merge_part(rollup, part, verifying ? none : old, key, rows, count))
        good = rollup_damaged(rollup->store, err);
    if (good && verifying)
        rollup_compare(rollup, old, &rollup->bytes);
    sqlite3_reset(rollup->find[part]);
    return good && (verifying || put_part(rollup, part, key, row, err));
}

/* Rows of one series and month, one behind the other and in the order of days. */
static bool write_month(struct rollup *rollup, const struct keyed *places, size_t count,
                        struct bin_row *room, struct error *err)
{
    const struct rollup_row *rows = rollup->rows, *first = &rows[places->item];
    const struct rollup_series *series = &rollup->series.items[first->series];
    struct month_key key = { .series = series->id,
                             .is_new = first->series >= rollup->series.saved,
                             .month = first->month };
    for (key.quantity = 0; key.quantity < ROLLUP_QUANTITIES; key.quantity++) {
        size_t some = 0;
        if ((rollup->quantities & 1u << key.quantity) == 0)
            continue;
        for (size_t i = 0; i < count; i++) {
            const struct rollup_row *row = &rows[places[i].item];
            if (isfinite(row->quantities[key.quantity]))
                room[some++] = (struct bin_row){
                    .day = row->day,
                    .time = row->time,
                    .value = row->quantities[key.quantity],
                };
        }
        if (some == 0)
            continue;
        if (!write_part(rollup, PART_DAYS, &key, room, some, err))
            return false;
        if (key.quantity != ROLLUP_ROWS && !write_part(rollup, PART_BINS, &key, room, some, err))
            return false;
    }
    return rollup->verdict != NULL || spans_mark(rollup, series->names[0], first->month, err);
}

#define DAY_BITS 5 /* of a month */
#define WHEN_BITS 32

/* By series, month and day. */
static uint64_t order_of(const struct rollup_row *row)
{
    uint32_t when = (uint32_t)row->month << DAY_BITS | (uint32_t)row->day;
    return (uint64_t)row->series << WHEN_BITS | (when ^ UINT32_C(1) << (WHEN_BITS - 1));
}

static bool write_sorted(struct rollup *rollup, const struct keyed *places, struct error *err)
{
    bool good = true;
    struct bin_row *room = memory_alloc(memory_product(rollup->count, sizeof(*room)));
    for (size_t first = 0, end; good && first < rollup->count; first = end) {
        uint64_t month = places[first].key >> DAY_BITS;
        for (end = first + 1; end < rollup->count && places[end].key >> DAY_BITS == month;)
            end++;
        good = write_month(rollup, &places[first], end - first, room, err);
    }
    free(room);
    return good;
}

bool rollup_write_months(struct rollup *rollup, struct error *err)
{
    size_t count = rollup->count;
    if (count == 0)
        return true;
    struct keyed *places = memory_alloc(memory_product(2 * count, sizeof(*places)));
    for (size_t i = 0; i < count; i++)
        places[i] = (struct keyed){ .key = order_of(&rollup->rows[i]), .item = (uint32_t)i };
    bool good = write_sorted(rollup, keyed_sort(places, places + count, count), err);
    free(places);
    rollup->count = 0;
    rollup->quantities = 0;
    return good;
}
