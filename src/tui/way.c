/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "way.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

const struct way way_none = { .length = SIZE_MAX, .over = -1 };

static struct way way_of(const char *format, int number)
{
    struct way way = { .over = -1 };
    way.length = (size_t)snprintf(way.bytes, sizeof(way.bytes), format, number);
    return way;
}

/* A control character again and again; no way where a sequence is no longer. */
static struct way repeated(char control, int times)
{
    struct way way = { .length = (size_t)times, .over = -1 };
    if (times > 4)
        return way_none;
    memset(way.bytes, control, way.length);
    return way;
}

void way_shorter(struct way *best, struct way way)
{
    if (way.length < best->length)
        *best = way;
}

struct way way_joined(struct way way, struct way next)
{
    if (way.length > sizeof(way.bytes) || next.length > sizeof(way.bytes) - way.length)
        return way_none;
    memcpy(way.bytes + way.length, next.bytes, next.length);
    way.length += next.length;
    way.over = next.over;
    return way;
}

struct way way_to(int row, int column)
{
    if (column > 0)
        return way_joined(way_of("\033[%d", row + 1), way_of(";%dH", column + 1));
    return row > 0 ? way_of("\033[%dH", row + 1) : way_of("\033[H", 0);
}

struct way way_to_edge(void)
{
    return repeated('\r', 1);
}

struct way way_upright(int from, int to)
{
    if (to < from)
        return from - to == 1 ? way_of("\033[A", 0) : way_of("\033[%dA", from - to);
    struct way best = repeated('\n', to - from);
    way_shorter(&best, way_of("\033[%dB", to - from));
    return best;
}

struct way way_along(int from, int to)
{
    if (from == to)
        return (struct way){ .over = -1 };
    struct way best = way_of("\033[%dG", to + 1);
    if (to > from)
        way_shorter(&best, to - from == 1 ? way_of("\033[C", 0) : way_of("\033[%dC", to - from));
    else
        way_shorter(&best, repeated('\b', from - to));
    return best;
}
