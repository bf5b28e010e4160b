/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sequence_log.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>

#include "row.h"
#include "sequence_runs.h"
#include "sequence_stale.h"
#include "sequence_stands.h"

#define EVENTS_HELD 65536

/* An event that waits for its run. */
struct held {
    uint64_t digest;
    struct case_event event;
    uint32_t words[SAID_COUNT]; /* as stand_said() says */
    uint32_t arrival;
};

struct log {
    struct store *store;
    bool live; /* complete, and kept so */
    struct held *held;
    size_t count;
    struct stands stands;
    struct stale_marks stale;
};

/* ---- State ---- */

bool sequence_log_forget(struct store *store, struct error *err)
{
    return sql_run(store, "UPDATE derived SET version = 0 WHERE name = 'sequences'", err);
}

static bool fall_behind(struct log *log, struct error *err)
{
    if (!log->live)
        return true;
    log->live = false;
    log->count = 0;
    return sequence_log_forget(log->store, err) && stale_clear(&log->stale, err);
}

static bool clear_all(struct log *log, struct error *err)
{
    return runs_clear(log->store, err) && stale_clear(&log->stale, err) &&
           sql_run(log->store, "DELETE FROM sequence_stand", err);
}

/* Too many different stands: the table is given up. */
static bool give_up(struct log *log, struct error *err)
{
    log->live = false;
    log->count = 0;
    stands_clear(&log->stands);
    return clear_all(log, err) &&
           derived_write_state(log->store, sequence_log.name,
                               (struct derived_state){ .folded = SEQUENCE_OFF }, err);
}

static bool has_stale(struct store *store, bool *out, struct error *err)
{
    int64_t any;
    bool good = sql_integer(store, "SELECT EXISTS (SELECT 1 FROM sequence_stale)", 0, &any, err);
    *out = good && any != 0;
    return good;
}

bool sequence_log_is_ready(struct store *store, bool *out, struct error *err)
{
    struct derived_state state;
    if (!derived_read_state(store, sequence_log.name, &state, err))
        return false;
    *out = state.version == SEQUENCE_VERSION;
    bool stale = false;
    if (*out && !has_stale(store, &stale, err))
        return false;
    *out = *out && !stale;
    return true;
}

static bool has_events(struct store *store, bool *out, struct error *err)
{
    int64_t any;
    bool good = sql_integer(store, "SELECT EXISTS (SELECT 1 FROM event)", 0, &any, err);
    *out = good && any != 0;
    return good;
}

static bool is_due(struct store *store, const struct derived_kind *kind, bool *out,
                   struct error *err)
{
    struct derived_state state;
    *out = false;
    if (!derived_read_state(store, kind->name, &state, err))
        return false;
    if (state.version == SEQUENCE_VERSION)
        return has_stale(store, out, err);
    return (state.folded & SEQUENCE_OFF) != 0 || has_events(store, out, err);
}

/* ---- Life ---- */

static bool open_log(struct store *store, const struct derived_kind *kind, void **out,
                     struct error *err)
{
    struct log *log = memory_alloc(sizeof(*log));
    (void)kind, (void)err;
    log->store = store;
    log->stands.store = store;
    log->stale.store = store;
    *out = log;
    return true;
}

static void close_log(void *self)
{
    struct log *log = self;
    stands_finish(&log->stands);
    stale_marks_finish(&log->stale);
    free(log->held);
    free(log);
}

/* What was rolled back may have had stands, so they are read anew each time. */
static bool begin(void *self, struct error *err)
{
    struct log *log = self;
    struct derived_state state;
    bool any;
    log->count = 0;
    if (!derived_read_state(log->store, sequence_log.name, &state, err) ||
        !has_events(log->store, &any, err))
        return false;
    if (!any && state.version != SEQUENCE_VERSION) {
        state = (struct derived_state){ .version = SEQUENCE_VERSION };
        if (!clear_all(log, err) || !derived_write_state(log->store, sequence_log.name, state, err))
            return false;
    }
    log->live = state.version == SEQUENCE_VERSION;
    return !log->live || (stands_load(&log->stands, err) && stale_marks_load(&log->stale, err));
}

/* ---- New events ---- */

static int compare_held(const void *left, const void *right)
{
    const struct held *a = left, *b = right;
    if (a->digest != b->digest)
        return a->digest < b->digest ? -1 : 1;
    if (a->event.ts != b->event.ts)
        return a->event.ts < b->event.ts ? -1 : 1;
    return (a->arrival > b->arrival) - (a->arrival < b->arrival);
}

