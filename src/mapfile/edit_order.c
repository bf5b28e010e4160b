/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "edit_verbs.h"

#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/model/journey.h>

/* ---- Where things go ------------------------------------------------------------------------- */

static bool place_by_id(const struct edit *edit, const struct yaml_node *list, size_t *out)
{
    const struct place *place = &edit->operation->place;
    size_t index = 0;
    for (const struct yaml_node *at = list->first; at != NULL; at = at->next, index++) {
        const char *id = item_id(at);
        if (id != NULL && strcmp(id, place->id) == 0) {
            *out = index + (place->kind == PLACE_AFTER ? 1 : 0);
            return true;
        }
    }
    return error_set(edit->err, _("there is no '%s' beside it"), place->id);
}

bool edit_place(const struct edit *edit, const struct yaml_node *list, size_t *out)
{
    const struct place *place = &edit->operation->place;
    switch (place->kind) {
    case PLACE_FIRST:
        *out = 0;
        return true;
    case PLACE_AT:
        *out = place->number - 1;
        if (*out <= list->count)
            return true;
        return error_set(edit->err, _("there is no place %zu: there are only %u"), place->number,
                         (unsigned)list->count);
    case PLACE_BEFORE:
    case PLACE_AFTER:
        return place_by_id(edit, list, out);
    default:
        *out = list->count;
        return true;
    }
}

/* A thing's neighbour as an address: the kind that it has itself, if it has one. */
static const char *neighbour(const struct edit *edit, const char *id)
{
    const char *address = edit->operation->address, *slash = strchr(address, '/');
    if (slash == NULL || strchr(id, '/') != NULL)
        return id;
    return arena_printf(edit->arena, "%.*s/%s", (int)(slash - address), address, id);
}

/* The list of touchpoints that the place names, or the last stage's. */
static bool touchpoints_of_place(const struct edit *edit, struct path *out)
{
    const struct place *place = &edit->operation->place;
    const char *address;
    if (place->kind == PLACE_BEFORE || place->kind == PLACE_AFTER) {
        if (!path_find(edit->arena, &edit->tree, place->id, false, out, edit->err))
            return false;
        out->count--;
        return true;
    }
    if (place->kind == PLACE_INTO) {
        address = arena_printf(edit->arena, "stage/%s.touchpoints", place->id);
    } else {
        const struct yaml_node *stages = yaml_find(edit->tree.root, "stages");
        if (stages == NULL || stages->kind != YAML_LIST || stages->count == 0)
            return error_set(edit->err, _("there is no stage yet; insert stage/ID first"));
        address = arena_printf(edit->arena, "map.stages.%u.touchpoints", (unsigned)stages->count);
    }
    return path_find(edit->arena, &edit->tree, address, true, out, edit->err);
}

/* ---- Inserting ------------------------------------------------------------------------------- */

/* The value of a new thing: its id first, what was given, and what it cannot do without. */
static bool new_thing(struct edit *edit, const char *id, const char *title_key, bool with_id,
                      struct value **out)
{
    struct value *given = value_pairs(edit->arena), *thing = value_pairs(edit->arena);
    if (edit->operation->value != NULL &&
        !value_parse(edit->arena, edit->operation->value, true, &given, edit->err))
        return false;
    if (given->kind == VALUE_TEXT) { /* a text alone is its title */
        struct value *title = given;
        given = value_pairs(edit->arena);
        value_set(edit->arena, given, 0, title_key, title);
    }
    if (given->kind != VALUE_PAIRS)
        return error_set(edit->err, _("'%s' is described by {key: value, …}"),
                         edit->operation->address);
    if (with_id)
        value_set(edit->arena, thing, 0, "id", value_text(edit->arena, id));
    if (value_find(given, title_key) == NONE)
        value_set(edit->arena, thing, thing->count / 2, title_key, value_text(edit->arena, id));
    for (size_t i = 0; i + 1 < given->count; i += 2)
        value_set(edit->arena, thing, thing->count / 2, given->items[i]->text, given->items[i + 1]);
    *out = thing;
    return true;
}

/* Adds to the list that all steps lead to, which need not be there yet. */
static bool insert_into(struct edit *edit, struct path *path, struct value *value)
{
    const struct step *end = path_end(path);
    if (end->node == NULL || (end->node->kind == YAML_TEXT && end->node->count == 0)) {
        struct value *list = value_list(edit->arena);
        value_insert(edit->arena, list, 0, value);
        return end->node == NULL ? edit_add(edit, path, path->count - 1, list)
                                 : edit_replace(edit, path, path->count, list);
    }
    if (end->node->kind == YAML_TEXT) { /* one text stands where a list may */
        struct value *list = value_list(edit->arena);
        value_insert(edit->arena, list, 0, value_of_node(edit->arena, end->node));
        value_insert(edit->arena, list, 1, value);
        return edit_replace(edit, path, path->count, list);
    }
    if (end->node->kind != YAML_LIST)
        return error_set(edit->err, _("'%s' is no list"), edit->operation->address);
    size_t index;
    return edit_place(edit, end->node, &index) &&
           edit_add_item(edit, path, path->count, index, value);
}

static bool insert_touchpoint(struct edit *edit, const char *id)
{
    struct path path;
    struct value *value;
    return touchpoints_of_place(edit, &path) && new_thing(edit, id, "title", true, &value) &&
           insert_into(edit, &path, value);
}

