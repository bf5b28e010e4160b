/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/paths.h>

#include "path_text.h"
#include "resolver.h"
#include "sql.h"

/* Among all steps that were met, each once. */
struct step {
    const char *text;
    int touchpoint;
};

struct reader {
    struct arena *arena;
    const struct journey *journey; /* NULL */
    struct resolver resolver;
    struct textmap known; /* number of a step in `steps` */
    struct step *steps;
    size_t step_count, step_capacity;
    struct path_table *out;
    size_t capacity;
};

static int find_touchpoint(struct reader *reader, const char *text)
{
    if (reader->journey == NULL)
        return NONE;
    const char *id = resolver_find(&reader->resolver, COLUMN_TOUCHPOINT, text);
    return id != NULL ? journey_find_touchpoint(reader->journey, id) : NONE;
}

/* The one of that text, which may be new. */
static struct step get_step(struct reader *reader, const char *text)
{
    size_t number = (size_t)*textmap_get(&reader->known, text, (int64_t)reader->step_count);
    if (number < reader->step_count)
        return reader->steps[number];
    reader->steps = arena_grow(reader->arena, reader->steps, reader->step_count,
                               &reader->step_capacity, sizeof(*reader->steps));
    struct step step = {
        .text = arena_strdup(reader->arena, text),
        .touchpoint = find_touchpoint(reader, text),
    };
    reader->steps[reader->step_count++] = step;
    return step;
}

static void split(struct reader *reader, const char *text, struct path_count *out)
{
    const char *rest = text, *step;
    size_t length, count = 1;
    for (const char *at = text; *at != '\0'; at++)
        count += *at == '>';
    const char **steps = arena_array(reader->arena, count, sizeof(*steps));
    int *touchpoints = arena_array(reader->arena, count, sizeof(*touchpoints));
    struct str word;
    str_init(&word);
    while (path_text_next(&rest, &step, &length)) {
        str_clear(&word);
        str_append_bytes(&word, step, length);
        struct step known = get_step(reader, word.text);
        steps[out->step_count] = known.text;
        touchpoints[out->step_count++] = known.touchpoint;
    }
    str_finish(&word);
    out->steps = steps;
    out->touchpoints = touchpoints;
}

static void extend_span(struct path_table *table, sqlite3_stmt *statement)
{
    if (sqlite3_column_type(statement, 4) == SQLITE_NULL)
        return;
    int64_t first = sqlite3_column_int(statement, 4) * TIME_US_PER_DAY;
    int64_t last = (sqlite3_column_int(statement, 5) + INT64_C(1)) * TIME_US_PER_DAY - 1;
    if (table->oldest == TIME_NONE || first < table->oldest)
        table->oldest = first;
    if (table->newest == TIME_NONE || last > table->newest)
        table->newest = last;
}

static void add_row(struct reader *reader, sqlite3_stmt *statement)
{
    struct path_table *table = reader->out;
    struct path_count row = {
        .conversions = sqlite3_column_double(statement, 1),
        .value = sqlite3_column_double(statement, 2),
        .nulls = sqlite3_column_double(statement, 3),
    };
    split(reader, sql_text(statement, 0), &row);
    table->items = arena_grow(reader->arena, table->items, table->count, &reader->capacity,
                              sizeof(*table->items));
    table->items[table->count++] = row;
    table->conversions += row.conversions;
    table->value += row.value;
    table->nulls += row.nulls;
    table->has_value |= sqlite3_column_type(statement, 2) != SQLITE_NULL;
    extend_span(table, statement);
}

static bool read_rows(struct reader *reader, struct store *store, const struct period *period,
                      struct error *err)
{
    static const char sql[] = "SELECT path, conversions, value, nulls, period_start, period_end"
                              " FROM path WHERE period_start IS NULL"
                              " OR (period_start >= ?1 AND period_end <= ?2)"
                              " ORDER BY conversions + nulls DESC, path, id";
    sqlite3_stmt *statement;
    enum sql_result result;
    if (!sql_prepare(store, sql, &statement, err))
        return false;
    sqlite3_bind_int(statement, 1, period != NULL ? period->first : INT32_MIN);
    sqlite3_bind_int(statement, 2, period != NULL ? period->last : INT32_MAX);
    while ((result = sql_step(store, statement, err)) == SQL_ROW)
        add_row(reader, statement);
    sqlite3_finalize(statement);
    return result == SQL_DONE;
}

bool store_paths_read(struct arena *arena, struct store *store, const struct journey *journey,
                      const struct period *period, struct path_table *out, struct error *err)
{
    struct reader reader = { .arena = arena, .journey = journey, .out = out };
    *out = (struct path_table){ .oldest = TIME_NONE, .newest = TIME_NONE };
    resolver_init(&reader.resolver, arena, NULL, journey, false, NULL);
    textmap_init(&reader.known);
    bool done = read_rows(&reader, store, period, err);
    textmap_finish(&reader.known);
    resolver_finish(&reader.resolver);
    return done;
}
