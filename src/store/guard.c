/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/str.h>

#include "schema.h"

static const char *const views[] = { "events", "answers", "observations", "paths",
                                     "batches" };

/* What a view reads that is read through it. */
static const char *const tables[] = { "event", "answer", "observation", "path", "batch", "word" };

/* Functions that reach outside, or never give the same figure twice. */
static const char *const closed[] = { "load_extension", "fts3_tokenizer", "random", "randomblob" };

static bool is_one_of(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; name != NULL && i < count; i++)
        if (strcasecmp(names[i], name) == 0)
            return true;
    return false;
}

/* A read without a database is of no column: rows are counted, or stand in a query's own WITH. */
static bool may(int action, const char *first, const char *second, const char *database,
                const char *view)
{
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return true;
    case SQLITE_FUNCTION:
        return !is_one_of(second, closed, ARRAY_LEN(closed));
    case SQLITE_READ:
        return database == NULL || (is_one_of(view, views, ARRAY_LEN(views)) &&
                                    is_one_of(first, tables, ARRAY_LEN(tables)));
    default:
        return false;
    }
}

static int authorise(void *data, int action, const char *first, const char *second,
                     const char *database, const char *view)
{
    struct guard *guard = data;
    if (may(action, first, second, database, view))
        return SQLITE_OK;
    const char *what = action == SQLITE_FUNCTION ? second : first;
    if (guard->refused[0] == '\0')
        snprintf(guard->refused, sizeof(guard->refused), "%s", what != NULL ? what : "");
    return SQLITE_DENY;
}

/* The query within our own views. A line's end closes a comment that it may end with. */
static void write_guarded(struct str *sql, const char *query)
{
    size_t length = strlen(query);
    while (length > 0 && (query[length - 1] == ';' || isspace((unsigned char)query[length - 1])))
        length--;
    for (size_t i = 0; i < ARRAY_LEN(views); i++)
        str_printf(sql, "%s%s AS (%s)", i == 0 ? "WITH " : ", ", views[i],
                   schema_view(views[i]));
    str_append(sql, " SELECT * FROM (\n");
    str_append_bytes(sql, query, length);
    str_append(sql, "\n)");
}

static bool fail(struct guard *guard, struct error *err)
{
    struct store *store = guard->store;
    bool interrupted = (sqlite3_errcode(store->db) & 0xff) == SQLITE_INTERRUPT;
    if (guard->refused[0] != '\0')
        return error_set(err, _("the query may read the views events, answers, observations, "
                                "paths and batches and change nothing; it asks for '%s'"),
                         guard->refused);
    if (interrupted && !sql_must_stop(store))
        return error_set(err, _("the query took longer than %.3g s and was broken off"),
                         (double)sql_query_time(store) / 1e6);
    if ((sqlite3_errcode(store->db) & 0xff) == SQLITE_ERROR)
        return error_set(err, _("the query is wrong: %s"), sqlite3_errmsg(store->db));
    return sql_fail(store, err);
}

bool guard_open(struct guard *guard, struct store *store, const char *query, struct error *err)
{
    struct str sql;
    const char *rest = NULL;
    *guard = (struct guard){ .store = store };
    str_init(&sql);
    write_guarded(&sql, query);
    sqlite3_set_authorizer(store->db, authorise, guard);
    sql_start_query(store);
    int code = sqlite3_prepare_v2(store->db, sql.text, -1, &guard->statement, &rest);
    bool whole = rest != NULL && *rest == '\0';
    str_finish(&sql);
    if (code != SQLITE_OK)
        return fail(guard, err);
    if (!whole || sqlite3_stmt_readonly(guard->statement) == 0)
        return error_set(err, _("the query is more than one SELECT"));
    return true;
}

void guard_close(struct guard *guard)
{
    sqlite3_finalize(guard->statement);
    sqlite3_set_authorizer(guard->store->db, NULL, NULL);
    sql_end_query(guard->store);
}

enum sql_result guard_step(struct guard *guard, struct error *err)
{
    switch (sqlite3_step(guard->statement)) {
    case SQLITE_ROW:
        return SQL_ROW;
    case SQLITE_DONE:
        return SQL_DONE;
    default:
        fail(guard, err);
        return SQL_FAILED;
    }
}
