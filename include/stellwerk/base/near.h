/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The nearest known word to a mistyped one.
 */
#ifndef STELLWERK_BASE_NEAR_H
#define STELLWERK_BASE_NEAR_H

#include <stddef.h>

struct near {
    const char *wanted;
    const char *best; /* NULL while nothing is near enough */
    size_t distance;
};

/* near_init(), near_offer() each known word, then read `best`: at most a third of the letters
 * wrong, by optimal string alignment distance (Damerau 1964, Levenshtein 1966), case apart. */
void near_init(struct near *near, const char *wanted);
void near_offer(struct near *near, const char *known);

#endif
