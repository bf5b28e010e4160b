/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Opportunities view: what could be done, by status or by what stands in the way, each bound to
 * the gap it is to close; what came of that which is done, and what experiments say.
 */
#ifndef STELLWERK_SCENE_OPPORTUNITIES_H
#define STELLWERK_SCENE_OPPORTUNITIES_H

#include <stellwerk/insight/board.h>
#include <stellwerk/scene/view.h>

struct scene *opportunities_draw(struct arena *arena, const struct stage_set *set, int columns,
                                 int rows, struct medium medium);

/* "status", "hurdle", "plane"; -1 for no such word. */
const char *board_picture_name(enum board_picture picture);
int board_picture_find(const char *name);

/* The place of the row that is lit, in the order that is shown: the one chosen, as long as it is of
 * the selected touchpoint, else the first one that is; NONE. */
int board_selected(const struct stage_set *set);

/* The row at a place, in the order that is shown. */
const struct board_row *board_shown(const struct stage_set *set, size_t place);

/* ---- In words ---------------------------------------------------------------------- */

/* Owner, day, votes, impact and effort, as far as they are known. */
const char *opportunity_facts(struct arena *arena, const struct opportunity *opportunity,
                              int32_t today);

/* The metric it is to move: how far that is, or, of what is done, before and after. NULL where it
 * names none. */
const char *outcome_sentence(struct arena *arena, const struct journey *journey,
                             const struct board_row *row);
enum ink outcome_ink(enum outcome_state state);

/* What its experiment says, in one line; arms that are not filled as planned come first, and no
 * difference then. NULL where there is none. */
const char *trial_sentence(struct arena *arena, const struct journey *journey,
                           const struct board_row *row);
enum ink trial_ink(const struct trial *trial); /* NULL: not measured yet */

#endif
