/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Items in the order of numbers, without comparing them. Private to store/.
 *
 * A radix sort (Knuth, The Art of Computer Programming 3, 5.2.5) from the lowest digit on, whose
 * digits are cut out of the bits in which the keys differ: keys that differ in few bits take a pass
 * or two, whatever they are.
 */
#ifndef STELLWERK_SRC_STORE_KEYED_H
#define STELLWERK_SRC_STORE_KEYED_H

#include <stddef.h>
#include <stdint.h>

struct keyed {
    uint64_t key;
    uint32_t item; /* its place, as a rule, in what is to be put in order */
};

/* Sorts `items` by key; those of one key stay as they come. `room` is for as many. What is returned
 * is one of the two, and has the result. */
[[nodiscard]] struct keyed *keyed_sort(struct keyed *items, struct keyed *room, size_t count);

#endif
