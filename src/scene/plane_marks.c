/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plane_marks.h"

#include <stdlib.h>
#include <string.h>

#define SHIFT_MOST 2 /* columns that a mark may stand beside its place */

void plane_marks_init(struct plane_marks *marks, struct arena *arena, size_t points, int first,
                      int end)
{
    *marks = (struct plane_marks){ .arena = arena, .points = points, .first = first, .end = end };
    marks->mark_of = arena_array(arena, points, sizeof(*marks->mark_of));
    for (size_t i = 0; i < points; i++)
        marks->mark_of[i] = SIZE_MAX;
}

const char *plane_mark_number(struct arena *arena, const struct plane_mark *mark)
{
    return arena_printf(arena, "%zu", mark->point + 1);
}

const char *plane_mark_others(struct arena *arena, const struct plane_mark *mark)
{
    return mark->others > 0 ? arena_printf(arena, "+%zu", mark->others) : "";
}

/* What it takes to say it, at its place as far as the plane reaches. */
static void measure(const struct plane_marks *marks, struct plane_mark *mark)
{
    mark->columns = (int)(strlen(plane_mark_number(marks->arena, mark)) +
                          strlen(plane_mark_others(marks->arena, mark)));
    int last = marks->end - mark->columns;
    mark->column = mark->column < last ? mark->column : last;
    mark->column = mark->column > marks->first ? mark->column : marks->first;
}

/* Two numbers want a blank between them. */
static bool touch(const struct plane_mark *a, const struct plane_mark *b)
{
    return a->columns > 0 && b->columns > 0 && a->row == b->row &&
           a->column <= b->column + b->columns && b->column <= a->column + a->columns;
}

/* The nearest mark that this one would touch; NULL for none. */
static struct plane_mark *in_the_way(const struct plane_marks *marks, const struct plane_mark *mark)
{
    struct plane_mark *nearest = NULL;
    for (size_t i = 0; i < marks->count; i++) {
        struct plane_mark *other = &marks->items[i];
        if (other != mark && touch(mark, other) &&
            (nearest == NULL ||
             abs(other->column - mark->column) < abs(nearest->column - mark->column)))
            nearest = other;
    }
    return nearest;
}

/* Where the mark touches none, at its place or hardly beside it; false where there is no room. */
static bool find_place(const struct plane_marks *marks, struct plane_mark *mark)
{
    int wanted = mark->column;
    for (int step = 0; step <= 2 * SHIFT_MOST; step++) {
        mark->column = wanted + (step % 2 == 1 ? (step + 1) / 2 : -step / 2);
        bool inside = mark->column >= marks->first && mark->column + mark->columns <= marks->end;
        if (inside && in_the_way(marks, mark) == NULL)
            return true;
    }
    mark->column = wanted;
    return false;
}

static void take_in(struct plane_marks *marks, struct plane_mark *mark, struct plane_mark *other)
{
    for (size_t i = 0; i < marks->points; i++)
        if (marks->mark_of[i] == (size_t)(other - marks->items))
            marks->mark_of[i] = (size_t)(mark - marks->items);
    mark->others += other->others + 1;
    other->columns = 0;
    measure(marks, mark);
}

/* A mark that has grown takes in those it touches, or is taken in by one that was there before. */
static void settle(struct plane_marks *marks, struct plane_mark *mark)
{
    struct plane_mark *other;
    while ((other = in_the_way(marks, mark)) != NULL) {
        struct plane_mark *first = other < mark ? other : mark;
        take_in(marks, first, first == mark ? other : mark);
        mark = first;
    }
}

static void add(struct plane_marks *marks, struct plane_mark mark)
{
    marks->items = arena_grow(marks->arena, marks->items, marks->count, &marks->capacity,
                              sizeof(*marks->items));
    marks->mark_of[mark.point] = marks->count;
    marks->items[marks->count++] = mark;
}

static void join(struct plane_marks *marks, struct plane_mark *mark, size_t point)
{
    marks->mark_of[point] = (size_t)(mark - marks->items);
    mark->others++;
    measure(marks, mark);
    settle(marks, mark);
}

void plane_marks_put(struct plane_marks *marks, size_t point, int row, int column)
{
    struct plane_mark mark = { .row = row, .column = column, .point = point };
    measure(marks, &mark);
    if (find_place(marks, &mark))
        add(marks, mark);
    else
        join(marks, in_the_way(marks, &mark), point);
}
