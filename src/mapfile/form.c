/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "form_inner.h"

#include <string.h>

#include <stellwerk/base/i18n.h>

#include "edit_verbs.h"

struct making {
    struct arena *arena;
    const struct yaml_tree *tree;
    const struct journey *journey;
    struct form *form;
    size_t capacity;
    const char *own_id; /* the key that the thing itself stands under; NULL */
};

/* What stands behind a key, or as an item: as it is written, and what that says; NULL: nothing. */
struct spot {
    const struct yaml_node *written, *said;
};

static struct spot spot_of(const struct yaml_node *node)
{
    return (struct spot){ .written = node, .said = node != NULL ? yaml_resolve(node) : NULL };
}

/* An alias cannot be changed where it stands, nor can what is inside of it. */
static bool is_alias(struct spot spot)
{
    return spot.written != spot.said;
}

static struct spot spot_behind(const struct shape *shape, const struct field *field,
                               struct spot owner)
{
    if (stands_for(owner.said, shape, field->key))
        return owner;
    if (owner.said == NULL || owner.said->kind != YAML_PAIRS)
        return spot_of(NULL);
    const struct yaml_node *at = owner.said->first;
    while (at != NULL && !(at->kind == YAML_TEXT && strcmp(at->text, field->key) == 0))
        at = at->next->next;
    return spot_of(at != NULL ? at->next : NULL);
}

/* ---- Rows ------------------------------------------------------------------------------------ */

static struct form_row *new_row(struct making *making, enum form_role role, const char *address,
                                const char *key, int depth)
{
    struct form *form = making->form;
    form->rows =
        arena_grow(making->arena, form->rows, form->count, &making->capacity, sizeof *form->rows);
    struct form_row *row = &form->rows[form->count++];
    *row = (struct form_row){
        .role = role, .address = address, .key = arena_strdup(making->arena, key), .depth = depth
    };
    return row;
}

const struct field *form_typed_field(const struct form_row *row, bool *item)
{
    bool bare = row->item && row->shape != NULL && row->shape->bare;
    *item = row->item && !bare;
    return bare ? &row->shape->fields[0] : row->field;
}

static bool has_things(const struct field *field)
{
    enum field_kind kind = field_written(field);
    return (kind == FIELD_LIST || kind == FIELD_MAP) && field->shape != NULL &&
           form_thing_find(field->shape->space) != NULL;
}

/* Things have forms of their own, and would be long in a line. */
static void fill_value(struct making *making, struct form_row *row, struct spot spot)
{
    if (spot.written == NULL)
        return;
    bool item;
    const struct field *field = form_typed_field(row, &item);
    if (!has_things(row->field))
        row->value = typed_text(making->arena, field, item, spot.said);
    row->pos = yaml_pos(making->tree, spot.written);
    row->count = spot.said->kind != YAML_TEXT ? spot.said->count : !says_nothing(spot.said);
}

static bool is_group(enum field_kind kind)
{
    return kind == FIELD_TEXTS || kind == FIELD_REFS || kind == FIELD_STRUCT ||
           kind == FIELD_LIST || kind == FIELD_MAP;
}

static const char *sample_of(const struct field *field)
{
    static const char *const samples[] = {
        [FIELD_BOOL] = "true",
        [FIELD_DAY] = "2026-11-01",
        [FIELD_DURATION] = "30d",
        [FIELD_CUSTOM] = NULL,
    };
    return field->sample != NULL ? field->sample : samples[field_written(field)];
}

/* {metric: print_rate, to: 0}: what is required. */
static const char *sample_of_struct(struct making *making, const struct field *owner)
{
    const struct shape *shape = owner->shape;
    const char *sample = NULL, *id = "0", *title;
    struct pos pos;
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        if (!field->required ||
            (field->kind == FIELD_REF &&
             !form_thing_at(making->journey, field->space, 0, &id, &title, &pos)))
            continue;
        const char *value = field->kind == FIELD_REF ? id : "0";
        sample = sample == NULL ? arena_printf(making->arena, "{%s: %s}", field->key, value)
                                : arena_printf(making->arena, "%.*s, %s: %s}",
                                               (int)strlen(sample) - 1, sample, field->key, value);
    }
    return sample;
}

