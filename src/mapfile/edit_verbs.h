/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What each verb does to an edit under way: changes the intent, and adds the splices that carry it
 * out. Private to mapfile/.
 */
#ifndef STELLWERK_SRC_MAPFILE_EDIT_VERBS_H
#define STELLWERK_SRC_MAPFILE_EDIT_VERBS_H

#include <stellwerk/mapfile/operation.h>
#include <stellwerk/mapfile/value.h>

#include "path.h"
#include "splice.h"

struct edit {
    struct arena *arena;
    const char *file;
    const struct operation *operation;
    struct yaml_tree tree;  /* of the old text */
    struct value *intent;   /* what the new text is to mean; the verb changes it */
    struct splices splices; /* the verb adds to them */
    enum yaml_style style;  /* PLAIN: as the old text was written; else the quotes to use */
    struct error *err;
};

[[nodiscard]] bool edit_set(struct edit *edit);
[[nodiscard]] bool edit_unset(struct edit *edit);
[[nodiscard]] bool edit_insert(struct edit *edit);
[[nodiscard]] bool edit_delete(struct edit *edit);
[[nodiscard]] bool edit_move(struct edit *edit);
[[nodiscard]] bool edit_rename(struct edit *edit);

/* ---- Shared by the verbs --------------------------------------------------------------------- */

/* The part of the intent that the first `steps` steps of a path lead to. */
struct value *intent_at(const struct edit *edit, const struct path *path, size_t steps);

/* Puts `value` where the first `steps` steps lead, in the intent and in the text. */
[[nodiscard]] bool edit_replace(struct edit *edit, const struct path *path, size_t steps,
                                struct value *value);

/* Adds the pair or the item of the step `at`, whose parent is there and which is not. */
[[nodiscard]] bool edit_add(struct edit *edit, const struct path *path, size_t at,
                            struct value *value);

/* Adds an item before the item `index` of the list that the first `steps` steps lead to. */
[[nodiscard]] bool edit_add_item(struct edit *edit, const struct path *path, size_t steps,
                                 size_t index, struct value *value);

/* Where `place` puts something among the items of a list. `count` is how many there are. */
[[nodiscard]] bool edit_place(const struct edit *edit, const struct yaml_node *list, size_t *out);

#endif
