/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "schema.h"

#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/str.h>

#include "event_places.h"
#include "sql.h"

bool schema_mark(struct store *store, struct error *err)
{
    struct str marks;
    str_init(&marks);
    str_printf(&marks, "PRAGMA application_id = %d; PRAGMA user_version = %d", SCHEMA_APPLICATION,
               SCHEMA_VERSION);
    bool done = sql_run(store, marks.text, err);
    str_finish(&marks);
    return done;
}

static bool create_all(struct store *store, struct error *err)
{
    struct schema_object object;
    for (size_t i = 0; schema_object(i, &object); i++)
        if (!sql_run(store, object.sql, err))
            return false;
    return schema_mark(store, err) && sql_run(store, "COMMIT", err);
}

bool schema_create(struct store *store, struct error *err)
{
    int64_t objects;
    if (!sql_run(store, "BEGIN IMMEDIATE", err))
        return false;
    bool known = sql_integer(store, "SELECT count(*) FROM sqlite_schema", 0, &objects, err);
    if (known && objects == 0 && create_all(store, err))
        return true;
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return known && objects > 0;
}

/* The words that tell a store from the other files that SQLite writes. */
static bool check_marks(struct store *store, struct error *err)
{
    int64_t application, version;
    if (!sql_integer(store, "PRAGMA application_id", 0, &application, err) ||
        !sql_integer(store, "PRAGMA user_version", 0, &version, err))
        return false;
    if (application != SCHEMA_APPLICATION)
        return error_set(err, _("'%s' is not a stellwerk store, but some other SQLite database"),
                         store->path);
    if (version > SCHEMA_VERSION)
        return error_set(err,
                         _("the store '%s' was written by a newer stellwerk "
                           "(schema %d; this one knows schema %d)"),
                         store->path, (int)version, SCHEMA_VERSION);
    if (version < SCHEMA_VERSION)
        return error_set(err,
                         _("the store '%s' was written by an older stellwerk (schema %d; this "
                           "one needs schema %d); 'stellwerk store rebuild' brings it up "
                           "to date and keeps a copy"),
                         store->path, (int)version, SCHEMA_VERSION);
    return true;
}

static bool is_as_made(struct store *store, const struct schema_object *object,
                       sqlite3_stmt *lookup, bool *out, struct error *err)
{
    sqlite3_bind_text(lookup, 1, object->name, -1, SQLITE_STATIC);
    enum sql_result result = sql_step(store, lookup, err);
    *out = result == SQL_ROW && strcmp(sql_text(lookup, 0), object->sql) == 0;
    sqlite3_reset(lookup);
    return result != SQL_FAILED;
}

static bool prepare_lookup(struct store *store, sqlite3_stmt **out, struct error *err)
{
    return sql_prepare(store, "SELECT sql FROM sqlite_schema WHERE name = ?1", out, err);
}

bool schema_has(struct store *store, const struct schema_object *object, bool *out,
                struct error *err)
{
    sqlite3_stmt *lookup;
    if (!prepare_lookup(store, &lookup, err))
        return false;
    bool good = is_as_made(store, object, lookup, out, err);
    sqlite3_finalize(lookup);
    return good;
}

static bool check_table(struct store *store, const struct schema_object *object,
                        sqlite3_stmt *lookup, struct error *err)
{
    bool same;
    if (!is_as_made(store, object, lookup, &same, err))
        return false;
    return same || error_set(err,
                             _("the table '%s' of the store '%s' is not as stellwerk makes it; "
                               "import its files into a new one"),
                             object->name, store->path);
}

bool schema_check(struct store *store, struct error *err)
{
    sqlite3_stmt *lookup;
    if (!check_marks(store, err) || !sql_name_is_free(store, EVENT_PLACE_TABLE, err) ||
        !prepare_lookup(store, &lookup, err))
        return false;
    struct schema_object object;
    bool good = true;
    for (size_t i = 0; good && schema_object(i, &object); i++)
        if (strcmp(object.type, "table") == 0)
            good = check_table(store, &object, lookup, err);
    sqlite3_finalize(lookup);
    return good;
}
