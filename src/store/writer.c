/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "writer.h"

#include <config.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>

#include "check.h"

/* Numbers of the statements' parameters; a column's is its place in the table of columns. */
enum { PARAM_KEY = 1, PARAM_BATCH, PARAM_LOADED_AT, PARAM_CUT, PARAM_COLUMNS };

static const char *table_of(enum import_as as)
{
    static const char *const tables[] = {
        [IMPORT_EVENTS] = "event",
        [IMPORT_ANSWERS] = "answer",
        [IMPORT_OBSERVATIONS] = "observation",
        [IMPORT_PATHS] = "path",
    };
    return tables[as];
}

/* ---- The statements, written from the table of columns ---- */

/* Appends a piece of SQL for each column of the kind, and a separator between them. */
static void each_column(struct str *sql, enum import_as as, const char *separator,
                        void (*piece)(struct str *sql, enum import_as as, enum column column))
{
    const char *before = "";
    for (enum column i = 0; i < COLUMN_COUNT; i++) {
        if (!column_is_of(i, as))
            continue;
        str_append(sql, before);
        piece(sql, as, i);
        before = separator;
    }
}

static void name_piece(struct str *sql, enum import_as as, enum column column)
{
    (void)as;
    str_append(sql, column_info(column)->name);
}

static void parameter_piece(struct str *sql, enum import_as as, enum column column)
{
    (void)as;
    str_printf(sql, "?%d", PARAM_COLUMNS + (int)column);
}

static bool is_case(enum import_as as, enum column column)
{
    return as == IMPORT_EVENTS && column == COLUMN_CASE_ID;
}

/* What somebody has counted stands for what was counted before. */
static bool is_counted(enum import_as as)
{
    return as == IMPORT_OBSERVATIONS || as == IMPORT_PATHS;
}

/* A row that comes again only adds to what is known; one that is counted stands for the one before.
 * The case that was cut for another person is to be cut anew. */
static void update_piece(struct str *sql, enum import_as as, enum column column)
{
    const char *name = column_info(column)->name;
    if (is_counted(as))
        str_printf(sql, "%s = excluded.%s", name, name);
    else if (is_case(as, column))
        str_append(sql, "case_id = iif(excluded.cut = 0, excluded.case_id, iif(cut = 1 AND"
                        " excluded.person_id IS NOT person_id, NULL, case_id))");
    else
        str_printf(sql, "%s = coalesce(excluded.%s, %s)", name, name, name);
}

/* What makes a row that comes again say something new. */
static void difference_piece(struct str *sql, enum import_as as, enum column column)
{
    const char *name = column_info(column)->name;
    int parameter = PARAM_COLUMNS + (int)column;
    if (is_counted(as))
        str_printf(sql, "?%d IS NOT %s", parameter, name);
    else if (is_case(as, column)) /* one that is cut is no news */
        str_printf(sql, "(?%d IS NOT 1 AND ?%d IS NOT NULL AND ?%d IS NOT %s)", PARAM_CUT,
                   parameter, parameter, name);
    else
        str_printf(sql, "(?%d IS NOT NULL AND ?%d IS NOT %s)", parameter, parameter, name);
}

static void write_upsert(struct str *sql, enum import_as as)
{
    bool observed = as == IMPORT_OBSERVATIONS, event = as == IMPORT_EVENTS;
    str_printf(sql, "INSERT INTO %s (key, batch, %s%s", table_of(as), observed ? "loaded_at, " : "",
               event ? "cut, " : "");
    each_column(sql, as, ", ", name_piece);
    str_printf(sql, ") VALUES (?%d, ?%d, ", PARAM_KEY, PARAM_BATCH);
    if (observed)
        str_printf(sql, "?%d, ", PARAM_LOADED_AT);
    if (event)
        str_printf(sql, "?%d, ", PARAM_CUT);
    each_column(sql, as, ", ", parameter_piece);
    str_append(sql, ") ON CONFLICT (key) DO UPDATE SET ");
    if (is_counted(as))
        str_append(sql, "batch = excluded.batch, ");
    if (observed)
        str_append(sql, "loaded_at = excluded.loaded_at, ");
    if (!is_counted(as))
        str_append(sql, "batch = leave(batch, touchpoint, ts, person_id, case_id), ");
    if (event)
        str_append(sql, "cut = keep_cut(cut, person_id, excluded.person_id, excluded.cut), ");
    each_column(sql, as, ", ", update_piece);
    str_append(sql, " WHERE ");
    each_column(sql, as, " OR ", difference_piece);
}

