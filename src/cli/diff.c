/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/diff.h>

#include <stdbool.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/diff.h>

enum { AROUND = 3 };

static void append_line(struct str *out, char mark, const struct diff_line *line)
{
    str_append_char(out, mark);
    str_append_bytes(out, line->text, line->length);
    if (line->length == 0 || line->text[line->length - 1] != '\n')
        str_append(out, "\n\\ No newline at end of file\n");
}

static void append_hunk(struct str *out, const struct diff *diff, size_t begin, size_t end)
{
    const struct diff_changes *changes = &diff->changes;
    size_t old = 0, new = 0;
    for (size_t i = begin; i < end; i++) {
        old += changes->items[i].kind != DIFF_NEW;
        new += changes->items[i].kind != DIFF_GONE;
    }
    const struct diff_change *first = &changes->items[begin];
    str_printf(out, "@@ -%zu,%zu +%zu,%zu @@\n", first->before + (old > 0), old,
               first->after + (new > 0), new);
    for (size_t i = begin; i < end; i++) {
        const struct diff_change *change = &changes->items[i];
        if (change->kind == DIFF_NEW)
            append_line(out, '+', &diff->after.items[change->after]);
        else
            append_line(out, change->kind == DIFF_KEPT ? ' ' : '-',
                        &diff->before.items[change->before]);
    }
}

/* A hunk ends where more than twice AROUND lines are kept. */
static size_t hunk_end(const struct diff_changes *changes, size_t at)
{
    size_t last = at;
    for (size_t i = at; i < changes->count && i <= last + 2 * AROUND; i++)
        if (changes->items[i].kind != DIFF_KEPT)
            last = i;
    size_t end = last + 1 + AROUND;
    return end < changes->count ? end : changes->count;
}

void diff_append(struct str *out, const char *name, const char *before, size_t before_length,
                 const char *after, size_t after_length)
{
    struct arena arena;
    arena_init(&arena);
    struct diff diff = diff_texts(&arena, before, before_length, after, after_length);
    const struct diff_changes *changes = &diff.changes;
    bool headed = false;
    for (size_t i = 0; i < changes->count; i++) {
        if (changes->items[i].kind == DIFF_KEPT)
            continue;
        if (!headed)
            str_printf(out, "--- %s\n+++ %s\n", name, name);
        headed = true;
        size_t end = hunk_end(changes, i);
        append_hunk(out, &diff, i > AROUND ? i - AROUND : 0, end);
        i = end - 1;
    }
    arena_finish(&arena);
}
