/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "path.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/near.h>

#include "reading.h"

/* What the schema says of a node on the way. */
struct expected {
    enum { AS_STRUCT, AS_MAP, AS_LIST, AS_LEAF, AS_ANY } as;
    const struct shape *shape; /* of the struct, or of what the map or list holds; NULL: texts */
    const struct field *field; /* of a list of texts */
};

/* Things with a name of their own, and where they stand. */
static const struct home {
    const char *kind, *key;
    bool in_list; /* items with an `id`; else keys of a mapping */
} homes[] = {
    { "persona", "personas", false }, { "context", "contexts", false },
    { "channel", "channels", false }, { "metric", "metrics", false },
    { "stage", "stages", true },      { "route", "routes", true },
};

/* A walk down. */
struct walk {
    struct arena *arena;
    struct path *path;
    const struct yaml_node *node; /* where it stands; NULL: beyond what is there */
    struct expected expected;
    const char *address;
    struct error *err;
};

static struct expected expected_behind(const struct field *field)
{
    switch (field_written(field)) {
    case FIELD_MAP:
        return (struct expected){ .as = AS_MAP, .shape = field->shape };
    case FIELD_LIST:
        return (struct expected){ .as = AS_LIST, .shape = field->shape };
    case FIELD_TEXTS:
    case FIELD_REFS:
        return (struct expected){ .as = AS_LIST, .field = field };
    case FIELD_STRUCT:
        return (struct expected){ .as = AS_STRUCT, .shape = field->shape };
    default:
        return (struct expected){ .as = AS_LEAF };
    }
}

/* Of an item or value of a collection. */
static struct expected expected_inside(const struct expected *collection)
{
    const struct shape *shape = collection->shape;
    if (shape == NULL)
        return collection->field != NULL
                   ? (struct expected){ .as = AS_LEAF, .field = collection->field }
                   : (struct expected){ .as = AS_ANY };
    return shape->bare ? expected_behind(&shape->fields[0])
                       : (struct expected){ .as = AS_STRUCT, .shape = shape };
}

static const struct field *find_field(const struct shape *shape, const char *key)
{
    for (size_t i = 0; i < shape->field_count; i++)
        if (strcmp(shape->fields[i].key, key) == 0)
            return &shape->fields[i];
    return NULL;
}

static bool wrong_field(struct walk *walk, const struct shape *shape, const char *key)
{
    struct near near;
    near_init(&near, key);
    for (size_t i = 0; i < shape->field_count; i++)
        near_offer(&near, shape->fields[i].key);
    if (near.best != NULL)
        return error_set(walk->err, _("'%s': '%s' has no key '%s'; did you mean '%s'?"),
                         walk->address, shape->name, key, near.best);
    return error_set(walk->err, _("'%s': '%s' has no key '%s'"), walk->address, shape->name, key);
}

static bool add_step(struct walk *walk, struct step step)
{
    if (walk->path->count == PATH_MAX_STEPS)
        return error_set(walk->err, _("the address '%s' is too long"), walk->address);
    if (step.node != NULL && step.node->kind == YAML_ALIAS)
        return error_set(walk->err,
                         _("'%s' leads through an alias in line %u; edit what it points at"),
                         walk->address, step.node->line);
    walk->path->steps[walk->path->count++] = step;
    walk->node = step.node;
    return true;
}

static bool step_key(struct walk *walk, const char *key, const struct field *field,
                     const struct shape *shape)
{
    struct step step = { .key = key, .parent = walk->node, .field = field, .shape = shape };
    if (walk->node != NULL && walk->node->kind == YAML_PAIRS) {
        for (const struct yaml_node *at = walk->node->first; at != NULL; at = at->next->next) {
            if (at->kind == YAML_TEXT && strcmp(at->text, key) == 0) {
                step.node = at->next;
                break;
            }
            step.index++;
        }
    } else if (walk->node != NULL && walk->node->kind == YAML_LIST &&
               (shape == NULL || shape->shorthand == NULL)) {
        return error_set(walk->err, _("'%s': line %u holds a list, where '%s' is no number"),
                         walk->address, walk->node->line, key);
    }
    return add_step(walk, step);
}

const char *item_id(const struct yaml_node *item)
{
    item = yaml_resolve(item);
    const struct yaml_node *id = item->kind == YAML_PAIRS ? yaml_find(item, "id") : NULL;
    return id != NULL && id->kind == YAML_TEXT ? id->text : NULL;
}

static bool has_id(const struct yaml_node *item, const char *id)
{
    const char *own = item_id(item);
    return own != NULL && strcmp(own, id) == 0;
}

static bool step_to(struct walk *walk, const struct yaml_node *item, size_t index, const char *id)
{
    struct step step = {
        .parent = walk->node, .node = item, .index = index, .id = id, .field = walk->expected.field
    };
    walk->expected = expected_inside(&walk->expected);
    return add_step(walk, step);
}

