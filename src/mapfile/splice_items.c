/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "splice.h"

#include <string.h>

#include <stellwerk/base/i18n.h>

/* ---- Where block items stand -------------------------------------------------------------- */

/* A list of lines that begin with dashes. */
struct dashes {
    const struct yaml_node *list;
    size_t column; /* of every dash */
    size_t gap;    /* blanks behind them, as the first item has it */
};

static bool dashes_init(struct splices *splices, const struct yaml_node *list, struct dashes *out,
                        struct error *err)
{
    size_t at = splice_node_begin(splices, list), first;
    size_t indent = splice_line_indent(splices, splice_line_begin(splices, at), &first);
    /* An anchor may stand before the first dash, and a dash before it: "- - a". */
    if (splice_byte(splices, at) != '-')
        return splice_refuse(splices, at, err, _("the list has an anchor or a tag"));
    if (first != at)
        return splice_refuse(splices, at, err, _("the list begins in the line of another one"));
    size_t gap = strspn(splices->tree->source.text + at + 1, " ");
    bool bare = strchr("\r\n", splice_byte(splices, at + 1 + gap)) != NULL;
    *out = (struct dashes){ .list = list, .column = indent, .gap = bare || gap == 0 ? 1 : gap };
    return true;
}

/* The line of an item's dash: the nearest above its content that has one in the list's column. */
static size_t dash_line(struct splices *splices, const struct dashes *dashes,
                        const struct yaml_node *item)
{
    size_t begin = splice_line_begin(splices, splice_node_begin(splices, item)), first;
    while (begin > 0 && (splice_line_indent(splices, begin, &first) != dashes->column ||
                         splice_byte(splices, first) != '-'))
        begin = splice_line_begin(splices, begin - 1);
    return begin;
}

/* The first of the comments right above a line in the dash's column. */
static size_t comments_begin(const struct splices *splices, const struct dashes *dashes,
                             size_t begin)
{
    while (begin > 0) {
        size_t above = splice_line_begin(splices, begin - 1), first;
        if (splice_line_indent(splices, above, &first) != dashes->column ||
            splice_byte(splices, first) != '#')
            break;
        begin = above;
    }
    return begin;
}

static size_t item_end(struct splices *splices, const struct dashes *dashes,
                       const struct yaml_node *item)
{
    size_t dash = dash_line(splices, dashes, item) + dashes->column;
    size_t end = splice_node_end(splices, item);
    return splice_owned_end(splices, end > dash ? end : dash + 1, dashes->column);
}

/* The line at `at` is blank; not the end of the text. */
static bool is_blank_line(const struct splices *splices, size_t at)
{
    size_t end = splice_line_end(splices, at);
    return at < end && splice_blank(splices, at, end);
}

/* Items that stand apart by a blank line go on doing so. */
static bool stand_apart(struct splices *splices, const struct dashes *dashes)
{
    return dashes->list->count > 1 &&
           is_blank_line(splices, item_end(splices, dashes, dashes->list->first));
}

/* ---- Putting in --------------------------------------------------------------------------- */

/* An item as its neighbours are written: a mapping in braces beside mappings in braces. */
static void append_item(struct str *out, struct splices *splices, const struct dashes *dashes,
                        const struct value *value)
{
    const struct yaml_node *sibling = dashes->list->first;
    bool braces = sibling != NULL && sibling->style == YAML_FLOW;
    if (value->kind == VALUE_PAIRS && value->count > 0 && !braces) {
        size_t begin = out->length, indent = dashes->column + 1 + dashes->gap;
        value_append_block(out, value, (int)indent, splices->newline);
        out->text[begin + dashes->column] = '-';
        return;
    }
    str_printf(out, "%*s-%*s", (int)dashes->column, "", (int)dashes->gap, "");
    value_append_line(out, value);
    str_append(out, splices->newline);
}

/* Lines go in before the item `index`, or behind the last. */
static void add_item_lines(struct splices *splices, const struct dashes *dashes, size_t index,
                           struct str *lines)
{
    const struct yaml_node *list = dashes->list;
    bool apart = stand_apart(splices, dashes);
    struct str text;
    size_t at;
    str_init(&text);
    if (index < list->count) {
        at = dash_line(splices, dashes, yaml_nth(list->first, index));
        at = comments_begin(splices, dashes, at);
        str_append_bytes(&text, lines->text, lines->length);
        if (apart)
            str_append(&text, splices->newline);
    } else {
        at = item_end(splices, dashes, yaml_nth(list->first, list->count - 1));
        if (apart)
            str_append(&text, splices->newline);
        str_append_bytes(&text, lines->text, lines->length);
    }
    str_finish(lines);
    splice_add_lines(splices, at, &text);
}

/* Can an empty list get lines below its key? `*out` says where these stand. */
static bool find_room(struct splices *splices, const struct yaml_node *parent,
                      const struct yaml_node *list, struct dashes *out)
{
    size_t begin = splice_node_begin(splices, list), end = splice_node_end(splices, list);
    if (parent->style == YAML_FLOW || parent->kind != YAML_PAIRS ||
        splice_byte(splices, begin) != '[' || end > splice_line_end(splices, begin))
        return false;
    size_t column = splice_column(splices, splice_node_begin(splices, parent));
    *out = (struct dashes){ .list = list, .column = column + 2, .gap = 1 };
    return true;
}

