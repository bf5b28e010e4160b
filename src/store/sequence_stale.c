/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sequence_stale.h"

#include <inttypes.h>
#include <stdlib.h>

#include <stellwerk/base/memory.h>

#include "event_places.h"
#include "sequence_runs.h"
#include "worth_runs.h"

/* ---- Digests in SQL ---- */

static int64_t to_sql(uint64_t digest)
{
    return (int64_t)(digest ^ UINT64_C(1) << 63);
}

uint64_t case_digest_from_sql(int64_t digest)
{
    return (uint64_t)digest ^ UINT64_C(1) << 63;
}

static void case_digest_function(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    uint64_t digest = case_digest((const char *)sqlite3_value_text(values[0]),
                                  (const char *)sqlite3_value_text(values[1]));
    sqlite3_result_int64(context, to_sql(digest));
}

bool case_digest_define(struct store *store, struct error *err)
{
    int flags = SQLITE_UTF8 | SQLITE_DIRECTONLY | SQLITE_DETERMINISTIC;
    int code = sqlite3_create_function_v2(store->db, "case_digest", 2, flags, NULL,
                                          case_digest_function, NULL, NULL, NULL);
    return code == SQLITE_OK || sql_fail(store, err);
}

/* ---- Marks ---- */

void stale_marks_finish(struct stale_marks *marks)
{
    sqlite3_finalize(marks->mark);
}

bool stale_marks_load(struct stale_marks *marks, struct error *err)
{
    return sql_integer(marks->store, "SELECT count(*) FROM sequence_stale", 0, &marks->count, err);
}

bool stale_mark(struct stale_marks *marks, uint64_t digest, int64_t touchpoint, int64_t ts,
                struct error *err)
{
    if (marks->mark == NULL &&
        !sql_prepare(marks->store, "INSERT OR IGNORE INTO sequence_stale VALUES (?1, ?2, ?3)",
                     &marks->mark, err))
        return false;
    sqlite3_bind_int64(marks->mark, 1, to_sql(digest));
    sqlite3_bind_int64(marks->mark, 2, touchpoint);
    sqlite3_bind_int64(marks->mark, 3, ts);
    enum sql_result result = sql_step(marks->store, marks->mark, err);
    sqlite3_reset(marks->mark);
    marks->count++;
    return result != SQL_FAILED;
}

bool stale_mark_rows(struct stale_marks *marks, const char *condition, struct error *err)
{
    struct str sql;
    if (!case_digest_define(marks->store, err))
        return false;
    str_init(&sql);
    str_printf(&sql,
               "INSERT OR IGNORE INTO sequence_stale SELECT case_digest(case_id, person_id),"
               " ifnull(touchpoint, 0), ts FROM event WHERE %s LIMIT %d",
               condition, SEQUENCE_STALE_MOST + 1);
    bool done = sql_run(marks->store, sql.text, err);
    str_finish(&sql);
    return done && stale_marks_load(marks, err);
}

bool stale_clear(struct stale_marks *marks, struct error *err)
{
    marks->count = 0;
    return sql_run(marks->store, "DELETE FROM sequence_stale", err);
}

/* ---- Where all events of the cases are ---- */

struct digests { /* ascending */
    uint64_t *items;
    size_t count;
};

static bool list_digests(struct stale_marks *marks, struct digests *out, struct error *err)
{
    sqlite3_stmt *list;
    enum sql_result result;
    *out = (struct digests){ 0 };
    if (!sql_prepare(marks->store, "SELECT DISTINCT digest FROM sequence_stale ORDER BY digest",
                     &list, err))
        return false;
    out->items = memory_alloc(memory_product((size_t)marks->count + 1, sizeof(*out->items)));
    while ((result = sql_step(marks->store, list, err)) == SQL_ROW &&
           out->count < (size_t)marks->count)
        out->items[out->count++] = case_digest_from_sql(sqlite3_column_int64(list, 0));
    sqlite3_finalize(list);
    return result != SQL_FAILED;
}

static bool mark_case(struct stale_marks *marks, const struct stands *stands,
                      const struct case_events *events, struct error *err)
{
    for (size_t i = 0; i < events->count; i++) {
        size_t stand = events->events[i].stand;
        if (stand == 0 || stand > stands->count)
            continue;
        uint32_t touchpoint = stands->items[stand - 1].words[stand_place(COLUMN_TOUCHPOINT)];
        if (!stale_mark(marks, events->digest, touchpoint, events->events[i].ts, err))
            return false;
    }
    return true;
}

