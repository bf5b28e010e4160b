/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Deeds: operations made up at random, with what they are to come to.
 *
 * A deed is thought out on the things of a witness: which operation, what the text must say when it
 * is done, which lines and comments of the old text it may take away. What the code under test
 * makes of addresses, values and places is not asked.
 */
#ifndef STELLWERK_TESTS_MAPFILE_DEED_H
#define STELLWERK_TESTS_MAPFILE_DEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/mapfile/operation.h>

#include "witness.h"

/* Numbers that look random and come again with the same seed. */
struct dice {
    uint64_t state; /* not 0 */
};

uint32_t dice_roll(struct dice *dice, uint32_t sides); /* 0 .. sides - 1 */

/* A text that is hard to write; a number; anything. `plain` texts are what a person types as is. */
const char *nasty_text(struct arena *arena, struct dice *dice);
struct thing *random_value(struct arena *arena, struct dice *dice, int depth);

/* YAML in one line that means the value. */
const char *spell(struct arena *arena, const struct thing *value);

enum outcome {
    OUTCOME_DONE,    /* it means `meant`, or is refused where the writing makes it unsafe */
    OUTCOME_REFUSED, /* it must be refused */
    OUTCOME_ANY      /* nobody knows; nothing may break */
};

struct deed {
    struct operation operation;
    enum outcome outcome;
    struct thing *meant;  /* the whole text's meaning */
    bool *line_may_go;    /* by line of the old text */
    bool *comment_may_go; /* by comment */
    bool moves;           /* lines and comments may come back elsewhere */
    bool renames;         /* texts that hold the old id change */
    const char *undo;     /* the address to delete to come back to the very text; NULL */
};

/* `map`: the text is a map, and the schema says what stands where. */
void deed_think(struct arena *arena, struct dice *dice, const struct testimony *old, bool map,
                struct deed *out);

/* For deed*.c: the value that a key of a map takes; NULL: any. `*raw`: a text as it stands. */
struct thing *value_for_key(struct arena *arena, struct dice *dice, const char *key, bool *raw);

#endif
