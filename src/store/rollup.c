/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rollup.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/base/time.h>

#include "days.h"
#include "keyed.h"
#include "rollup_spans.h"
#include "row.h"

/* Rows that are held back until they are merged; as many as a commit usually has. */
#define ROWS_HELD 65536

static const struct {
    const char *table, *column;
    const char *span_table;
} parts[] = {
    [PART_DAYS] = { .table = "rollup", .column = "days", .span_table = "rollup_span" },
    [PART_BINS] = { .table = "rollup_bins", .column = "bins", .span_table = "rollup_span_bins" },
};

const char *rollup_table(enum rollup_part part)
{
    return parts[part].table;
}

const char *rollup_span_table(enum rollup_part part)
{
    return parts[part].span_table;
}

/* ---- Life ---- */

static bool open_rollup(struct store *store, const struct derived_kind *kind, void **out,
                        struct error *err)
{
    struct rollup *rollup = memory_alloc(sizeof(*rollup));
    (void)err;
    rollup->store = store;
    rollup->kind = kind;
    rollup->last_day = INT32_MIN;
    series_map_init(&rollup->series, kind->as);
    str_init(&rollup->bytes);
    *out = rollup;
    return true;
}

static void close_rollup(void *self)
{
    struct rollup *rollup = self;
    for (enum rollup_part part = 0; part < PARTS; part++) {
        sqlite3_finalize(rollup->find[part]);
        sqlite3_finalize(rollup->put[part]);
        sqlite3_finalize(rollup->change[part]);
        sqlite3_finalize(rollup->span[part]);
        sqlite3_finalize(rollup->months[part]);
        sqlite3_finalize(rollup->drop[part]);
    }
    sqlite3_finalize(rollup->mark);
    sqlite3_finalize(rollup->touch);
    series_map_finish(&rollup->series);
    bins_room_destroy(rollup->bins);
    str_finish(&rollup->bytes);
    free(rollup->rows);
    free(rollup);
}

static const char *source_of(const struct rollup *rollup)
{
    return series_source(rollup->kind->as);
}

/* A statement about one kind of rows, whose table is called as their source. */
bool rollup_run(struct rollup *rollup, struct error *err, const char *format, ...)
{
    struct str sql;
    va_list args;
    str_init(&sql);
    va_start(args, format);
    str_vprintf(&sql, format, args);
    va_end(args);
    bool done = sql_run(rollup->store, sql.text, err);
    str_finish(&sql);
    return done;
}

static bool has_rows(struct store *store, enum import_as as, bool *out, struct error *err)
{
    struct str sql;
    int64_t number;
    str_init(&sql);
    str_printf(&sql, "SELECT EXISTS (SELECT 1 FROM %s)", series_source(as));
    bool good = sql_integer(store, sql.text, 0, &number, err);
    str_finish(&sql);
    *out = good && number != 0;
    return good;
}

static bool begin(void *self, struct error *err)
{
    struct rollup *rollup = self;
    uint64_t changes = store_changes(rollup->store);
    bool any;
    spans_begin(rollup);
    if (changes == rollup->changes && changes != 0)
        return true;
    rollup->changes = changes;
    rollup->count = 0;
    series_map_clear(&rollup->series);
    if (!derived_read_state(rollup->store, rollup->kind->name, &rollup->state, err) ||
        !has_rows(rollup->store, rollup->kind->as, &any, err))
        return false;
    if (!any && rollup->state.version != ROLLUP_VERSION) {
        rollup->state = (struct derived_state){ .version = ROLLUP_VERSION };
        if (!derived_write_state(rollup->store, rollup->kind->name, rollup->state, err))
            return false;
    }
    rollup->live = rollup->state.version == ROLLUP_VERSION;
    return !rollup->live || series_load(&rollup->series, rollup->store, err);
}

/* ---- Writing a month ---- */

enum { FOUND_ROW, FOUND_BYTES };

