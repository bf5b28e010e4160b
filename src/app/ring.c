/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ring.h"

#include <string.h>

#include <stellwerk/model/journey.h>

bool ring_choose(const char *word, size_t count, int found, int *chosen)
{
    int size = (int)count + 1; /* NONE is the place before 0 */
    if (strcmp(word, "next") == 0)
        *chosen = (*chosen + 2) % size - 1;
    else if (strcmp(word, "previous") == 0)
        *chosen = (*chosen + size) % size - 1;
    else if (strcmp(word, "all") == 0)
        *chosen = NONE;
    else if (found != NONE)
        *chosen = found;
    else
        return false;
    return true;
}

int ring_step(const char *word, int found, int now, int count)
{
    if (strcmp(word, "next") == 0)
        return (now + 1) % count;
    if (strcmp(word, "previous") == 0)
        return (now + count - 1) % count;
    return found;
}
