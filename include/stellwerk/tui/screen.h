/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The screen: the one place that paints frames on a terminal.
 *
 * There is one screen at a time, and one thread that uses it. Only what differs from the last frame
 * goes over the wire; nothing is ever asked of the terminal. Whatever ends the program, even a bug,
 * leaves the terminal as it was: screen_emergency() needs neither memory nor curses.
 */
#ifndef STELLWERK_TUI_SCREEN_H
#define STELLWERK_TUI_SCREEN_H

#include <stdbool.h>
#include <stdio.h>

#include <stellwerk/base/error.h>
#include <stellwerk/scene/scene.h>
#include <stellwerk/scene/theme.h>

/* Takes over the terminal on `out`, with keys from `in`. Fails with one sentence where TERM names
 * no terminal that can be drawn on. */
[[nodiscard]] bool screen_open(FILE *out, FILE *in, struct error *err);

/* Gives the terminal back. */
void screen_close(void);

/* Gives it back for a while, and takes it again: what is on it then is anew. */
void screen_suspend(void);
void screen_resume(void);

/* The same from a signal's handler or without memory: for good. Harmless where no screen is open.
 * */
void screen_emergency(void);

/* What the terminal can show. */
struct medium screen_medium(void);

int screen_columns(void);
int screen_rows(void);

/* Follows the terminal's size; true when it is another one. screen_resize() is told the size. */
bool screen_follow_size(void);
void screen_resize(int columns, int rows);

/* Paints a frame of the screen's size; `anew` paints also what should be there already. */
void screen_paint(const struct scene *frame, enum theme_name theme, bool anew);

void screen_use_mouse(bool on);

/* Writes bytes that are for the terminal itself, such as a clipboard's. */
void screen_send(const char *bytes, size_t length);

#endif
