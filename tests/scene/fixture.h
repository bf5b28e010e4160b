/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Journeys made by hand, for scenes that are to look the same every day.
 */

#ifndef STELLWERK_TESTS_SCENE_FIXTURE_H
#define STELLWERK_TESTS_SCENE_FIXTURE_H

#include <stellwerk/base/arena.h>
#include <stellwerk/scene/view.h>

/* Everything a view takes, alive until fixture_destroy(); tests change what they need and then call
 * fixture_read(). */
struct fixture {
    struct arena arena;
    struct journey journey;
    struct figures figures;
    struct stage_set set;
    struct trial_set trials;
    struct board board;
};

/* By train to a seminar: 9 touchpoints in 3 stages, one persona, one context, measured figures. */
struct fixture *fixture_train(void);

/* `count` touchpoints without much in them. */
struct fixture *fixture_long(int count);

/* The train's, with texts that are wide, combined, right to left, hostile, and far too long. */
struct fixture *fixture_wide(void);

/* Nothing at all. */
struct fixture *fixture_empty(void);

/* Computes the readings and the board anew. */
void fixture_read(struct fixture *fixture);

void fixture_destroy(struct fixture *fixture);

#endif
