/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lines.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>

bool lines_open(const char *path, const char *encoding, const atomic_bool *cancel,
                struct lines **out, struct error *err)
{
    struct lines *lines = memory_alloc(sizeof(*lines));
    str_init(&lines->window);
    lines->line = 1;
    lines->newline = '\n';
    if (!decoder_init(&lines->decoder, path, encoding, cancel, err) || !lines_fill(lines, err)) {
        lines_close(lines);
        return false;
    }
    *out = lines;
    return true;
}

void lines_close(struct lines *lines)
{
    if (lines == NULL)
        return;
    decoder_finish(&lines->decoder);
    str_finish(&lines->window);
    free(lines);
}

bool lines_fill(struct lines *lines, struct error *err)
{
    if (lines->start > lines->window.length / 2) {
        size_t rest = lines_length(lines);
        memmove(lines->window.text, lines_text(lines), rest);
        str_truncate(&lines->window, rest);
        lines->start = 0;
    }
    enum decoder_result result = decoder_read(&lines->decoder, &lines->window, err);
    lines->ended = result == DECODER_END;
    return result != DECODER_FAILED;
}

/* Places count from the window's start, because filling moves it. */
bool lines_find_end(struct lines *lines, size_t from, size_t cap, size_t *out, struct error *err)
{
    size_t searched = from;
    for (;;) {
        const char *text = lines_text(lines);
        size_t length = lines_length(lines);
        const char *newline = memchr(text + searched, lines->newline, length - searched);
        *out = newline != NULL ? (size_t)(newline - text) + 1 : length;
        if (newline != NULL || lines->ended || length > cap)
            return true;
        searched = length;
        if (!lines_fill(lines, err))
            return false;
    }
}

void lines_consume(struct lines *lines, size_t bytes, uint64_t count)
{
    lines->start += bytes;
    lines->passed += bytes;
    lines->line += count;
}

bool lines_skip(struct lines *lines, struct error *err)
{
    for (;;) {
        size_t length = lines_length(lines);
        const char *text = lines_text(lines);
        const char *newline = memchr(text, lines->newline, length);
        if (newline != NULL) {
            lines_consume(lines, (size_t)(newline - text) + 1, 1);
            return true;
        }
        lines_consume(lines, length, 0);
        if (lines->ended)
            return true;
        if (!lines_fill(lines, err))
            return false;
    }
}
