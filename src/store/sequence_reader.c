/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sequence_reader.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/base/time.h>

bool sequence_places_read(struct sequence_words *words, struct store *store,
                          struct sequence_places *out, struct error *err)
{
    sqlite3_stmt *stands;
    enum sql_result result;
    size_t capacity = 0;
    *out = (struct sequence_places){ 0 };
    if (!sql_prepare(store,
                     "SELECT id, touchpoint, activity, channel, variant FROM sequence_stand"
                     " ORDER BY id",
                     &stands, err))
        return false;
    while ((result = sql_step(store, stands, err)) == SQL_ROW) {
        if (sqlite3_column_int64(stands, 0) != (int64_t)out->count + 1)
            break;
        out->items =
            arena_grow(words->arena, out->items, out->count, &capacity, sizeof(*out->items));
        out->items[out->count++] = (struct sequence_place){
            .step = sequence_step_of(words, sqlite3_column_int64(stands, 1),
                                     sqlite3_column_int64(stands, 2)),
            .channel = sequence_channel_of(words, sqlite3_column_int64(stands, 3)),
        };
        sequence_variant_meet(words, sqlite3_column_int64(stands, 4));
    }
    sqlite3_finalize(stands);
    return result != SQL_FAILED;
}

void sequence_reader_finish(struct sequence_reader *reader)
{
    free(reader->steps);
}

static void make_room(struct sequence_reader *reader, size_t count)
{
    if (count <= reader->capacity)
        return;
    reader->capacity = memory_product(count, 2);
    reader->steps =
        memory_resize(reader->steps, memory_product(reader->capacity, sizeof(*reader->steps)));
}

void sequence_reader_add(struct sequence_reader *reader, struct sequence_step step)
{
    make_room(reader, reader->count + 1);
    reader->steps[reader->count++] = step;
    reader->on_channel |= step.channel == reader->asked->channel;
}

static bool says(const struct sequence_reader *reader, enum said what, int64_t asked)
{
    return asked == 0 || asked == reader->said[what];
}

static bool is_asked_for(const struct sequence_reader *reader)
{
    const struct sequence_asked *asked = reader->asked;
    int32_t began = time_day(reader->steps[0].ts);
    return says(reader, SAID_PERSONA, asked->persona) &&
           says(reader, SAID_CONTEXT, asked->context) &&
           says(reader, SAID_VARIANT, asked->variant) &&
           (asked->channel == NONE || reader->on_channel) && began >= asked->period.first &&
           began <= asked->period.last;
}

bool sequence_reader_end_case(struct sequence_reader *reader)
{
    bool more = true;
    if (reader->count > 0 && is_asked_for(reader)) {
        const struct sequence sequence = {
            .steps = reader->steps,
            .count = reader->count,
            .key = reader->key,
            .persona = sequence_persona_of(reader->words, reader->said[SAID_PERSONA]),
            .context = sequence_context_of(reader->words, reader->said[SAID_CONTEXT]),
            .variant = sequence_variant_of(reader->words, reader->said[SAID_VARIANT]),
        };
        more = reader->take(&sequence, reader->data);
    }
    reader->count = 0;
    memset(reader->said, 0, sizeof(reader->said));
    reader->on_channel = false;
    return more;
}

/* Events at a stand that nobody knows are left out: the file may be anybody's. */
static void take_events(struct sequence_reader *reader, const struct case_events *events)
{
    const struct sequence_places *places = reader->places;
    make_room(reader, events->count);
    struct sequence_step *steps = reader->steps;
    size_t count = 0;
    bool on_channel = false;
    int asked = reader->asked->channel;
    for (size_t i = 0; i < events->count; i++) {
        const struct case_event *event = &events->events[i];
        if (event->stand - 1 >= places->count)
            continue;
        const struct sequence_place *place = &places->items[event->stand - 1];
        steps[count++] = (struct sequence_step){
            .ts = event->ts,
            .step = place->step,
            .channel = place->channel,
        };
        on_channel |= place->channel == asked;
    }
    reader->count = count;
    reader->on_channel = on_channel;
    reader->key = events->digest;
    for (size_t i = 0; i < SAID_COUNT; i++)
        reader->said[i] = events->said[i].word;
}

/* A cancel is heard from part to part: one that came within the last part is heard behind it. */
bool sequence_reader_runs(struct sequence_reader *reader, struct store *store,
                          const struct run_span *span, struct error *err)
{
    struct runs_reader runs;
    const struct case_events *events;
    if (!runs_open(&runs, store, span, err))
        return false;
    bool done;
    while ((done = runs_next(&runs, &events, err)) && events != NULL) {
        take_events(reader, events);
        if (!sequence_reader_end_case(reader))
            break;
    }
    runs_close(&runs);
    return done && sql_go_on(store, err);
}
