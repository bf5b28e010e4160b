/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list that is open, to choose from: lanes, metrics, or everything in the palette.
 *
 * Its rows are computed anew from the session whenever they are drawn or taken, so that they cannot
 * be out of date; the list itself is only where a person is in it.
 */
#ifndef STELLWERK_APP_LIST_H
#define STELLWERK_APP_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>

struct session;

enum list_kind {
    LIST_LANES,
    LIST_METRICS,
    LIST_FILTERS,
    LIST_PALETTE,
    LIST_LEAVE,
    LIST_LEFT,
    LIST_UNASSIGNED, /* activities on no touchpoint */
    LIST_ASSIGN      /* the touchpoints that one may be given */
};

struct list {
    enum list_kind kind;
    int selected, first; /* rows; `first` is the topmost seen */
};

struct choice {
    const char *left, *text, *right; /* as in struct list_row of scene/panel.h */
    const char *command;             /* the command line that taking it runs; NULL: only to read */
    bool needs_more;                 /* put it on the `:` line: words are missing */
};

struct choices {
    struct choice *items;
    size_t count;
};

/* Of the session's open list; where a filter is typed those that it finds. */
struct choices list_choices(const struct session *session, struct arena *arena, bool ascii);

/* N_(): the title over the list. */
const char *list_title(enum list_kind kind);

#endif
