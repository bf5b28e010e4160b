/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a column writes its times. Private to store/.
 *
 * The formats that are detected have shapes that exclude each other, so the first value settles
 * which one it is, and a later value in another shape is an error and not a guess. The one
 * exception is 3/4/2026, which may be in March or in April: only a value with a number above 12
 * tells, and where there is none, people are asked. 3.4.2026 is in April everywhere.
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
    bool without_offset;              /* a value had none, and was taken for UTC */
};

enum time_result {
    TIME_READ,
    TIME_WRONG,
    TIME_UNDECIDED, /* day and month cannot be told apart so far */
};

/* From a mapping's `time_format`: a word of the table, or a pattern with % directives. */
[[nodiscard]] bool time_reader_set(struct time_reader *reader, const char *format, struct pos pos,
                                   struct error *err);

[[nodiscard]] enum time_result time_reader_read(struct time_reader *reader, const char *text,
                                                int64_t *out);

/* Settles the order of day and month by a value that tells; false where it does not. */
bool time_reader_decide(struct time_reader *reader, const char *text);

/* "iso", "epoch_ms", a pattern; NULL while nothing has settled it. */
const char *time_reader_name(const struct time_reader *reader);

#endif