/* One row where the key is known: does this row say something new? */
static void write_comparison(struct str *sql, enum import_as as)
{
    str_append(sql, "SELECT ");
    each_column(sql, as, " OR ", difference_piece);
    str_printf(sql, " FROM %s WHERE key = ?%d", table_of(as), PARAM_KEY);
}

bool writer_init(struct writer *writer, struct store *store, enum import_as as, bool dry_run,
                 struct error *err)
{
    *writer = (struct writer){
        .store = store,
        .as = as,
        .dry_run = dry_run,
        .previewed = keys_create(),
        .now = time_now(),
    };
    for (enum column i = 0; i < COLUMN_COUNT; i++)
        if (column_is_of(i, as))
            writer->columns[writer->column_count++] = i;
    dictionary_init(&writer->dictionary, store, !dry_run);
    str_init(&writer->cut.left);
    last_seen_init(&writer->seen, store);
    if (store == NULL)
        return true;

    struct str sql;
    str_init(&sql);
    if (dry_run)
        write_comparison(&sql, as);
    else
        write_upsert(&sql, as);
    bool done = cut_watch_updates(store, &writer->cut, err) &&
                derived_watch_updates(store, &writer->watch, err) &&
                (dry_run || derived_open(&writer->derived, store, as, err)) &&
                sql_prepare(store, sql.text, &writer->put, err);
    str_finish(&sql);
    if (!done)
        writer_finish(writer);
    return done;
}

void writer_finish(struct writer *writer)
{
    sqlite3_finalize(writer->put);
    writer->put = NULL;
    dictionary_finish(&writer->dictionary);
    derived_close(&writer->derived);
    if (writer->store != NULL) {
        cut_end_watch(writer->store);
        derived_end_watch(writer->store, &writer->watch);
    }
    last_seen_finish(&writer->seen);
    str_finish(&writer->cut.left);
    keys_destroy(writer->previewed);
    writer->previewed = NULL;
    if (writer->in_transaction)
        sqlite3_exec(writer->store->db, "ROLLBACK", NULL, NULL, NULL);
    writer->in_transaction = false;
}

/* ---- Rows ---- */

static bool bind_cell(struct writer *writer, enum column column, const struct cell *cell,
                      struct error *err)
{
    int parameter = PARAM_COLUMNS + (int)column;
    int64_t word;
    if (!cell->given) {
        sqlite3_bind_null(writer->put, parameter);
        return true;
    }
    switch (column_info(column)->type) {
    case COLUMN_IS_TEXT:
        sqlite3_bind_text(writer->put, parameter, cell->text, -1, SQLITE_STATIC);
        break;
    case COLUMN_IS_WORD:
        if (!dictionary_number(&writer->dictionary, cell->text, &word, err))
            return false;
        sqlite3_bind_int64(writer->put, parameter, word);
        writer->words[column] = word;
        break;
    case COLUMN_IS_INSTANT:
    case COLUMN_IS_DAY:
        sqlite3_bind_int64(writer->put, parameter, cell->time);
        break;
    case COLUMN_IS_NUMBER:
        sqlite3_bind_double(writer->put, parameter, cell->number);
        break;
    }
    return true;
}

static bool bind_row(struct writer *writer, const struct row *row, struct error *err)
{
    sql_write_digest(row->key, writer->key);
    sqlite3_bind_blob(writer->put, PARAM_KEY, writer->key, sizeof(writer->key), SQLITE_STATIC);
    for (size_t i = 0; i < writer->column_count; i++)
        if (!bind_cell(writer, writer->columns[i], &row->cells[writer->columns[i]], err))
            return false;
    return true;
}

