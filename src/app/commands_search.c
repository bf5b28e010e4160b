/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Searching while it is typed: the selection follows, and goes back where it was on cancel. */

#include "commands.h"

#include <stellwerk/app/state.h>
#include <stellwerk/base/i18n.h>

static void look_for(struct session *session, const char *text)
{
    search_for(&session->search, session_journey(session), text);
    int found = search_from(&session->search, session->search_origin);
    session_select(session, found != NONE ? found : session->search_origin);
    session_touch(session);
}

/* Where one is among what was found; nothing found is a failure. */
static bool tell_place(struct session *session, struct error *err)
{
    const struct search *search = &session->search;
    if (search->count == 0)
        return error_set(err, _("'%s' is in no touchpoint"), search->text);
    /* TRANSLATORS: what is searched for, which of the touchpoints found this is, and of how many */
    session_say(session, _("/%s  %zu/%zu"), search->text,
                search_place(search, session->options.selected), search->count);
    return true;
}

bool search_accept(struct session *session, struct error *err)
{
    if (session->search.text == NULL)
        return true;
    history_add(&session->searches, session->search.text);
    return tell_place(session, err);
}

bool search_start(struct session *session, const struct call *call, struct error *err)
{
    session->search_origin = session->options.selected;
    if (*call->rest == '\0') {
        prompt_set(&session->prompt, "");
        session_enter(session, MODE_SEARCH);
        return true;
    }
    look_for(session, call->rest);
    return search_accept(session, err);
}

void search_typed(struct session *session)
{
    look_for(session, session->prompt.text.text);
}

static bool step(struct session *session, int direction, struct error *err)
{
    const struct search *search = &session->search;
    if (search->text == NULL)
        return error_set(err, _("nothing has been searched for: / begins"));
    int found = search_step(search, session->options.selected, direction);
    session_select(session, found != NONE ? found : session->options.selected);
    return session->mode == MODE_SEARCH || tell_place(session, err);
}

bool search_next(struct session *session, const struct call *, struct error *err)
{
    return step(session, +1, err);
}

bool search_previous(struct session *session, const struct call *, struct error *err)
{
    return step(session, -1, err);
}
