/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The form that is open and the cell that is typed into, drawn into a frame. For frame.c.
 */
#ifndef STELLWERK_SRC_APP_FRAME_SHEET_H
#define STELLWERK_SRC_APP_FRAME_SHEET_H

#include <stellwerk/app/session.h>
#include <stellwerk/scene/panel.h>
#include <stellwerk/scene/scene.h>

/* A form whose thing is gone closes itself. */
void frame_sheet(struct session *session, struct scene *frame, struct area area);

/* The cell of the view that is pointed at, and what is typed into it. */
void frame_cell(struct session *session, struct scene *frame, struct area view);

#endif
