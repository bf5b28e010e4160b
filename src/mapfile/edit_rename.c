/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "edit_verbs.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>

/*
 * Who names a thing by its id: the value of a key, alone or in lists; or a key of the mapping that
 * stands under a key, whole or as a side of persona@context.
 */
static const struct referrer {
    const char *kind;
    const char *key;
    enum { IN_VALUE, IN_KEYS, BEFORE_AT, BEHIND_AT } where;
} referrers[] = {
    { "touchpoint", "through", IN_VALUE },   { "touchpoint", "touchpoint", IN_VALUE },
    { "persona", "persona", IN_VALUE },      { "persona", "for", IN_VALUE },
    { "persona", "expectation", BEFORE_AT }, { "persona", "experience", BEFORE_AT },
    { "context", "expectation", BEHIND_AT }, { "context", "experience", BEHIND_AT },
    { "context", "contexts", IN_KEYS },      { "channel", "channel", IN_VALUE },
    { "channel", "handovers", IN_VALUE },    { "metric", "metric", IN_VALUE },
    { "metric", "metrics", IN_VALUE },
};

struct renaming {
    struct edit *edit;
    const char *kind, *old, *new;
    const struct yaml_node *own; /* the thing's own key, which is done already; NULL */
};

static bool put_text(struct renaming *renaming, const struct yaml_node *node, struct value *value,
                     const char *text)
{
    value_open(renaming->edit->arena, value);
    value->text = text;
    value->length = strlen(text);
    return splice_key(&renaming->edit->splices, node, text, renaming->edit->err);
}

static bool rename_value(struct renaming *renaming, const struct yaml_node *node,
                         struct value *value)
{
    if (node->kind == YAML_ALIAS)
        return true;
    if (node->kind == YAML_TEXT)
        return strcmp(node->text, renaming->old) != 0 ||
               put_text(renaming, node, value, renaming->new);
    size_t index = 0;
    value_open(renaming->edit->arena, value);
    if (node->kind == YAML_LIST)
        for (const struct yaml_node *at = node->first; at != NULL; at = at->next)
            if (!rename_value(renaming, at, value->items[index++]))
                return false;
    return true;
}

/* "anna@hurried" with one side renamed; NULL: the side is another one. */
static const char *rename_scope(const struct renaming *renaming, const char *scope, bool before)
{
    struct arena *arena = renaming->edit->arena;
    const char *at = strchr(scope, '@');
    size_t first = at != NULL ? (size_t)(at - scope) : strlen(scope);
    if (before && strlen(renaming->old) == first && strncmp(scope, renaming->old, first) == 0)
        return arena_printf(arena, "%s%s", renaming->new, at != NULL ? at : "");
    if (!before && at != NULL && strcmp(at + 1, renaming->old) == 0)
        return arena_printf(arena, "%.*s@%s", (int)first, scope, renaming->new);
    return NULL;
}

static bool rename_keys(struct renaming *renaming, const struct referrer *referrer,
                        const struct yaml_node *pairs, struct value *value)
{
    if (pairs->kind != YAML_PAIRS)
        return true;
    size_t index = 0;
    value_open(renaming->edit->arena, value);
    for (const struct yaml_node *at = pairs->first; at != NULL; at = at->next->next, index += 2) {
        if (at->kind != YAML_TEXT || at == renaming->own)
            continue;
        const char *text = referrer->where == IN_KEYS
                               ? (strcmp(at->text, renaming->old) == 0 ? renaming->new : NULL)
                               : rename_scope(renaming, at->text, referrer->where == BEFORE_AT);
        if (text != NULL && !put_text(renaming, at, value->items[index], text))
            return false;
    }
    return true;
}

static bool rename_below(struct renaming *renaming, const struct yaml_node *node,
                         struct value *value);

static bool rename_pair(struct renaming *renaming, const struct yaml_node *key,
                        const struct yaml_node *node, struct value *value)
{
    for (size_t i = 0; key->kind == YAML_TEXT && i < ARRAY_LEN(referrers); i++) {
        const struct referrer *referrer = &referrers[i];
        if (strcmp(referrer->kind, renaming->kind) != 0 || strcmp(referrer->key, key->text) != 0)
            continue;
        /* `metrics` and `channels` at the top hold the things themselves, as mappings. */
        bool fine = referrer->where == IN_VALUE ? rename_value(renaming, node, value)
                                                : rename_keys(renaming, referrer, node, value);
        if (!fine)
            return false;
    }
    return rename_below(renaming, node, value);
}

static bool rename_below(struct renaming *renaming, const struct yaml_node *node,
                         struct value *value)
{
    size_t index = 0;
    value_open(renaming->edit->arena, value);
    if (node->kind == YAML_LIST) {
        for (const struct yaml_node *at = node->first; at != NULL; at = at->next)
            if (!rename_below(renaming, at, value->items[index++]))
                return false;
    } else if (node->kind == YAML_PAIRS) {
        for (const struct yaml_node *at = node->first; at != NULL; at = at->next->next, index += 2)
            if (!rename_pair(renaming, at, at->next, value->items[index + 1]))
                return false;
    }
    return true;
}

/* "touchpoint" for `ticket`, "persona" for `persona/anna`; NULL for anything deeper. */
static const char *kind_of(struct arena *arena, const char *address)
{
    const char *slash = strchr(address, '/');
    if (address_fields(address) != NULL || strcmp(address, "map") == 0)
        return NULL;
    return slash != NULL ? arena_strndup(arena, address, (size_t)(slash - address)) : "touchpoint";
}

/* Changes the id where the thing has it: as the key it stands under, or as its `id`. */
static bool rename_itself(struct renaming *renaming, const struct path *path)
{
    struct edit *edit = renaming->edit;
    const struct step *step = path_end(path);
    if (step->key != NULL) {
        struct value *parent = intent_at(edit, path, path->count - 1);
        renaming->own = yaml_nth(step->parent->first, 2 * step->index);
        return put_text(renaming, renaming->own, parent->items[2 * step->index], renaming->new);
    }
    struct value *thing = intent_at(edit, path, path->count);
    const struct yaml_node *id = step->node->kind == YAML_PAIRS ? step->node->first : NULL;
    while (id != NULL && !(id->kind == YAML_TEXT && strcmp(id->text, "id") == 0))
        id = id->next->next;
    if (id == NULL || id->next->kind != YAML_TEXT)
        return error_set(edit->err, _("'%s' has no id of its own"), edit->operation->address);
    return put_text(renaming, id->next, thing->items[value_find(thing, "id")], renaming->new);
}

bool edit_rename(struct edit *edit)
{
    struct path path;
    struct renaming renaming = { .edit = edit, .new = edit->operation->value };
    if (!edit_find(edit, edit->operation->address, false, &path))
        return false;
    renaming.kind = kind_of(edit->arena, edit->operation->address);
    const struct step *step = path.count > 0 ? path_end(&path) : NULL;
    if (step == NULL || step->node == NULL || (step->key == NULL && step->id == NULL))
        return error_set(edit->err, _("'%s' has no id to change"), edit->operation->address);
    renaming.old = step->key != NULL ? step->key : step->id;
    if (renaming.kind == NULL) /* an aspect or opportunity: nobody else names it by a key */
        return step->key == NULL
                   ? rename_itself(&renaming, &path)
                   : error_set(edit->err, _("'%s' has no id to change"), edit->operation->address);
    return rename_itself(&renaming, &path) &&
           rename_below(&renaming, edit->tree.root, edit->intent);
}
