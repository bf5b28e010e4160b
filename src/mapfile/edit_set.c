/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "edit_verbs.h"

#include <string.h>

#include <stellwerk/base/i18n.h>

struct value *intent_at(const struct edit *edit, const struct path *path, size_t steps)
{
    struct value *value = edit->intent;
    for (size_t i = 0; i < steps; i++)
        value = value->items[path->steps[i].key != NULL ? 2 * path->steps[i].index + 1
                                                        : path->steps[i].index];
    return value;
}

/* Numbers, dates and words stand plain; texts that look like one of them get quotes. */
static bool is_typed(const struct step *step)
{
    return step->field == NULL
               ? step->key != NULL
               : step->field->kind != FIELD_TEXT && step->field->kind != FIELD_TEXTS;
}

bool edit_replace(struct edit *edit, const struct path *path, size_t steps, struct value *value)
{
    const struct step *step = &path->steps[steps - 1];
    struct value *parent = intent_at(edit, path, steps - 1);
    parent->items[step->key != NULL ? 2 * step->index + 1 : step->index] = value;
    bool quotes = edit->style != YAML_PLAIN;
    struct scalar_form form = {
        .style = quotes ? edit->style : (enum yaml_style)step->node->style,
        .typed = is_typed(step) && !quotes,
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

bool edit_add(struct edit *edit, const struct path *path, size_t at, struct value *value)
{
    const struct step *step = &path->steps[at];
    struct value *parent = intent_at(edit, path, at);
    if (step->key == NULL)
        return error_set(edit->err, _("'%s': there is no '%s' yet; insert it"),
                         edit->operation->address, step->id);
    size_t place = pair_place(step);
    value_set(edit->arena, parent, place, step->key, value);
    return splice_insert_pair(&edit->splices, step->parent, place, step->key, value,
                              is_typed(step) && edit->style == YAML_PLAIN, edit->err);
}

/* What a short form stands for: `all: 70` is both ends of a zone, `promise: 90` is a score. */
static struct value *written_out(struct edit *edit, const struct step *below,
                                 const struct yaml_node *text)
{
    struct value *pairs = value_pairs(edit->arena), *old = value_of_node(edit->arena, text);
    if (old->nothing)
        return pairs;
    if (below->shape == &expectation_shape) {
        value_set(edit->arena, pairs, 0, "adequate", old);
        value_set(edit->arena, pairs, 1, "desired", old);
    } else if (below->shape != NULL && below->shape->shorthand != NULL) {
        value_set(edit->arena, pairs, 0, below->shape->shorthand, old);
    }
    return pairs;
}

/* The value of the step `from` when only the last of the steps behind it has one. */
static bool nest(struct edit *edit, const struct path *path, size_t from, struct value **value)
{
    for (size_t i = path->count; i-- > from;) {
        const struct step *step = &path->steps[i];
        if (step->key == NULL)
            return error_set(edit->err, _("'%s': there is no '%s' yet; insert it"),
                             edit->operation->address, step->id != NULL ? step->id : "1");
        struct value *pairs = value_pairs(edit->arena);
        value_set(edit->arena, pairs, 0, step->key, *value);
        *value = pairs;
    }
    return true;
}

/* One text for a mapping means its main keys, and leaves the others: evidence and note stay when a
 * score changes. */
static bool set_main(struct edit *edit, struct value *value, bool *done)
{
    static const char *const ends[] = { "adequate", "desired" };
    struct path path;
    *done = false;
    if (!path_find(edit->arena, &edit->tree, edit->operation->address, true, &path, edit->err))
        return false;
    const struct yaml_node *node = path_end(&path)->node;
    if (node == NULL || node->kind != YAML_PAIRS || value->kind != VALUE_TEXT || path.shape == NULL)
        return true;
    bool zone = path.shape == &expectation_shape;
    const char *const *keys = zone ? ends : &path.shape->shorthand;
    for (size_t i = 0; keys[i] != NULL && i < (zone ? 2 : 1); i++) {
        const char *address = arena_printf(edit->arena, "%s.%s", edit->operation->address, keys[i]);
        if (!path_find(edit->arena, &edit->tree, address, true, &path, edit->err))
            return false;
        if (path_end(&path)->node == NULL) /* the whole is put in its place */
            return true;
        *done = true;
        if (!edit_replace(edit, &path, path.count, value))
            return false;
    }
    return true;
}

bool edit_set(struct edit *edit)
{
    struct path path;
    struct value *value;
    if (!path_find(edit->arena, &edit->tree, edit->operation->address, true, &path, edit->err))
        return false;
    if (path.count == 0)
        return error_set(edit->err, _("'%s' is no single value"), edit->operation->address);
    const struct field *field = path_end(&path)->field;
    bool is_text = field != NULL && field->kind == FIELD_TEXT;
    if (is_text)
        value = value_text(edit->arena, edit->operation->value);
    else if (!value_parse(edit->arena, edit->operation->value, true, &value, edit->err))
        return false;

    bool done;
    if (!set_main(edit, value, &done) || done)
        return done;

    size_t there = 0;
    while (there < path.count && path.steps[there].node != NULL)
        there++;
    if (there == path.count)
        return edit_replace(edit, &path, there, value);
    const struct step *first = &path.steps[there];
    if (first->parent->kind == YAML_PAIRS || first->parent->kind == YAML_LIST)
        return nest(edit, &path, there + 1, &value) && edit_add(edit, &path, there, value);
    struct value *pairs = written_out(edit, first, first->parent);
    if (!nest(edit, &path, there + 1, &value))
        return false;
    value_set(edit->arena, pairs, pairs->count / 2, first->key, value);
    return edit_replace(edit, &path, there, pairs);
}

/* ---- Taking away ----------------------------------------------------------------------------- */

static bool remove_step(struct edit *edit, const struct path *path, size_t steps)
{
    const struct step *step = &path->steps[steps - 1];
    struct value *parent = intent_at(edit, path, steps - 1);
    if (step->key != NULL) {
        value_unset(parent, step->key);
        return splice_delete_pair(&edit->splices, step->parent, step->index, edit->err);
    }
    value_remove(parent, step->index);
    const struct yaml_node *above = steps > 1 ? path->steps[steps - 2].parent : NULL;
    return splice_delete_item(&edit->splices, above, step->parent, step->index, edit->err);
}

static bool remove_address(struct edit *edit, bool with_holders)
{
    struct path path;
    if (!path_find(edit->arena, &edit->tree, edit->operation->address, false, &path, edit->err))
        return false;
    if (path.count == 0)
        return error_set(edit->err, _("the map itself cannot be taken away"));
    if (path_end(&path)->node == NULL)
        return error_set(edit->err, _("'%s' is not there"), edit->operation->address);
    size_t steps = path.count;
    /* A mapping that would be left empty goes too. */
    while (with_holders && steps > 1 && path.steps[steps - 1].key != NULL &&
           path.steps[steps - 1].parent->count == 1)
        steps--;
    return remove_step(edit, &path, steps);
}

bool edit_unset(struct edit *edit)
{
    return remove_address(edit, true);
}

bool edit_delete(struct edit *edit)
{
    return remove_address(edit, true);
}
