/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/mapfile/value.h>

#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/model/journey.h>

static struct value *value_new(struct arena *arena, enum value_kind kind)
{
    struct value *value = arena_alloc(arena, sizeof *value);
    value->kind = kind;
    return value;
}

struct value *value_text(struct arena *arena, const char *text)
{
    struct value *value = value_new(arena, VALUE_TEXT);
    value->text = text;
    value->length = strlen(text);
    return value;
}

struct value *value_list(struct arena *arena)
{
    return value_new(arena, VALUE_LIST);
}

struct value *value_pairs(struct arena *arena)
{
    return value_new(arena, VALUE_PAIRS);
}

static void append(struct arena *arena, struct value *list, struct value *item)
{
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] = item;
}

static void take_text(struct value *value, const struct yaml_node *node)
{
    value->kind = VALUE_TEXT;
    value->text = node->text;
    value->length = node->count;
    value->nothing = node->count == 0 && node->style == YAML_PLAIN;
    value->quoted = node->style != YAML_PLAIN;
}

struct value *value_node(struct arena *arena, const struct yaml_node *node)
{
    struct value *value = value_new(arena, VALUE_NODE);
    value->node = node;
    return value;
}

void value_open(struct arena *arena, struct value *value)
{
    if (value->kind != VALUE_NODE)
        return;
    const struct yaml_node *node = yaml_resolve(value->node);
    if (node->kind == YAML_TEXT) {
        take_text(value, node);
        return;
    }
    value->kind = node->kind == YAML_LIST ? VALUE_LIST : VALUE_PAIRS;
    for (const struct yaml_node *child = node->first; child != NULL; child = child->next)
        append(arena, value, value_node(arena, child));
}

/* Trees are at most YAML_DEPTH_MAX deep, and what aliases add to them is bounded. */
struct value *value_of_node(struct arena *arena, const struct yaml_node *node)
{
    struct value *value = value_node(arena, node);
    value_open(arena, value);
    for (size_t i = 0; i < value->count; i++)
        value->items[i] = value_of_node(arena, value->items[i]->node);
    return value;
}

static struct value *as_it_stands(struct arena *arena, const char *text)
{
    struct value *value = value_text(arena, text);
    value->quoted = true;
    return value;
}

/* True where YAML drops and folds nothing of what was typed. */
static bool says_all(const struct yaml_node *root, const char *text)
{
    if (root->tagged || root->anchored)
        return false;
    if (root->kind == YAML_TEXT && root->style == YAML_PLAIN)
        return strcmp(root->text, text) == 0;
    return root->style != YAML_LITERAL && root->style != YAML_FOLDED;
}

bool value_parse(struct arena *arena, const char *text, struct value **out, struct error *err)
{
    struct diag_list findings;
    struct yaml_tree tree;
    diag_list_init(&findings, arena);
    bool fine =
        yaml_read(arena, arena, NULL, text, strlen(text), &tree, &findings) && findings.errors == 0;
    if (!fine && (*text == '[' || *text == '{'))
        return error_set(err, _("'%s' is no YAML: %s"), text,
                         findings.items[findings.count - 1].text);
    if (!fine || tree.root == NULL || !says_all(tree.root, text))
        *out = as_it_stands(arena, text);
    else
        *out = value_of_node(arena, tree.root);
    return true;
}

static bool says_nothing(const struct yaml_node *text)
{
    return text->count == 0 && text->style == YAML_PLAIN;
}

static bool nodes_equal(const struct yaml_node *a, const struct yaml_node *b)
{
    a = yaml_resolve(a);
    b = yaml_resolve(b);
    if (a->kind != b->kind || a->count != b->count)
        return false;
    if (a->kind == YAML_TEXT)
        return says_nothing(a) == says_nothing(b) && memcmp(a->text, b->text, a->count) == 0;
    const struct yaml_node *other = b->first;
    for (const struct yaml_node *child = a->first; child != NULL; child = child->next) {
        if (!nodes_equal(child, other))
            return false;
        other = other->next;
    }
    return true;
}

bool value_said(const struct value *value, const struct yaml_node *node)
{
    if (value->kind == VALUE_NODE)
        return nodes_equal(value->node, node);
    node = yaml_resolve(node);
    if (value->kind == VALUE_TEXT)
        return node->kind == YAML_TEXT && value->nothing == says_nothing(node) &&
               value->length == node->count && memcmp(value->text, node->text, node->count) == 0;
    bool pairs = value->kind == VALUE_PAIRS;
    if (node->kind != (pairs ? YAML_PAIRS : YAML_LIST) ||
        value->count != (pairs ? 2 * (size_t)node->count : node->count))
        return false;
    const struct yaml_node *child = node->first;
    for (size_t i = 0; i < value->count; i++) {
        if (!value_said(value->items[i], child))
            return false;
        child = child->next;
    }
    return true;
}

int value_find(const struct value *pairs, const char *key)
{
    for (size_t i = 0; i + 1 < pairs->count; i += 2) {
        const struct value *own = pairs->items[i];
        const struct yaml_node *node = own->kind == VALUE_NODE ? yaml_resolve(own->node) : NULL;
        if (node != NULL ? node->kind == YAML_TEXT && strcmp(node->text, key) == 0
                         : own->kind == VALUE_TEXT && strcmp(own->text, key) == 0)
            return (int)i + 1;
    }
    return NONE;
}

void value_insert(struct arena *arena, struct value *list, size_t index, struct value *item)
{
    append(arena, list, item);
    memmove(list->items + index + 1, list->items + index,
            (list->count - 1 - index) * sizeof *list->items);
    list->items[index] = item;
}

void value_remove(struct value *list, size_t index)
{
    list->count--;
    memmove(list->items + index, list->items + index + 1,
            (list->count - index) * sizeof *list->items);
}

void value_set(struct arena *arena, struct value *pairs, size_t index, const char *key,
               struct value *value)
{
    int found = value_find(pairs, key);
    if (found != NONE) {
        pairs->items[found] = value;
        return;
    }
    value_insert(arena, pairs, 2 * index, value_text(arena, key));
    value_insert(arena, pairs, 2 * index + 1, value);
}
