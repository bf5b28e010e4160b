/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trees.h"

#include <string.h>

static bool same_node(const struct yaml_node *a, const struct yaml_node *b)
{
    if (a->kind != b->kind || a->style != b->style || a->anchored != b->anchored ||
        a->tagged != b->tagged || a->count != b->count || a->line != b->line ||
        a->begin != b->begin || a->end != b->end)
        return false;
    if (a->kind == YAML_TEXT)
        return memcmp(a->text, b->text, a->count + 1) == 0;
    if (a->kind == YAML_ALIAS)
        return a->target->begin == b->target->begin;
    const struct yaml_node *child = a->first, *other = b->first;
    for (; child != NULL && other != NULL; child = child->next, other = other->next)
        if (!same_node(child, other))
            return false;
    return child == other;
}

bool trees_equal(const struct yaml_tree *a, const struct yaml_tree *b)
{
    return same_node(a->root, b->root) && a->linked == b->linked &&
           a->source.file == b->source.file && a->source.characters == b->source.characters;
}
