/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Heap memory that is there or ends the program (base/fatal.h): no caller checks for NULL.
 *
 * Arenas and strings take theirs from here; it is freed with free().
 */
#ifndef STELLWERK_BASE_MEMORY_H
#define STELLWERK_BASE_MEMORY_H

#include <stddef.h>

/* `size` zeroed bytes, aligned for any type; `size` > 0. */
[[nodiscard]] void *memory_alloc(size_t size);

/* `old` (NULL is fine) moved to a place of `size` > 0 bytes; what is new in it is not zeroed. */
[[nodiscard]] void *memory_resize(void *old, size_t size);

/* A copy of a text. */
[[nodiscard]] char *memory_strdup(const char *text);

/* `a` * `b`, a + b; an overflow ends the program. */
[[nodiscard]] size_t memory_product(size_t a, size_t b);
[[nodiscard]] size_t memory_sum(size_t a, size_t b);

/* For tests: `allowed` more allocations succeed, then every one fails. SIZE_MAX: never. */
void memory_limit(size_t allowed);

#endif
