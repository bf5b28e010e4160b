/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sql.h"

#include <assert.h>
#include <endian.h>
#include <string.h>
#include <time.h>

#include <stellwerk/base/i18n.h>

static int64_t monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

bool sql_must_stop(const struct store *store)
{
    const atomic_bool *cancel = store->limits.cancel;
    if (cancel != NULL && atomic_load_explicit(cancel, memory_order_relaxed))
        return true;
    return store->deadline != INT64_MAX && monotonic_us() > store->deadline;
}

int64_t sql_query_time(const struct store *store)
{
    return store->limits.query_time > 0 ? store->limits.query_time : STORE_QUERY_TIME;
}

void sql_start_query(struct store *store)
{
    store->query_deadline = monotonic_us() + sql_query_time(store);
}

void sql_end_query(struct store *store)
{
    store->query_deadline = INT64_MAX;
}

bool sql_query_is_late(const struct store *store)
{
    return store->query_deadline != INT64_MAX && monotonic_us() > store->query_deadline;
}

void store_limit(struct store *store, const struct store_limits *limits)
{
    store->limits = limits != NULL ? *limits : (struct store_limits){ 0 };
    store->deadline =
        store->limits.time_out > 0 ? monotonic_us() + store->limits.time_out : INT64_MAX;
    store->stopped = false;
    sql_end_query(store);
}

bool store_was_stopped(const struct store *store)
{
    return store->stopped;
}

static bool tell_stop(struct store *store, struct error *err)
{
    store->stopped = true;
    return error_set(err, _("the query on the store '%s' was broken off"), store->path);
}

bool sql_go_on(struct store *store, struct error *err)
{
    return !sql_must_stop(store) || tell_stop(store, err);
}

bool sql_fail(struct store *store, struct error *err)
{
    int code = sqlite3_extended_errcode(store->db), kind = code & 0xff;

    if (sql_must_stop(store) && (kind == SQLITE_INTERRUPT || kind == SQLITE_BUSY))
        return tell_stop(store, err);
    if (code == SQL_TOLD)
        return error_set(err, "%s", sqlite3_errmsg(store->db));
    if (code == SQLITE_READONLY_ROLLBACK)
        return error_set(err,
                         _("an import into the store '%s' was broken off by a crash; "
                           "run it again to bring the store in order"),
                         store->path);
    switch (kind) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error_set(err, _("the store '%s' is being written by another program"), store->path);
    case SQLITE_NOTADB:
        return error_set(err, _("'%s' is not a stellwerk store: it is no SQLite database"),
                         store->path);
    case SQLITE_CORRUPT:
        return error_set(err, _("the store '%s' is damaged; import its files into a new one"),
                         store->path);
    case SQLITE_FULL:
        return error_set(err, _("no room left on the device of the store '%s'"), store->path);
    case SQLITE_READONLY:
        return error_set(err, _("the store '%s' may not be written to"), store->path);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return error_errno(err, sqlite3_system_errno(store->db), _("cannot access the store '%s'"),
                           store->path);
    default:
        return error_set(err, _("the store '%s' failed: %s"), store->path,
                         sqlite3_errmsg(store->db));
    }
}

bool sql_run(struct store *store, const char *sql, struct error *err)
{
    assert(errand_allows(&store->errand));
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return sql_fail(store, err);
    return true;
}

bool sql_prepare(struct store *store, const char *sql, sqlite3_stmt **out, struct error *err)
{
    assert(errand_allows(&store->errand));
    if (sqlite3_prepare_v2(store->db, sql, -1, out, NULL) != SQLITE_OK)
        return sql_fail(store, err);
    return true;
}

enum sql_result sql_step(struct store *store, sqlite3_stmt *statement, struct error *err)
{
    assert(errand_allows(&store->errand));
    switch (sqlite3_step(statement)) {
    case SQLITE_ROW:
        return SQL_ROW;
    case SQLITE_DONE:
        return SQL_DONE;
    default:
        sql_fail(store, err);
        return SQL_FAILED;
    }
}

bool sql_integer(struct store *store, const char *sql, int64_t none, int64_t *out,
                 struct error *err)
{
    sqlite3_stmt *statement;
    if (!sql_prepare(store, sql, &statement, err))
        return false;
    enum sql_result result = sql_step(store, statement, err);
    *out = none;
    if (result == SQL_ROW && sqlite3_column_type(statement, 0) != SQLITE_NULL)
        *out = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return result != SQL_FAILED;
}

bool sql_name_is_free(struct store *store, const char *name, struct error *err)
{
    sqlite3_stmt *find;
    if (!sql_prepare(store, "SELECT 1 FROM sqlite_schema WHERE lower(name) = ?1", &find, err))
        return false;
    sqlite3_bind_text(find, 1, name, -1, SQLITE_STATIC);
    enum sql_result result = sql_step(store, find, err);
    sqlite3_finalize(find);
    if (result == SQL_ROW)
        error_set(err, _("the store '%s' has a table '%s', which is none of stellwerk's"),
                  store->path, name);
    return result == SQL_DONE;
}

const char *sql_text(sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    return text != NULL ? (const char *)text : "";
}

struct bytes sql_bytes(sqlite3_stmt *statement, int column)
{
    const void *at = sqlite3_column_blob(statement, column);
    return (struct bytes){ .at = at, .length = (size_t)sqlite3_column_bytes(statement, column) };
}

void sql_write_digest(struct digest digest, unsigned char out[SQL_DIGEST_BYTES])
{
    uint64_t high = htobe64(digest.high), low = htobe64(digest.low);
    memcpy(out, &high, sizeof(high));
    memcpy(out + sizeof(high), &low, sizeof(low));
}

bool sql_read_digest(struct bytes bytes, struct digest *out)
{
    const unsigned char *at = bytes.at;
    if (bytes.length != SQL_DIGEST_BYTES)
        return false;
    *out = (struct digest){ 0 };
    for (int i = 0; i < 8; i++) {
        out->high = out->high << 8 | at[i];
        out->low = out->low << 8 | at[8 + i];
    }
    return true;
}