static bool insert_in_list(struct edit *edit, const char *key, const char *id)
{
    struct path path;
    struct value *value;
    const char *address = arena_printf(edit->arena, "map.%s", key);
    if (!path_find(edit->arena, &edit->tree, address, true, &path, edit->err) ||
        !new_thing(edit, id, "title", true, &value))
        return false;
    if (strcmp(key, "stages") == 0 && value_find(value, "touchpoints") == NONE)
        value_set(edit->arena, value, value->count / 2, "touchpoints", value_list(edit->arena));
    return insert_into(edit, &path, value);
}

static bool insert_in_mapping(struct edit *edit, const char *title_key, const char *id)
{
    struct path path;
    struct value *value;
    if (!path_find(edit->arena, &edit->tree, edit->operation->address, true, &path, edit->err))
        return false;
    if (path_end(&path)->node != NULL)
        return error_set(edit->err, _("there is a '%s' already"), edit->operation->address);
    if (!new_thing(edit, id, title_key, false, &value))
        return false;
    const struct step *step = path_end(&path);
    if (step->parent != NULL && step->parent->kind == YAML_PAIRS)
        return edit_add(edit, &path, path.count - 1, value);
    struct value *pairs = value_pairs(edit->arena);
    value_set(edit->arena, pairs, 0, step->key, value);
    return step->parent == NULL ? edit_add(edit, &path, path.count - 2, pairs)
                                : edit_replace(edit, &path, path.count - 1, pairs);
}

static bool insert_value(struct edit *edit)
{
    struct path path;
    struct value *value;
    if (edit->operation->value == NULL)
        return error_set(edit->err, _("'insert %s' needs a value"), edit->operation->address);
    if (!path_find(edit->arena, &edit->tree, edit->operation->address, true, &path, edit->err))
        return false;
    const struct field *field = path.count > 0 ? path_end(&path)->field : NULL;
    if (field != NULL && field->kind == FIELD_TEXTS)
        value = value_text(edit->arena, edit->operation->value);
    else if (!value_parse(edit->arena, edit->operation->value, true, &value, edit->err))
        return false;
    if (field != NULL && field->kind == FIELD_TEXTS)
        value->quoted = true; /* a text that looks like a number gets quotes */
    return path.count > 0 ? insert_into(edit, &path, value)
                          : error_set(edit->err, _("'%s' is no list"), edit->operation->address);
}

bool edit_insert(struct edit *edit)
{
    static const struct {
        const char *kind, *key; /* key NULL: in a mapping */
        const char *title;
    } kinds[] = {
        { "stage/", "stages", "title" }, { "route/", "routes", "title" },
        { "persona/", NULL, "name" },    { "context/", NULL, "label" },
        { "channel/", NULL, "label" },   { "metric/", NULL, "label" },
    };
    const char *address = edit->operation->address;
    if (strchr(address, '.') != NULL)
        return insert_value(edit);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t length = strlen(kinds[i].kind);
        if (strncmp(address, kinds[i].kind, length) != 0)
            continue;
        return kinds[i].key != NULL ? insert_in_list(edit, kinds[i].key, address + length)
                                    : insert_in_mapping(edit, kinds[i].title, address + length);
    }
    bool named = strncmp(address, "touchpoint/", strlen("touchpoint/")) == 0;
    return insert_touchpoint(edit, named ? address + strlen("touchpoint/") : address);
}

/* ---- Moving ---------------------------------------------------------------------------------- */

/* The list that the place names: another stage's, or the one that the thing is in. */
static bool target_of(const struct edit *edit, const struct path *from, struct path *to)
{
    const struct place *place = &edit->operation->place;
    *to = *from;
    to->count--;
    if (place->kind == PLACE_INTO)
        return touchpoints_of_place(edit, to);
    bool by_id = place->kind == PLACE_BEFORE || place->kind == PLACE_AFTER;
    bool touchpoint = from->count == 4 && strcmp(from->steps[0].key, "stages") == 0;
    if (!by_id || !touchpoint)
        return true;
    if (!path_find(edit->arena, &edit->tree, neighbour(edit, place->id), false, to, edit->err))
        return false;
    to->count--;
    return true;
}

bool edit_move(struct edit *edit)
{
    struct path from, to;
    size_t index;
    if (!path_find(edit->arena, &edit->tree, edit->operation->address, false, &from, edit->err))
        return false;
    const struct step *step = from.count > 0 ? path_end(&from) : NULL;
    if (step == NULL || step->key != NULL || step->node == NULL)
        return error_set(edit->err, _("'%s' has no place in an order"), edit->operation->address);
    if (!target_of(edit, &from, &to))
        return false;
    const struct yaml_node *list = path_end(&to)->node;
    if (list == NULL || list->kind != YAML_LIST)
        return error_set(edit->err, _("there is no list to move '%s' to"),
                         edit->operation->address);
    if (!edit_place(edit, list, &index))
        return false;

    bool same = list == step->parent;
    if (same && edit->operation->place.kind == PLACE_AT && index > step->index)
        index++; /* the number says where it is to stand when it is gone from where it stood */
    if (same && index > list->count)
        index = list->count;
    if (same && (index == step->index || index == step->index + 1))
        return true;
    struct value *source = intent_at(edit, &from, from.count - 1);
    struct value *target = intent_at(edit, &to, to.count), *value = source->items[step->index];
    value_remove(source, step->index);
    value_insert(edit->arena, target, same && index > step->index ? index - 1 : index, value);
    return splice_move_item(&edit->splices, from.steps[from.count - 2].parent, step->parent,
                            step->index, path_end(&to)->parent, list, index, edit->err);
}
