/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/base/diff.h>

#include <stdbool.h>
#include <string.h>

enum { EDITS_MAX = 2000 };

static struct diff_lines split(struct arena *arena, const char *text, size_t length)
{
    struct diff_lines lines = { .items = arena_array(arena, 1, sizeof *lines.items) };
    size_t capacity = 1;
    for (size_t at = 0; at < length;) {
        const char *end = memchr(text + at, '\n', length - at);
        size_t bytes = end != NULL ? (size_t)(end - text) + 1 - at : length - at;
        lines.items = arena_grow(arena, lines.items, lines.count, &capacity, sizeof *lines.items);
        lines.items[lines.count++] = (struct diff_line){ text + at, bytes };
        at += bytes;
    }
    return lines;
}

static bool same(const struct diff_line *a, const struct diff_line *b)
{
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

static void add(struct arena *arena, struct diff_changes *changes, int kind, size_t before,
                size_t after)
{
    changes->items = arena_grow(arena, changes->items, changes->count, &changes->capacity,
                                sizeof *changes->items);
    changes->items[changes->count++] = (struct diff_change){ kind, before, after };
}

/* The way back through the furthest points of Myers' search, from its end. */
static void trace(struct arena *arena, int **furthest, int steps, int x, int y, size_t offset,
                  struct diff_changes *back)
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
            add(arena, back, DIFF_KEPT, offset + (size_t)x - 1, offset + (size_t)y - 1);
        if (down)
            add(arena, back, DIFF_NEW, offset + (size_t)x, offset + (size_t)y - 1);
        else
            add(arena, back, DIFF_GONE, offset + (size_t)x - 1, offset + (size_t)y);
        x = from_x;
        y = from_y;
    }
    for (; x > 0; x--, y--)
        add(arena, back, DIFF_KEPT, offset + (size_t)x - 1, offset + (size_t)y - 1);
}

/* Finds the shortest script for the lines between equal beginnings and ends, as it is walked back;
 * false where there is none of at most EDITS_MAX steps. */
static bool search(struct arena *arena, const struct diff_line *a, int a_count,
                   const struct diff_line *b, int b_count, size_t offset,
                   struct diff_changes *back)
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

static struct diff_changes compare(struct arena *arena, const struct diff_lines *a,
                                   const struct diff_lines *b)
{
    struct diff_changes changes = { 0 }, back = { 0 };
    size_t head = 0, tail = 0;
    while (head < a->count && head < b->count && same(&a->items[head], &b->items[head]))
        head++;
    while (tail < a->count - head && tail < b->count - head &&
           same(&a->items[a->count - 1 - tail], &b->items[b->count - 1 - tail]))
        tail++;
    for (size_t i = 0; i < head; i++)
        add(arena, &changes, DIFF_KEPT, i, i);
    size_t a_end = a->count - tail, b_end = b->count - tail;
    if (search(arena, a->items + head, (int)(a_end - head), b->items + head, (int)(b_end - head),
               head, &back)) {
        while (back.count > 0) {
            struct diff_change *change = &back.items[--back.count];
            add(arena, &changes, change->kind, change->before, change->after);
        }
    } else {
        for (size_t i = head; i < a_end; i++)
            add(arena, &changes, DIFF_GONE, i, head);
        for (size_t i = head; i < b_end; i++)
            add(arena, &changes, DIFF_NEW, a_end, i);
    }
    for (size_t i = 0; i < tail; i++)
        add(arena, &changes, DIFF_KEPT, a_end + i, b_end + i);
    return changes;
}

struct diff diff_texts(struct arena *arena, const char *before, size_t before_length,
                       const char *after, size_t after_length)
{
    struct diff diff = {
        .before = split(arena, before, before_length),
        .after = split(arena, after, after_length),
    };
    diff.changes = compare(arena, &diff.before, &diff.after);
    return diff;
}

static size_t line_bytes(const struct diff_lines *lines, size_t line)
{
    return lines->items[line].length;
}

struct diff_hunks diff_hunks(struct arena *arena, const struct diff *diff)
{
    struct diff_hunks hunks = { 0 };
    size_t before = 0, after = 0;
    bool open = false;
    for (size_t i = 0; i < diff->changes.count; i++) {
        const struct diff_change *change = &diff->changes.items[i];
        size_t gone = change->kind != DIFF_NEW ? line_bytes(&diff->before, change->before) : 0;
        size_t new = change->kind != DIFF_GONE ? line_bytes(&diff->after, change->after) : 0;
        if (change->kind != DIFF_KEPT && !open) {
            hunks.items = arena_grow(arena, hunks.items, hunks.count, &hunks.capacity,
                                     sizeof(*hunks.items));
            hunks.items[hunks.count++] = (struct diff_hunk){ .before = before, .after = after };
        }
        open = change->kind != DIFF_KEPT;
        if (open) {
            hunks.items[hunks.count - 1].removed += gone;
            hunks.items[hunks.count - 1].added += new;
        }
        before += gone;
        after += new;
    }
    return hunks;
}
