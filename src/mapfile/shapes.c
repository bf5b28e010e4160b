/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers.h"

#include <assert.h>
#include <string.h>

#include <stellwerk/base/i18n.h>

static size_t field_index(const struct shape *shape, const char *key)
{
    size_t at = 0;
    while (at < shape->field_count && strcmp(shape->fields[at].key, key) != 0)
        at++;
    return at;
}

/* The same, mostly at one glance. */
static size_t known_index(struct reading *reading, const struct shape *shape, const char *key)
{
    uint64_t mix = ((uintptr_t)key ^ (uintptr_t)shape) * UINT64_C(0x9E3779B97F4A7C15);
    struct known_key *known = &reading->known_keys[(mix >> 32) % KNOWN_KEYS];
    if (known->key != key || known->shape != shape)
        *known = (struct known_key){ .shape = shape, .key = key, .field = field_index(shape, key) };
    return known->field;
}

static bool is_text_field(const struct field *field)
{
    return field->kind == FIELD_TEXT || field->kind == FIELD_TEXTS;
}

/* `null` is a word to a text and nothing to everything else. */
static bool is_given(const struct field *field, const struct yaml_node *value)
{
    if (value->kind != YAML_TEXT)
        return true;
    if (value->style != YAML_PLAIN)
        return value->count > 0 || field->keep_empty;
    if (value->count <= 1)
        return !says_nothing(value);
    return value->count != 4 || is_text_field(field) || strcmp(value->text, "null") != 0;
}

static void take_pair(struct reading *reading, const struct yaml_node *pair, struct given *given)
{
    const struct shape *shape = given->shape;
    const struct yaml_node *key = yaml_resolve(pair);
    if (key->kind != YAML_TEXT) {
        report(reading, SEVERITY_ERROR, key, "wrong_kind", _("a key must be a text"));
        return;
    }
    size_t at = known_index(reading, shape, key->text);
    if (at == shape->field_count) {
        report_unknown_key(reading, shape, pair);
        return;
    }
    const struct yaml_node *value = yaml_resolve(pair->next);
    if (is_given(&shape->fields[at], value))
        given->values[at] = value;
}

/* Sorts what a node says by field. An empty value is a mapping that says nothing. */
static bool gather(struct reading *reading, const struct shape *shape, const struct yaml_node *node,
                   struct given *given)
{
    assert(shape->field_count <= FIELDS_MAX);
    given->shape = shape;
    given->node = node;
    given->broken = 0;
    memset(given->values, 0, shape->field_count * sizeof(*given->values));
    if (shape->bare) {
        given->values[0] = is_given(&shape->fields[0], node) ? node : NULL;
        return true;
    }
    if (node->kind == YAML_PAIRS) {
        for (const struct yaml_node *pair = node->first; pair != NULL; pair = pair->next->next)
            take_pair(reading, pair, given);
        return true;
    }
    if (says_nothing(node))
        return true;
    if (shape->shorthand == NULL)
        return expect_pairs(reading, shape->name, node);
    given->values[known_index(reading, shape, shape->shorthand)] = node;
    return true;
}

const struct yaml_node *given_find(const struct given *given, const char *key)
{
    size_t at = field_index(given->shape, key);
    assert(at < given->shape->field_count);
    return given->values[at];
}

bool given_is_broken(const struct given *given, const char *key)
{
    size_t at = field_index(given->shape, key);
    assert(at < given->shape->field_count);
    return (given->broken >> at & 1) != 0;
}

static void *member(void *target, size_t offset)
{
    return (char *)target + offset;
}

static void shape_clear(const struct shape *shape, void *target);

/* Memory comes zeroed; here is what nothing looks like where it is not zero. */
static void field_clear(const struct field *field, void *target)
{
    void *at = member(target, field->offset);
    switch (field->kind) {
    case FIELD_NUMBER:
        *(double *)at = field->otherwise;
        break;
    case FIELD_INTEGER:
        *(int *)at = (int)field->otherwise;
        break;
    case FIELD_COUNT:
        *(uint64_t *)at = (uint64_t)field->otherwise;
        break;
    case FIELD_WORD:
        *(unsigned *)at = (unsigned)field->otherwise;
        break;
    case FIELD_DAY:
        *(int32_t *)at = DAY_NONE;
        break;
    case FIELD_REF:
        *(int *)at = NONE;
        break;
    case FIELD_STRUCT:
        shape_clear(field->shape, at);
        break;
    default:
        break;
    }
}

static void shape_clear(const struct shape *shape, void *target)
{
    for (size_t i = 0; i < shape->field_count; i++)
        field_clear(&shape->fields[i], target);
}

/* The item is empty again, as if the file had not said anything. */
static void shape_reset(const struct shape *shape, void *target)
{
    memset(target, 0, shape->size);
    shape_clear(shape, target);
}

static void report_missing(struct reading *reading, const struct given *given,
                           const struct field *field)
{
    if (given->shape->bare)
        report(reading, SEVERITY_ERROR, given->node, "missing_value", _("a value is missing here"));
    else if (strcmp(given->shape->name, "map") == 0)
        report(reading, SEVERITY_ERROR, given->node, "missing_key", _("the map needs the key '%s'"),
               field->key);
    else
        report(reading, SEVERITY_ERROR, given->node, "missing_key", _("'%s' needs the key '%s'"),
               given->shape->name, field->key);
}

