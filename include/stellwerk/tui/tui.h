/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The workbench on a terminal.
 */
#ifndef STELLWERK_TUI_TUI_H
#define STELLWERK_TUI_TUI_H

#include <stdbool.h>

struct tui_options {
    const char *map;                        /* file to open, or a folder of maps */
    const char *store;                      /* in place of the one that the map names; NULL */
    const char *persona, *context, *period; /* the lens to begin with; NULL */
    bool live;                              /* every edit is saved at once */
};

/*
 * Opens a map on the terminal and returns when a person leaves, with the program's exit status:
 * 0, 1 where the map cannot be read (its findings are on standard error), 2 where the terminal
 * will not do or an option is wrong (one line on standard error), 128 + n after signal n. The
 * terminal is as it was before in any case. Needs locale_init().
 */
int tui_open(const struct tui_options *options);

#endif
