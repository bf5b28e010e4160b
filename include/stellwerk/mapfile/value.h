/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * YAML content without its writing: what a text means, to be changed, compared and written.
 *
 * Edits say what they intend on values and then prove that the spliced text reads as just that.
 * A value is a text, a list or pairs; aliases are followed, so that equal content is equal. What an
 * edit leaves as it is stays a node of the old text and is never looked into. Values live in the
 * arena they are made in and are changed only while an edit builds its intent.
 */
#ifndef STELLWERK_MAPFILE_VALUE_H
#define STELLWERK_MAPFILE_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/base/str.h>
#include <stellwerk/mapfile/yaml.h>

enum value_kind {
    VALUE_TEXT,
    VALUE_LIST,
    VALUE_PAIRS,
    VALUE_NODE /* what the node says; value_open() makes one of the others of it */
};

struct value {
    enum value_kind kind;
    bool nothing;         /* TEXT: empty and unquoted, which YAML reads as no value */
    bool quoted;          /* TEXT: was in quotes, so it stays a text where it looks like a number */
    const char *text;     /* TEXT */
    size_t length;        /* TEXT: bytes */
    struct value **items; /* LIST: items; PAIRS: key, value, key, value, … */
    size_t count;         /* of items; twice the pairs of PAIRS */
    size_t capacity;
    const struct yaml_node *node; /* NODE */
};

struct value *value_text(struct arena *arena, const char *text);
struct value *value_list(struct arena *arena);
struct value *value_pairs(struct arena *arena);

/* A copy of what a node says, or the node itself as a value. */
struct value *value_of_node(struct arena *arena, const struct yaml_node *node);
struct value *value_node(struct arena *arena, const struct yaml_node *node);

/* Makes a NODE what its node is, with NODEs inside; leaves others alone. */
void value_open(struct arena *arena, struct value *value);

/* Reads YAML as a person types it: "55", "[crm, web]", "{score: 30}". A text that is no YAML by
 * itself, such as "a: b: c", or of which YAML would drop or fold something, is taken as it stands;
 * only what begins as a list or mapping and is none fails. */
[[nodiscard]] bool value_parse(struct arena *arena, const char *text, struct value **out,
                               struct error *err);

/* True where the node says just that. The order of pairs counts, as it does to a person. */
bool value_said(const struct value *value, const struct yaml_node *node);

/* Index of a key's value in `items`; NONE. */
int value_find(const struct value *pairs, const char *key);

void value_insert(struct arena *arena, struct value *list, size_t index, struct value *item);
void value_remove(struct value *list, size_t index);

/* Puts a pair at the place of the pair `index` (0: first), or replaces the value of a key. */
void value_set(struct arena *arena, struct value *pairs, size_t index, const char *key,
               struct value *value);

/* ---- Writing --------------------------------------------------------------------- */

/* How a text is to be written. */
struct scalar_form {
    enum yaml_style style; /* the first to try; what cannot be said in it goes to quotes */
    bool in_flow;          /* inside [] or {} */
    bool typed;            /* a number, date or word: plain, though YAML may read it as such */
};

/* True where only double quotes can say it: it has control characters or odd line breaks. */
bool text_needs_escape(const char *text);

/* Appends a text in the first of the form's own style, single and double quotes that can say it.
 * Block styles are not written here. */
void scalar_append(struct str *out, const char *text, struct scalar_form form);

/* "{a: 1, b: [x, y]}", one line. */
void value_append_flow(struct str *out, const struct value *value);

/* True for a text, and for a short list or mapping of texts: these stand in the line of a key. */
bool value_fits_line(const struct value *value);

/* As it is written in the line of its key or dash; more than a text in flow. */
void value_append_line(struct str *out, const struct value *value);

/* Block style from a new line on, each line indented by `indent` columns and ended by `newline`. A
 * text is one line; an empty collection is [] or {}. */
void value_append_block(struct str *out, const struct value *value, int indent,
                        const char *newline);

/* How a list item or the value of a key is written behind its "- " or "key:", with the newline:
 * short texts and small collections in flow, others in block below. */
void value_append_behind(struct str *out, const struct value *value, int indent,
                         const char *newline);

#endif
