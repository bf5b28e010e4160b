/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "condition.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <strings.h>

#include <stellwerk/base/i18n.h>

/* A word's number that no word has: a condition on a word that the store does not know. */
#define NO_WORD INT64_C(0)

static void add_bound_text(struct bindings *bindings, struct str *sql, const char *text)
{
    struct texts *texts = &bindings->texts;
    texts->items = arena_grow(bindings->arena, texts->items, texts->count, &bindings->capacity,
                              sizeof(*texts->items));
    texts->items[texts->count++] = text;
    str_printf(sql, "?%zu", texts->count);
}

static bool add_number(struct str *sql, const char *column, const char *text, struct error *err)
{
    char *end;
    errno = 0;
    double number = strtod(text, &end);
    if (*end != '\0' || end == text || errno != 0)
        return error_set(err, _("'%s' is not a number, as the column '%s' holds"), text, column);
    str_printf(sql, "%.17g", number);
    return true;
}

static bool add_word(struct bindings *bindings, struct str *sql, const char *text,
                     struct error *err)
{
    int64_t number;
    if (!dictionary_number(bindings->dictionary, text, &number, err))
        return false;
    str_printf(sql, "%" PRId64, number == WORD_NONE ? NO_WORD : number);
    return true;
}

bool condition_value(struct bindings *bindings, struct str *sql, enum column column,
                     const char *text, struct error *err)
{
    const struct column_info *info = column_info(column);
    switch (info->type) {
    case COLUMN_IS_WORD:
        return add_word(bindings, sql, text, err);
    case COLUMN_IS_NUMBER:
        return add_number(sql, info->name, text, err);
    case COLUMN_IS_TEXT:
        add_bound_text(bindings, sql, text);
        return true;
    case COLUMN_IS_INSTANT:
    case COLUMN_IS_DAY:
        break;
    }
    return error_set(err, _("rows cannot be chosen by the time column '%s'"), info->name);
}

void condition_and(struct str *sql)
{
    if (sql->length > 0)
        str_append(sql, " AND ");
}

bool condition_filters(struct bindings *bindings, struct str *sql, enum import_as as,
                       const struct filters *filters, struct error *err)
{
    for (size_t i = 0; i < filters->count; i++) {
        const struct filter *filter = &filters->items[i];
        enum column column = column_find(filter->column, as);
        if (column == COLUMN_NONE)
            return error_set(err, _("%s have no column '%s'"), import_as_name(as), filter->column);
        condition_and(sql);
        str_printf(sql, "%s IN (", column_info(column)->name);
        for (size_t j = 0; j < filter->values.count; j++) {
            if (j > 0)
                str_append(sql, ", ");
            if (!condition_value(bindings, sql, column, filter->values.items[j], err))
                return false;
        }
        str_append(sql, ")");
    }
    return true;
}

bool condition_word(struct bindings *bindings, struct str *sql, const char *column,
                    const char *text, struct error *err)
{
    condition_and(sql);
    str_printf(sql, "%s = ", column);
    return add_word(bindings, sql, text, err);
}

bool filters_name(const struct filters *filters, const char *column)
{
    for (size_t i = 0; i < filters->count; i++)
        if (strcasecmp(filters->items[i].column, column) == 0)
            return true;
    return false;
}

void bindings_bind(const struct bindings *bindings, sqlite3_stmt *statement)
{
    for (size_t i = 0; i < bindings->texts.count; i++)
        sqlite3_bind_text(statement, (int)i + 1, bindings->texts.items[i], -1, SQLITE_STATIC);
}
