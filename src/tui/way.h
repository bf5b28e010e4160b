/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ways to move a terminal's cursor, so that the shortest can be taken. Pure; private to tui/.
 *
 * Rows and columns count from 0.
 */
#ifndef STELLWERK_TUI_WAY_H
#define STELLWERK_TUI_WAY_H

#include <stddef.h>

struct way {
    char bytes[64];
    size_t length; /* more than there is room for: no way */
    int over;      /* column from where it writes cells; -1: none */
};

extern const struct way way_none;

void way_shorter(struct way *best, struct way way);

/* One, then the other. */
struct way way_joined(struct way way, struct way next);

struct way way_to(int row, int column);      /* from anywhere */
struct way way_to_edge(void);                /* the left one */
struct way way_upright(int from, int to);    /* rows; the column stays */
struct way way_along(int from, int to);      /* columns of a row */

#endif
