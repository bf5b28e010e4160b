/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a column writes its times. Private to store/.
 *
 * The formats that are detected have shapes that exclude each other, so the first value
 * settles which one it is, and a later value in another shape is an error and not a guess.
 */
#ifndef STELLWERK_SRC_STORE_TIMES_H
#define STELLWERK_SRC_STORE_TIMES_H

#include <stdbool.h>
#include <stdint.h>

#include <stellwerk/model/mapping.h>

struct time_format;

struct time_reader {
    const struct time_format *format; /* NULL: the first value settles it */
    const char *pattern;              /* strptime()'s, where the mapping gives one */
};

/* From a mapping's `time_format`: a word of the table, or a pattern with % directives. */
[[nodiscard]] bool time_reader_set(struct time_reader *reader, const char *format, struct pos pos,
                                   struct error *err);

[[nodiscard]] bool time_reader_read(struct time_reader *reader, const char *text, int64_t *out);

/* "iso", "epoch_ms", a pattern; NULL while nothing has settled it. */
const char *time_reader_name(const struct time_reader *reader);

#endif
