/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cut.h"

#include <string.h>

#include <stellwerk/base/time.h>

#include "sequence_log.h"

/* Events that are cut between two commits: a reader waits no longer than that. */
#define CUT_ROWS 50000

/* ---- The window ---- */

bool cut_read_window(struct store *store, int64_t *out, struct error *err)
{
    return sql_integer(store, "SELECT window FROM case_rule", 0, out, err);
}

static bool write_window(struct store *store, int64_t window, struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_printf(&sql, "INSERT OR REPLACE INTO case_rule (id, window) VALUES (1, %lld)",
               (long long)window);
    bool done = sql_run(store, sql.text, err);
    str_finish(&sql);
    return done;
}

bool cut_set_window(struct store *store, int64_t window, bool *changed, struct error *err)
{
    int64_t before;
    if (!cut_read_window(store, &before, err))
        return false;
    *changed = before != 0 && before != window;
    if (before == window)
        return true;
    return write_window(store, window, err) &&
           (!*changed ||
            (sql_run(store, "UPDATE event SET case_id = NULL WHERE cut = 1", err) &&
             sequence_log_forget(store, err)));
}

/* ---- Cutting ---- */

void cut_name(struct str *out, const char *person, int64_t start)
{
    struct arena arena;
    arena_init(&arena);
    str_clear(out);
    str_printf(out, "%s@%s", person, time_iso(&arena, start));
    arena_finish(&arena);
}

struct cutter {
    struct store *store;
    int64_t window;
    sqlite3_stmt *next_person, *events, *name;
    struct str person, case_name;
    uint64_t rows;        /* since the last commit */
};

static bool set_up(struct cutter *cutter, struct error *err)
{
    struct store *store = cutter->store;
    return cut_read_window(store, &cutter->window, err) &&
           sql_prepare(store, "SELECT person_id FROM event WHERE cut = 1 AND case_id IS NULL"
                              " LIMIT 1",
                       &cutter->next_person, err) &&
           sql_prepare(store, "SELECT id, ts, case_id FROM event WHERE cut = 1 AND person_id = ?1"
                              " ORDER BY ts",
                       &cutter->events, err) &&
           sql_prepare(store, "UPDATE event SET case_id = ?2 WHERE id = ?1", &cutter->name, err);
}

static void tear_down(struct cutter *cutter)
{
    sqlite3_finalize(cutter->next_person);
    sqlite3_finalize(cutter->events);
    sqlite3_finalize(cutter->name);
    str_finish(&cutter->person);
    str_finish(&cutter->case_name);
}

static bool name_event(struct cutter *cutter, int64_t id, struct error *err)
{
    sqlite3_bind_int64(cutter->name, 1, id);
    sqlite3_bind_text(cutter->name, 2, cutter->case_name.text, -1, SQLITE_STATIC);
    enum sql_result result = sql_step(cutter->store, cutter->name, err);
    sqlite3_reset(cutter->name);
    cutter->rows++;
    return result != SQL_FAILED;
}

static bool cut_events(struct cutter *cutter, struct error *err)
{
    const char *person = cutter->person.text;
    bool first = true;
    int64_t last = 0;
    enum sql_result result;
    sqlite3_bind_text(cutter->events, 1, person, -1, SQLITE_STATIC);
    while ((result = sql_step(cutter->store, cutter->events, err)) == SQL_ROW) {
        int64_t ts = sqlite3_column_int64(cutter->events, 1);
        if (first || ts - last > cutter->window)
            cut_name(&cutter->case_name, person, ts);
        first = false;
        last = ts;
        if (strcmp(sql_text(cutter->events, 2), cutter->case_name.text) != 0 &&
            !name_event(cutter, sqlite3_column_int64(cutter->events, 0), err)) {
            result = SQL_FAILED;
            break;
        }
    }
    sqlite3_reset(cutter->events);
    return result == SQL_DONE;
}

