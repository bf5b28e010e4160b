/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/info.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/file.h>
#include <stellwerk/base/time.h>

#include "cut.h"
#include "schema.h"
#include "sql.h"

#define NUMBERS_MOST 3

/* Numbers, in as few looks at all events as may be. */
static const struct {
    size_t offsets[NUMBERS_MOST]; /* of a uint64_t each in struct store_info, by column */
    const char *sql;
} counts[] = {
    { .offsets = { offsetof(struct store_info, events), offsetof(struct store_info, unassigned),
                   offsetof(struct store_info, activities) },
      .sql = "SELECT count(*), count(*) - count(touchpoint), count(DISTINCT activity) FROM event" },
    { .offsets = { offsetof(struct store_info, answers) }, .sql = "SELECT count(*) FROM answer" },
    { .offsets = { offsetof(struct store_info, observations) },
      .sql = "SELECT count(*) FROM observation" },
    { .offsets = { offsetof(struct store_info, paths) }, .sql = "SELECT count(*) FROM path" },
    { .offsets = { offsetof(struct store_info, cases) },
      .sql = "SELECT count(*) FROM (SELECT case_id FROM event WHERE case_id IS NOT NULL"
             " UNION SELECT case_id FROM answer WHERE case_id IS NOT NULL)" },
    { .offsets = { offsetof(struct store_info, persons) },
      .sql = "SELECT count(*) FROM (SELECT person_id FROM event WHERE person_id IS NOT NULL"
             " UNION SELECT person_id FROM answer WHERE person_id IS NOT NULL)" },
    { .offsets = { offsetof(struct store_info, touchpoints) },
      .sql = "SELECT count(*) FROM (SELECT touchpoint FROM event WHERE touchpoint IS NOT NULL"
             " UNION SELECT touchpoint FROM answer WHERE touchpoint IS NOT NULL"
             " UNION SELECT touchpoint FROM observation WHERE touchpoint IS NOT NULL)" },
    { .offsets = { offsetof(struct store_info, cut) },
      .sql = "SELECT count(*) FROM event WHERE cut = 1" },
    { .offsets = { offsetof(struct store_info, waiting) },
      .sql = "SELECT count(*) FROM event WHERE cut = 1 AND case_id IS NULL" },
    { .offsets = { offsetof(struct store_info, metrics) },
      .sql = "SELECT count(*) FROM (SELECT metric FROM answer UNION SELECT metric"
             " FROM observation)" },
};

static bool read_numbers(struct store *store, size_t which, struct store_info *out,
                         struct error *err)
{
    sqlite3_stmt *statement;
    if (!sql_prepare(store, counts[which].sql, &statement, err))
        return false;
    bool good = sql_step(store, statement, err) == SQL_ROW;
    for (int i = 0; good && i < sqlite3_column_count(statement); i++)
        *(uint64_t *)((char *)out + counts[which].offsets[i]) =
            (uint64_t)sqlite3_column_int64(statement, i);
    sqlite3_finalize(statement);
    return good;
}

static bool read_counts(struct store *store, struct store_info *out, struct error *err)
{
    for (size_t i = 0; i < ARRAY_LEN(counts); i++)
        if (!read_numbers(store, i, out, err))
            return false;
    return cut_read_window(store, &out->case_window, err) &&
           sql_integer(store, "SELECT min(oldest) FROM batch", TIME_NONE, &out->oldest, err) &&
           sql_integer(store, "SELECT max(newest) FROM batch", TIME_NONE, &out->newest, err);
}

static const char batch_sql[] = "SELECT id, file, kind, mapping, preset, lower(hex(digest)),"
                                " version, started, complete, records, taken, updated,"
                                " duplicates, rejected, missing FROM (SELECT * FROM batch"
                                " ORDER BY id DESC LIMIT 10000) ORDER BY id";

static const char *copy_text(struct arena *arena, sqlite3_stmt *statement, int column)
{
    const char *text = sql_text(statement, column);
    return text[0] != '\0' ? arena_strdup(arena, text) : NULL;
}

static struct batch_info read_batch(struct arena *arena, sqlite3_stmt *statement)
{
    uint64_t numbers[6];
    for (int i = 0; i < 6; i++)
        numbers[i] = (uint64_t)sqlite3_column_int64(statement, 9 + i);
    return (struct batch_info){
        .id = (uint64_t)sqlite3_column_int64(statement, 0),
        .file = arena_strdup(arena, sql_text(statement, 1)),
        .as = arena_strdup(arena, sql_text(statement, 2)),
        .mapping = copy_text(arena, statement, 3),
        .preset = copy_text(arena, statement, 4),
        .digest = copy_text(arena, statement, 5),
        .version = arena_strdup(arena, sql_text(statement, 6)),
        .started = sqlite3_column_int64(statement, 7),
        .complete = sqlite3_column_int(statement, 8) != 0,
        .records = numbers[0],
        .taken = numbers[1],
        .updated = numbers[2],
        .duplicates = numbers[3],
        .rejected = numbers[4],
        .missing = numbers[5],
    };
}

static bool read_batches(struct arena *arena, struct store *store, struct store_info *out,
                         struct error *err)
{
    sqlite3_stmt *statement;
    enum sql_result result;
    size_t capacity = 0;
    if (!sql_prepare(store, batch_sql, &statement, err))
        return false;
    while ((result = sql_step(store, statement, err)) == SQL_ROW) {
        out->batches =
            arena_grow(arena, out->batches, out->batch_count, &capacity, sizeof(*out->batches));
        out->batches[out->batch_count++] = read_batch(arena, statement);
    }
    sqlite3_finalize(statement);
    return result == SQL_DONE;
}

bool store_info_read(struct arena *arena, struct store *store, struct store_info *out,
                     struct error *err)
{
    *out = (struct store_info){
        .schema_version = SCHEMA_VERSION,
        .file_size = file_stamp_read(store->path).size,
    };
    return read_counts(store, out, err) && read_batches(arena, store, out, err);
}

bool store_newest_read(struct store *store, int64_t *out, struct error *err)
{
    return sql_integer(store, "SELECT max(newest) FROM batch", TIME_NONE, out, err);
}
