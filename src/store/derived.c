/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "derived.h"

#include <assert.h>

#include <stellwerk/base/array.h>

#include "rollup.h"
#include "sequence_log.h"

static const struct derived_kind *const kinds[] = {
    &rollup_of_events,
    &rollup_of_answers,
    &sequence_log,
};

static_assert(ARRAY_LEN(kinds) <= DERIVED_MAX);

const struct derived_kind *derived_kind(size_t index)
{
    return index < ARRAY_LEN(kinds) ? kinds[index] : NULL;
}

/* ---- State ---- */

bool derived_read_state(struct store *store, const char *name, struct derived_state *out,
                        struct error *err)
{
    sqlite3_stmt *statement;
    *out = (struct derived_state){ 0 };
    if (!sql_prepare(store, "SELECT version, folded FROM derived WHERE name = ?1", &statement, err))
        return false;
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    enum sql_result result = sql_step(store, statement, err);
    if (result == SQL_ROW) {
        out->version = sqlite3_column_int64(statement, 0);
        out->folded = (unsigned)sqlite3_column_int64(statement, 1);
    }
    sqlite3_finalize(statement);
    return result != SQL_FAILED;
}

bool derived_write_state(struct store *store, const char *name, struct derived_state state,
                         struct error *err)
{
    sqlite3_stmt *statement;
    if (!sql_prepare(store,
                     "INSERT OR REPLACE INTO derived (name, version, folded)"
                     " VALUES (?1, ?2, ?3)",
                     &statement, err))
        return false;
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, state.version);
    sqlite3_bind_int64(statement, 3, state.folded);
    enum sql_result result = sql_step(store, statement, err);
    sqlite3_finalize(statement);
    return result != SQL_FAILED;
}

/* ---- Writers ---- */

bool derived_open(struct derived *derived, struct store *store, enum import_as as,
                  struct error *err)
{
    column_set columns = 0;
    *derived = (struct derived){ .store = store };
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (kinds[i]->as != as)
            continue;
        if (!kinds[i]->ops->open(store, kinds[i], &derived->writers[derived->count], err)) {
            derived_close(derived);
            return false;
        }
        columns |= kinds[i]->ops->columns(derived->writers[derived->count]);
        derived->kinds[derived->count++] = kinds[i];
    }
    derived->alikes = alikes_create(columns);
    return true;
}

void derived_close(struct derived *derived)
{
    for (size_t i = 0; i < derived->count; i++)
        derived->kinds[i]->ops->close(derived->writers[i]);
    alikes_destroy(derived->alikes);
    *derived = (struct derived){ 0 };
}

bool derived_begin(struct derived *derived, struct error *err)
{
    alikes_clear(derived->alikes);
    for (size_t i = 0; i < derived->count; i++)
        if (!derived->kinds[i]->ops->begin(derived->writers[i], err))
            return false;
    return true;
}

bool derived_add(struct derived *derived, const struct derived_row *row)
{
    struct alike *alike = alikes_find(derived->alikes, row->row, row->words);
    bool full = false;
    for (size_t i = 0; i < derived->count; i++)
        full |= derived->kinds[i]->ops->add(derived->writers[i], row, &alike->numbers[i]);
    return full;
}

bool derived_touch(struct derived *derived, const struct derived_place *place, struct error *err)
{
    for (size_t i = 0; i < derived->count; i++)
        if (!derived->kinds[i]->ops->touch(derived->writers[i], place, err))
            return false;
    return true;
}

bool derived_flush(struct derived *derived, struct error *err)
{
    for (size_t i = 0; i < derived->count; i++)
        if (!derived->kinds[i]->ops->flush(derived->writers[i], err))
            return false;
    return true;
}

bool derived_touch_rows(struct derived *derived, const char *condition, struct error *err)
{
    for (size_t i = 0; i < derived->count; i++)
        if (!derived->kinds[i]->ops->touch_rows(derived->writers[i], condition, err))
            return false;
    return true;
}

/* ---- Behind the rows ---- */

bool derived_refresh(struct store *store, enum import_as as, bool rebuild, struct error *err)
{
    struct derived derived;
    if (!derived_open(&derived, store, as, err))
        return false;
    bool good = derived_begin(&derived, err);
    for (size_t i = 0; good && i < derived.count; i++)
        good = derived.kinds[i]->ops->refresh(derived.writers[i], rebuild, err);
    derived_close(&derived);
    return good;
}

static bool any_is_due(struct store *store, bool *out, struct error *err)
{
    *out = false;
    for (size_t i = 0; !*out && i < ARRAY_LEN(kinds); i++)
        if (!kinds[i]->ops->is_due(store, kinds[i], out, err))
            return false;
    return true;
}

bool derived_refresh_all(struct store *store, bool rebuild, struct error *err)
{
    return derived_refresh(store, IMPORT_EVENTS, rebuild, err) &&
           derived_refresh(store, IMPORT_ANSWERS, rebuild, err);
}

bool derived_bring_up_to_date(struct store *store, const atomic_bool *cancel, bool *cancelled,
                              struct error *err)
{
    bool due;
    *cancelled = false;
    if (!any_is_due(store, &due, err))
        return false;
    if (!due)
        return true;
    store_limit(store, &(struct store_limits){ .cancel = cancel });
    bool begun = sql_run(store, "BEGIN IMMEDIATE", err);
    bool done = begun && derived_refresh_all(store, false, err) && sql_run(store, "COMMIT", err);
    *cancelled = !done && store_was_stopped(store);
    if (begun && !done)
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store_limit(store, NULL);
    return done || *cancelled;
}

/* ---- Updates ---- */

enum { LEFT_BATCH, LEFT_TOUCHPOINT, LEFT_TS, LEFT_PERSON, LEFT_CASE, LEFT_VALUES };

static const char *keep_text(struct str *room, sqlite3_value *value)
{
    const char *text = (const char *)sqlite3_value_text(value);
    str_clear(room);
    if (text == NULL)
        return NULL;
    str_append(room, text);
    return room->text;
}

static void leave(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct derived_watch *watch = sqlite3_user_data(context);
    (void)count;
    watch->left = true;
    watch->from = (struct derived_place){
        .touchpoint = sqlite3_value_int64(values[LEFT_TOUCHPOINT]), /* 0 for NULL */
        .ts = sqlite3_value_int64(values[LEFT_TS]),
        .person_id = keep_text(&watch->person_id, values[LEFT_PERSON]),
        .case_id = keep_text(&watch->case_id, values[LEFT_CASE]),
    };
    sqlite3_result_value(context, values[LEFT_BATCH]);
}

bool derived_watch_updates(struct store *store, struct derived_watch *watch, struct error *err)
{
    *watch = (struct derived_watch){ 0 };
    str_init(&watch->person_id);
    str_init(&watch->case_id);
    int code =
        sqlite3_create_function_v2(store->db, "leave", LEFT_VALUES, SQLITE_UTF8 | SQLITE_DIRECTONLY,
                                   watch, leave, NULL, NULL, NULL);
    return code == SQLITE_OK || sql_fail(store, err);
}

void derived_end_watch(struct store *store, struct derived_watch *watch)
{
    sqlite3_create_function_v2(store->db, "leave", LEFT_VALUES, SQLITE_UTF8, NULL, NULL, NULL, NULL,
                               NULL);
    str_finish(&watch->person_id);
    str_finish(&watch->case_id);
}
