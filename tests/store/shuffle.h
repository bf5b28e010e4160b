/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Chance that is the same in every run, and things put in no order by it.
 */
#ifndef STELLWERK_TESTS_STORE_SHUFFLE_H
#define STELLWERK_TESTS_STORE_SHUFFLE_H

#include <stddef.h>
#include <stdint.h>

void shuffle_begin(uint64_t seed);

/* 0..limit - 1. */
size_t below(size_t limit);

/* Items of at most 64 bytes. */
void shuffle(void *items, size_t count, size_t size);

#endif
