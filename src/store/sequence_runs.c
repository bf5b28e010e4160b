/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sequence_runs.h"

#include <inttypes.h>
#include <stdlib.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>

#include "worth_runs.h"

/* ---- Writing ---- */

bool run_begin(struct run_writer *writer, struct store *store, int64_t age, int level,
               struct error *err)
{
    sqlite3_stmt *add;
    *writer = (struct run_writer){ .store = store };
    str_init(&writer->bytes);
    if (!sql_integer(store, "SELECT max(id) + 1 FROM sequence_run", 1, &writer->run, err) ||
        (age == 0 && !sql_integer(store, "SELECT max(age) + 1 FROM sequence_run", 1, &age, err)) ||
        !sql_prepare(store, "INSERT INTO sequence_run (id, level, age) VALUES (?1, ?2, ?3)", &add,
                     err))
        return false;
    sqlite3_bind_int64(add, 1, writer->run);
    sqlite3_bind_int(add, 2, level);
    sqlite3_bind_int64(add, 3, age);
    enum sql_result result = sql_step(store, add, err);
    sqlite3_finalize(add);
    return result != SQL_FAILED &&
           sql_prepare(store, "INSERT INTO sequence_part (run, part, cases) VALUES (?1, ?2, ?3)",
                       &writer->put, err);
}

void run_writer_finish(struct run_writer *writer)
{
    sqlite3_finalize(writer->put);
    part_writer_finish(&writer->part);
    str_finish(&writer->bytes);
}

static bool write_part(struct run_writer *writer, struct error *err)
{
    str_clear(&writer->bytes);
    part_write(&writer->part, &writer->bytes);
    sqlite3_bind_int64(writer->put, 1, writer->run);
    sqlite3_bind_int64(writer->put, 2, writer->number++);
    sqlite3_bind_blob64(writer->put, 3, writer->bytes.text, writer->bytes.length, SQLITE_STATIC);
    enum sql_result result = sql_step(writer->store, writer->put, err);
    sqlite3_reset(writer->put);
    return result != SQL_FAILED;
}

bool run_put(struct run_writer *writer, const struct case_events *events, struct error *err)
{
    return !part_put(&writer->part, events) || write_part(writer, err);
}

bool run_end(struct run_writer *writer, struct error *err)
{
    return writer->part.count == 0 || write_part(writer, err);
}

bool runs_clear(struct store *store, struct error *err)
{
    return sql_run(store, "DELETE FROM sequence_part; DELETE FROM sequence_run", err);
}

/* ---- Reading ---- */

struct run_cursor {
    sqlite3_stmt *parts;
    struct part_reader part;
    struct case_events at; /* the case it stands at */
    bool ended;
};

static bool tell_bad(struct store *store, struct error *err)
{
    return error_set(err,
                     _("the case sequences of the store '%s' are damaged; stellwerk store "
                       "rebuild makes them anew"),
                     store->path);
}

static bool open_part(struct runs_reader *reader, struct part_reader *part, sqlite3_stmt *row,
                      int column, struct error *err)
{
    return part_open(part, sqlite3_column_blob(row, column),
                     (size_t)sqlite3_column_bytes(row, column)) ||
           tell_bad(reader->store, err);
}

/* Into the next part, where there is one and the reader may go on. */
static bool next_part(struct runs_reader *reader, struct run_cursor *cursor, struct error *err)
{
    if (!sql_go_on(reader->store, err))
        return false;
    enum sql_result result = sql_step(reader->store, cursor->parts, err);
    cursor->ended = result == SQL_DONE;
    return result == SQL_DONE ||
           (result == SQL_ROW && open_part(reader, &cursor->part, cursor->parts, 0, err));
}

/* To the next case of the span. */
static bool advance(struct runs_reader *reader, struct run_cursor *cursor, struct error *err)
{
    while (!cursor->ended) {
        switch (part_next(&cursor->part, &cursor->at)) {
        case PART_CASE:
            cursor->ended = cursor->at.digest > reader->span.high;
            if (cursor->at.digest >= reader->span.low)
                return true;
            break;
        case PART_BAD:
            return tell_bad(reader->store, err);
        case PART_END:
            if (!next_part(reader, cursor, err))
                return false;
            break;
        }
    }
    return true;
}

/* The first digest of the first part of a run from number `at` on, and that number; UINT64_MAX
 * behind the last part. */
static bool peek(struct runs_reader *reader, sqlite3_stmt *find, int64_t at, int64_t *part,
                 uint64_t *digest, struct error *err)
{
    struct part_reader first;
    sqlite3_bind_int64(find, 2, at);
    enum sql_result result = sql_step(reader->store, find, err);
    *part = sqlite3_column_int64(find, 1);
    *digest = UINT64_MAX;
    bool good =
        result == SQL_DONE || (result == SQL_ROW && open_part(reader, &first, find, 0, err) &&
                               (part_peek(&first, digest) || tell_bad(reader->store, err)));
    sqlite3_reset(find);
    return good;
}

