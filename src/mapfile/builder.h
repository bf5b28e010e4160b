/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A tree of nodes from the events of a parser, one by one, within the limits of yaml.h.
 *
 * Events come in the order of the text: a text or an alias is one, a collection is opened and
 * closed around what is in it. One that breaks a limit is told of and ends the building.
 */
#ifndef STELLWERK_SRC_MAPFILE_BUILDER_H
#define STELLWERK_SRC_MAPFILE_BUILDER_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/diag.h>
#include <stellwerk/mapfile/yaml.h>

#include "ids.h"

/* A collection that is not at its end. */
struct frame {
    struct yaml_node *node;
    struct yaml_node *last; /* child */
    int anchor;             /* place in `anchors`; -1 where it has none */
    size_t reach_before;    /* the builder's `reach` at its start */
};

struct anchor {
    struct yaml_node *node;
    size_t reach; /* nodes that are visited by walking it; 0 while it is not at its end */
};

/* Keys come again and again: mostly a copy of each is enough. */
struct word {
    const char *text;
    size_t length;
};

#define BUILDER_WORDS 512

struct builder {
    struct arena *arena; /* of texts */
    struct arena *nodes; /* of all else */
    struct diag_list *findings;
    struct yaml_tree *tree; /* its source is there already */
    struct yaml_node *slab; /* nodes are taken from the arena by the slab; here is the next */
    size_t slab_left;
    struct frame frames[YAML_DEPTH_MAX];
    size_t depth;
    struct anchor *anchors;
    size_t anchor_count, anchor_capacity;
    struct ids anchor_names; /* the place in `anchors` of the latest of each name */
    size_t reach;            /* nodes that walking all so far visits */
    size_t aliased;          /* those among them that are behind an alias */
    struct word words[BUILDER_WORDS];
};

/* Where an event stands, in characters; `line` as YAML counts it, from 0. */
struct extent {
    size_t begin, end, line;
};

/* What stands before a node; NULL where there is none. */
struct properties {
    const char *anchor, *tag;
};

void builder_init(struct builder *builder, struct arena *arena, struct arena *nodes,
                  struct yaml_tree *tree, struct diag_list *findings);

/* Each is false after a finding that ends the building. */
bool builder_text(struct builder *builder, struct extent extent, enum yaml_style style,
                  const char *text, size_t length, struct properties properties);
bool builder_alias(struct builder *builder, struct extent extent, const char *name);
bool builder_open(struct builder *builder, struct extent extent, enum yaml_kind kind,
                  enum yaml_style style, struct properties properties);

/* Closes the collection opened last. An extent of no length tells nothing of where it ends. */
void builder_close(struct builder *builder, struct extent extent);

#endif
