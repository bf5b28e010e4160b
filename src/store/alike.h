/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows that are alike: they say the same in all columns by which tables that follow from them tell
 * rows apart. What was found out for one of them holds for the others, and need not be looked up
 * again. Private to store/.
 *
 * This only remembers: there may be any number of different rows, and the later ones push out what
 * earlier ones left.
 */
#ifndef STELLWERK_SRC_STORE_ALIKE_H
#define STELLWERK_SRC_STORE_ALIKE_H

#include "column.h"

#define ALIKE_COLUMNS 14 /* at most */
#define ALIKE_NUMBERS 4

struct row;

struct alike {
    column_set given;                /* columns that such rows give; words and numbers */
    int64_t says[ALIKE_COLUMNS];     /* in these: words, and the bits of numbers */
    uint32_t numbers[ALIKE_NUMBERS]; /* what was found out, by whom; 0: nothing yet */
    uint64_t round;                  /* that it is of */
};

struct alikes;

struct alikes *alikes_create(column_set columns);
void alikes_destroy(struct alikes *alikes); /* NULL is fine */

/* Forgets all. */
void alikes_clear(struct alikes *alikes);

/* What is remembered of rows like this one: good until the next is asked for. `words` are the
 * numbers of its words, by column. */
struct alike *alikes_find(struct alikes *alikes, const struct row *row, const int64_t *words);

#endif
