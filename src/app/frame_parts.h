/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parts of a frame, each in a file of its own. For frame*.c.
 */
#ifndef STELLWERK_SRC_APP_FRAME_PARTS_H
#define STELLWERK_SRC_APP_FRAME_PARTS_H

#include <stellwerk/app/session.h>
#include <stellwerk/scene/panel.h>
#include <stellwerk/scene/scene.h>

/* A form whose thing is gone closes itself. */
void frame_sheet(struct session *session, struct scene *frame, struct area area);

/* The cell of the view that is pointed at, and what is typed into it. */
void frame_cell(struct session *session, struct scene *frame, struct area view);

/* What is open over the view; the last line. */
void frame_open(struct session *session, struct scene *frame);
void frame_foot(const struct session *session, struct scene *frame);

/* How much of a panel's rows is seen, for paging in it. */
void frame_learn_panel(struct session *session, struct area inside, int total);

#endif
