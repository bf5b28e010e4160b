/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/prompt.h>

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/utf8.h>

void prompt_init(struct prompt *prompt)
{
    str_init(&prompt->text);
    str_init(&prompt->draft);
    prompt->cursor = 0;
    prompt->recall = SIZE_MAX;
}

void prompt_finish(struct prompt *prompt)
{
    str_finish(&prompt->text);
    str_finish(&prompt->draft);
}

void prompt_set(struct prompt *prompt, const char *text)
{
    str_clear(&prompt->text);
    prompt->cursor = 0;
    prompt->recall = SIZE_MAX;
    prompt_insert(prompt, text);
}

void prompt_replace(struct prompt *prompt, size_t from, size_t to, const char *text)
{
    assert(from <= to && to <= prompt->text.length);
    struct str tail;
    str_init(&tail);
    str_append(&tail, prompt->text.text + to);
    str_truncate(&prompt->text, from);
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '\n' || *at == '\t')
            str_append_char(&prompt->text, ' ');
        else if ((unsigned char)*at >= ' ' && *at != '\177')
            str_append_char(&prompt->text, *at);
    }
    prompt->cursor = prompt->text.length;
    str_append(&prompt->text, tail.text);
    str_finish(&tail);
}

/* Whatever changes the text by hand makes it a new draft. */
void prompt_insert(struct prompt *prompt, const char *text)
{
    prompt_replace(prompt, prompt->cursor, prompt->cursor, text);
    prompt->recall = SIZE_MAX;
}

/* Where the cluster left of the cursor begins; 0 at the start. */
static size_t cluster_left(const struct prompt *prompt)
{
    size_t at = 0, before = 0;
    struct grapheme grapheme;
    while (at < prompt->cursor && utf8_next(prompt->text.text + at, &grapheme)) {
        before = at;
        at += grapheme.source;
    }
    return before;
}

/* Where the cluster at the cursor ends. */
static size_t cluster_right(const struct prompt *prompt)
{
    struct grapheme grapheme;
    if (!utf8_next(prompt->text.text + prompt->cursor, &grapheme))
        return prompt->cursor;
    return prompt->cursor + grapheme.source;
}

void prompt_left(struct prompt *prompt)
{
    prompt->cursor = cluster_left(prompt);
}

void prompt_right(struct prompt *prompt)
{
    prompt->cursor = cluster_right(prompt);
}

void prompt_start(struct prompt *prompt)
{
    prompt->cursor = 0;
}

void prompt_end(struct prompt *prompt)
{
    prompt->cursor = prompt->text.length;
}

static bool erase(struct prompt *prompt, size_t from, size_t to)
{
    if (from == to)
        return false;
    prompt_replace(prompt, from, to, "");
    prompt->recall = SIZE_MAX;
    return true;
}

bool prompt_erase_left(struct prompt *prompt)
{
    return erase(prompt, cluster_left(prompt), prompt->cursor);
}

bool prompt_erase_right(struct prompt *prompt)
{
    return erase(prompt, prompt->cursor, cluster_right(prompt));
}

bool prompt_erase_word(struct prompt *prompt)
{
    size_t from = prompt->cursor;
    while (from > 0 && prompt->text.text[from - 1] == ' ')
        from--;
    while (from > 0 && prompt->text.text[from - 1] != ' ')
        from--;
    return erase(prompt, from, prompt->cursor);
}

bool prompt_erase_line(struct prompt *prompt)
{
    return erase(prompt, 0, prompt->cursor);
}

static void show(struct prompt *prompt, const char *text, size_t recall)
{
    prompt_set(prompt, text);
    prompt->recall = recall;
}

void prompt_older(struct prompt *prompt, const struct history *history)
{
    if (prompt->recall == SIZE_MAX) {
        str_clear(&prompt->draft);
        str_append(&prompt->draft, prompt->text.text);
    }
    size_t at = prompt->recall == SIZE_MAX ? history->count : prompt->recall;
    while (at-- > 0) {
        if (strncmp(history->lines[at], prompt->draft.text, prompt->draft.length) == 0) {
            show(prompt, history->lines[at], at);
            return;
        }
    }
}

void prompt_newer(struct prompt *prompt, const struct history *history)
{
    if (prompt->recall == SIZE_MAX)
        return;
    for (size_t at = prompt->recall + 1; at < history->count; at++) {
        if (strncmp(history->lines[at], prompt->draft.text, prompt->draft.length) == 0) {
            show(prompt, history->lines[at], at);
            return;
        }
    }
    show(prompt, prompt->draft.text, SIZE_MAX);
}
