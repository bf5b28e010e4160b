/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/utf8.h>

#include <assert.h>
#include <ctype.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>

struct wrapper {
    struct arena *arena;
    int columns;
    struct str line;      /* the one being filled */
    int width;            /* its columns */
    bool after_separator; /* the last word stands between two facts */
    size_t blank;         /* empty lines that count only if something follows */
    const char **lines;
    size_t count, capacity;
};

/* A piece of text that is not broken unless it is wider than a line. */
struct word {
    const char *text;
    size_t bytes;
    int width;
};

static void push_line(struct wrapper *wrapper, const char *text, size_t bytes)
{
    wrapper->lines = arena_grow(wrapper->arena, wrapper->lines, wrapper->count, &wrapper->capacity,
                                sizeof(*wrapper->lines));
    wrapper->lines[wrapper->count++] = arena_strndup(wrapper->arena, text, bytes);
}

static void end_line(struct wrapper *wrapper)
{
    if (wrapper->width == 0) {
        wrapper->blank += wrapper->count > 0;
        return;
    }
    for (; wrapper->blank > 0; wrapper->blank--)
        push_line(wrapper, "", 0);
    push_line(wrapper, wrapper->line.text, wrapper->line.length);
    str_clear(&wrapper->line);
    wrapper->width = 0;
}

static void append(struct wrapper *wrapper, const char *text, size_t bytes, int width)
{
    str_append_bytes(&wrapper->line, text, bytes);
    wrapper->width += width;
}

static void add_broken(struct wrapper *wrapper, struct word word)
{
    struct grapheme cluster;
    for (size_t at = 0; at < word.bytes && utf8_next(word.text + at, &cluster);
         at += cluster.source) {
        if (wrapper->width + cluster.width > wrapper->columns)
            end_line(wrapper);
        if (cluster.width <= wrapper->columns)
            append(wrapper, word.text + at, cluster.source, cluster.width);
        else
            append(wrapper, "?", 1, 1);
    }
}

static void add_word(struct wrapper *wrapper, struct word word, bool after_space)
{
    int space = after_space && wrapper->width > 0 ? 1 : 0;
    if (wrapper->width + space + word.width > wrapper->columns && wrapper->width > 0) {
        end_line(wrapper);
        space = 0;
    }
    append(wrapper, " ", (size_t)space, space);
    if (word.width <= wrapper->columns)
        append(wrapper, word.text, word.bytes, word.width);
    else
        add_broken(wrapper, word);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_letter(char c)
{
    return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool is_hyphen(struct grapheme cluster)
{
    static const char *const hyphens[] = { "-", "\u2010", "\u2013", "\u2014" };
    for (size_t i = 0; i < ARRAY_LEN(hyphens); i++)
        if (cluster.bytes == strlen(hyphens[i]) &&
            memcmp(cluster.text, hyphens[i], cluster.bytes) == 0)
            return true;
    return false;
}

/* The word at `text`: up to a space, a newline, or a hyphen between two letters. */
static struct word read_word(const char *text)
{
    struct word word = { .text = text };
    struct grapheme cluster;
    while (!is_space(text[word.bytes]) && text[word.bytes] != '\n' &&
           utf8_next(text + word.bytes, &cluster)) {
        bool inside = word.bytes > 0 && (is_letter(text[word.bytes - 1]) ||
                                         isdigit((unsigned char)text[word.bytes - 1]));
        word.bytes += cluster.source;
        word.width += cluster.width;
        if (inside && is_letter(text[word.bytes]) && is_hyphen(cluster))
            break;
    }
    return word;
}

/* ---- Facts: "one · two · three" ---------------------------------------------------- */

static bool is_text(struct word word, const char *text)
{
    return word.bytes == strlen(text) && memcmp(word.text, text, word.bytes) == 0;
}

/* A dot of its own, as it is written or as it is spelt in ASCII. */
static bool is_separator(struct word word)
{
    return is_text(word, "·") || is_text(word, ".");
}

/* A word that the separator behind it is not to be parted from. */
static bool holds_separator(struct word word)
{
    static const char end[] = "\u00A0·";
    size_t bytes = sizeof(end) - 1;
    return word.bytes > bytes && memcmp(word.text + word.bytes - bytes, end, bytes) == 0;
}

static void break_line(struct wrapper *wrapper)
{
    if (wrapper->width > 0)
        end_line(wrapper);
}

/* Columns of the fact at `text`, up to where the next one or a new line begins. */
static int fact_width(const char *text)
{
    int width = 0;
    while (*text != '\0' && *text != '\n') {
        bool space = is_space(*text);
        for (; is_space(*text); text++) {
        }
        struct word word = read_word(text);
        if (is_separator(word))
            return width + 2;
        width += word.width + (space && word.bytes > 0 ? 1 : 0);
        if (holds_separator(word))
            return width;
        text += word.bytes;
    }
    return width;
}

/* A short fact is not torn where it is whole on a line of its own; what stood between the two is
 * then left out where there is no room for it. */
static void begin_fact(struct wrapper *wrapper, const char *text)
{
    int width = fact_width(text);
    if (wrapper->width + 1 + width > wrapper->columns && width <= wrapper->columns / 2)
        break_line(wrapper);
}

static size_t add_next(struct wrapper *wrapper, const char *text, bool after_space)
{
    struct word word = read_word(text);
    bool separator = after_space && is_separator(word);
    if (wrapper->after_separator && after_space)
        begin_fact(wrapper, text);
    if (separator && wrapper->width + 1 + word.width > wrapper->columns)
        break_line(wrapper);
    else
        add_word(wrapper, word, after_space);
    wrapper->after_separator = separator || holds_separator(word);
    return word.bytes;
}

const char **utf8_wrap(struct arena *arena, const char *text, int columns, size_t *count)
{
    assert(columns >= 1);
    struct wrapper wrapper = { .arena = arena, .columns = columns };
    str_init(&wrapper.line);
    bool after_space = false;
    while (*text != '\0') {
        if (*text == '\n') {
            end_line(&wrapper);
            text++;
        } else if (is_space(*text)) {
            after_space = true;
            text++;
        } else {
            text += add_next(&wrapper, text, after_space);
            after_space = false;
        }
    }
    end_line(&wrapper);
    str_finish(&wrapper.line);
    *count = wrapper.count;
    return wrapper.lines;
}
