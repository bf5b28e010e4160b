/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys that a mapping has twice: a parser lets them pass, a person loses half of what they wrote.
 */
#ifndef STELLWERK_SRC_MAPFILE_DUPLICATES_H
#define STELLWERK_SRC_MAPFILE_DUPLICATES_H

#include <stellwerk/base/arena.h>
#include <stellwerk/base/diag.h>
#include <stellwerk/mapfile/yaml.h>

/* Takes later pairs of the same key out of a mapping; a finding (duplicate_key) for each. */
void duplicates_remove(struct arena *arena, const struct yaml_tree *tree, struct yaml_node *pairs,
                       struct diag_list *findings);

#endif
