/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sequence_log.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>

#include "keyed.h"
#include "row.h"
#include "sequence_runs.h"
#include "sequence_stale.h"
#include "sequence_stands.h"
#include "sequence_verify.h"
#include "worth_runs.h"

#define EVENTS_HELD 65536

/* Versions of the table that readers can do with. */
enum { SINCE_EVENTS = 2, SINCE_WORTH = 3 };

/* An event that waits for its run. */
struct held {
    uint64_t digest;
    struct case_event event;
    double value; /* NAN: none */
};

struct log {
    struct store *store;
    bool live;   /* complete, and kept so */
    bool behind; /* an event was added that has no case yet: no longer complete, once flushed */
    struct held *held;
    size_t count, capacity, valued;
    struct str last_case; /* the case of the event that was added last */
    uint64_t last_digest;
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
    log->live = log->behind = false;
    log->count = log->valued = 0;
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
    log->count = log->valued = 0;
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

static bool is_ready(struct store *store, int since, bool *out, struct error *err)
{
    struct derived_state state;
    if (!derived_read_state(store, sequence_log.name, &state, err))
        return false;
    *out = state.version >= since && state.version <= SEQUENCE_VERSION;
    bool stale = false;
    if (*out && !has_stale(store, &stale, err))
        return false;
    *out = *out && !stale;
    return true;
}

bool sequence_log_is_ready(struct store *store, bool *out, struct error *err)
{
    return is_ready(store, SINCE_EVENTS, out, err);
}

bool sequence_log_has_worth(struct store *store, bool *out, struct error *err)
{
    return is_ready(store, SINCE_WORTH, out, err);
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
    str_init(&log->last_case);
    *out = log;
    return true;
}

static void close_log(void *self)
{
    struct log *log = self;
    stands_finish(&log->stands);
    stale_marks_finish(&log->stale);
    str_finish(&log->last_case);
    free(log->held);
    free(log);
}

static column_set columns_of(void *self)
{
    (void)self;
    return stand_columns();
}

/* What was rolled back may have had stands, so they are read anew each time. A table of an older
 * version is not kept up, and so is nobody's to read any more. */
static bool begin(void *self, struct error *err)
{
    struct log *log = self;
    struct derived_state state;
    bool any;
    log->behind = false;
    log->count = log->valued = 0;
    if (!derived_read_state(log->store, sequence_log.name, &state, err) ||
        !has_events(log->store, &any, err))
        return false;
    if (!any && state.version != SEQUENCE_VERSION) {
        state = (struct derived_state){ .version = SEQUENCE_VERSION };
        if (!clear_all(log, err) || !derived_write_state(log->store, sequence_log.name, state, err))
            return false;
    }
    log->live = state.version == SEQUENCE_VERSION;
    if (!log->live && state.version != 0)
        return sequence_log_forget(log->store, err);
    return !log->live || (stands_load(&log->stands, err) && stale_marks_load(&log->stale, err));
}

/* ---- New events ---- */

static uint64_t time_key(const struct held *held)
{
    return (uint64_t)held->event.ts ^ UINT64_C(1) << 63;
}

/* Puts the events of a case in order that have come in another one. */
static void order_case(const struct log *log, struct keyed *places, size_t count,
                       struct keyed *room)
{
    bool ordered = true;
    for (size_t i = 1; ordered && i < count; i++)
        ordered = log->held[places[i - 1].item].event.ts <= log->held[places[i].item].event.ts;
    if (ordered)
        return;
    uint64_t digest = places->key;
    for (size_t i = 0; i < count; i++)
        places[i].key = time_key(&log->held[places[i].item]);
    const struct keyed *sorted = keyed_sort(places, room, count);
    for (size_t i = 0; i < count; i++)
        places[i] = (struct keyed){ .key = digest, .item = sorted[i].item };
}

static size_t case_end(const struct keyed *places, size_t count, size_t first)
{
    size_t end = first + 1;
    while (end < count && places[end].key == places[first].key)
        end++;
    return end;
}

/* The places of what is held, by case. Events of a case often follow each other: only the first of
 * such a stretch is sorted. */
static void order_by_case(const struct log *log, struct keyed *places, struct keyed *room)
{
    size_t stretches = 0, count = 0;
    for (uint32_t i = 0; i < log->count; i++)
        if (i == 0 || log->held[i].digest != log->held[i - 1].digest)
            room[stretches++] = (struct keyed){ .key = log->held[i].digest, .item = i };
    const struct keyed *sorted = keyed_sort(room, room + log->count, stretches);
    for (size_t i = 0; i < stretches; i++) {
        struct keyed place = sorted[i];
        do
            places[count++] = place;
        while (++place.item < log->count && log->held[place.item].digest == place.key);
    }
}

/* The places of what is held, by case and, in each, by time: of one instant as they came. `room` is
 * for twice as many. */
static void order_held(const struct log *log, struct keyed *places, struct keyed *room)
{
    order_by_case(log, places, room);
    for (size_t first = 0, end; first < log->count; first = end) {
        end = case_end(places, log->count, first);
        order_case(log, &places[first], end - first, room);
    }
}

static bool put_cases(struct log *log, const struct keyed *places, struct run_writer *writer,
                      struct case_events *events, struct error *err)
{
    for (size_t i = 0, end; i < log->count; i = end) {
        end = case_end(places, log->count, i);
        case_events_clear(events, places[i].key);
        for (size_t j = i; j < end; j++) {
            struct case_event event = log->held[places[j].item].event;
            uint32_t words[SAID_COUNT];
            stand_said(&log->stands.items[event.stand - 1], words);
            case_events_add(events, event, words);
        }
        if (!run_put(writer, events, err))
            return false;
    }
    return run_end(writer, err);
}

static bool put_worths(struct log *log, const struct keyed *places, struct worth_writer *writer,
                       struct case_worth *worth, struct error *err)
{
    for (size_t i = 0, end; i < log->count; i = end) {
        end = case_end(places, log->count, i);
        case_worth_clear(worth, places[i].key);
        for (size_t j = i; j < end; j++) {
            const struct held *held = &log->held[places[j].item];
            if (isfinite(held->value))
                case_worth_add_event(worth, stand_purse(&log->stands.items[held->event.stand - 1]),
                                     held->value);
        }
        if (!worth_put(writer, worth, err))
            return false;
    }
    return worth_end(writer, err);
}

static bool write_worths(struct log *log, const struct keyed *places, int64_t run,
                         struct error *err)
{
    struct case_worth worth = { 0 };
    struct worth_writer writer;
    if (log->valued == 0)
        return true;
    worth_writer_init(&writer, log->store, run);
    bool done = put_worths(log, places, &writer, &worth, err);
    worth_writer_finish(&writer);
    case_worth_finish(&worth);
    return done;
}

static bool write_run(struct log *log, struct error *err)
{
    struct case_events events = { 0 };
    struct run_writer writer;
    struct keyed *places = memory_alloc(memory_product(3 * log->count, sizeof(*places)));
    order_held(log, places, places + log->count);
    bool done = run_begin(&writer, log->store, 0, 0, err) &&
                put_cases(log, places, &writer, &events, err) &&
                write_worths(log, places, writer.run, err);
    run_writer_finish(&writer);
    case_events_finish(&events);
    free(places);
    log->count = log->valued = 0;
    return done && runs_settle(log->store, err);
}

static bool flush(void *self, struct error *err)
{
    struct log *log = self;
    if (!log->live)
        return true;
    if (log->behind)
        return fall_behind(log, err);
    if (log->stands.count > SEQUENCE_STANDS)
        return give_up(log, err);
    return log->count == 0 || (stands_save(&log->stands, err) && write_run(log, err));
}

static bool is_full(const struct log *log)
{
    return log->count >= EVENTS_HELD || log->stands.count > SEQUENCE_STANDS;
}

static struct held *hold_next(struct log *log)
{
    if (log->count == log->capacity) {
        log->capacity = log->capacity > 0 ? memory_product(log->capacity, 2) : 1024;
        log->held = memory_resize(log->held, memory_product(log->capacity, sizeof(*log->held)));
    }
    return &log->held[log->count++];
}

static void hold(struct log *log, uint64_t digest, struct case_event event, double value)
{
    *hold_next(log) = (struct held){ .digest = digest, .event = event, .value = value };
    log->valued += isfinite(value);
}

static uint32_t stand_of(struct log *log, const struct derived_row *row)
{
    const struct stand stand = stand_of_words(row->row, row->words);
    return stands_get(&log->stands, &stand);
}

/* Events of a case often follow each other. */
static uint64_t digest_of(struct log *log, const char *case_id)
{
    if (log->last_case.length > 0 && strcmp(log->last_case.text, case_id) == 0)
        return log->last_digest;
    str_clear(&log->last_case);
    str_append(&log->last_case, case_id);
    log->last_digest = case_digest(case_id, NULL);
    return log->last_digest;
}

/* `*number` is the stand. */
static bool add(void *self, const struct derived_row *row, uint32_t *number)
{
    struct log *log = self;
    log->behind |= log->live && row->case_id == NULL;
    if (!log->live || log->behind)
        return false;
    if (*number == 0)
        *number = stand_of(log, row);
    const struct cell *cells = row->row->cells;
    hold(log, digest_of(log, row->case_id),
         (struct case_event){ .ts = cells[COLUMN_TS].time, .stand = *number },
         cells[COLUMN_VALUE].given ? cells[COLUMN_VALUE].number : NAN);
    return is_full(log);
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

/* ---- From the rows ---- */

enum { CASE_ID, PERSON_ID, TS, VALUE, STAND };

static bool prepare_events(struct log *log, sqlite3_stmt **out, struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_append(&sql, "SELECT case_id, person_id, ts, value");
    stands_write_columns(&sql, "");
    str_append(&sql, " FROM event ORDER BY id");
    bool good = sql_prepare(log->store, sql.text, out, err);
    str_finish(&sql);
    return good;
}

static const char *text_or_null(sqlite3_stmt *row, int column)
{
    return (const char *)sqlite3_column_text(row, column);
}

static void hold_event(struct log *log, sqlite3_stmt *row)
{
    const struct stand stand = stand_of_row(row, STAND);
    uint64_t digest = case_digest(text_or_null(row, CASE_ID), text_or_null(row, PERSON_ID));
    bool valued = sqlite3_column_type(row, VALUE) != SQLITE_NULL;
    struct case_event event = {
        .ts = sqlite3_column_int64(row, TS),
        .stand = stands_get(&log->stands, &stand),
    };
    hold(log, digest, event, valued ? sqlite3_column_double(row, VALUE) : NAN);
}

static bool hold_events(struct log *log, struct error *err)
{
    sqlite3_stmt *events;
    enum sql_result result = SQL_ROW;
    if (!prepare_events(log, &events, err))
        return false;
    while (log->live && (result = sql_step(log->store, events, err)) == SQL_ROW) {
        hold_event(log, events);
        if (is_full(log) && !flush(log, err))
            break;
    }
    sqlite3_finalize(events);
    return !log->live || (result == SQL_DONE && flush(log, err));
}

static bool make_anew(struct log *log, struct error *err)
{
    log->live = true;
    log->count = log->valued = 0;
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
    return !out->complete || out->stale > 0 || sequences_verify(log->store, &log->stands, out, err);
}

static const struct derived_ops ops = {
    .open = open_log,
    .close = close_log,
    .columns = columns_of,
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
