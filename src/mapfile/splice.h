/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Splices: the changes of a text that carry out an edit. Private to mapfile/.
 *
 * Each function below finds the bytes that a change of one pair or item has to touch, and nothing
 * else; or refuses with the reason, where that cannot be done safely. Whether the text then reads
 * as intended is proved by whoever applies them: see edit.c.
 *
 * A pair or item owns its lines and the comments below it that are indented deeper than its key or
 * dash. Comments right above an item, in the column of its dash, travel with it when it moves. All
 * other comments stay, wherever the things around them go.
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
    size_t known_index, known_byte; /* where a search for a character may begin */
};

/* Looks at the text as a whole; fails for what no splice should touch (odd line breaks). */
[[nodiscard]] bool splices_init(struct splices *splices, struct arena *arena,
                                const struct yaml_tree *tree, struct error *err);

/* The new text, in `arena`: the old one with the splices made. They must not overlap. */
const char *splices_apply(struct splices *splices, struct arena *arena, size_t *length);

/* Puts a value in the place of a node of the collection `parent`. `form` is for texts. */
[[nodiscard]] bool splice_value(struct splices *splices, const struct yaml_node *parent,
                                const struct yaml_node *node, const struct value *value,
                                struct scalar_form form, struct error *err);

/* Puts another text in the place of a key. */
[[nodiscard]] bool splice_key(struct splices *splices, const struct yaml_node *key,
                              const char *text, struct error *err);

/* Adds a pair behind the pair `after` of them (0: before all others). */
[[nodiscard]] bool splice_insert_pair(struct splices *splices, const struct yaml_node *pairs,
                                      size_t after, const char *key, const struct value *value,
                                      struct error *err);

[[nodiscard]] bool splice_delete_pair(struct splices *splices, const struct yaml_node *pairs,
                                      size_t index, struct error *err);

/* Adds an item before the item `index`; the count of them: behind the last. `parent` holds the
 * list: where it is empty it gets lines below its key. */
[[nodiscard]] bool splice_insert_item(struct splices *splices, const struct yaml_node *parent,
                                      const struct yaml_node *list, size_t index,
                                      const struct value *value, struct error *err);

/* For the only item, the list becomes []. */
[[nodiscard]] bool splice_delete_item(struct splices *splices, const struct yaml_node *parent,
                                      const struct yaml_node *list, size_t index,
                                      struct error *err);

/* An item of a list, or the room before it. */
struct splice_item {
    const struct yaml_node *parent, *list;
    size_t index;
};

/* Moves an item with its comments to another room, perhaps of the same list. */
[[nodiscard]] bool splice_move_item(struct splices *splices, struct splice_item from,
                                    struct splice_item to, struct error *err);

/* ---- In flow: between brackets ------------------------------------------------------- */

[[nodiscard]] bool flow_insert_item(struct splices *splices, const struct yaml_node *list,
                                    size_t index, const struct value *value);
[[nodiscard]] bool flow_delete_item(struct splices *splices, const struct yaml_node *list,
                                    size_t index);
[[nodiscard]] bool flow_move_item(struct splices *splices, const struct yaml_node *list,
                                  size_t index, size_t to_index);
[[nodiscard]] bool flow_insert_pair(struct splices *splices, const struct yaml_node *pairs,
                                    size_t after, const char *key, const struct value *value,
                                    struct error *err);
[[nodiscard]] bool flow_delete_pair(struct splices *splices, const struct yaml_node *pairs,
                                    size_t index, struct error *err);

/* Gives a value to a key that has none. */
void flow_fill(struct splices *splices, const struct yaml_node *key, const char *text);

/* ---- For the files of the splice layer ------------------------------------------------ */

static inline char splice_byte(const struct splices *splices, size_t at)
{
    return splices->tree->source.text[at];
}

/* Where lines begin and end, in bytes; an end is behind the newline. */
size_t splice_line_begin(const struct splices *splices, size_t at);
size_t splice_line_end(const struct splices *splices, size_t at);

/* Columns of blanks before the first other byte of the line at `begin`; that byte at `*first`. */
size_t splice_line_indent(const struct splices *splices, size_t begin, size_t *first);

/* Only blanks stand between the two. */
bool splice_blank(const struct splices *splices, size_t begin, size_t end);

/* Where the line of `at` ends but for its newline. */
size_t splice_line_text_end(const struct splices *splices, size_t at);

/* Columns from the start of its line to the byte; what stands there may be "- ". */
size_t splice_column(const struct splices *splices, size_t at);

size_t splice_node_begin(struct splices *splices, const struct yaml_node *node);

/* Behind the node's last byte; a block text loses the blank lines that it merely swallowed. */
size_t splice_node_end(struct splices *splices, const struct yaml_node *node);

const struct yaml_node *splice_key_of(const struct yaml_node *pairs, const struct yaml_node *value);

/* Behind the ':' of a key; false, and behind the key itself, where there is none as in {a, b}. */
bool splice_colon(struct splices *splices, const struct yaml_node *key, size_t *out);

/* Behind the ':' or '-' in `parent` that the node belongs to. */
[[nodiscard]] bool splice_indicator(struct splices *splices, const struct yaml_node *parent,
                                    const struct yaml_node *node, size_t *out, struct error *err);

/* The end of what a pair or item owns whose content ends at `end` and whose key or dash stands in
 * `column`. */
size_t splice_owned_end(const struct splices *splices, size_t end, size_t column);

/* Replaces bytes; takes what `text` holds. */
void splice_add(struct splices *splices, size_t begin, size_t end, struct str *text);
void splice_add_text(struct splices *splices, size_t begin, size_t end, const char *text);

/* Adds whole lines at the begin of a line. Where that is the end of a text without a last newline,
 * the line above gets one, and the last of the new ones has none. */
void splice_add_lines(struct splices *splices, size_t at, struct str *lines);

/* Takes whole lines away; where the text had no last newline it still has none. */
void splice_remove_lines(struct splices *splices, size_t begin, size_t end);

/* Fails where something in the bytes is anchored and an alias elsewhere needs it. */
[[nodiscard]] bool splice_may_drop(const struct splices *splices, const struct yaml_node *node,
                                   struct error *err);

/* The first alias outside of a node that needs something inside of it; NULL. */
const struct yaml_node *splice_alias_into(const struct yaml_tree *tree,
                                          const struct yaml_node *node);

[[nodiscard]] bool splice_refuse(const struct splices *splices, size_t at, struct error *err,
                                 const char *reason);

#endif
