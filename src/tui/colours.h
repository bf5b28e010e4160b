/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Styles as a terminal's attributes and colour pairs. Private to tui/.
 */
#ifndef STELLWERK_TUI_COLOURS_H
#define STELLWERK_TUI_COLOURS_H

#include <curses.h>

#include <stellwerk/scene/theme.h>

struct rendition {
    attr_t attributes;
    int pair;
};

/* After newterm(); `wanted` false: no colours whatever the terminal has. */
void colours_begin(bool wanted);

enum depth colours_depth(void);

struct rendition colours_of(enum theme_name theme, struct style style);

#endif
