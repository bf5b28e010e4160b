/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/sequences.h>

#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/store/import.h>

#include "cut.h"
#include "rollup.h"
#include "sequence_log.h"
#include "sequence_reader.h"
#include "sequence_shares.h"

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

static bool ask_word(struct dictionary *dictionary, const char *id, int64_t *out, struct error *err)
{
    return id == NULL || dictionary_number(dictionary, id, out, err);
}

static bool find_words(struct dictionary *dictionary, const struct sequence_wish *wish,
                       struct sequence_asked *out, struct error *err)
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

static bool forgive_all(struct store *store, struct sequence_asked *asked,
                        struct sequence_names *names, struct error *err)
{
    bool ready;
    unsigned folded;
    if (!rollup_is_ready(store, IMPORT_EVENTS, &ready, &folded, err))
        return false;
    ready = ready && folded == 0;
    return forgive(store, "persona", ready, &asked->persona, &names->persona_ignored, err) &&
           forgive(store, "context", ready, &asked->context, &names->context_ignored, err);
}

static bool ask(struct store *store, const struct sequence_wish *wish, struct sequence_asked *out,
                struct sequence_names *names, struct error *err)
{
    struct dictionary dictionary;
    *out = (struct sequence_asked){ .channel = wish->channel, .period = wish->lens->period };
    dictionary_init(&dictionary, store, false);
    bool done = find_words(&dictionary, wish, out, err);
    dictionary_finish(&dictionary);
    return done && forgive_all(store, out, names, err);
}

/* ---- From the rows ---- */

enum { CASE_ID, PERSON_ID, TS, TOUCHPOINT, ACTIVITY, CHANNEL, PERSONA, CONTEXT, VARIANT };

static const char events_sql[] =
    "SELECT case_id, iif(case_id IS NULL, person_id, NULL), ts, touchpoint, activity, channel,"
    " persona, context, variant FROM event ORDER BY 1, 2, ts, id";

struct row_cases {
    struct sequence_reader reader;
    struct sequence_words *words;
    struct str key, row_key;
};

/* All that tells this row's case from others; a case is never taken for a person of its name. */
static bool begins_case(struct row_cases *cases, sqlite3_stmt *row)
{
    bool has_case = sqlite3_column_type(row, CASE_ID) != SQLITE_NULL;
    str_clear(&cases->row_key);
    str_append(&cases->row_key, has_case ? "c" : "p");
    str_append(&cases->row_key, sql_text(row, has_case ? CASE_ID : PERSON_ID));
    if (strcmp(cases->row_key.text, cases->key.text) == 0)
        return false;
    struct str last = cases->key;
    cases->key = cases->row_key;
    cases->row_key = last;
    return true;
}

static void keep_first(struct row_cases *cases, enum said what, sqlite3_stmt *row, int column)
{
    if (cases->reader.said[what] == 0)
        cases->reader.said[what] = sqlite3_column_int64(row, column);
}

static uint64_t key_of(sqlite3_stmt *row)
{
    bool has_case = sqlite3_column_type(row, CASE_ID) != SQLITE_NULL;
    return case_digest(has_case ? sql_text(row, CASE_ID) : NULL,
                       has_case ? NULL : sql_text(row, PERSON_ID));
}

static void add_step(struct row_cases *cases, sqlite3_stmt *row)
{
    struct sequence_reader *reader = &cases->reader;
    if (reader->count == 0)
        reader->key = key_of(row);
    sequence_reader_add(
        reader,
        (struct sequence_step){
            .ts = sqlite3_column_int64(row, TS),
            .step = sequence_step_of(cases->words, sqlite3_column_int64(row, TOUCHPOINT),
                                     sqlite3_column_int64(row, ACTIVITY)),
            .channel = sequence_channel_of(cases->words, sqlite3_column_int64(row, CHANNEL)),
        });
    keep_first(cases, SAID_PERSONA, row, PERSONA);
    keep_first(cases, SAID_CONTEXT, row, CONTEXT);
    keep_first(cases, SAID_VARIANT, row, VARIANT);
    sequence_variant_meet(cases->words, reader->said[SAID_VARIANT]);
}

