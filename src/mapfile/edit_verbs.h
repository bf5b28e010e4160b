/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What each verb does to an edit under way: changes the intent, and adds the splices that carry it
 * out. Private to mapfile/.
 */
#ifndef STELLWERK_SRC_MAPFILE_EDIT_VERBS_H
#define STELLWERK_SRC_MAPFILE_EDIT_VERBS_H

#include <stellwerk/base/diag.h>
#include <stellwerk/mapfile/operation.h>
#include <stellwerk/mapfile/value.h>

#include "look.h"
#include "path.h"
#include "splice.h"

struct edit {
    struct arena *arena;
    const char *file;
    const struct operation *operation;
    const struct shape *shape; /* of the whole; NULL: it is no map */
    struct yaml_tree tree;     /* of the old text */
    struct value *intent;      /* what the new text is to mean; the verb changes it */
    struct splices splices;    /* the verb adds to them */
    enum yaml_style style;     /* PLAIN: as the old text was written; else the quotes to use */
    struct error *err;
};

[[nodiscard]] bool edit_set(struct edit *edit);
[[nodiscard]] bool edit_remove(struct edit *edit);
[[nodiscard]] bool edit_insert(struct edit *edit);
[[nodiscard]] bool edit_move(struct edit *edit);
[[nodiscard]] bool edit_rename(struct edit *edit);

/* yaml_read_next() of a text that is to be changed, or was: false, with the first error, where it
 * has one. */
[[nodiscard]] bool edit_read_tree(struct arena *arena, struct arena *nodes, const char *file,
                                  const struct yaml_tree *known, const char *text, size_t length,
                                  struct yaml_tree *out, struct diag_list *findings,
                                  struct error *err);

/* ---- Shared by the verbs --------------------------------------------------------------------- */

/* path_find() in the old text; fails also where an alias elsewhere needs what is on the way. */
[[nodiscard]] bool edit_find(const struct edit *edit, const char *address, bool makes,
                             struct path *out);

/* The part of the intent that the first `steps` steps of a path lead to. */
struct value *intent_at(const struct edit *edit, const struct path *path, size_t steps);

/* Puts a value at the end of a path, in the intent and in the text; makes what is missing of it. */
[[nodiscard]] bool edit_put(struct edit *edit, const struct path *path, struct value *value);

/* Adds an item before the item `index` of the list that the first `steps` steps lead to. */
[[nodiscard]] bool edit_add_item(struct edit *edit, const struct path *path, size_t steps,
                                 size_t index, struct value *value);

/* The operation's value as what stands at a step: the schema says which are texts. */
[[nodiscard]] bool edit_value(const struct edit *edit, const struct step *step, struct value **out);

#endif
