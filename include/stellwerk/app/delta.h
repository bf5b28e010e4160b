/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one edit did to a text, to the byte: so it can be taken back, also when other parts of the
 * text have changed since.
 */
#ifndef STELLWERK_APP_DELTA_H
#define STELLWERK_APP_DELTA_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/diff.h>

/* At byte `at`, `removed` gave way to `added`. */
struct delta {
    size_t at;
    const char *removed, *added; /* not ended by a NUL */
    size_t removed_length, added_length;
};

/* Between two texts; all bytes are copied into the arena. */
struct delta delta_between(struct arena *arena, const char *before, size_t before_length,
                           const char *after, size_t after_length);

/* The one that takes it back. Borrows its bytes. */
struct delta delta_inverse(struct delta delta);

/* The text after a delta, with a NUL behind it; NULL where `removed` does not stand there. */
const char *delta_apply(struct arena *arena, const struct delta *delta, const char *text,
                        size_t length, size_t *out_length);

/*
 * Moves deltas to a text that somebody else has changed.
 *
 * Steps have led to a text one after another, and then it was changed. From the last step to the
 * first, shift_back() moves each so that it leads to the text as it would be had the change been
 * there from the beginning. A step whose bytes the change has touched cannot be taken back any
 * more: it counts as part of the change from there on.
 */
struct shift {
    struct diff_hunks hunks; /* in places of the text behind the step that is next */
};

struct shift shift_begin(struct arena *arena, const char *before, size_t before_length,
                         const char *after, size_t after_length);

/* False where the step cannot be taken back any more. */
bool shift_back(struct shift *shift, struct delta *step);

#endif