static bool put_cases(struct log *log, struct run_writer *writer, struct case_events *events,
                      struct error *err)
{
    for (size_t i = 0; i < log->count; i++) {
        const struct held *held = &log->held[i];
        if (i == 0 || held->digest != held[-1].digest)
            case_events_clear(events, held->digest);
        case_events_add(events, held->event, held->words);
        bool last = i + 1 == log->count || held[1].digest != held->digest;
        if (last && !run_put(writer, events, err))
            return false;
    }
    return run_end(writer, err);
}

static bool write_run(struct log *log, struct error *err)
{
    struct case_events events = { 0 };
    struct run_writer writer;
    if (log->count == 0)
        return true;
    qsort(log->held, log->count, sizeof(*log->held), compare_held);
    bool done = run_begin(&writer, log->store, 0, 0, err) && put_cases(log, &writer, &events, err);
    run_writer_finish(&writer);
    case_events_finish(&events);
    log->count = 0;
    return done && runs_settle(log->store, err);
}

static bool hold(struct log *log, uint64_t digest, int64_t ts, const struct stand *stand,
                 struct error *err)
{
    uint32_t number;
    if (!stands_get(&log->stands, stand, &number, err))
        return false;
    if (log->stands.count > SEQUENCE_STANDS)
        return give_up(log, err);
    if (log->held == NULL)
        log->held = memory_alloc(EVENTS_HELD * sizeof(*log->held));
    struct held *held = &log->held[log->count];
    *held = (struct held){
        .digest = digest,
        .event = { .ts = ts, .stand = number },
        .arrival = (uint32_t)log->count++,
    };
    stand_said(stand, held->words);
    return log->count < EVENTS_HELD || write_run(log, err);
}

static uint32_t word_in(const struct derived_row *row, enum column column)
{
    return row->row->cells[column].given ? (uint32_t)row->words[column] : 0;
}

static bool add(void *self, const struct derived_row *row, struct error *err)
{
    struct log *log = self;
    if (!log->live)
        return true;
    if (row->case_id == NULL)
        return fall_behind(log, err);
    struct stand stand;
    for (size_t i = 0; i < STAND_COLUMNS; i++)
        stand.words[i] = word_in(row, stand_column(i));
    return hold(log, case_digest(row->case_id, NULL), row->row->cells[COLUMN_TS].time, &stand, err);
}

/* Where so much is stale that it is as good to make all anew. */
static bool settle_marks(struct log *log, struct error *err)
{
    return log->stale.count <= SEQUENCE_STALE_MOST || fall_behind(log, err);
}

static bool touch(void *self, const struct derived_place *place, struct error *err)
{
    struct log *log = self;
    return !log->live || (stale_mark(&log->stale, case_digest(place->case_id, place->person_id),
                                     place->touchpoint, place->ts, err) &&
                          settle_marks(log, err));
}

static bool touch_rows(void *self, const char *condition, struct error *err)
{
    struct log *log = self;
    return !log->live || (stale_mark_rows(&log->stale, condition, err) && settle_marks(log, err));
}

static bool flush(void *self, struct error *err)
{
    struct log *log = self;
    return !log->live || write_run(log, err);
}

/* ---- From the rows ---- */

enum { CASE_ID, PERSON_ID, TS, STAND };

/* "SELECT …" of events in that order. */
static bool prepare_events(struct log *log, const char *order, sqlite3_stmt **out,
                           struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_append(&sql, "SELECT case_id, person_id, ts");
    stands_write_columns(&sql, "");
    str_printf(&sql, " FROM event ORDER BY %s", order);
    bool good = sql_prepare(log->store, sql.text, out, err);
    str_finish(&sql);
    return good;
}

static const char *text_or_null(sqlite3_stmt *row, int column)
{
    return (const char *)sqlite3_column_text(row, column);
}

static bool hold_event(struct log *log, sqlite3_stmt *row, struct error *err)
{
    const struct stand stand = stand_of_row(row, STAND);
    uint64_t digest = case_digest(text_or_null(row, CASE_ID), text_or_null(row, PERSON_ID));
    return hold(log, digest, sqlite3_column_int64(row, TS), &stand, err);
}

