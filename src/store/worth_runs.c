/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "worth_runs.h"

#include <stdlib.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>

#include "sequence_stale.h"

#define PART_BYTES 32768

/* ---- Writing ---- */

void worth_writer_init(struct worth_writer *writer, struct store *store, int64_t run)
{
    *writer = (struct worth_writer){ .store = store, .run = run };
    str_init(&writer->bytes);
}

void worth_writer_finish(struct worth_writer *writer)
{
    sqlite3_finalize(writer->put);
    str_finish(&writer->bytes);
}

static bool write_part(struct worth_writer *writer, struct error *err)
{
    if (writer->put == NULL &&
        !sql_prepare(writer->store,
                     "INSERT INTO sequence_part (run, part, cases) VALUES (?1, ?2, ?3)",
                     &writer->put, err))
        return false;
    sqlite3_bind_int64(writer->put, 1, writer->run);
    sqlite3_bind_int64(writer->put, 2, --writer->part);
    sqlite3_bind_blob64(writer->put, 3, writer->bytes.text, writer->bytes.length, SQLITE_STATIC);
    enum sql_result result = sql_step(writer->store, writer->put, err);
    sqlite3_reset(writer->put);
    str_clear(&writer->bytes);
    return result != SQL_FAILED;
}

bool worth_put(struct worth_writer *writer, struct case_worth *worth, struct error *err)
{
    if (worth->count == 0 && !worth->whole)
        return true;
    case_worth_write(&writer->bytes, worth);
    return writer->bytes.length < PART_BYTES || write_part(writer, err);
}

bool worth_end(struct worth_writer *writer, struct error *err)
{
    return writer->bytes.length == 0 || write_part(writer, err);
}

/* ---- Cursors ---- */

/* Of a run, part by part, or of the rows. */
struct worth_cursor {
    sqlite3_stmt *source;
    bool of_rows;
    struct coded part;    /* of a run: what is left of it */
    bool at_row;          /* of rows: one waits that is another case's */
    struct case_worth at; /* the case it stands at */
    bool begun, ended;
};

enum { DIGEST, CURRENCY, TOUCHPOINT, VALUE };

static const char rows_sql[] =
    "SELECT case_digest(case_id, person_id), currency, touchpoint, value FROM event"
    " WHERE value IS NOT NULL AND (currency IS NOT NULL OR touchpoint IS NOT NULL) ORDER BY 1";

static bool step_row(struct worth_reader *reader, struct worth_cursor *cursor, struct error *err)
{
    enum sql_result result = sql_step(reader->store, cursor->source, err);
    cursor->at_row = result == SQL_ROW;
    return result != SQL_FAILED;
}

static void add_row(struct worth_cursor *cursor)
{
    uint32_t currency = (uint32_t)sqlite3_column_int64(cursor->source, CURRENCY);
    uint32_t touchpoint = (uint32_t)sqlite3_column_int64(cursor->source, TOUCHPOINT);
    case_worth_add_event(&cursor->at, purse_of(currency, touchpoint),
                         sqlite3_column_double(cursor->source, VALUE));
}

static bool advance_rows(struct worth_reader *reader, struct worth_cursor *cursor,
                         struct error *err)
{
    if (!cursor->begun && !step_row(reader, cursor, err))
        return false;
    cursor->ended = !cursor->at_row;
    if (cursor->ended)
        return true;
    int64_t digest = sqlite3_column_int64(cursor->source, DIGEST);
    case_worth_clear(&cursor->at, case_digest_from_sql(digest));
    do {
        add_row(cursor);
        if (!step_row(reader, cursor, err))
            return false;
    } while (cursor->at_row && sqlite3_column_int64(cursor->source, DIGEST) == digest);
    return true;
}

static bool next_part(struct worth_reader *reader, struct worth_cursor *cursor, struct error *err)
{
    if (!sql_go_on(reader->store, err))
        return false;
    enum sql_result result = sql_step(reader->store, cursor->source, err);
    cursor->ended = result == SQL_DONE;
    if (result == SQL_ROW)
        cursor->part = coded_init(sqlite3_column_blob(cursor->source, 0),
                                  (size_t)sqlite3_column_bytes(cursor->source, 0));
    return result != SQL_FAILED;
}

static bool tell_bad(struct store *store, struct error *err)
{
    return error_set(err,
                     _("what cases were worth in the store '%s' is damaged; stellwerk store "
                       "rebuild makes it anew"),
                     store->path);
}

static bool advance_run(struct worth_reader *reader, struct worth_cursor *cursor, struct error *err)
{
    uint64_t last = cursor->at.digest;
    for (;;) {
        switch (case_worth_read(&cursor->part, &cursor->at)) {
        case PART_CASE:
            return (!cursor->begun || cursor->at.digest > last) || tell_bad(reader->store, err);
        case PART_BAD:
            return tell_bad(reader->store, err);
        case PART_END:
            break;
        }
        if (!next_part(reader, cursor, err))
            return false;
        if (cursor->ended)
            return true;
    }
}

static bool advance(struct worth_reader *reader, struct worth_cursor *cursor, struct error *err)
{
    bool good =
        cursor->of_rows ? advance_rows(reader, cursor, err) : advance_run(reader, cursor, err);
    cursor->begun = true;
    return good;
}

static struct worth_cursor *add_cursor(struct worth_reader *reader)
{
    reader->cursors =
        memory_resize(reader->cursors, memory_product(reader->count + 1, sizeof(*reader->cursors)));
    struct worth_cursor *cursor = &reader->cursors[reader->count++];
    *cursor = (struct worth_cursor){ 0 };
    return cursor;
}

/* ---- Opening ---- */

