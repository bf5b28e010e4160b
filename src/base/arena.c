/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/arena.h>

#include <assert.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define ARENA_POISONED 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define ARENA_POISONED 1
#endif

#ifdef ARENA_POISONED
#include <sanitizer/asan_interface.h>
#endif

static const size_t block_min = (size_t)64 << 10;
static const size_t block_max = (size_t)1 << 20;
static const size_t keep_max = (size_t)8 << 20; /* what a reset keeps at most */
static const size_t alignment = alignof(max_align_t);

/* Allocations of at least this size that do not fit get a block of their own: little is wasted. */
static const size_t big = (size_t)32 << 10;

struct arena_block {
    struct arena_block *older;
    size_t capacity, used;
    alignas(max_align_t) char bytes[];
};

/*
 * The address sanitiser sees a block as one piece of memory; telling it what is handed out, with a
 * gap behind each piece, lets it find overruns and uses after a reset here too.
 */
#ifdef ARENA_POISONED
static const size_t gap = 16;

static void hide(const char *from, size_t bytes)
{
    ASAN_POISON_MEMORY_REGION(from, bytes);
}

static void show(const char *from, size_t bytes)
{
    ASAN_UNPOISON_MEMORY_REGION(from, bytes);
}
#else
static const size_t gap = 0;

static void hide(const char *, size_t)
{
}

static void show(const char *, size_t)
{
}
#endif

void arena_init(struct arena *arena)
{
    *arena = (struct arena){ 0 };
}

static void free_blocks(struct arena_block *block)
{
    while (block != NULL) {
        struct arena_block *older = block->older;
        show(block->bytes, block->capacity);
        free(block);
        block = older;
    }
}

void arena_finish(struct arena *arena)
{
    free_blocks(arena->newest);
    arena_init(arena);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

void arena_reset(struct arena *arena)
{
    struct arena_block *newest = arena->newest;
    arena->used = 0;
    if (newest == NULL)
        return;
    if (newest->older == NULL && newest->capacity <= keep_max) {
        show(newest->bytes, newest->used);
        memset(newest->bytes, 0, newest->used);
        hide(newest->bytes, newest->used);
        newest->used = 0;
        return;
    }
    size_t total = 0;
    for (struct arena_block *block = newest; block != NULL; block = block->older)
        total += block->capacity;
    free_blocks(newest);
    arena->newest = NULL;
    arena->first = smaller(total, keep_max);
}

static struct arena_block *block_create(size_t capacity)
{
    struct arena_block *block = memory_alloc(memory_sum(sizeof(*block), capacity));
    block->capacity = capacity;
    hide(block->bytes, capacity);
    return block;
}

/* The block that `size` bytes and their gap go to, when the newest is too full for them. */
static struct arena_block *block_add(struct arena *arena, size_t size)
{
    struct arena_block *newest = arena->newest;
    size_t wanted = memory_sum(size, gap);
    if (newest == NULL)
        return arena->newest = block_create(larger(wanted, larger(arena->first, block_min)));
    if (size >= big) {
        struct arena_block *own = block_create(wanted);
        own->older = newest->older;
        newest->older = own;
        return own;
    }
    size_t capacity = newest->capacity >= block_max ? block_max : 2 * newest->capacity;
    struct arena_block *block = block_create(smaller(capacity, block_max));
    block->older = newest;
    arena->newest = block;
    return block;
}

static size_t align_up(size_t offset, size_t align)
{
    return (offset + align - 1) & ~(align - 1);
}

static void *take(struct arena *arena, size_t size, size_t align)
{
    struct arena_block *block = arena->newest;
    size_t start = block != NULL ? align_up(block->used, align) : 0;
    if (block == NULL || start > block->capacity || block->capacity - start < gap ||
        block->capacity - start - gap < size) {
        block = block_add(arena, size);
        start = 0;
    }
    size_t end = start + size + gap;
    arena->used += end - block->used;
    block->used = end;
    show(block->bytes + start, size);
    return block->bytes + start;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return take(arena, size, alignment);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    return arena_alloc(arena, memory_product(count, size));
}

/* True when `bytes` more could be had right behind `end`, the end of the newest piece. */
static bool extend(struct arena *arena, const char *end, size_t bytes)
{
    struct arena_block *block = arena->newest;
    if (block == NULL || end + gap != block->bytes + block->used ||
        block->capacity - block->used < bytes)
        return false;
    show(end, bytes);
    block->used += bytes;
    arena->used += bytes;
    return true;
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size)
{
    assert(count <= *capacity);
    if (count < *capacity)
        return items;
    size_t wanted = *capacity == 0 ? 4 : memory_product(*capacity, 2);
    size_t bytes = memory_product(wanted, size);
    size_t held = *capacity * size;
    *capacity = wanted;
    if (items != NULL && extend(arena, (const char *)items + held, bytes - held))
        return items;
    void *moved = arena_alloc(arena, bytes);
    if (items != NULL)
        memcpy(moved, items, held);
    return moved;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return text != NULL ? arena_strndup(arena, text, strlen(text)) : NULL;
}

char *arena_strndup(struct arena *arena, const char *text, size_t bytes)
{
    char *copy = take(arena, memory_sum(bytes, 1), 1);
    if (bytes > 0)
        memcpy(copy, text, bytes);
    return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    assert(length >= 0);
    char *text = take(arena, (size_t)length + 1, 1);
    vsnprintf(text, (size_t)length + 1, format, args);
    return text;
}
