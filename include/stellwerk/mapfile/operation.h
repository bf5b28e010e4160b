/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Operations: the one vocabulary of edits, for the workbench, `stellwerk edit`, undo, the recovery
 * journal and merging. An operation is a line of words:
 *
 *     set ADDRESS VALUE               ticket.experience.anna 55
 *     unset ADDRESS                   ticket.standard
 *     insert ADDRESS [VALUE] [PLACE]  ticket.pains "zu laut" · touchpoint/pay Pay after ticket
 *     delete ADDRESS                  ticket · ticket.opportunities.mobile-ticket
 *     move ADDRESS PLACE              ticket after platform · ticket into arrival
 *     rename ADDRESS ID               ticket e-ticket: references follow
 *
 * PLACE: first, last, `at N` (from 1), `before ID`, `after ID`, `into STAGE`.
 *
 * An address names a thing by ids: `ticket` or `touchpoint/ticket`, `stage/booking`,
 * `persona/anna`, `context/…`, `channel/…`, `metric/…`, `route/…`, `map` itself; behind dots
 * fields, ids of aspects and opportunities, scopes such as anna@hurried, and numbers from 1:
 * `ticket.experience.anna`, `ticket.pains.2`, `metric/delay.unit`, `map.title`, `map.handovers.1`.
 * A dot or backslash within a word has a backslash before it: `metric/delay.anchors.2\.5`.
 *
 * VALUE is YAML on one line; a text that is none is taken as it stands.
 */
#ifndef STELLWERK_MAPFILE_OPERATION_H
#define STELLWERK_MAPFILE_OPERATION_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>

enum verb { VERB_SET, VERB_UNSET, VERB_INSERT, VERB_DELETE, VERB_MOVE, VERB_RENAME, VERB_COUNT };

enum place_kind {
    PLACE_NONE, /* where the operation would put it by itself: last */
    PLACE_FIRST,
    PLACE_LAST,
    PLACE_AT,     /* `number`, from 1 */
    PLACE_BEFORE, /* `id` */
    PLACE_AFTER,  /* `id` */
    PLACE_INTO    /* the last of the stage `id` */
};

struct place {
    enum place_kind kind;
    size_t number;
    const char *id;
};

struct operation {
    enum verb verb;
    const char *address;
    const char *value;  /* SET, INSERT: YAML; RENAME: the new id; NULL: none */
    struct place place; /* INSERT, MOVE */
};

/* Reads the words of one operation, as a shell gives them. Borrows them. */
[[nodiscard]] bool operation_parse(const char *const *words, size_t count, struct operation *out,
                                   struct error *err);

/* The same from one line, whose words may stand in "quotes" with \" \\ \n \r \t in them. A value in
 * quotes is never taken for a place: insert ticket.pains "last" */
[[nodiscard]] bool operation_parse_line(struct arena *arena, const char *line,
                                        struct operation *out, struct error *err);

/* The line that operation_parse_line() reads back as this operation; no newline. */
const char *operation_line(struct arena *arena, const struct operation *operation);

const char *verb_name(enum verb verb);

#endif
