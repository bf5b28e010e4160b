/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/diff.h>

#include <stdbool.h>
#include <string.h>

#include <stellwerk/base/arena.h>

enum { AROUND = 3, EDITS_MAX = 2000 };

struct line {
    const char *text;
    size_t length; /* with its newline, if it has one */
};

struct lines {
    struct line *items;
    size_t count;
};

/* Lines before[a..] and after[b..]: what both have, or what only one has. */
struct change {
    enum { KEPT, GONE, NEW } kind;
    size_t before, after;
};

struct changes {
    struct change *items;
    size_t count, capacity;
};

static struct lines split(struct arena *arena, const char *text, size_t length)
{
    struct lines lines = { 0 };
    size_t capacity = 0;
    for (size_t at = 0; at < length;) {
        const char *end = memchr(text + at, '\n', length - at);
        size_t bytes = end != NULL ? (size_t)(end - text) + 1 - at : length - at;
        lines.items = arena_grow(arena, lines.items, lines.count, &capacity, sizeof *lines.items);
        lines.items[lines.count++] = (struct line){ text + at, bytes };
        at += bytes;
    }
    return lines;
}

static bool same(const struct line *a, const struct line *b)
{
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

static void add(struct arena *arena, struct changes *changes, int kind, size_t before, size_t after)
{
    changes->items = arena_grow(arena, changes->items, changes->count, &changes->capacity,
                                sizeof *changes->items);
    changes->items[changes->count++] = (struct change){ kind, before, after };
}

/* The way back through the furthest points of Myers' search, from its end. */
static void trace(struct arena *arena, int **furthest, int steps, int x, int y, size_t offset,
                  struct changes *back)
{
    for (int step = steps; step > 0; step--) {
        const int *points = furthest[step - 1];
        int diagonal = x - y;
        bool down =
            diagonal == -step || (diagonal != step && points[diagonal - 1] < points[diagonal + 1]);
        int from = down ? diagonal + 1 : diagonal - 1;
        int from_x = points[from], from_y = from_x - from;
        int corner = down ? from_x : from_x + 1;
        for (; x > corner; x--, y--)
            add(arena, back, KEPT, offset + (size_t)x - 1, offset + (size_t)y - 1);
        if (down)
            add(arena, back, NEW, offset + (size_t)x, offset + (size_t)y - 1);
        else
            add(arena, back, GONE, offset + (size_t)x - 1, offset + (size_t)y);
        x = from_x;
        y = from_y;
    }
    for (; x > 0; x--, y--)
        add(arena, back, KEPT, offset + (size_t)x - 1, offset + (size_t)y - 1);
}

/* Finds the shortest script for the lines between equal beginnings and ends, as it is walked back;
 * false where there is none of at most EDITS_MAX steps. */
static bool search(struct arena *arena, const struct line *a, int a_count, const struct line *b,
                   int b_count, size_t offset, struct changes *back)
{
    int most = a_count + b_count < EDITS_MAX ? a_count + b_count : EDITS_MAX;
    int **furthest = arena_array(arena, (size_t)most + 2, sizeof *furthest);
    int *room = arena_array(arena, 2 * (size_t)most + 3, sizeof *room);
    int *points = room + most + 1;
    for (int step = 0; step <= most; step++) {
        for (int diagonal = -step; diagonal <= step; diagonal += 2) {
            bool down = diagonal == -step ||
                        (diagonal != step && points[diagonal - 1] < points[diagonal + 1]);
            int x = step == 0 ? 0 : down ? points[diagonal + 1] : points[diagonal - 1] + 1;
            int y = x - diagonal;
            while (x < a_count && y < b_count && same(&a[x], &b[y])) {
                x++;
                y++;
            }
            points[diagonal] = x;
            if (x >= a_count && y >= b_count) {
                trace(arena, furthest, step, a_count, b_count, offset, back);
                return true;
            }
        }
        int *kept = arena_array(arena, 2 * (size_t)step + 3, sizeof *kept);
        memcpy(kept, points - step - 1, (2 * (size_t)step + 3) * sizeof *kept);
        furthest[step] = kept + step + 1;
    }
    return false;
}

static struct changes compare(struct arena *arena, const struct lines *a, const struct lines *b)
{
    struct changes changes = { 0 }, back = { 0 };
    size_t head = 0, tail = 0;
    while (head < a->count && head < b->count && same(&a->items[head], &b->items[head]))
        head++;
    while (tail < a->count - head && tail < b->count - head &&
           same(&a->items[a->count - 1 - tail], &b->items[b->count - 1 - tail]))
        tail++;
    for (size_t i = 0; i < head; i++)
        add(arena, &changes, KEPT, i, i);
    size_t a_end = a->count - tail, b_end = b->count - tail;
    if (search(arena, a->items + head, (int)(a_end - head), b->items + head, (int)(b_end - head),
               head, &back)) {
        while (back.count > 0) {
            struct change *change = &back.items[--back.count];
            add(arena, &changes, change->kind, change->before, change->after);
        }
    } else {
        for (size_t i = head; i < a_end; i++)
            add(arena, &changes, GONE, i, head);
        for (size_t i = head; i < b_end; i++)
            add(arena, &changes, NEW, a_end, i);
    }
    for (size_t i = 0; i < tail; i++)
        add(arena, &changes, KEPT, a_end + i, b_end + i);
    return changes;
}

static void append_line(struct str *out, char mark, const struct line *line)
{
    str_append_char(out, mark);
    str_append_bytes(out, line->text, line->length);
    if (line->length == 0 || line->text[line->length - 1] != '\n')
        str_append(out, "\n\\ No newline at end of file\n");
}

static void append_hunk(struct str *out, const struct lines *a, const struct lines *b,
                        const struct changes *changes, size_t begin, size_t end)
{
    size_t old = 0, new = 0;
    for (size_t i = begin; i < end; i++) {
        old += changes->items[i].kind != NEW;
        new += changes->items[i].kind != GONE;
    }
    const struct change *first = &changes->items[begin];
    str_printf(out, "@@ -%zu,%zu +%zu,%zu @@\n", first->before + (old > 0), old,
               first->after + (new > 0), new);
    for (size_t i = begin; i < end; i++) {
        const struct change *change = &changes->items[i];
        if (change->kind == NEW)
            append_line(out, '+', &b->items[change->after]);
        else
            append_line(out, change->kind == KEPT ? ' ' : '-', &a->items[change->before]);
    }
}

/* A hunk ends where more than twice AROUND lines are kept. */
static size_t hunk_end(const struct changes *changes, size_t at)
{
    size_t last = at;
    for (size_t i = at; i < changes->count && i <= last + 2 * AROUND; i++)
        if (changes->items[i].kind != KEPT)
            last = i;
    size_t end = last + 1 + AROUND;
    return end < changes->count ? end : changes->count;
}

void diff_append(struct str *out, const char *name, const char *before, size_t before_length,
                 const char *after, size_t after_length)
{
    struct arena arena;
    arena_init(&arena);
    struct lines a = split(&arena, before, before_length);
    struct lines b = split(&arena, after, after_length);
    struct changes changes = compare(&arena, &a, &b);
    bool headed = false;
    for (size_t i = 0; i < changes.count; i++) {
        if (changes.items[i].kind == KEPT)
            continue;
        if (!headed)
            str_printf(out, "--- %s\n+++ %s\n", name, name);
        headed = true;
        size_t end = hunk_end(&changes, i);
        append_hunk(out, &a, &b, &changes, i > AROUND ? i - AROUND : 0, end);
        i = end - 1;
    }
    arena_finish(&arena);
}
