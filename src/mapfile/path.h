/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From an address to its place in a tree. Private to mapfile/.
 *
 * A path is the way down from the root: each step a key of a mapping or a place in a list. It is
 * found in the tree as far as that goes; what is missing of it can be made, since the schema says
 * what stands behind every key.
 */
#ifndef STELLWERK_SRC_MAPFILE_PATH_H
#define STELLWERK_SRC_MAPFILE_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/mapfile/schema.h>
#include <stellwerk/mapfile/yaml.h>

struct step {
    const char *key; /* of a mapping; NULL: a place in a list */
    size_t index;    /* of the pair or the item; where `node` is NULL: how many there are */
    const char *id;  /* the id that a list item is to have; NULL */
    const struct yaml_node *parent; /* the collection that is stepped into; NULL: missing itself */
    const struct yaml_node *node;   /* the value or item, as written; NULL: not there */
    const struct field *field;      /* of the key, or of the list of texts; NULL: nothing known */
    const struct shape *shape;      /* of the struct that the key is in; NULL: it is in no struct */
};

enum { PATH_MAX_STEPS = 16 };

struct path {
    struct step steps[PATH_MAX_STEPS];
    size_t count;
    const struct shape *shape; /* of the struct at its end; NULL: it is none */
    bool short_form; /* its end is the one value that stands in place of a struct: `all: 70`
                                * for all.score; the last step's field is that key's */
};

/*
 * Fails where the address is none, names a thing that is not there (all but the last thing of a new
 * one have to be), or leads through an alias. `makes` allows the last id to be new. `root` is the
 * shape of the whole; NULL: there is no schema, and what is there says what it is.
 */
[[nodiscard]] bool path_find(struct arena *arena, const struct yaml_tree *tree,
                             const struct shape *root, const char *address, bool makes,
                             struct path *out, struct error *err);

/* An id or key as a word of an address: a dot or backslash in it, as in 2.5, gets a backslash
 * before it. */
const char *address_word(struct arena *arena, const char *word);

/* Cuts the last word off an address; false: it is the only one. */
bool address_cut_last(char *address);

/* What stands behind the first dot of an address; NULL: it names a thing, and nothing in it. */
const char *address_fields(const char *address);

/* True where a value that is no mapping stands in place of a struct, for this key of it. */
bool stands_for(const struct yaml_node *node, const struct shape *shape, const char *key);

/* The id of a list item that is a mapping with one; NULL. */
const char *item_id(const struct yaml_node *item);

/* The last step. */
static inline const struct step *path_end(const struct path *path)
{
    return &path->steps[path->count - 1];
}

#endif
