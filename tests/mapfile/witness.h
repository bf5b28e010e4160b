/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A witness: what a YAML text says and where, told by libfyaml and by nothing of ours.
 *
 * The code under test cannot vouch for itself, so the tests of edits read texts before and after
 * through another parser, and work out what an edit was to mean on things of their own.
 */
#ifndef STELLWERK_TESTS_MAPFILE_WITNESS_H
#define STELLWERK_TESTS_MAPFILE_WITNESS_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>

enum thing_kind { THING_TEXT, THING_LIST, THING_PAIRS, THING_ALIAS };

struct thing {
    enum thing_kind kind;
    const char *text;         /* TEXT; ALIAS: the name of its anchor */
    const char *anchor, *tag; /* NULL: none */
    bool plain;               /* TEXT: neither in quotes nor in block style */
    bool block;               /* TEXT: in block style */
    bool either;              /* TEXT: quotes or not, both are what is meant; a key: is new */
    bool flow;                /* LIST, PAIRS */
    struct thing **items;     /* LIST; PAIRS: key, value, key, value, … */
    size_t count, capacity;   /* of items */
    size_t begin, end;        /* bytes of the text, quotes left out; a block text: its content */
    size_t first, last;       /* lines, from 0 */
};

/* A comment, or where there is room for one. */
struct comment {
    const char *text; /* from the # to the end of its line, without blanks at its end */
    size_t at, line, column;
    bool alone; /* nothing else is in its line */
};

struct testimony {
    const char *text;
    size_t length;
    struct thing *root;
    struct comment *comments;
    size_t comment_count, comment_capacity;
    size_t *lines; /* where each begins; one more at the end for the length */
    size_t line_count, line_capacity;
};

/* False where libfyaml does not take the text, or it holds no document or several. */
bool witness_hear(struct arena *arena, const char *text, size_t length, struct testimony *out);

struct thing *thing_text(struct arena *arena, const char *text, bool plain);
struct thing *thing_collection(struct arena *arena, enum thing_kind kind);
void thing_append(struct arena *arena, struct thing *collection, struct thing *item);
void thing_insert(struct arena *arena, struct thing *collection, size_t index, struct thing *item);
void thing_remove(struct thing *collection, size_t index);

/* A copy whose collections can be changed apart; texts are shared. */
struct thing *thing_copy(struct arena *arena, const struct thing *thing);

/* The value of a key; NULL. */
struct thing *thing_find(const struct thing *pairs, const char *key);

/* Would YAML 1.1 or 1.2 read the plain text as null, a truth value, a number, a time or a merge? */
bool text_is_ambiguous(const char *text);

/* True where `found` says what is meant: the order of pairs is free only for keys that are new, and
 * a text that looks like something else must be in quotes exactly where it is meant to be. */
bool thing_says(const struct thing *meant, const struct thing *found);

/* Where the two part, and what each says there. */
const char *thing_difference(struct arena *arena, const struct thing *meant,
                             const struct thing *found);

#endif
