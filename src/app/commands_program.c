/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program itself: settings, keys, leaving. */

#include "commands.h"

#include <string.h>

#include <stellwerk/app/state.h>
#include <stellwerk/base/i18n.h>

/* The command behind a key must be one that can run, so that a slip shows at once. */
bool program_bind(struct session *session, const struct call *call, struct error *err)
{
    const char *key = call->words[0];
    if (!key_valid(key))
        return error_set(err, _("'%s' is no key; keys are named like a, C-a, M-a, F5, Enter, PgUp"),
                         key);
    const char *line = call->rest + strlen(key);
    line += strspn(line, " ");
    struct arena scratch = { 0 };
    struct call bound;
    bool valid = command_parse(&scratch, line, &bound, err);
    arena_finish(&scratch);
    if (valid)
        keymap_bind(&session->keymap, key, line);
    session_touch(session);
    return valid;
}

/* `set theme dark` changes a setting, `set ticket.standard 80` the map. */
bool program_set(struct session *session, const struct call *call, struct error *err)
{
    int setting = setting_find(call->words[0]);
    if (setting < 0 && strpbrk(call->words[0], "./") != NULL)
        return change_operation(session, call, err);
    if (call->count > 2)
        return error_set(err, _("'%s' wants: %s"), call->command->name, _(call->command->usage));
    if (setting < 0)
        return values_refuse(session_journey(session), call, 0, err);
    const struct setting_row *row = &settings[setting];
    if (call->count == 1) {
        session_say(session, "%s %s", row->name, row->values[session->values[setting]]);
        return true;
    }
    int value = setting_value(row, call->words[1]);
    if (value < 0)
        return values_refuse(session_journey(session), call, 1, err);
    session->values[setting] = value;
    session_touch(session);
    return true;
}

bool program_redraw(struct session *session, const struct call *, struct error *)
{
    session->changed |= CHANGE_FRAME | CHANGE_SCREEN;
    return true;
}

bool program_suspend(struct session *session, const struct call *, struct error *)
{
    session_ask(session, (struct request){ .kind = REQUEST_SUSPEND });
    return true;
}

static void stop_worker(struct session *session)
{
    worker_cancel(session->worker);
    session_say(session, _("stopped: r reads and measures again"));
}

static void leave_form(struct session *session)
{
    if (session->mode == MODE_FIELD)
        sheet_typing_ends(session);
    else
        sheet_back(session);
}

/* What was opened last closes first. False where nothing is open. */
static bool close_one(struct session *session)
{
    if (session->mode == MODE_DRAG) {
        drag_cancel(session);
        return true;
    }
    if (session->mode == MODE_CELL) {
        session->in_cells = false;
        session_leave(session);
        return true;
    }
    if (session->mode == MODE_FORM || session->mode == MODE_FIELD) {
        leave_form(session);
        return true;
    }
    if (session->mode == MODE_SEARCH)
        session_select(session, session->search_origin);
    if (session->mode != MODE_NORMAL) {
        if (session->mode == MODE_SEARCH)
            search_for(&session->search, session_journey(session), NULL);
        session_leave(session);
    } else if (session->drawing) {
        paths_stop_drawing(session);
        session_say(session, _("stopped: no intervals"));
    } else if (session_busy(session)) {
        stop_worker(session);
    } else if (session->detail) {
        session->detail = false;
        session_touch(session);
    } else if (session_shows(session, "case")) {
        paths_return(session);
    } else if (session_shows(session, "metrics")) {
        session->view = view_find("map");
        session_touch(session);
    } else if (session->search.text != NULL) {
        search_for(&session->search, session_journey(session), NULL);
        session_touch(session);
    } else {
        return false;
    }
    return true;
}

bool program_cancel(struct session *session, const struct call *, struct error *)
{
    close_one(session);
    return true;
}

bool program_interrupt(struct session *session, const struct call *, struct error *)
{
    if (!close_one(session))
        session_say(session, _("q leaves, ? shows the keys"));
    return true;
}
