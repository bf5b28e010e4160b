/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "edit_verbs.h"

#include <string.h>

#include <stellwerk/base/i18n.h>

/* ---- Ways into the old text and the intent ------------------------------------------------- */

bool edit_find(const struct edit *edit, const char *address, bool makes, struct path *out)
{
    if (!path_find(edit->arena, &edit->tree, edit->shape, address, makes, out, edit->err))
        return false;
    /* What an alias says elsewhere, too, must not change with it. */
    for (size_t i = 0; i < out->count; i++) {
        const struct yaml_node *node = out->steps[i].node;
        if (node != NULL && node->anchored && !splice_may_drop(&edit->splices, node, edit->err))
            return false;
    }
    return true;
}

struct value *intent_at(const struct edit *edit, const struct path *path, size_t steps)
{
    struct value *value = edit->intent;
    value_open(edit->arena, value);
    for (size_t i = 0; i < steps; i++) {
        const struct step *step = &path->steps[i];
        value = value->items[step->key != NULL ? 2 * step->index + 1 : step->index];
        value_open(edit->arena, value);
    }
    return value;
}

bool edit_value(const struct edit *edit, const struct step *step, struct value **out)
{
    return typed_value(edit->arena, step->field, step->key == NULL, edit->operation->value, out,
                       edit->err);
}

/* ---- Putting in its place ------------------------------------------------------------------ */

static bool replace(struct edit *edit, const struct path *path, size_t steps, struct value *value)
{
    const struct step *step = &path->steps[steps - 1];
    struct value *parent = intent_at(edit, path, steps - 1);
    parent->items[step->key != NULL ? 2 * step->index + 1 : step->index] = value;
    bool quotes = edit->style != YAML_PLAIN;
    struct scalar_form form = {
        .style = quotes ? edit->style : (enum yaml_style)step->node->style,
        .typed = !value->quoted && !quotes,
    };
    return splice_value(&edit->splices, step->parent, step->node, value, form, edit->err);
}

static size_t order_of(const struct shape *shape, const char *key)
{
    for (size_t i = 0; i < shape->field_count; i++)
        if (strcmp(shape->fields[i].key, key) == 0)
            return i;
    return shape->field_count;
}

/* Keys of a struct stand in the order of the schema, as far as the file keeps it. */
static size_t pair_place(const struct step *step)
{
    const struct yaml_node *pairs = step->parent;
    if (step->shape == NULL)
        return pairs->count;
    size_t place = pairs->count > 0 ? 1 : 0, own = order_of(step->shape, step->key), index = 0;
    for (const struct yaml_node *at = pairs->first; at != NULL; at = at->next->next) {
        index++;
        if (at->kind == YAML_TEXT && order_of(step->shape, at->text) < own)
            place = index;
    }
    return place;
}

bool edit_add_item(struct edit *edit, const struct path *path, size_t steps, size_t index,
                   struct value *value)
{
    const struct step *step = &path->steps[steps - 1];
    if (edit->style != YAML_PLAIN && value->kind == VALUE_TEXT)
        value->quoted = true;
    value_insert(edit->arena, intent_at(edit, path, steps), index, value);
    return splice_insert_item(&edit->splices, step->parent, step->node, index, value, edit->err);
}

static bool not_there(const struct edit *edit, const char *id)
{
    return error_set(edit->err, _("'%s': there is no '%s' yet; insert it"),
                     edit->operation->address, id != NULL ? id : "1");
}

static bool add(struct edit *edit, const struct path *path, size_t at, struct value *value)
{
    const struct step *step = &path->steps[at];
    struct value *parent = intent_at(edit, path, at);
    if (step->key == NULL)
        return not_there(edit, step->id);
    if (edit->style != YAML_PLAIN && value->kind == VALUE_TEXT)
        value->quoted = true;
    size_t place = pair_place(step);
    value_set(edit->arena, parent, place, step->key, value);
    return splice_insert_pair(&edit->splices, step->parent, place, step->key, value, edit->err);
}

/* ---- Setting ------------------------------------------------------------------------------- */

