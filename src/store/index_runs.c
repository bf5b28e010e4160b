/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index_runs.h"

#include <assert.h>
#include <stdlib.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>

#include "index_sort.h"

bool index_damaged(struct store *store, struct error *err)
{
    return error_set(err,
                     _("the indexes of the store '%s' are damaged; 'stellwerk store rebuild' "
                       "makes them anew"),
                     store->path);
}

bool index_clear(struct store *store, struct error *err)
{
    return sql_run(store, "DELETE FROM index_part; DELETE FROM index_run", err);
}

/* ---- A run that is being written ---- */

struct run_writer {
    struct store *store;
    sqlite3_stmt *put;
    int64_t run, total;
    struct index_entry first, last;
    struct index_entry entries[INDEX_PART_ENTRIES];
    size_t count;
    struct str bytes;
};

static bool begin_run(struct run_writer *writer, struct store *store, struct error *err)
{
    writer->store = store;
    str_init(&writer->bytes);
    return sql_integer(store, "SELECT max(id) + 1 FROM index_run", 1, &writer->run, err) &&
           sql_prepare(store, "INSERT INTO index_part (run, first, entries) VALUES (?1, ?2, ?3)",
                       &writer->put, err);
}

static bool put_part(struct run_writer *writer, struct error *err)
{
    unsigned char first[INDEX_PLACE_BYTES];
    str_clear(&writer->bytes);
    index_write_place(&writer->entries[0], first);
    index_part_write(writer->entries, writer->count, &writer->bytes);
    sqlite3_bind_int64(writer->put, 1, writer->run);
    sqlite3_bind_blob(writer->put, 2, first, sizeof(first), SQLITE_STATIC);
    sqlite3_bind_blob64(writer->put, 3, writer->bytes.text, writer->bytes.length, SQLITE_STATIC);
    enum sql_result result = sql_step(writer->store, writer->put, err);
    sqlite3_reset(writer->put);
    writer->count = 0;
    return result != SQL_FAILED;
}

/* Entries come in order; one that has just come is passed over. */
static bool put_entry(struct run_writer *writer, const struct index_entry *entry, struct error *err)
{
    if (writer->total == 0)
        writer->first = *entry;
    else if (index_compare(&writer->last, entry) == 0)
        return true;
    writer->last = *entry;
    writer->total++;
    writer->entries[writer->count++] = *entry;
    return writer->count < INDEX_PART_ENTRIES || put_part(writer, err);
}

