/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/mapfile/edit.h>

#include <assert.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/mapfile/reader.h>

#include "edit_verbs.h"

typedef bool verb_fn(struct edit *edit);

static verb_fn *const verbs[] = {
    [VERB_SET] = edit_set,       [VERB_UNSET] = edit_unset, [VERB_INSERT] = edit_insert,
    [VERB_DELETE] = edit_delete, [VERB_MOVE] = edit_move,   [VERB_RENAME] = edit_rename,
};
static_assert(ARRAY_LEN(verbs) == VERB_COUNT, "every verb can be carried out");

static bool read_tree(struct arena *arena, const char *file, const char *text, size_t length,
                      struct yaml_tree *out, struct error *err)
{
    struct diag_list findings;
    diag_list_init(&findings, arena);
    if (yaml_read(arena, arena, file, text, length, out, &findings) && findings.errors == 0)
        return true;
    for (size_t i = 0; i < findings.count; i++)
        if (findings.items[i].severity == SEVERITY_ERROR)
            return error_at(err, findings.items[i].pos, "%s", findings.items[i].text);
    return error_set(err, _("'%s' cannot be read"), file);
}

/* The whole point: what was spliced must read as what was meant. */
static bool means(struct edit *edit, const char *text, size_t length)
{
    struct yaml_tree tree;
    if (!read_tree(edit->arena, edit->file, text, length, &tree, NULL))
        return false;
    return tree.root != NULL && value_equal(edit->intent, value_of_node(edit->arena, tree.root));
}

static bool attempt(struct edit *edit, enum yaml_style style, struct edited *out, bool *proved)
{
    *proved = false;
    edit->style = style;
    edit->intent = value_of_node(edit->arena, edit->tree.root);
    if (!splices_init(&edit->splices, edit->arena, &edit->tree, edit->err) ||
        !verbs[edit->operation->verb](edit))
        return false;
    out->text = splices_apply(&edit->splices, &out->length);
    *proved = means(edit, out->text, out->length);
    return true;
}

bool edit_apply_unchecked(struct arena *arena, const char *file, const char *text, size_t length,
                          const struct operation *operation, struct edited *out, struct error *err)
{
    /* A text goes in as the old one was written, then in quotes; the first that proves right
     * wins. */
    static const enum yaml_style styles[] = { YAML_PLAIN, YAML_SINGLE, YAML_DOUBLE };
    struct edit edit = { .arena = arena, .file = file, .operation = operation, .err = err };
    if (!read_tree(arena, file, text, length, &edit.tree, err))
        return false;
    if (edit.tree.root == NULL)
        return error_set(err, _("'%s' is empty"), file);
    for (size_t i = 0; i < ARRAY_LEN(styles); i++) {
        bool proved;
        if (!attempt(&edit, styles[i], out, &proved))
            return false;
        if (proved)
            return true;
    }
    return error_set(err,
                     _("the text around '%s' cannot be changed without changing what else it "
                       "says; edit it by hand"),
                     operation->address);
}

/* The first error of the new map that the old one did not have as often; NULL: it is no worse. */
static const struct diag *new_error(const struct diag_list *before, const struct diag_list *after)
{
    for (size_t i = 0; i < after->count; i++) {
        const struct diag *finding = &after->items[i];
        size_t had = 0, has = 0;
        if (finding->severity != SEVERITY_ERROR)
            continue;
        for (size_t k = 0; k < before->count; k++)
            had += before->items[k].severity == SEVERITY_ERROR &&
                   strcmp(before->items[k].text, finding->text) == 0;
        for (size_t k = 0; k < after->count; k++)
            has += after->items[k].severity == SEVERITY_ERROR &&
                   strcmp(after->items[k].text, finding->text) == 0;
        if (has > had)
            return finding;
    }
    return NULL;
}

static void findings_of(struct arena *arena, const char *file, const char *text, size_t length,
                        struct diag_list *out)
{
    struct journey *journey;
    diag_list_init(out, arena);
    map_read_text(arena, file, text, length, &journey, out);
}

bool edit_apply(struct arena *arena, const char *file, const char *text, size_t length,
                const struct operation *operation, struct edited *out, struct error *err)
{
    struct diag_list before, after;
    if (!edit_apply_unchecked(arena, file, text, length, operation, out, err))
        return false;
    findings_of(arena, file, out->text, out->length, &after);
    if (after.errors == 0)
        return true;
    findings_of(arena, file, text, length, &before);
    const struct diag *finding = new_error(&before, &after);
    return finding == NULL || error_at(err, finding->pos, "%s", finding->text);
}
