/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/memory.h>

#include <assert.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/fatal.h>

static atomic_size_t allocations_left = SIZE_MAX;

void memory_limit(size_t allowed)
{
    atomic_store(&allocations_left, allowed);
}

static bool may_allocate(void)
{
    size_t left = atomic_load(&allocations_left);
    if (left == SIZE_MAX)
        return true;
    if (left == 0)
        return false;
    atomic_store(&allocations_left, left - 1);
    return true;
}

void *memory_alloc(size_t size)
{
    assert(size > 0);
    void *memory = may_allocate() ? calloc(1, size) : NULL;
    if (memory == NULL)
        fatal_no_memory();
    return memory;
}

void *memory_resize(void *old, size_t size)
{
    assert(size > 0);
    void *memory = may_allocate() ? realloc(old, size) : NULL;
    if (memory == NULL)
        fatal_no_memory();
    return memory;
}

char *memory_strdup(const char *text)
{
    size_t bytes = strlen(text) + 1;
    return memcpy(memory_alloc(bytes), text, bytes);
}

size_t memory_product(size_t a, size_t b)
{
    size_t product;
    if (__builtin_mul_overflow(a, b, &product))
        fatal_no_memory();
    return product;
}

size_t memory_sum(size_t a, size_t b)
{
    size_t sum;
    if (__builtin_add_overflow(a, b, &sum))
        fatal_no_memory();
    return sum;
}