/* What a short form stands for: `all: 70` is both ends of a zone, `promise: 90` is a score. */
static bool write_out(struct edit *edit, const struct step *below, const struct yaml_node *text,
                      struct value **out)
{
    struct value *pairs = value_pairs(edit->arena), *old = value_of_node(edit->arena, text);
    *out = pairs;
    if (old->nothing)
        return true;
    if (below->shape == NULL || below->shape->shorthand == NULL)
        return error_set(edit->err, _("'%s': there is nothing inside of what stands before '%s'"),
                         edit->operation->address, below->key != NULL ? below->key : below->id);
    if (below->shape == &expectation_shape) {
        value_set(edit->arena, pairs, 0, "adequate", old);
        value_set(edit->arena, pairs, 1, "desired", old);
    } else {
        value_set(edit->arena, pairs, 0, below->shape->shorthand, old);
    }
    return true;
}

/* The value of the step `from` when only the last of the steps behind it has one. */
static bool nest(struct edit *edit, const struct path *path, size_t from, struct value **value)
{
    for (size_t i = path->count; i-- > from;) {
        const struct step *step = &path->steps[i];
        if (step->key == NULL)
            return not_there(edit, step->id);
        struct value *pairs = value_pairs(edit->arena);
        value_set(edit->arena, pairs, 0, step->key, *value);
        *value = pairs;
    }
    return true;
}

/* Nothing need be written. But without a schema, "no" and !!str no are something else than no. */
static bool stands_there(const struct step *step, const struct value *value)
{
    const struct yaml_node *node = step->node;
    bool untyped = step->field == NULL && value->kind == VALUE_TEXT && node->kind == YAML_TEXT;
    bool same_type = !node->tagged && value->quoted == (node->style != YAML_PLAIN);
    return (same_type || !untyped) && value_said(value, node);
}

bool edit_put(struct edit *edit, const struct path *path, struct value *value)
{
    struct value *pairs;
    size_t there = 0;
    while (there < path->count && path->steps[there].node != NULL)
        there++;
    if (there == path->count)
        return stands_there(path_end(path), value) || replace(edit, path, there, value);
    const struct step *first = &path->steps[there];
    if (first->parent->kind == YAML_PAIRS || first->key == NULL)
        return nest(edit, path, there + 1, &value) && add(edit, path, there, value);
    if (!write_out(edit, first, first->parent, &pairs) || !nest(edit, path, there + 1, &value))
        return false;
    value_set(edit->arena, pairs, pairs->count / 2, first->key, value);
    return replace(edit, path, there, pairs);
}

/* ---- Taking away --------------------------------------------------------------------------- */

static bool remove_step(struct edit *edit, const struct path *path, size_t steps)
{
    const struct step *step = &path->steps[steps - 1];
    struct value *parent = intent_at(edit, path, steps - 1);
    if (step->key != NULL) {
        value_remove(parent, 2 * step->index);
        value_remove(parent, 2 * step->index);
        return splice_delete_pair(&edit->splices, step->parent, step->index, edit->err);
    }
    value_remove(parent, step->index);
    const struct yaml_node *above = steps > 1 ? path->steps[steps - 2].parent : NULL;
    return splice_delete_item(&edit->splices, above, step->parent, step->index, edit->err);
}

/* ---- One or the other ------------------------------------------------------------------------ */

/* The same path with another key of the same mapping at its end. */
static struct path beside(const struct path *path, const char *key)
{
    struct path other = *path;
    struct step *step = &other.steps[other.count - 1];
    step->key = key;
    step->index = 0;
    step->node = NULL;
    for (const struct yaml_node *at = step->parent->first; at != NULL; at = at->next->next) {
        if (at->kind == YAML_TEXT && strcmp(at->text, key) == 0) {
            step->node = at->next;
            break;
        }
        step->index++;
    }
    return other;
}

static bool change_key(struct edit *edit, const struct path *path, const char *key)
{
    const struct step *step = path_end(path);
    struct value *old = intent_at(edit, path, path->count - 1)->items[2 * step->index];
    value_open(edit->arena, old);
    old->text = key;
    old->length = strlen(key);
    return splice_key(&edit->splices, yaml_nth(step->parent->first, 2 * step->index), key,
                      edit->err);
}

/* {score: 70} becomes {adequate: 60, desired: 70}, or {adequate: 70, desired: 80}. */
static bool open_zone(struct edit *edit, const struct path *path, const struct path *score,
                      struct value *value)
{
    struct path desired = beside(path, "desired");
    struct value *old = value_of_node(edit->arena, path_end(score)->node);
    bool lower = strcmp(path_end(path)->key, "adequate") == 0;
    return change_key(edit, score, "adequate") &&
           (!lower || replace(edit, score, score->count, value)) &&
           add(edit, &desired, desired.count - 1, lower ? old : value);
}