static bool end_run(struct run_writer *writer, const char *name, int level, struct error *err)
{
    sqlite3_stmt *add;
    unsigned char first[INDEX_PLACE_BYTES], last[INDEX_PLACE_BYTES];
    if ((writer->count > 0 && !put_part(writer, err)) ||
        !sql_prepare(writer->store,
                     "INSERT INTO index_run (id, name, level, entries, first, last)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                     &add, err))
        return false;
    index_write_place(&writer->first, first);
    index_write_place(&writer->last, last);
    sqlite3_bind_int64(add, 1, writer->run);
    sqlite3_bind_text(add, 2, name, -1, SQLITE_STATIC);
    sqlite3_bind_int(add, 3, level);
    sqlite3_bind_int64(add, 4, writer->total);
    sqlite3_bind_blob(add, 5, first, sizeof(first), SQLITE_STATIC);
    sqlite3_bind_blob(add, 6, last, sizeof(last), SQLITE_STATIC);
    enum sql_result result = sql_step(writer->store, add, err);
    sqlite3_finalize(add);
    return result != SQL_FAILED;
}

static void finish_run(struct run_writer *writer)
{
    sqlite3_finalize(writer->put);
    str_finish(&writer->bytes);
}

static bool write_run(struct store *store, const char *name, const struct index_entry *entries,
                      size_t count, struct error *err)
{
    struct run_writer writer = { 0 };
    bool done = begin_run(&writer, store, err);
    for (size_t i = 0; done && i < count; i++)
        done = put_entry(&writer, &entries[i], err);
    done = done && end_run(&writer, name, 0, err);
    finish_run(&writer);
    return done;
}

/* ---- Reading ---- */

struct index_cursor {
    sqlite3_stmt *parts;
    struct index_entry entries[INDEX_PART_ENTRIES];
    size_t count, at; /* backwards `at` is one behind */
    bool ended;
};

static struct index_entry *entry_at(const struct index_scan *scan, struct index_cursor *cursor)
{
    return &cursor->entries[scan->span.backwards ? cursor->at - 1 : cursor->at];
}

/* Does `a` come before `b`, the way the scan goes? */
static bool is_before(const struct index_scan *scan, const struct index_entry *a,
                      const struct index_entry *b)
{
    int order = index_compare(a, b);
    return scan->span.backwards ? order > 0 : order < 0;
}

static bool next_part(struct index_scan *scan, struct index_cursor *cursor, struct error *err)
{
    if (!sql_go_on(scan->store, err))
        return false;
    enum sql_result result = sql_step(scan->store, cursor->parts, err);
    cursor->ended = result == SQL_DONE;
    if (result != SQL_ROW)
        return result == SQL_DONE;
    if (!index_part_read(sql_bytes(cursor->parts, 0), cursor->entries, &cursor->count))
        return index_damaged(scan->store, err);
    cursor->at = scan->span.backwards ? cursor->count : 0;
    return true;
}

static bool is_used_up(const struct index_scan *scan, const struct index_cursor *cursor)
{
    return cursor->at == (scan->span.backwards ? 0 : cursor->count);
}

/* From where it stands to an entry of the span, if there is one. */
static bool settle_cursor(struct index_scan *scan, struct index_cursor *cursor, struct error *err)
{
    bool backwards = scan->span.backwards;
    const struct index_entry *begin = backwards ? &scan->span.to : &scan->span.from;
    const struct index_entry *end = backwards ? &scan->span.from : &scan->span.to;
    while (!cursor->ended) {
        if (is_used_up(scan, cursor)) {
            if (!next_part(scan, cursor, err))
                return false;
            continue;
        }
        const struct index_entry *entry = entry_at(scan, cursor);
        if (!is_before(scan, entry, begin)) {
            cursor->ended = is_before(scan, end, entry);
            break;
        }
        cursor->at += backwards ? (size_t)-1 : 1;
    }
    return true;
}

static bool advance(struct index_scan *scan, struct index_cursor *cursor, struct error *err)
{
    cursor->at += scan->span.backwards ? (size_t)-1 : 1;
    if (is_used_up(scan, cursor) && !next_part(scan, cursor, err))
        return false;
    if (!cursor->ended)
        cursor->ended = is_before(scan, scan->span.backwards ? &scan->span.from : &scan->span.to,
                                  entry_at(scan, cursor));
    return true;
}

/* Parts from the last one that begins at or before the span, or back from the last that begins in
 * it. */
static const char forwards_sql[] =
    "SELECT entries FROM index_part WHERE run = ?1 AND first >= (SELECT coalesce(max(first), x'')"
    " FROM index_part WHERE run = ?1 AND first <= ?2) AND first <= ?3 ORDER BY first";
static const char backwards_sql[] =
    "SELECT entries FROM index_part WHERE run = ?1 AND first >= (SELECT coalesce(max(first), x'')"
    " FROM index_part WHERE run = ?1 AND first <= ?2) AND first <= ?3 ORDER BY first DESC";

/* Does the span begin and end in the part at hand, and before its last entry? */
static bool is_within_part(const struct index_scan *scan, const struct index_cursor *cursor)
{
    return cursor->count > 0 && index_compare(&cursor->entries[0], &scan->span.from) < 0 &&
           index_compare(&scan->span.to, &cursor->entries[cursor->count - 1]) < 0;
}

/* How many entries of the part come before this one. */
static size_t count_before(const struct index_cursor *cursor, const struct index_entry *entry)
{
    size_t low = 0, high = cursor->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (index_compare(&cursor->entries[middle], entry) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void seek_in_part(const struct index_scan *scan, struct index_cursor *cursor)
{
    const struct index_span *span = &scan->span;
    cursor->at = count_before(cursor, span->backwards ? &span->to : &span->from);
    if (span->backwards && index_compare(&cursor->entries[cursor->at], &span->to) == 0)
        cursor->at++;
}

static void seek_part(const struct index_scan *scan, struct index_cursor *cursor)
{
    unsigned char from[INDEX_PLACE_BYTES], to[INDEX_PLACE_BYTES];
    index_write_place(&scan->span.from, from);
    index_write_place(&scan->span.to, to);
    sqlite3_reset(cursor->parts);
    sqlite3_bind_blob(cursor->parts, 2, from, sizeof(from), SQLITE_TRANSIENT);
    sqlite3_bind_blob(cursor->parts, 3, to, sizeof(to), SQLITE_TRANSIENT);
    cursor->count = cursor->at = 0;
}

static bool seek(struct index_scan *scan, struct index_cursor *cursor, struct error *err)
{
    cursor->ended = false;
    if (is_within_part(scan, cursor))
        seek_in_part(scan, cursor);
    else
        seek_part(scan, cursor);
    return settle_cursor(scan, cursor, err);
}

static bool open_cursor(struct index_scan *scan, int64_t run, struct error *err)
{
    struct index_cursor *cursor = &scan->cursors[scan->count++];
    cursor->parts = NULL;
    cursor->count = 0;
    if (!sql_prepare(scan->store, scan->span.backwards ? backwards_sql : forwards_sql,
                     &cursor->parts, err))
        return false;
    sqlite3_bind_int64(cursor->parts, 1, run);
    return seek(scan, cursor, err);
}

static bool open_cursors(struct index_scan *scan, sqlite3_stmt *runs, struct error *err)
{
    enum sql_result result;
    while ((result = sql_step(scan->store, runs, err)) == SQL_ROW) {
        scan->cursors =
            memory_resize(scan->cursors, memory_product(scan->count + 1, sizeof(*scan->cursors)));
        if (!open_cursor(scan, sqlite3_column_int64(runs, 0), err))
            return false;
    }
    return result == SQL_DONE;
}

static bool open_runs(struct index_scan *scan, struct store *store, const char *name, int level,
                      const struct index_span *span, struct error *err)
{
    sqlite3_stmt *runs;
    *scan = (struct index_scan){ .store = store, .span = *span };
    if (!sql_prepare(store,
                     "SELECT id FROM index_run WHERE name = ?1 AND (level = ?2 OR ?2 < 0)"
                     " ORDER BY id",
                     &runs, err))
        return false;
    sqlite3_bind_text(runs, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_int(runs, 2, level);
    bool done = open_cursors(scan, runs, err);
    sqlite3_finalize(runs);
    return done;
}

bool index_open(struct index_scan *scan, struct store *store, const char *name,
                const struct index_span *span, struct error *err)
{
    return open_runs(scan, store, name, -1, span, err);
}

bool index_again(struct index_scan *scan, const struct index_span *span, struct error *err)
{
    assert(span->backwards == scan->span.backwards);
    scan->span = *span;
    scan->nearest = NULL;
    scan->bound = NULL;
    scan->any = false;
    for (size_t i = 0; i < scan->count; i++)
        if (!seek(scan, &scan->cursors[i], err))
            return false;
    return true;
}

void index_close(struct index_scan *scan)
{
    for (size_t i = 0; i < scan->count; i++)
        sqlite3_finalize(scan->cursors[i].parts);
    free(scan->cursors);
    *scan = (struct index_scan){ 0 };
}

/* Runs overlap little where rows come in time: one of them is ahead for long. */
static void find_nearest(struct index_scan *scan)
{
    scan->nearest = NULL;
    scan->bound = NULL;
    for (size_t i = 0; i < scan->count; i++) {
        struct index_cursor *cursor = &scan->cursors[i];
        if (cursor->ended)
            continue;
        const struct index_entry *entry = entry_at(scan, cursor);
        if (scan->nearest == NULL || is_before(scan, entry, entry_at(scan, scan->nearest))) {
            scan->bound = scan->nearest != NULL ? entry_at(scan, scan->nearest) : NULL;
            scan->nearest = cursor;
        } else if (scan->bound == NULL || is_before(scan, entry, scan->bound)) {
            scan->bound = entry;
        }
    }
}

static bool is_ahead(const struct index_scan *scan)
{
    struct index_cursor *cursor = scan->nearest;
    return cursor != NULL && !cursor->ended &&
           (scan->bound == NULL || is_before(scan, entry_at(scan, cursor), scan->bound));
}

bool index_next(struct index_scan *scan, struct index_entry *out, bool *any, struct error *err)
{
    for (;;) {
        if (!is_ahead(scan))
            find_nearest(scan);
        *any = scan->nearest != NULL;
        if (!*any)
            return true;
        *out = *entry_at(scan, scan->nearest);
        if (!advance(scan, scan->nearest, err))
            return false;
        if (scan->any && index_compare(&scan->last, out) == 0)
            continue;
        scan->last = *out;
        scan->any = true;
        return true;
    }
}

/* ---- Merging for good ---- */

/* The lowest level with as many runs as a level may have; -1: none. */
static bool full_level(struct store *store, const char *name, int *out, struct error *err)
{
    sqlite3_stmt *statement;
    if (!sql_prepare(store,
                     "SELECT level FROM index_run WHERE name = ?1 GROUP BY level"
                     " HAVING count(*) >= ?2 ORDER BY level LIMIT 1",
                     &statement, err))
        return false;
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_int(statement, 2, INDEX_RUNS);
    enum sql_result result = sql_step(store, statement, err);
    *out = result == SQL_ROW ? sqlite3_column_int(statement, 0) : -1;
    sqlite3_finalize(statement);
    return result != SQL_FAILED;
}

static bool run_for_level(struct store *store, const char *sql, const char *name, int level,
                          struct error *err)
{
    sqlite3_stmt *statement;
    if (!sql_prepare(store, sql, &statement, err))
        return false;
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_int(statement, 2, level);
    enum sql_result result = sql_step(store, statement, err);
    sqlite3_finalize(statement);
    return result != SQL_FAILED;
}

static bool drop_level(struct store *store, const char *name, int level, struct error *err)
{
    return run_for_level(store,
                         "DELETE FROM index_part WHERE run IN"
                         " (SELECT id FROM index_run WHERE name = ?1 AND level = ?2)",
                         name, level, err) &&
           run_for_level(store, "DELETE FROM index_run WHERE name = ?1 AND level = ?2", name, level,
                         err);
}

static bool copy_entries(struct index_scan *scan, struct run_writer *writer, struct error *err)
{
    struct index_entry entry;
    bool any, good;
    while ((good = index_next(scan, &entry, &any, err)) && any)
        if (!put_entry(writer, &entry, err))
            return false;
    return good;
}

static bool merge_level(struct store *store, const char *name, int level, struct error *err)
{
    struct index_scan scan;
    struct run_writer writer = { 0 };
    bool done = open_runs(&scan, store, name, level, &INDEX_ALL, err) &&
                begin_run(&writer, store, err) && copy_entries(&scan, &writer, err);
    index_close(&scan);
    done = done && drop_level(store, name, level, err) && end_run(&writer, name, level + 1, err);
    finish_run(&writer);
    return done;
}

static bool merge_full(struct store *store, const char *name, struct error *err)
{
    int level;
    for (;;) {
        if (!full_level(store, name, &level, err))
            return false;
        if (level < 0)
            return true;
        if (!merge_level(store, name, level, err))
            return false;
    }
}

bool index_add(struct store *store, const char *name, struct index_entry *entries, size_t count,
               struct error *err)
{
    if (count == 0)
        return true;
    index_sort(entries, count);
    return write_run(store, name, entries, count, err) && merge_full(store, name, err);
}