/* Looks for the row in the store; `*out` says what it would come to where it is there. */
static bool compare(struct writer *writer, const struct row *row, bool *found,
                    enum put_result *out, struct error *err)
{
    if (!bind_row(writer, row, err))
        return false;
    enum sql_result result = sql_step(writer->store, writer->put, err);
    *found = result == SQL_ROW;
    if (*found)
        *out = sqlite3_column_int(writer->put, 0) != 0 ? PUT_UPDATED : PUT_DUPLICATE;
    sqlite3_reset(writer->put);
    return result != SQL_FAILED;
}

/* A row is taken when the store has no row of its key, nor one came before in the file. */
static bool preview(struct writer *writer, const struct row *row, enum put_result *out,
                    struct error *err)
{
    bool found = false;
    int64_t times;
    if (writer->put != NULL && !compare(writer, row, &found, out, err))
        return false;
    if (found)
        return true;
    if (!keys_count(writer->previewed, row->key, &times, err))
        return false;
    *out = times > 1 ? PUT_DUPLICATE : PUT_TAKEN;
    return true;
}

/* Binds what says whether the case of an event is cut, and which it is, if that is sure. */
static bool bind_cut(struct writer *writer, const struct row *row, bool cut, const char **name,
                     struct error *err)
{
    if (cut && !last_seen_case(&writer->seen, row->cells[COLUMN_PERSON_ID].text,
                               row->cells[COLUMN_TS].time, name, err))
        return false;
    sqlite3_bind_int(writer->put, PARAM_CUT, cut);
    if (cut)
        sqlite3_bind_text(writer->put, PARAM_COLUMNS + COLUMN_CASE_ID, *name, -1, SQLITE_STATIC);
    return true;
}

/* ---- What follows from a row ---- */

static const char *text_or(const struct cell *cell, const char *else_text)
{
    return cell->given ? cell->text : else_text;
}

/* Where the row is now: an update keeps what the row does not say. */
static struct derived_place new_place(const struct writer *writer, const struct row *row)
{
    const struct cell *cells = row->cells;
    const struct derived_place *from = &writer->watch.from;
    return (struct derived_place){
        .touchpoint = cells[COLUMN_TOUCHPOINT].given ? writer->words[COLUMN_TOUCHPOINT]
                                                     : from->touchpoint,
        .ts = cells[COLUMN_TS].given ? cells[COLUMN_TS].time : from->ts,
        .person_id = text_or(&cells[COLUMN_PERSON_ID], from->person_id),
        .case_id = text_or(&cells[COLUMN_CASE_ID], from->case_id),
    };
}

static bool tell_derived(struct writer *writer, const struct row *row, const char *case_id,
                         enum put_result result, struct error *err)
{
    struct derived_row added = { .row = row, .words = writer->words, .case_id = case_id };
    if (result == PUT_TAKEN)
        return derived_add(&writer->derived, &added, err);
    if (result != PUT_UPDATED || !writer->watch.left)
        return true;
    struct derived_place to = new_place(writer, row);
    writer->watch.left = false;
    return derived_touch(&writer->derived, &writer->watch.from, err) &&
           derived_touch(&writer->derived, &to, err);
}

/* An update may have torn the events of a person apart. */
static bool mend_cut(struct writer *writer, struct error *err)
{
    if (!writer->cut.torn)
        return true;
    last_seen_forget(&writer->seen, writer->cut.left.text);
    return cut_forget(writer->store, &writer->cut, err);
}

bool writer_put(struct writer *writer, const struct row *row, enum put_result *out,
                struct error *err)
{
    if (writer->dry_run)
        return preview(writer, row, out, err);
    bool event = writer->as == IMPORT_EVENTS, cut = event && row_needs_case(row);
    const char *case_id = text_or(&row->cells[COLUMN_CASE_ID], NULL);
    if (!bind_row(writer, row, err) || (event && !bind_cut(writer, row, cut, &case_id, err)))
        return false;
    sqlite3_bind_int64(writer->put, PARAM_BATCH, writer->batch);
    if (writer->as == IMPORT_OBSERVATIONS)
        sqlite3_bind_int64(writer->put, PARAM_LOADED_AT, writer->now);

