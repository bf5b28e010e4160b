/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "splice.h"

#include <string.h>

#include <stellwerk/base/i18n.h>

/* ---- Texts in place of texts ------------------------------------------------------------ */

/* A text of several lines in block style: "|-", or "|" where it ends with a newline. */
static bool append_literal(struct str *out, const char *text, size_t indent, const char *newline)
{
    size_t length = strlen(text), inner = strcspn(text, "\n");
    bool ends = length > 0 && text[length - 1] == '\n';
    if (inner >= length - ends || strchr(" \t\n", *text) != NULL ||
        (ends && length > 1 && text[length - 2] == '\n') || text_needs_escape(text))
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

/* Columns before the lines of a block text: deeper than the key or dash, or than its own mark. */
static size_t literal_indent(struct splices *splices, const struct yaml_node *parent, size_t begin)
{
    size_t first, indent = splice_line_indent(splices, splice_line_begin(splices, begin), &first);
    if (parent->kind == YAML_PAIRS && first < begin)
        return splice_column(splices, splice_node_begin(splices, parent)) + 2;
    return indent + 2;
}

static void splice_text(struct splices *splices, const struct yaml_node *parent,
                        const struct yaml_node *node, const char *value, struct scalar_form form)
{
    size_t begin = splice_node_begin(splices, node), end = splice_node_end(splices, node);
    bool quoted = form.style == YAML_SINGLE || form.style == YAML_DOUBLE;
    struct str text;
    str_init(&text);
    if (begin == end)
        str_append_char(&text, ' ');
    if (quoted ||
        !append_literal(&text, value, literal_indent(splices, parent, begin), splices->newline))
        scalar_append(&text, value, form);
    splice_add(splices, begin, end, &text);
}

/* ---- Values behind a key or dash --------------------------------------------------------- */

/* The value as lines below its key; the pairs of an item begin beside its dash. */
static void append_lines(struct str *out, struct splices *splices, const struct yaml_node *parent,
                         size_t indicator, const struct value *value)
{
    size_t column = parent->kind == YAML_PAIRS
                        ? splice_column(splices, splice_node_begin(splices, parent))
                        : splice_column(splices, indicator - 1);
    value_append_block(out, value, (int)column + 2, splices->newline);
}

/* A value that stands in lines of its own gives way to other lines, or to one word at its key; what
 * is between the key and these lines stays. */
static void replace_lines(struct splices *splices, const struct yaml_node *parent,
                          const struct yaml_node *node, size_t indicator, const struct value *value)
{
    size_t begin = splice_line_begin(splices, splice_node_begin(splices, node));
    size_t end = splice_line_end(splices, splice_node_end(splices, node));
    struct str text;
    str_init(&text);
    if (value_fits_line(value)) {
        str_append_char(&text, ' ');
        value_append_line(&text, value);
        splice_add(splices, indicator, indicator, &text);
        splice_remove_lines(splices, begin, end);
        return;
    }
    append_lines(&text, splices, parent, indicator, value);
    if (end > 0 && splice_byte(splices, end - 1) != '\n')
        str_truncate(&text, text.length - strlen(splices->newline));
    splice_add(splices, begin, end, &text);
}

/* The old value ends in the line of its key. What is behind it in that line stays there. */
static void replace_behind(struct splices *splices, const struct yaml_node *parent,
                           const struct yaml_node *node, size_t indicator,
                           const struct value *value)
{
    size_t begin = splice_node_begin(splices, node), end = splice_node_end(splices, node);
    struct str text;
    str_init(&text);
    if (value_fits_line(value)) {
        if (begin == indicator)
            str_append_char(&text, ' ');
        value_append_line(&text, value);
        splice_add(splices, begin, end, &text);
        return;
    }
    append_lines(&text, splices, parent, indicator, value);
    if (parent->kind == YAML_LIST && splice_blank(splices, end, splice_line_end(splices, end))) {
        /* "- key: value", the other pairs below the first. */
        size_t indent = splice_column(splices, indicator) + 1;
        splice_add_text(splices, indicator, end, " ");
        memmove(text.text, text.text + indent, text.length - indent);
        str_truncate(&text, text.length - indent - strlen(splices->newline));
        splice_add(splices, end, end, &text);
        return;
    }
    splice_add_text(splices, indicator, end, "");
    splice_add_lines(splices, splice_line_end(splices, end), &text);
}

static void replace_in_flow(struct splices *splices, const struct yaml_node *parent,
                            const struct yaml_node *node, const struct value *value,
                            struct scalar_form form)
{
    struct str text;
    str_init(&text);
    if (value->kind == VALUE_TEXT && !value->nothing)
        scalar_append(&text, value->text, form);
    else
        value_append_flow(&text, value);
    if (node->begin < node->end || parent->kind == YAML_LIST) {
        splice_add(splices, splice_node_begin(splices, node), splice_node_end(splices, node),
                   &text);
        return;
    }
    flow_fill(splices, splice_key_of(parent, node), text.text);
    str_finish(&text);
}

/* "&anchor # comment", and what is anchored below. */
static bool has_comment_inside(const struct splices *splices, const struct yaml_node *node,
                               size_t begin, size_t end)
{
    size_t line = splice_line_text_end(splices, begin);
    return node->anchored && end > line &&
           memmem(splices->tree->source.text + begin, line - begin, " #", 2) != NULL;
}

bool splice_value(struct splices *splices, const struct yaml_node *parent,
                  const struct yaml_node *node, const struct value *value, struct scalar_form form,
                  struct error *err)
{
    size_t begin = splice_node_begin(splices, node), end = splice_node_end(splices, node),
           indicator;
    form.in_flow = parent->style == YAML_FLOW;
    if (node->tagged)
        return splice_refuse(splices, begin, err, _("it has a tag ('!…')"));
    if (has_comment_inside(splices, node, begin, end))
        return splice_refuse(splices, begin, err, _("a comment stands behind its anchor"));
    if (!splice_may_drop(splices, node, err))
        return false;
    if (form.in_flow) {
        replace_in_flow(splices, parent, node, value, form);
        return true;
    }
    if (value->kind == VALUE_TEXT && node->kind == YAML_TEXT && !value->nothing) {
        splice_text(splices, parent, node, value->text, form);
        return true;
    }
    if (!splice_indicator(splices, parent, node, &indicator, err))
        return false;
    if (splice_line_begin(splices, begin) > indicator)
        replace_lines(splices, parent, node, indicator, value);
    else
        replace_behind(splices, parent, node, indicator, value);
    return true;
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
    splice_add(splices, splice_node_begin(splices, key), splice_node_end(splices, key), &str);
    return true;
}
