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

/* The words of an operation. In quotes a word is never the name of a place. */
struct words {
    const char *const *items;
    const bool *quoted; /* NULL: a shell took the quotes away */
    size_t count, next;
};

static const char *take(struct words *words)
{
    return words->next < words->count ? words->items[words->next++] : NULL;
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

/* Takes a place where the next words are one. */
static bool take_place(struct words *words, struct place *out, struct error *err)
{
    *out = (struct place){ 0 };
    if (words->next == words->count || (words->quoted != NULL && words->quoted[words->next]))
        return true;
    for (size_t i = PLACE_FIRST; i < ARRAY_LEN(places); i++) {
        if (strcmp(words->items[words->next], places[i].name) != 0)
            continue;
        words->next++;
        out->kind = (enum place_kind)i;
        const char *word = places[i].has_word ? take(words) : NULL;
        if (places[i].has_word && word == NULL)
            return error_set(err, _("'%s' needs a word behind it"), places[i].name);
        if (out->kind == PLACE_AT)
            return parse_number(word, &out->number, err);
        out->id = word;
        return true;
    }
    return true;
}

static bool parse(struct words *words, struct operation *out, struct error *err)
{
    *out = (struct operation){ 0 };
    const char *name = take(words);
    if (name == NULL)
        return error_set(err, _("an operation is missing"));
    if (!find_verb(name, &out->verb, err))
        return false;
    out->address = take(words);
    if (out->address == NULL)
        return error_set(err, _("'%s' needs an address, such as ticket.experience.anna"), name);
    enum presence value = verbs[out->verb].value, place = verbs[out->verb].place;
    if (place != NEVER && !take_place(words, &out->place, err))
        return false;
    if (value != NEVER && out->place.kind == PLACE_NONE) {
        out->value = take(words);
        if (place != NEVER && !take_place(words, &out->place, err))
            return false;
    }
    if (value == ALWAYS && out->value == NULL)
        return error_set(err, _("'%s %s' needs a value"), name, out->address);
    if (place == ALWAYS && out->place.kind == PLACE_NONE)
        return error_set(err,
                         _("'%s %s' needs a place: first, last, at N, before ID, after ID, "
                           "into STAGE"),
                         name, out->address);
    const char *more = take(words);
    return more == NULL ||
           error_set(err, _("'%s' is one word too many; a value of several words needs quotes"),
                     more);
}

bool operation_parse(const char *const *words, size_t count, struct operation *out,
                     struct error *err)
{
    return parse(&(struct words){ .items = words, .count = count }, out, err);
}

/* ---- Lines --------------------------------------------------------------------------------- */

/* What stands behind a backslash in quotes for a character that would end a line, or its word. */
static const struct {
    char character, letter;
} escapes[] = { { '\n', 'n' }, { '\r', 'r' }, { '\t', 't' }, { '"', '"' }, { '\\', '\\' } };

static char unescape(char letter)
{
    for (size_t i = 0; i < ARRAY_LEN(escapes); i++)
        if (escapes[i].letter == letter)
            return escapes[i].character;
    return letter;
}

/* Copies one word from `*line` on; false where a quote is not closed. */
static bool read_word(struct str *word, const char **line, struct error *err)
{
    const char *c = *line;
    if (*c != '"') {
        size_t length = strcspn(c, " \t");
        str_append_bytes(word, c, length);
        *line = c + length;
        return true;
    }
    for (c++; *c && *c != '"'; c++) {
        if (*c == '\\' && c[1] != '\0')
            str_append_char(word, unescape(*++c));
        else
            str_append_char(word, *c);
    }
    if (*c == '\0')
        return error_set(err, _("a quote is not closed in '%s'"), *line);
    *line = c + 1;
    return true;
}

bool operation_parse_line(struct arena *arena, const char *line, struct operation *out,
                          struct error *err)
{
    size_t most = strlen(line) / 2 + 1;
    const char **items = arena_array(arena, most, sizeof *items);
    bool *quoted = arena_array(arena, most, sizeof *quoted), fine = true;
    struct words words = { .items = items, .quoted = quoted };
    struct str word;
    str_init(&word);
    for (line += strspn(line, " \t"); fine && *line; line += strspn(line, " \t")) {
        str_clear(&word);
        quoted[words.count] = *line == '"';
        fine = read_word(&word, &line, err);
        items[words.count++] = arena_strndup(arena, word.text, word.length);
    }
    str_finish(&word);
    return fine && parse(&words, out, err);
}

static void append_quoted(struct str *out, const char *word)
{
    str_append_char(out, '"');
    for (; *word; word++) {
        size_t i = 0;
        while (i < ARRAY_LEN(escapes) && escapes[i].character != *word)
            i++;
        if (i < ARRAY_LEN(escapes))
            str_append_char(out, '\\');
        str_append_char(out, i < ARRAY_LEN(escapes) ? escapes[i].letter : *word);
    }
    str_append_char(out, '"');
}

static bool is_place(const char *word)
{
    for (size_t i = PLACE_FIRST; i < ARRAY_LEN(places); i++)
        if (strcmp(word, places[i].name) == 0)
            return true;
    return false;
}

static void append_word(struct str *out, const char *word)
{
    str_append_char(out, ' ');
    if (*word && !strpbrk(word, " \t\r\n\"\\"))
        str_append(out, word);
    else
        append_quoted(out, word);
}

static void append_value(struct str *out, const char *value)
{
    if (!is_place(value)) {
        append_word(out, value);
        return;
    }
    str_append_char(out, ' ');
    append_quoted(out, value);
}

const char *operation_line(struct arena *arena, const struct operation *operation)
{
    struct str out;
    str_init(&out);
    str_append(&out, verbs[operation->verb].name);
    append_word(&out, operation->address);
    if (operation->value != NULL)
        append_value(&out, operation->value);
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
