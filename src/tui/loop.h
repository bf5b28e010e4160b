/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The loop between a person and a session. Private to tui/.
 */
#ifndef STELLWERK_TUI_LOOP_H
#define STELLWERK_TUI_LOOP_H

#include <stellwerk/app/desk.h>

/* Runs until the person leaves, a signal ends it, or the terminal is gone; returns the exit status.
 * Screen, input and signals are begun. */
int loop_run(struct desk *desk);


#endif
