/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "splice.h"

#include <string.h>

#include <stellwerk/base/i18n.h>

static char byte_at(const struct splices *splices, size_t at)
{
    return splices->tree->source.text[at];
}

/* ---- Where block items stand ---------------------------------------------------------------- */

/* A list of lines that begin with dashes. */
struct dashes {
    const struct yaml_node *list;
    size_t column; /* of every dash */
    size_t gap;    /* blanks behind them, as the first item has it */
};

/* The dash of an item: the nearest line above its content that has one in the list's column. */
static size_t dash_of(const struct splices *splices, const struct dashes *dashes,
                      const struct yaml_node *item)
{
    size_t begin = splice_line_begin(splices, splice_node_begin(splices, item)), first;
    while (begin > 0 && (splice_line_indent(splices, begin, &first) != dashes->column ||
                         byte_at(splices, first) != '-'))
        begin = splice_line_begin(splices, begin - 1);
    return begin + dashes->column;
}

static bool dashes_init(const struct splices *splices, const struct yaml_node *list,
                        struct dashes *out, struct error *err)
{
    size_t at = splice_node_begin(splices, list), first;
    size_t begin = splice_line_begin(splices, at);
    /* An anchor may stand before the first dash, and a dash before it: "- - a". */
    if (byte_at(splices, at) != '-')
        return splice_refuse(splices, at, err, _("the list has an anchor or a tag"));
    size_t indent = splice_line_indent(splices, begin, &first);
    if (first != at)
        return splice_refuse(splices, at, err, _("the list begins in the line of another one"));
    size_t gap = strspn(splices->tree->source.text + at + 1, " ");
    bool bare = strchr("\r\n", byte_at(splices, at + 1 + gap)) != NULL;
    *out = (struct dashes){ .list = list, .column = indent, .gap = bare || gap == 0 ? 1 : gap };
    return true;
}

/* The first line of an item: comments right above it in the dash's column travel with it. */
static size_t item_begin(const struct splices *splices, const struct dashes *dashes,
                         const struct yaml_node *item, bool with_comments)
{
    size_t begin = splice_line_begin(splices, dash_of(splices, dashes, item));
    while (with_comments && begin > 0) {
        size_t above = splice_line_begin(splices, begin - 1), first;
        if (splice_line_indent(splices, above, &first) != dashes->column ||
            byte_at(splices, first) != '#')
            break;
        begin = above;
    }
    return begin;
}

static size_t item_end(const struct splices *splices, const struct dashes *dashes,
                       const struct yaml_node *item)
{
    size_t dash = dash_of(splices, dashes, item), end = splice_node_end(splices, item);
    return splice_owned_end(splices, end > dash ? end : dash + 1, dashes->column);
}

/* ---- Flow ------------------------------------------------------------------------------------ */

static bool insert_flow_item(struct splices *splices, const struct yaml_node *list, size_t index,
                             const struct value *value)
{
    struct str text;
    str_init(&text);
    size_t at;
    if (list->count == 0) {
        at = splice_node_end(splices, list) - 1;
        value_append_flow(&text, value);
    } else if (index < list->count) {
        at = splice_node_begin(splices, yaml_nth(list->first, index));
        value_append_flow(&text, value);
        str_append(&text, ", ");
    } else {
        at = splice_node_end(splices, yaml_nth(list->first, list->count - 1));
        str_append(&text, ", ");
        value_append_flow(&text, value);
    }
    return splice_add(splices, at, at, &text);
}

static bool delete_flow_item(struct splices *splices, const struct yaml_node *list, size_t index)
{
    struct str text;
    str_init(&text);
    const struct yaml_node *item = yaml_nth(list->first, index);
    size_t begin = splice_node_begin(splices, item), end = splice_node_end(splices, item);
    if (item->next != NULL)
        end = splice_node_begin(splices, item->next);
    else if (index > 0)
        begin = splice_node_end(splices, yaml_nth(list->first, index - 1));
    return splice_add(splices, begin, end, &text);
}

/* ---- Block ----------------------------------------------------------------------------------- */

/* An item as its neighbours are written: a mapping in braces beside mappings in braces. */
static void append_item(struct str *out, const struct splices *splices, const struct dashes *dashes,
                        const struct value *value)
{
    const struct yaml_node *sibling = dashes->list->first;
    bool braces = sibling != NULL && sibling->style == YAML_FLOW;
    str_printf(out, "%*s-", (int)dashes->column, "");
    if (value->kind == VALUE_PAIRS && value->count > 0 && !braces) {
        struct str pairs;
        str_init(&pairs);
        size_t indent = dashes->column + 1 + dashes->gap;
        value_append_block(&pairs, value, (int)indent, splices->newline);
        str_append_bytes(out, pairs.text + dashes->column + 1, pairs.length - dashes->column - 1);
        str_finish(&pairs);
        return;
    }
    str_printf(out, "%*s", (int)dashes->gap, "");
    struct value flow = *value;
    struct str text;
    str_init(&text);
    if (value->kind == VALUE_TEXT)
        scalar_append(&text, flow.text,
                      (struct scalar_form){ .style = YAML_PLAIN, .typed = !flow.quoted });
    else
        value_append_flow(&text, &flow);
    str_append_bytes(out, text.text, text.length);
    str_append(out, splices->newline);
    str_finish(&text);
}

