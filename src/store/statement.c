/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "statement.h"

#include <string.h>
#include <strings.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"
#define BLANKS " \t\r\n\f\v"

/* Behind a comment, a quoted text or a quoted name that begins here; NULL where none does. */
static const char *skip_quoted(const char *at)
{
    if (strncmp(at, "--", 2) == 0)
        return at + strcspn(at, "\n");
    if (strncmp(at, "/*", 2) == 0) {
        const char *end = strstr(at + 2, "*/");
        return end != NULL ? end + 2 : at + strlen(at);
    }
    if (strchr("'\"`", *at) == NULL)
        return NULL;
    const char *end = strchr(at + 1, *at);
    return end != NULL ? end + 1 : at + strlen(at);
}

/* The next word outside of them, and its length; NULL behind the last. */
static const char *next_word(const char **text, size_t *length)
{
    const char *at = *text;
    while (*at != '\0') {
        const char *behind = skip_quoted(at);
        *length = strspn(at, LETTERS);
        if (behind != NULL) {
            at = behind;
        } else if (*length > 0) {
            *text = at + *length + strspn(at + *length, LETTERS "0123456789$");
            *length = (size_t)(*text - at);
            return at;
        } else {
            at++;
        }
    }
    return NULL;
}

static bool is_word(const char *word, size_t length, const char *name)
{
    return strlen(name) == length && strncasecmp(word, name, length) == 0;
}

static bool check_words(const char *sql, struct error *err)
{
    static const char *const writing[] = { "INSERT", "UPDATE", "DELETE", "MERGE", "INTO" };
    size_t length;
    const char *word = next_word(&sql, &length);
    if (word == NULL || !(is_word(word, length, "SELECT") || is_word(word, length, "WITH")))
        return error_set(err, _("a query must begin with SELECT or WITH"));
    while ((word = next_word(&sql, &length)) != NULL)
        for (size_t i = 0; i < ARRAY_LEN(writing); i++)
            if (is_word(word, length, writing[i]))
                return error_set(err, _("a query must only read, and this one has the word %s; a "
                                        "name that is called so needs quotes"),
                                 writing[i]);
    return true;
}

bool statement_only_reads(const char *sql, size_t *length, struct error *err)
{
    size_t end = strlen(sql);
    while (end > 0 && strchr(BLANKS ";", sql[end - 1]) != NULL)
        end--;
    if (memchr(sql, ';', end) != NULL)
        return error_set(err, _("a query must be one statement, and this one has a ';' inside it; "
                                "in a text write it as chr(59) or the like, in a comment not at "
                                "all"));
    *length = end;
    return check_words(sql, err);
}
