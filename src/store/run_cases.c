/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run.h"

#include <string.h>

#include "sequence_log.h"
#include "sequence_runs.h"

/* A store may come from someone else: within these, no distance of two instants overflows. */
#define INSTANT_MOST (INT64_MAX / 4)

/* A case's rows as they come in, and what their formula makes of them. */
struct reader {
    struct run *run;
    struct judge judge;
    struct case_row *rows;
    size_t count, capacity;
    uint64_t number;         /* of the case */
    struct str key, row_key; /* of the case, and of the row at hand */
};

static void emit(void *data, enum side side, const struct case_row *at, struct metric_row row)
{
    struct reader *reader = data;
    struct run *run = reader->run;
    row.ts = at->ts;
    row.anchors = run_anchors(run, at->context);
    if (reader->judge.everywhere & side) {
        for (size_t i = 0; i < run->cell_count; i++)
            run_add(run, &run->cells[i], row);
        return;
    }
    struct cell *cell = run_find_cell(run, at->touchpoint);
    if (cell != NULL)
        run_add(run, cell, row);
}

static void judge_case(struct reader *reader)
{
    struct case_log log = {
        .rows = reader->rows,
        .count = reader->count,
        .number = ++reader->number,
    };
    if (reader->count > 0)
        reader->run->formula->judge(&log, &reader->judge);
    reader->count = 0;
}

/* All that tells this row's case from others; with lengths, so that no two are alike. */
static void write_key(struct str *key, sqlite3_stmt *statement)
{
    str_clear(key);
    for (int i = CASE_KEYS; i < CASE_KEYS_END; i++) {
        const char *text = sql_text(statement, i);
        size_t length = (size_t)sqlite3_column_bytes(statement, i);
        str_printf(key, "%zu:", length);
        str_append_bytes(key, text, length);
    }
}

