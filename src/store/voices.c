/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voices_parts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>

#include "run.h"

/* What answers have in common that are heard as one voice. */
#define SAME_VOICE "touchpoint, metric, kind, scale_min, scale_max"

enum voice_column { AT, QUESTION, KIND, SCALE_MIN, SCALE_MAX, FIRST_OWN };
enum { VALUE = FIRST_OWN, COUNT, OLDEST, NEWEST };
enum { SAID_TEXT = FIRST_OWN, SAID_VALUE, SAID_TS };

/* ---- What is earned ---------------------------------------------------------------- */

static bool number(struct hearing *hearing, const char *text, int64_t *out, struct error *err)
{
    return dictionary_number(&hearing->dictionary, text, out, err);
}

/* A channel is earned where touchpoints are on it, and all of them are. */
static bool is_earned(const struct journey *journey, int channel)
{
    bool any = false;
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        if (journey->touchpoints[i].channel != channel)
            continue;
        if (journey->touchpoints[i].media != MEDIA_EARNED)
            return false;
        any = true;
    }
    return any;
}

static bool write_earned(struct hearing *hearing, struct error *err)
{
    const struct journey *journey = hearing->journey;
    str_append(&hearing->earned, "(touchpoint IN (-1");
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        if (journey->touchpoints[i].media == MEDIA_EARNED)
            str_printf(&hearing->earned, ", %" PRId64, hearing->touchpoints[i]);
    str_append(&hearing->earned, ") OR channel IN (-1");
    for (size_t i = 0; i < journey->channel_count; i++) {
        int64_t word;
        if (!is_earned(journey, (int)i))
            continue;
        if (!number(hearing, journey->channels[i].id, &word, err))
            return false;
        str_printf(&hearing->earned, ", %" PRId64, word);
    }
    str_printf(&hearing->earned,
               ")) AND kind IN (%" PRId64 ", %" PRId64 ")"
               " AND scale_min IS NOT NULL AND scale_max > scale_min",
               hearing->experience, hearing->promise);
    return true;
}

static bool find_words(struct hearing *hearing, struct error *err)
{
    const struct journey *journey = hearing->journey;
    hearing->touchpoints =
        arena_array(hearing->arena, journey->touchpoint_count, sizeof(*hearing->touchpoints));
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        if (!number(hearing, journey->touchpoints[i].id, &hearing->touchpoints[i], err))
            return false;
    return number(hearing, "experience", &hearing->experience, err) &&
           number(hearing, "promise", &hearing->promise, err) && write_earned(hearing, err);
}

/* Lets go of what no such answer says anything of. */
static bool settle(struct hearing *hearing, const char *condition, const char *column,
                   const char *id, int64_t *word, bool *ignored, struct error *err)
{
    struct str sql;
    int64_t any = 0;
    *ignored = false;
    if (id == NULL)
        return true;
    str_init(&sql);
    str_printf(&sql, "SELECT EXISTS (SELECT 1 FROM answer WHERE %s AND %s IS NOT NULL)", condition,
               column);
    bool good = sql_integer(hearing->store, sql.text, 0, &any, err);
    str_finish(&sql);
    *ignored = any == 0;
    return good && (any == 0 || number(hearing, id, word, err));
}

bool hearing_settle(struct hearing *hearing, const char *condition, const struct lens *lens,
                    struct query_lens *out, bool *persona_ignored, bool *context_ignored,
                    struct error *err)
{
    const struct journey *journey = hearing->journey;
    const char *persona = lens->persona == NONE ? NULL : journey->personas[lens->persona].id;
    const char *context = lens->context == NONE ? NULL : journey->contexts[lens->context].id;
    *out = (struct query_lens){ .period = lens->period };
    return settle(hearing, condition, "persona", persona, &out->persona, persona_ignored, err) &&
           settle(hearing, condition, "context", context, &out->context, context_ignored, err);
}

/* ---- Reading ----------------------------------------------------------------------- */

int hearing_touchpoint(const struct hearing *hearing, sqlite3_stmt *statement)
{
    if (sqlite3_column_type(statement, AT) == SQLITE_NULL)
        return NONE;
    int64_t word = sqlite3_column_int64(statement, AT);
    for (size_t i = 0; i < hearing->journey->touchpoint_count; i++)
        if (hearing->touchpoints[i] == word)
            return (int)i;
    return NONE;
}

/* The voice that a row belongs to, a new one where it is the first. */
static struct rating *voice_of(struct hearing *hearing, sqlite3_stmt *statement)
{
    struct voices *out = hearing->out;
    struct rating wanted = {
        .touchpoint = hearing_touchpoint(hearing, statement),
        .metric = sql_text(statement, QUESTION),
        .promises = sqlite3_column_int64(statement, KIND) == hearing->promise,
        .scale_min = run_number(statement, SCALE_MIN),
        .scale_max = run_number(statement, SCALE_MAX),
        .oldest = INT64_MAX,
        .newest = INT64_MIN,
    };
    for (size_t i = 0; i < out->count; i++) {
        struct rating *voice = &out->items[i];
        if (voice->touchpoint == wanted.touchpoint && voice->promises == wanted.promises &&
            voice->scale_min == wanted.scale_min && voice->scale_max == wanted.scale_max &&
            strcmp(voice->metric, wanted.metric) == 0)
            return voice;
    }
    out->items =
        arena_grow(hearing->arena, out->items, out->count, &hearing->capacity, sizeof(*out->items));
    wanted.metric = arena_strdup(hearing->arena, wanted.metric);
    out->items[out->count] = wanted;
    return &out->items[out->count++];
}

