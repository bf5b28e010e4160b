/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys: texts that name command lines, by what is open.
 *
 * A key's name is what a person would type: "j", "ä", "Enter", "S-Tab", "C-r", "M-x", "F1",
 * "Space". The bottom line, help and the palette read this table, so they cannot tell anything
 * else than what the keys do.
 */
#ifndef STELLWERK_APP_KEYMAP_H
#define STELLWERK_APP_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>

/* What takes the keys. */
enum mode {
    MODE_NORMAL,
    MODE_DETAIL, /* the detail panel is open; keys it has no use for go to the view */
    MODE_GAPS,    /* the Gaps view is shown; other keys are those of MODE_NORMAL */
    MODE_PROMISES, /* likewise the Promises view */
    MODE_BOARD,   /* likewise the Opportunities view */
    MODE_PERSONAS, /* likewise the Personas view */
    MODE_REDUCTION, /* likewise the Reduction view */
    MODE_PORTFOLIO, /* the maps of a folder, and no map */
    MODE_METRICS, /* the Metrics view is shown; other keys are those of MODE_NORMAL */
    MODE_PAGE,    /* a view that is a page is shown; likewise */
    MODE_PATHS,   /* likewise the Paths view, */
    MODE_CASE,    /* the Case view */
    MODE_CREDITS, /* and the Attribution view */
    MODE_ROWS,    /* the rows behind a slice are open */
    MODE_HELP,
    MODE_LIST,    /* lanes or metrics to choose from */
    MODE_PALETTE, /* a list with a filter that is typed */
    MODE_COMMAND, /* the `:` line */
    MODE_SEARCH,
    MODE_CELL,     /* a cell of the map is pointed at */
    MODE_FORM,     /* what a thing says, in rows */
    MODE_FIELD,    /* one of them is typed into */
    MODE_DRAG,     /* a point of the curve is being moved */
    MODE_CONFLICT, /* an edit that does not go with what others wrote is to be decided */
    MODE_COUNT
};

/* True where keys that are texts are typed into a line. */
bool mode_types(enum mode mode);

struct binding {
    const char *key;
    const char *command; /* a command line */
    const char *hint;    /* N_(): a word for the bottom line; NULL: not shown there */
    int priority;        /* of the hint: the highest stay when there is no room */
};

struct key_layer {
    const struct binding *items; /* in the order of the bottom line */
    size_t count;
    bool hinted; /* its hints stand there, behind those of the layers before it */
};

/* The keys of each mode, its own and those it shares with others: the first layer that knows a key
 * has it. */
#define KEY_LAYERS 6
extern const struct key_layer key_layers[MODE_COUNT][KEY_LAYERS];

/* The layers under a person's own keys. */
struct keymap {
    struct arena arena;
    struct binding *own; /* of MODE_NORMAL */
    size_t own_count, own_capacity;
};

void keymap_init(struct keymap *keymap);
void keymap_finish(struct keymap *keymap);

/* Binds a key of MODE_NORMAL, over what it did before. The texts are copied. */
void keymap_bind(struct keymap *keymap, const char *key, const char *command);

/* What a key does in a mode; NULL: nothing. */
const struct binding *keymap_find(const struct keymap *keymap, enum mode mode, const char *key);

/* The first key of MODE_NORMAL that runs just this command line; NULL. */
const char *keymap_key_of(const struct keymap *keymap, const char *command);

/* True for a name that a key can have. */
bool key_valid(const char *key);

/* The text that a key types: "a", " " for "Space"; NULL for keys that type nothing. */
const char *key_text(const char *key);

/* A key as a person reads it: "↵" for "Enter", "Ctrl-S" for "C-s", in ASCII what its cap says, in
 * the language of the messages. */
const char *key_label(struct arena *arena, const char *key, bool ascii);

#endif
