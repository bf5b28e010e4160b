/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the terminal is, before anything is done to it. Private to tui/.
 */
#ifndef STELLWERK_TUI_TERMINAL_H
#define STELLWERK_TUI_TERMINAL_H

#include <stdbool.h>

#include <stellwerk/base/error.h>
#include <stellwerk/scene/theme.h>

/* Fails with one sentence where TERM is unset, unknown, or no terminal that speaks ECMA-48. */
[[nodiscard]] bool terminal_check(int fd, struct error *err);

/* How many colours it has, once curses knows it: none where NO_COLOR is not empty, and all where
 * COLORTERM says so. */
enum depth terminal_depth(void);

/* What the ground seems to be: COLORFGBG says it, else dark. */
enum theme_name terminal_theme(void);

/* True over SSH. */
bool terminal_is_remote(void);

#endif