/* The first key of a struct cannot come alone where others are required, too: these are typed
 * together. */
static bool may_be_first(const struct shape *shape, const struct field *field, struct spot owner)
{
    if (owner.said != NULL && !says_nothing(owner.said))
        return true;
    for (size_t i = 0; i < shape->field_count; i++)
        if (shape->fields[i].required && &shape->fields[i] != field)
            return false;
    return true;
}

static struct form_row *key_row(struct making *making, const struct shape *shape,
                                const struct field *field, struct spot owner, const char *base,
                                int depth)
{
    struct spot spot = spot_behind(shape, field, owner);
    enum field_kind kind = field_written(field);
    struct form_row *row =
        new_row(making, is_group(kind) ? FORM_GROUP : FORM_FIELD,
                arena_printf(making->arena, "%s.%s", base, field->key), field->key, depth);
    row->kind = kind;
    row->help = field->help;
    row->sample = kind == FIELD_STRUCT && field->sample == NULL ? sample_of_struct(making, field)
                                                                : sample_of(field);
    row->field = field;
    row->shape = shape;
    row->required = field->required;
    fill_value(making, row, spot);
    row->can_type = !is_alias(owner) && !is_alias(spot) && !has_things(field) && !field->fixed &&
                    may_be_first(shape, field, owner);
    row->can_unset = row->can_type && spot.written != NULL && spot.written != owner.written &&
                     !field->required && field->rival == NULL && kind != FIELD_ID;
    if (kind == FIELD_ID && row->value != NULL) {
        row->verb = VERB_RENAME;
        row->address = base;
        row->space = shape->space;
    }
    return row;
}

static void struct_rows(struct making *making, const struct shape *shape, struct spot owner,
                        const char *base, int depth);

/* ---- Items ----------------------------------------------------------------------------------- */

static enum field_kind kind_of_item(const struct field *field)
{
    if (field->shape != NULL)
        return field->shape->bare ? field_written(&field->shape->fields[0]) : FIELD_STRUCT;
    return field_written(field) == FIELD_REFS ? FIELD_REF : FIELD_TEXT;
}

static const char *address_of_item(struct making *making, const struct field *field,
                                   const char *list, const char *id, size_t number)
{
    const struct form_thing *thing =
        has_things(field) ? form_thing_find(field->shape->space) : NULL;
    if (id == NULL)
        return arena_printf(making->arena, "%s.%zu", list, number);
    const char *word = address_word(making->arena, id);
    if (thing == NULL)
        return arena_printf(making->arena, "%s.%s", list, word);
    bool bare = field->shape->space == SPACE_TOUCHPOINT && strcmp(id, "map") != 0;
    return bare ? word : arena_printf(making->arena, "%s/%s", thing->kind, word);
}

/* `id`: its id or key; NULL: it has none. */
static void item_rows(struct making *making, const struct field *field, struct spot spot,
                      const struct form_row *list, const char *id, size_t number)
{
    const struct shape *shape = field->shape;
    bool link = has_things(field), group = shape != NULL && !shape->bare;
    bool ordered = field_written(field) != FIELD_MAP;
    const char *address = address_of_item(making, field, list->address, id, number);
    const char *key = id != NULL ? id : arena_printf(making->arena, "%zu", number);
    int depth = list->depth + 1;
    struct form_row *out = new_row(making,
                                   link    ? FORM_LINK
                                   : group ? FORM_GROUP
                                           : FORM_FIELD,
                                   address, key, depth);
    out->kind = kind_of_item(field);
    out->help = field->help;
    out->field = field;
    out->shape = shape;
    out->item = true;
    out->list = list->address;
    fill_value(making, out, spot);
    out->can_type = !link && !is_alias(spot);
    out->can_delete = true;
    if (ordered) {
        out->place = number;
        out->siblings = list->count;
        out->can_move = list->count > 1;
        out->can_insert_behind = true;
    }
    const struct field *title = group ? form_title_field(shape) : NULL;
    struct spot named = title != NULL ? spot_behind(shape, title, spot) : spot_of(NULL);
    if (named.said != NULL && named.said->kind == YAML_TEXT)
        out->title = typed_text(making->arena, title, false, named.said);
    if (!link && group && !is_alias(spot))
        struct_rows(making, shape, spot, address, depth + 1);
}

