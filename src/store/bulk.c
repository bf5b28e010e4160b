/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bulk.h"

#include <string.h>

#include <stellwerk/base/array.h>

#include "schema.h"
#include "upsert.h"

/* So much is sent off at once: little enough to stay near the processor, and enough to be worth an
 * errand. */
#define SENT_BYTES (1u << 20)

/* ---- The empty table ---- */

static bool is_of_events(const struct schema_object *object)
{
    return strcmp(object->name, "event") == 0 ||
           (strcmp(object->type, "index") == 0 && strstr(object->sql, " ON event ") != NULL);
}

/* The table and its indexes, without which SQLite would not copy records. */
static bool make_empty(struct bulk *bulk, struct store *empty, struct error *err)
{
    struct schema_object object;
    struct str sql;
    sqlite3_int64 length;
    int64_t root;
    str_init(&sql);
    str_printf(&sql, "PRAGMA page_size = %d", TABLE_IMAGE_PAGE);
    bool good = sql_run(empty, sql.text, err);
    str_finish(&sql);
    for (size_t i = 0; good && schema_object(i, &object); i++)
        good = !is_of_events(&object) || sql_run(empty, object.sql, err);
    if (!good || !sql_integer(empty, "SELECT rootpage FROM sqlite_schema WHERE name = 'event'", 0,
                              &root, err))
        return false;
    bulk->empty = sqlite3_serialize(empty->db, "main", &length, 0);
    if (bulk->empty == NULL)
        return sql_fail(empty, err);
    bulk->empty_length = (size_t)length;
    for (size_t i = 0; i < ARRAY_LEN(bulk->images); i++)
        table_image_init(&bulk->images[i], bulk->empty, bulk->empty_length, (size_t)root);
    return true;
}

/* In the order that the table has them in. */
static bool list_columns(struct bulk *bulk, struct store *empty, struct error *err)
{
    sqlite3_stmt *list;
    enum sql_result result;
    if (!sql_prepare(empty, "SELECT name FROM pragma_table_info('event') ORDER BY cid", &list, err))
        return false;
    while ((result = sql_step(empty, list, err)) == SQL_ROW &&
           bulk->column_count < BULK_COLUMNS_MOST)
        bulk->columns[bulk->column_count++] = upsert_column(IMPORT_EVENTS, sql_text(list, 0));
    sqlite3_finalize(list);
    return result == SQL_DONE;
}

/* ---- Life ---- */

static bool attach(struct store *store, struct error *err)
{
    int most = sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, 1);
    bool done = sql_run(store, "ATTACH ':memory:' AS fresh", err);
    sqlite3_limit(store->db, SQLITE_LIMIT_ATTACHED, most);
    return done;
}

bool bulk_open(struct bulk *bulk, struct store *store, struct error *err)
{
    struct store empty = { .path = store->path };
    *bulk = (struct bulk){ .store = store };
    bool done = (sqlite3_open(":memory:", &empty.db) == SQLITE_OK || sql_fail(&empty, err)) &&
                make_empty(bulk, &empty, err) && list_columns(bulk, &empty, err) &&
                attach(store, err);
    sqlite3_close(empty.db);
    return done;
}

void bulk_close(struct bulk *bulk)
{
    if (bulk->store != NULL)
        sqlite3_exec(bulk->store->db, "DETACH fresh", NULL, NULL, NULL);
    for (size_t i = 0; i < ARRAY_LEN(bulk->images); i++)
        table_image_finish(&bulk->images[i]);
    sqlite3_free(bulk->empty);
    *bulk = (struct bulk){ 0 };
}

/* ---- Rows ---- */

/* Rows mostly give what the one before gave. */
static uint64_t given_columns(struct bulk *bulk, uint64_t said)
{
    if (said != bulk->said) {
        bulk->said = said;
        bulk->given = 0;
        for (size_t i = 0; i < bulk->column_count; i++)
            bulk->given |= (said >> bulk->columns[i] & 1) << i;
    }
    return bulk->given;
}

bool bulk_add(struct bulk *bulk, int64_t id, uint64_t said, bulk_value *value, const void *row)
{
    if (bulk->store == NULL)
        return false;
    const struct record_source source = {
        .count = bulk->column_count,
        .given = given_columns(bulk, said),
        .numbers = bulk->columns,
        .value = value,
        .row = row,
    };
    if (!table_image_add(&bulk->images[bulk->filling], id, &source))
        return false;
    if (bulk->waiting++ == 0)
        bulk->first = id;
    return true;
}

bool bulk_has(const struct bulk *bulk, int64_t id)
{
    return bulk->waiting > 0 && id >= bulk->first;
}

/* ---- Into the table ---- */

/* The connection has the bytes where they are. They are not said to be read-only, as a transaction
 * begins in all databases that a connection has; nobody writes to them. */
static bool show(struct bulk *bulk, unsigned char *bytes, size_t length, struct error *err)
{
    sqlite3_int64 size = (sqlite3_int64)length;
    int code = sqlite3_deserialize(bulk->store->db, "fresh", bytes, size, size, 0);
    return code == SQLITE_OK || sql_fail(bulk->store, err);
}

static bool copy(void *data, struct error *err)
{
    struct bulk *bulk = data;
    bool done = show(bulk, bulk->bytes, bulk->length, err) &&
                sql_run(bulk->store, "INSERT INTO main.event SELECT * FROM fresh.event", err);
    return show(bulk, bulk->empty, bulk->empty_length, done ? err : NULL) && done;
}

/* What waits takes the place of what was on its way. */
static bool take(struct bulk *bulk, struct error *err)
{
    if (!errand_wait(&bulk->store->errand, err))
        return false;
    bulk->bytes = table_image_end(&bulk->images[bulk->filling], &bulk->length);
    bulk->filling = !bulk->filling;
    return true;
}

bool bulk_send(struct bulk *bulk, struct error *err)
{
    if (table_image_size(&bulk->images[bulk->filling]) < SENT_BYTES)
        return true;
    if (!take(bulk, err))
        return false;
    errand_send(&bulk->store->errand, copy, bulk);
    return true;
}

bool bulk_flush(struct bulk *bulk, struct error *err)
{
    if (bulk->waiting == 0)
        return true;
    bulk->waiting = 0;
    return take(bulk, err) && copy(bulk, err);
}
