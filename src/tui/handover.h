/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Handing over to what is not ours: a person's editor, and the terminal's clipboard. Private to
 * tui/.
 */
#ifndef STELLWERK_TUI_HANDOVER_H
#define STELLWERK_TUI_HANDOVER_H

#include <stdbool.h>

#include <stellwerk/base/error.h>

/* Runs $VISUAL, $EDITOR or vi on a file at a line, and waits for its end. The screen is
 * suspended. */
[[nodiscard]] bool handover_edit(const char *path, unsigned line, struct error *err);

/* Sends a text to the clipboard of the person's own machine, through any number of SSH hops (OSC
 * 52). */
void handover_copy(const char *text);

#endif