static enum form_adds adds_of(const struct field *field, size_t count)
{
    const struct shape *shape = field->shape;
    bool map = field_written(field) == FIELD_MAP;
    if (shape == NULL || (shape->bare && !map))
        return FORM_ADDS_VALUE;
    if (has_things(field) || (!map && form_title_field(shape) != NULL))
        return FORM_ADDS_TITLE;
    if (map && (count > 0 || field->sample == NULL))
        return FORM_ADDS_KEYED;
    return FORM_ADDS_PAIRS;
}

/* [web, app]: the first two that there are; where there are fewer, as the schema has it. */
static const char *sample_of_pair(struct making *making, const struct shape *shape)
{
    const char *first, *second, *title;
    struct pos pos;
    enum space space = shape->fields[0].space;
    return form_thing_at(making->journey, space, 0, &first, &title, &pos) &&
                   form_thing_at(making->journey, space, 1, &second, &title, &pos)
               ? arena_printf(making->arena, "[%s, %s]", first, second)
               : shape->sample;
}

/* The keys, texts or ids that are there. */
static void take(struct making *making, struct form_row *row, const struct yaml_node *said)
{
    const char **taken = arena_array(making->arena, said->count, sizeof *taken);
    bool pairs = said->kind == YAML_PAIRS;
    row->taken = taken;
    for (const struct yaml_node *at = said->first; at != NULL;
         at = pairs ? at->next->next : at->next) {
        const struct yaml_node *item = yaml_resolve(at);
        const char *word = item->kind == YAML_TEXT ? item->text : item_id(item);
        if (word != NULL)
            taken[row->taken_count++] = arena_strdup(making->arena, word);
    }
}

static void add_row(struct making *making, const struct field *field, const struct form_row *list,
                    const struct yaml_node *said)
{
    struct form_row *row = new_row(making, FORM_ADD, list->address, "", list->depth + 1);
    row->kind = kind_of_item(field);
    row->help = field->help;
    row->field = field;
    row->shape = field->shape;
    row->item = true;
    row->verb = VERB_INSERT;
    row->can_type = true;
    row->adds = adds_of(field, list->count);
    if (field->shape != NULL)
        row->sample =
            row->kind == FIELD_REFS ? sample_of_pair(making, field->shape) : field->shape->sample;
    row->place = list->count + 1;
    if (row->adds == FORM_ADDS_PAIRS && field_written(field) == FIELD_MAP) {
        row->item = false; /* one alone would be too few: the first of them come together */
        row->shape = list->shape;
        row->verb = VERB_SET;
        row->sample = field->sample;
        row->kind = FIELD_MAP;
    }
    if (has_things(field))
        row->space = field->shape->space;
    else if (said != NULL && said->kind != YAML_TEXT)
        take(making, row, said);
}

static void rows_of_items(struct making *making, const struct field *field, struct spot spot,
                          size_t list_row)
{
    const struct yaml_node *said = spot.said;
    struct form_row list = making->form->rows[list_row];
    size_t number = 1;
    if (is_alias(spot))
        return;
    if (said != NULL && said->kind == YAML_LIST && field_written(field) != FIELD_MAP)
        for (const struct yaml_node *at = said->first; at != NULL; at = at->next, number++)
            item_rows(making, field, spot_of(at), &list,
                      field->shape != NULL && field->shape->has_id ? item_id(at) : NULL, number);
    if (said != NULL && said->kind == YAML_PAIRS && field_written(field) == FIELD_MAP)
        for (const struct yaml_node *at = said->first; at != NULL; at = at->next->next, number++)
            if (at->kind == YAML_TEXT)
                item_rows(making, field, spot_of(at->next), &list, at->text, number);
    add_row(making, field, &list, said);
}

/* ---- Structs --------------------------------------------------------------------------------- */

