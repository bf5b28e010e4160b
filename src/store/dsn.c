/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dsn.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include <stellwerk/base/array.h>

struct pair {
    const char *text; /* both as they are written */
    size_t length;
    const char *value;
    size_t value_length;
    char key[32]; /* "" for one that is longer: none that is known here */
};

/* Where a value ends: at a semicolon outside braces. */
static const char *end_of_value(const char *value)
{
    if (*value != '{')
        return value + strcspn(value, ";");
    const char *at = value + 1;
    while (*at != '\0' && (*at != '}' || at[1] == '}'))
        at += *at == '}' ? 2 : 1;
    return at + strcspn(at, ";");
}

/* Reads one pair and moves behind it; false at the end. */
static bool next_pair(const char **text, struct pair *out)
{
    const char *start = *text + strspn(*text, "; ");
    if (*start == '\0')
        return false;
    const char *equals = start + strcspn(start, "=;");
    const char *value = *equals == '=' ? equals + 1 : equals;
    const char *end = end_of_value(value);
    size_t key = (size_t)(equals - start);
    *out = (struct pair){
        .text = start,
        .length = (size_t)(end - start),
        .value = value,
        .value_length = (size_t)(end - value),
    };
    if (key < sizeof(out->key))
        memcpy(out->key, start, key);
    *text = end;
    return true;
}

static bool is_one_of(const char *key, const char *const *keys, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(keys[i], key) == 0)
            return true;
    return false;
}

static bool is_password(const struct pair *pair)
{
    static const char *const keys[] = { "PWD", "Password" };
    return is_one_of(pair->key, keys, ARRAY_LEN(keys));
}

static bool is_place(const struct pair *pair)
{
    static const char *const keys[] = { "DSN",        "Driver", "Server",   "Servername",
                                        "Host",       "Port",   "Database", "DB",
                                        "DBQ",        "Schema" };
    return is_one_of(pair->key, keys, ARRAY_LEN(keys));
}

static bool has_password(const char *connection)
{
    struct pair pair;
    while (next_pair(&connection, &pair))
        if (is_password(&pair))
            return true;
    return false;
}

static void append_value(struct str *out, const char *value)
{
    if (strpbrk(value, "[]{}(),;?*=!@ ") == NULL) {
        str_append(out, value);
        return;
    }
    str_append_char(out, '{');
    for (; *value != '\0'; value++)
        str_append(out, *value == '}' ? "}}" : (const char[]){ *value, '\0' });
    str_append_char(out, '}');
}

void dsn_connection(const char *dsn, const char *password, struct str *out)
{
    if (strchr(dsn, '=') == NULL)
        str_append(out, "DSN=");
    str_append(out, dsn);
    if (password == NULL || has_password(out->text))
        return;
    str_append(out, ";PWD=");
    append_value(out, password);
}

const char *dsn_public_name(struct arena *arena, const char *dsn)
{
    if (strchr(dsn, '=') == NULL)
        return arena_strdup(arena, dsn);
    struct str shown;
    struct pair pair;
    str_init(&shown);
    while (next_pair(&dsn, &pair)) {
        if (!is_place(&pair))
            continue;
        if (shown.length > 0)
            str_append_char(&shown, ';');
        str_append_bytes(&shown, pair.text, pair.length);
    }
    const char *name = arena_strdup(arena, shown.length > 0 ? shown.text : "ODBC");
    str_finish(&shown);
    return name;
}

static void cover(char *text, const char *secret, size_t length)
{
    for (char *at = text; length > 0 && *at != '\0'; at++)
        if (strncmp(at, secret, length) == 0)
            memset(at, '*', length);
}

void dsn_hide(const char *connection, char *text)
{
    struct pair pair;
    while (next_pair(&connection, &pair)) {
        if (!is_password(&pair))
            continue;
        cover(text, pair.value, pair.value_length);
        if (pair.value_length > 2 && pair.value[0] == '{')
            cover(text, pair.value + 1, pair.value_length - 2);
    }
}