static bool hold_events(struct log *log, struct error *err)
{
    sqlite3_stmt *events;
    enum sql_result result = SQL_ROW;
    if (!prepare_events(log, "id", &events, err))
        return false;
    while (log->live && (result = sql_step(log->store, events, err)) == SQL_ROW)
        if (!hold_event(log, events, err))
            break;
    sqlite3_finalize(events);
    return !log->live || (result == SQL_DONE && write_run(log, err));
}

static bool make_anew(struct log *log, struct error *err)
{
    log->live = true;
    log->count = 0;
    stands_clear(&log->stands);
    return clear_all(log, err) && hold_events(log, err) &&
           (!log->live ||
            derived_write_state(log->store, sequence_log.name,
                                (struct derived_state){ .version = SEQUENCE_VERSION }, err));
}

static bool refresh(void *self, bool rebuild, struct error *err)
{
    struct log *log = self;
    bool off = log->stale.count > SEQUENCE_STALE_MOST;
    if (!log->live || rebuild || off)
        return make_anew(log, err);
    return log->stale.count == 0 || stale_remake(&log->stale, &log->stands, err);
}

/* ---- Verifying ---- */

/* The next event of the rows belongs to the case, as its `index`-th. */
static bool is_event(const struct log *log, sqlite3_stmt *row, const struct case_events *events,
                     size_t index)
{
    const struct case_event *event = &events->events[index];
    if (event->stand == 0 || event->stand > log->stands.count)
        return false;
    const struct stand stand = stand_of_row(row, STAND);
    return case_digest(text_or_null(row, CASE_ID), text_or_null(row, PERSON_ID)) ==
               events->digest &&
           event->ts == sqlite3_column_int64(row, TS) &&
           memcmp(&stand, &log->stands.items[event->stand - 1], sizeof(stand)) == 0;
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

/* Both in one order: digest, time, arrival. */
static bool compare_all(struct log *log, struct runs_reader *runs, sqlite3_stmt *rows,
                        struct derived_verdict *out, struct error *err)
{
    const struct case_events *events;
    enum sql_result result = SQL_ROW;
    for (;;) {
        if (!runs_next(runs, &events, err))
            return false;
        if (events == NULL)
            break;
        out->parts++;
        bool same = true;
        for (size_t i = 0; i < events->count && result == SQL_ROW; i++) {
            result = sql_step(log->store, rows, err);
            same = same && result == SQL_ROW && is_event(log, rows, events, i) &&
                   is_said(rows, events, i);
        }
        if (result == SQL_FAILED)
            return false;
        out->different += !same || result == SQL_DONE;
    }
    result = result == SQL_ROW ? sql_step(log->store, rows, err) : result;
    out->different += result == SQL_ROW;
    return result != SQL_FAILED;
}

static bool compare(struct log *log, struct derived_verdict *out, struct error *err)
{
    struct runs_reader runs;
    sqlite3_stmt *rows;
    if (!case_digest_define(log->store, err) || !stands_load(&log->stands, err) ||
        !runs_open(&runs, log->store, INT64_MIN, INT64_MAX, err))
        return false;
    bool done = prepare_events(log, "case_digest(case_id, person_id), ts, id", &rows, err);
    if (done) {
        done = compare_all(log, &runs, rows, out, err);
        sqlite3_finalize(rows);
    }
    runs_close(&runs);
    return done;
}

/* What is stale is known to be so, and then nothing is compared. */
static bool verify(void *self, struct derived_verdict *out, struct error *err)
{
    struct log *log = self;
    struct derived_state state;
    *out = (struct derived_verdict){ 0 };
    if (!derived_read_state(log->store, sequence_log.name, &state, err) ||
        !stale_marks_load(&log->stale, err))
        return false;
    out->complete = state.version == SEQUENCE_VERSION;
    out->stale = (uint64_t)log->stale.count;
    return !out->complete || out->stale > 0 || compare(log, out, err);
}

static const struct derived_ops ops = {
    .open = open_log,
    .close = close_log,
    .begin = begin,
    .add = add,
    .touch = touch,
    .flush = flush,
    .touch_rows = touch_rows,
    .refresh = refresh,
    .is_due = is_due,
    .verify = verify,
};

const struct derived_kind sequence_log = {
    .name = N_("sequences"),
    .version = SEQUENCE_VERSION,
    .as = IMPORT_EVENTS,
    .ops = &ops,
};
