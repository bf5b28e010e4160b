/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A growing byte string on the heap, always NUL-terminated; may hold NUL bytes inside.
 * `text` is never NULL after str_init(). What is appended must not point into the string itself.
 */
#ifndef STELLWERK_BASE_STR_H
#define STELLWERK_BASE_STR_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    char *text;
    size_t length;   /* bytes, without the final NUL */
    size_t capacity; /* bytes; 0 while `text` is the shared empty string */
};

void str_init(struct str *str);
void str_finish(struct str *str);
void str_clear(struct str *str); /* empties it and keeps the room */

/* Cuts it to `length` bytes, at most as many as there are. */
void str_truncate(struct str *str, size_t length);

/* Makes room for `more` bytes behind what is there, so that appending them moves nothing. */
void str_reserve(struct str *str, size_t more);

void str_append(struct str *str, const char *text);
void str_append_bytes(struct str *str, const char *bytes, size_t length);
void str_append_char(struct str *str, char c);
void str_append_integer(struct str *str, int64_t number); /* in decimal digits */

/* These append, too. */
[[gnu::format(printf, 2, 3)]] void str_printf(struct str *str, const char *format, ...);
[[gnu::format(printf, 2, 0), gnu::nonnull(2)]]
void str_vprintf(struct str *str, const char *format, va_list args);

#endif
