/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Splices: the changes of a text that carry out an edit. Private to mapfile/.
 *
 * Each function below finds the bytes that a change of one pair or item has to touch, and nothing
 * else; or refuses with the reason, where that cannot be done safely. Whether the text then reads
 * as intended is proved by whoever applies them: see edit.c.
 *
 * A pair or item owns its lines and the comments below it that are indented deeper than its key or
 * dash. Comments right above an item, in the column of its dash, travel with it when it moves.
 */
#ifndef STELLWERK_SRC_MAPFILE_SPLICE_H
#define STELLWERK_SRC_MAPFILE_SPLICE_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/mapfile/value.h>
#include <stellwerk/mapfile/yaml.h>

/* Bytes `begin`..`end` of the old text become `text`. */
struct splice {
    size_t begin, end;
    const char *text;
    size_t length;
};

struct splices {
    struct arena *arena;
    const struct yaml_tree *tree;
    const char *newline; /* as the file has it */
    struct splice *items;
    size_t count, capacity;
};

/* Looks at the text as a whole; fails for what no splice should touch (odd line breaks). */
[[nodiscard]] bool splices_init(struct splices *splices, struct arena *arena,
                                const struct yaml_tree *tree, struct error *err);

/* The new text: the old one with the splices made. They must not overlap. */
const char *splices_apply(struct splices *splices, size_t *length);

/* Puts a value in the place of a node. `behind_key`: it is the value of a key, and may go to
 * lines of its own. `form` is for texts. */
[[nodiscard]] bool splice_value(struct splices *splices, const struct yaml_node *parent,
                                const struct yaml_node *node, const struct value *value,
                                struct scalar_form form, struct error *err);

/* Adds a pair behind the pair `after` of them (0: before all others). */
[[nodiscard]] bool splice_insert_pair(struct splices *splices, const struct yaml_node *pairs,
                                      size_t after, const char *key, const struct value *value,
                                      bool typed, struct error *err);

[[nodiscard]] bool splice_delete_pair(struct splices *splices, const struct yaml_node *pairs,
                                      size_t index, struct error *err);

/* Adds an item before the item `index`; the count of them: behind the last. */
[[nodiscard]] bool splice_insert_item(struct splices *splices, const struct yaml_node *parent,
                                      const struct yaml_node *list, size_t index,
                                      const struct value *value, struct error *err);

/* `parent` holds the list: for the only item, the list becomes []. */
[[nodiscard]] bool splice_delete_item(struct splices *splices, const struct yaml_node *parent,
                                      const struct yaml_node *list, size_t index,
                                      struct error *err);

/* Moves an item with its comments before the item `to_index` of a list, perhaps the same one. */
[[nodiscard]] bool splice_move_item(struct splices *splices, const struct yaml_node *from_parent,
                                    const struct yaml_node *from, size_t index,
                                    const struct yaml_node *to_parent, const struct yaml_node *to,
                                    size_t to_index, struct error *err);

/* Puts another text in the place of a key. */
[[nodiscard]] bool splice_key(struct splices *splices, const struct yaml_node *key,
                              const char *text, struct error *err);

/* ---- For the files of the splice layer ------------------------------------------------ */

/* Where lines begin and end, in bytes; an end is behind the newline. */
size_t splice_line_begin(const struct splices *splices, size_t at);
size_t splice_line_end(const struct splices *splices, size_t at);

/* Columns of blanks before the first other byte of the line at `begin`; that byte at `*first`. */
size_t splice_line_indent(const struct splices *splices, size_t begin, size_t *first);

size_t splice_node_begin(const struct splices *splices, const struct yaml_node *node);

/* Behind the node's last byte; a block text loses the blank lines that it merely swallowed. */
size_t splice_node_end(const struct splices *splices, const struct yaml_node *node);

/* The end of what a pair or item owns whose content ends at `end` and whose key or dash stands in
 * `column`. */
size_t splice_owned_end(const struct splices *splices, size_t end, size_t column);

const struct yaml_node *yaml_nth(const struct yaml_node *first, size_t index);

[[nodiscard]] bool splice_add(struct splices *splices, size_t begin, size_t end, struct str *text);

/* Fails where something in the bytes is anchored and an alias elsewhere needs it. */
[[nodiscard]] bool splice_may_drop(const struct splices *splices, const struct yaml_node *node,
                                   struct error *err);

[[nodiscard]] bool splice_refuse(const struct splices *splices, size_t at, struct error *err,
                                 const char *reason);

#endif
