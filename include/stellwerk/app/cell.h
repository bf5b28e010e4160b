/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cells of the map: what a lane says of a touchpoint, to be typed into where it stands.
 */
#ifndef STELLWERK_APP_CELL_H
#define STELLWERK_APP_CELL_H

#include <stdbool.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/scene/view.h>

struct session;

/* The title of the touchpoint stands above all lanes. */
#define CELL_TITLE LANE_COUNT

/* The address of what a lane says of a touchpoint: "ticket.pains". */
const char *cell_address(struct arena *arena, const char *touchpoint, int lane);

/* To the next cell up (-1) or down (+1), scrolling the lanes where it must. */
void cell_move(struct session *session, int by);

/* Types into the cell. What is more than one text opens in its form; a gap takes up its point. */
[[nodiscard]] bool cell_enter(struct session *session, struct error *err);

#endif