static bool same_key(const struct str *a, const struct str *b)
{
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

static int64_t sane(int64_t instant)
{
    return instant > INSTANT_MOST    ? INSTANT_MOST
           : instant < -INSTANT_MOST ? -INSTANT_MOST
                                     : instant;
}

static void add_row(struct reader *reader, sqlite3_stmt *statement)
{
    bool a = sqlite3_column_int(statement, CASE_A) != 0;
    bool b = sqlite3_column_int(statement, CASE_B) != 0;
    write_key(&reader->row_key, statement);
    if (!same_key(&reader->row_key, &reader->key)) {
        struct str last = reader->key;
        judge_case(reader);
        reader->key = reader->row_key;
        reader->row_key = last;
    }
    reader->rows = arena_grow(&reader->run->scratch, reader->rows, reader->count, &reader->capacity,
                              sizeof(*reader->rows));
    reader->rows[reader->count++] = (struct case_row){
        .ts = sane(sqlite3_column_int64(statement, CASE_TS)),
        .touchpoint = sqlite3_column_int64(statement, CASE_TOUCHPOINT),
        .context = sqlite3_column_int64(statement, CASE_CONTEXT),
        .sides = (a ? SIDE_A : 0u) | (b ? SIDE_B : 0u),
        .a_value = sqlite3_column_double(statement, CASE_A_VALUE),
        .b_value = sqlite3_column_double(statement, CASE_B_VALUE),
    };
}

static void reader_init(struct reader *reader, struct run *run, const struct query *query)
{
    *reader = (struct reader){
        .run = run,
        .judge = {
            .metric = run->metric,
            .everywhere = query->everywhere,
            .end = sane(run->survey->end),
            .emit = emit,
            .data = reader,
        },
    };
    str_init(&reader->key);
    str_init(&reader->row_key);
}

static void reader_finish(struct reader *reader)
{
    str_finish(&reader->key);
    str_finish(&reader->row_key);
}

bool run_read_cases(struct run *run, const struct query *query, sqlite3_stmt *statement,
                    struct error *err)
{
    struct reader reader;
    enum sql_result result;
    reader_init(&reader, run, query);
    while ((result = sql_step(run->survey->store, statement, err)) == SQL_ROW)
        add_row(&reader, statement);
    if (result == SQL_DONE)
        judge_case(&reader);
    reader_finish(&reader);
    return result == SQL_DONE;
}

/* ---- From the sequences ---- */

/* What a stand is to the metric. */
struct standing {
    int64_t touchpoint, context; /* words; 0: none */
    unsigned sides;
};

struct standings { /* by number */
    struct standing *items;
    size_t count;
};

static bool read_standings(struct run *run, struct query *query, struct standings *out,
                           struct error *err)
{
    struct store *store = run->survey->store;
    sqlite3_stmt *list;
    int64_t most;
    enum sql_result result;
    *out = (struct standings){ 0 };
    if (!sql_integer(store, "SELECT max(id) FROM sequence_stand", 0, &most, err) ||
        !query_stands(query, store, &run->lens, &list, err))
        return false;
    out->count = most > 0 && most <= (int64_t)SEQUENCE_STANDS ? (size_t)most + 1 : 0;
    out->items = arena_array(&run->scratch, out->count, sizeof(*out->items));
    while ((result = sql_step(store, list, err)) == SQL_ROW) {
        int64_t number = sqlite3_column_int64(list, STAND_NUMBER);
        if (number <= 0 || (uint64_t)number >= out->count)
            continue; /* the file may be anybody's */
        out->items[number] = (struct standing){
            .touchpoint = sqlite3_column_int64(list, STAND_TOUCHPOINT),
            .context = sqlite3_column_int64(list, STAND_CONTEXT),
            .sides = (sqlite3_column_int(list, STAND_A) != 0 ? SIDE_A : 0u) |
                     (sqlite3_column_int(list, STAND_B) != 0 ? SIDE_B : 0u),
        };
    }
    sqlite3_finalize(list);
    return result == SQL_DONE;
}

/* Events of the sides at issue are those of the lens's period. */
static void add_event(struct reader *reader, const struct standings *standings,
                      const struct case_event *event)
{
    const struct run *run = reader->run;
    if (event->stand >= standings->count)
        return;
    struct standing standing = standings->items[event->stand];
    int64_t day = time_day(event->ts);
    if (day < run->lens.period.first || day > run->lens.period.last)
        standing.sides &= ~run->formula->at_touchpoint;
    if (standing.sides == 0)
        return;
    reader->rows = arena_grow(&reader->run->scratch, reader->rows, reader->count, &reader->capacity,
                              sizeof(*reader->rows));
    reader->rows[reader->count++] = (struct case_row){
        .ts = sane(event->ts),
        .touchpoint = standing.touchpoint,
        .context = standing.context,
        .sides = standing.sides,
        .a_value = 1,
        .b_value = 1,
    };
}

static bool read_runs(struct reader *reader, const struct standings *standings, struct error *err)
{
    struct store *store = reader->run->survey->store;
    struct runs_reader runs;
    const struct case_events *events;
    bool good = runs_open(&runs, store, &RUNS_ALL, err);
    if (!good)
        return false;
    while ((good = sql_go_on(store, err) && runs_next(&runs, &events, err)) && events != NULL) {
        for (size_t i = 0; i < events->count; i++)
            add_event(reader, standings, &events->events[i]);
        judge_case(reader);
    }
    runs_close(&runs);
    return good;
}

/* In one transaction, which is one state of the store. */
bool run_read_sequences(struct run *run, struct query *query, struct error *err)
{
    struct store *store = run->survey->store;
    struct standings standings;
    struct reader reader;
    if (!sql_run(store, "BEGIN", err))
        return false;
    reader_init(&reader, run, query);
    bool good = read_standings(run, query, &standings, err) && read_runs(&reader, &standings, err);
    reader_finish(&reader);
    sqlite3_exec(store->db, good ? "COMMIT" : "ROLLBACK", NULL, NULL, NULL);
    return good;
}
