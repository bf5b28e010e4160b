/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "splice.h"

#include <string.h>

#include <stellwerk/base/i18n.h>

static char byte_at(const struct splices *splices, size_t at)
{
    return splices->tree->source.text[at];
}

/* Columns from the start of its line to the byte; what stands there may be "- ". */
static size_t column_of(const struct splices *splices, size_t at)
{
    return at - splice_line_begin(splices, at);
}

/* ---- Values ---------------------------------------------------------------------------- */

/* A text of several lines in block style: "|-", or "|" where it ends with a newline. */
static bool append_literal(struct str *out, const char *text, size_t indent, const char *newline)
{
    size_t length = strlen(text), inner = strcspn(text, "\n");
    bool ends = length > 0 && text[length - 1] == '\n';
    if (inner >= length - ends || *text == ' ' || *text == '\t' || *text == '\n' ||
        (ends && length > 1 && text[length - 2] == '\n'))
        return false;
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        if ((*c < ' ' && *c != '\n') || *c == 0x7f)
            return false;
    str_append(out, ends ? "|" : "|-");
    for (const char *line = text; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        size_t bytes = strcspn(line, "\n");
        str_append(out, newline);
        if (bytes > 0)
            str_printf(out, "%*s%.*s", (int)indent, "", (int)bytes, line);
    }
    return true;
}

/* Behind the ':' or '-' that a node follows: where its lines may begin anew. */
static bool find_indicator(const struct splices *splices, const struct yaml_node *node, size_t *out,
                           struct error *err)
{
    size_t at = splice_node_begin(splices, node);
    while (at > 0 && strchr(" \t\r\n", byte_at(splices, at - 1)) != NULL)
        at--;
    if (at == 0 || (byte_at(splices, at - 1) != ':' && byte_at(splices, at - 1) != '-'))
        return splice_refuse(splices, splice_node_begin(splices, node), err,
                             _("a comment stands between the key and its value"));
    *out = at;
    return true;
}

/* Columns before the key or dash that the indicator at `at` belongs to. */
static size_t indicator_indent(const struct splices *splices, const struct yaml_node *parent,
                               size_t at)
{
    size_t first, begin = splice_line_begin(splices, at);
    size_t indent = splice_line_indent(splices, begin, &first);
    if (parent != NULL && parent->kind == YAML_PAIRS)
        return column_of(splices, splice_node_begin(splices, parent));
    return indent;
}

static bool splice_behind(struct splices *splices, const struct yaml_node *parent,
                          const struct yaml_node *node, const struct value *value,
                          struct error *err)
{
    size_t begin = 0;
    struct str text;
    if (!find_indicator(splices, node, &begin, err))
        return false;
    str_init(&text);
    size_t indent = indicator_indent(splices, parent, begin);
    value_append_behind(&text, value, (int)indent, splices->newline);
    str_truncate(&text, text.length - strlen(splices->newline));
    return splice_add(splices, begin, splice_node_end(splices, node), &text);
}

static bool splice_text(struct splices *splices, const struct yaml_node *parent,
                        const struct yaml_node *node, const char *value, struct scalar_form form)
{
    size_t begin = splice_node_begin(splices, node), end = splice_node_end(splices, node);
    struct str text;
    str_init(&text);
    if (node->begin == node->end)
        str_append_char(&text, ' ');
    size_t indent = indicator_indent(splices, parent, begin) + 2;
    if (form.in_flow || !append_literal(&text, value, indent, splices->newline))
        scalar_append(&text, value, form);
    return splice_add(splices, begin, end, &text);
}

