/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Completing on the `:` line: first as far as all that fits agrees, then one after the other. */

#include "commands.h"

#include <string.h>

#include <stellwerk/app/state.h>
#include <stellwerk/base/i18n.h>

/* How many bytes the words have in common at their beginning. */
static size_t common_bytes(const struct values *values)
{
    const char *first = values->items[0].word;
    size_t common = strlen(first);
    for (size_t i = 1; i < values->count; i++) {
        size_t same = 0;
        while (same < common && values->items[i].word[same] == first[same])
            same++;
        common = same;
    }
    return common;
}

static void put(struct session *session, const char *word)
{
    struct cycling *cycling = &session->cycling;
    prompt_replace(&session->prompt, cycling->completion.from, cycling->end, word);
    cycling->end = session->prompt.cursor;
}

/* Extends the word as far as it is certain; what fits by its label alone has another word. */
static void put_common(struct session *session)
{
    struct cycling *cycling = &session->cycling;
    const struct values *values = &cycling->completion.values;
    const char *typed = session->prompt.text.text + cycling->completion.from;
    size_t length = cycling->end - cycling->completion.from;
    size_t common = common_bytes(values);
    if (common > length && strncmp(values->items[0].word, typed, length) == 0)
        put(session, arena_strndup(&cycling->arena, values->items[0].word, common));
}

static bool begin(struct session *session, struct error *err)
{
    struct cycling *cycling = &session->cycling;
    struct prompt *prompt = &session->prompt;
    arena_reset(&cycling->arena);
    cycling->completion = complete_line(&cycling->arena, session_journey(session),
                                        prompt->text.text, prompt->cursor);
    cycling->end = prompt->cursor;
    const struct values *values = &cycling->completion.values;
    if (values->count == 0)
        return error_set(err, _("nothing fits here"));
    if (values->count == 1) {
        put(session, values->items[0].word);
        if (prompt->cursor == prompt->text.length)
            prompt_insert(prompt, " ");
        return true;
    }
    cycling->at = values->count;
    cycling->active = true;
    put_common(session);
    return true;
}

/* Around the ring of all that fits, with what was typed among it. */
static void go_on(struct session *session, int step)
{
    struct cycling *cycling = &session->cycling;
    const struct values *values = &cycling->completion.values;
    if (cycling->at == values->count)
        cycling->typed = arena_strndup(&cycling->arena,
                                       session->prompt.text.text + cycling->completion.from,
                                       cycling->end - cycling->completion.from);
    size_t ring = values->count + 1;
    cycling->at = (cycling->at + ring + (size_t)step) % ring;
    put(session, cycling->at < values->count ? values->items[cycling->at].word : cycling->typed);
}

static bool complete(struct session *session, int step, struct error *err)
{
    session_touch(session);
    if (session->mode == MODE_FIELD)
        return sheet_complete(session, step, err);
    if (session->mode != MODE_COMMAND)
        return true;
    if (!session->cycling.active)
        return begin(session, err);
    go_on(session, step);
    return true;
}

bool line_complete(struct session *session, const struct call *, struct error *err)
{
    return complete(session, +1, err);
}

bool line_complete_back(struct session *session, const struct call *, struct error *err)
{
    return complete(session, -1, err);
}
