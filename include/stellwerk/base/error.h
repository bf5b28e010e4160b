/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One failure, told to a person: what went wrong, and where.
 *
 * A function that can fail returns false after filling a `struct error`; failing is one line:
 *     return error_at(err, pos, _("stage '%s' has no touchpoints"), id);
 * The texts are translated already and may hold text from outside: they pass the sanitiser when
 * printed, never before.
 */
#ifndef STELLWERK_BASE_ERROR_H
#define STELLWERK_BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A place in a file that a person wrote. Line and column count from 1; 0 means "not known". */
struct pos {
    const char *file; /* borrowed; NULL: no file */
    uint32_t line;
    uint32_t column; /* in characters, not bytes */
};

struct error {
    struct pos pos;
    char text[1024]; /* cut at a character's end where it does not fit; "" means no error */
};

void error_init(struct error *err);

/* All of these return false. `err` may be NULL when nobody wants to know. */
[[gnu::format(printf, 2, 3)]] bool error_set(struct error *err, const char *format, ...);
[[gnu::format(printf, 3, 4)]] bool error_at(struct error *err, struct pos pos, const char *format,
                                            ...);
/* Appends ": " and the text of the system's errno value `number`. */
[[gnu::format(printf, 3, 4)]] bool error_errno(struct error *err, int number, const char *format,
                                               ...);

/* Writes "stellwerk: FILE:LINE:COL: TEXT" and a newline, sanitised, to a stream for people. */
void error_print(const struct error *err, FILE *out);

#endif
