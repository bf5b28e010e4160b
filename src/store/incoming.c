/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "incoming.h"

#include <stdlib.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/base/str.h>

struct table {
    sqlite3_vtab base; /* first, as SQLite wants it */
    struct incoming *incoming;
};

struct cursor {
    sqlite3_vtab_cursor base; /* likewise */
};

static struct incoming *incoming_of(sqlite3_vtab_cursor *cursor)
{
    return ((struct table *)cursor->pVtab)->incoming;
}

/* ---- What SQLite asks of a table (sqlite.org/vtab.html) ---- */

static int connect_table(sqlite3 *db, void *data, int count, const char *const *words,
                         sqlite3_vtab **out, char **message)
{
    struct incoming *incoming = data;
    struct str sql;
    (void)count, (void)words, (void)message;
    str_init(&sql);
    str_printf(&sql, "CREATE TABLE incoming (%s)", incoming->columns);
    int code = sqlite3_declare_vtab(db, sql.text);
    str_finish(&sql);
    if (code != SQLITE_OK)
        return code;
    struct table *table = memory_alloc(sizeof(*table));
    table->incoming = incoming;
    *out = &table->base;
    return sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
}

static int disconnect_table(sqlite3_vtab *table)
{
    free(table);
    return SQLITE_OK;
}

/* There is one way: from the first row to the last. */
static int choose_way(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table, (void)info;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
    struct cursor *cursor = memory_alloc(sizeof(*cursor));
    (void)table;
    *out = &cursor->base;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor)
{
    free(cursor);
    return SQLITE_OK;
}

static int move_on(struct incoming *incoming)
{
    incoming->failed = !incoming->ops->next(incoming->data, &incoming->any, incoming->err);
    return incoming->failed ? SQLITE_ERROR : SQLITE_OK;
}

static int first_row(sqlite3_vtab_cursor *cursor, int way, const char *text, int count,
                     sqlite3_value **values)
{
    (void)way, (void)text, (void)count, (void)values;
    return move_on(incoming_of(cursor));
}

static int next_row(sqlite3_vtab_cursor *cursor)
{
    return move_on(incoming_of(cursor));
}

static int is_behind(sqlite3_vtab_cursor *cursor)
{
    return !incoming_of(cursor)->any;
}

static int read_value(sqlite3_vtab_cursor *cursor, sqlite3_context *out, int column)
{
    struct incoming *incoming = incoming_of(cursor);
    incoming->ops->value(incoming->data, column, out);
    return SQLITE_OK;
}

/* Nobody asks for it. */
static int read_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *out)
{
    (void)cursor;
    *out = 0;
    return SQLITE_OK;
}

static const sqlite3_module module = {
    .xConnect = connect_table,
    .xDisconnect = disconnect_table,
    .xBestIndex = choose_way,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = first_row,
    .xNext = next_row,
    .xEof = is_behind,
    .xColumn = read_value,
    .xRowid = read_rowid,
};

/* ---- Who writes ---- */

bool incoming_open(struct incoming *incoming, struct store *store, const char *columns,
                   const struct incoming_ops *ops, void *data, struct error *err)
{
    *incoming = (struct incoming){ .store = store, .columns = columns, .ops = ops, .data = data };
    if (!sql_name_is_free(store, "incoming", err))
        return false;
    int code = sqlite3_create_module(store->db, "incoming", &module, incoming);
    return code == SQLITE_OK || sql_fail(store, err);
}

void incoming_close(struct incoming *incoming)
{
    if (incoming->store != NULL)
        sqlite3_create_module(incoming->store->db, "incoming", NULL, NULL);
    incoming->store = NULL;
}

bool incoming_run(struct incoming *incoming, sqlite3_stmt *statement, struct error *err)
{
    enum sql_result result;
    struct error told;
    error_init(&told);
    incoming->err = &told;
    incoming->failed = false;
    do
        result = sql_step(incoming->store, statement, err);
    while (result == SQL_ROW);
    sqlite3_reset(statement);
    if (incoming->failed)
        return error_set(err, "%s", told.text);
    return result != SQL_FAILED;
}
