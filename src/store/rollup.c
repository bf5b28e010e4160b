/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rollup.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/base/time.h>

#include "days.h"
#include "rollup_spans.h"
#include "row.h"

/* Rows that are held back until they are merged; as many as a commit usually has. */
#define ROWS_HELD 65536

const char *rollup_table(enum rollup_part part)
{
    static const char *const tables[] = {
        [PART_DAYS] = "rollup",
        [PART_BINS] = "rollup_bins",
    };
    return tables[part];
}

const char *rollup_span_table(enum rollup_part part)
{
    static const char *const tables[] = {
        [PART_DAYS] = "rollup_span",
        [PART_BINS] = "rollup_span_bins",
    };
    return tables[part];
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

static column_set columns_of(void *self)
{
    const struct rollup *rollup = self;
    return rollup->series.columns;
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
    int64_t number;
    bool good = series_ask(store, as, "SELECT EXISTS (SELECT 1 FROM %s)", &number, err);
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

bool rollup_damaged(struct store *store, struct error *err)
{
    return error_set(err,
                     _("the rollups of the store '%s' are damaged; 'stellwerk store rebuild' "
                       "makes them anew"),
                     store->path);
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
                rollup_table(part), source))
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
        return rollup_write_months(rollup, err);
    if (!rollup->live)
        return true;
    if (rollup->series.count > ROLLUP_SERIES)
        return fold(rollup, err);
    return series_save(&rollup->series, rollup->store, err) && rollup_write_months(rollup, err);
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

void rollup_hold(struct rollup *rollup, size_t series, int64_t ts, double value, double cost)
{
    if (rollup->count == rollup->capacity) {
        rollup->capacity = rollup->capacity > 0 ? memory_product(rollup->capacity, 2) : 1024;
        rollup->rows =
            memory_resize(rollup->rows, memory_product(rollup->capacity, sizeof(*rollup->rows)));
    }
    struct rollup_row *row = &rollup->rows[rollup->count++];
    row->series = (uint32_t)series;
    place_in_month(rollup, ts, row);
    row->quantities[ROLLUP_ROWS] = 0;
    row->quantities[ROLLUP_VALUE] = value;
    row->quantities[ROLLUP_COST] = cost;
    rollup->quantities |=
        1u << ROLLUP_ROWS | !isnan(value) << ROLLUP_VALUE | !isnan(cost) << ROLLUP_COST;
}

/* What is only compared is compared whole. */
bool rollup_is_full(const struct rollup *rollup)
{
    return rollup->verdict == NULL &&
           (rollup->count >= ROWS_HELD || rollup->series.count > ROLLUP_SERIES);
}

static double number_in(const struct row *row, enum column column)
{
    return row->cells[column].given ? row->cells[column].number : NAN;
}

static uint32_t series_of(struct rollup *rollup, const struct derived_row *row)
{
    int64_t names[SERIES_COLUMNS];
    series_name_row(&rollup->series, rollup->state.folded, row->row, row->words, names);
    return (uint32_t)series_get(&rollup->series, names);
}

/* `*number` is the place of the series, and 1. */
static bool add(void *self, const struct derived_row *row, uint32_t *number)
{
    struct rollup *rollup = self;
    bool event = rollup->kind->as == IMPORT_EVENTS;
    if (!rollup->live)
        return false;
    if (*number == 0)
        *number = series_of(rollup, row) + 1;
    rollup_hold(rollup, *number - 1, row->row->cells[COLUMN_TS].time,
                number_in(row->row, COLUMN_VALUE), event ? number_in(row->row, COLUMN_COST) : NAN);
    return rollup_is_full(rollup);
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
    int64_t stale;
    bool good = series_ask(
        store, as, "SELECT EXISTS (SELECT 1 FROM rollup_stale WHERE source = '%s')", &stale, err);
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
    .columns = columns_of,
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
