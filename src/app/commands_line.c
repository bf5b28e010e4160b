/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Typing a line, and taking what was typed or chosen. */

#include "commands.h"

#include <string.h>

#include <stellwerk/app/state.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>

/* Everything that hangs on the typed line follows it. */
static bool typed(struct session *session)
{
    session->cycling.active = false;
    if (session->mode == MODE_SEARCH)
        search_typed(session);
    if (session->mode == MODE_FIELD)
        sheet_typed(session);
    if (session->mode == MODE_PALETTE)
        session->list.selected = session->list.first = 0;
    session_touch(session);
    return true;
}

static bool cursor_moved(struct session *session)
{
    session->cycling.active = false;
    session_touch(session);
    return true;
}

void session_type(struct session *session, const char *text)
{
    prompt_insert(&session->prompt, text);
    typed(session);
}

bool line_open(struct session *session, const struct call *call, struct error *)
{
    prompt_set(&session->prompt, call->rest);
    session_enter(session, MODE_COMMAND);
    return true;
}

bool line_left(struct session *session, const struct call *, struct error *)
{
    prompt_left(&session->prompt);
    return cursor_moved(session);
}

bool line_right(struct session *session, const struct call *, struct error *)
{
    prompt_right(&session->prompt);
    return cursor_moved(session);
}

bool line_start(struct session *session, const struct call *, struct error *)
{
    prompt_start(&session->prompt);
    return cursor_moved(session);
}

bool line_end(struct session *session, const struct call *, struct error *)
{
    prompt_end(&session->prompt);
    return cursor_moved(session);
}

/* Erasing on an empty line goes back where one came from, as people are used to. */
bool line_erase(struct session *session, const struct call *, struct error *err)
{
    bool line = session->mode == MODE_COMMAND || session->mode == MODE_SEARCH;
    if (session->prompt.text.length == 0 && line)
        return session_command(session, "cancel", err);
    prompt_erase_left(&session->prompt);
    return typed(session);
}

bool line_delete(struct session *session, const struct call *, struct error *)
{
    prompt_erase_right(&session->prompt);
    return typed(session);
}

bool line_erase_word(struct session *session, const struct call *, struct error *)
{
    prompt_erase_word(&session->prompt);
    return typed(session);
}

bool line_clear(struct session *session, const struct call *, struct error *)
{
    prompt_erase_line(&session->prompt);
    return typed(session);
}

bool line_older(struct session *session, const struct call *, struct error *)
{
    prompt_older(&session->prompt, &session->commands);
    return cursor_moved(session);
}

bool line_newer(struct session *session, const struct call *, struct error *)
{
    prompt_newer(&session->prompt, &session->commands);
    return cursor_moved(session);
}

static bool accept_command(struct session *session, struct error *err)
{
    struct arena scratch = { 0 };
    const char *line = arena_strdup(&scratch, session->prompt.text.text);
    session_leave(session);
    history_add(&session->commands, line);
    bool done = line[strspn(line, " ")] == '\0' || session_command(session, line, err);
    arena_finish(&scratch);
    return done;
}

/* Runs what the selected row stands for, or asks for what it lacks. */
static bool take_row(struct session *session, bool close, struct error *err)
{
    struct arena scratch = { 0 };
    struct choices choices = list_choices(session, &scratch, false);
    bool done = true;
    if (close)
        session_leave(session);
    if ((size_t)session->list.selected < choices.count) {
        const struct choice *choice = &choices.items[session->list.selected];
        const char *line = choice->command;
        if (choice->needs_more)
            line = arena_printf(&scratch, "command %s ", choice->command);
        done = line == NULL || session_command(session, line, err);
    }
    arena_finish(&scratch);
    return done;
}

bool line_accept(struct session *session, const struct call *, struct error *err)
{
    switch (session->mode) {
    case MODE_COMMAND:
        return accept_command(session, err);
    case MODE_SEARCH:
        session_leave(session);
        return search_accept(session, err);
    case MODE_PALETTE:
        return take_row(session, true, err);
    case MODE_LIST:
        if (session->list.kind != LIST_LANES)
            return take_row(session, true, err);
        session_leave(session);
        return true;
    case MODE_CELL:
        return cell_enter(session, err);
    case MODE_FORM:
        return sheet_enter(session, err);
    case MODE_FIELD:
        return sheet_accept(session, err);
    case MODE_DRAG:
        session_leave(session);
        return true;
    default:
        return true;
    }
}

bool line_choose(struct session *session, const struct call *, struct error *err)
{
    return session->mode == MODE_LIST ? take_row(session, false, err) : true;
}