bool splice_value(struct splices *splices, const struct yaml_node *parent,
                  const struct yaml_node *node, const struct value *value, struct scalar_form form,
                  struct error *err)
{
    if (node->tagged)
        return splice_refuse(splices, splice_node_begin(splices, node), err,
                             _("it has a tag ('!…')"));
    if (!splice_may_drop(splices, node, err))
        return false;
    form.in_flow = parent != NULL && parent->style == YAML_FLOW;
    if (value->kind == VALUE_TEXT && node->kind == YAML_TEXT && !value->nothing)
        return splice_text(splices, parent, node, value->text, form);
    if (!form.in_flow)
        return splice_behind(splices, parent, node, value, err);
    struct str text;
    str_init(&text);
    if (node->begin == node->end)
        str_append_char(&text, ' ');
    value_append_flow(&text, value);
    return splice_add(splices, splice_node_begin(splices, node), splice_node_end(splices, node),
                      &text);
}

bool splice_key(struct splices *splices, const struct yaml_node *key, const char *text,
                struct error *err)
{
    struct str str;
    if (!splice_may_drop(splices, key, err))
        return false;
    str_init(&str);
    scalar_append(&str, text,
                  (struct scalar_form){ .style = (enum yaml_style)key->style, .in_flow = true });
    return splice_add(splices, splice_node_begin(splices, key), splice_node_end(splices, key),
                      &str);
}

/* ---- Pairs in flow ------------------------------------------------------------------------- */

/* A pair in a list without braces, [a: b], has no place for a second one. */
static bool has_braces(const struct splices *splices, const struct yaml_node *pairs,
                       struct error *err)
{
    size_t end = splice_node_end(splices, pairs);
    if (end > 0 && byte_at(splices, end - 1) == '}')
        return true;
    return splice_refuse(splices, splice_node_begin(splices, pairs), err,
                         _("the pair stands in a list without braces"));
}

static void append_flow_pair(struct str *out, const char *key, const struct value *value)
{
    scalar_append(out, key, (struct scalar_form){ .in_flow = true, .style = YAML_PLAIN });
    str_append(out, ": ");
    value_append_flow(out, value);
}

static bool insert_flow_pair(struct splices *splices, const struct yaml_node *pairs, size_t after,
                             const char *key, const struct value *value, struct error *err)
{
    struct str text;
    if (!has_braces(splices, pairs, err))
        return false;
    str_init(&text);
    if (after == 0) {
        size_t at = splice_node_begin(splices, pairs) +
                    strcspn(splices->tree->source.text + splice_node_begin(splices, pairs), "{") +
                    1;
        append_flow_pair(&text, key, value);
        if (pairs->count > 0)
            str_append(&text, ", ");
        return splice_add(splices, at, at, &text);
    }
    size_t at = splice_node_end(splices, yaml_nth(pairs->first, 2 * after - 1));
    str_append(&text, ", ");
    append_flow_pair(&text, key, value);
    return splice_add(splices, at, at, &text);
}

static bool delete_flow_pair(struct splices *splices, const struct yaml_node *pairs, size_t index,
                             struct error *err)
{
    struct str text;
    if (!has_braces(splices, pairs, err))
        return false;
    str_init(&text);
    const struct yaml_node *key = yaml_nth(pairs->first, 2 * index);
    if (index + 1 < pairs->count)
        return splice_add(splices, splice_node_begin(splices, key),
                          splice_node_begin(splices, key->next->next), &text);
    const struct yaml_node *before = yaml_nth(pairs->first, 2 * index - 1);
    return splice_add(splices, splice_node_end(splices, before),
                      splice_node_end(splices, key->next), &text);
}

/* ---- Pairs in block -------------------------------------------------------------------------- */

static bool is_explicit(const struct splices *splices, const struct yaml_node *key)
{
    size_t at = splice_node_begin(splices, key);
    while (at > 0 && strchr(" \t\r\n", byte_at(splices, at - 1)) != NULL)
        at--;
    return at > 0 && byte_at(splices, at - 1) == '?';
}

static bool block_pairs_fit(const struct splices *splices, const struct yaml_node *pairs,
                            struct error *err)
{
    for (const struct yaml_node *key = pairs->first; key != NULL; key = key->next->next)
        if (is_explicit(splices, key))
            return splice_refuse(splices, splice_node_begin(splices, key), err,
                                 _("the key is written with '?'"));
    return true;
}

