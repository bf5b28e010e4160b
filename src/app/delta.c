/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/delta.h>

#include <string.h>

#include <stellwerk/base/memory.h>

/* Texts of megabytes differ in a few bytes: most of them is compared by the block. */
enum { BLOCK = 4096 };

static size_t common_head(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t head = 0;
    while (head + BLOCK <= a_length && head + BLOCK <= b_length &&
           memcmp(a + head, b + head, BLOCK) == 0)
        head += BLOCK;
    while (head < a_length && head < b_length && a[head] == b[head])
        head++;
    return head;
}

static size_t common_tail(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t tail = 0;
    while (tail + BLOCK <= a_length && tail + BLOCK <= b_length &&
           memcmp(a + a_length - tail - BLOCK, b + b_length - tail - BLOCK, BLOCK) == 0)
        tail += BLOCK;
    while (tail < a_length && tail < b_length && a[a_length - 1 - tail] == b[b_length - 1 - tail])
        tail++;
    return tail;
}

struct delta delta_between(struct arena *arena, const char *before, size_t before_length,
                           const char *after, size_t after_length)
{
    size_t head = common_head(before, before_length, after, after_length);
    size_t tail =
        common_tail(before + head, before_length - head, after + head, after_length - head);
    struct delta delta = {
        .at = head,
        .removed_length = before_length - head - tail,
        .added_length = after_length - head - tail,
    };
    delta.removed = arena_strndup(arena, before + head, delta.removed_length);
    delta.added = arena_strndup(arena, after + head, delta.added_length);
    return delta;
}

struct delta delta_inverse(struct delta delta)
{
    return (struct delta){
        .at = delta.at,
        .removed = delta.added,
        .removed_length = delta.added_length,
        .added = delta.removed,
        .added_length = delta.removed_length,
    };
}

const char *delta_apply(struct arena *arena, const struct delta *delta, const char *text,
                        size_t length, size_t *out_length)
{
    if (delta->at > length || length - delta->at < delta->removed_length ||
        memcmp(text + delta->at, delta->removed, delta->removed_length) != 0)
        return NULL;
    size_t behind = delta->at + delta->removed_length;
    *out_length = memory_sum(length - delta->removed_length, delta->added_length);
    char *out = arena_alloc(arena, *out_length + 1);
    memcpy(out, text, delta->at);
    memcpy(out + delta->at, delta->added, delta->added_length);
    memcpy(out + delta->at + delta->added_length, text + behind, length - behind);
    return out;
}

/* Only what differs of the lines that differ: a step may have touched the rest of the line. */
static void trim(struct diff_hunk *hunk, const char *before, const char *after)
{
    size_t head = common_head(before + hunk->before, hunk->removed, after + hunk->after,
                              hunk->added);
    hunk->before += head;
    hunk->after += head;
    hunk->removed -= head;
    hunk->added -= head;
    size_t tail = common_tail(before + hunk->before, hunk->removed, after + hunk->after,
                              hunk->added);
    hunk->removed -= tail;
    hunk->added -= tail;
}

struct shift shift_begin(struct arena *arena, const char *before, size_t before_length,
                         const char *after, size_t after_length)
{
    struct diff diff = diff_texts(arena, before, before_length, after, after_length);
    struct shift shift = { .hunks = diff_hunks(arena, &diff) };
    for (size_t i = 0; i < shift.hunks.count; i++)
        trim(&shift.hunks.items[i], before, after);
    return shift;
}

/* Bytes begin..end of the text behind a step, as opposed to a hunk that only lies beside them. */
static bool touches(const struct diff_hunk *hunk, size_t begin, size_t end)
{
    size_t hunk_end = hunk->before + hunk->removed;
    return hunk->before < end && hunk_end > begin;
}

/* The step and the hunks that touch it become one hunk, in places of the text before the step. */
static void join(struct shift *shift, size_t first, size_t last, const struct delta *step)
{
    struct diff_hunk *hunks = shift->hunks.items;
    size_t begin = hunks[first].before < step->at ? hunks[first].before : step->at;
    size_t end = hunks[last].before + hunks[last].removed;
    if (end < step->at + step->added_length)
        end = step->at + step->added_length;
    struct diff_hunk whole = { .before = begin, .removed = end - begin, .added = end - begin };
    for (size_t i = first; i <= last; i++)
        whole.added = whole.added - hunks[i].removed + hunks[i].added;
    whole.removed = whole.removed - step->added_length + step->removed_length;
    hunks[first] = whole;
    memmove(&hunks[first + 1], &hunks[last + 1],
            (shift->hunks.count - last - 1) * sizeof(*hunks));
    shift->hunks.count -= last - first;
}

bool shift_back(struct shift *shift, struct delta *step)
{
    size_t begin = step->at, end = begin + step->added_length, at = step->at;
    size_t first = 0, count = shift->hunks.count, touched = 0, behind;
    struct diff_hunk *hunks = shift->hunks.items;
    while (first < count && hunks[first].before + hunks[first].removed <= begin &&
           !touches(&hunks[first], begin, end)) {
        at = at - hunks[first].removed + hunks[first].added;
        first++;
    }
    while (first + touched < count && touches(&hunks[first + touched], begin, end))
        touched++;
    behind = first + touched;
    if (touched > 0) {
        join(shift, first, first + touched - 1, step);
        behind = first + 1;
    }
    for (size_t i = behind; i < shift->hunks.count; i++)
        hunks[i].before = hunks[i].before - step->added_length + step->removed_length;
    step->at = at;
    return touched == 0;
}