/* The number of a run's last part. */
static bool last_part(struct store *store, int64_t run, int64_t *out, struct error *err)
{
    sqlite3_stmt *find;
    if (!sql_prepare(store, "SELECT max(part) FROM sequence_part WHERE run = ?1", &find, err))
        return false;
    sqlite3_bind_int64(find, 1, run);
    enum sql_result result = sql_step(store, find, err);
    *out = sqlite3_column_int64(find, 0);
    sqlite3_finalize(find);
    return result != SQL_FAILED;
}

/* The number of the last part that begins at or before the span; they ascend. */
static bool find_part(struct runs_reader *reader, int64_t run, int64_t *out, struct error *err)
{
    sqlite3_stmt *find;
    int64_t low = 0, high;
    if (!last_part(reader->store, run, &high, err) ||
        !sql_prepare(reader->store,
                     "SELECT cases, part FROM sequence_part WHERE run = ?1 AND part >= ?2"
                     " ORDER BY part LIMIT 1",
                     &find, err))
        return false;
    sqlite3_bind_int64(find, 1, run);
    bool good = true;
    while (good && low < high) {
        int64_t middle = low + (high - low) / 2 + 1, part;
        uint64_t digest;
        good = peek(reader, find, middle, &part, &digest, err);
        if (digest <= reader->span.low)
            low = part;
        else
            high = middle - 1;
    }
    sqlite3_finalize(find);
    *out = low;
    return good;
}

static bool open_cursor(struct runs_reader *reader, int64_t run, struct error *err)
{
    struct run_cursor *cursor = &reader->cursors[reader->count++];
    int64_t first = 0;
    if (reader->span.low > 0 && !find_part(reader, run, &first, err))
        return false;
    if (!sql_prepare(reader->store,
                     "SELECT cases FROM sequence_part WHERE run = ?1 AND part >= ?2 ORDER BY part",
                     &cursor->parts, err))
        return false;
    sqlite3_bind_int64(cursor->parts, 1, run);
    sqlite3_bind_int64(cursor->parts, 2, first);
    return advance(reader, cursor, err);
}

static bool open_cursors(struct runs_reader *reader, sqlite3_stmt *list, struct error *err)
{
    enum sql_result result;
    while ((result = sql_step(reader->store, list, err)) == SQL_ROW) {
        reader->cursors = memory_resize(
            reader->cursors, memory_product(reader->count + 1, sizeof(*reader->cursors)));
        reader->cursors[reader->count] = (struct run_cursor){ 0 };
        if (!open_cursor(reader, sqlite3_column_int64(list, 0), err))
            return false;
    }
    return result == SQL_DONE;
}

bool runs_open(struct runs_reader *reader, struct store *store, const struct run_span *span,
               struct error *err)
{
    sqlite3_stmt *list;
    *reader = (struct runs_reader){ .store = store, .span = *span };
    if (!sql_prepare(store, "SELECT id FROM sequence_run WHERE age BETWEEN ?1 AND ?2 ORDER BY age",
                     &list, err))
        return false;
    sqlite3_bind_int64(list, 1, span->first);
    sqlite3_bind_int64(list, 2, span->last);
    bool done = open_cursors(reader, list, err);
    sqlite3_finalize(list);
    if (!done)
        runs_close(reader);
    return done;
}

void runs_close(struct runs_reader *reader)
{
    for (size_t i = 0; i < reader->count; i++) {
        sqlite3_finalize(reader->cursors[i].parts);
        case_events_finish(&reader->cursors[i].at);
    }
    free(reader->cursors);
    case_events_finish(&reader->merged);
    case_events_finish(&reader->spare);
    *reader = (struct runs_reader){ 0 };
}

static void word_of(const struct case_events *events, size_t at, uint32_t words[SAID_COUNT])
{
    for (int i = 0; i < SAID_COUNT; i++)
        words[i] = events->said[i].word != 0 && events->said[i].at == at ? events->said[i].word : 0;
}

/* What is merged so far with a later run's share of the case: of one instant, the earlier run's
 * events come first. */
static void merge_in(struct runs_reader *reader, const struct case_events *late)
{
    struct case_events *early = &reader->merged, *out = &reader->spare;
    size_t a = late->whole ? early->count : 0, b = 0;
    case_events_clear(out, early->digest);
    out->whole = early->whole || late->whole;
    while (a < early->count || b < late->count) {
        bool first =
            b == late->count || (a < early->count && early->events[a].ts <= late->events[b].ts);
        const struct case_events *from = first ? early : late;
        size_t at = first ? a++ : b++;
        uint32_t words[SAID_COUNT];
        word_of(from, at, words);
        case_events_add(out, from->events[at], words);
    }
    struct case_events merged = *out;
    reader->spare = *early;
    reader->merged = merged;
}

