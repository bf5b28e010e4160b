/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

#include <check.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support.h"

void fixture_init(struct fixture *fixture)
{
    *fixture = (struct fixture){ .folder = scratch_create() };
    arena_init(&fixture->arena);
    error_init(&fixture->err);
    fixture->store_path = fixture_path(fixture, "store.db");
}

void fixture_finish(struct fixture *fixture)
{
    scratch_remove(fixture->folder);
    arena_finish(&fixture->arena);
}

const char *fixture_path(struct fixture *fixture, const char *name)
{
    return arena_printf(&fixture->arena, "%s/%s", fixture->folder, name);
}

const char *fixture_write(struct fixture *fixture, const char *name, const void *bytes,
                          size_t length)
{
    const char *path = fixture_path(fixture, name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
    return path;
}

bool fixture_try(struct fixture *fixture, const char *path, const struct import_options *options,
                 struct import_report *out)
{
    static const struct import_options none;
    struct store *store;
    ck_assert_msg(store_create(fixture->store_path, &store, &fixture->err), "%s",
                  fixture->err.text);
    bool done = store_import(&fixture->arena, store, path, options != NULL ? options : &none, out,
                             &fixture->err);
    store_close(store);
    return done;
}

struct import_report fixture_import(struct fixture *fixture, const char *text,
                                    const struct import_options *options)
{
    struct import_report report;
    const char *path = fixture_write(fixture, "import.csv", text, strlen(text));
    ck_assert_msg(fixture_try(fixture, path, options, &report), "%s", fixture->err.text);
    return report;
}

static void die(const struct import_progress *progress, void *data)
{
    (void)data;
    if (progress->records >= KILLED_RECORDS)
        _exit(0);
}

void fixture_import_and_die(struct fixture *fixture, const char *text)
{
    const struct import_options options = { .batch_rows = 300, .watch = die };
    int status;
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        fixture_import(fixture, text, &options);
        _exit(1);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    /* Only who may write can take back half a transaction. */
    fixture_change(fixture, "SELECT count(*) FROM event");
}

const char *fixture_ask(struct fixture *fixture, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *statement;
    ck_assert_int_eq(sqlite3_open_v2(fixture->store_path, &db, SQLITE_OPEN_READONLY, NULL),
                     SQLITE_OK);
    ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK, "%s",
                  sqlite3_errmsg(db));
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    const unsigned char *text = sqlite3_column_text(statement, 0);
    const char *answer = arena_strdup(&fixture->arena, text != NULL ? (const char *)text : "");
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return answer;
}

void fixture_change(struct fixture *fixture, const char *sql)
{
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(fixture->store_path, &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}
