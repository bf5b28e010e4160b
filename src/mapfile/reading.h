/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A reading: YAML nodes become structs of the model, as the tables of schema.h say.
 *
 * Nothing stops a reading. What is wrong is reported and left out, and the next thing is read; a
 * struct that lacks what it cannot do without is left out whole. The functions for single values
 * are here for the readers of what no table can describe.
 */
#ifndef STELLWERK_SRC_MAPFILE_READING_H
#define STELLWERK_SRC_MAPFILE_READING_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/diag.h>
#include <stellwerk/mapfile/schema.h>
#include <stellwerk/mapfile/yaml.h>
#include <stellwerk/model/journey.h>

#include "ids.h"

struct library;

/* Which field a key is of. The tree has few copies of a key: nearly all are known by address. */
struct known_key {
    const struct shape *shape;
    const char *key;
    size_t field;
};

#define KNOWN_KEYS 1024

struct reading {
    struct arena *arena; /* of the result */
    struct arena *nodes; /* of what only the reading needs */
    struct diag_list *findings;
    const struct yaml_tree *tree;   /* being read now */
    struct journey *journey;        /* being filled; NULL while no map is read */
    struct library *libraries;      /* files that library.c has looked at */
    struct ids spaces[SPACE_COUNT]; /* index NONE: known, but broken and left out */
    int first_index[SPACE_COUNT];   /* of the list that is being read */
    bool library;                   /* a shared library is read: what the map has already wins */
    size_t offers_left;             /* words that may yet be compared with mistyped ones */
    struct known_key known_keys[KNOWN_KEYS];
};

/* What a mapping says to the fields of a shape; a value is NULL where it says nothing. */
struct given {
    const struct shape *shape;
    const struct yaml_node *node;
    const struct yaml_node *values[FIELDS_MAX]; /* by field, resolved */
    uint32_t broken; /* bits by field: given, but nothing that could be read */
};

void reading_init(struct reading *reading, struct arena *arena, struct arena *nodes,
                  struct diag_list *findings);

/* A finding at a node. What it returns may be filled in further until the next one. */
[[gnu::format(printf, 5, 6)]] struct diag *report(struct reading *reading, enum severity severity,
                                                  const struct yaml_node *at, const char *code,
                                                  const char *format, ...);

/* A text for a message: the beginning of what may be a long one. */
const char *shown(struct reading *reading, const char *text);

/* Tells that a pair's key is none of a shape, with the nearest, or with what made it a key. */
void report_unknown_key(struct reading *reading, const struct shape *shape,
                        const struct yaml_node *pair);

/*
 * Reads a mapping into `target`, which is zeroed. `key` is the key it stands under in a FIELD_MAP,
 * else NULL; `index` is where it will stand in its list. False: leave it out.
 */
bool shape_read(struct reading *reading, const struct shape *shape, const struct yaml_node *key,
                const struct yaml_node *node, int index, void *target);

/* Reads one value as its row says; false where a finding says why it is left out. */
bool field_read(struct reading *reading, const struct field *field, const struct yaml_node *node,
                void *target);

/* What FIELD_STRUCT, FIELD_LIST and FIELD_MAP do; custom readers may have more to do around it. */
bool field_read_struct(struct reading *reading, const struct field *field,
                       const struct yaml_node *node, void *target);
bool field_read_list(struct reading *reading, const struct field *field,
                     const struct yaml_node *node, void *target);
bool field_read_map(struct reading *reading, const struct field *field,
                    const struct yaml_node *node, void *target);

/* The value given for a key of the shape; NULL. */
const struct yaml_node *given_find(const struct given *given, const char *key);

/* True where one is given that could not be read, or only in part. */
bool given_is_broken(const struct given *given, const char *key);

/* True where a value says nothing: "key:" and nothing behind it, or ~. */
static inline bool says_nothing(const struct yaml_node *node)
{
    if (node->kind != YAML_TEXT || node->count > 1)
        return false;
    return node->count == 0 || (node->style == YAML_PLAIN && node->text[0] == '~');
}

/* Tells that `key` takes a text; false. */
bool report_no_text(struct reading *reading, const char *key, const struct yaml_node *node);

/* True for what is expected; else a finding says what `key` takes. */
static inline bool expect_text(struct reading *reading, const char *key,
                               const struct yaml_node *node)
{
    return node->kind == YAML_TEXT || report_no_text(reading, key, node);
}
bool expect_list(struct reading *reading, const char *key, const struct yaml_node *node);
bool expect_pairs(struct reading *reading, const char *key, const struct yaml_node *node);

/* Values; false after a finding. `min` == `max` == 0: any number. */
bool read_number(struct reading *reading, const char *key, const struct yaml_node *node, double min,
                 double max, double *out);
bool read_bool(struct reading *reading, const char *key, const struct yaml_node *node, bool *out);
bool read_word(struct reading *reading, const char *key, const struct yaml_node *node,
               const struct words *words, int *out);
/* A list of texts, or one text alone; an item that is none is left out, and the result false. */
bool read_texts(struct reading *reading, const struct field *field, const struct yaml_node *node,
                struct texts *out);

/* Ids: their form, and what they refer to. */
void check_id(struct reading *reading, const struct yaml_node *node);
void register_id(struct reading *reading, enum space space, const struct yaml_node *node,
                 int index);
/* False after a finding, and for what is known but left out; `id` may be a part of the text. */
bool resolve_id(struct reading *reading, enum space space, const struct yaml_node *node,
                const char *id, int *out);
/* An id made of a title: "Ticket erhalten" gives "ticket-erhalten"; NULL: no letter is left. */
const char *id_from_title(struct arena *arena, const char *title);

#endif
