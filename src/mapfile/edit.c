/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/mapfile/edit.h>

#include <assert.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/utf8.h>
#include <stellwerk/mapfile/reader.h>

#include "edit_verbs.h"

typedef bool verb_fn(struct edit *edit);

static verb_fn *const verbs[] = {
    [VERB_SET] = edit_set,       [VERB_UNSET] = edit_remove, [VERB_INSERT] = edit_insert,
    [VERB_DELETE] = edit_remove, [VERB_MOVE] = edit_move,    [VERB_RENAME] = edit_rename,
};
static_assert(ARRAY_LEN(verbs) == VERB_COUNT, "every verb can be carried out");

/* More than the tree of a usual map takes for each byte of its text: one block is enough. */
enum { NODE_BYTES = 4 };

/* An edit while it is tried: what is needed only until it is proved lives in `scratch`. */
struct attempt {
    struct edit edit;
    struct arena scratch; /* and the tree of the old text */
    struct arena *nodes;  /* the tree of the new text */
    const char *text;     /* the old one */
    size_t length;
    const struct yaml_tree *known; /* its tree; NULL: it must be read */
    struct edited *out;
};

/* The first error among findings. */
static bool tell_error(const struct diag_list *findings, const char *file, struct error *err)
{
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].severity == SEVERITY_ERROR)
            return error_at(err, findings->items[i].pos, "%s", findings->items[i].text);
    return error_set(err, _("'%s' cannot be read"), file);
}

bool edit_read_tree(struct arena *arena, struct arena *nodes, const char *file,
                    const struct yaml_tree *known, const char *text, size_t length,
                    struct yaml_tree *out, struct diag_list *findings, struct error *err)
{
    diag_list_init(findings, arena);
    bool read = yaml_read_next(arena, nodes, file, known, text, length, out, findings);
    return (read && findings->errors == 0) || tell_error(findings, file, err);
}

/* The whole point: what was spliced must read as what was meant. */
static bool prove(struct arena *arena, struct attempt *attempt, struct error *err)
{
    struct edited *out = attempt->out;
    const struct edit *edit = &attempt->edit;
    if (!edit_read_tree(arena, attempt->nodes, edit->file, &edit->tree, out->text, out->length,
                        &out->tree, &out->findings, err))
        return false;
    if (out->tree.root != NULL && value_said(edit->intent, out->tree.root))
        return true;
    return error_set(err,
                     _("the text around '%s' cannot be changed without changing what else it "
                       "says; edit it by hand"),
                     edit->operation->address);
}

/* A text goes in as the old one was written, then in quotes; the first that proves right wins. */
static bool carry_out(struct arena *arena, struct attempt *attempt, struct error *err)
{
    static const enum yaml_style styles[] = { YAML_PLAIN, YAML_SINGLE, YAML_DOUBLE };
    struct edit *edit = &attempt->edit;
    struct edited *out = attempt->out;
    for (size_t i = 0; i < ARRAY_LEN(styles); i++) {
        edit->style = styles[i];
        edit->intent = value_node(edit->arena, edit->tree.root);
        if (!splices_init(&edit->splices, edit->arena, &edit->tree, err) ||
            !verbs[edit->operation->verb](edit))
            return false;
        out->text = splices_apply(&edit->splices, arena, &out->length);
        bool last = i + 1 == ARRAY_LEN(styles);
        if (prove(arena, attempt, last ? err : NULL))
            return true;
    }
    return false;
}

static bool begin(struct attempt *attempt, struct error *err)
{
    struct edit *edit = &attempt->edit;
    struct diag_list findings;
    const char *value = edit->operation->value;
    size_t bad;
    arena_init(&attempt->scratch);
    if (attempt->known == NULL)
        attempt->scratch.first = NODE_BYTES * attempt->length;
    edit->arena = &attempt->scratch;
    edit->err = err;
    if (value != NULL && !utf8_valid(value, strlen(value), &bad))
        return error_set(err, _("the value is not UTF-8 text"));
    if (attempt->known != NULL)
        edit->tree = *attempt->known;
    else if (!edit_read_tree(edit->arena, edit->arena, edit->file, NULL, attempt->text,
                             attempt->length, &edit->tree, &findings, err))
        return false;
    return edit->tree.root != NULL || error_set(err, _("'%s' is empty"), edit->file);
}

bool edit_apply_unchecked(struct arena *arena, const char *file, const char *text, size_t length,
                          const struct operation *operation, struct edited *out, struct error *err)
{
    struct attempt attempt = {
        .edit = { .file = file, .operation = operation },
        .nodes = arena,
        .text = text,
        .length = length,
        .out = out
    };
    *out = (struct edited){ 0 };
    bool fine = begin(&attempt, err) && carry_out(arena, &attempt, err);
    arena_finish(&attempt.scratch);
    return fine;
}

/* ---- Maps ------------------------------------------------------------------------------------ */

static size_t count_error(const struct diag_list *findings, const char *text)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++)
        count += findings->items[i].severity == SEVERITY_ERROR &&
                 strcmp(findings->items[i].text, text) == 0;
    return count;
}

/* The first error of the new map that the old one did not have as often; NULL: it is no worse. */
static const struct diag *new_error(const struct diag_list *before, const struct diag_list *after)
{
    for (size_t i = 0; i < after->count; i++) {
        const struct diag *finding = &after->items[i];
        if (finding->severity == SEVERITY_ERROR &&
            count_error(after, finding->text) > count_error(before, finding->text))
            return finding;
    }
    return NULL;
}

/* Reads the new map from the tree of the proof. Errors that the old one has, too, are no reason. */
static bool check_map(struct arena *arena, struct attempt *attempt, struct error *err)
{
    struct edited *out = attempt->out;
    struct journey *journey;
    struct diag_list before;
    bool map = map_read_tree(arena, attempt->nodes, &out->tree, &out->journey, &out->findings);
    diag_list_sort(&out->findings);
    if (map && out->findings.errors == 0)
        return true;
    diag_list_init(&before, &attempt->scratch);
    map_read_tree(&attempt->scratch, &attempt->scratch, &attempt->edit.tree, &journey, &before);
    const struct diag *finding = new_error(&before, &out->findings);
    return finding == NULL || error_at(err, finding->pos, "%s", finding->text);
}

bool edit_apply_next(struct arena *arena, struct arena *nodes, const char *file, const char *text,
                     size_t length, const struct yaml_tree *tree,
                     const struct operation *operation, struct edited *out, struct error *err)
{
    struct attempt attempt = {
        .edit = { .file = file, .operation = operation, .shape = &map_shape },
        .nodes = nodes,
        .text = text,
        .length = length,
        .known = tree,
        .out = out
    };
    *out = (struct edited){ 0 };
    nodes->first = NODE_BYTES * length;
    bool fine =
        begin(&attempt, err) && carry_out(arena, &attempt, err) && check_map(arena, &attempt, err);
    arena_finish(&attempt.scratch);
    return fine;
}

bool edit_apply(struct arena *arena, const char *file, const char *text, size_t length,
                const struct operation *operation, struct edited *out, struct error *err)
{
    struct arena nodes = { .first = NODE_BYTES * length };
    bool fine = edit_apply_next(arena, &nodes, file, text, length, NULL, operation, out, err);
    arena_finish(&nodes);
    out->tree = (struct yaml_tree){ 0 };
    return fine;
}
