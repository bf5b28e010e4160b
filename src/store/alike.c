/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "alike.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>

#include "row.h"

#define ALIKE_BITS 12
#define ALIKES (1 << ALIKE_BITS)

struct alikes {
    column_set columns, numbers;
    uint64_t round;             /* which counts how often all was forgotten, from 1 on */
    struct alike items[ALIKES]; /* each where its hash says, and nowhere else */
};

struct alikes *alikes_create(column_set columns)
{
    struct alikes *alikes = memory_alloc(sizeof(*alikes));
    assert(__builtin_popcountll(columns) <= ALIKE_COLUMNS);
    alikes->columns = columns;
    alikes->numbers = columns & ~column_words();
    alikes->round = 1;
    return alikes;
}

void alikes_destroy(struct alikes *alikes)
{
    free(alikes);
}

void alikes_clear(struct alikes *alikes)
{
    alikes->round++;
}

static int64_t bits_of(double number)
{
    int64_t bits;
    memcpy(&bits, &number, sizeof(bits));
    return bits;
}

/* Word by word: what has just been written is read as it was, which costs the processor no wait. */
static bool is_like(const struct alike *alike, const int64_t *says, size_t count)
{
    int64_t differing = 0;
    for (size_t i = 0; i < count; i++)
        differing |= alike->says[i] ^ says[i];
    return differing == 0;
}

struct alike *alikes_find(struct alikes *alikes, const struct row *row, const int64_t *words)
{
    column_set given = row->given & alikes->columns;
    uint64_t hash = given, factor = UINT64_C(0x9e3779b97f4a7c15);
    int64_t says[ALIKE_COLUMNS];
    size_t count = 0;
    for (column_set left = given; left != 0; left &= left - 1) {
        enum column column = column_first(left);
        says[count] = words[column];
        if ((alikes->numbers & left & -left) != 0)
            says[count] = bits_of(row->cells[column].number);
        hash += (uint64_t)says[count++] * factor;
        factor += UINT64_C(0x632be59bd9b4e01a);
    }
    hash = (hash ^ hash >> 32) * UINT64_C(0x9e3779b97f4a7c15);
    struct alike *alike = &alikes->items[hash >> (64 - ALIKE_BITS)];
    if (alike->round != alikes->round || alike->given != given || !is_like(alike, says, count)) {
        *alike = (struct alike){ .given = given, .round = alikes->round };
        memcpy(alike->says, says, count * sizeof(*says));
    }
    return alike;
}
