/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dictionary.h"

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
    if (!ask(dictionary, &dictionary->find, "SELECT id FROM word WHERE text = ?1", text, out,
             err))
        return false;
    if (*out != WORD_NONE || !dictionary->may_add)
        return true;
    return ask(dictionary, &dictionary->add, "INSERT INTO word (text) VALUES (?1) RETURNING id",
               text, out, err);
}

bool dictionary_number(struct dictionary *dictionary, const char *text, int64_t *out,
                       struct error *err)
{
    *out = WORD_NONE;
    if (dictionary->store == NULL)
        return true;
    const int64_t *known = textmap_find(&dictionary->known, text);
    if (known != NULL) {
        *out = *known;
        return true;
    }
    if (!look_up(dictionary, text, out, err))
        return false;
    if (dictionary->known.count >= WORDS_REMEMBERED) {
        textmap_finish(&dictionary->known);
        textmap_init(&dictionary->known);
    }
    textmap_get(&dictionary->known, text, *out);
    return true;
}
