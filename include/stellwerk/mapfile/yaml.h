/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * YAML as a tree of light nodes that know where they were written.
 *
 * A tree has no tags and no types: a scalar is a text, and the schema of the reader says what the
 * text means. An alias is a node of its own that points at its target; nothing is ever copied, and
 * how many nodes all aliases together stand for is bounded, so that walking a tree is bounded too.
 * No alias stands inside its own target.
 *
 * A key may be any node. A mapping that has a key twice in the text has it once in the tree, with
 * the first of its values, and a finding tells of the other.
 */
#ifndef STELLWERK_MAPFILE_YAML_H
#define STELLWERK_MAPFILE_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/diag.h>
#include <stellwerk/mapfile/source.h>

#define YAML_DEPTH_MAX 100                 /* collections inside each other */
#define YAML_SCALAR_MAX ((size_t)1 << 20)  /* bytes of one text */
#define YAML_ALIASED_MAX ((size_t)1000000) /* nodes that all aliases stand for */

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_PAIRS, YAML_ALIAS };

enum yaml_style {
    YAML_BLOCK, /* collections */
    YAML_FLOW,
    YAML_PLAIN, /* texts */
    YAML_SINGLE,
    YAML_DOUBLE,
    YAML_LITERAL,
    YAML_FOLDED
};

/* There are half a million of these in a large map, so they are packed. */
struct yaml_node {
    uint32_t kind : 3;      /* enum yaml_kind */
    uint32_t style : 3;     /* enum yaml_style */
    uint32_t anchored : 1;  /* has an anchor */
    uint32_t tagged : 1;    /* has a tag; what it says is not kept */
    uint32_t count : 24;    /* bytes of a text, items of a list, pairs of a mapping */
    uint32_t line;          /* from 1; yaml_pos() adds the column */
    uint32_t begin, end;    /* in characters: source_byte() gives bytes */
    struct yaml_node *next; /* what follows in the same collection: item, key or value */
    union {
        const char *text;        /* NUL-terminated */
        struct yaml_node *first; /* item of a list; key of a mapping, its value is first->next */
        struct yaml_node *target;
    };
};

/*
 * A node begins with its anchor and tag. Its `end` is exact but for a block text, which owns the
 * blank lines behind it. A block collection ends with its last item; an empty value has
 * begin == end, behind its indicator.
 */

struct yaml_tree {
    struct source source;
    struct yaml_node *root; /* NULL for a text without content */
    bool linked;  /* it has an anchor, an alias or a tag */
    size_t steps; /* events taken from the parser: the measure of work that tests look at */
};

/*
 * Reads one document of `length` bytes with a NUL behind them. Texts come to live in `arena`, all
 * else of the tree in `nodes`, which may end sooner, or be the same. The tree borrows `file` and
 * `text`. False where the text is not YAML or breaks a limit: the last finding says why. Duplicate
 * keys are findings too and stop nothing.
 */
[[nodiscard]] bool yaml_read(struct arena *arena, struct arena *nodes, const char *file,
                             const char *text, size_t length, struct yaml_tree *out,
                             struct diag_list *findings);

/*
 * The same of a text that is much like another, whose tree is `known` and was read without an
 * error: no more of it is parsed than has changed, where that is enough to know all. `known` NULL
 * or empty: as yaml_read().
 */
[[nodiscard]] bool yaml_read_next(struct arena *arena, struct arena *nodes, const char *file,
                                  const struct yaml_tree *known, const char *text, size_t length,
                                  struct yaml_tree *out, struct diag_list *findings);

/* The node, or what it is an alias of. */
static inline const struct yaml_node *yaml_resolve(const struct yaml_node *node)
{
    return node->kind == YAML_ALIAS ? node->target : node;
}

/* The node `index` steps behind the first of a collection; there must be as many. */
static inline const struct yaml_node *yaml_nth(const struct yaml_node *first, size_t index)
{
    while (index-- > 0)
        first = first->next;
    return first;
}

/* The value of a key of a mapping, resolved; NULL where there is none. */
const struct yaml_node *yaml_find(const struct yaml_node *pairs, const char *key);

struct pos yaml_pos(const struct yaml_tree *tree, const struct yaml_node *node);

#endif
