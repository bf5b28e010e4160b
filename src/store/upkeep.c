/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/upkeep.h>

#include <inttypes.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/file.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>

#include "cut.h"
#include "derived.h"
#include "event_index.h"
#include "schema.h"
#include "sql.h"

/* ---- Anew ---- */

bool store_rebuild(struct store *store, const atomic_bool *cancel, struct error *err)
{
    store_limit(store, &(struct store_limits){ .cancel = cancel });
    bool begun = sql_run(store, "BEGIN IMMEDIATE", err);
    bool done = begun && schema_repair(store, err) && sql_run(store, "REINDEX", err) &&
                event_index_rebuild(store, err) &&
                derived_refresh_all(store, true, err) && sql_run(store, "COMMIT", err);
    if (begun && !done)
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store_limit(store, NULL);
    return done;
}

/* ---- Pruning ---- */

/* The tables of rows, and when a row of each is over. */
static const struct {
    const char *table, *over; /* `over`: SQL, a whole number */
    int64_t unit;             /* of it in a day */
    enum import_as as;
    size_t offset;            /* of the count in struct store_pruned */
} tables[] = {
    { .table = "event",
      .over = "ts",
      .unit = TIME_US_PER_DAY,
      .as = IMPORT_EVENTS,
      .offset = offsetof(struct store_pruned, events) },
    { .table = "answer",
      .over = "ts",
      .unit = TIME_US_PER_DAY,
      .as = IMPORT_ANSWERS,
      .offset = offsetof(struct store_pruned, answers) },
    { .table = "observation",
      .over = "period_end",
      .unit = 1,
      .as = IMPORT_OBSERVATIONS,
      .offset = offsetof(struct store_pruned, observations) },
    { .table = "path",
      .over = "period_end",
      .unit = 1,
      .as = IMPORT_PATHS,
      .offset = offsetof(struct store_pruned, paths) },
};

/* The rows that go, as a condition. */
static void write_condition(struct str *sql, const struct store_prune *what, size_t table)
{
    if (what->by_day)
        str_printf(sql, "%s < %" PRId64, tables[table].over, what->before * tables[table].unit);
    else
        str_printf(sql, "batch = %" PRIu64, what->batch);
}

static bool count_rows(struct store *store, size_t table, const char *condition,
                       struct store_pruned *out, struct error *err)
{
    struct str sql;
    int64_t count;
    str_init(&sql);
    str_printf(&sql, "SELECT count(*) FROM %s WHERE %s", tables[table].table, condition);
    bool good = sql_integer(store, sql.text, 0, &count, err);
    str_finish(&sql);
    if (good)
        *(uint64_t *)((char *)out + tables[table].offset) = (uint64_t)count;
    return good;
}

/* Who loses some of the events that their cases were cut from gets new ones. */
static bool forget_cut_cases(struct store *store, const char *condition, struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_printf(&sql,
               "UPDATE event SET case_id = NULL WHERE cut = 1 AND NOT (%s) AND person_id IN"
               " (SELECT person_id FROM event WHERE cut = 1 AND %s)",
               condition, condition);
    bool done = sql_run(store, sql.text, err);
    str_finish(&sql);
    return done;
}

static bool delete_rows(struct store *store, size_t table, const char *condition,
                        struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_printf(&sql, "DELETE FROM %s WHERE %s", tables[table].table, condition);
    bool done = sql_run(store, sql.text, err);
    str_finish(&sql);
    return done;
}

/* Rows that went were in the indexes; each of them that is left is there once. */
static bool shrink_indexes(struct store *store, size_t table, const struct store_pruned *out,
                           struct error *err)
{
    return tables[table].as != IMPORT_EVENTS || out->events == 0 || event_index_rebuild(store, err);
}

static bool prune_table(struct store *store, const struct store_prune *what, size_t table,
                        struct store_pruned *out, struct error *err)
{
    struct str condition;
    struct derived derived;
    str_init(&condition);
    write_condition(&condition, what, table);
    bool good = count_rows(store, table, condition.text, out, err);
    if (good && !what->dry_run) {
        good = derived_open(&derived, store, tables[table].as, err) &&
               derived_begin(&derived, err) &&
               derived_touch_rows(&derived, condition.text, err) &&
               (tables[table].as != IMPORT_EVENTS ||
                forget_cut_cases(store, condition.text, err)) &&
               delete_rows(store, table, condition.text, err) &&
               shrink_indexes(store, table, out, err);
        derived_close(&derived);
    }
    str_finish(&condition);
    return good;
}

/* Imports of which nothing is left; and what the others reach back to. */
static bool prune_batches(struct store *store, const struct store_prune *what, struct error *err)
{
    struct str sql;
    int64_t from = what->by_day ? what->before * TIME_US_PER_DAY : 0;
    str_init(&sql);
    if (what->by_day)
        str_printf(&sql,
                   "DELETE FROM batch WHERE newest < %" PRId64 ";"
                   "UPDATE batch SET oldest = %" PRId64 " WHERE oldest < %" PRId64,
                   from, from, from);
    else
        str_printf(&sql, "DELETE FROM batch WHERE id = %" PRIu64, what->batch);
    bool done = sql_run(store, sql.text, err);
    str_finish(&sql);
    return done;
}

static bool prune_rows(struct store *store, const struct store_prune *what,
                       struct store_pruned *out, struct error *err)
{
    for (size_t i = 0; i < ARRAY_LEN(tables); i++)
        if (!prune_table(store, what, i, out, err))
            return false;
    return what->dry_run ||
           (prune_batches(store, what, err) && derived_refresh_all(store, false, err));
}

/* VACUUM works in a database that it attaches. */
static bool give_back_room(struct store *store, struct error *err)
{
    int attached = sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 1);
    bool done = sql_run(store, "VACUUM", err);
    sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, attached);
    return done;
}

static bool prune_and_cut(struct store *store, const struct store_prune *what,
                          struct store_pruned *out, struct error *err)
{
    bool cancelled;
    /* What goes is written over, as it may be that the file cannot be made anew. */
    if (!sql_run(store, "PRAGMA secure_delete = 1; BEGIN IMMEDIATE", err))
        return false;
    if (!prune_rows(store, what, out, err) || !sql_run(store, "COMMIT", err)) {
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
        return false;
    }
    return cut_cases(store, NULL, &cancelled, err) &&
           derived_bring_up_to_date(store, NULL, &cancelled, err) && give_back_room(store, err);
}

bool store_prune(struct store *store, const struct store_prune *what, struct store_pruned *out,
                 struct error *err)
{
    *out = (struct store_pruned){ 0 };
    if (what->dry_run)
        return prune_rows(store, what, out, err);
    out->bytes_before = file_stamp_read(store->path).size;
    bool done = prune_and_cut(store, what, out, err);
    out->bytes_after = file_stamp_read(store->path).size;
    return done;
}
