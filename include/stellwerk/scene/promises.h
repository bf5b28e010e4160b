/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Promises view: every claim, who makes it where, and what it costs the touchpoint that must
 * keep it; ratings and reviews of earned media beside it.
 */
#ifndef STELLWERK_SCENE_PROMISES_H
#define STELLWERK_SCENE_PROMISES_H

#include <stellwerk/insight/promises.h>
#include <stellwerk/scene/view.h>

struct scene *promises_draw(struct arena *arena, const struct stage_set *set, int columns,
                            int rows, struct medium medium);

/* The place of the row of the selected touchpoint; NONE. */
int promises_selected(const struct stage_set *set);

/* "costs 13 points", "kept", "not known: the own standard is missing" */
const char *promise_cost_text(struct arena *arena, const struct promise_row *row);

#endif