/* The item with an id and its index; NULL and how many there are. */
static const struct yaml_node *find_item(const struct yaml_node *list, const char *id,
                                         size_t *index)
{
    *index = 0;
    const struct yaml_node *item = list != NULL ? list->first : NULL;
    for (; item != NULL && !has_id(item, id); item = item->next)
        ++*index;
    return item;
}

/* One text may stand where a list may; it cannot be stepped into. */
static bool expect_items(const struct walk *walk)
{
    return walk->node == NULL || walk->node->kind == YAML_LIST ||
           error_set(walk->err, _("'%s': what stands in line %u is no list; set it as a whole"),
                     walk->address, walk->node->line);
}

static bool step_id(struct walk *walk, const char *id)
{
    size_t index;
    if (!expect_items(walk))
        return false;
    const struct yaml_node *item = find_item(walk->node, id, &index);
    return step_to(walk, item, index, id);
}

/* An id, or where no item has it a number from 1. */
static bool step_item(struct walk *walk, const char *word)
{
    size_t count;
    if (!expect_items(walk))
        return false;
    bool is_number = *word != '\0' && strspn(word, "0123456789") == strlen(word);
    if (!is_number && walk->expected.field != NULL)
        return error_set(walk->err, _("'%s': what is in this list has numbers, not '%s'"),
                         walk->address, word);
    if (!is_number || find_item(walk->node, word, &count) != NULL)
        return step_id(walk, word);
    size_t number = strtoul(word, NULL, 10);
    if (count == 0)
        return error_set(walk->err, _("'%s': there is nothing in this list"), walk->address);
    if (number < 1 || number > count)
        return error_set(walk->err,
                         ngettext("'%s': there is only %zu of them",
                                  "'%s': there are only %zu of them", count),
                         walk->address, count);
    return step_to(walk, yaml_nth(walk->node->first, number - 1), number - 1, NULL);
}

bool stands_for(const struct yaml_node *node, const struct shape *shape, const char *key)
{
    bool value = node != NULL &&
                 (node->kind == YAML_LIST || (node->kind == YAML_TEXT && !says_nothing(node)));
    return value && shape->shorthand != NULL && strcmp(shape->shorthand, key) == 0;
}

static bool step_word(struct walk *walk, const char *word)
{
    struct expected expected = walk->expected;
    if (expected.as == AS_ANY && walk->node != NULL)
        expected.as = walk->node->kind == YAML_LIST ? AS_LIST : AS_MAP;
    switch (expected.as) {
    case AS_LEAF:
        return error_set(walk->err, _("'%s': there is nothing inside of what stands before '%s'"),
                         walk->address, word);
    case AS_LIST:
        walk->expected = expected;
        return step_item(walk, word);
    case AS_STRUCT: {
        const struct field *field = find_field(expected.shape, word);
        if (field == NULL)
            return wrong_field(walk, expected.shape, word);
        walk->expected = expected_behind(field);
        if (stands_for(walk->node, expected.shape, word)) {
            walk->path->steps[walk->path->count - 1].field = field;
            walk->path->short_form = true;
            return true;
        }
        return step_key(walk, word, field, expected.shape);
    }
    default: {
        bool bare = expected.shape != NULL && expected.shape->bare;
        walk->expected = expected_inside(&expected);
        return step_key(walk, word, bare ? &expected.shape->fields[0] : NULL, NULL);
    }
    }
}

/* Names the thing that is not there, and the nearest one that is. */
static bool no_such_thing(struct walk *walk, const struct yaml_node *list, const char *kind,
                          const char *id)
{
    struct near near;
    near_init(&near, id);
    const struct yaml_node *at = list != NULL ? list->first : NULL;
    for (; at != NULL; at = list->kind == YAML_PAIRS ? at->next->next : at->next) {
        const char *known = at->kind == YAML_TEXT ? at->text : item_id(at);
        if (known != NULL)
            near_offer(&near, known);
    }
    if (near.best != NULL)
        return error_set(walk->err, _("there is no %s '%s'; did you mean '%s'?"), kind, id,
                         near.best);
    return error_set(walk->err, _("there is no %s '%s'"), kind, id);
}

static const struct yaml_node *touchpoints_of(const struct yaml_node *stage)
{
    stage = yaml_resolve(stage);
    const struct yaml_node *list =
        stage->kind == YAML_PAIRS ? yaml_find(stage, "touchpoints") : NULL;
    return list != NULL && list->kind == YAML_LIST ? list->first : NULL;
}

