/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/sequences.h>

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>
#include <stellwerk/store/import.h>

#include "cut.h"
#include "rollup.h"
#include "sequence_log.h"
#include "sequence_runs.h"
#include "sequence_words.h"

bool store_sequences_span(struct store *store, struct sequence_span *out, struct error *err)
{
    if (!sql_integer(store, "SELECT min(oldest) FROM batch WHERE kind = 'events'", TIME_NONE,
                     &out->oldest, err) ||
        !sql_integer(store, "SELECT max(newest) FROM batch WHERE kind = 'events'", TIME_NONE,
                     &out->newest, err) ||
        !cut_read_window(store, &out->case_window, err))
        return false;
    if (out->case_window <= 0)
        out->case_window = IMPORT_CASE_WINDOW;
    return true;
}

/* ---- Which cases ---- */

/* Words that a case must say; 0: nothing is asked. */
struct asked {
    int64_t persona, context, variant;
    int channel; /* NONE */
    struct period period;
};

static bool ask_word(struct dictionary *dictionary, const char *id, int64_t *out, struct error *err)
{
    return id == NULL || dictionary_number(dictionary, id, out, err);
}

static bool find_words(struct dictionary *dictionary, const struct sequence_wish *wish,
                       struct asked *out, struct error *err)
{
    const struct journey *journey = wish->journey;
    const struct lens *lens = wish->lens;
    bool persona = lens->persona != NONE, context = lens->context != NONE;
    return ask_word(dictionary, persona ? journey->personas[lens->persona].id : NULL, &out->persona,
                    err) &&
           ask_word(dictionary, context ? journey->contexts[lens->context].id : NULL, &out->context,
                    err) &&
           ask_word(dictionary, wish->variant, &out->variant, err);
}

/* What no event says at all is not asked of any. Series know it without the rows. */
static bool forgive(struct store *store, const char *column, bool rolled_up, int64_t *word,
                    bool *ignored, struct error *err)
{
    struct str sql;
    int64_t known = 0;
    if (*word == 0)
        return true;
    str_init(&sql);
    str_printf(&sql, "SELECT EXISTS (SELECT 1 FROM %s WHERE %s%s IS NOT NULL)",
               rolled_up ? "series" : "event", rolled_up ? "source = 'event' AND " : "", column);
    bool good = sql_integer(store, sql.text, 0, &known, err);
    str_finish(&sql);
    *ignored = good && known == 0;
    if (*ignored)
        *word = 0;
    return good;
}

static bool forgive_all(struct store *store, struct asked *asked, struct sequence_names *names,
                        struct error *err)
{
    bool ready;
    unsigned folded;
    if (!rollup_is_ready(store, IMPORT_EVENTS, &ready, &folded, err))
        return false;
    ready = ready && folded == 0;
    return forgive(store, "persona", ready, &asked->persona, &names->persona_ignored, err) &&
           forgive(store, "context", ready, &asked->context, &names->context_ignored, err);
}

static bool ask(struct store *store, const struct sequence_wish *wish, struct asked *out,
                struct sequence_names *names, struct error *err)
{
    struct dictionary dictionary;
    *out = (struct asked){ .channel = wish->channel, .period = wish->lens->period };
    dictionary_init(&dictionary, store, false);
    bool done = find_words(&dictionary, wish, out, err);
    dictionary_finish(&dictionary);
    return done && forgive_all(store, out, names, err);
}

/* ---- Cases ---- */

struct reading {
    struct sequence_words words;
    struct asked asked;
    sequence_taker *take;
    void *data;
    struct sequence_step *steps;
    size_t count, capacity;
    uint64_t case_key;                 /* of the case at hand */
    int64_t persona, context, variant; /* as it first says; 0 */
    bool on_channel;
    struct str key, row_key; /* of rows */
};

