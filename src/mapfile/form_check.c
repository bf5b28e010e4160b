/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is typed is read as the reader would read it in its place: as the value of the field in an
 * empty struct, as the only item of an empty list. So there are no rules here but the reader's.
 */
#include "form_inner.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>

#include "look.h"
#include "readers.h"

/* Where the items of a list are read to. */
struct items {
    void *items;
    size_t count;
};

struct checking {
    struct arena scratch;
    struct diag_list findings;
    struct reading reading;
    struct yaml_tree tree;  /* of no text: what is typed is at its beginning */
    struct journey journey; /* being read, beside that of the map */
    struct touchpoint touchpoint;
};

bool form_typed_nothing(const char *typed)
{
    return typed[strspn(typed, " \t")] == '\0';
}

bool form_typed_pair(struct arena *arena, const char *typed, const char **key, const char **value)
{
    typed += strspn(typed, " \t");
    size_t length = strcspn(typed, ": \t");
    const char *rest = typed + length;
    rest += strspn(rest, " \t");
    rest += *rest == ':';
    rest += strspn(rest, " \t");
    *key = arena_strndup(arena, typed, length);
    *value = rest;
    return length > 0 && *rest != '\0';
}

bool form_is_taken(const struct form_row *row, const char *word)
{
    for (size_t i = 0; i < row->taken_count; i++)
        if (strcmp(row->taken[i], word) == 0)
            return true;
    return false;
}

static struct yaml_node *node_of(struct arena *arena, const struct value *value)
{
    struct yaml_node *node = arena_alloc(arena, sizeof *node), **last = &node->first;
    node->line = 1;
    if (value->kind == VALUE_TEXT) {
        node->kind = YAML_TEXT;
        node->style = value->quoted ? YAML_DOUBLE : YAML_PLAIN;
        node->text = value->text;
        node->count = (uint32_t)(value->length & 0xFFFFFF);
        return node;
    }
    node->kind = value->kind == VALUE_LIST ? YAML_LIST : YAML_PAIRS;
    node->style = YAML_FLOW;
    node->count = (uint32_t)(value->count / (value->kind == VALUE_PAIRS ? 2 : 1) & 0xFFFFFF);
    for (size_t i = 0; i < value->count; i++) {
        *last = node_of(arena, value->items[i]);
        last = &(*last)->next;
    }
    return node;
}

static void know(struct checking *checking, const struct journey *journey, enum space space)
{
    const char *id, *title;
    struct pos pos;
    struct ids *ids = &checking->reading.spaces[space];
    for (size_t i = 0; form_thing_at(journey, space, i, &id, &title, &pos); i++)
        if (ids_find(ids, id) == NULL)
            ids_add(ids, id, (int)i, pos);
}

static void know_opportunities(struct checking *checking, const struct journey *journey)
{
    struct ids *ids = &checking->reading.spaces[SPACE_OPPORTUNITY];
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        const struct touchpoint *touchpoint = &journey->touchpoints[i];
        for (size_t j = 0; j < touchpoint->opportunity_count; j++) {
            const struct opportunity *opportunity = &touchpoint->opportunities[j];
            if (ids_find(ids, opportunity->id) == NULL)
                ids_add(ids, opportunity->id, (int)j, opportunity->pos);
        }
    }
}

/* True where a touchpoint is named: only then they are worth being known, for they are many. */
static bool names_touchpoint(const struct field *field)
{
    if (field->space == SPACE_TOUCHPOINT)
        return true;
    for (size_t i = 0; field->shape != NULL && i < field->shape->field_count; i++)
        if (field->shape->fields[i].space == SPACE_TOUCHPOINT)
            return true;
    return false;
}

static void begin(struct checking *checking, const struct journey *journey,
                  const struct form_row *row)
{
    static const enum space few[] = { SPACE_PERSONA, SPACE_CONTEXT, SPACE_CHANNEL, SPACE_METRIC };
    struct arena *scratch = &checking->scratch;
    arena_init(scratch);
    diag_list_init(&checking->findings, scratch);
    reading_init(&checking->reading, scratch, scratch, &checking->findings);
    checking->tree = (struct yaml_tree){ 0 };
    checking->journey = (struct journey){ .touchpoints = &checking->touchpoint };
    checking->touchpoint = (struct touchpoint){ 0 };
    if (!source_init(scratch, NULL, "", 0, &checking->tree.source, &checking->findings))
        return;
    checking->reading.tree = &checking->tree;
    checking->reading.journey = &checking->journey;
    for (size_t i = 0; i < ARRAY_LEN(few); i++)
        know(checking, journey, few[i]);
    if (row->field != NULL && names_touchpoint(row->field))
        know(checking, journey, SPACE_TOUCHPOINT);
}

/* The first error; warnings are the map's business once it is there. */
static bool told(const struct checking *checking, struct error *err)
{
    for (size_t i = 0; i < checking->findings.count; i++)
        if (checking->findings.items[i].severity == SEVERITY_ERROR)
            return !error_set(err, "%s", checking->findings.items[i].text);
    return false;
}

