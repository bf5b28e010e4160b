/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The text of a YAML file, looked through before a parser sees it.
 *
 * What passes is UTF-8 of a bounded size without a byte order mark, NUL or control characters.
 * Places are counted the way editors count them: a line ends with LF or CRLF and with nothing else.
 * YAML also ends lines at a lone CR, NEL, LS or PS ("odd breaks"), so a parser's lines cannot be
 * trusted where a text has these; its count of characters can, and all places follow from that.
 */
#ifndef STELLWERK_MAPFILE_SOURCE_H
#define STELLWERK_MAPFILE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/diag.h>
#include <stellwerk/base/error.h>

#define SOURCE_MAX ((size_t)8 << 20) /* bytes of a file */

struct source {
    const char *file; /* what messages call it; borrowed */
    const char *text; /* behind a byte order mark; borrowed, NUL behind it */
    size_t length;    /* bytes of `text` */
    size_t characters;
    bool bom;              /* one was cut */
    bool odd_breaks;       /* the text has some */
    uint32_t *line_starts; /* characters before each line; line 1 is the first */
    size_t line_count;
};

/*
 * Looks through `length` bytes with a NUL behind them. False where a parser must not see the text
 * (one finding says why and where); odd breaks are only warned of.
 */
[[nodiscard]] bool source_init(struct arena *arena, const char *file, const char *text,
                               size_t length, struct source *out, struct diag_list *findings);

/* The line, from 1, of the character `index`. */
uint32_t source_line(const struct source *source, size_t index);

/* The place of the character `index`, whose line is known or is searched for. */
struct pos source_pos_in_line(const struct source *source, size_t index, uint32_t line);
struct pos source_pos(const struct source *source, size_t index);

/* Where the character `index` begins, and the place of the byte at `offset`; both walk the text. */
size_t source_byte(const struct source *source, size_t index);
struct pos source_pos_of_byte(const struct source *source, size_t offset);

/* The characters before the byte at `offset`, where they are known of a byte at or before it. */
size_t source_index_from(const struct source *source, size_t offset, size_t known_index,
                         size_t known_byte);

/* source_byte() that walks from a character at or before `index`, whose byte is known. */
size_t source_byte_from(const struct source *source, size_t index, size_t known_index,
                        size_t known_byte);

#endif
