/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/mapfile/operation.h>

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/near.h>
#include <stellwerk/base/str.h>

/* What follows the address: a value that is wanted or may be there, and a place likewise. */
enum presence { NEVER, MAYBE, ALWAYS };

static const struct {
    const char *name;
    enum presence value, place;
} verbs[] = {
    [VERB_SET] = { "set", ALWAYS, NEVER },      [VERB_UNSET] = { "unset", NEVER, NEVER },
    [VERB_INSERT] = { "insert", MAYBE, MAYBE }, [VERB_DELETE] = { "delete", NEVER, NEVER },
    [VERB_MOVE] = { "move", NEVER, ALWAYS },    [VERB_RENAME] = { "rename", ALWAYS, NEVER },
};
static_assert(ARRAY_LEN(verbs) == VERB_COUNT, "every verb has its row");

static const struct {
    const char *name;
    bool has_word;
} places[] = {
    [PLACE_NONE] = { "", false },        [PLACE_FIRST] = { "first", false },
    [PLACE_LAST] = { "last", false },    [PLACE_AT] = { "at", true },
    [PLACE_BEFORE] = { "before", true }, [PLACE_AFTER] = { "after", true },
    [PLACE_INTO] = { "into", true },
};

const char *verb_name(enum verb verb)
{
    return verbs[verb].name;
}

static bool find_verb(const char *word, enum verb *out, struct error *err)
{
    struct near near;
    near_init(&near, word);
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
        if (strcmp(word, verbs[i].name) == 0) {
            *out = (enum verb)i;
            return true;
        }
        near_offer(&near, verbs[i].name);
    }
    if (near.best != NULL)
        return error_set(err, _("there is no operation '%s'; did you mean '%s'?"), word, near.best);
    return error_set(err,
                     _("there is no operation '%s'; there are set, unset, insert, delete, "
                       "move and rename"),
                     word);
}

static bool parse_number(const char *word, size_t *out, struct error *err)
{
    char *end;
    errno = 0;
    unsigned long number = strtoul(word, &end, 10);
    if (errno || end == word || *end || number < 1 || *word == '-')
        return error_set(err, _("'at' takes a number from 1 on, not '%s'"), word);
    *out = number;
    return true;
}

/* True where `words` begin with a place; `*used` is how many it takes. */
static bool parse_place(const char *const *words, size_t count, struct place *out, size_t *used,
                        struct error *err)
{
    *used = 0;
    *out = (struct place){ 0 };
    if (count == 0)
        return true;
    for (size_t i = PLACE_FIRST; i < ARRAY_LEN(places); i++) {
        if (strcmp(words[0], places[i].name) != 0)
            continue;
        if (count < 1 + (size_t)places[i].has_word)
            return error_set(err, _("'%s' needs a word behind it"), places[i].name);
        out->kind = (enum place_kind)i;
        *used = 1 + (size_t)places[i].has_word;
        if (out->kind == PLACE_AT)
            return parse_number(words[1], &out->number, err);
        out->id = places[i].has_word ? words[1] : NULL;
        return true;
    }
    return true;
}

bool operation_parse(const char *const *words, size_t count, struct operation *out,
                     struct error *err)
{
    *out = (struct operation){ 0 };
    if (count == 0 || !find_verb(words[0], &out->verb, err))
        return count > 0 ? false : error_set(err, _("an operation is missing"));
    const char *name = verbs[out->verb].name;
    if (count < 2)
        return error_set(err, _("'%s' needs an address, such as ticket.experience.anna"), name);
    out->address = words[1];
    size_t next = 2, used = 0;
    if (verbs[out->verb].place != NEVER &&
        !parse_place(words + next, count - next, &out->place, &used, err))
        return false;
    if (verbs[out->verb].value != NEVER && used == 0 && next < count)
        out->value = words[next++];
    if (verbs[out->verb].place != NEVER && used == 0 &&
        !parse_place(words + next, count - next, &out->place, &used, err))
        return false;
    next += used;
    if (verbs[out->verb].value == ALWAYS && out->value == NULL)
        return error_set(err, _("'%s %s' needs a value"), name, out->address);
    if (verbs[out->verb].place == ALWAYS && out->place.kind == PLACE_NONE)
        return error_set(err,
                         _("'%s %s' needs a place: first, last, at N, before ID, after ID, "
                           "into STAGE"),
                         name, out->address);
    if (next < count)
        return error_set(err, _("'%s' is one word too many; a value of several words needs quotes"),
                         words[next]);
    return true;
}

/* Copies one word from `*line` on; false where a quote is not closed. */
static bool take_word(struct str *word, const char **line, struct error *err)
{
    const char *c = *line;
    if (*c != '"') {
        size_t length = strcspn(c, " \t");
        str_append_bytes(word, c, length);
        *line = c + length;
        return true;
    }
    for (c++; *c && *c != '"'; c++) {
        if (*c != '\\' || c[1] == '\0')
            str_append_char(word, *c);
        else if (*++c == 'n')
            str_append_char(word, '\n');
        else
            str_append_char(word, *c == 't' ? '\t' : *c);
    }
    if (*c == '\0')
        return error_set(err, _("a quote is not closed in '%s'"), *line);
    *line = c + 1;
    return true;
}

bool operation_parse_line(struct arena *arena, const char *line, struct operation *out,
                          struct error *err)
{
    const char **words = NULL;
    size_t count = 0, capacity = 0;
    struct str word;
    str_init(&word);
    bool fine = true;
    for (line += strspn(line, " \t"); fine && *line; line += strspn(line, " \t")) {
        str_clear(&word);
        fine = take_word(&word, &line, err);
        words = arena_grow(arena, words, count, &capacity, sizeof *words);
        words[count++] = arena_strndup(arena, word.text, word.length);
    }
    str_finish(&word);
    return fine && operation_parse(words, count, out, err);
}

static void append_word(struct str *out, const char *word)
{
    str_append_char(out, ' ');
    if (*word && !strpbrk(word, " \t\n\"\\")) {
        str_append(out, word);
        return;
    }
    str_append_char(out, '"');
    for (; *word; word++) {
        if (*word == '"' || *word == '\\')
            str_append_char(out, '\\');
        if (*word == '\n')
            str_append(out, "\\n");
        else if (*word == '\t')
            str_append(out, "\\t");
        else
            str_append_char(out, *word);
    }
    str_append_char(out, '"');
}

/* A value that is the word of a place would be taken for one: it goes into quotes of YAML. */
static const char *unlike_place(struct arena *arena, const char *value)
{
    for (size_t i = PLACE_FIRST; i < ARRAY_LEN(places); i++)
        if (strcmp(value, places[i].name) == 0)
            return arena_printf(arena, "'%s'", value);
    return value;
}

const char *operation_line(struct arena *arena, const struct operation *operation)
{
    struct str out;
    str_init(&out);
    str_append(&out, verbs[operation->verb].name);
    append_word(&out, operation->address);
    if (operation->value != NULL)
        append_word(&out, unlike_place(arena, operation->value));
    const struct place *place = &operation->place;
    if (place->kind != PLACE_NONE) {
        append_word(&out, places[place->kind].name);
        if (place->kind == PLACE_AT)
            str_printf(&out, " %zu", place->number);
        else if (place->id != NULL)
            append_word(&out, place->id);
    }
    const char *line = arena_strndup(arena, out.text, out.length);
    str_finish(&out);
    return line;
}