/* `key: []` becomes `key:`, and lines below it. */
static bool fill_empty_list(struct splices *splices, const struct yaml_node *parent,
                            const struct yaml_node *list, struct str *lines, struct error *err)
{
    size_t colon, end = splice_node_end(splices, list);
    if (!splice_indicator(splices, parent, list, &colon, err)) {
        str_finish(lines);
        return false;
    }
    splice_add_text(splices, colon, end, "");
    splice_add_lines(splices, splice_line_end(splices, end), lines);
    return true;
}

bool splice_insert_item(struct splices *splices, const struct yaml_node *parent,
                        const struct yaml_node *list, size_t index, const struct value *value,
                        struct error *err)
{
    struct dashes dashes;
    bool empty = list->count == 0;
    if (empty ? !find_room(splices, parent, list, &dashes) : list->style == YAML_FLOW)
        return flow_insert_item(splices, list, index, value);
    if (!empty && !dashes_init(splices, list, &dashes, err))
        return false;
    struct str lines;
    str_init(&lines);
    append_item(&lines, splices, &dashes, value);
    if (empty)
        return fill_empty_list(splices, parent, list, &lines, err);
    add_item_lines(splices, &dashes, index, &lines);
    return true;
}

/* ---- Taking out --------------------------------------------------------------------------- */

/* Of the blank lines around an item one goes with it where two would be left, and where items stand
 * apart the one that set it apart. */
static void remove_item_lines(struct splices *splices, const struct dashes *dashes, bool last,
                              size_t begin, size_t end)
{
    size_t above = begin > 0 ? splice_line_begin(splices, begin - 1) : begin;
    bool blank_above = above < begin && is_blank_line(splices, above);
    bool apart = stand_apart(splices, dashes);
    if (is_blank_line(splices, end) && (blank_above || (apart && !last)))
        end = splice_line_end(splices, end);
    else if (blank_above && apart && last)
        begin = above;
    splice_remove_lines(splices, begin, end);
}

/* The lines of the only item go, and its key gets []. */
static bool empty_list(struct splices *splices, const struct yaml_node *parent,
                       const struct yaml_node *list, size_t begin, size_t end, struct error *err)
{
    size_t indicator;
    if (!splice_indicator(splices, parent, list, &indicator, err))
        return false;
    splice_add_text(splices, indicator, indicator, " []");
    splice_remove_lines(splices, begin, end);
    return true;
}

static bool take_out(struct splices *splices, const struct yaml_node *parent,
                     const struct dashes *dashes, size_t index, size_t begin, size_t end,
                     struct error *err)
{
    if (dashes->list->count == 1)
        return empty_list(splices, parent, dashes->list, begin, end, err);
    remove_item_lines(splices, dashes, index + 1 == dashes->list->count, begin, end);
    return true;
}

bool splice_delete_item(struct splices *splices, const struct yaml_node *parent,
                        const struct yaml_node *list, size_t index, struct error *err)
{
    struct dashes dashes;
    const struct yaml_node *item = yaml_nth(list->first, index);
    if (!splice_may_drop(splices, item, err))
        return false;
    if (list->style == YAML_FLOW)
        return flow_delete_item(splices, list, index);
    if (!dashes_init(splices, list, &dashes, err))
        return false;
    return take_out(splices, parent, &dashes, index, dash_line(splices, &dashes, item),
                    item_end(splices, &dashes, item), err);
}

/* ---- Moving ------------------------------------------------------------------------------- */

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
    if (out->length > 0 && out->text[out->length - 1] != '\n')
        str_append(out, splices->newline);
}

/* Where one list is in flow and the other is not, the item is written anew. */
static bool move_written(struct splices *splices, struct splice_item from, struct splice_item to,
                         struct error *err)
{
    struct value *value = value_of_node(splices->arena, yaml_nth(from.list->first, from.index));
    return splice_delete_item(splices, from.parent, from.list, from.index, err) &&
           splice_insert_item(splices, to.parent, to.list, to.index, value, err);
}

bool splice_move_item(struct splices *splices, struct splice_item from, struct splice_item to,
                      struct error *err)
{
    struct dashes source, target;
    struct str lines;
    bool room = to.list->count == 0 && find_room(splices, to.parent, to.list, &target);
    if (from.list == to.list && from.list->style == YAML_FLOW)
        return flow_move_item(splices, from.list, from.index, to.index);
    if (from.list->style == YAML_FLOW || (to.list->style == YAML_FLOW && !room))
        return move_written(splices, from, to, err);
    if (!dashes_init(splices, from.list, &source, err) ||
        (!room && !dashes_init(splices, to.list, &target, err)))
        return false;
    const struct yaml_node *item = yaml_nth(from.list->first, from.index);
    size_t begin = comments_begin(splices, &source, dash_line(splices, &source, item));
    size_t end = item_end(splices, &source, item);
    str_init(&lines);
    append_shifted(&lines, splices, begin, end, source.column, target.column);
    if (!room)
        add_item_lines(splices, &target, to.index, &lines);
    else if (!fill_empty_list(splices, to.parent, to.list, &lines, err))
        return false;
    return take_out(splices, from.parent, &source, from.index, begin, end, err);
}
