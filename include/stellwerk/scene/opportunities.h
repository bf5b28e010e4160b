/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Opportunities view: what could be done, by status and by what stands in the way, each bound
 * to the gap it is to close; and what came of that which is done.
 */
#ifndef STELLWERK_SCENE_OPPORTUNITIES_H
#define STELLWERK_SCENE_OPPORTUNITIES_H

#include <stellwerk/insight/outcome.h>
#include <stellwerk/scene/view.h>

struct scene *opportunities_draw(struct arena *arena, const struct stage_set *set, int columns,
                                 int rows, struct medium medium);

/* An opportunity of the board. */
struct board_row {
    int touchpoint;
    const struct opportunity *opportunity;
    struct gap gap; /* of its touchpoint: measured, else estimated */
    bool measured;
    struct outcome outcome;
    bool overdue; /* its day has passed, and it is neither done nor dropped */
};

/* By status: running, planned, idea, done, dropped; then the greatest impact for the least effort,
 * then votes. Lives in `arena`. */
struct board_row *board_rows(struct arena *arena, const struct stage_set *set, size_t *count);

bool opportunity_is_overdue(const struct opportunity *opportunity, int32_t today);

/* Owner, day, votes, impact and effort, as far as they are known. */
const char *opportunity_facts(struct arena *arena, const struct opportunity *opportunity,
                              int32_t today);

/* The metric it is to move: how far that is, or whether it worked. NULL where it names none. */
const char *outcome_sentence(struct arena *arena, const struct journey *journey,
                             const struct board_row *row);

#endif
