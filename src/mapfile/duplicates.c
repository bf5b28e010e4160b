/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "duplicates.h"

#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/utf8.h>

#include "ids.h"

/* Mappings up to this size compare key by key; larger ones use a table. */
enum { FEW_PAIRS = 32 };

/*
 * A bit for each key, the same for equal keys: while all bits differ, so do the keys. Nearly every
 * mapping is done with after one look at each of its keys.
 */
static uint64_t key_bit(const struct yaml_node *key)
{
    if (key->count == 0)
        return 1;
    const unsigned char *text = (const unsigned char *)key->text;
    uint32_t mix = 31U * text[0] + 17U * text[key->count - 1] + 7U * text[key->count / 2];
    return UINT64_C(1) << ((mix + key->count) & 63);
}

static bool same_key(const struct yaml_node *a, const struct yaml_node *b)
{
    return b->kind == YAML_TEXT && a->count == b->count && memcmp(a->text, b->text, a->count) == 0;
}

static struct yaml_node *earlier_key(const struct yaml_node *pairs, const struct yaml_node *place,
                                     const struct yaml_node *key)
{
    for (struct yaml_node *at = pairs->first; at != place; at = at->next->next)
        if (same_key(key, yaml_resolve(at)))
            return at;
    return NULL;
}

static void report(const struct yaml_tree *tree, struct diag_list *findings,
                   const struct yaml_node *key, struct pos first, const struct yaml_node *again)
{
    struct pos pos = yaml_pos(tree, again);
    struct diag *diag =
        diag_add(findings, SEVERITY_ERROR, pos, "duplicate_key",
                 _("the key '%s' stands here a second time; the first is in line %u, column %u"),
                 utf8_fit(findings->arena, key->text, 60, "…"), first.line, first.column);
    diag->other = first;
}

/* The pairs being looked through, and what is known of those passed. */
struct passed {
    uint64_t bits;   /* small mappings */
    struct ids keys; /* large ones */
};

static bool seen_before(struct passed *passed, const struct yaml_tree *tree,
                        const struct yaml_node *pairs, const struct yaml_node *place,
                        struct pos *first)
{
    const struct yaml_node *key = yaml_resolve(place);
    if (pairs->count > FEW_PAIRS) {
        const struct id_entry *entry = ids_find(&passed->keys, key->text);
        if (entry == NULL) {
            ids_add(&passed->keys, key->text, 0, yaml_pos(tree, place));
            return false;
        }
        *first = entry->pos;
        return true;
    }
    uint64_t bit = key_bit(key);
    bool doubt = (passed->bits & bit) != 0;
    passed->bits |= bit;
    const struct yaml_node *earlier = doubt ? earlier_key(pairs, place, key) : NULL;
    if (earlier != NULL)
        *first = yaml_pos(tree, earlier);
    return earlier != NULL;
}

void duplicates_remove(struct arena *arena, const struct yaml_tree *tree, struct yaml_node *pairs,
                       struct diag_list *findings)
{
    struct passed passed = { 0 };
    ids_init(&passed.keys, arena);
    struct yaml_node *value = NULL; /* of the pair before */
    uint32_t removed = 0;
    for (struct yaml_node *place = pairs->first; place != NULL; place = place->next->next) {
        const struct yaml_node *key = yaml_resolve(place);
        struct pos first;
        if (key->kind == YAML_TEXT && seen_before(&passed, tree, pairs, place, &first)) {
            report(tree, findings, key, first, place);
            value->next = place->next->next;
            removed++;
        } else {
            value = place->next;
        }
    }
    pairs->count -= removed;
}