/* Both lists are in the order of digests. */
static bool mark_what_was(struct stale_marks *marks, const struct stands *stands,
                          const struct digests *digests, struct error *err)
{
    struct runs_reader runs;
    const struct case_events *events;
    size_t at = 0;
    bool good = runs_open(&runs, marks->store, &RUNS_ALL, err);
    if (!good)
        return false;
    while (at < digests->count && (good = runs_next(&runs, &events, err)) && events != NULL) {
        while (at < digests->count && digests->items[at] < events->digest)
            at++;
        if (at < digests->count && digests->items[at] == events->digest &&
            !(good = mark_case(marks, stands, events, err)))
            break;
    }
    runs_close(&runs);
    return good;
}

/* ---- The run ---- */

enum { DIGEST, TS, VALUE, STAND };

/* In the order of the index they are looked for in; the LIMIT makes SQLite keep to it. */
#define MARKS_BY_PLACE                                                                             \
    "SELECT digest, touchpoint, ts FROM sequence_stale ORDER BY touchpoint, ts LIMIT -1"

static bool prepare_events(struct store *store, sqlite3_stmt **out, struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_append(&sql, "SELECT s.digest, s.ts, event.value");
    stands_write_columns(&sql, "event.");
    str_append(&sql, " FROM (" MARKS_BY_PLACE ") AS s CROSS JOIN " EVENTS_AT
                     " WHERE at_touchpoint = s.touchpoint AND at = s.ts"
                     " AND case_digest(event.case_id, event.person_id) = s.digest"
                     " ORDER BY s.digest, s.ts, event.id");
    bool good = sql_prepare(store, sql.text, out, err);
    str_finish(&sql);
    return good;
}

struct remaking {
    struct stands *stands;
    struct run_writer writer;
    struct worth_writer worths;
    struct case_events events; /* of the case at hand */
    struct case_worth worth;   /* likewise */
    const struct digests *digests;
    size_t at; /* of the digests: the case */
};

static void begin_case(struct remaking *remaking)
{
    if (remaking->at == remaking->digests->count)
        return;
    case_events_clear(&remaking->events, remaking->digests->items[remaking->at]);
    case_worth_clear(&remaking->worth, remaking->digests->items[remaking->at]);
}

/* Cases that have lost all their events are written as such. */
static bool end_cases(struct remaking *remaking, uint64_t next, bool any, struct error *err)
{
    const struct digests *digests = remaking->digests;
    while (remaking->at < digests->count && (!any || digests->items[remaking->at] < next)) {
        remaking->events.whole = remaking->worth.whole = true;
        if (!run_put(&remaking->writer, &remaking->events, err) ||
            !worth_put(&remaking->worths, &remaking->worth, err))
            return false;
        remaking->at++;
        begin_case(remaking);
    }
    return true;
}

static bool put_event(struct remaking *remaking, sqlite3_stmt *row, struct error *err)
{
    const struct stand stand = stand_of_row(row, STAND);
    if (!end_cases(remaking, case_digest_from_sql(sqlite3_column_int64(row, DIGEST)), true, err))
        return false;
    uint32_t words[SAID_COUNT], number = stands_get(remaking->stands, &stand);
    stand_said(&stand, words);
    case_events_add(&remaking->events,
                    (struct case_event){ .ts = sqlite3_column_int64(row, TS), .stand = number },
                    words);
    if (sqlite3_column_type(row, VALUE) != SQLITE_NULL)
        case_worth_add_event(&remaking->worth, stand_purse(&stand),
                             sqlite3_column_double(row, VALUE));
    return true;
}

static bool put_events(struct store *store, struct remaking *remaking, struct error *err)
{
    sqlite3_stmt *rows;
    enum sql_result result;
    bool good = true;
    if (!prepare_events(store, &rows, err))
        return false;
    begin_case(remaking);
    while (good && (result = sql_step(store, rows, err)) == SQL_ROW)
        good = put_event(remaking, rows, err);
    sqlite3_finalize(rows);
    return good && result == SQL_DONE && end_cases(remaking, 0, false, err) &&
           run_end(&remaking->writer, err) && worth_end(&remaking->worths, err);
}

static bool write_run(struct store *store, struct stands *stands, const struct digests *digests,
                      struct error *err)
{
    struct remaking remaking = { .stands = stands, .digests = digests };
    bool good = run_begin(&remaking.writer, store, 0, 0, err);
    worth_writer_init(&remaking.worths, store, remaking.writer.run);
    good = good && put_events(store, &remaking, err);
    run_writer_finish(&remaking.writer);
    worth_writer_finish(&remaking.worths);
    case_events_finish(&remaking.events);
    case_worth_finish(&remaking.worth);
    return good && stands_save(stands, err) && runs_settle(store, err);
}

bool stale_remake(struct stale_marks *marks, struct stands *stands, struct error *err)
{
    struct digests digests;
    bool good = case_digest_define(marks->store, err) && list_digests(marks, &digests, err);
    if (good && digests.count > 0)
        good = mark_what_was(marks, stands, &digests, err) &&
               write_run(marks->store, stands, &digests, err);
    free(digests.items);
    return good && stale_clear(marks, err);
}
