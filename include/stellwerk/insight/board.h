/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The board of opportunities: each with the gap that it is to close, what came of it, and what its
 * experiment says.
 */
#ifndef STELLWERK_INSIGHT_BOARD_H
#define STELLWERK_INSIGHT_BOARD_H

#include <stellwerk/insight/outcome.h>
#include <stellwerk/insight/reading.h>
#include <stellwerk/insight/trial.h>

struct board_row {
    int touchpoint;
    const struct opportunity *opportunity;
    struct gap gap; /* of its touchpoint: measured, else estimated */
    bool measured;
    struct opportunity_outcome outcome;
    const struct trial *trial; /* NULL: no experiment, or not measured yet */
    bool overdue; /* its day has passed, and it is neither done nor dropped */
};

struct board {
    const struct board_row *items; /* by status */
    const struct board_row *const *by_hurdle; /* the same rows in that order */
    size_t count;
};

enum board_order { BOARD_BY_STATUS, BOARD_BY_HURDLE };

/*
 * By status: running, planned, idea, done, dropped; by hurdle: the same within each, those that
 * nothing is said to stand in the way of behind the others, and what is over behind all. Within
 * these the greatest impact for the least effort comes first, then votes. `figures` and `trials`
 * may be NULL; `today` is the day that something is overdue on. Lives in `arena`.
 */
struct board board_new(struct arena *arena, const struct journey *journey,
                       const struct figures *figures, const struct readings *readings,
                       const struct trial_set *trials, int32_t today);

const struct board_row *board_at(const struct board *board, enum board_order order, size_t index);

/* The row of an opportunity; NULL where there is none, and of a board that is NULL. */
const struct board_row *board_find(const struct board *board,
                                   const struct opportunity *opportunity);

bool opportunity_is_over(const struct opportunity *opportunity); /* done or dropped */
bool opportunity_is_overdue(const struct opportunity *opportunity, int32_t today);

#endif
