/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rollup_spans.h"

#include <inttypes.h>
#include <math.h>

#include <stellwerk/base/time.h>

#include "days.h"
#include "event_places.h"

static const char *source_of(const struct rollup *rollup)
{
    return series_source(rollup->kind->as);
}

/* The SQL function month_of(ts). */
static void month_of(sqlite3_context *context, int count, sqlite3_value **values)
{
    int of_month;
    (void)count;
    sqlite3_result_int(context, month_of_day(time_day(sqlite3_value_int64(values[0])), &of_month));
}

static bool define_month_of(struct store *store, struct error *err)
{
    int flags = SQLITE_UTF8 | SQLITE_DIRECTONLY | SQLITE_DETERMINISTIC;
    int code = sqlite3_create_function_v2(store->db, "month_of", 1, flags, NULL, month_of, NULL,
                                          NULL, NULL);
    return code == SQLITE_OK || sql_fail(store, err);
}

bool rollup_touch_rows(void *self, const char *condition, struct error *err)
{
    struct rollup *rollup = self;
    const char *source = source_of(rollup);
    if (!rollup->live)
        return true;
    return define_month_of(rollup->store, err) &&
           rollup_run(rollup, err,
                      "INSERT OR IGNORE INTO rollup_stale SELECT DISTINCT '%s',"
                      " ifnull(touchpoint, 0), month_of(ts) FROM %s WHERE %s",
                      source, source, condition);
}

/* The columns of the statements that read rows: instant, value, cost, names. */
enum { ROW_TS, ROW_VALUE, ROW_COST, ROW_NAMES };

static bool prepare_rows(struct rollup *rollup, const char *from, sqlite3_stmt **out,
                         struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_printf(&sql, "SELECT ts, value, %s", rollup->kind->as == IMPORT_EVENTS ? "cost" : "NULL");
    series_write_columns(&sql, rollup->kind->as, rollup->state.folded);
    str_printf(&sql, " FROM %s", from);
    bool good = sql_prepare(rollup->store, sql.text, out, err);
    str_finish(&sql);
    return good;
}

static double number_at(sqlite3_stmt *statement, int column)
{
    bool none = sqlite3_column_type(statement, column) == SQLITE_NULL;
    return none ? NAN : sqlite3_column_double(statement, column);
}

static void hold_row(struct rollup *rollup, sqlite3_stmt *row)
{
    int64_t names[SERIES_COLUMNS];
    for (size_t i = 0; i < SERIES_COLUMNS; i++)
        names[i] = series_name(row, ROW_NAMES + (int)i, i);
    rollup_hold(rollup, series_get(&rollup->series, names), sqlite3_column_int64(row, ROW_TS),
                number_at(row, ROW_VALUE), number_at(row, ROW_COST));
}

/* Adds all rows of a statement, as long as there are not too many series. */
static bool read_rows(struct rollup *rollup, sqlite3_stmt *rows, struct error *err)
{
    enum sql_result result = SQL_DONE;
    while (rollup->live && (result = sql_step(rollup->store, rows, err)) == SQL_ROW) {
        hold_row(rollup, rows);
        if (rollup_is_full(rollup) && !rollup_flush(rollup, err))
            return false;
    }
    return result != SQL_FAILED && rollup_flush(rollup, err);
}

static bool rebuild_once(struct rollup *rollup, struct error *err)
{
    sqlite3_stmt *rows;
    rollup->live = true;
    if (!rollup_wipe(rollup, err) || !prepare_rows(rollup, source_of(rollup), &rows, err))
        return false;
    bool good = read_rows(rollup, rows, err);
    sqlite3_finalize(rows);
    return good;
}

/* Once more for every column that must be given up. */
static bool rebuild(struct rollup *rollup, struct error *err)
{
    do {
        if (!rebuild_once(rollup, err))
            return false;
    } while (!rollup->live && (rollup->state.folded & ROLLUP_OFF) == 0);
    if (!rollup->live)
        return true;
    rollup->state.version = ROLLUP_VERSION;
    return derived_write_state(rollup->store, rollup->kind->name, rollup->state, err);
}

/* ---- Touchpoint by touchpoint and month by month ---- */

/* Rows of a touchpoint (?1, 0: none) in a month, by the index that they have. */
static const char *month_rows(const struct rollup *rollup)
{
    return rollup->kind->as == IMPORT_EVENTS
               ? EVENTS_AT " WHERE at_touchpoint = ?1 AND at >= ?2 AND at < ?3"
               : "answer WHERE touchpoint IS nullif(?1, 0) AND ts >= ?2 AND ts < ?3";
}

static void bind_month(sqlite3_stmt *statement, int64_t touchpoint, int32_t month)
{
    sqlite3_reset(statement);
    sqlite3_bind_int64(statement, 1, touchpoint);
    sqlite3_bind_int64(statement, 2, month_first_day(month) * TIME_US_PER_DAY);
    sqlite3_bind_int64(statement, 3, month_first_day(month + 1) * TIME_US_PER_DAY);
}

static bool wipe_month(struct rollup *rollup, int64_t touchpoint, int32_t month, struct error *err)
{
    for (enum rollup_part part = 0; part < PARTS; part++)
        if (!rollup_run(rollup, err,
                        "DELETE FROM %s WHERE month = %d AND series IN (SELECT id FROM series WHERE"
                        " source = '%s' AND ifnull(touchpoint, 0) = %" PRId64 ")",
                        rollup_table(part), month, source_of(rollup), touchpoint))
            return false;
    return spans_mark(rollup, touchpoint, month, err);
}

