/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * YAML content without its writing: what a text means, to be changed, compared and written.
 *
 * Edits say what they intend on values and then prove that the spliced text reads as just that.
 * A value is a text, a list or pairs; aliases are followed, so that equal content is equal. Values
 * live in the arena they are made in and are changed only while an edit builds its intent.
 */
#ifndef STELLWERK_MAPFILE_VALUE_H
#define STELLWERK_MAPFILE_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/base/str.h>
#include <stellwerk/mapfile/yaml.h>

enum value_kind { VALUE_TEXT, VALUE_LIST, VALUE_PAIRS };

struct value {
    enum value_kind kind;
    bool nothing;         /* TEXT: empty and unquoted, which YAML reads as no value */
    bool quoted;          /* TEXT: was in quotes, so it stays a text where it looks like a number */
    const char *text;     /* TEXT */
    size_t length;        /* TEXT: bytes */
    struct value **items; /* LIST: items; PAIRS: key, value, key, value, … */
    size_t count;         /* of items; twice the pairs of PAIRS */
    size_t capacity;
};

struct value *value_text(struct arena *arena, const char *text);
struct value *value_list(struct arena *arena);
struct value *value_pairs(struct arena *arena);

struct value *value_of_node(struct arena *arena, const struct yaml_node *node);

/* Reads YAML on a line or several, as a person types it: "55", "[crm, web]", "{score: 30}". A text
 * that is no YAML by itself, such as "a: b: c", is taken as it stands when `lenient`. */
[[nodiscard]] bool value_parse(struct arena *arena, const char *text, bool lenient,
                               struct value **out, struct error *err);

/* The order of pairs counts, as it does to a person. */
bool value_equal(const struct value *a, const struct value *b);

/* Index of a key's value in `items`; NONE. */
int value_find(const struct value *pairs, const char *key);

void value_insert(struct arena *arena, struct value *list, size_t index, struct value *item);
void value_remove(struct value *list, size_t index);

/* Puts a pair at the place of the pair `index` (0: first), or replaces the value of a key. */
void value_set(struct arena *arena, struct value *pairs, size_t index, const char *key,
               struct value *value);
void value_unset(struct value *pairs, const char *key);

/* ---- Writing --------------------------------------------------------------------- */

/* How a text is to be written. */
struct scalar_form {
    enum yaml_style style; /* the first to try; what cannot be said in it goes to quotes */
    bool in_flow;          /* inside [] or {} */
    bool typed;            /* a number, date or word: plain, though YAML may read it as such */
};

/* Appends a text in the first of the form's own style, single and double quotes that can say it.
 * Block styles are not written here. */
void scalar_append(struct str *out, const char *text, struct scalar_form form);

/* "{a: 1, b: [x, y]}", one line. */
void value_append_flow(struct str *out, const struct value *value);

/* Block style from a new line on, each line indented by `indent` columns and ended by `newline`. A
 * text is one line; an empty collection is [] or {}. */
void value_append_block(struct str *out, const struct value *value, int indent,
                        const char *newline);

/* How a list item or the value of a key is written behind its "- " or "key:", with the newline:
 * short texts and small collections in flow, others in block below. */
void value_append_behind(struct str *out, const struct value *value, int indent,
                         const char *newline);

#endif
