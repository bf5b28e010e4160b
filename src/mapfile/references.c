/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading.h"

#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/near.h>
#include <stellwerk/base/utf8.h>

/* What is said of an id that nothing has. */
struct unknown {
    const char *alone, *near;
};

static const struct unknown unknowns[SPACE_COUNT] = {
    [SPACE_PERSONA] = { N_("there is no persona '%s'"),
                        N_("there is no persona '%s'; did you mean '%s'?") },
    [SPACE_CONTEXT] = { N_("there is no context '%s'"),
                        N_("there is no context '%s'; did you mean '%s'?") },
    [SPACE_CHANNEL] = { N_("there is no channel '%s'"),
                        N_("there is no channel '%s'; did you mean '%s'?") },
    [SPACE_METRIC] = { N_("there is no metric '%s'"),
                       N_("there is no metric '%s'; did you mean '%s'?") },
    [SPACE_TOUCHPOINT] = { N_("there is no touchpoint '%s'"),
                           N_("there is no touchpoint '%s'; did you mean '%s'?") },
};

static bool is_id_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_id(const char *text)
{
    if (!is_id_letter(text[0]))
        return false;
    while (is_id_letter(*text) || *text == '_' || *text == '-')
        text++;
    return *text == '\0';
}

const char *id_from_title(struct arena *arena, const char *title)
{
    enum { ID_MAX = 40 };
    /* "Über" is spelt ueber, and what has no likeness in ASCII has nothing to spell. */
    const char *folded = utf8_fold(arena, utf8_ascii(arena, title));
    char *id = arena_alloc(arena, ID_MAX + 1);
    size_t length = 0;
    bool gap = false;
    for (; *folded != '\0' && length + 1 < ID_MAX; folded++) {
        if (is_id_letter(*folded)) {
            if (gap && length > 0)
                id[length++] = '-';
            id[length++] = *folded;
            gap = false;
        } else if ((unsigned char)*folded < 0x80) {
            gap = true;
        }
    }
    return length > 0 ? id : NULL;
}

void check_id(struct reading *reading, const struct yaml_node *node)
{
    if (is_id(node->text))
        return;
    const char *better = id_from_title(reading->nodes, shown(reading, node->text));
    report(reading, SEVERITY_ERROR, node, "bad_id",
           better != NULL
               ? _("an id has only a-z, 0-9, '-' and '_' and begins with a letter or digit, so it "
                   "cannot be '%s'; write for instance '%s'")
               : _("an id has only a-z, 0-9, '-' and '_' and begins with a letter or digit, so it "
                   "cannot be '%s'"),
           shown(reading, node->text), better);
}

static void report_duplicate(struct reading *reading, const struct yaml_node *node,
                             struct pos first)
{
    struct diag *diag = report(reading, SEVERITY_ERROR, node, "duplicate_id",
                               _("the id '%s' is taken: it was given in line %u, column %u"),
                               shown(reading, node->text), first.line, first.column);
    diag->other = first;
}

void register_id(struct reading *reading, enum space space, const struct yaml_node *node, int index)
{
    struct ids *ids = &reading->spaces[space];
    const struct id_entry *entry = ids_find(ids, node->text);
    if (entry != NULL)
        report_duplicate(reading, node, entry->pos);
    else
        ids_add(ids, node->text, index, yaml_pos(reading->tree, node));
}

/* Comparing takes its time, and a map with thousands of broken references would take hours. */
static const char *nearest_id(struct reading *reading, const struct ids *ids, const char *id)
{
    if (ids->count > reading->offers_left)
        return NULL;
    reading->offers_left -= ids->count;
    struct near near;
    near_init(&near, id);
    ids_offer(ids, &near);
    return near.best;
}

bool resolve_id(struct reading *reading, enum space space, const struct yaml_node *node,
                const char *id, int *out)
{
    const struct ids *ids = &reading->spaces[space];
    const struct id_entry *entry = ids_find(ids, id);
    if (entry != NULL) {
        *out = entry->index;
        return entry->index != NONE;
    }
    /* A library serves many maps; it may know of more than this one does. */
    enum severity severity = reading->library ? SEVERITY_NOTE : SEVERITY_ERROR;
    const char *near = nearest_id(reading, ids, id);
    const struct unknown *unknown = &unknowns[space];
    report(reading, severity, node, "unknown_id",
           near != NULL ? _(unknown->near) : _(unknown->alone), shown(reading, id), near);
    return false;
}