/* {adequate: 60, desired: 80} becomes {score: 70}. */
static bool close_zone(struct edit *edit, const struct path *adequate, const struct path *desired,
                       struct value *value)
{
    bool both = path_end(adequate)->node != NULL && path_end(desired)->node != NULL;
    const struct path *kept = path_end(adequate)->node != NULL ? adequate : desired;
    return change_key(edit, kept, "score") && replace(edit, kept, kept->count, value) &&
           (!both || remove_step(edit, desired, desired->count));
}

/* Of a score and a zone, of one touchpoint and all, only one can be there: the other gives way. */
static bool put_beside_rival(struct edit *edit, const struct path *path, struct value *value)
{
    const struct step *step = path_end(path);
    bool alone = step->key == NULL || step->field == NULL || step->field->rival == NULL ||
                 step->node != NULL || step->parent == NULL || step->parent->kind != YAML_PAIRS;
    if (alone)
        return edit_put(edit, path, value);
    struct path rival = beside(path, step->field->rival), desired = beside(path, "desired");
    bool zone = step->shape == &expectation_shape, score = strcmp(step->key, "score") == 0;
    bool there = path_end(&rival)->node != NULL;
    if (zone && score && (there || path_end(&desired)->node != NULL))
        return close_zone(edit, &rival, &desired, value);
    if (!there)
        return edit_put(edit, path, value);
    return zone ? open_zone(edit, path, &rival, value)
                : change_key(edit, &rival, step->key) && replace(edit, &rival, rival.count, value);
}

/* ---- Setting as a whole ---------------------------------------------------------------------- */

/* The keys of a mapping that one text in its place means: the others, such as evidence and note,
 * stay when a score changes. Returns how many; 0: the text takes the place of all. */
static size_t main_keys(const struct path *path, const char *keys[2])
{
    const struct shape *shape = path->shape;
    const struct yaml_node *node = path_end(path)->node;
    if (node == NULL || node->kind != YAML_PAIRS || shape == NULL || shape->shorthand == NULL)
        return 0;
    keys[0] = shape->shorthand;
    if (shape != &expectation_shape ||
        (yaml_find(node, "adequate") == NULL && yaml_find(node, "desired") == NULL))
        return 1;
    keys[0] = "adequate";
    keys[1] = "desired";
    return 2;
}

bool edit_set(struct edit *edit)
{
    struct path path;
    struct value *value;
    const char *keys[2];
    if (!edit_find(edit, edit->operation->address, true, &path))
        return false;
    if (path.count == 0)
        return error_set(edit->err, _("'%s' is no single value"), edit->operation->address);
    if (!edit_value(edit, path_end(&path), &value))
        return false;
    size_t count = value->kind == VALUE_TEXT ? main_keys(&path, keys) : 0;
    if (count == 0)
        return put_beside_rival(edit, &path, value);
    for (size_t i = 0; i < count; i++) {
        const char *address = arena_printf(edit->arena, "%s.%s", edit->operation->address, keys[i]);
        if (!edit_find(edit, address, true, &path) || !edit_value(edit, path_end(&path), &value) ||
            !edit_put(edit, &path, value))
            return false;
    }
    return true;
}

/* ---- Unset and delete ------------------------------------------------------------------------ */

/* Stands under its id in a mapping. */
static bool is_thing(const struct path *path, size_t steps)
{
    const struct field *home = steps > 1 ? path->steps[steps - 2].field : NULL;
    return home != NULL && home->kind == FIELD_MAP && home->shape->has_id;
}

bool edit_remove(struct edit *edit)
{
    struct path path;
    if (!edit_find(edit, edit->operation->address, false, &path))
        return false;
    if (path.count == 0)
        return error_set(edit->err, _("the map itself cannot be taken away"));
    if (path_end(&path)->node == NULL)
        return error_set(edit->err, _("'%s' is not there"), edit->operation->address);
    size_t steps = path.count;
    if (path.short_form && is_thing(&path, steps))
        return replace(edit, &path, steps, value_pairs(edit->arena));
    /* A mapping that would be left empty goes, too, unless it is a thing that others name. */
    while (steps > 1 && path.steps[steps - 1].key != NULL &&
           path.steps[steps - 1].parent->count == 1) {
        steps--;
        if (is_thing(&path, steps))
            return replace(edit, &path, steps, value_pairs(edit->arena));
    }
    return remove_step(edit, &path, steps);
}
