/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sequence_verify.h"

#include <string.h>

#include "sequence_runs.h"
#include "sequence_stale.h"
#include "worth_runs.h"

/* ---- What cases did ---- */

enum { DIGEST, TS, STAND };

struct comparing {
    struct store *store;
    const struct stands *stands;
    struct runs_reader runs;
    sqlite3_stmt *rows;
    struct derived_verdict *out;
};

/* In the order that runs have: digest, time, arrival. */
static bool prepare_events(struct store *store, sqlite3_stmt **out, struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_append(&sql, "SELECT case_digest(case_id, person_id), ts");
    stands_write_columns(&sql, "");
    str_append(&sql, " FROM event ORDER BY 1, ts, id");
    bool good = sql_prepare(store, sql.text, out, err);
    str_finish(&sql);
    return good;
}

/* The next event of the rows belongs to the case, as its `index`-th. */
static bool is_event(const struct comparing *comparing, const struct case_events *events,
                     size_t index)
{
    const struct case_event *event = &events->events[index];
    const struct stands *stands = comparing->stands;
    sqlite3_stmt *row = comparing->rows;
    if (event->stand == 0 || event->stand > stands->count)
        return false;
    const struct stand stand = stand_of_row(row, STAND);
    return case_digest_from_sql(sqlite3_column_int64(row, DIGEST)) == events->digest &&
           event->ts == sqlite3_column_int64(row, TS) &&
           memcmp(&stand, &stands->items[event->stand - 1], sizeof(stand)) == 0;
}

static bool is_said(sqlite3_stmt *row, const struct case_events *events, size_t index)
{
    uint32_t words[SAID_COUNT];
    const struct stand stand = stand_of_row(row, STAND);
    stand_said(&stand, words);
    for (int i = 0; i < SAID_COUNT; i++) {
        const struct said_word *said = &events->said[i];
        uint32_t word = words[i];
        bool first = said->word != 0 && said->at == index;
        if (first ? word != said->word : word != 0 && (said->word == 0 || index < said->at))
            return false;
    }
    return true;
}

static bool compare_events(struct comparing *comparing, struct error *err)
{
    const struct case_events *events;
    struct derived_verdict *out = comparing->out;
    enum sql_result result = SQL_ROW;
    for (;;) {
        if (!runs_next(&comparing->runs, &events, err))
            return false;
        if (events == NULL)
            break;
        out->parts++;
        bool same = true;
        for (size_t i = 0; i < events->count && result == SQL_ROW; i++) {
            result = sql_step(comparing->store, comparing->rows, err);
            same = same && result == SQL_ROW && is_event(comparing, events, i) &&
                   is_said(comparing->rows, events, i);
        }
        if (result == SQL_FAILED)
            return false;
        out->different += !same || result == SQL_DONE;
    }
    result = result == SQL_ROW ? sql_step(comparing->store, comparing->rows, err) : result;
    out->different += result == SQL_ROW;
    return result != SQL_FAILED;
}

static bool verify_events(struct store *store, const struct stands *stands,
                          struct derived_verdict *out, struct error *err)
{
    struct comparing comparing = { .store = store, .stands = stands, .out = out };
    if (!runs_open(&comparing.runs, store, &RUNS_ALL, err))
        return false;
    bool done = prepare_events(store, &comparing.rows, err) && compare_events(&comparing, err);
    sqlite3_finalize(comparing.rows);
    runs_close(&comparing.runs);
    return done;
}

/* ---- What they were worth ---- */

/* A case that is worth nothing is only for those who merge runs. */
static bool next_worthy(struct worth_reader *reader, struct case_worth **out, struct error *err)
{
    do {
        if (!worth_next(reader, out, err))
            return false;
    } while (*out != NULL && (*out)->count == 0);
    return true;
}

/* Bit by bit. */
static bool is_same(struct case_worth *kept, struct case_worth *wanted)
{
    struct str a, b;
    str_init(&a);
    str_init(&b);
    kept->whole = false;
    case_worth_write(&a, kept);
    case_worth_write(&b, wanted);
    bool same = a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
    str_finish(&a);
    str_finish(&b);
    return same;
}

/* Both are in the order of digests. */
static bool compare_worth(struct worth_reader *kept, struct worth_reader *rows,
                          struct derived_verdict *out, struct error *err)
{
    struct case_worth *is, *wanted;
    if (!next_worthy(kept, &is, err) || !next_worthy(rows, &wanted, err))
        return false;
    while (is != NULL || wanted != NULL) {
        bool stray = wanted == NULL || (is != NULL && is->digest < wanted->digest);
        bool missing = is == NULL || (wanted != NULL && wanted->digest < is->digest);
        out->parts++;
        out->different += stray || missing || !is_same(is, wanted);
        if ((!missing && !next_worthy(kept, &is, err)) ||
            (!stray && !next_worthy(rows, &wanted, err)))
            return false;
    }
    return true;
}

static bool verify_worth(struct store *store, struct derived_verdict *out, struct error *err)
{
    struct worth_reader kept, rows;
    if (!worth_open(&kept, store, INT64_MIN, INT64_MAX, err))
        return false;
    bool done = worth_open_rows(&rows, store, err);
    if (done) {
        done = compare_worth(&kept, &rows, out, err);
        worth_close(&rows);
    }
    worth_close(&kept);
    return done;
}

bool sequences_verify(struct store *store, struct stands *stands, struct derived_verdict *out,
                      struct error *err)
{
    return case_digest_define(store, err) && stands_load(stands, err) &&
           verify_events(store, stands, out, err) && verify_worth(store, out, err);
}
