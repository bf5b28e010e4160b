/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading a map: the text of a file becomes a journey, and everything wrong with it findings.
 *
 * A journey is read as far as it can be shown at all: what is wrong is left out and told, all of it
 * at once. What the model leaves optional but every view needs is filled in: a thing without a
 * title, label or name has its id for one, and a map without a title the name of its file.
 */
#ifndef STELLWERK_MAPFILE_READER_H
#define STELLWERK_MAPFILE_READER_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/diag.h>
#include <stellwerk/mapfile/yaml.h>
#include <stellwerk/model/journey.h>

/*
 * Reads `length` bytes with a NUL behind them; `path` says where they are from and where libraries
 * are looked for ("-": the current folder). The journey borrows `path`, not `text`. False, with
 * *out NULL, where the text is no YAML or no mapping. Findings come sorted, the lint's among them.
 */
bool map_read_text(struct arena *arena, const char *path, const char *text, size_t length,
                   struct journey **out, struct diag_list *findings);

/* The same, and the tree, its nodes in `nodes`, for edit_apply_next(): empty where the text is no
 * YAML without a fault. `known` is such a tree of a text much like this one, or NULL. */
bool map_read_kept(struct arena *arena, struct arena *nodes, const char *path,
                   const struct yaml_tree *known, const char *text, size_t length,
                   struct yaml_tree *tree, struct journey **out, struct diag_list *findings);

/*
 * The same from what yaml_read() made of a text in `arena` and `nodes`; its findings are in
 * `findings` already, and these are not sorted yet.
 */
bool map_read_tree(struct arena *arena, struct arena *nodes, const struct yaml_tree *tree,
                   struct journey **out, struct diag_list *findings);

/* The same from a file, "-" for standard input; one that cannot be read is a finding too. */
bool map_read_file(struct arena *arena, const char *path, struct journey **out,
                   struct diag_list *findings);

#endif
