/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the words of a command line may be, as of this map: for completion and the palette.
 */
#ifndef STELLWERK_APP_VALUES_H
#define STELLWERK_APP_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/app/command.h>
#include <stellwerk/base/arena.h>
#include <stellwerk/model/journey.h>

struct value {
    const char *word;  /* as the command takes it */
    const char *label; /* what people call it; NULL: the word says it */
};

struct values {
    struct value *items;
    size_t count;
};

/* Everything that a kind of argument may be; none for texts and keys. `before` is the word before
 * it, for ARGUMENT_VALUE; NULL. Labels are borrowed from the journey. */
struct values values_list(struct arena *arena, const struct journey *journey,
                          enum argument argument, const char *before);

/* Fails with what is wrong with a word of a call, naming the nearest value or what is wanted. */
bool values_refuse(const struct journey *journey, const struct call *call, size_t word,
                   struct error *err);

/* What may stand at the end of a line: the words that begin so, or whose label does. */
struct completion {
    struct values values;
    size_t from; /* where the word begins, in bytes */
};

struct completion complete_line(struct arena *arena, const struct journey *journey,
                                const char *line, size_t cursor);

#endif
