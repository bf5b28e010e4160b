/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "splice.h"

#include <assert.h>
#include <string.h>

#include <stellwerk/base/i18n.h>

static const char byte_order_mark[] = "\xef\xbb\xbf";

bool splices_init(struct splices *splices, struct arena *arena, const struct yaml_tree *tree,
                  struct error *err)
{
    const struct source *source = &tree->source;
    const char *end = memchr(source->text, '\n', source->length);
    *splices = (struct splices){ .arena = arena, .tree = tree };
    splices->newline = end != NULL && end > source->text && end[-1] == '\r' ? "\r\n" : "\n";
    if (source->odd_breaks)
        return error_set(err, _("the file has line breaks that only YAML knows (a lone carriage "
                                "return, NEL, LS or PS); it cannot be edited safely"));
    return true;
}

/* By place; what was added first stays first. */
static void sort(struct splice *items, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k > 0 && items[k].begin < items[k - 1].begin; k--) {
            struct splice other = items[k];
            items[k] = items[k - 1];
            items[k - 1] = other;
        }
}

static char *put(char *at, const char *bytes, size_t length)
{
    memcpy(at, bytes, length);
    return at + length;
}

const char *splices_apply(struct splices *splices, struct arena *arena, size_t *length)
{
    const struct source *source = &splices->tree->source;
    size_t mark = source->bom ? strlen(byte_order_mark) : 0, at = 0;
    sort(splices->items, splices->count);
    *length = mark + source->length;
    for (size_t i = 0; i < splices->count; i++) {
        const struct splice *splice = &splices->items[i];
        *length += splice->length - (splice->end - splice->begin);
    }
    char *text = arena_alloc(arena, *length + 1), *end = put(text, byte_order_mark, mark);
    for (size_t i = 0; i < splices->count; i++) {
        const struct splice *splice = &splices->items[i];
        assert(splice->begin >= at && splice->end >= splice->begin);
        end = put(end, source->text + at, splice->begin - at);
        end = put(end, splice->text, splice->length);
        at = splice->end;
    }
    put(end, source->text + at, source->length - at);
    return text;
}

/* ---- Adding ------------------------------------------------------------------------------ */

void splice_add(struct splices *splices, size_t begin, size_t end, struct str *text)
{
    splices->items = arena_grow(splices->arena, splices->items, splices->count, &splices->capacity,
                                sizeof *splices->items);
    splices->items[splices->count++] = (struct splice){
        .begin = begin,
        .end = end,
        .text = arena_strndup(splices->arena, text->text, text->length),
        .length = text->length,
    };
    str_finish(text);
}

void splice_add_text(struct splices *splices, size_t begin, size_t end, const char *text)
{
    struct str str;
    str_init(&str);
    str_append(&str, text);
    splice_add(splices, begin, end, &str);
}

void splice_add_lines(struct splices *splices, size_t at, struct str *lines)
{
    bool open = at > 0 && splice_byte(splices, at - 1) != '\n';
    if (open) {
        splice_add_text(splices, at, at, splices->newline);
        str_truncate(lines, lines->length - strlen(splices->newline));
    }
    splice_add(splices, at, at, lines);
}

void splice_remove_lines(struct splices *splices, size_t begin, size_t end)
{
    bool open =
        end == splices->tree->source.length && end > 0 && splice_byte(splices, end - 1) != '\n';
    if (open && begin > 0)
        begin = splice_line_text_end(splices, begin - 1);
    splice_add_text(splices, begin, end, "");
}

bool splice_refuse(const struct splices *splices, size_t at, struct error *err, const char *reason)
{
    struct pos pos = source_pos_of_byte(&splices->tree->source, at);
    return error_at(err, pos, _("this cannot be edited safely: %s"), reason);
}

/* ---- Lines ------------------------------------------------------------------------------- */

size_t splice_line_begin(const struct splices *splices, size_t at)
{
    while (at > 0 && splice_byte(splices, at - 1) != '\n')
        at--;
    return at;
}

size_t splice_line_end(const struct splices *splices, size_t at)
{
    const struct source *source = &splices->tree->source;
    const char *end = memchr(source->text + at, '\n', source->length - at);
    return end != NULL ? (size_t)(end - source->text) + 1 : source->length;
}

size_t splice_line_text_end(const struct splices *splices, size_t at)
{
    const char *text = splices->tree->source.text;
    size_t end = at + strcspn(text + at, "\n");
    return end - (text[end] == '\n' && end > 0 && text[end - 1] == '\r');
}

size_t splice_line_indent(const struct splices *splices, size_t begin, size_t *first)
{
    *first = begin + strspn(splices->tree->source.text + begin, " ");
    return *first - begin;
}

size_t splice_column(const struct splices *splices, size_t at)
{
    return at - splice_line_begin(splices, at);
}

bool splice_blank(const struct splices *splices, size_t begin, size_t end)
{
    while (begin < end && strchr(" \t\r\n", splice_byte(splices, begin)) != NULL)
        begin++;
    return begin >= end;
}

size_t splice_owned_end(const struct splices *splices, size_t end, size_t column)
{
    size_t owned = splice_line_end(splices, end), length = splices->tree->source.length;
    for (size_t at = owned; at < length; at = splice_line_end(splices, at)) {
        size_t first, indent = splice_line_indent(splices, at, &first);
        if (splice_blank(splices, at, splice_line_end(splices, at)))
            continue;
        if (splice_byte(splices, first) != '#' || indent <= column)
            break;
        owned = splice_line_end(splices, at);
    }
    return owned;
}