/* Items that stand apart by a blank line go on doing so. */
static bool stand_apart(const struct splices *splices, const struct dashes *dashes)
{
    if (dashes->list->count < 2)
        return false;
    size_t end = item_end(splices, dashes, dashes->list->first);
    size_t blanks = strspn(splices->tree->source.text + end, " \t\r");
    return byte_at(splices, end + blanks) == '\n';
}

/* Lines go in before the item `index`, or behind the last. */
static bool add_item_lines(struct splices *splices, const struct dashes *dashes, size_t index,
                           struct str *lines)
{
    const struct yaml_node *list = dashes->list;
    bool apart = stand_apart(splices, dashes);
    struct str text;
    str_init(&text);
    size_t at;
    if (index < list->count) {
        at = item_begin(splices, dashes, yaml_nth(list->first, index), true);
        str_append_bytes(&text, lines->text, lines->length);
        if (apart)
            str_append(&text, splices->newline);
    } else {
        at = item_end(splices, dashes, yaml_nth(list->first, list->count - 1));
        bool open = at > 0 && byte_at(splices, at - 1) != '\n';
        if (open)
            str_append(&text, splices->newline);
        if (apart)
            str_append(&text, splices->newline);
        str_append_bytes(&text, lines->text, lines->length - (open ? strlen(splices->newline) : 0));
    }
    str_finish(lines);
    return splice_add(splices, at, at, &text);
}

/* The first item of an empty list in a block mapping: `key: []` becomes lines below the key. */
static bool fill_empty_list(struct splices *splices, const struct yaml_node *parent,
                            const struct yaml_node *list, const struct value *value,
                            struct error *err)
{
    if (parent == NULL || parent->style == YAML_FLOW || parent->kind != YAML_PAIRS)
        return insert_flow_item(splices, list, 0, value);
    size_t at = splice_node_begin(splices, list);
    while (at > 0 && strchr(" \t\r\n", byte_at(splices, at - 1)) != NULL)
        at--;
    if (at == 0 || byte_at(splices, at - 1) != ':')
        return splice_refuse(splices, splice_node_begin(splices, list), err,
                             _("a comment stands between the key and its list"));
    size_t column = splice_node_begin(splices, parent) -
                    splice_line_begin(splices, splice_node_begin(splices, parent));
    struct dashes dashes = { .list = list, .column = column + 2, .gap = 1 };
    struct str text;
    str_init(&text);
    str_append(&text, splices->newline);
    append_item(&text, splices, &dashes, value);
    str_truncate(&text, text.length - strlen(splices->newline));
    /* A comment behind the brackets stays with the key. */
    size_t end = splice_node_end(splices, list), line = splice_line_end(splices, end);
    struct str rest;
    str_init(&rest);
    size_t tail = line;
    while (tail > end && strchr(" \t\r\n", byte_at(splices, tail - 1)) != NULL)
        tail--;
    if (tail > end)
        str_append_bytes(&rest, splices->tree->source.text + end, tail - end);
    str_append_bytes(&rest, text.text, text.length);
    str_finish(&text);
    return splice_add(splices, at, tail > end ? tail : end, &rest);
}

bool splice_insert_item(struct splices *splices, const struct yaml_node *parent,
                        const struct yaml_node *list, size_t index, const struct value *value,
                        struct error *err)
{
    struct dashes dashes;
    struct str lines;
    if (list->count == 0)
        return fill_empty_list(splices, parent, list, value, err);
    if (list->style == YAML_FLOW)
        return insert_flow_item(splices, list, index, value);
    if (!dashes_init(splices, list, &dashes, err))
        return false;
    str_init(&lines);
    append_item(&lines, splices, &dashes, value);
    return add_item_lines(splices, &dashes, index, &lines);
}

/* The blank lines that stood around a removed item leave one behind, not two. */
static size_t swallow_blank(const struct splices *splices, size_t begin, size_t end)
{
    size_t before = begin > 0 ? splice_line_begin(splices, begin - 1) : begin;
    bool blank_before =
        begin > 0 &&
        splices->tree->source.text[before + strspn(splices->tree->source.text + before, " \t\r")] ==
            '\n';
    size_t blanks = strspn(splices->tree->source.text + end, " \t\r");
    if (blank_before && byte_at(splices, end + blanks) == '\n')
        return end + blanks + 1;
    return end;
}

static bool empty_block_list(struct splices *splices, const struct dashes *dashes,
                             struct error *err)
{
    const struct yaml_node *item = dashes->list->first;
    size_t at = splice_line_begin(splices, dash_of(splices, dashes, item));
    size_t end = item_end(splices, dashes, item), key = at;
    while (key > 0 && strchr(" \t\r\n", byte_at(splices, key - 1)) != NULL)
        key--;
    if (key == 0 || byte_at(splices, key - 1) != ':')
        return splice_refuse(splices, at, err, _("a comment stands between the key and its list"));
    struct str text;
    str_init(&text);
    str_append(&text, " []");
    if (end > 0 && byte_at(splices, end - 1) == '\n')
        str_append(&text, splices->newline);
    return splice_add(splices, key, end, &text);
}

