/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * All that is known of one case.
 *
 * Its sequence says at which instants it did something; the index of events by touchpoint and time
 * then finds these few rows among millions. A store without sequences is looked through from one
 * end to the other.
 */

#include <stellwerk/store/cases.h>

#include <math.h>
#include <string.h>

#include "case_answers.h"
#include "event_places.h"
#include "run.h"
#include "sequence_code.h"
#include "sequence_log.h"

#define WORD(column) "(SELECT text FROM word WHERE id = " column ")"

/* The rows of a case, or of a person's events that have none; ?2 or ?3 is NULL. */
#define OF_CASE "iif(?2 IS NOT NULL, case_id = ?2, case_id IS NULL AND person_id = ?3)"
#define EVENT_COLUMNS                                                                              \
    "ts, " WORD("event.touchpoint") ", " WORD("event.activity") ", " WORD(                         \
        "event.channel") ", " WORD("event.outcome") ", " WORD("event.currency") ", value, cost"

static const char events_at_sql[] =
    "SELECT " EVENT_COLUMNS " FROM (SELECT DISTINCT touchpoint FROM sequence_stand) AS stand"
    " CROSS JOIN " EVENTS_AT " WHERE at_touchpoint = ifnull(stand.touchpoint, 0) AND at = ?1"
    " AND " OF_CASE " ORDER BY event.id";
static const char all_events_sql[] =
    "SELECT " EVENT_COLUMNS " FROM event WHERE " OF_CASE " ORDER BY ts, id LIMIT ?1";
static const char names_at_sql[] =
    "SELECT case_id, person_id FROM (SELECT DISTINCT touchpoint FROM sequence_stand) AS stand"
    " CROSS JOIN " EVENTS_AT " WHERE at_touchpoint = ifnull(stand.touchpoint, 0) AND at = ?1";
static const char all_names_sql[] = "SELECT case_id, person_id FROM event WHERE ts = ?1";

enum { TS, TOUCHPOINT, ACTIVITY, CHANNEL, OUTCOME, CURRENCY, VALUE, COST };

struct telling {
    struct arena *arena;
    struct store *store;
    const struct journey *journey;
    const struct case_found *found;
    bool stands;                  /* the store has sequences */
    const char *case_id, *person; /* one of them is NULL */
    struct story *out;
    size_t capacity;
};

static const char *text_or_null(struct arena *arena, sqlite3_stmt *row, int column)
{
    bool none = sqlite3_column_type(row, column) == SQLITE_NULL;
    return none ? NULL : arena_strdup(arena, sql_text(row, column));
}

/* ---- Its name -------------------------------------------------------------------- */

static bool is_it(const struct telling *telling, sqlite3_stmt *row)
{
    bool has_case = sqlite3_column_type(row, 0) != SQLITE_NULL;
    return telling->found->sequence.key ==
           case_digest(has_case ? sql_text(row, 0) : NULL, has_case ? NULL : sql_text(row, 1));
}

/* A sequence knows its case by a digest; the row of its first event has the name. */
static bool find_name(struct telling *telling, struct error *err)
{
    sqlite3_stmt *rows;
    enum sql_result result;
    if (!sql_prepare(telling->store, telling->stands ? names_at_sql : all_names_sql, &rows, err))
        return false;
    sqlite3_bind_int64(rows, 1, telling->found->sequence.steps[0].ts);
    while ((result = sql_step(telling->store, rows, err)) == SQL_ROW && !is_it(telling, rows))
        ;
    if (result == SQL_ROW) {
        telling->case_id = text_or_null(telling->arena, rows, 0);
        if (telling->case_id == NULL)
            telling->person = text_or_null(telling->arena, rows, 1);
    }
    sqlite3_finalize(rows);
    return result != SQL_FAILED;
}

static void bind_case(const struct telling *telling, sqlite3_stmt *statement)
{
    sqlite3_bind_text(statement, 2, telling->case_id, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, telling->person, -1, SQLITE_STATIC);
}

/* ---- Its events ------------------------------------------------------------------ */

static void add_event(struct telling *telling, sqlite3_stmt *row)
{
    const struct journey *journey = telling->journey;
    struct arena *arena = telling->arena;
    struct story *out = telling->out;
    out->events =
        arena_grow(arena, out->events, out->event_count, &telling->capacity, sizeof(*out->events));
    out->events[out->event_count++] = (struct story_event){
        .ts = sqlite3_column_int64(row, TS),
        .touchpoint = journey_find_touchpoint(journey, sql_text(row, TOUCHPOINT)),
        .activity = arena_strdup(arena, sql_text(row, ACTIVITY)),
        .channel = journey_find_channel(journey, sql_text(row, CHANNEL)),
        .channel_name = text_or_null(arena, row, CHANNEL),
        .outcome = text_or_null(arena, row, OUTCOME),
        .currency = text_or_null(arena, row, CURRENCY),
        .value = run_number(row, VALUE),
        .cost = run_number(row, COST),
    };
}

