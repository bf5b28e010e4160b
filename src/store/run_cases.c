/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_cases.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>

#define INSTANT_MOST (INT64_MAX / 4)

int64_t case_sane_time(int64_t instant)
{
    return instant > INSTANT_MOST    ? INSTANT_MOST
           : instant < -INSTANT_MOST ? -INSTANT_MOST
                                     : instant;
}

uint32_t case_place(const struct run *run, int64_t touchpoint)
{
    const struct cell *cell = run_find_cell(run, touchpoint);
    return cell != NULL ? (uint32_t)(cell - run->cells) : (uint32_t)run->cell_count;
}

/* ---- What is found ---- */

static void emit_row(void *data, enum side side, const struct case_row *at,
                     const struct case_finding *finding)
{
    const struct case_taker *taker = data;
    struct run *run = taker->run;
    struct metric_row row = {
        .ts = at->ts,
        .anchors = run_anchors(run, at->context),
        .value = finding->value,
        .hit = finding->hit,
        .reached = finding->reached,
        .aside = finding->aside,
        .a = finding->a,
        .b = finding->b,
        .group = taker->number,
    };
    if (taker->judge.everywhere & side) {
        for (size_t i = 0; i < run->cell_count; i++)
            run_add(run, &run->cells[i], row);
        return;
    }
    if (at->place < run->cell_count)
        run_add(run, &run->cells[at->place], row);
}

static void emit_count(void *data, enum side side, const struct case_row *at,
                       const struct case_finding *finding)
{
    struct case_taker *taker = data;
    size_t place = (taker->judge.everywhere & side) != 0 ? 0 : at->place;
    if (place < taker->counts.places)
        case_counts_add(&taker->counts, place, at->ts,
                        (size_t)finding->value + (finding->hit ? 1 : 0));
}

/* ---- The case at hand ---- */

void case_taker_init(struct case_taker *taker, struct run *run, const struct query *query)
{
    bool counts = case_counts_suffice(run);
    *taker = (struct case_taker){
        .run = run,
        .judge = {
            .metric = run->metric,
            .everywhere = query->everywhere,
            .end = case_sane_time(run->survey->end),
            .marks = memory_alloc(memory_product(run->cell_count + 1, sizeof(struct case_mark))),
            .emit = counts ? emit_count : emit_row,
            .data = taker,
        },
        .counts_rows = counts,
    };
    if (counts)
        case_counts_init(&taker->counts, run);
}

void case_taker_finish(struct case_taker *taker)
{
    if (taker->counts_rows)
        case_counts_finish(&taker->counts);
    free(taker->judge.marks);
    free(taker->rows);
}

void case_taker_make_room(struct case_taker *taker, size_t count)
{
    size_t least = memory_sum(taker->count, count);
    if (least <= taker->capacity)
        return;
    taker->capacity = memory_product(least, 2);
    taker->rows = memory_resize(taker->rows, memory_product(taker->capacity, sizeof(*taker->rows)));
}

void case_taker_judge(struct case_taker *taker)
{
    struct case_log log = {
        .rows = taker->rows,
        .count = taker->count,
        .number = ++taker->number,
    };
    if (taker->count > 0)
        taker->run->formula->judge(&log, &taker->judge);
    taker->count = 0;
}

void case_taker_tell(struct case_taker *taker)
{
    unsigned at_issue = taker->run->formula->at_touchpoint;
    if (taker->counts_rows)
        case_counts_tell(&taker->counts, taker->run, (taker->judge.everywhere & at_issue) != 0);
}

/* ---- From the rows ---- */

struct row_cases {
    struct case_taker taker;
    struct str key, row_key; /* of the case, and of the row at hand */
};

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

static void add_row(struct row_cases *cases, sqlite3_stmt *statement)
{
    struct case_taker *taker = &cases->taker;
    bool a = sqlite3_column_int(statement, CASE_A) != 0;
    bool b = sqlite3_column_int(statement, CASE_B) != 0;
    write_key(&cases->row_key, statement);
    if (!same_key(&cases->row_key, &cases->key)) {
        struct str last = cases->key;
        case_taker_judge(taker);
        cases->key = cases->row_key;
        cases->row_key = last;
    }
    case_taker_make_room(taker, 1);
    taker->rows[taker->count++] = (struct case_row){
        .ts = case_sane_time(sqlite3_column_int64(statement, CASE_TS)),
        .place = case_place(taker->run, sqlite3_column_int64(statement, CASE_TOUCHPOINT)),
        .context = sqlite3_column_int64(statement, CASE_CONTEXT),
        .sides = (a ? SIDE_A : 0u) | (b ? SIDE_B : 0u),
        .a_value = sqlite3_column_double(statement, CASE_A_VALUE),
        .b_value = sqlite3_column_double(statement, CASE_B_VALUE),
    };
}

bool run_read_cases(struct run *run, const struct query *query, sqlite3_stmt *statement,
                    struct error *err)
{
    struct row_cases cases;
    enum sql_result result;
    case_taker_init(&cases.taker, run, query);
    str_init(&cases.key);
    str_init(&cases.row_key);
    while ((result = sql_step(run->survey->store, statement, err)) == SQL_ROW)
        add_row(&cases, statement);
    if (result == SQL_DONE) {
        case_taker_judge(&cases.taker);
        case_taker_tell(&cases.taker);
    }
    str_finish(&cases.key);
    str_finish(&cases.row_key);
    case_taker_finish(&cases.taker);
    return result == SQL_DONE;
}
