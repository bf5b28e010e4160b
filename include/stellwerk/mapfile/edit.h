/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Edits: an operation carried out on the text of a map, and proved.
 *
 * The operation says what the map is to mean afterwards; splices change the few bytes that this
 * takes; the new text is read again, as far as it can have changed, and must mean just that, or the
 * edit is refused. Comments, order, quoting, indentation, line endings, byte order mark and final
 * newline are left as they are. An edit that would give the map an error it did not have is
 * refused, too.
 */
#ifndef STELLWERK_MAPFILE_EDIT_H
#define STELLWERK_MAPFILE_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/diag.h>
#include <stellwerk/base/error.h>
#include <stellwerk/mapfile/operation.h>
#include <stellwerk/mapfile/yaml.h>
#include <stellwerk/model/journey.h>

struct edited {
    const char *text; /* in the arena, NUL behind it */
    size_t length;
    struct journey *journey;   /* the new map and its findings, as map_read_text() reads them; */
    struct diag_list findings; /* of edit_apply() alone */
    struct yaml_tree tree;     /* of the new text, its nodes where the caller wants them */
};

/* Carries out one operation on `length` bytes with a NUL behind them. `file` is the path of the
 * map, borrowed by what is read. False, with the reason and, where there is one, the line, when it
 * is refused; nothing has changed then. */
[[nodiscard]] bool edit_apply(struct arena *arena, const char *file, const char *text,
                              size_t length, const struct operation *operation, struct edited *out,
                              struct error *err);

/*
 * The same for one edit after the other, in half the time: `tree` is what the edit before left in
 * `out->tree`, or NULL; the nodes of the new one go to `nodes`.
 */
[[nodiscard]] bool edit_apply_next(struct arena *arena, struct arena *nodes, const char *file,
                                   const char *text, size_t length, const struct yaml_tree *tree,
                                   const struct operation *operation, struct edited *out,
                                   struct error *err);

/* The same for a text that is no map: it is changed without a schema, by keys and numbers behind
 * "map.", and nobody asks whether it is better or worse for it. The arena keeps its nodes, too. */
[[nodiscard]] bool edit_apply_unchecked(struct arena *arena, const char *file, const char *text,
                                        size_t length, const struct operation *operation,
                                        struct edited *out, struct error *err);

/*
 * What stands at an address, as one line of YAML that `set` takes, a text as it is: to show it, and
 * to see whether two people changed the same thing. *out is NULL where the address is fine and
 * nothing is there; fails where it names nothing that is or could be, as an operation would.
 */
[[nodiscard]] bool edit_look(struct arena *arena, const char *file, const char *text, size_t length,
                             const char *address, const char **out, struct error *err);

#endif
