/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The text of a file as a window that moves over it, line by line: what readers of CSV and of JSON
 * lines have in common. Private to store/.
 *
 * The window begins at the first byte that is not consumed. It grows as far as a line needs, up to
 * a cap, and a reader may look at it before it consumes anything. Pointers into it hold until the
 * next call that fills it: lines_fill(), lines_find_end(), lines_skip().
 */
#ifndef STELLWERK_SRC_STORE_LINES_H
#define STELLWERK_SRC_STORE_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "decoder.h"

struct lines {
    struct decoder decoder;
    struct str window; /* text of the file that is not read, or may be given back */
    size_t start;      /* the first byte in it that is not consumed */
    uint64_t passed;   /* bytes of the text that are */
    uint64_t line;     /* the line of the file that begins behind them, from 1 */
    char newline;      /* '\n', unless a reader knows better */
    bool ended;        /* nothing comes behind the window */
};

/* `path` "-" is standard input; `encoding` NULL: detect; `cancel` NULL: nobody breaks off waiting
 * for a pipe. The window holds the first block. */
[[nodiscard]] bool lines_open(const char *path, const char *encoding, const atomic_bool *cancel,
                              struct lines **out, struct error *err);
void lines_close(struct lines *lines); /* NULL is fine */

/* What is not consumed. */
static inline const char *lines_text(const struct lines *lines)
{
    return lines->window.text + lines->start;
}

static inline size_t lines_length(const struct lines *lines)
{
    return lines->window.length - lines->start;
}

/* Takes in one block more, if there is one. */
[[nodiscard]] bool lines_fill(struct lines *lines, struct error *err);

/*
 * Finds the end of the line that begins `from` bytes into the window: the place behind its newline,
 * or the end of the file. Stops when the window is longer than `cap`, with `*out` beyond it.
 */
[[nodiscard]] bool lines_find_end(struct lines *lines, size_t from, size_t cap, size_t *out,
                                  struct error *err);

/* So many bytes, which are so many lines. */
void lines_consume(struct lines *lines, size_t bytes, uint64_t count);

/* Consumes the rest of a line that is longer than anybody wants. */
[[nodiscard]] bool lines_skip(struct lines *lines, struct error *err);

/* The length of a line without its end. */
static inline size_t lines_trim(const char *text, size_t length)
{
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
        length--;
    return length;
}

#endif