/* The value's content ends here; an empty value ends with its colon. */
static size_t pair_end(const struct splices *splices, const struct yaml_node *key)
{
    return splice_owned_end(splices, splice_node_end(splices, key->next),
                            column_of(splices, splice_node_begin(splices, key)));
}

/* Text of whole lines goes in at `at`: a line without a newline before it gets one, and then the
 * text goes without its own, so that a missing final newline stays missing. */
static bool add_lines(struct splices *splices, size_t at, struct str *lines)
{
    bool open = at > 0 && byte_at(splices, at - 1) != '\n';
    if (!open)
        return splice_add(splices, at, at, lines);
    struct str text;
    str_init(&text);
    str_append(&text, splices->newline);
    str_append_bytes(&text, lines->text, lines->length - strlen(splices->newline));
    str_finish(lines);
    return splice_add(splices, at, at, &text);
}

static bool insert_block_pair(struct splices *splices, const struct yaml_node *pairs, size_t after,
                              const char *key, const struct value *value, struct error *err)
{
    if (!block_pairs_fit(splices, pairs, err))
        return false;
    /* Behind the first pair where it should be the first: that one may share its line with a
     * dash. */
    const struct yaml_node *before = yaml_nth(pairs->first, after > 0 ? 2 * (after - 1) : 0);
    size_t column = column_of(splices, splice_node_begin(splices, before));
    struct str lines;
    str_init(&lines);
    str_printf(&lines, "%*s", (int)column, "");
    scalar_append(&lines, key, (struct scalar_form){ .style = YAML_PLAIN });
    str_append_char(&lines, ':');
    value_append_behind(&lines, value, (int)column, splices->newline);
    return add_lines(splices, pair_end(splices, before), &lines);
}

/* The first pair of "- a: 1" shares its line with the dash: the next one moves up into its
 * place. */
static bool delete_first_block_pair(struct splices *splices, const struct yaml_node *key)
{
    struct str text;
    str_init(&text);
    return splice_add(splices, splice_node_begin(splices, key),
                      splice_node_begin(splices, key->next->next), &text);
}

static bool delete_block_pair(struct splices *splices, const struct yaml_node *pairs, size_t index,
                              struct error *err)
{
    if (!block_pairs_fit(splices, pairs, err))
        return false;
    const struct yaml_node *key = yaml_nth(pairs->first, 2 * index);
    size_t begin = splice_line_begin(splices, splice_node_begin(splices, key)), first;
    splice_line_indent(splices, begin, &first);
    if (first != splice_node_begin(splices, key))
        return delete_first_block_pair(splices, key);
    struct str text;
    str_init(&text);
    return splice_add(splices, begin, pair_end(splices, key), &text);
}

bool splice_insert_pair(struct splices *splices, const struct yaml_node *pairs, size_t after,
                        const char *key, const struct value *value, bool typed, struct error *err)
{
    struct value own = *value;
    if (value->kind == VALUE_TEXT && !typed)
        own.quoted = true;
    if (pairs->style == YAML_FLOW)
        return insert_flow_pair(splices, pairs, after, key, &own, err);
    return insert_block_pair(splices, pairs, after, key, &own, err);
}

bool splice_delete_pair(struct splices *splices, const struct yaml_node *pairs, size_t index,
                        struct error *err)
{
    const struct yaml_node *key = yaml_nth(pairs->first, 2 * index);
    if (pairs->count == 1)
        return splice_refuse(splices, splice_node_begin(splices, key), err,
                             _("it is the last one in its mapping; delete the mapping"));
    if (!splice_may_drop(splices, key, err) || !splice_may_drop(splices, key->next, err))
        return false;
    return pairs->style == YAML_FLOW ? delete_flow_pair(splices, pairs, index, err)
                                     : delete_block_pair(splices, pairs, index, err);
}