    /* An update leaves this number alone, an insert sets it. */
    sqlite3_set_last_insert_rowid(writer->store->db, 0);
    enum sql_result result = sql_step(writer->store, writer->put, err);
    bool inserted = sqlite3_last_insert_rowid(writer->store->db) != 0;
    bool changed = sqlite3_changes(writer->store->db) > 0;
    sqlite3_reset(writer->put);
    if (result == SQL_FAILED)
        return false;
    *out = inserted ? PUT_TAKEN : changed ? PUT_UPDATED : PUT_DUPLICATE;
    writer->changed |= *out != PUT_DUPLICATE;
    if (inserted && cut)
        last_seen_take(&writer->seen);
    return tell_derived(writer, row, case_id, *out, err) && mend_cut(writer, err);
}

/* ---- Transactions ---- */

bool writer_begin(struct writer *writer, const atomic_bool *cancel, struct error *err)
{
    if (writer->dry_run)
        return true;
    store_limit(writer->store, &(struct store_limits){ .cancel = cancel });
    bool begun = sql_run(writer->store, "BEGIN IMMEDIATE", err);
    /* From here on a cancel is heard between rows: it must not tear a transaction. */
    if (begun)
        store_limit(writer->store, NULL);
    writer->in_transaction = begun;
    if (!begun)
        return false;
    last_seen_begin(&writer->seen);
    if (!derived_begin(&writer->derived, err))
        return false;
    if (writer->changed)
        return true;
    return sql_integer(writer->store, "SELECT coalesce(max(id), 0) + 1 FROM batch", 1,
                       &writer->batch, err);
}

static void bind_instant(sqlite3_stmt *statement, int parameter, int64_t instant)
{
    if (instant != TIME_NONE)
        sqlite3_bind_int64(statement, parameter, instant);
}

static void bind_batch(sqlite3_stmt *statement, const struct writer *writer,
                       const struct import_report *report, const struct import_mapping *mapping)
{
    int parameter = 0;
    sqlite3_bind_int64(statement, ++parameter, writer->batch);
    sqlite3_bind_text(statement, ++parameter, report->file, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, ++parameter, import_as_name(writer->as), -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, ++parameter, report->preset, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, ++parameter, mapping != NULL ? mapping->path : NULL, -1,
                      SQLITE_STATIC);
    ++parameter;
    if (report->complete) {
        unsigned char digest[SQL_DIGEST_BYTES];
        sql_write_digest(report->digest, digest);
        sqlite3_bind_blob(statement, parameter, digest, sizeof(digest), SQLITE_TRANSIENT);
    }
    sqlite3_bind_int64(statement, ++parameter, writer->now);
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

static bool write_batch(struct writer *writer, const struct import_report *report,
                        const struct import_mapping *mapping, struct error *err)
{
    sqlite3_stmt *statement;
    if (!sql_prepare(writer->store,
                     "INSERT OR REPLACE INTO batch (id, file, kind, preset, mapping, digest,"
                     " started, complete, records, taken, updated, duplicates, rejected, missing,"
                     " oldest, newest, version)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     &statement, err))
        return false;
    bind_batch(statement, writer, report, mapping);
    enum sql_result result = sql_step(writer->store, statement, err);
    sqlite3_finalize(statement);
    return result != SQL_FAILED;
}

bool writer_commit(struct writer *writer, struct import_report *report,
                   const struct import_mapping *mapping, struct error *err)
{
    if (writer->dry_run)
        return true;
    if (writer->changed && !write_batch(writer, report, mapping, err))
        return false;
    if (!derived_flush(&writer->derived, err) || !sql_run(writer->store, "COMMIT", err))
        return false;
    writer->in_transaction = false;
    report->batch = writer->changed ? (uint64_t)writer->batch : 0;
    return true;
}
