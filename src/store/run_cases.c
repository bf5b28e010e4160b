/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run.h"

#include <string.h>

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
    return instant > INSTANT_MOST ? INSTANT_MOST
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
    reader->rows = arena_grow(&reader->run->scratch, reader->rows, reader->count,
                              &reader->capacity, sizeof(*reader->rows));
    reader->rows[reader->count++] = (struct case_row){
        .ts = sane(sqlite3_column_int64(statement, CASE_TS)),
        .touchpoint = sqlite3_column_int64(statement, CASE_TOUCHPOINT),
        .context = sqlite3_column_int64(statement, CASE_CONTEXT),
        .sides = (a ? SIDE_A : 0u) | (b ? SIDE_B : 0u),
        .a_value = sqlite3_column_double(statement, CASE_A_VALUE),
        .b_value = sqlite3_column_double(statement, CASE_B_VALUE),
    };
}

bool run_read_cases(struct run *run, const struct query *query, sqlite3_stmt *statement,
                    struct error *err)
{
    struct reader reader = {
        .run = run,
        .judge = {
            .metric = run->metric,
            .everywhere = query->everywhere,
            .end = sane(run->survey->end),
            .emit = emit,
        },
    };
    enum sql_result result;
    reader.judge.data = &reader;
    str_init(&reader.key);
    str_init(&reader.row_key);
    while ((result = sql_step(run->survey->store, statement, err)) == SQL_ROW)
        add_row(&reader, statement);
    if (result == SQL_DONE)
        judge_case(&reader);
    str_finish(&reader.key);
    str_finish(&reader.row_key);
    return result == SQL_DONE;
}
