/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Conditions on rows as SQL, from what a map asks for. Private to store/.
 *
 * Numbers of words and days are written into the text, for they are ours; texts of the map are
 * always bound.
 */
#ifndef STELLWERK_SRC_STORE_CONDITION_H
#define STELLWERK_SRC_STORE_CONDITION_H

#include <stellwerk/base/str.h>

#include "column.h"
#include "dictionary.h"

/* The texts that are bound to ?1, ?2 … of a statement. */
struct bindings {
    struct texts texts;
    size_t capacity;
    struct arena *arena;
    struct dictionary *dictionary;
};

/* Appends "column IN (…)" for each filter, joined by AND to what is there. Fails where rows of that
 * kind have no such column, or it does not hold such values. */
[[nodiscard]] bool condition_filters(struct bindings *bindings, struct str *sql, enum import_as as,
                                     const struct filters *filters, struct error *err);

/* Appends "column = number of the word", joined by AND. */
[[nodiscard]] bool condition_word(struct bindings *bindings, struct str *sql, const char *column,
                                  const char *text, struct error *err);

/* Appends " AND " to conditions that are there. */
void condition_and(struct str *sql);

/* Appends one value of a column as it stands in rows. */
[[nodiscard]] bool condition_value(struct bindings *bindings, struct str *sql, enum column column,
                                   const char *text, struct error *err);

/* True where a filter names the column. */
bool filters_name(const struct filters *filters, const char *column);

/* A text that only another statement asks for has no place in this one, which is no harm. */
void bindings_bind(const struct bindings *bindings, sqlite3_stmt *statement);

#endif
