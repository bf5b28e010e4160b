/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Choosing by words around a ring: all, the first, the second, …, the last, all. Private to app/.
 */
#ifndef STELLWERK_APP_RING_H
#define STELLWERK_APP_RING_H

#include <stdbool.h>
#include <stddef.h>

/*
 * "next" and "previous" step around the ring of `count` things with NONE for all of them, "all"
 * chooses NONE, any other word `found`. False where that is NONE.
 */
bool ring_choose(const char *word, size_t count, int found, int *chosen);

/* The same of things of which there is always one: "next" and "previous" from `now`, any other word
 * `found`, which may be -1. */
int ring_step(const char *word, int found, int now, int count);

#endif
