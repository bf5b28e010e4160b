/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * UTF-8 text as a terminal shows it: grapheme clusters and their width in columns.
 *
 * Widths follow the C library's wcwidth(), which is what curses lays out with; without a UTF-8
 * locale it knows nothing, and utf8proc's table stands in. What terminals show in different ways
 * is drawn in a safe form, so that what follows on the line stays where it belongs:
 *   a ZWJ sequence, a skin tone, a variation selector, a ZWNJ: the cluster up to there;
 *   a flag: its two letters;
 *   a character without a known width, a control, a bad byte, a lone combining mark: U+FFFD.
 * A mark that takes a column of its own (Devanagari "का") is a cluster of its own here.
 */
#ifndef STELLWERK_BASE_UTF8_H
#define STELLWERK_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>

/* True when the locale's character set is UTF-8. */
bool utf8_is_spoken(void);

/* One cluster on the screen. */
struct grapheme {
    const char *text; /* what to draw: points into the source, or at a static substitute */
    size_t bytes;     /* length of `text` */
    size_t source;    /* bytes consumed of the source */
    int width;        /* columns: 1 or 2 */
};

/* Reads the cluster at `text` (NUL-terminated); false at its end. */
bool utf8_next(const char *text, struct grapheme *out);

/*
 * True when `bytes` of `text` are well-formed UTF-8; else `*bad` is the offset of the first bad
 * byte.
 */
bool utf8_valid(const char *text, size_t bytes, size_t *bad);

/*
 * Reads one code point of at most `bytes` > 0 bytes and its length; false where they are
 * ill-formed, with the length of the maximal bad part (Unicode 15, section 3.9) and U+FFFD.
 */
bool utf8_read(const char *text, size_t bytes, uint32_t *out, size_t *length);

/*
 * The same for NUL-terminated text, ill-formed or not; U+FFFD and 1 for a bad byte, 0 and 1 for
 * the NUL.
 */
uint32_t utf8_decode(const char *text, size_t *length);

/* Writes the 1 to 4 bytes of a code point and a NUL; returns how many without the NUL. */
size_t utf8_encode(uint32_t point, char out[5]);

/* Columns of the whole text. */
int utf8_width(const char *text);

/*
 * The text itself where it fits in `columns`, else its beginning without spaces at the end and
 * `ellipsis` ("…"); without the ellipsis where not even that fits.
 */
const char *utf8_fit(struct arena *arena, const char *text, int columns, const char *ellipsis);

/*
 * Lines of at most `columns` >= 1, broken at spaces, after hyphens and dashes inside a word, at
 * newlines, and inside a word that is too long. Of facts with " · " between them those that take
 * at most half a line are not broken. Runs of spaces become one; empty lines stay
 * between others, not at the ends. Writes an array of `*count` lines; a text of spaces gives none.
 */
const char **utf8_wrap(struct arena *arena, const char *text, int columns, size_t *count);

/* Case-folded, decomposed and without marks, for searching: "Verspätung" gives "verspatung". */
const char *utf8_fold(struct arena *arena, const char *text);

/*
 * The text in ASCII, for terminals and files without UTF-8: "Verspätung – 3 €" gives
 * "Verspaetung - 3 EUR". What has no likeness becomes "?", one per column. Text that is ASCII is
 * returned itself.
 */
const char *utf8_ascii(struct arena *arena, const char *text);

#endif
