/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which digests are surely not among many: a Bloom filter (Bloom 1970) whose bits for one digest
 * are all in one line of the processor's cache (Putze, Sanders and Singler 2007). Of digests that
 * are not among them, one or two in a hundred are said to be, as long as there are no more than it
 * was made for. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_KEY_FILTER_H
#define STELLWERK_SRC_STORE_KEY_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct key_filter {
    uint64_t *lines; /* on the heap; NULL: it knows nothing, and all may be among them */
    uint64_t line_count;
    uint64_t capacity, count;
};

/* For so many, at 10 bits each; forgets all it has. */
void key_filter_reset(struct key_filter *filter, uint64_t capacity);
void key_filter_finish(struct key_filter *filter);

void key_filter_add(struct key_filter *filter, uint64_t digest);
bool key_filter_may_have(const struct key_filter *filter, uint64_t digest);

/* A digest that is asked for soon: what is needed for it is brought near the processor. */
void key_filter_fetch(const struct key_filter *filter, uint64_t digest);

#endif
