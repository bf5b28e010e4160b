/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "key_filter.h"

#include <stdlib.h>

#include <stellwerk/base/memory.h>

/* A line is of 8 words, of 64 bits each. */
#define LINE_WORDS 8
#define LINE_BITS 512
#define BITS_OF_KEY 10

/* Bits that a key sets; each takes 9 of a hash to be found in its line. */
#define KEY_BITS 6
#define PLACE_BITS 9

void key_filter_reset(struct key_filter *filter, uint64_t capacity)
{
    key_filter_finish(filter);
    filter->capacity = capacity;
    filter->line_count = capacity * BITS_OF_KEY / LINE_BITS + 1;
    filter->lines = memory_alloc(memory_product(
        memory_product((size_t)filter->line_count, LINE_WORDS), sizeof(*filter->lines)));
}

void key_filter_finish(struct key_filter *filter)
{
    free(filter->lines);
    *filter = (struct key_filter){ 0 };
}

/* The line goes by the upper bits of the digest, the bits in it by all, stirred (Knuth's golden
 * ratio, The Art of Computer Programming 3, 6.4). */
static uint64_t *line_of(const struct key_filter *filter, uint64_t digest)
{
    uint64_t line = (uint64_t)((unsigned __int128)digest * filter->line_count >> 64);
    return filter->lines + line * LINE_WORDS;
}

static uint64_t stir(uint64_t digest)
{
    return (digest ^ digest >> 32) * UINT64_C(0x9e3779b97f4a7c15);
}

void key_filter_add(struct key_filter *filter, uint64_t digest)
{
    uint64_t *line = line_of(filter, digest), places = stir(digest);
    filter->count++;
    for (int i = 0; i < KEY_BITS; i++, places >>= PLACE_BITS)
        line[places % LINE_BITS / 64] |= UINT64_C(1) << places % 64;
}

void key_filter_fetch(const struct key_filter *filter, uint64_t digest)
{
    if (filter->lines != NULL)
        __builtin_prefetch(line_of(filter, digest));
}

bool key_filter_may_have(const struct key_filter *filter, uint64_t digest)
{
    if (filter->lines == NULL)
        return true;
    const uint64_t *line = line_of(filter, digest);
    uint64_t places = stir(digest);
    for (int i = 0; i < KEY_BITS; i++, places >>= PLACE_BITS)
        if ((line[places % LINE_BITS / 64] >> places % 64 & 1) == 0)
            return false;
    return true;
}
