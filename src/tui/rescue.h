/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What puts a terminal right without curses or memory: its modes and the bytes that undo ours.
 * Private to tui/.
 */
#ifndef STELLWERK_TUI_RESCUE_H
#define STELLWERK_TUI_RESCUE_H

/* Remembers the terminal on `fd` as it is before anything is changed. */
void rescue_remember(int fd);

/* After curses has started: collects the terminal's own sequences. */
void rescue_prepare(void);

/* There is nothing left to put right. */
void rescue_forget(void);

#endif
