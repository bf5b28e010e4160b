/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What changed between two texts, by lines.
 *
 * Lines that are common to both are found by Myers' algorithm (Algorithmica 1, 1986) between equal
 * beginnings and ends; where that would take very long, all between them counts as changed.
 */
#ifndef STELLWERK_BASE_DIFF_H
#define STELLWERK_BASE_DIFF_H

#include <stddef.h>

#include <stellwerk/base/arena.h>

struct diff_line {
    const char *text; /* borrowed from the text */
    size_t length;    /* bytes, with its newline, if it has one */
};

struct diff_lines {
    struct diff_line *items;
    size_t count;
};

/* Lines before[..] and after[..]: what both have, or what only one has. */
struct diff_change {
    enum { DIFF_KEPT, DIFF_GONE, DIFF_NEW } kind;
    size_t before, after; /* lines, from 0 */
};

struct diff_changes {
    struct diff_change *items;
    size_t count, capacity;
};

struct diff {
    struct diff_lines before, after;
    struct diff_changes changes; /* every line of both, in order */
};

struct diff diff_texts(struct arena *arena, const char *before, size_t before_length,
                       const char *after, size_t after_length);

/* Bytes that were replaced: whole lines. */
struct diff_hunk {
    size_t before, removed; /* where in the old text, how many bytes */
    size_t after, added;    /* in the new one */
};

struct diff_hunks {
    struct diff_hunk *items; /* ascending, with lines that are kept between them */
    size_t count, capacity;
};

struct diff_hunks diff_hunks(struct arena *arena, const struct diff *diff);

#endif