/* Returns whether everything required is there. */
static bool read_fields(struct reading *reading, struct given *given, void *target)
{
    bool complete = true;
    for (size_t i = 0; i < given->shape->field_count; i++) {
        const struct field *field = &given->shape->fields[i];
        bool there = given->values[i] != NULL;
        if (there && !field_read(reading, field, given->values[i], target)) {
            there = false;
            given->broken |= UINT32_C(1) << i;
        } else if (!there && field->required) {
            report_missing(reading, given, field);
        }
        complete = complete && (there || !field->required);
    }
    return complete;
}

/* What has no id cannot be spoken of: it gets one for this reading, and the person a proposal. */
static const char *make_up_id(struct reading *reading, const struct given *given, const char *title,
                              int index)
{
    const char *id = title != NULL ? id_from_title(reading->arena, title) : NULL;
    if (id == NULL)
        id = arena_printf(reading->arena, "%s-%d", given->shape->name, index + 1);
    report(reading, SEVERITY_ERROR, given->node, "missing_key",
           _("'%s' needs the key 'id'; write for instance 'id: %s'"), given->shape->name, id);
    return id;
}

/* Sees to it that there is an id and a title. Returns the node that gives the id; NULL: none. */
static const struct yaml_node *identify(struct reading *reading, const struct given *given,
                                        const struct yaml_node *key, int index, void *target)
{
    const struct shape *shape = given->shape;
    const char **id = member(target, shape->id_offset);
    const char **title = shape->has_title ? member(target, shape->title_offset) : NULL;
    const struct yaml_node *node = key;
    if (key != NULL) {
        *id = key->text;
        check_id(reading, key);
    } else if (*id != NULL) {
        node = given_find(given, "id");
    } else {
        *id = make_up_id(reading, given, title != NULL ? *title : NULL, index);
    }
    if (title != NULL && *title == NULL)
        *title = *id;
    return node;
}

bool shape_read(struct reading *reading, const struct shape *shape, const struct yaml_node *key,
                const struct yaml_node *node, int index, void *target)
{
    shape_clear(shape, target);
    struct given given;
    bool fine = gather(reading, shape, node, &given);
    if (shape->has_pos)
        *(struct pos *)member(target, shape->pos_offset) =
            yaml_pos(reading->tree, key != NULL ? key : node);
    if (fine)
        fine = read_fields(reading, &given, target);
    const struct yaml_node *id = NULL;
    if (shape->has_id)
        id = identify(reading, &given, shape->read_key == NULL ? key : NULL, index, target);
    if (fine && shape->finish != NULL)
        fine = shape->finish(reading, &given, target);
    if (id != NULL && shape->space != SPACE_NONE)
        register_id(reading, shape->space, id, fine ? index : NONE);
    return fine;
}

bool field_read_struct(struct reading *reading, const struct field *field,
                       const struct yaml_node *node, void *target)
{
    void *place = member(target, field->offset);
    if (shape_read(reading, field->shape, NULL, node, 0, place))
        return true;
    shape_reset(field->shape, place);
    return false;
}

static void store_items(const struct field *field, void *target, void *items, size_t count)
{
    *(void **)member(target, field->offset) = items;
    *(size_t *)member(target, field->count_offset) = count;
}

bool field_read_list(struct reading *reading, const struct field *field,
                     const struct yaml_node *node, void *target)
{
    if (!expect_list(reading, field->key, node))
        return false;
    const struct shape *shape = field->shape;
    char *items = arena_array(reading->arena, node->count, shape->size);
    size_t count = 0;
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
        int index = reading->first_index[shape->space] + (int)count;
        void *place = items + count * shape->size;
        if (shape_read(reading, shape, NULL, yaml_resolve(item), index, place))
            count++;
        else
            shape_reset(shape, place);
    }
    store_items(field, target, items, count);
    return true;
}

/* Reads one item of a map; false leaves it out. */
static bool read_pair(struct reading *reading, const struct shape *shape,
                      const struct yaml_node *pair, int index, void *place)
{
    const struct yaml_node *key = yaml_resolve(pair);
    if (key->kind != YAML_TEXT) {
        report(reading, SEVERITY_ERROR, key, "wrong_kind", _("a key must be a text"));
        return false;
    }
    if (reading->library && ids_find(&reading->spaces[shape->space], key->text) != NULL)
        return false;
    const struct yaml_node *value = yaml_resolve(pair->next);
    if (!shape_read(reading, shape, key, value, index, place))
        return false;
    return shape->read_key == NULL || shape->read_key(reading, key, place);
}

/* A score alone does not say whose it is. */
static bool lacks_scope(struct reading *reading, const struct field *field,
                        const struct yaml_node *node)
{
    if (field->shape->read_key != read_scope || node->kind != YAML_TEXT)
        return false;
    report(reading, SEVERITY_ERROR, node, "wrong_kind",
           _("'%s' does not say whose it is; write '%s: {all: %s}', or a persona in place of all"),
           field->key, field->key, shown(reading, node->text));
    return true;
}

bool field_read_map(struct reading *reading, const struct field *field,
                    const struct yaml_node *node, void *target)
{
    if (lacks_scope(reading, field, node) || !expect_pairs(reading, field->key, node))
        return false;
    const struct shape *shape = field->shape;
    char *items = arena_array(reading->arena, node->count, shape->size);
    size_t count = 0;
    for (const struct yaml_node *pair = node->first; pair != NULL; pair = pair->next->next) {
        int index = reading->first_index[shape->space] + (int)count;
        void *place = items + count * shape->size;
        if (read_pair(reading, shape, pair, index, place))
            count++;
        else
            shape_reset(shape, place);
    }
    store_items(field, target, items, count);
    return count == node->count;
}