/* The next of a list of touchpoints and months, and what is done with its rows. */
static bool each_month(struct rollup *rollup, sqlite3_stmt *list, struct error *err)
{
    sqlite3_stmt *rows;
    enum sql_result result = SQL_DONE;
    if (!prepare_rows(rollup, month_rows(rollup), &rows, err))
        return false;
    bool good = true;
    while (good && rollup->live && (result = sql_step(rollup->store, list, err)) == SQL_ROW) {
        int64_t touchpoint = sqlite3_column_int64(list, 0);
        int32_t month = sqlite3_column_int(list, 1);
        bind_month(rows, touchpoint, month);
        good = (rollup->verdict != NULL || wipe_month(rollup, touchpoint, month, err)) &&
               read_rows(rollup, rows, err);
    }
    sqlite3_finalize(rows);
    return good && result != SQL_FAILED;
}

static bool prepare_list(struct rollup *rollup, const char *format, sqlite3_stmt **out,
                         struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_printf(&sql, format, source_of(rollup));
    bool good = sql_prepare(rollup->store, sql.text, out, err);
    str_finish(&sql);
    return good;
}

/* A number, by SQL that names the kind of rows as %s. */
[[gnu::format(printf, 2, 0)]] static bool ask(struct rollup *rollup, const char *format,
                                              int64_t *out, struct error *err)
{
    return series_ask(rollup->store, rollup->kind->as, format, out, err);
}

/* Series that have lost all their rows. */
static bool drop_empty(struct rollup *rollup, struct error *err)
{
    return rollup_run(rollup, err,
                      "DELETE FROM series WHERE source = '%s' AND id NOT IN (SELECT series FROM"
                      " rollup)",
                      source_of(rollup));
}

static bool refresh_stale(struct rollup *rollup, struct error *err)
{
    sqlite3_stmt *list;
    int64_t any;
    if (!ask(rollup, "SELECT EXISTS (SELECT 1 FROM rollup_stale WHERE source = '%s')", &any, err))
        return false;
    if (any == 0)
        return true;
    if (!prepare_list(rollup, "SELECT touchpoint, month FROM rollup_stale WHERE source = '%s'",
                      &list, err))
        return false;
    bool good = each_month(rollup, list, err);
    sqlite3_finalize(list);
    if (!good || !rollup->live)
        return good;
    return rollup_run(rollup, err, "DELETE FROM rollup_stale WHERE source = '%s'",
                      source_of(rollup)) &&
           spans_refresh(rollup, err) && drop_empty(rollup, err);
}

bool rollup_refresh(void *self, bool anew, struct error *err)
{
    struct rollup *rollup = self;
    if (anew)
        rollup->state.folded = 0;
    if (rollup->live && !anew && !refresh_stale(rollup, err))
        return false;
    if (anew || (!rollup->live && (rollup->state.folded & ROLLUP_OFF) == 0)) {
        if (!rebuild(rollup, err))
            return false;
    }
    return !rollup->live || spans_refresh(rollup, err);
}

/* ---- Verifying ---- */

/* Parts in the store that no row stands for. */
static bool count_strays(struct rollup *rollup, struct error *err)
{
    int64_t days, bins;
    if (!ask(rollup,
             "SELECT count(*) FROM rollup WHERE series IN"
             " (SELECT id FROM series WHERE source = '%s')",
             &days, err) ||
        !ask(rollup,
             "SELECT count(*) FROM rollup_bins WHERE series IN"
             " (SELECT id FROM series WHERE source = '%s')",
             &bins, err))
        return false;
    rollup->verdict->different += (uint64_t)days + (uint64_t)bins - rollup->found;
    return true;
}

static bool compare_all(struct rollup *rollup, struct error *err)
{
    sqlite3_stmt *list;
    if (!prepare_list(rollup, "SELECT DISTINCT ifnull(touchpoint, 0), month_of(ts) FROM %s", &list,
                      err))
        return false;
    bool good = each_month(rollup, list, err);
    sqlite3_finalize(list);
    return good && count_strays(rollup, err);
}

/* What is stale is known to be so, and then nothing is compared. */
bool rollup_verify(void *self, struct derived_verdict *out, struct error *err)
{
    struct rollup *rollup = self;
    int64_t stale, stale_spans;
    *out = (struct derived_verdict){ 0 };
    if (!derived_read_state(rollup->store, rollup->kind->name, &rollup->state, err) ||
        !ask(rollup, "SELECT count(*) FROM rollup_stale WHERE source = '%s'", &stale, err) ||
        !ask(rollup, "SELECT count(*) FROM rollup_span_stale WHERE source = '%s'", &stale_spans,
             err))
        return false;
    out->stale = (uint64_t)(stale + stale_spans);
    out->complete = rollup->state.version == ROLLUP_VERSION;
    if (!out->complete || stale > 0)
        return true;
    rollup->live = true;
    rollup->verdict = out;
    return series_load(&rollup->series, rollup->store, err) &&
           define_month_of(rollup->store, err) && compare_all(rollup, err) &&
           (stale_spans > 0 || spans_verify(rollup, err));
}
