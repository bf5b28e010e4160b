/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/shuffle.h"

#include <string.h>

static uint64_t chance_state;

void shuffle_begin(uint64_t seed)
{
    chance_state = seed;
}

size_t below(size_t limit)
{
    chance_state = chance_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(chance_state >> 33) % limit;
}

void shuffle(void *items, size_t count, size_t size)
{
    char *bytes = items, kept[64];
    for (size_t i = count; i > 1; i--) {
        size_t other = below(i);
        memcpy(kept, bytes + (i - 1) * size, size);
        memcpy(bytes + (i - 1) * size, bytes + other * size, size);
        memcpy(bytes + other * size, kept, size);
    }
}