static bool open_run(struct worth_reader *reader, int64_t run, struct error *err)
{
    struct worth_cursor *cursor = add_cursor(reader);
    if (!sql_prepare(reader->store,
                     "SELECT cases FROM sequence_part WHERE run = ?1 AND part < 0"
                     " ORDER BY part DESC",
                     &cursor->source, err))
        return false;
    sqlite3_bind_int64(cursor->source, 1, run);
    return advance(reader, cursor, err);
}

static bool open_runs(struct worth_reader *reader, sqlite3_stmt *list, struct error *err)
{
    enum sql_result result;
    while ((result = sql_step(reader->store, list, err)) == SQL_ROW)
        if (!open_run(reader, sqlite3_column_int64(list, 0), err))
            return false;
    return result == SQL_DONE;
}

bool worth_open(struct worth_reader *reader, struct store *store, int64_t first, int64_t last,
                struct error *err)
{
    sqlite3_stmt *list;
    *reader = (struct worth_reader){ .store = store };
    if (!sql_prepare(store,
                     "SELECT id FROM sequence_run WHERE age BETWEEN ?1 AND ?2 AND EXISTS"
                     " (SELECT 1 FROM sequence_part WHERE run = id AND part < 0) ORDER BY age",
                     &list, err))
        return false;
    sqlite3_bind_int64(list, 1, first);
    sqlite3_bind_int64(list, 2, last);
    bool done = open_runs(reader, list, err);
    sqlite3_finalize(list);
    if (!done)
        worth_close(reader);
    return done;
}

bool worth_open_rows(struct worth_reader *reader, struct store *store, struct error *err)
{
    *reader = (struct worth_reader){ .store = store };
    struct worth_cursor *cursor = add_cursor(reader);
    cursor->of_rows = true;
    if (sql_prepare(store, rows_sql, &cursor->source, err) && advance(reader, cursor, err))
        return true;
    worth_close(reader);
    return false;
}

void worth_close(struct worth_reader *reader)
{
    for (size_t i = 0; i < reader->count; i++) {
        sqlite3_finalize(reader->cursors[i].source);
        case_worth_finish(&reader->cursors[i].at);
    }
    free(reader->cursors);
    case_worth_finish(&reader->merged);
    *reader = (struct worth_reader){ 0 };
}

/* ---- Merging ---- */

/* The first cursor at the least digest; `*second` is the digest of the next one. */
static struct worth_cursor *find_least(const struct worth_reader *reader, uint64_t *second)
{
    struct worth_cursor *least = NULL;
    *second = UINT64_MAX;
    for (size_t i = 0; i < reader->count; i++) {
        struct worth_cursor *cursor = &reader->cursors[i];
        if (cursor->ended)
            continue;
        if (least == NULL || cursor->at.digest < least->at.digest) {
            *second = least != NULL ? least->at.digest : *second;
            least = cursor;
        } else if (cursor->at.digest < *second) {
            *second = cursor->at.digest;
        }
    }
    return least;
}

/* Passes over the case at hand. */
static bool go_on(struct worth_reader *reader, struct error *err)
{
    if (reader->lead != NULL)
        return advance(reader, reader->lead, err);
    for (size_t i = 0; reader->is_merged && i < reader->count; i++) {
        struct worth_cursor *cursor = &reader->cursors[i];
        bool has_it = !cursor->ended && cursor->at.digest == reader->merged.digest;
        if (has_it && !advance(reader, cursor, err))
            return false;
    }
    return true;
}

/* What all say of the case; sums stay where they are until the cursors go on. */
static void merge(struct worth_reader *reader, uint64_t digest)
{
    struct case_worth *merged = &reader->merged;
    case_worth_clear(merged, digest);
    for (size_t i = 0; i < reader->count; i++) {
        const struct worth_cursor *cursor = &reader->cursors[i];
        if (cursor->ended || cursor->at.digest != digest)
            continue;
        merged->count = cursor->at.whole ? 0 : merged->count;
        merged->whole |= cursor->at.whole;
        for (size_t k = 0; k < cursor->at.count; k++)
            case_worth_add(merged, cursor->at.shares[k]);
    }
}

/* A cursor that has cases before all others hands them out itself. */
bool worth_next(struct worth_reader *reader, struct case_worth **out, struct error *err)
{
    if (!go_on(reader, err))
        return false;
    struct worth_cursor *lead = reader->lead;
    if (lead == NULL || lead->ended || lead->at.digest >= reader->limit)
        lead = find_least(reader, &reader->limit);
    bool alone = lead != NULL && lead->at.digest < reader->limit;
    reader->lead = alone ? lead : NULL;
    reader->is_merged = lead != NULL && !alone;
    if (reader->is_merged)
        merge(reader, lead->at.digest);
    *out = alone ? &lead->at : reader->is_merged ? &reader->merged : NULL;
    return true;
}

/* ---- Merging for good ---- */

static bool copy_cases(struct worth_reader *reader, struct worth_writer *writer, struct error *err)
{
    struct case_worth *worth;
    for (;;) {
        if (!worth_next(reader, &worth, err))
            return false;
        if (worth == NULL)
            return worth_end(writer, err);
        if (!worth_put(writer, worth, err))
            return false;
    }
}

bool worth_merge(struct store *store, int64_t first, int64_t last, int64_t run, struct error *err)
{
    struct worth_reader reader;
    struct worth_writer writer;
    if (!worth_open(&reader, store, first, last, err))
        return false;
    worth_writer_init(&writer, store, run);
    bool done = copy_cases(&reader, &writer, err);
    worth_writer_finish(&writer);
    worth_close(&reader);
    return done;
}
