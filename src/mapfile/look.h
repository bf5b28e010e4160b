/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Values as a person types them and sees them: what `set` takes, and the same from a tree. Private
 * to mapfile/.
 */
#ifndef STELLWERK_SRC_MAPFILE_LOOK_H
#define STELLWERK_SRC_MAPFILE_LOOK_H

#include <stdbool.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/mapfile/schema.h>
#include <stellwerk/mapfile/value.h>

#include "path.h"

/* True where what is typed is a text, whatever it looks like. `item`: of a list of the field's;
 * without a field (NULL) nothing is known. */
bool typed_as_text(const struct field *field, bool item);

/* What was typed as the value of a field, or as an item of its list. */
[[nodiscard]] bool typed_value(struct arena *arena, const struct field *field, bool item,
                               const char *given, struct value **out, struct error *err);

/* The opposite: what has to be typed so that it says what a node does; NULL: it says nothing. */
const char *typed_text(struct arena *arena, const struct field *field, bool item,
                       const struct yaml_node *node);

#endif