/* ---- Values ---------------------------------------------------------------------------------- */

/* Files with shared things are not opened while somebody types their names. */
static struct field readable(const struct field *field)
{
    struct field own = *field;
    if (own.written == FIELD_TEXTS)
        own.kind = FIELD_TEXTS;
    return own;
}

static void read_alone(struct checking *checking, const struct form_row *row,
                       const struct yaml_node *node)
{
    struct field field = readable(row->field);
    void *target = &checking->journey;
    if (row->shape != &map_shape)
        target = arena_alloc(&checking->scratch, row->shape->size);
    field_read(&checking->reading, &field, node, target);
}

/* As the only item of its list or mapping. What more of them have to be together is not asked. */
static void read_item(struct checking *checking, const struct form_row *row, const char *key,
                      struct yaml_node *node)
{
    struct yaml_node *first = node;
    if (key != NULL) {
        first = node_of(&checking->scratch, value_text(&checking->scratch, key));
        first->next = node;
    }
    struct yaml_node whole = {
        .kind = key != NULL ? YAML_PAIRS : YAML_LIST, .count = 1, .line = 1, .first = first
    };
    struct items list = { 0 };
    struct field field = readable(row->field);
    field.offset = field.pos_offset = 0;
    field.count_offset = offsetof(struct items, count);
    if (field_written(&field) == FIELD_MAP)
        field.kind = FIELD_MAP;
    void *target = field.kind == FIELD_CUSTOM ? (void *)&checking->journey : &list;
    field_read(&checking->reading, &field, &whole, target);
}

static bool parse_and_read(struct checking *checking, const struct form_row *row, const char *key,
                           const char *typed, struct error *err)
{
    bool item;
    const struct field *field = form_typed_field(row, &item);
    struct value *value;
    if (!typed_value(&checking->scratch, field, item, typed, &value, err))
        return false;
    struct yaml_node *node = node_of(&checking->scratch, value);
    if (row->item)
        read_item(checking, row, key, node);
    else
        read_alone(checking, row, node);
    return !told(checking, err);
}

static bool check_value(const struct journey *journey, const struct form_row *row, const char *key,
                        const char *typed, struct error *err)
{
    struct checking checking;
    begin(&checking, journey, row);
    bool fine = parse_and_read(&checking, row, key, typed, err);
    arena_finish(&checking.scratch);
    return fine;
}

/* ---- Ids ------------------------------------------------------------------------------------- */

static bool check_new_id(const struct journey *journey, const struct form_row *row,
                         const char *typed, struct error *err)
{
    if (row->value != NULL && strcmp(row->value, typed) == 0)
        return true;
    struct checking checking;
    begin(&checking, journey, row);
    struct value *value = value_text(&checking.scratch, typed);
    const struct yaml_node *node = node_of(&checking.scratch, value);
    struct persona persona = { .id = typed };
    if (row->space == SPACE_OPPORTUNITY)
        know_opportunities(&checking, journey);
    else
        know(&checking, journey, row->space);
    check_id(&checking.reading, node);
    if (row->space == SPACE_PERSONA)
        finish_persona(&checking.reading, NULL, &persona);
    if (row->space != SPACE_NONE)
        register_id(&checking.reading, row->space, node, 0);
    bool fine = !told(&checking, err);
    arena_finish(&checking.scratch);
    return fine;
}

/* ---- Rows ------------------------------------------------------------------------------------ */

static bool check_nothing(const struct form_row *row, struct error *err)
{
    return row->can_unset || row->can_delete || error_set(err, _("a value is missing here"));
}

static bool check_addition(struct arena *arena, const struct journey *journey,
                           const struct form_row *row, const char *typed, struct error *err)
{
    const char *key, *value;
    switch (row->adds) {
    case FORM_ADDS_KEYED:
        if (!form_typed_pair(arena, typed, &key, &value))
            return error_set(err, _("type a key and its value, such as '%s'"), row->sample);
        if (form_is_taken(row, key))
            return error_set(err, _("there is a '%s' already"), key);
        return check_value(journey, row, key, value, err);
    case FORM_ADDS_TITLE:
        return *typed != '{' || form_thing_find(row->shape->space) != NULL ||
               check_value(journey, row, NULL, typed, err);
    default:
        return check_value(journey, row, NULL, typed, err);
    }
}

bool form_check(struct arena *arena, const struct journey *journey, const struct form_row *row,
                const char *typed, struct error *err)
{
    if (!row->can_type)
        return error_set(err, _("'%s' cannot be changed by itself"), row->address);
    if (form_typed_nothing(typed))
        return check_nothing(row, err);
    if (row->role == FORM_ADD)
        return check_addition(arena, journey, row, typed, err);
    if (row->kind == FIELD_ID)
        return check_new_id(journey, row, typed, err);
    bool keyed = row->item && field_written(row->field) == FIELD_MAP;
    return check_value(journey, row, keyed ? row->key : NULL, typed, err);
}
