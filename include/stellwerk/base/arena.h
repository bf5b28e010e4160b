/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Arenas: memory that is freed all at once.
 *
 * A revision of a map lives in one arena, a drawn frame in another; nothing in an arena is freed
 * on its own. A function whose first parameter is a `struct arena *` puts its result there.
 * Blocks are aligned for any type and come zeroed. When the machine is out of memory the program
 * ends with a message and exit 2: no caller checks for NULL, and no file is half written, because
 * saving never allocates once it has begun.
 */
#ifndef STELLWERK_BASE_ARENA_H
#define STELLWERK_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena { /* all zero is an empty arena */
    struct arena_block *newest;
    size_t used;  /* bytes handed out, padding included */
    size_t first; /* bytes of the next first block, so that a scratch arena needs only one */
};

void arena_init(struct arena *arena);

/* Frees every block; the arena may be used again. */
void arena_finish(struct arena *arena);

/*
 * Forgets everything but keeps the room, in one block: for a scratch arena, once a frame. Frames of
 * like size soon allocate nothing.
 */
void arena_reset(struct arena *arena);

/* `size` zeroed bytes; a size of 0 gives a valid pointer. */
[[nodiscard]] void *arena_alloc(struct arena *arena, size_t size);

/* `count` zeroed items of `size` bytes; an overflowing product ends the program. */
[[nodiscard]] void *arena_array(struct arena *arena, size_t count, size_t size);

/*
 * Room for one more item in an array of `count` items that grows by doubling: returns the array,
 * moved when it had to grow. `*capacity` starts at 0 with a NULL array. The room is zeroed.
 */
[[nodiscard]] void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity,
                               size_t size);

/* NULL gives NULL. */
[[nodiscard]] char *arena_strdup(struct arena *arena, const char *text);

/* A string of exactly `bytes` bytes, NULs among them copied too, and a NUL behind them. */
[[nodiscard]] char *arena_strndup(struct arena *arena, const char *text, size_t bytes);

[[gnu::format(printf, 2, 3), nodiscard]]
char *arena_printf(struct arena *arena, const char *format, ...);
[[gnu::format(printf, 2, 0), gnu::nonnull(2), nodiscard]]
char *arena_vprintf(struct arena *arena, const char *format, va_list args);

#endif
