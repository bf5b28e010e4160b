/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of forms share. Private to mapfile/.
 */
#ifndef STELLWERK_SRC_MAPFILE_FORM_INNER_H
#define STELLWERK_SRC_MAPFILE_FORM_INNER_H

#include <stellwerk/mapfile/form.h>

#include "reading.h"

/* Things with an address of their own. */
struct form_thing {
    const char *kind;             /* "persona": before the slash */
    bool in_list;                 /* with an id of its own; else it stands under its id */
    uint16_t array, count;        /* of the journey: offsets */
    uint16_t size, id, name, pos; /* of an item, and offsets in it */
};

/* NULL: things of that kind have no address of their own, or there are no such things. */
const struct form_thing *form_thing_find(enum space space);

/* The id, title and place of the thing `index` of a journey; false behind the last. */
bool form_thing_at(const struct journey *journey, enum space space, size_t index, const char **id,
                   const char **title, struct pos *pos);

/* True where the journey, or a library of it, has such a thing. */
bool form_thing_there(const struct journey *journey, enum space space, const char *id);

/* The field of a shape that is its title; NULL. */
const struct field *form_title_field(const struct shape *shape);

/* Cuts "anna@hurried: 55" or "anna@hurried 55" in two; false where either is missing. */
bool form_typed_pair(struct arena *arena, const char *typed, const char **key, const char **value);

/* True for nothing but blanks. */
bool form_typed_nothing(const char *typed);

/* True where what is to be added is there already. */
bool form_is_taken(const struct form_row *row, const char *word);

/* The field whose value is typed into a row: of a bare item its only one. `*item`: not the value of
 * the field, but an item of it. */
const struct field *form_typed_field(const struct form_row *row, bool *item);

/* Tells of what cannot be found in the map that a library has it, else leaves `err` as it is;
 * false. */
[[nodiscard]] bool form_tell_library(const struct journey *journey, const char *file,
                                     const char *address, struct error *err);

#endif
