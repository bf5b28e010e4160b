/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one sanitiser: every text that comes from outside (maps, stores, file names, headers,
 * messages of libraries) passes it once before it reaches a sink (screen, stderr, report).
 *
 * What a terminal or a reader could obey, or what hides, is made visible instead:
 *   C0 controls and DEL as U+2400 control pictures ("␛");
 *   C1 controls, bidirectional and all other format controls (category Cf), zero-width and other
 *   default-ignorable characters (fillers, variation selectors, tags), private use, non-characters,
 *   line and paragraph separators as "<U+202E>";
 *   invalid UTF-8 as U+FFFD, one for each maximal bad part;
 *   combining marks over the eighth on one character as "<U+0301>"; a mark that begins a line
 *   gets a dotted circle (U+25CC) to stand on, lest it changes what the sink has before it.
 * ZWJ (U+200D) and U+FE0E/FE0F stay where they stand inside an emoji cluster, ZWNJ and ZWJ between
 * letters of scripts that need them; anywhere else they are shown.
 * Newline and tab are kept or replaced by a space as the caller says. The result is at most 4
 * times as long as the text, and valid UTF-8. Sanitising sanitised text changes nothing.
 */
#ifndef STELLWERK_BASE_SANITISE_H
#define STELLWERK_BASE_SANITISE_H

#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/str.h>

enum sanitise_breaks {
    SANITISE_ONE_LINE,   /* newlines and tabs become one space */
    SANITISE_KEEP_LINES, /* newlines stay; tabs become spaces; "\r\n" is one newline */
};

void sanitise_append(struct str *out, const char *text, size_t bytes, enum sanitise_breaks breaks);

/* Returns `text` itself where there is nothing to change. */
const char *sanitise_text(struct arena *arena, const char *text, enum sanitise_breaks breaks);

#endif
