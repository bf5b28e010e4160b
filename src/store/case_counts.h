/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Figures of cases whose rows say a whole number, or yes or no: how many say which, by touchpoint
 * and slice. Private to store/.
 *
 * Counts are whole numbers, so that cases can be dealt out among several who count: the figure is
 * the same in its last bit. And a row takes an addition, where adding it to a tally takes dozens.
 */
#ifndef STELLWERK_SRC_STORE_CASE_COUNTS_H
#define STELLWERK_SRC_STORE_CASE_COUNTS_H

#include "run.h"

/* The rows of a touchpoint in a slice. */
struct case_count {
    int64_t oldest, newest;
    uint64_t *of; /* how many say each number */
    size_t room;  /* 0: none has been added */
};

struct case_counts {
    const struct slices *slices;
    struct case_count *items; /* by place and slice */
    size_t places;
};

/* Are counts all that the run's figure needs? Not where old rows count less, or where a score
 * depends on the row. */
bool case_counts_suffice(const struct run *run);

void case_counts_init(struct case_counts *counts, const struct run *run);
void case_counts_finish(struct case_counts *counts);

/* Another row; one for all touchpoints is of place 0. */
void case_counts_add(struct case_counts *counts, size_t place, int64_t ts, size_t number);

/* Adds what somebody else has counted of the same run. */
void case_counts_join(struct case_counts *counts, const struct case_counts *other);

/* Adds all rows to the run's cells; `everywhere`: those of place 0 to each. */
void case_counts_tell(const struct case_counts *counts, struct run *run, bool everywhere);

#endif
