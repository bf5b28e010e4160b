/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "edit_verbs.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/model/journey.h>

/* ---- Where things go ----------------------------------------------------------------------- */

static bool place_by_id(const struct edit *edit, const struct yaml_node *list, size_t *out)
{
    const struct place *place = &edit->operation->place;
    size_t index = 0;
    const struct yaml_node *at = list != NULL ? list->first : NULL;
    const char *slash = strchr(place->id, '/'), *wanted = slash != NULL ? slash + 1 : place->id;
    for (; at != NULL; at = at->next, index++) {
        const char *id = item_id(at);
        if (id != NULL && strcmp(id, wanted) == 0) {
            *out = index + (place->kind == PLACE_AFTER ? 1 : 0);
            return true;
        }
    }
    return error_set(edit->err, _("there is no '%s' beside it"), place->id);
}

/* The index of the operation's place among the items of a list; NULL: one that is empty. */
static bool find_place(const struct edit *edit, const struct yaml_node *list, size_t *out)
{
    const struct place *place = &edit->operation->place;
    size_t count = list != NULL ? list->count : 0;
    switch (place->kind) {
    case PLACE_FIRST:
        *out = 0;
        return true;
    case PLACE_AT:
        *out = place->number - 1;
        if (*out <= count)
            return true;
        return error_set(edit->err,
                         ngettext("there is no place %zu: there is only %zu",
                                  "there is no place %zu: there are only %zu", count),
                         place->number, count);
    case PLACE_BEFORE:
    case PLACE_AFTER:
        return place_by_id(edit, list, out);
    default:
        *out = count;
        return true;
    }
}

static bool is_touchpoint(const struct path *path)
{
    return path->count == 4 && strcmp(path->steps[0].key, "stages") == 0 &&
           path->steps[2].key != NULL && strcmp(path->steps[2].key, "touchpoints") == 0;
}

/* The list of touchpoints that the place names; without a name the last stage's. */
static bool touchpoints_of_place(const struct edit *edit, struct path *out)
{
    const struct place *place = &edit->operation->place;
    const char *address;
    if (place->kind == PLACE_BEFORE || place->kind == PLACE_AFTER) {
        if (!edit_find(edit, place->id, false, out))
            return false;
        if (!is_touchpoint(out))
            return error_set(edit->err, _("'%s' is no touchpoint"), place->id);
        out->count--;
        return true;
    }
    if (place->kind == PLACE_INTO) {
        address = arena_printf(edit->arena, "stage/%s.touchpoints", place->id);
    } else {
        const struct yaml_node *stages = yaml_find(edit->tree.root, "stages");
        if (stages == NULL || stages->kind != YAML_LIST || stages->count == 0)
            return error_set(
                edit->err,
                _("there is no stage yet: insert stage/ID makes one, as does A in the workbench"));
        address = arena_printf(edit->arena, "map.stages.%u.touchpoints", (unsigned)stages->count);
    }
    return edit_find(edit, address, true, out);
}

/* Only touchpoints go into something. */
static bool expect_no_stage(const struct edit *edit)
{
    return edit->operation->place.kind != PLACE_INTO ||
           error_set(edit->err, _("'%s' does not go into a stage"), edit->operation->address);
}

/* ---- Inserting ----------------------------------------------------------------------------- */

/* What was given of a new thing as pairs: a text alone is its title. */
static bool describe(struct edit *edit, const char *title_key, struct value **out)
{
    struct value *given = value_pairs(edit->arena), *pairs = given;
    *out = pairs;
    if (edit->operation->value != NULL &&
        !value_parse(edit->arena, edit->operation->value, &given, edit->err))
        return false;
    if (given->kind == VALUE_TEXT) {
        given->quoted = true;
        value_set(edit->arena, pairs, 0, title_key, given);
        return true;
    }
    *out = given;
    bool fine = given->kind == VALUE_PAIRS;
    for (size_t i = 0; fine && i < given->count; i += 2)
        fine = given->items[i]->kind == VALUE_TEXT;
    return fine || error_set(edit->err, _("'%s' is described by {key: value, …}"),
                             edit->operation->address);
}

/* The value of a new thing: its id first, then what it cannot do without, then what was given. */
static bool new_thing(struct edit *edit, const char *id, const char *title_key, bool with_id,
                      struct value **out)
{
    struct value *given, *thing = value_pairs(edit->arena);
    if (!describe(edit, title_key, &given))
        return false;
    if (with_id)
        value_set(edit->arena, thing, 0, "id", value_text(edit->arena, id));
    if (value_find(given, title_key) == NONE)
        value_set(edit->arena, thing, thing->count / 2, title_key, value_text(edit->arena, id));
    for (size_t i = 0; i < given->count; i += 2)
        value_set(edit->arena, thing, thing->count / 2, given->items[i]->text, given->items[i + 1]);
    *out = thing;
    return true;
}

