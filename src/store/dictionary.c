/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dictionary.h"

#include <string.h>

/* Memory stays bounded whatever a file calls an activity: beyond it the database is asked. */
#define WORDS_REMEMBERED (1u << 20)

void dictionary_init(struct dictionary *dictionary, struct store *store, bool may_add)
{
    *dictionary = (struct dictionary){ .store = store, .may_add = may_add };
    textmap_init(&dictionary->known);
}

void dictionary_finish(struct dictionary *dictionary)
{
    sqlite3_finalize(dictionary->find);
    sqlite3_finalize(dictionary->add);
    textmap_finish(&dictionary->known);
}

/* One integer for one word: the statements that find and add are both like that. */
static bool ask(struct dictionary *dictionary, sqlite3_stmt **statement, const char *sql,
                const char *text, int64_t *out, struct error *err)
{
    if (*statement == NULL && !sql_prepare(dictionary->store, sql, statement, err))
        return false;
    sqlite3_bind_text(*statement, 1, text, -1, SQLITE_STATIC);
    enum sql_result result = sql_step(dictionary->store, *statement, err);
    *out = result == SQL_ROW ? sqlite3_column_int64(*statement, 0) : WORD_NONE;
    sqlite3_reset(*statement);
    return result != SQL_FAILED;
}

static bool look_up(struct dictionary *dictionary, const char *text, int64_t *out,
                    struct error *err)
{
    if (!errand_wait(&dictionary->store->errand, err) ||
        !ask(dictionary, &dictionary->find, "SELECT id FROM word WHERE text = ?1", text, out, err))
        return false;
    if (*out != WORD_NONE || !dictionary->may_add)
        return true;
    return ask(dictionary, &dictionary->add, "INSERT INTO word (text) VALUES (?1) RETURNING id",
               text, out, err);
}

static size_t recent_slot(uint64_t hash)
{
    return hash * UINT64_C(0x9e3779b97f4a7c15) >> (64 - DICTIONARY_RECENT_BITS);
}

/* Rows say few words over and over; their length, their ends and their middle tell most apart. */
static struct recent_word *recent_place(struct dictionary *dictionary, const char *text)
{
    size_t length = strlen(text);
    const unsigned char *at = (const unsigned char *)text;
    uint64_t hash = (uint64_t)length << 32 | (uint64_t)at[0] << 24 | (uint64_t)at[length / 2] << 16;
    if (length > 1)
        hash |= (uint64_t)at[length - 1] << 8 | at[length - 2];
    return &dictionary->recent[recent_slot(hash)];
}

static void forget(struct dictionary *dictionary)
{
    textmap_finish(&dictionary->known);
    textmap_init(&dictionary->known);
    memset(dictionary->recent, 0, sizeof(dictionary->recent));
    memset(dictionary->kept, 0, sizeof(dictionary->kept));
}

static bool find_number(struct dictionary *dictionary, const char *text, struct recent_word *recent,
                        struct error *err)
{
    const struct textmap_entry *known = textmap_find_entry(&dictionary->known, text);
    int64_t number;
    if (known == NULL) {
        if (!look_up(dictionary, text, &number, err))
            return false;
        if (dictionary->known.count >= WORDS_REMEMBERED)
            forget(dictionary);
        textmap_get(&dictionary->known, text, number);
        known = textmap_find_entry(&dictionary->known, text);
    }
    *recent = (struct recent_word){ .text = known->text, .number = known->number };
    return true;
}

bool dictionary_number(struct dictionary *dictionary, const char *text, int64_t *out,
                       struct error *err)
{
    *out = WORD_NONE;
    if (dictionary->store == NULL)
        return true;
    struct recent_word *recent = recent_place(dictionary, text);
    bool found = (recent->text != NULL && strcmp(recent->text, text) == 0) ||
                 find_number(dictionary, text, recent, err);
    if (found)
        *out = recent->number;
    return found;
}

bool dictionary_number_kept(struct dictionary *dictionary, const char *text, int64_t *out,
                            struct error *err)
{
    struct recent_word *kept = &dictionary->kept[recent_slot((uintptr_t)text)];
    if (kept->text == text) {
        *out = kept->number;
        return true;
    }
    if (!dictionary_number(dictionary, text, out, err))
        return false;
    *kept = (struct recent_word){ .text = text, .number = *out };
    return true;
}