bool splice_delete_item(struct splices *splices, const struct yaml_node *parent,
                        const struct yaml_node *list, size_t index, struct error *err)
{
    struct dashes dashes;
    const struct yaml_node *item = yaml_nth(list->first, index);
    (void)parent;
    if (!splice_may_drop(splices, item, err))
        return false;
    if (list->style == YAML_FLOW)
        return delete_flow_item(splices, list, index);
    if (!dashes_init(splices, list, &dashes, err))
        return false;
    if (list->count == 1)
        return empty_block_list(splices, &dashes, err);
    struct str text;
    str_init(&text);
    size_t begin = item_begin(splices, &dashes, item, false);
    return splice_add(splices, begin,
                      swallow_blank(splices, begin, item_end(splices, &dashes, item)), &text);
}

/* ---- Moving ---------------------------------------------------------------------------------- */

/* Copies lines, each moved by as many columns as the lists differ. */
static void append_shifted(struct str *out, const struct splices *splices, size_t begin, size_t end,
                           size_t from, size_t to)
{
    const char *text = splices->tree->source.text;
    for (size_t at = begin; at < end; at = splice_line_end(splices, at)) {
        size_t line = splice_line_end(splices, at);
        size_t blanks = strspn(text + at, " ");
        bool empty = strchr("\r\n", text[at + blanks]) != NULL;
        size_t cut = to >= from || empty ? 0 : blanks < from - to ? blanks : from - to;
        if (to > from && !empty)
            str_printf(out, "%*s", (int)(to - from), "");
        str_append_bytes(out, text + at + cut, line - at - cut);
    }
}

static bool move_block(struct splices *splices, const struct dashes *from, size_t index,
                       const struct dashes *to, size_t to_index)
{
    const struct yaml_node *item = yaml_nth(from->list->first, index);
    size_t begin = item_begin(splices, from, item, true), end = item_end(splices, from, item);
    struct str lines, nothing;
    str_init(&lines);
    append_shifted(&lines, splices, begin, end, from->column, to->column);
    if (lines.length > 0 && lines.text[lines.length - 1] != '\n')
        str_append(&lines, splices->newline);
    bool open = end > 0 && byte_at(splices, end - 1) != '\n';
    if (!add_item_lines(splices, to, to_index, &lines))
        return false;
    str_init(&nothing);
    if (open && begin > 0) /* the last line had no newline: the one above gives up its own */
        begin -= begin > 1 && byte_at(splices, begin - 2) == '\r' ? 2 : 1;
    return splice_add(splices, begin, swallow_blank(splices, begin, end), &nothing);
}

/* In flow, and where one list is in flow and the other is not, the item is written anew. */
static bool move_written(struct splices *splices, const struct yaml_node *from_parent,
                         const struct yaml_node *from, size_t index,
                         const struct yaml_node *to_parent, const struct yaml_node *to,
                         size_t to_index, struct error *err)
{
    struct value *value = value_of_node(splices->arena, yaml_nth(from->first, index));
    return splice_delete_item(splices, from_parent, from, index, err) &&
           splice_insert_item(splices, to_parent, to, to_index, value, err);
}

/* Two flow items change places by their texts, so that quotes and inner layout stay. */
static bool move_in_flow(struct splices *splices, const struct yaml_node *list, size_t index,
                         size_t to_index)
{
    const char *source = splices->tree->source.text;
    const struct yaml_node *item = yaml_nth(list->first, index);
    size_t begin = splice_node_begin(splices, item), end = splice_node_end(splices, item);
    struct str text;
    str_init(&text);
    size_t at;
    if (to_index < list->count) {
        at = splice_node_begin(splices, yaml_nth(list->first, to_index));
        str_append_bytes(&text, source + begin, end - begin);
        str_append(&text, ", ");
    } else {
        at = splice_node_end(splices, yaml_nth(list->first, list->count - 1));
        str_append(&text, ", ");
        str_append_bytes(&text, source + begin, end - begin);
    }
    return splice_add(splices, at, at, &text) && delete_flow_item(splices, list, index);
}

bool splice_move_item(struct splices *splices, const struct yaml_node *from_parent,
                      const struct yaml_node *from, size_t index, const struct yaml_node *to_parent,
                      const struct yaml_node *to, size_t to_index, struct error *err)
{
    struct dashes source, target;
    if (from == to && from->style == YAML_FLOW)
        return move_in_flow(splices, from, index, to_index);
    if (from->style == YAML_FLOW || to->style == YAML_FLOW || (from != to && from->count == 1))
        return move_written(splices, from_parent, from, index, to_parent, to, to_index, err);
    if (!dashes_init(splices, from, &source, err) || !dashes_init(splices, to, &target, err))
        return false;
    return move_block(splices, &source, index, &target, to_index);
}