/* The first of those with the least digest becomes `least`; false where all have ended. */
static bool find_least(struct runs_reader *reader)
{
    struct run_cursor *least = NULL;
    uint64_t bound = UINT64_MAX;
    for (size_t i = 0; i < reader->count; i++) {
        struct run_cursor *cursor = &reader->cursors[i];
        if (cursor->ended)
            continue;
        if (least == NULL || cursor->at.digest < least->at.digest) {
            bound = least != NULL ? least->at.digest : bound;
            least = cursor;
        } else if (cursor->at.digest < bound) {
            bound = cursor->at.digest;
        }
    }
    reader->least = least;
    reader->bound = bound;
    return least != NULL;
}

/* Most cases are in the largest run, and those of the others far between. */
static bool is_still_least(const struct runs_reader *reader)
{
    const struct run_cursor *least = reader->least;
    return least != NULL && !least->ended && least->at.digest < reader->bound;
}

/* Puts together what all have of the case, the oldest first. */
static bool merge_all(struct runs_reader *reader, struct error *err)
{
    struct run_cursor *least = reader->least;
    uint64_t digest = least->at.digest;
    struct case_events last = reader->merged;
    reader->merged = least->at; /* and what it had before is the cursor's to fill */
    least->at = last;
    if (!advance(reader, least, err))
        return false;
    for (size_t i = 0; i < reader->count; i++) {
        struct run_cursor *cursor = &reader->cursors[i];
        if (cursor == least || cursor->ended || cursor->at.digest != digest)
            continue;
        merge_in(reader, &cursor->at);
        if (!advance(reader, cursor, err))
            return false;
    }
    reader->least = NULL;
    return true;
}

static bool next_case(struct runs_reader *reader, const struct case_events **out, struct error *err)
{
    struct run_cursor *given = reader->given;
    *out = NULL;
    reader->given = NULL;
    if (given != NULL && !advance(reader, given, err))
        return false;
    if (!is_still_least(reader) && !find_least(reader))
        return true;
    if (reader->least->at.digest < reader->bound) {
        reader->given = reader->least;
        *out = &reader->least->at;
        return true;
    }
    *out = &reader->merged;
    return merge_all(reader, err);
}

/* A case that has lost all its events is only for those who merge runs. */
bool runs_next(struct runs_reader *reader, const struct case_events **out, struct error *err)
{
    do {
        if (!next_case(reader, out, err))
            return false;
    } while (*out != NULL && (*out)->count == 0);
    return true;
}

/* ---- Merging for good ---- */

static bool copy_cases(struct runs_reader *reader, struct run_writer *writer, struct error *err)
{
    const struct case_events *events;
    for (;;) {
        if (!next_case(reader, &events, err))
            return false;
        if (events == NULL)
            return run_end(writer, err);
        if (!run_put(writer, events, err))
            return false;
    }
}

struct level {
    int number;
    int64_t first, last; /* ages of its runs */
};

/* The lowest level with as many runs as a level may have; false where there is none. */
static bool full_level(struct store *store, struct level *out, bool *found, struct error *err)
{
    sqlite3_stmt *statement;
    if (!sql_prepare(store,
                     "SELECT level, min(age), max(age) FROM sequence_run GROUP BY level"
                     " HAVING count(*) >= ?1 ORDER BY level LIMIT 1",
                     &statement, err))
        return false;
    sqlite3_bind_int(statement, 1, RUNS_OF_LEVEL);
    enum sql_result result = sql_step(store, statement, err);
    *found = result == SQL_ROW;
    *out = (struct level){
        .number = sqlite3_column_int(statement, 0),
        .first = sqlite3_column_int64(statement, 1),
        .last = sqlite3_column_int64(statement, 2),
    };
    sqlite3_finalize(statement);
    return result != SQL_FAILED;
}

/* The runs that the merged one stands for now. */
static bool drop_merged(struct store *store, const struct level *level, int64_t merged,
                        struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_printf(&sql,
               "DELETE FROM sequence_part WHERE run IN (SELECT id FROM sequence_run"
               " WHERE level = %d AND age BETWEEN %" PRId64 " AND %" PRId64 " AND id <> %" PRId64
               "); DELETE FROM sequence_run"
               " WHERE level = %d AND age BETWEEN %" PRId64 " AND %" PRId64 " AND id <> %" PRId64,
               level->number, level->first, level->last, merged, level->number, level->first,
               level->last, merged);
    bool done = sql_run(store, sql.text, err);
    str_finish(&sql);
    return done;
}

static bool merge_level(struct store *store, const struct level *level, struct error *err)
{
    struct runs_reader reader;
    struct run_writer writer;
    if (!runs_open(&reader, store, &(struct run_span){ level->first, level->last, 0, UINT64_MAX },
                   err))
        return false;
    bool done = run_begin(&writer, store, level->first, level->number + 1, err) &&
                copy_cases(&reader, &writer, err);
    runs_close(&reader);
    done = done && worth_merge(store, level->first, level->last, writer.run, err) &&
           drop_merged(store, level, writer.run, err);
    run_writer_finish(&writer);
    return done;
}

bool runs_settle(struct store *store, struct error *err)
{
    struct level level;
    bool found;
    do {
        if (!full_level(store, &level, &found, err) || (found && !merge_level(store, &level, err)))
            return false;
    } while (found);
    return true;
}