/* Persons until enough was written for one commit; `*any` says whether one was left. */
static bool cut_some(struct cutter *cutter, bool *any, struct error *err)
{
    cutter->rows = 0;
    while (cutter->rows < CUT_ROWS) {
        enum sql_result result = sql_step(cutter->store, cutter->next_person, err);
        *any = result == SQL_ROW;
        str_clear(&cutter->person);
        if (*any)
            str_append(&cutter->person, sql_text(cutter->next_person, 0));
        sqlite3_reset(cutter->next_person);
        if (result != SQL_ROW)
            return result == SQL_DONE;
        if (!cut_events(cutter, err))
            return false;
    }
    return true;
}

/* One transaction; rolled back where it fails. */
static bool cut_once(struct cutter *cutter, const atomic_bool *cancel, bool *any,
                     struct error *err)
{
    store_limit(cutter->store, &(struct store_limits){ .cancel = cancel });
    if (!sql_run(cutter->store, "BEGIN IMMEDIATE", err))
        return false;
    store_limit(cutter->store, NULL);
    if (cut_some(cutter, any, err) &&
        (cutter->rows == 0 || sequence_log_forget(cutter->store, err)) &&
        sql_run(cutter->store, "COMMIT", err))
        return true;
    sqlite3_exec(cutter->store->db, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

bool cut_cases(struct store *store, const atomic_bool *cancel, bool *cancelled, struct error *err)
{
    struct cutter cutter = { .store = store };
    int64_t waiting;
    str_init(&cutter.person);
    str_init(&cutter.case_name);
    if (!sql_integer(store, "SELECT EXISTS (SELECT 1 FROM event WHERE cut = 1 AND case_id IS NULL)",
                     0, &waiting, err))
        return false;
    bool done = waiting == 0 || set_up(&cutter, err), any = waiting != 0;
    while (done && any && !(cancel != NULL && atomic_load(cancel)))
        done = cut_once(&cutter, cancel, &any, err);
    tear_down(&cutter);
    *cancelled = any && cancel != NULL && atomic_load(cancel);
    return done || *cancelled;
}

/* ---- Updates ---- */

enum { CUT, OLD_PERSON, NEW_PERSON, NEW_CUT };

static void keep_cut(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct cut_watch *watch = sqlite3_user_data(context);
    const char *old = (const char *)sqlite3_value_text(values[OLD_PERSON]);
    const char *person = (const char *)sqlite3_value_text(values[NEW_PERSON]);
    int cut = sqlite3_value_int(values[CUT]);
    bool has_case = sqlite3_value_int(values[NEW_CUT]) == 0;
    bool moved = person != NULL && old != NULL && strcmp(person, old) != 0;
    (void)count;
    if (cut != 0 && old != NULL && (has_case || moved)) {
        watch->torn = true;
        str_clear(&watch->left);
        str_append(&watch->left, old);
    }
    sqlite3_result_int(context, has_case ? 0 : cut);
}

bool cut_watch_updates(struct store *store, struct cut_watch *watch, struct error *err)
{
    int code = sqlite3_create_function_v2(store->db, "keep_cut", 4, SQLITE_UTF8 | SQLITE_DIRECTONLY,
                                          watch, keep_cut, NULL, NULL, NULL);
    return code == SQLITE_OK || sql_fail(store, err);
}

void cut_end_watch(struct store *store)
{
    sqlite3_create_function_v2(store->db, "keep_cut", 4, SQLITE_UTF8, NULL, NULL, NULL, NULL, NULL);
}

bool cut_forget(struct store *store, struct cut_watch *watch, struct error *err)
{
    sqlite3_stmt *statement;
    if (!watch->torn)
        return true;
    watch->torn = false;
    if (!sql_prepare(store, "UPDATE event SET case_id = NULL WHERE cut = 1 AND person_id = ?1",
                     &statement, err))
        return false;
    sqlite3_bind_text(statement, 1, watch->left.text, -1, SQLITE_STATIC);
    enum sql_result result = sql_step(store, statement, err);
    sqlite3_finalize(statement);
    return result != SQL_FAILED;
}
