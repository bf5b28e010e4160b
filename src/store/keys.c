/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keys.h"

#include <sqlite3.h>
#include <stdlib.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>

struct keys {
    sqlite3 *db; /* NULL before the first key */
    sqlite3_stmt *count;
};

/* One transaction for ever: nobody wants to find these keys again. */
static const char setup[] = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                            "PRAGMA cache_size = -32768;"
                            "CREATE TABLE seen (key BLOB PRIMARY KEY, n INTEGER NOT NULL)"
                            " WITHOUT ROWID;"
                            "BEGIN";

static const char count_one[] = "INSERT INTO seen VALUES (?1, 1)"
                                " ON CONFLICT DO UPDATE SET n = n + 1 RETURNING n";

struct keys *keys_create(void)
{
    return memory_alloc(sizeof(struct keys));
}

void keys_destroy(struct keys *keys)
{
    if (keys == NULL)
        return;
    sqlite3_finalize(keys->count);
    sqlite3_close(keys->db);
    free(keys);
}

static bool fail(struct keys *keys, struct error *err)
{
    return error_set(err, _("cannot keep track of the rows seen: %s"), sqlite3_errmsg(keys->db));
}

static bool open_scratch(struct keys *keys, struct error *err)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2("", &keys->db, flags, NULL) != SQLITE_OK ||
        sqlite3_exec(keys->db, setup, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(keys->db, count_one, -1, &keys->count, NULL) != SQLITE_OK)
        return fail(keys, err);
    return true;
}

bool keys_count(struct keys *keys, struct digest key, int64_t *out, struct error *err)
{
    if (keys->db == NULL && !open_scratch(keys, err))
        return false;
    sqlite3_bind_blob(keys->count, 1, &key, sizeof(key), SQLITE_STATIC);
    bool good = sqlite3_step(keys->count) == SQLITE_ROW;
    if (good)
        *out = sqlite3_column_int64(keys->count, 0);
    if (sqlite3_reset(keys->count) != SQLITE_OK || !good)
        return fail(keys, err);
    return true;
}