static bool add_events(struct telling *telling, sqlite3_stmt *rows, int64_t first,
                       struct error *err)
{
    enum sql_result result = SQL_DONE;
    sqlite3_bind_int64(rows, 1, first);
    bind_case(telling, rows);
    while (telling->out->event_count < STORY_EVENTS_MOST &&
           (result = sql_step(telling->store, rows, err)) == SQL_ROW)
        add_event(telling, rows);
    sqlite3_reset(rows);
    return result != SQL_FAILED;
}

static bool read_events(struct telling *telling, struct error *err)
{
    const struct sequence *sequence = &telling->found->sequence;
    sqlite3_stmt *rows;
    bool good = true;
    if (!sql_prepare(telling->store, telling->stands ? events_at_sql : all_events_sql, &rows, err))
        return false;
    if (!telling->stands)
        good = add_events(telling, rows, STORY_EVENTS_MOST, err);
    for (size_t i = 0; telling->stands && good && i < sequence->count; i++)
        if (i == 0 || sequence->steps[i].ts != sequence->steps[i - 1].ts)
            good = telling->out->event_count >= STORY_EVENTS_MOST ||
                   add_events(telling, rows, sequence->steps[i].ts, err);
    sqlite3_finalize(rows);
    return good;
}

/* ---- What it says ---------------------------------------------------------------- */

static const char answers_sql[] = "SELECT ts, " WORD("touchpoint") ", " WORD("metric") ", " WORD(
    "kind") ", value, scale_min,"
            " scale_max, substr(text, 1, ?1), " WORD("context") " FROM answer WHERE " OF_CASE
                                                                " ORDER BY ts, id LIMIT ?4";

enum {
    ANSWER_TS,
    ANSWER_TOUCHPOINT,
    QUESTION,
    KIND,
    ANSWER_VALUE,
    SCALE_MIN,
    SCALE_MAX,
    WORDS,
    CONTEXT
};

/* The metric of the map that asks this; NONE. */
static int metric_of(const struct journey *journey, const char *question)
{
    for (size_t i = 0; i < journey->metric_count; i++) {
        const struct metric *metric = &journey->metrics[i];
        const char *name = metric->answer != NULL ? metric->answer : metric->id;
        if (metric->source == SOURCE_ANSWER && strcmp(name, question) == 0)
            return (int)i;
    }
    return NONE;
}

static double score_of(const struct telling *telling, const struct story_answer *answer,
                       const char *context)
{
    if (answer->metric == NONE || isnan(answer->value))
        return NAN;
    const struct metric *metric = &telling->journey->metrics[answer->metric];
    const struct formula *formula = formula_find(metric);
    if (formula == NULL || formula->needs_hit || query_is_of_cases(metric, formula))
        return NAN;
    const struct metric_row row = {
        .ts = answer->ts,
        .until = answer->ts,
        .count = 1,
        .weight = 1,
        .value = answer->value,
        .scale_min = answer->scale_min,
        .scale_max = answer->scale_max,
        .anchors = metric_anchors(metric, journey_find_context(telling->journey, context)),
    };
    return case_answer_score(metric, formula, &row);
}

static struct story_answer answer_of(const struct telling *telling, sqlite3_stmt *row)
{
    struct story_answer answer = {
        .ts = sqlite3_column_int64(row, ANSWER_TS),
        .touchpoint = journey_find_touchpoint(telling->journey, sql_text(row, ANSWER_TOUCHPOINT)),
        .metric = metric_of(telling->journey, sql_text(row, QUESTION)),
        .name = arena_strdup(telling->arena, sql_text(row, QUESTION)),
        .kind = arena_strdup(telling->arena, sql_text(row, KIND)),
        .value = run_number(row, ANSWER_VALUE),
        .scale_min = run_number(row, SCALE_MIN),
        .scale_max = run_number(row, SCALE_MAX),
        .text = text_or_null(telling->arena, row, WORDS),
    };
    answer.score = score_of(telling, &answer, sql_text(row, CONTEXT));
    return answer;
}

static bool read_answers(struct telling *telling, struct error *err)
{
    struct story *out = telling->out;
    sqlite3_stmt *rows;
    enum sql_result result;
    if (!sql_prepare(telling->store, answers_sql, &rows, err))
        return false;
    sqlite3_bind_int(rows, 1, STORY_TEXT_MOST);
    bind_case(telling, rows);
    sqlite3_bind_int(rows, 4, STORY_ANSWERS_MOST);
    out->answers = arena_array(telling->arena, STORY_ANSWERS_MOST, sizeof(*out->answers));
    while ((result = sql_step(telling->store, rows, err)) == SQL_ROW)
        out->answers[out->answer_count++] = answer_of(telling, rows);
    sqlite3_finalize(rows);
    return result == SQL_DONE;
}

bool store_story_read(struct arena *arena, struct store *store, const struct journey *journey,
                      const struct case_found *found, struct story *out, struct error *err)
{
    struct telling telling = {
        .arena = arena, .store = store, .journey = journey, .found = found, .out = out
    };
    *out = (struct story){ 0 };
    if (!sequence_log_is_ready(store, &telling.stands, err) || !find_name(&telling, err) ||
        !read_events(&telling, err) || !read_answers(&telling, err))
        return false;
    out->id = telling.case_id != NULL ? telling.case_id : telling.person;
    return true;
}
