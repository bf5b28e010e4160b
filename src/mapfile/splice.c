/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "splice.h"

#include <assert.h>
#include <string.h>

#include <stellwerk/base/i18n.h>

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

const char *splices_apply(struct splices *splices, size_t *length)
{
    const struct source *source = &splices->tree->source;
    struct str out;
    size_t at = 0;
    sort(splices->items, splices->count);
    str_init(&out);
    if (source->bom)
        str_append(&out, "\xef\xbb\xbf");
    for (size_t i = 0; i < splices->count; i++) {
        const struct splice *splice = &splices->items[i];
        assert(splice->begin >= at);
        str_append_bytes(&out, source->text + at, splice->begin - at);
        str_append_bytes(&out, splice->text, splice->length);
        at = splice->end;
    }
    str_append_bytes(&out, source->text + at, source->length - at);
    const char *text = arena_strndup(splices->arena, out.text, out.length);
    *length = out.length;
    str_finish(&out);
    return text;
}

bool splice_add(struct splices *splices, size_t begin, size_t end, struct str *text)
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
    return true;
}

bool splice_refuse(const struct splices *splices, size_t at, struct error *err, const char *reason)
{
    struct pos pos = source_pos_of_byte(&splices->tree->source, at);
    return error_at(err, pos, _("this cannot be edited safely: %s"), reason);
}

/* ---- Lines ---------------------------------------------------------------------------- */

size_t splice_line_begin(const struct splices *splices, size_t at)
{
    const char *text = splices->tree->source.text;
    while (at > 0 && text[at - 1] != '\n')
        at--;
    return at;
}

size_t splice_line_end(const struct splices *splices, size_t at)
{
    const struct source *source = &splices->tree->source;
    const char *end = memchr(source->text + at, '\n', source->length - at);
    return end != NULL ? (size_t)(end - source->text) + 1 : source->length;
}

size_t splice_line_indent(const struct splices *splices, size_t begin, size_t *first)
{
    *first = begin + strspn(splices->tree->source.text + begin, " ");
    return *first - begin;
}

static bool line_blank(const struct splices *splices, size_t begin)
{
    const char *text = splices->tree->source.text + begin;
    text += strspn(text, " \t\r");
    return *text == '\n' || *text == '\0';
}

size_t splice_node_begin(const struct splices *splices, const struct yaml_node *node)
{
    return source_byte(&splices->tree->source, node->begin);
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

size_t splice_node_end(const struct splices *splices, const struct yaml_node *node)
{
    const struct yaml_node *leaf = last_leaf(node);
    size_t end = source_byte(&splices->tree->source, leaf->end);
    bool block_text =
        leaf->kind == YAML_TEXT && (leaf->style == YAML_LITERAL || leaf->style == YAML_FOLDED);
    if (!block_text)
        return end;
    /* Its content ends with a newline of its own; what is blank behind that is not its. */
    size_t begin = splice_node_begin(splices, leaf);
    const char *text = splices->tree->source.text;
    while (end > begin && strchr(" \t\r\n", text[end - 1]) != NULL)
        end--;
    return end;
}

size_t splice_owned_end(const struct splices *splices, size_t end, size_t column)
{
    size_t owned = splice_line_end(splices, end), length = splices->tree->source.length;
    for (size_t at = owned; at < length; at = splice_line_end(splices, at)) {
        size_t first, indent = splice_line_indent(splices, at, &first);
        if (line_blank(splices, at))
            continue;
        if (splices->tree->source.text[first] != '#' || indent <= column)
            break;
        owned = splice_line_end(splices, at);
    }
    return owned;
}

const struct yaml_node *yaml_nth(const struct yaml_node *first, size_t index)
{
    while (index-- > 0)
        first = first->next;
    return first;
}

/* ---- Anchors --------------------------------------------------------------------------- */

static bool inside(const struct yaml_node *node, const struct yaml_node *range)
{
    return node->begin >= range->begin && node->end <= range->end;
}

/* The first alias outside of `range` whose target is inside. */
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

bool splice_may_drop(const struct splices *splices, const struct yaml_node *node, struct error *err)
{
    const struct yaml_node *alias = alias_into(splices->tree->root, node);
    if (alias == NULL)
        return true;
    struct pos pos = yaml_pos(splices->tree, node);
    return error_at(err, pos, _("this is needed by the alias in line %u and cannot be changed"),
                    alias->line);
}
