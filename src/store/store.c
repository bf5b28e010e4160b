/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/store.h>

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/base/str.h>

#include "event_places.h"
#include "schema.h"
#include "sql.h"

/* How long a connection waits for another program's lock, and how often it looks. */
#define BUSY_PATIENCE_MS 10000
#define BUSY_STEP_MS 5

/* Steps of SQLite's machine between two looks at the cancel flag: some ten microseconds. */
#define PROGRESS_STEPS 1000

static const struct {
    int option, value;
} defences[] = {
    { .option = SQLITE_DBCONFIG_DEFENSIVE, .value = 1 },
    { .option = SQLITE_DBCONFIG_TRUSTED_SCHEMA, .value = 0 },
    { .option = SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, .value = 0 },
    { .option = SQLITE_DBCONFIG_ENABLE_TRIGGER, .value = 0 },
    { .option = SQLITE_DBCONFIG_ENABLE_VIEW, .value = 0 },
    { .option = SQLITE_DBCONFIG_DQS_DML, .value = 0 },
    { .option = SQLITE_DBCONFIG_DQS_DDL, .value = 0 },
};

static const struct {
    int limit, value;
} caps[] = {
    { .limit = SQLITE_LIMIT_LENGTH, .value = 16 << 20 },
    { .limit = SQLITE_LIMIT_SQL_LENGTH, .value = 1 << 20 },
    { .limit = SQLITE_LIMIT_COLUMN, .value = 200 },
    { .limit = SQLITE_LIMIT_EXPR_DEPTH, .value = 100 },
    { .limit = SQLITE_LIMIT_COMPOUND_SELECT, .value = 20 },
    { .limit = SQLITE_LIMIT_VDBE_OP, .value = 100000 },
    { .limit = SQLITE_LIMIT_FUNCTION_ARG, .value = 16 },
    { .limit = SQLITE_LIMIT_ATTACHED, .value = 0 },
    { .limit = SQLITE_LIMIT_LIKE_PATTERN_LENGTH, .value = 1000 },
    { .limit = SQLITE_LIMIT_TRIGGER_DEPTH, .value = 1 },
    { .limit = SQLITE_LIMIT_WORKER_THREADS, .value = 0 },
};

static int on_progress(void *store)
{
    return sql_must_stop(store) || sql_query_is_late(store);
}

/* Stands in for SQLite's own waiting, which would not hear a cancel. */
static int on_busy(void *store, int tries)
{
    if (sql_must_stop(store) || tries >= BUSY_PATIENCE_MS / BUSY_STEP_MS)
        return 0;
    sqlite3_sleep(BUSY_STEP_MS);
    return 1;
}

static void defend(struct store *store)
{
    for (size_t i = 0; i < ARRAY_LEN(defences); i++)
        sqlite3_db_config(store->db, defences[i].option, defences[i].value, NULL);
    for (size_t i = 0; i < ARRAY_LEN(caps); i++)
        sqlite3_limit(store->db, caps[i].limit, caps[i].value);
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_progress_handler(store->db, PROGRESS_STEPS, on_progress, store);
    sqlite3_busy_handler(store->db, on_busy, store);
}

/* A relative path goes in a form that SQLite cannot take for "file:…" or ":memory:". */
static int open_plainly(const char *path, int flags, sqlite3 **out)
{
    struct str plain;
    str_init(&plain);
    str_printf(&plain, "%s%s", path[0] == '/' ? "" : "./", path);
    int code = sqlite3_open_v2(plain.text, out, flags | SQLITE_OPEN_NOMUTEX, NULL);
    str_finish(&plain);
    return code;
}

bool sql_connect(const char *path, int flags, struct store **out, struct error *err)
{
    struct store *store = memory_alloc(sizeof(*store));
    size_t length = strlen(path) + 1;
    store->path = memory_alloc(length);
    memcpy(store->path, path, length);
    store_limit(store, NULL);

    bool open = open_plainly(path, flags, &store->db) == SQLITE_OK || sql_fail(store, err);
    if (!open || !event_places_define(store, err)) {
        store_close(store);
        return false;
    }
    defend(store);
    *out = store;
    return true;
}

