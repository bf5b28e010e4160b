/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "form_inner.h"

#include <assert.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/str.h>

#include "look.h"

/* ---- New structs ----------------------------------------------------------------------------- */

/* The least that stands for a required key; NULL: that is a person's to say. */
static struct value *least_value(struct arena *arena, const struct field *field)
{
    size_t first = 0;
    switch (field->kind) {
    case FIELD_REFS:
        return value_list(arena);
    case FIELD_WORD:
        while (field->words->items[first][0] == '\0')
            first++;
        return value_text(arena, field->words->items[first]);
    default:
        return NULL;
    }
}

/* Its id, its title, and what it cannot do without. `id` NULL: it has none, or is its own key. */
static struct value *new_struct(struct arena *arena, const struct shape *shape, const char *id,
                                const char *title)
{
    struct value *pairs = value_pairs(arena), *text = value_text(arena, title);
    text->quoted = true;
    if (id != NULL)
        value_set(arena, pairs, 0, "id", value_text(arena, id));
    value_set(arena, pairs, pairs->count / 2, form_title_field(shape)->key, text);
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        bool missing = field->required && value_find(pairs, field->key) == NONE;
        struct value *least = missing ? least_value(arena, field) : NULL;
        if (least != NULL)
            value_set(arena, pairs, pairs->count / 2, field->key, least);
    }
    return pairs;
}

static const char *written(struct arena *arena, const struct value *value)
{
    struct str line;
    str_init(&line);
    value_append_flow(&line, value);
    const char *text = arena_strndup(arena, line.text, line.length);
    str_finish(&line);
    return text;
}

/* ---- New things ------------------------------------------------------------------------------ */

static const struct shape *shape_of(enum space space)
{
    for (size_t i = 0; i < map_shape.field_count; i++) {
        const struct shape *shape = map_shape.fields[i].shape;
        if (shape != NULL && shape->space == space)
            return shape;
    }
    return &touchpoint_shape;
}

bool form_new(struct arena *arena, const struct journey *journey, enum space space,
              const char *title, struct operation *out, struct error *err)
{
    const struct form_thing *thing = form_thing_find(space);
    assert(thing != NULL);
    const char *id = form_new_id(arena, journey, space, title);
    if (form_typed_nothing(title))
        return error_set(err, _("a value is missing here"));
    struct value *pairs = new_struct(arena, shape_of(space), NULL, title), *alone;
    bool plain = pairs->count == 2 && value_parse(arena, title, &alone, NULL) &&
                 alone->kind == VALUE_TEXT && strcmp(alone->text, title) == 0;
    *out = (struct operation){
        .verb = VERB_INSERT,
        .address = arena_printf(arena, "%s/%s", thing->kind, id),
        .value = plain ? title : written(arena, pairs),
    };
    return true;
}

/* ---- What was typed into a row --------------------------------------------------------------- */

/* Aspects have ids that are their touchpoint's business. */
static const char *free_id(struct arena *arena, const struct journey *journey,
                           const struct form_row *row, const char *title)
{
    const char *stem = form_new_id(arena, journey, row->shape->space, title), *id = stem;
    for (int number = 2; form_is_taken(row, id); number++)
        id = arena_printf(arena, "%s-%d", stem, number);
    return id;
}

static bool add_titled(struct arena *arena, const struct journey *journey,
                       const struct form_row *row, const char *typed, struct operation *out,
                       struct error *err)
{
    if (*typed == '{') {
        out->value = typed;
        return true;
    }
    if (row->space != SPACE_NONE && !form_thing_find(row->space)->in_list)
        return form_new(arena, journey, row->space, typed, out, err);
    const char *id = row->shape->has_id ? free_id(arena, journey, row, typed) : NULL;
    out->value = written(arena, new_struct(arena, row->shape, id, typed));
    return true;
}

static bool add(struct arena *arena, const struct journey *journey, const struct form_row *row,
                const char *typed, struct operation *out, struct error *err)
{
    const char *key, *value;
    *out = (struct operation){ .verb = row->verb, .address = row->address, .value = typed };
    switch (row->adds) {
    case FORM_ADDS_TITLE:
        return add_titled(arena, journey, row, typed, out, err);
    case FORM_ADDS_KEYED:
        if (!form_typed_pair(arena, typed, &key, &value))
            return false;
        out->verb = VERB_SET;
        out->address = arena_printf(arena, "%s.%s", row->address, address_word(arena, key));
        out->value = value;
        return true;
    default:
        return true;
    }
}

bool form_operation(struct arena *arena, const struct journey *journey, const struct form_row *row,
                    const char *typed, struct operation *out, struct error *err)
{
    if (!form_check(arena, journey, row, typed, err))
        return false;
    if (row->role == FORM_ADD)
        return add(arena, journey, row, typed, out, err);
    *out = (struct operation){ .verb = row->verb, .address = row->address, .value = typed };
    if (form_typed_nothing(typed)) {
        out->verb = row->can_unset ? VERB_UNSET : VERB_DELETE;
        out->value = NULL;
    }
    return true;
}

bool form_operation_behind(struct arena *arena, const struct journey *journey,
                           const struct form_row *row, const struct form_row *adding,
                           const char *typed, struct operation *out, struct error *err)
{
    if (!form_operation(arena, journey, adding, typed, out, err))
        return false;
    out->place = (struct place){ .kind = PLACE_AT, .number = row->place + 1 };
    return true;
}
