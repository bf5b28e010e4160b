/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * UTF-8 text as a terminal shows it: grapheme clusters and their width in columns.
 *
 * Widths follow the C library's wcwidth(), which is what curses lays out with. A cluster the
 * library cannot measure, a ZWJ sequence, a flag pair or a cluster with VS16 is shown by terminals
 * in different ways; utf8_next() gives a safe substitute for it (its first code point where that
 * has a known width, else U+FFFD), so that what follows on the line stays where it belongs.
 * Text given here is valid UTF-8 (mapfile and sanitiser see to it); stray bytes count as U+FFFD.
 */
#ifndef STELLWERK_BASE_UTF8_H
#define STELLWERK_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>

/* One cluster on the screen. */
struct grapheme {
    const char *text; /* what to draw: points into the source, or at a static substitute */
    size_t bytes;     /* length of `text` */
    size_t source;    /* bytes consumed of the source */
    int width;        /* columns: 1 or 2, 0 only for a lone combining mark */
};

/* Reads the cluster at `text` (NUL-terminated); false at its end. */
bool utf8_next(const char *text, struct grapheme *out);

/* True when `bytes` of `text` are well-formed UTF-8; else `*bad` is the offset of the first bad byte. */
bool utf8_valid(const char *text, size_t bytes, size_t *bad);

/* Decodes one code point, writes its length in bytes; U+FFFD and 1 for a bad byte. */
uint32_t utf8_decode(const char *text, size_t *length);

/* Columns of the whole text. */
int utf8_width(const char *text);

/* The text itself where it fits in `columns`, else its beginning and "…" (`ellipsis`, any text). */
const char *utf8_fit(struct arena *arena, const char *text, int columns, const char *ellipsis);

/* Lines of at most `columns`, broken at spaces, hyphens and newlines, and inside a word that is too long.
 * Writes an array of `*count` lines; a text of spaces gives none. */
const char **utf8_wrap(struct arena *arena, const char *text, int columns, size_t *count);

/* Case-folded, decomposed and without marks, for searching: "Verspätung" gives "verspatung". */
const char *utf8_fold(struct arena *arena, const char *text);

#endif
