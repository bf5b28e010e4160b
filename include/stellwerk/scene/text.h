/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text as a medium shows it, for laying out before drawing: sanitised, and spelt in ASCII where the
 * medium is. What these measure is what scene_text() writes.
 */
#ifndef STELLWERK_SCENE_TEXT_H
#define STELLWERK_SCENE_TEXT_H

#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/scene/scene.h>

/* Columns of a text on one line. */
int medium_width(struct arena *arena, struct medium medium, const char *text);

/* Lines of at most `columns` (> 0), as utf8_wrap(), of a text that may hold newlines. At most
 * `most` lines' worth of a long text is looked at: `*count` may be `most` + 1, which says "there
 * is more". */
const char **medium_wrap(struct arena *arena, struct medium medium, const char *text, int columns,
                         int most, size_t *count);

#endif
