/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "filter.h"

#include <string.h>

#include <stellwerk/base/str.h>

struct term {
    const char *text;
    size_t length, kind; /* bytes; of its kind, up to and with the sign */
};

static struct term term_of(const char *text, size_t length)
{
    while (length > 0 && *text == ' ') {
        text++;
        length--;
    }
    while (length > 0 && text[length - 1] == ' ')
        length--;
    const char *sign = memchr(text, '=', length);
    return (struct term){ text, length, sign != NULL ? (size_t)(sign - text) + 1 : length };
}

/* Goes to the next term; false behind the last. */
static bool next_term(const char **at, struct term *out)
{
    if (**at == '\0')
        return false;
    size_t length = strcspn(*at, ",");
    *out = term_of(*at, length);
    *at += length + ((*at)[length] == ',');
    return true;
}

static bool is_same(struct term a, struct term b)
{
    return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

static bool is_same_kind(struct term a, struct term b)
{
    return a.kind == b.kind && memcmp(a.text, b.text, a.kind) == 0;
}

bool filter_has(const char *filter, const char *term)
{
    struct term wanted = term_of(term, strlen(term)), each;
    while (next_term(&filter, &each))
        if (is_same(each, wanted))
            return true;
    return false;
}

static void add(struct str *out, struct term term)
{
    if (term.length > 0)
        str_printf(out, "%s%.*s", out->length > 0 ? ", " : "", (int)term.length, term.text);
}

const char *filter_toggle(struct arena *arena, const char *filter, const char *term)
{
    struct term wanted = term_of(term, strlen(term)), each;
    bool had = filter_has(filter, term);
    struct str out;
    str_init(&out);
    while (next_term(&filter, &each))
        if (!is_same_kind(each, wanted))
            add(&out, each);
    if (!had)
        add(&out, wanted);
    const char *text = arena_strdup(arena, out.text);
    str_finish(&out);
    return text;
}
