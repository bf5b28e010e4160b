/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signals as bytes in a pipe: handlers only write there, and the loop does the rest in its own
 * time. Private to tui/.
 */
#ifndef STELLWERK_TUI_SIGNALS_H
#define STELLWERK_TUI_SIGNALS_H

#include <stdbool.h>

#include <stellwerk/base/error.h>

/* Before the screen is opened, so that curses keeps its hands off. What a bug raises, such as
 * SIGSEGV, puts the terminal right before it ends the program as ever. */
[[nodiscard]] bool signals_begin(struct error *err);

/* Puts back what was there. */
void signals_end(void);

/* Readable when there is a signal to take. */
int signals_fd(void);

/* The number of the next signal that came; 0: none. */
int signals_take(void);

/* Stops the process group as Ctrl-Z would without us; returns when it goes on. */
void signals_stop(void);

#endif
