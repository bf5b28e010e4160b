/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A case's rows as they come in, from wherever, and what a formula makes of them. Private to
 * store/.
 *
 * Several takers may work on one run at the same time, as long as each has counts of its own.
 */
#ifndef STELLWERK_SRC_STORE_RUN_CASES_H
#define STELLWERK_SRC_STORE_RUN_CASES_H

#include "case_counts.h"

struct case_taker {
    struct run *run;
    struct judge judge;
    struct case_counts counts; /* what it finds, where counts suffice … */
    bool counts_rows;          /* … and else goes into the run's cells, row by row */
    struct case_row *rows;     /* of the case at hand */
    size_t count, capacity;
    uint64_t number; /* of the last case */
};

void case_taker_init(struct case_taker *taker, struct run *run, const struct query *query);
void case_taker_finish(struct case_taker *taker);

/* The place of a touchpoint (case_row.place), a word. */
uint32_t case_place(const struct run *run, int64_t touchpoint);

/* Room for so many rows more in the case at hand. */
void case_taker_make_room(struct case_taker *taker, size_t count);

/* Puts the case at hand, where it has rows, into the figure, and begins another. */
void case_taker_judge(struct case_taker *taker);

/* Puts what was counted into the run's cells, once all cases are in. */
void case_taker_tell(struct case_taker *taker);

/* Keeps instants so far apart from the ends of time that no distance overflows: a store may come
 * from someone else. */
int64_t case_sane_time(int64_t instant);

#endif
