/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch.h"

#include <config.h>

#include <stellwerk/base/time.h>

static void bind_instant(sqlite3_stmt *statement, int parameter, int64_t instant)
{
    if (instant != TIME_NONE)
        sqlite3_bind_int64(statement, parameter, instant);
}

static void bind(sqlite3_stmt *statement, const struct batch *batch)
{
    const struct import_report *report = batch->report;
    const char *mapping = batch->mapping != NULL ? batch->mapping->path : NULL;
    int parameter = 0;
    sqlite3_bind_int64(statement, ++parameter, batch->id);
    sqlite3_bind_text(statement, ++parameter, report->file, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, ++parameter, import_as_name(batch->as), -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, ++parameter, report->preset, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, ++parameter, mapping, -1, SQLITE_STATIC);
    ++parameter;
    if (report->complete) {
        unsigned char digest[SQL_DIGEST_BYTES];
        sql_write_digest(report->digest, digest);
        sqlite3_bind_blob(statement, parameter, digest, sizeof(digest), SQLITE_TRANSIENT);
    }
    sqlite3_bind_int64(statement, ++parameter, batch->started);
    sqlite3_bind_int(statement, ++parameter, report->complete);
    sqlite3_bind_int64(statement, ++parameter, (int64_t)report->records);
    sqlite3_bind_int64(statement, ++parameter, (int64_t)report->taken);
    sqlite3_bind_int64(statement, ++parameter, (int64_t)report->updated);
    sqlite3_bind_int64(statement, ++parameter, (int64_t)report->duplicates);
    sqlite3_bind_int64(statement, ++parameter, (int64_t)report->rejected);
    sqlite3_bind_int64(statement, ++parameter, (int64_t)report->missing);
    bind_instant(statement, ++parameter, report->oldest);
    bind_instant(statement, ++parameter, report->newest);
    sqlite3_bind_text(statement, ++parameter, PACKAGE_VERSION, -1, SQLITE_STATIC);
}

bool batch_write(struct store *store, const struct batch *batch, struct error *err)
{
    sqlite3_stmt *statement;
    if (!sql_prepare(store,
                     "INSERT OR REPLACE INTO batch (id, file, kind, preset, mapping, digest,"
                     " started, complete, records, taken, updated, duplicates, rejected, missing,"
                     " oldest, newest, version)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     &statement, err))
        return false;
    bind(statement, batch);
    enum sql_result result = sql_step(store, statement, err);
    sqlite3_finalize(statement);
    return result != SQL_FAILED;
}