/* A list takes the place of nothing, or of the one text that stood for it. */
static bool begin_list(struct edit *edit, const struct path *path, struct value *value)
{
    const struct yaml_node *node = path_end(path)->node;
    struct value *list = value_list(edit->arena);
    size_t index;
    if (node != NULL && node->count > 0)
        value_insert(edit->arena, list, 0, value_of_node(edit->arena, node));
    const struct yaml_node nameless = { .kind = YAML_LIST, .count = list->count > 0 };
    if (!find_place(edit, &nameless, &index))
        return false;
    value_insert(edit->arena, list, index, value);
    return edit_put(edit, path, list);
}

/* Adds to the list that all steps lead to, which need not be there yet. */
static bool insert_into(struct edit *edit, const struct path *path, struct value *value)
{
    const struct yaml_node *node = path_end(path)->node;
    size_t index;
    if (node == NULL || node->kind == YAML_TEXT)
        return begin_list(edit, path, value);
    if (node->kind != YAML_LIST)
        return error_set(edit->err, _("'%s' is no list"), edit->operation->address);
    return find_place(edit, node, &index) && edit_add_item(edit, path, path->count, index, value);
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
    if (!expect_no_stage(edit) || !edit_find(edit, address, true, &path) ||
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
    if (edit->operation->place.kind != PLACE_NONE)
        return error_set(edit->err, _("'%s' has no place in an order"), edit->operation->address);
    if (!edit_find(edit, edit->operation->address, true, &path))
        return false;
    if (path_end(&path)->node != NULL)
        return error_set(edit->err, _("there is a '%s' already"), edit->operation->address);
    return new_thing(edit, id, title_key, false, &value) && edit_put(edit, &path, value);
}

static bool insert_value(struct edit *edit)
{
    struct path path;
    struct value *value;
    if (edit->operation->value == NULL)
        return error_set(edit->err, _("'insert %s' needs a value"), edit->operation->address);
    if (!expect_no_stage(edit) || !edit_find(edit, edit->operation->address, true, &path))
        return false;
    if (path.count == 0)
        return error_set(edit->err, _("'%s' is no list"), edit->operation->address);
    struct step item = { .field = path_end(&path)->field };
    return edit_value(edit, &item, &value) && insert_into(edit, &path, value);
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
    if (address_fields(address) != NULL || strcmp(address, "map") == 0)
        return insert_value(edit);
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        size_t length = strlen(kinds[i].kind);
        if (strncmp(address, kinds[i].kind, length) != 0)
            continue;
        return kinds[i].key != NULL ? insert_in_list(edit, kinds[i].key, address + length)
                                    : insert_in_mapping(edit, kinds[i].title, address + length);
    }
    bool named = strncmp(address, "touchpoint/", strlen("touchpoint/")) == 0;
    return insert_touchpoint(edit, named ? address + strlen("touchpoint/") : address);
}

/* ---- Moving -------------------------------------------------------------------------------- */

/* The list that the place names: another stage's, or the one that the thing is in. */
static bool target_of(const struct edit *edit, const struct path *from, struct path *to)
{
    enum place_kind kind = edit->operation->place.kind;
    if (is_touchpoint(from) && (kind == PLACE_INTO || kind == PLACE_BEFORE || kind == PLACE_AFTER))
        return touchpoints_of_place(edit, to);
    *to = *from;
    to->count--;
    return expect_no_stage(edit);
}

/* Where an item stands when it is gone from where it stood. */
static bool find_target(const struct edit *edit, const struct step *step,
                        const struct yaml_node *list, size_t *out)
{
    bool same = list == step->parent;
    if (!find_place(edit, list, out))
        return false;
    if (same && edit->operation->place.kind == PLACE_AT && *out > step->index)
        ++*out; /* the number is the one that it is to have */
    if (same && *out > list->count)
        *out = list->count;
    return true;
}

bool edit_move(struct edit *edit)
{
    struct path from, to;
    size_t index;
    if (!edit_find(edit, edit->operation->address, false, &from))
        return false;
    const struct step *step = from.count > 0 ? path_end(&from) : NULL;
    if (step == NULL || step->key != NULL || step->node == NULL)
        return error_set(edit->err, _("'%s' has no place in an order"), edit->operation->address);
    if (!target_of(edit, &from, &to))
        return false;
    const struct step *end = path_end(&to);
    if (end->node == NULL || end->node->kind != YAML_LIST)
        return error_set(edit->err, _("there is no list to move '%s' to"),
                         edit->operation->address);
    if (!find_target(edit, step, end->node, &index))
        return false;

    bool same = end->node == step->parent;
    if (same && (index == step->index || index == step->index + 1))
        return true;
    struct value *source = intent_at(edit, &from, from.count - 1);
    struct value *target = intent_at(edit, &to, to.count), *value = source->items[step->index];
    value_remove(source, step->index);
    value_insert(edit->arena, target, same && index > step->index ? index - 1 : index, value);
    return splice_move_item(
        &edit->splices,
        (struct splice_item){ from.steps[from.count - 2].parent, step->parent, step->index },
        (struct splice_item){ end->parent, end->node, index }, edit->err);
}