static bool is_asked_for(const struct reading *reading)
{
    const struct asked *asked = &reading->asked;
    int32_t began = time_day(reading->steps[0].ts);
    return (asked->persona == 0 || asked->persona == reading->persona) &&
           (asked->context == 0 || asked->context == reading->context) &&
           (asked->variant == 0 || asked->variant == reading->variant) &&
           (asked->channel == NONE || reading->on_channel) && began >= asked->period.first &&
           began <= asked->period.last;
}

/* False when no more cases are wanted. */
static bool end_case(struct reading *reading)
{
    bool more = true;
    if (reading->count > 0 && is_asked_for(reading)) {
        const struct sequence sequence = {
            .steps = reading->steps,
            .count = reading->count,
            .key = reading->case_key,
            .persona = sequence_persona_of(&reading->words, reading->persona),
            .context = sequence_context_of(&reading->words, reading->context),
            .variant = sequence_variant_of(&reading->words, reading->variant),
        };
        more = reading->take(&sequence, reading->data);
    }
    reading->count = 0;
    reading->persona = reading->context = reading->variant = 0;
    reading->on_channel = false;
    return more;
}

static void make_room(struct reading *reading, size_t count)
{
    if (count <= reading->capacity)
        return;
    reading->capacity = memory_product(count, 2);
    reading->steps =
        memory_resize(reading->steps, memory_product(reading->capacity, sizeof(*reading->steps)));
}

/* ---- From the sequences that are kept ---- */

/* Where a stand (sequence_log.h) is on the map. */
struct place {
    int32_t step, channel;
};

struct places {
    struct place *items;
    size_t count;
};

static bool read_places(struct reading *reading, struct store *store, struct places *out,
                        struct error *err)
{
    sqlite3_stmt *stands;
    enum sql_result result;
    size_t capacity = 0;
    *out = (struct places){ 0 };
    if (!sql_prepare(store,
                     "SELECT id, touchpoint, activity, channel FROM sequence_stand"
                     " ORDER BY id",
                     &stands, err))
        return false;
    while ((result = sql_step(store, stands, err)) == SQL_ROW) {
        if (sqlite3_column_int64(stands, 0) != (int64_t)out->count + 1)
            break;
        out->items = arena_grow(reading->words.arena, out->items, out->count, &capacity,
                                sizeof(*out->items));
        out->items[out->count++] = (struct place){
            .step = sequence_step_of(&reading->words, sqlite3_column_int64(stands, 1),
                                     sqlite3_column_int64(stands, 2)),
            .channel = sequence_channel_of(&reading->words, sqlite3_column_int64(stands, 3)),
        };
    }
    sqlite3_finalize(stands);
    return result != SQL_FAILED;
}

/* Events at a stand that nobody knows are left out: the file may be anybody's. */
static void take_events(struct reading *reading, const struct places *places,
                        const struct case_events *events)
{
    make_room(reading, events->count);
    for (size_t i = 0; i < events->count; i++) {
        const struct case_event *event = &events->events[i];
        if (event->stand - 1 >= places->count)
            continue;
        const struct place *place = &places->items[event->stand - 1];
        reading->steps[reading->count++] = (struct sequence_step){
            .ts = event->ts,
            .step = place->step,
            .channel = place->channel,
        };
        reading->on_channel |= place->channel == reading->asked.channel;
    }
    reading->case_key = events->digest;
    reading->persona = events->said[SAID_PERSONA].word;
    reading->context = events->said[SAID_CONTEXT].word;
    reading->variant = events->said[SAID_VARIANT].word;
}

static bool read_runs(struct reading *reading, struct store *store, struct error *err)
{
    struct runs_reader runs;
    struct places places;
    const struct case_events *events;
    if (!read_places(reading, store, &places, err) ||
        !runs_open(&runs, store, INT64_MIN, INT64_MAX, err))
        return false;
    bool done;
    while ((done = runs_next(&runs, &events, err)) && events != NULL) {
        take_events(reading, &places, events);
        if (!end_case(reading))
            break;
    }
    runs_close(&runs);
    return done;
}