/* ---- Nodes ------------------------------------------------------------------------------- */

static size_t byte_of(struct splices *splices, size_t index)
{
    if (index < splices->known_index)
        splices->known_index = splices->known_byte = 0;
    splices->known_byte =
        source_byte_from(&splices->tree->source, index, splices->known_index, splices->known_byte);
    splices->known_index = index;
    return splices->known_byte;
}

size_t splice_node_begin(struct splices *splices, const struct yaml_node *node)
{
    return byte_of(splices, node->begin);
}

/* The last text or empty value inside of a block collection. */
static const struct yaml_node *last_leaf(const struct yaml_node *node)
{
    while ((node->kind == YAML_LIST || node->kind == YAML_PAIRS) && node->style == YAML_BLOCK &&
           node->first != NULL) {
        node = node->first;
        while (node->next != NULL)
            node = node->next;
    }
    return node;
}

size_t splice_node_end(struct splices *splices, const struct yaml_node *node)
{
    const struct yaml_node *leaf = last_leaf(node);
    size_t begin = splice_node_begin(splices, leaf), end = byte_of(splices, leaf->end);
    bool block_text =
        leaf->kind == YAML_TEXT && (leaf->style == YAML_LITERAL || leaf->style == YAML_FOLDED);
    /* Its content ends with a newline of its own; what is blank behind that is not its. */
    while (block_text && end > begin && strchr(" \t\r\n", splice_byte(splices, end - 1)) != NULL)
        end--;
    return end;
}

/* Behind blanks, line ends and comments. */
static size_t skip_comments(const struct splices *splices, size_t at)
{
    const char *text = splices->tree->source.text;
    for (;;) {
        at += strspn(text + at, " \t\r\n");
        if (text[at] != '#')
            return at;
        at += strcspn(text + at, "\n");
    }
}

/* The dash stands before the item, or in a line above it that has nothing but a comment else. */
static bool find_dash(const struct splices *splices, size_t begin, size_t *out)
{
    size_t line = splice_line_begin(splices, begin), at = begin, first;
    while (at > line && strchr(" \t", splice_byte(splices, at - 1)) != NULL)
        at--;
    *out = at;
    if (at > line)
        return splice_byte(splices, at - 1) == '-';
    do {
        if (line == 0)
            return false;
        line = splice_line_begin(splices, line - 1);
        splice_line_indent(splices, line, &first);
    } while (strchr("#\r\n", splice_byte(splices, first)) != NULL);
    *out = first + 1;
    return splice_byte(splices, first) == '-' && skip_comments(splices, first + 1) == begin;
}

bool splice_colon(struct splices *splices, const struct yaml_node *key, size_t *out)
{
    size_t end = splice_node_end(splices, key), at = skip_comments(splices, end);
    bool found = splice_byte(splices, at) == ':';
    *out = found ? at + 1 : end;
    return found;
}

const struct yaml_node *splice_key_of(const struct yaml_node *pairs, const struct yaml_node *value)
{
    const struct yaml_node *key = pairs->first;
    while (key->next != value)
        key = key->next->next;
    return key;
}

bool splice_indicator(struct splices *splices, const struct yaml_node *parent,
                      const struct yaml_node *node, size_t *out, struct error *err)
{
    size_t begin = splice_node_begin(splices, node);
    if (parent->kind == YAML_PAIRS ? splice_colon(splices, splice_key_of(parent, node), out)
                                   : find_dash(splices, begin, out))
        return true;
    return splice_refuse(splices, begin, err, _("its key or dash is somewhere else"));
}

/* ---- Anchors ----------------------------------------------------------------------------- */

static bool inside(const struct yaml_node *node, const struct yaml_node *range)
{
    return node->begin >= range->begin && node->end <= range->end;
}

static const struct yaml_node *alias_into(const struct yaml_node *node,
                                          const struct yaml_node *range)
{
    if (node->kind == YAML_ALIAS)
        return !inside(node, range) && inside(node->target, range) ? node : NULL;
    if (node->kind == YAML_TEXT)
        return NULL;
    for (const struct yaml_node *child = node->first; child != NULL; child = child->next) {
        const struct yaml_node *found = alias_into(child, range);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static bool has_anchor(const struct yaml_node *node)
{
    if (node->anchored)
        return true;
    if (node->kind == YAML_LIST || node->kind == YAML_PAIRS)
        for (const struct yaml_node *child = node->first; child != NULL; child = child->next)
            if (has_anchor(child))
                return true;
    return false;
}

const struct yaml_node *splice_alias_into(const struct yaml_tree *tree,
                                          const struct yaml_node *node)
{
    return has_anchor(node) ? alias_into(tree->root, node) : NULL;
}

bool splice_may_drop(const struct splices *splices, const struct yaml_node *node, struct error *err)
{
    const struct yaml_node *alias = splice_alias_into(splices->tree, node);
    if (alias == NULL)
        return true;
    return error_at(err, yaml_pos(splices->tree, node),
                    _("this is needed by the alias in line %u and cannot be changed"), alias->line);
}
