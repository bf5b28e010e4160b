/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sequence_words.h"

static int32_t *all_none(struct arena *arena, size_t count)
{
    int32_t *items = arena_array(arena, count, sizeof(*items));
    for (size_t i = 0; i < count; i++)
        items[i] = NONE;
    return items;
}

static bool learn(struct sequence_words *words, struct dictionary *dictionary, const char *id,
                  size_t index, int32_t *out, struct error *err)
{
    int64_t word;
    if (!dictionary_number(dictionary, id, &word, err))
        return false;
    if (word > 0 && (size_t)word < words->count)
        out[word] = (int32_t)index;
    return true;
}

static bool learn_all(struct sequence_words *words, struct dictionary *dictionary,
                      struct error *err)
{
    const struct journey *journey = words->journey;
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        if (!learn(words, dictionary, journey->touchpoints[i].id, i, words->touchpoints, err))
            return false;
    for (size_t i = 0; i < journey->channel_count; i++)
        if (!learn(words, dictionary, journey->channels[i].id, i, words->channels, err))
            return false;
    for (size_t i = 0; i < journey->persona_count; i++)
        if (!learn(words, dictionary, journey->personas[i].id, i, words->personas, err))
            return false;
    for (size_t i = 0; i < journey->context_count; i++)
        if (!learn(words, dictionary, journey->contexts[i].id, i, words->contexts, err))
            return false;
    return true;
}

/* A store may come from someone else: numbers of words beyond this are not looked up. */
#define WORDS_MOST ((int64_t)1 << 24)

bool sequence_words_init(struct sequence_words *words, struct arena *arena, struct store *store,
                         const struct journey *journey, struct error *err)
{
    struct dictionary dictionary;
    int64_t largest;
    *words = (struct sequence_words){ .arena = arena, .journey = journey };
    if (!sql_integer(store, "SELECT max(id) FROM word", 0, &largest, err))
        return false;
    words->count = largest < 0 || largest > WORDS_MOST ? 1 : (size_t)largest + 1;
    words->touchpoints = all_none(arena, words->count);
    words->channels = all_none(arena, words->count);
    words->personas = all_none(arena, words->count);
    words->contexts = all_none(arena, words->count);
    words->activities = all_none(arena, words->count);
    words->strange_channels = all_none(arena, words->count);
    words->variants = all_none(arena, words->count);
    dictionary_init(&dictionary, store, false);
    bool done = learn_all(words, &dictionary, err);
    dictionary_finish(&dictionary);
    return done;
}

static size_t place_of(const struct sequence_words *words, int64_t word)
{
    return word > 0 && (size_t)word < words->count ? (size_t)word : 0;
}

/* The number of a word that the map does not have, in the order in which they are met. */
static int32_t number(struct sequence_words *words, int32_t *known, size_t word, int64_t **met,
                      size_t *count, size_t *capacity)
{
    if (known[word] == NONE) {
        *met = arena_grow(words->arena, *met, *count, capacity, sizeof(**met));
        (*met)[*count] = (int64_t)word;
        known[word] = (int32_t)(*count)++;
    }
    return known[word];
}

int32_t sequence_step_of(struct sequence_words *words, int64_t touchpoint, int64_t activity)
{
    int32_t on_map = words->touchpoints[place_of(words, touchpoint)];
    if (on_map != NONE)
        return on_map;
    return (int32_t)words->journey->touchpoint_count +
           number(words, words->activities, place_of(words, activity), &words->activity_words,
                  &words->activity_count, &words->activity_capacity);
}

int32_t sequence_channel_of(struct sequence_words *words, int64_t channel)
{
    size_t word = place_of(words, channel);
    if (word == 0)
        return NONE;
    if (words->channels[word] != NONE)
        return words->channels[word];
    return (int32_t)words->journey->channel_count +
           number(words, words->strange_channels, word, &words->channel_words,
                  &words->channel_count, &words->channel_capacity);
}

void sequence_variant_meet(struct sequence_words *words, int64_t variant)
{
    size_t word = place_of(words, variant);
    if (word != 0)
        (void)number(words, words->variants, word, &words->variant_words, &words->variant_count,
                     &words->variant_capacity);
}

/* Word 0 is no word, and NONE in all of these. */
int32_t sequence_variant_of(const struct sequence_words *words, int64_t variant)
{
    return words->variants[place_of(words, variant)];
}

int32_t sequence_persona_of(const struct sequence_words *words, int64_t persona)
{
    return words->personas[place_of(words, persona)];
}

int32_t sequence_context_of(const struct sequence_words *words, int64_t context)
{
    return words->contexts[place_of(words, context)];
}

static bool read_texts(const struct sequence_words *words, sqlite3_stmt *find, struct store *store,
                       const int64_t *met, size_t count, const char ***out, struct error *err)
{
    *out = arena_array(words->arena, count, sizeof(**out));
    for (size_t i = 0; i < count; i++) {
        sqlite3_bind_int64(find, 1, met[i]);
        enum sql_result result = sql_step(store, find, err);
        (*out)[i] = arena_strdup(words->arena, result == SQL_ROW ? sql_text(find, 0) : "");
        sqlite3_reset(find);
        if (result == SQL_FAILED)
            return false;
    }
    return true;
}

bool sequence_words_read(const struct sequence_words *words, struct store *store,
                         struct sequence_names *out, struct error *err)
{
    sqlite3_stmt *find;
    out->activity_count = words->activity_count;
    out->channel_count = words->channel_count;
    out->variant_count = words->variant_count;
    if (!sql_prepare(store, "SELECT text FROM word WHERE id = ?1", &find, err))
        return false;
    bool done = read_texts(words, find, store, words->activity_words, words->activity_count,
                           &out->activities, err) &&
                read_texts(words, find, store, words->channel_words, words->channel_count,
                           &out->channels, err) &&
                read_texts(words, find, store, words->variant_words, words->variant_count,
                           &out->variants, err);
    sqlite3_finalize(find);
    return done;
}
