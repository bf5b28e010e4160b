/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How deeds are thought out. Private to deed*.c.
 */
#ifndef STELLWERK_TESTS_MAPFILE_DEED_INNER_H
#define STELLWERK_TESTS_MAPFILE_DEED_INNER_H

#include "deed.h"

enum { STEPS_MAX = 12 };

/* The way from the root to a thing: numbers of pairs and items. */
struct spot {
    size_t steps[STEPS_MAX];
    size_t depth;
};

struct thinking {
    struct arena *arena;
    struct dice *dice;
    const struct testimony *old;
    bool map;
    struct deed *deed;
    struct spot *spots;
    size_t spot_count, spot_capacity;
};

static inline uint32_t roll(struct thinking *thinking, size_t sides)
{
    return dice_roll(thinking->dice, (uint32_t)sides);
}

/* ---- Ways ---- */

/* The thing that the first `depth` steps lead to, in the old text or in what is meant. */
struct thing *thing_at(struct thing *root, const struct spot *spot, size_t depth);
struct thing *old_at(const struct thinking *thinking, const struct spot *spot, size_t depth);
struct thing *meant_at(struct thinking *thinking, const struct spot *spot, size_t depth);

/* The key of the step `depth` - 1; NULL: that is the number of an item. */
const char *key_at(const struct thinking *thinking, const struct spot *spot, size_t depth);
bool key_is(const struct thinking *thinking, const struct spot *spot, size_t depth,
            const char *key);

/* A spot whose thing is one of `kinds`, a bit for each; false where none is found soon. */
bool pick(struct thinking *thinking, unsigned kinds, size_t least_depth, struct spot *out);

enum {
    A_TEXT = 1 << THING_TEXT,
    A_LIST = 1 << THING_LIST,
    A_PAIRS = 1 << THING_PAIRS,
    ANYTHING = A_TEXT | A_LIST | A_PAIRS
};

/* The id that an address may use; NULL. */
const char *id_of(const struct thing *thing);

/* "ticket", "stage/booking", "persona/anna"; the steps that this stands for. NULL: none. */
const char *head_of(struct thinking *thinking, const struct spot *spot, size_t *steps);
const char *address_of(struct thinking *thinking, const struct spot *spot, bool short_head);

/* ---- What may go ---- */

void let_lines_go(struct thinking *thinking, size_t from, size_t to);

/* The text of a line behind its blanks, and how many these are. */
const char *line_text(const struct testimony *old, size_t line, size_t *column);
bool is_comment_line(const struct testimony *old, size_t line, size_t *column);

/* The line where the key or dash of a thing stands. */
size_t indicator_line(const struct testimony *old, const struct thing *holder, size_t index);

/* The lines of a thing that is replaced; of a pair or item that goes whole; and blank ones. */
void let_value_go(struct thinking *thinking, const struct thing *holder, size_t index);
void let_child_go(struct thinking *thinking, const struct thing *holder, size_t index);
void let_blanks_go(struct thinking *thinking, size_t line);

/* Something is put into the collection at a spot, or it is `emptied`: its key's line may change. */
void let_room_be_made(struct thinking *thinking, const struct spot *spot, bool emptied);

/* ---- Deeds; false where the dice ask for none that could be ---- */

/* Begins a deed that is to be done, and means the old text so far. */
void say(struct thinking *thinking, enum verb verb, const char *address, const char *value);

/* A value for the place, and how a person writes it there. `*sure`: that is all it means, since no
 * schema makes more of it. */
struct thing *value_for(struct thinking *thinking, const struct spot *spot, const char *key,
                        const char **spelled, bool *sure);

bool think_set(struct thinking *thinking);
bool think_new_key(struct thinking *thinking);
bool think_below_score(struct thinking *thinking);
bool think_delete(struct thinking *thinking);
bool think_insert(struct thinking *thinking);
bool think_new_thing(struct thinking *thinking);
bool think_move(struct thinking *thinking);
bool think_rename(struct thinking *thinking);
bool think_wrong(struct thinking *thinking);
bool think_wild(struct thinking *thinking);

#endif
