/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Points of the curve that are moved by hand: what a step of it is as an edit.
 */
#ifndef STELLWERK_APP_DRAG_H
#define STELLWERK_APP_DRAG_H

#include <stdbool.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/insight/reading.h>
#include <stellwerk/mapfile/operation.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/model/lens.h>
#include <stellwerk/scene/handle.h>

struct drag {
    enum handle handle;
    size_t steps;    /* that were done before it: Esc takes back all behind them */
    bool by_mouse;   /* its button is down */
    int origin, row; /* by the mouse: rows of the frame, where it was taken up, and where it is */
};

/* N_(): "what is desired"; the word for commands: "desired"; by that word, -1: none. */
const char *handle_name(enum handle handle);
const char *handle_word(enum handle handle);
int handle_find(const char *word);

/*
 * The edit that puts the handle of a touchpoint at a score. It says so for just the lens's persona
 * and context; where the map says it for wider ones alone, these stay. Of an expectation that is
 * not there both edges come, the other one where it was for wider ones, else 20 points away. An
 * edge stops at the other one.
 */
struct operation handle_set(struct arena *arena, const struct journey *journey,
                            const struct lens *lens, int touchpoint,
                            const struct reading *reading, enum handle handle, int score);

/* The edit that takes it away, for just the lens; of an expectation both edges. */
struct operation handle_unset(struct arena *arena, const struct journey *journey,
                              const struct lens *lens, int touchpoint, enum handle handle);

#endif
