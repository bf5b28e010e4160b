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

/* Trees are at most YAML_DEPTH_MAX deep, and what aliases add to them is bounded. */
struct value *value_of_node(struct arena *arena, const struct yaml_node *node)
{
    node = yaml_resolve(node);
    if (node->kind == YAML_TEXT) {
        struct value *value = value_text(arena, node->text);
        value->nothing = node->count == 0 && node->style == YAML_PLAIN;
        value->quoted = node->style != YAML_PLAIN;
        return value;
    }
    struct value *value = value_new(arena, node->kind == YAML_LIST ? VALUE_LIST : VALUE_PAIRS);
    for (const struct yaml_node *child = node->first; child; child = child->next)
        append(arena, value, value_of_node(arena, child));
    return value;
}

bool value_parse(struct arena *arena, const char *text, bool lenient, struct value **out,
                 struct error *err)
{
    struct diag_list findings;
    struct yaml_tree tree;
    diag_list_init(&findings, arena);
    bool fine =
        yaml_read(arena, arena, NULL, text, strlen(text), &tree, &findings) && findings.errors == 0;
    if (fine) {
        *out = tree.root ? value_of_node(arena, tree.root) : value_text(arena, "");
        return true;
    }
    if (lenient) {
        *out = value_text(arena, text);
        return true;
    }
    return error_set(err, _("'%s' is no YAML: %s"), text,
                     findings.count ? findings.items[findings.count - 1].text : "");
}

bool value_equal(const struct value *a, const struct value *b)
{
    if (a == b)
        return true;
    if (a->kind != b->kind)
        return false;
    if (a->kind == VALUE_TEXT)
        return a->nothing == b->nothing && a->length == b->length &&
               memcmp(a->text, b->text, a->length) == 0;
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!value_equal(a->items[i], b->items[i]))
            return false;
    return true;
}

int value_find(const struct value *pairs, const char *key)
{
    for (size_t i = 0; i + 1 < pairs->count; i += 2)
        if (pairs->items[i]->kind == VALUE_TEXT && strcmp(pairs->items[i]->text, key) == 0)
            return (int)i + 1;
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

void value_unset(struct value *pairs, const char *key)
{
    int found = value_find(pairs, key);
    if (found == NONE)
        return;
    value_remove(pairs, (size_t)found);
    value_remove(pairs, (size_t)found - 1);
}
