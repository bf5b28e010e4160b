/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "look.h"

#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/str.h>
#include <stellwerk/mapfile/edit.h>

#include "edit_verbs.h"
#include "reading.h"

/* ---- Typing ---------------------------------------------------------------------------------- */

static bool is_texts(const struct field *field)
{
    return field != NULL && field_written(field) == FIELD_TEXTS;
}

bool typed_as_text(const struct field *field, bool item)
{
    return is_texts(field) ? item : field != NULL && field_written(field) == FIELD_TEXT;
}

/* What looks like a number, date or word, and is meant to be a text by the schema or by whoever put
 * it in quotes, gets quotes. */
bool typed_value(struct arena *arena, const struct field *field, bool item, const char *given,
                 struct value **out, struct error *err)
{
    bool list = is_texts(field) && !item;
    if (typed_as_text(field, item)) {
        *out = value_text(arena, given);
        (*out)->quoted = true;
        return true;
    }
    if (!value_parse(arena, given, out, err))
        return false;
    if (list && (*out)->kind == VALUE_PAIRS) /* "zu laut: sehr" */
        *out = value_text(arena, given);
    for (size_t i = 0; list && i < (*out)->count; i++)
        (*out)->items[i]->quoted = true;
    (*out)->quoted = (*out)->quoted || list;
    return true;
}

/* ---- Showing --------------------------------------------------------------------------------- */

const char *typed_text(struct arena *arena, const struct field *field, bool item,
                       const struct yaml_node *node)
{
    if (node->kind == YAML_TEXT && says_nothing(node))
        return NULL;
    if (node->kind == YAML_TEXT && typed_as_text(field, item))
        return arena_strdup(arena, node->text);
    struct str line;
    str_init(&line);
    if (node->kind == YAML_TEXT)
        scalar_append(&line, node->text,
                      (struct scalar_form){ .style = YAML_PLAIN, .typed = true });
    else
        value_append_flow(&line, value_of_node(arena, node));
    const char *text = arena_strndup(arena, line.text, line.length);
    str_finish(&line);
    return text;
}

/* The tree and all that is found on the way live only while it is looked for. */
static bool look(struct arena *arena, struct arena *scratch, const struct yaml_tree *tree,
                 const char *address, const char **out, struct error *err)
{
    struct path path;
    if (!path_find(scratch, tree, &map_shape, address, false, &path, err))
        return false;
    const struct step whole = { .node = tree->root };
    const struct step *step = path.count > 0 ? path_end(&path) : &whole;
    const char *text =
        step->node != NULL ? typed_text(scratch, step->field, step->key == NULL, step->node) : NULL;
    *out = arena_strdup(arena, text);
    return true;
}

bool edit_look(struct arena *arena, const char *file, const char *text, size_t length,
               const char *address, const char **out, struct error *err)
{
    struct arena scratch;
    struct yaml_tree tree;
    struct diag_list findings;
    arena_init(&scratch);
    *out = NULL;
    bool fine = edit_read_tree(&scratch, &scratch, file, NULL, text, length, &tree, &findings,
                               err) &&
                look(arena, &scratch, &tree, address, out, err);
    arena_finish(&scratch);
    return fine;
}