/* Says what cannot be opened, before SQLite hangs on a fifo or makes a file. */
static bool look_at(const char *path, bool may_create, struct error *err)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        if (errno == ENOENT && may_create)
            return true;
        if (errno == ENOENT)
            return error_set(err, _("there is no store '%s'; 'stellwerk import' makes one"), path);
        return error_errno(err, errno, _("cannot open the store '%s'"), path);
    }
    if (S_ISDIR(status.st_mode))
        return error_set(err, _("'%s' is a folder, not a stellwerk store"), path);
    if (!S_ISREG(status.st_mode))
        return error_set(err, _("'%s' is not a regular file, so it cannot be a store"), path);
    if (status.st_size == 0 && !may_create)
        return error_set(err, _("'%s' is empty: nothing has been imported into it yet"), path);
    return true;
}

static bool open_to_read(const char *path, bool waits, struct store **out, struct error *err)
{
    if (!look_at(path, false, err) || !sql_connect(path, SQLITE_OPEN_READONLY, out, err))
        return false;
    if (!waits)
        sqlite3_busy_handler((*out)->db, NULL, NULL);
    /* Most of a file is read once, and fresh memory costs more than reading again. */
    if (sql_run(*out, "PRAGMA query_only = 1; PRAGMA cell_size_check = 1; PRAGMA mmap_size = 0;"
                      "PRAGMA cache_size = -2048", err) &&
        schema_check(*out, err))
        return true;
    store_close(*out);
    *out = NULL;
    return false;
}

bool store_open(const char *path, struct store **out, struct error *err)
{
    return open_to_read(path, true, out, err);
}

/* In a database without tables: it is new, or making it was broken off. */
static bool make_tables(struct store *store, struct error *err)
{
    int64_t application, objects;
    if (!sql_integer(store, "PRAGMA application_id", 0, &application, err) ||
        !sql_integer(store, "SELECT count(*) FROM sqlite_schema", 0, &objects, err))
        return false;
    return application != 0 || objects > 0 || schema_create(store, err);
}

bool store_create(const char *path, struct store **out, struct error *err)
{
    if (!look_at(path, true, err) ||
        !sql_connect(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, out, err))
        return false;
    /* What is deleted are parts of indexes and rollups, as they are merged; pruning makes the whole
     * file anew. */
    if (sql_run(*out,
                "PRAGMA cell_size_check = 1; PRAGMA mmap_size = 0; PRAGMA secure_delete = 0;"
                "PRAGMA page_size = 8192; PRAGMA cache_size = -16384",
                err) &&
        make_tables(*out, err) && schema_check(*out, err))
        return true;
    store_close(*out);
    *out = NULL;
    return false;
}

/* Another file may have come to be under the name that this one was opened by. */
static bool is_in_place(struct store *store)
{
    int moved = 1;
    return sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK &&
           !moved;
}

static bool has_log(struct store *store)
{
    int64_t log;
    return !sql_integer(store, "SELECT journal_mode = 'wal' FROM pragma_journal_mode", 1, &log,
                        NULL) ||
           log != 0;
}

/* Who waits to commit lets nobody else begin to read, and waits for the store, whose thread this
 * is: to wait for them would be for ever. */
static void open_twin(struct store *store)
{
    const char *path = sqlite3_db_filename(store->db, "main");
    if (sqlite3_threadsafe() == 0 || sqlite3_db_readonly(store->db, "main") != 1 || path == NULL ||
        !open_to_read(path, false, &store->twin, NULL))
        return;
    free(store->twin->path);
    store->twin->path = memory_strdup(store->path);
}

struct store *sql_twin(struct store *store)
{
    if (has_log(store))
        return NULL;
    if (store->twin == NULL)
        open_twin(store);
    /* The twin's file first: if both are under the name then, they are one. */
    if (store->twin == NULL || !is_in_place(store->twin) || !is_in_place(store))
        return NULL;
    store->twin->limits = store->limits;
    store->twin->deadline = store->deadline;
    store->twin->stopped = false;
    return store->twin;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    store_close(store->twin);
    int code = sqlite3_close(store->db);
    assert(code == SQLITE_OK); /* every statement was finalised */
    (void)code;
    free(store->path);
    free(store);
}

uint64_t store_changes(struct store *store)
{
    int64_t version;
    return sql_integer(store, "PRAGMA data_version", 0, &version, NULL) ? (uint64_t)version : 0;
}
