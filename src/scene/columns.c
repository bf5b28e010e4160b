/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/columns.h>

#include <stellwerk/model/journey.h>

/* From this width on, two blank cells between columns still leave room to breathe. */
#define COLUMN_WIDE 18

static int at_least(int value, int least)
{
    return value < least ? least : value;
}

static int at_most(int value, int most)
{
    return value > most ? most : value;
}

static int fit(int width, int total, int least)
{
    return at_most(at_least((width + 1) / (least + 1), 1), total);
}

int columns_fit(int width, int total)
{
    return fit(width, total, COLUMN_MIN);
}

static int window_start(int first, int count, int total, int selected)
{
    if (selected != NONE) {
        first = at_most(first, selected);
        first = at_least(first, selected - count + 1);
    }
    return at_least(at_most(first, total - count), 0);
}

struct columns columns_lay(int left, int width, int total, int first, int selected)
{
    int count = columns_fit(width, total);
    if (count == 0)
        return (struct columns){ .left = left, .gap = 1 };
    int gap = width / count >= COLUMN_WIDE ? 2 : 1;
    return (struct columns){
        .left = left,
        .width = at_most(at_least(width, 1), count * (COLUMN_MAX + gap) - gap),
        .gap = gap,
        .first = window_start(first, count, total, selected),
        .count = count,
        .total = total,
    };
}

int columns_each(int width, int total, int least)
{
    int most = fit(width, total, least);
    int parts = (total + most - 1) / most;
    return (total + parts - 1) / parts;
}

struct columns columns_part(int left, int width, int total, int first, int each)
{
    struct columns part = columns_lay(left, width, each, 0, NONE);
    int count = at_most(each, total - first);
    part.width = (part.width + part.gap) * count / each - part.gap;
    part.first = first;
    part.count = count;
    part.total = total;
    return part;
}

/* Rounding towards minus infinity, so that columns left of the window are as regular as those in
 * it. */
static int divided(int number, int by)
{
    int quotient = number / by;
    return number % by < 0 ? quotient - 1 : quotient;
}

int columns_x(const struct columns *columns, int touchpoint)
{
    int steps = (touchpoint - columns->first) * (columns->width + columns->gap);
    return columns->left + divided(steps, columns->count);
}

int columns_width(const struct columns *columns, int touchpoint)
{
    return columns_x(columns, touchpoint + 1) - columns_x(columns, touchpoint) - columns->gap;
}

int columns_centre(const struct columns *columns, int touchpoint)
{
    return columns_x(columns, touchpoint) + columns_width(columns, touchpoint) / 2;
}

int columns_end(const struct columns *columns)
{
    return columns->left + columns->width;
}

bool columns_scrolled(const struct columns *columns)
{
    return columns->count < columns->total;
}