/* The statements that find a part, put a new one, and change one that was found. */
static bool prepare_part(struct rollup *rollup, enum rollup_part part, struct error *err)
{
    struct str sql;
    const char *table = parts[part].table, *column = parts[part].column;
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

bool rollup_damaged(struct store *store, struct error *err)
{
    return error_set(err,
                     _("the rollups of the store '%s' are damaged; 'stellwerk store rebuild' "
                       "makes them anew"),
                     store->path);
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

static bool write_months(struct rollup *rollup, struct error *err)
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
    return good;
}

/* ---- Too many series ---- */

bool rollup_wipe(struct rollup *rollup, struct error *err)
{
    const char *source = source_of(rollup);
    rollup->count = 0;
    series_map_clear(&rollup->series);
    if (!spans_wipe(rollup, err))
        return false;
    for (enum rollup_part part = 0; part < PARTS; part++)
        if (!rollup_run(
                rollup, err,
                "DELETE FROM %s WHERE series IN (SELECT id FROM series WHERE source = '%s')",
                parts[part].table, source))
            return false;
    return rollup_run(rollup, err, "DELETE FROM series WHERE source = '%s'", source) &&
           rollup_run(rollup, err, "DELETE FROM rollup_stale WHERE source = '%s'", source);
}

/* Gives up a column; all must then be computed anew, behind the rows. */
static bool fold(struct rollup *rollup, struct error *err)
{
    unsigned widest = series_widest(&rollup->series);
    rollup->state.folded |= widest != 0 ? widest : ROLLUP_OFF;
    rollup->state.version = 0;
    rollup->live = false;
    return rollup_wipe(rollup, err) &&
           derived_write_state(rollup->store, rollup->kind->name, rollup->state, err);
}

bool rollup_flush(void *self, struct error *err)
{
    struct rollup *rollup = self;
    if (rollup->verdict != NULL)
        return write_months(rollup, err);
    if (!rollup->live)
        return true;
    if (rollup->series.count > ROLLUP_SERIES)
        return fold(rollup, err);
    return series_save(&rollup->series, rollup->store, err) && write_months(rollup, err);
}

/* ---- Rows ---- */

static void place_in_month(struct rollup *rollup, int64_t ts, struct rollup_row *row)
{
    int32_t day = time_day(ts);
    if (day != rollup->last_day) {
        rollup->last_month = month_of_day(day, &rollup->last_of_month);
        rollup->last_day = day;
    }
    row->month = rollup->last_month;
    row->day = rollup->last_of_month;
    row->time = ts - day * TIME_US_PER_DAY;
}

void rollup_hold(struct rollup *rollup, const int64_t names[SERIES_COLUMNS], int64_t ts,
                 double value, double cost)
{
    if (rollup->count == rollup->capacity) {
        rollup->capacity = rollup->capacity > 0 ? memory_product(rollup->capacity, 2) : 1024;
        rollup->rows =
            memory_resize(rollup->rows, memory_product(rollup->capacity, sizeof(*rollup->rows)));
    }
    struct rollup_row *row = &rollup->rows[rollup->count++];
    row->series = (uint32_t)series_get(&rollup->series, names);
    place_in_month(rollup, ts, row);
    row->quantities[ROLLUP_ROWS] = 0;
    row->quantities[ROLLUP_VALUE] = value;
    row->quantities[ROLLUP_COST] = cost;
}

bool rollup_hold_some(struct rollup *rollup, struct error *err)
{
    bool full = rollup->count >= ROWS_HELD || rollup->series.count > ROLLUP_SERIES;
    return !full || rollup->verdict != NULL || rollup_flush(rollup, err);
}

static double number_in(const struct row *row, enum column column)
{
    return row->cells[column].given ? row->cells[column].number : NAN;
}

static bool add(void *self, const struct derived_row *row, struct error *err)
{
    struct rollup *rollup = self;
    int64_t names[SERIES_COLUMNS];
    bool event = rollup->kind->as == IMPORT_EVENTS;
    if (!rollup->live)
        return true;
    series_name_row(&rollup->series, rollup->state.folded, row->row, row->words, names);
    rollup_hold(rollup, names, row->row->cells[COLUMN_TS].time, number_in(row->row, COLUMN_VALUE),
                event ? number_in(row->row, COLUMN_COST) : NAN);
    return rollup_hold_some(rollup, err);
}

static bool touch(void *self, const struct derived_place *place, struct error *err)
{
    struct rollup *rollup = self;
    int of_month;
    if (!rollup->live)
        return true;
    if (rollup->touch == NULL &&
        !sql_prepare(rollup->store, "INSERT OR IGNORE INTO rollup_stale VALUES (?1, ?2, ?3)",
                     &rollup->touch, err))
        return false;
    sqlite3_bind_text(rollup->touch, 1, source_of(rollup), -1, SQLITE_STATIC);
    sqlite3_bind_int64(rollup->touch, 2, place->touchpoint);
    sqlite3_bind_int(rollup->touch, 3, month_of_day(time_day(place->ts), &of_month));
    enum sql_result result = sql_step(rollup->store, rollup->touch, err);
    sqlite3_reset(rollup->touch);
    return result != SQL_FAILED;
}

/* ---- Readers ---- */

static bool is_stale(struct store *store, enum import_as as, bool *out, struct error *err)
{
    struct str sql;
    int64_t stale;
    str_init(&sql);
    str_printf(&sql, "SELECT EXISTS (SELECT 1 FROM rollup_stale WHERE source = '%s')",
               series_source(as));
    bool good = sql_integer(store, sql.text, 0, &stale, err);
    str_finish(&sql);
    *out = good && stale != 0;
    return good;
}

bool rollup_is_ready(struct store *store, enum import_as as, bool *ready, unsigned *folded,
                     struct error *err)
{
    struct derived_state state;
    bool stale;
    const char *name = as == IMPORT_EVENTS ? rollup_of_events.name : rollup_of_answers.name;
    if (!derived_read_state(store, name, &state, err) || !is_stale(store, as, &stale, err))
        return false;
    *ready = state.version == ROLLUP_VERSION && !stale;
    *folded = state.folded;
    return true;
}

static bool is_due(struct store *store, const struct derived_kind *kind, bool *out,
                   struct error *err)
{
    struct derived_state state;
    if (!derived_read_state(store, kind->name, &state, err))
        return false;
    if (state.version == ROLLUP_VERSION) {
        bool stale, ready;
        if (!is_stale(store, kind->as, &stale, err) ||
            !spans_are_ready(store, kind->as, &ready, err))
            return false;
        *out = stale || !ready;
        return true;
    }
    *out = false;
    return (state.folded & ROLLUP_OFF) != 0 || has_rows(store, kind->as, out, err);
}

static const struct derived_ops ops = {
    .open = open_rollup,
    .close = close_rollup,
    .begin = begin,
    .add = add,
    .touch = touch,
    .flush = rollup_flush,
    .touch_rows = rollup_touch_rows,
    .refresh = rollup_refresh,
    .is_due = is_due,
    .verify = rollup_verify,
};

const struct derived_kind rollup_of_events = {
    .name = N_("rollup of events"),
    .version = ROLLUP_VERSION,
    .as = IMPORT_EVENTS,
    .ops = &ops,
};

const struct derived_kind rollup_of_answers = {
    .name = N_("rollup of answers"),
    .version = ROLLUP_VERSION,
    .as = IMPORT_ANSWERS,
    .ops = &ops,
};