static bool hand_out_rows(struct row_cases *cases, struct store *store, struct error *err)
{
    sqlite3_stmt *events;
    enum sql_result result = SQL_ROW;
    bool more = true;
    if (!sql_prepare(store, events_sql, &events, err))
        return false;
    while (more && (result = sql_step(store, events, err)) == SQL_ROW) {
        more = !begins_case(cases, events) || sequence_reader_end_case(&cases->reader);
        if (more)
            add_step(cases, events);
    }
    sqlite3_finalize(events);
    if (more && result == SQL_DONE)
        sequence_reader_end_case(&cases->reader);
    return !more || result == SQL_DONE;
}

static bool read_rows(struct sequence_words *words, struct store *store,
                      const struct sequence_reader *first, struct error *err)
{
    struct row_cases cases = { .reader = *first, .words = words };
    str_init(&cases.key);
    str_init(&cases.row_key);
    bool done = hand_out_rows(&cases, store, err);
    str_finish(&cases.key);
    str_finish(&cases.row_key);
    sequence_reader_finish(&cases.reader);
    return done;
}

/* ---- All of it ---- */

/* Who takes cases: one all of them, or each a share. */
struct takers {
    struct sequence_reader readers[SEQUENCE_SHARES];
    size_t count;
};

static bool read_share(void *data, struct store *store, const struct run_span *span,
                       struct error *err)
{
    struct sequence_reader *reader = data;
    bool done = sequence_reader_runs(reader, store, span, err);
    sequence_reader_finish(reader);
    return done;
}

static bool read_cases(struct sequence_words *words, struct store *store, struct takers *takers,
                       struct error *err)
{
    struct sequence_shares shares = { .read = read_share, .count = takers->count };
    struct sequence_places places;
    bool kept;
    if (!sequence_log_is_ready(store, &kept, err))
        return false;
    if (!kept)
        return read_rows(words, store, &takers->readers[0], err);
    for (size_t i = 0; i < takers->count; i++) {
        takers->readers[i].places = &places;
        shares.data[i] = &takers->readers[i];
    }
    return sequence_places_read(words, store, &places, err) &&
           sequence_shares_read(&shares, store, err);
}

static bool read_all(struct arena *arena, struct store *store, const struct sequence_wish *wish,
                     struct takers *takers, struct sequence_names *out, struct error *err)
{
    struct sequence_words words;
    struct sequence_asked asked;
    *out = (struct sequence_names){ 0 };
    for (size_t i = 0; i < takers->count; i++) {
        takers->readers[i].words = &words;
        takers->readers[i].asked = &asked;
    }
    return ask(store, wish, &asked, out, err) &&
           sequence_words_init(&words, arena, store, wish->journey, err) &&
           read_cases(&words, store, takers, err) && sequence_words_read(&words, store, out, err);
}

/* In one transaction, which is one state of the store. */
static bool read_at_once(struct arena *arena, struct store *store, const struct sequence_wish *wish,
                         struct takers *takers, struct sequence_names *out, struct error *err)
{
    if (!sql_run(store, "BEGIN", err))
        return false;
    bool done = read_all(arena, store, wish, takers, out, err);
    sqlite3_exec(store->db, done ? "COMMIT" : "ROLLBACK", NULL, NULL, NULL);
    return done;
}

bool store_sequences_read(struct arena *arena, struct store *store,
                          const struct sequence_wish *wish, sequence_taker *take, void *data,
                          struct sequence_names *out, struct error *err)
{
    struct takers takers = { .readers = { { .take = take, .data = data } }, .count = 1 };
    return read_at_once(arena, store, wish, &takers, out, err);
}

bool store_sequences_share(struct arena *arena, struct store *store,
                           const struct sequence_wish *wish, sequence_taker *take,
                           void *const data[SEQUENCE_SHARES], struct sequence_names *out,
                           struct error *err)
{
    struct takers takers = { .count = SEQUENCE_SHARES };
    for (size_t i = 0; i < SEQUENCE_SHARES; i++)
        takers.readers[i] = (struct sequence_reader){ .take = take, .data = data[i] };
    return read_at_once(arena, store, wish, &takers, out, err);
}