/* Values come ascending; those of several touchpoints that the map does not have may come again. */
static void take_value(struct hearing *hearing, sqlite3_stmt *statement)
{
    struct rating *voice = voice_of(hearing, statement);
    struct bin one = { .value = run_number(statement, VALUE),
                       .count = (uint64_t)sqlite3_column_int64(statement, COUNT) };
    struct bin *bins = arena_array(hearing->arena, voice->bin_count + 1, sizeof(*bins));
    voice->bin_count = bins_join(bins, voice->bins, voice->bin_count, &one, 1);
    voice->bins = bins;
    voice->n += one.count;
    int64_t oldest = sqlite3_column_int64(statement, OLDEST);
    int64_t newest = sqlite3_column_int64(statement, NEWEST);
    voice->oldest = oldest < voice->oldest ? oldest : voice->oldest;
    voice->newest = newest > voice->newest ? newest : voice->newest;
}

/* The newest come first. */
static void take_verbatim(struct hearing *hearing, sqlite3_stmt *statement)
{
    struct rating *voice = voice_of(hearing, statement);
    if (voice->verbatims == NULL)
        voice->verbatims = arena_array(hearing->arena, VOICE_VERBATIMS, sizeof(*voice->verbatims));
    if (voice->verbatim_count == VOICE_VERBATIMS)
        return;
    struct verbatim *verbatim = &voice->verbatims[voice->verbatim_count++];
    verbatim->text = arena_strdup(hearing->arena, sql_text(statement, SAID_TEXT));
    verbatim->value = run_number(statement, SAID_VALUE);
    verbatim->ts = sqlite3_column_int64(statement, SAID_TS);
    voice->newest = verbatim->ts > voice->newest ? verbatim->ts : voice->newest;
    voice->oldest = verbatim->ts < voice->oldest ? verbatim->ts : voice->oldest;
}

bool hearing_read(struct hearing *hearing, const char *sql, row_taker *take, struct error *err)
{
    sqlite3_stmt *statement;
    enum sql_result result;
    if (!sql_prepare(hearing->store, sql, &statement, err))
        return false;
    while ((result = sql_step(hearing->store, statement, err)) == SQL_ROW)
        take(hearing, statement);
    sqlite3_finalize(statement);
    return result == SQL_DONE;
}

#define QUESTION_TEXT "(SELECT word.text FROM word WHERE word.id = metric)"

static bool read_values(struct hearing *hearing, struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_printf(&sql,
               "SELECT touchpoint, " QUESTION_TEXT ", kind, scale_min, scale_max,"
               " value, count(*), min(ts), max(ts) FROM answer WHERE %s AND value IS NOT NULL",
               hearing->earned.text);
    query_add_lens(&sql, &hearing->lens);
    str_append(&sql, " GROUP BY " SAME_VOICE ", value");
    bool good = hearing_read(hearing, sql.text, take_value, err);
    str_finish(&sql);
    return good;
}

static bool read_verbatims(struct hearing *hearing, struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_printf(&sql,
               "SELECT touchpoint, " QUESTION_TEXT ", kind, scale_min, scale_max,"
               " substr(text, 1, %d), value, ts FROM (SELECT " SAME_VOICE ", text, value, ts,"
               " row_number() OVER (PARTITION BY " SAME_VOICE " ORDER BY ts DESC, id DESC) AS place"
               " FROM answer WHERE %s AND text IS NOT NULL",
               VOICES_TEXT_MOST, hearing->earned.text);
    query_add_lens(&sql, &hearing->lens);
    str_printf(&sql, ") WHERE place <= %d ORDER BY ts DESC, place", VOICE_VERBATIMS);
    bool good = hearing_read(hearing, sql.text, take_verbatim, err);
    str_finish(&sql);
    return good;
}

static int compare_voices(const void *a, const void *b)
{
    const struct rating *x = a, *y = b;
    unsigned here = (unsigned)x->touchpoint, there = (unsigned)y->touchpoint; /* NONE last */
    if (here != there)
        return here < there ? -1 : 1;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    int order = strcmp(x->metric, y->metric);
    return order != 0 ? order : (x->scale_max > y->scale_max) - (x->scale_max < y->scale_max);
}

static bool hear(struct hearing *hearing, const struct lens *lens, struct error *err)
{
    struct voices *out = hearing->out;
    if (!find_words(hearing, err) ||
        !hearing_settle(hearing, hearing->earned.text, lens, &hearing->lens, &out->persona_ignored,
                        &out->context_ignored, err) ||
        !read_values(hearing, err) || !read_verbatims(hearing, err) ||
        !hear_promises(hearing, lens, err))
        return false;
    if (out->count > 1)
        qsort(out->items, out->count, sizeof(*out->items), compare_voices);
    return true;
}

bool store_voices(struct arena *arena, struct store *store, const struct journey *journey,
                  const struct lens *lens, struct voices *out, struct error *err)
{
    struct hearing hearing = { .arena = arena, .store = store, .journey = journey, .out = out };
    *out = (struct voices){ 0 };
    str_init(&hearing.earned);
    dictionary_init(&hearing.dictionary, store, false);
    bool good = hear(&hearing, lens, err);
    dictionary_finish(&hearing.dictionary);
    str_finish(&hearing.earned);
    return good;
}