static void field_rows(struct making *making, const struct shape *shape, const struct field *field,
                       struct spot owner, const char *base, int depth)
{
    size_t at = making->form->count;
    struct spot spot = spot_behind(shape, field, owner);
    const struct form_row *row = key_row(making, shape, field, owner, base, depth);
    if (row->kind == FIELD_STRUCT) {
        if (!is_alias(spot))
            struct_rows(making, field->shape, spot, row->address, depth + 1);
    } else if (row->role == FORM_GROUP) {
        rows_of_items(making, field, spot, at);
    }
}

/* What stands under its id in a mapping has the id that is its key. */
static void id_row(struct making *making, const struct shape *shape, struct spot owner,
                   const char *base, int depth)
{
    struct form_row *row = new_row(making, FORM_FIELD, base, "id", depth);
    row->kind = FIELD_ID;
    row->help = N_("a short name for addresses and references");
    row->value = making->own_id;
    row->pos = yaml_pos(making->tree, owner.written);
    row->verb = VERB_RENAME;
    row->required = row->can_type = true;
    row->space = shape->space;
    row->shape = shape;
}

static void struct_rows(struct making *making, const struct shape *shape, struct spot owner,
                        const char *base, int depth)
{
    const struct form_thing *thing = form_thing_find(shape->space);
    if (thing != NULL && !thing->in_list && making->own_id != NULL)
        id_row(making, shape, owner, base, depth);
    for (size_t i = 0; i < shape->field_count; i++)
        field_rows(making, shape, &shape->fields[i], owner, base, depth);
}

/* ---- Forms ----------------------------------------------------------------------------------- */

static bool is_row_of(const struct form_row *row, const char *address)
{
    return row->role != FORM_ADD && strcmp(row->address, address) == 0;
}

/* Leaves the row of an address and what is in it. */
static bool keep_below(struct form *form, const char *address, struct error *err)
{
    size_t first = 0, count = 1;
    while (first < form->count && !is_row_of(&form->rows[first], address))
        first++;
    if (first == form->count)
        return error_set(err, _("'%s' is not there"), address);
    int depth = form->rows[first].depth;
    while (first + count < form->count && form->rows[first + count].depth > depth)
        count++;
    form->rows += first;
    form->count = count;
    for (size_t i = 0; i < count; i++)
        form->rows[i].depth -= depth;
    form->shape = NULL;
    form->kind = form->rows[0].field->key;
    return true;
}

static bool fill(struct making *making, struct arena *scratch, const char *address,
                 struct error *err)
{
    struct path path;
    char *base = arena_strdup(making->arena, address);
    const struct shape *shape = &map_shape;
    if (!path_find(scratch, making->tree, &map_shape, address, false, &path, err))
        return false;
    bool part = path.count > 0 && path.shape == NULL;
    while (path.count > 0 && path.shape == NULL) {
        if (!address_cut_last(base) ||
            !path_find(scratch, making->tree, &map_shape, base, false, &path, err))
            return error_set(err, _("'%s' is not there"), address);
    }
    struct spot spot = spot_of(making->tree->root);
    if (path.count > 0) {
        shape = path.shape;
        spot = spot_of(path_end(&path)->node);
        if (address_fields(base) == NULL)
            making->own_id = arena_strdup(making->arena, path_end(&path)->key);
    }
    making->form->shape = shape;
    making->form->kind = shape->name;
    struct_rows(making, shape, spot, base, 0);
    return !part || keep_below(making->form, address, err);
}

bool form_of(struct arena *arena, const struct journey *journey, const char *file, const char *text,
             size_t length, const char *address, struct form *out, struct error *err)
{
    struct arena scratch;
    struct yaml_tree tree;
    struct diag_list findings;
    struct making making = { .arena = arena, .tree = &tree, .journey = journey, .form = out };
    *out = (struct form){ .address = arena_strdup(arena, address) };
    arena_init(&scratch);
    bool fine = edit_read_tree(&scratch, &scratch, file, NULL, text, length, &tree, &findings,
                               err) &&
                fill(&making, &scratch, address, err);
    arena_finish(&scratch);
    return fine || form_tell_library(journey, file, address, err);
}

const struct form_row *form_find(const struct form *form, const char *address)
{
    for (size_t i = 0; i < form->count; i++)
        if (strcmp(form->rows[i].address, address) == 0)
            return &form->rows[i];
    return NULL;
}