static bool no_such_touchpoint(struct walk *walk, const struct yaml_node *stage, const char *id)
{
    struct near near;
    near_init(&near, id);
    for (; stage != NULL; stage = stage->next)
        for (const struct yaml_node *at = touchpoints_of(stage); at != NULL; at = at->next)
            if (item_id(at) != NULL)
                near_offer(&near, item_id(at));
    if (near.best != NULL)
        return error_set(walk->err, _("there is no touchpoint '%s'; did you mean '%s'?"), id,
                         near.best);
    return error_set(walk->err, _("there is no touchpoint '%s'"), id);
}

/* The first stage that has the touchpoint. */
static bool walk_to_touchpoint(struct walk *walk, const char *id)
{
    if (!step_word(walk, "stages"))
        return false;
    const struct yaml_node *stages = walk->node;
    if (stages == NULL || stages->kind != YAML_LIST)
        return no_such_touchpoint(walk, NULL, id);
    size_t index = 0;
    for (const struct yaml_node *stage = stages->first; stage != NULL; stage = stage->next) {
        for (const struct yaml_node *at = touchpoints_of(stage); at != NULL; at = at->next)
            if (has_id(at, id))
                return step_to(walk, stage, index, NULL) && step_word(walk, "touchpoints") &&
                       step_word(walk, id);
        index++;
    }
    return no_such_touchpoint(walk, stages->first, id);
}

static bool walk_to_thing(struct walk *walk, const char *kind, const char *id, bool makes)
{
    if (strcmp(kind, "touchpoint") == 0)
        return walk_to_touchpoint(walk, id);
    for (size_t i = 0; i < ARRAY_LEN(homes); i++) {
        if (strcmp(homes[i].kind, kind) != 0)
            continue;
        if (!step_word(walk, homes[i].key))
            return false;
        const struct yaml_node *list = walk->node;
        if (!(homes[i].in_list ? step_id(walk, id) : step_word(walk, id)))
            return false;
        return walk->node != NULL || makes || no_such_thing(walk, list, kind, id);
    }
    return error_set(walk->err, _("'%s': there is no kind of thing '%s'"), walk->address, kind);
}

/* A dot that is no end of a word stands behind a backslash, and so may a backslash. */
static bool is_escape(const char *text)
{
    return text[0] == '\\' && (text[1] == '.' || text[1] == '\\');
}

static size_t word_length(const char *text)
{
    size_t length = 0;
    while (text[length] != '\0' && text[length] != '.')
        length += is_escape(text + length) ? 2 : 1;
    return length;
}

const char *address_fields(const char *address)
{
    const char *dot = address + word_length(address);
    return *dot != '\0' ? dot + 1 : NULL;
}

bool address_cut_last(char *address)
{
    char *last = NULL;
    for (char *dot = address + word_length(address); *dot != '\0'; dot += 1 + word_length(dot + 1))
        last = dot;
    if (last != NULL)
        *last = '\0';
    return last != NULL;
}

/* Cuts the first word off; NULL: there is none. */
static char *take_word(char **rest)
{
    char *word = *rest;
    if (word == NULL)
        return NULL;
    char *dot = word + word_length(word);
    *rest = *dot != '\0' ? dot + 1 : NULL;
    *dot = '\0';
    char *to = word;
    for (const char *from = word; *from != '\0'; from++) {
        from += is_escape(from);
        *to++ = *from;
    }
    *to = '\0';
    return word;
}

const char *address_word(struct arena *arena, const char *word)
{
    char *out = arena_alloc(arena, 2 * strlen(word) + 1), *to = out;
    for (; *word != '\0'; word++) {
        if (*word == '.' || *word == '\\')
            *to++ = '\\';
        *to++ = *word;
    }
    return out;
}

/* "persona/anna", "map", "ticket". */
static bool walk_head(struct walk *walk, char *head, bool makes)
{
    if (strcmp(head, "map") == 0)
        return true;
    char *slash = strchr(head, '/');
    if (slash == NULL)
        return walk_to_thing(walk, "touchpoint", head, makes);
    *slash = '\0';
    return walk_to_thing(walk, head, slash + 1, makes);
}

bool path_find(struct arena *arena, const struct yaml_tree *tree, const struct shape *root,
               const char *address, bool makes, struct path *out, struct error *err)
{
    struct walk walk = {
        .arena = arena,
        .path = out,
        .node = tree->root,
        .expected = { .as = root != NULL ? AS_STRUCT : AS_ANY, .shape = root },
        .address = address,
        .err = err,
    };
    *out = (struct path){ 0 };
    if (tree->root == NULL || tree->root->kind != YAML_PAIRS)
        return error_set(err, _("the file holds no map"));
    char *rest = arena_strdup(arena, address), *head = take_word(&rest);
    if (!walk_head(&walk, head, makes && rest == NULL))
        return false;
    for (char *word = take_word(&rest); word != NULL; word = take_word(&rest))
        if (!step_word(&walk, word))
            return false;
    out->shape = walk.expected.as == AS_STRUCT ? walk.expected.shape : NULL;
    return true;
}