/* ---- From the rows ---- */

enum { CASE_ID, PERSON_ID, TS, TOUCHPOINT, ACTIVITY, CHANNEL, PERSONA, CONTEXT, VARIANT };

static const char events_sql[] =
    "SELECT case_id, iif(case_id IS NULL, person_id, NULL), ts, touchpoint, activity, channel,"
    " persona, context, variant FROM event ORDER BY 1, 2, ts, id";

/* All that tells this row's case from others; a case is never taken for a person of its name. */
static bool begins_case(struct reading *reading, sqlite3_stmt *row)
{
    bool has_case = sqlite3_column_type(row, CASE_ID) != SQLITE_NULL;
    str_clear(&reading->row_key);
    str_append(&reading->row_key, has_case ? "c" : "p");
    str_append(&reading->row_key, sql_text(row, has_case ? CASE_ID : PERSON_ID));
    if (strcmp(reading->row_key.text, reading->key.text) == 0)
        return false;
    struct str last = reading->key;
    reading->key = reading->row_key;
    reading->row_key = last;
    return true;
}

static void keep_first(int64_t *word, sqlite3_stmt *row, int column)
{
    if (*word == 0)
        *word = sqlite3_column_int64(row, column);
}

static uint64_t key_of(sqlite3_stmt *row)
{
    bool has_case = sqlite3_column_type(row, CASE_ID) != SQLITE_NULL;
    return case_digest(has_case ? sql_text(row, CASE_ID) : NULL,
                       has_case ? NULL : sql_text(row, PERSON_ID));
}

static void add_step(struct reading *reading, sqlite3_stmt *row)
{
    if (reading->count == 0)
        reading->case_key = key_of(row);
    int32_t channel = sequence_channel_of(&reading->words, sqlite3_column_int64(row, CHANNEL));
    make_room(reading, reading->count + 1);
    reading->steps[reading->count++] = (struct sequence_step){
        .ts = sqlite3_column_int64(row, TS),
        .step = sequence_step_of(&reading->words, sqlite3_column_int64(row, TOUCHPOINT),
                                 sqlite3_column_int64(row, ACTIVITY)),
        .channel = channel,
    };
    reading->on_channel |= channel == reading->asked.channel;
    keep_first(&reading->persona, row, PERSONA);
    keep_first(&reading->context, row, CONTEXT);
    keep_first(&reading->variant, row, VARIANT);
}

static bool read_rows(struct reading *reading, struct store *store, struct error *err)
{
    sqlite3_stmt *events;
    enum sql_result result = SQL_ROW;
    bool more = true;
    if (!sql_prepare(store, events_sql, &events, err))
        return false;
    while (more && (result = sql_step(store, events, err)) == SQL_ROW) {
        more = !begins_case(reading, events) || end_case(reading);
        if (more)
            add_step(reading, events);
    }
    sqlite3_finalize(events);
    if (more && result == SQL_DONE)
        end_case(reading);
    return !more || result == SQL_DONE;
}

static bool read_cases(struct reading *reading, struct store *store, struct error *err)
{
    bool kept;
    return sequence_log_is_ready(store, &kept, err) &&
           (kept ? read_runs(reading, store, err) : read_rows(reading, store, err));
}

bool store_sequences_read(struct arena *arena, struct store *store,
                          const struct sequence_wish *wish, sequence_taker *take, void *data,
                          struct sequence_names *out, struct error *err)
{
    struct reading reading = { .take = take, .data = data };
    *out = (struct sequence_names){ 0 };
    str_init(&reading.key);
    str_init(&reading.row_key);
    bool done = ask(store, wish, &reading.asked, out, err) &&
                sequence_words_init(&reading.words, arena, store, wish->journey, err) &&
                read_cases(&reading, store, err) &&
                sequence_words_read(&reading.words, store, out, err);
    str_finish(&reading.key);
    str_finish(&reading.row_key);
    free(reading.steps);
    return done;
}
