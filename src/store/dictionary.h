/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The numbers of words (schema.h), remembered while they are asked for. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_DICTIONARY_H
#define STELLWERK_SRC_STORE_DICTIONARY_H

#include "sql.h"
#include "textmap.h"

#define WORD_NONE INT64_C(-1) /* a word that the store does not know */

#define DICTIONARY_RECENT_BITS 10

/* A word that was asked for lately. */
struct recent_word {
    const char *text; /* as `known` or the caller keeps it; NULL: none */
    int64_t number;
};

struct dictionary {
    struct store *store; /* NULL: there is none, and no word is known */
    bool may_add;
    struct textmap known;
    struct recent_word recent[1 << DICTIONARY_RECENT_BITS]; /* by what the text looks like */
    struct recent_word kept[1 << DICTIONARY_RECENT_BITS];   /* by where it is */
    sqlite3_stmt *find, *add;
};

void dictionary_init(struct dictionary *dictionary, struct store *store, bool may_add);
void dictionary_finish(struct dictionary *dictionary);

/* The number of a word, which is added where that is allowed; else WORD_NONE. */
[[nodiscard]] bool dictionary_number(struct dictionary *dictionary, const char *text, int64_t *out,
                                     struct error *err);

/* The same, of a text that stays where it is as long as the dictionary is used. */
[[nodiscard]] bool dictionary_number_kept(struct dictionary *dictionary, const char *text,
                                          int64_t *out, struct error *err);

#endif
