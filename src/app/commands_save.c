/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving, leaving, and what is to be decided: conflicts, and edits that a crash left. */

#include "commands.h"

#include <string.h>

#include <stellwerk/app/state.h>
#include <stellwerk/base/i18n.h>

static bool write_copy(struct session *session, const char *path, struct error *err)
{
    if (!document_save_copy(&session->document, path, err))
        return false;
    session_say(session, _("a copy is in '%s'"), path);
    return true;
}

static bool write_map(struct session *session, struct error *err)
{
    bool nothing = document_is_saved(&session->document);
    if (!session_save(session, err))
        return false;
    if (session->document.conflict_count > 0) { /* that is not saved yet */
        session_show_conflicts(session);
        return true;
    }
    session_say(session, nothing ? _("there was nothing to save") : _("saved"));
    return true;
}

bool save_write(struct session *session, const struct call *call, struct error *err)
{
    return call->count > 0 ? write_copy(session, call->rest, err) : write_map(session, err);
}

/* The program, or the map for its folder, as it was asked for last. */
static void leave(struct session *session)
{
    session_ask(session, (struct request){ .kind = session->back ? REQUEST_BACK : REQUEST_QUIT });
}

static bool leave_safely(struct session *session, bool back)
{
    session->back = back;
    if (document_is_saved(&session->document)) {
        leave(session);
        return true;
    }
    session->list = (struct list){ .kind = LIST_LEAVE };
    session_enter(session, MODE_LIST);
    return true;
}

bool save_quit(struct session *session, const struct call *, struct error *)
{
    return leave_safely(session, false);
}

bool save_back(struct session *session, const struct call *, struct error *)
{
    return leave_safely(session, true);
}

bool save_write_quit(struct session *session, const struct call *, struct error *err)
{
    if (!write_map(session, err))
        return false;
    if (document_is_saved(&session->document))
        leave(session);
    return true;
}

bool save_abandon(struct session *session, const struct call *, struct error *)
{
    document_abandon(&session->document);
    leave(session);
    return true;
}

bool save_live(struct session *session, const struct call *call, struct error *err)
{
    bool on = !session->live;
    if (call->count > 0 && strcmp(call->words[0], "toggle") != 0)
        on = strcmp(call->words[0], "on") == 0;
    session->live = on;
    session_say(session, on ? _("live: every edit is saved at once") :
                              _("edits wait until they are saved"));
    return !on || session_save(session, err);
}

/* ---- Conflicts --------------------------------------------------------------------------------*/

bool save_conflicts(struct session *session, const struct call *, struct error *err)
{
    if (session->document.conflict_count == 0)
        return error_set(err, _("there is no conflict"));
    session_show_conflicts(session);
    return true;
}

static bool decide(struct session *session, bool mine, struct error *err)
{
    if (session->conflict >= session->document.conflict_count)
        return error_set(err, _("there is no conflict"));
    struct revision *before = revision_hold(session->document.now);
    bool done = document_decide(&session->document, session->conflict, mine, err);
    session_changed(session, before, done && mine);
    if (done)
        session_show_conflicts(session);
    return done && (!session->live || session_save(session, err));
}

bool save_mine(struct session *session, const struct call *, struct error *err)
{
    return decide(session, true, err);
}

bool save_theirs(struct session *session, const struct call *, struct error *err)
{
    return decide(session, false, err);
}

/* ---- What a crash left ------------------------------------------------------------------------*/

static bool is_left(const struct session *session, struct error *err)
{
    return session->left.file != NULL || error_set(err, _("no edits were left behind"));
}

bool save_restore(struct session *session, const struct call *, struct error *err)
{
    if (!is_left(session, err))
        return false;
    struct revision *before = revision_hold(session->document.now);
    bool done = document_restore(&session->document, &session->left, err);
    session_changed(session, before, done);
    if (!done)
        return false;
    session->left.file = NULL;
    session_leave(session);
    session_show_conflicts(session);
    if (session->live && !session_save(session, err))
        return false;
    if (session->document.conflict_count == 0)
        session_say(session, session->live ? _("restored and saved; u takes back")
                                           : _("restored; Ctrl-S saves, u takes back"));
    return true;
}

bool save_discard(struct session *session, const struct call *, struct error *err)
{
    if (!is_left(session, err))
        return false;
    journal_discard(&session->left);
    session->left.file = NULL;
    session_leave(session);
    session_say(session, _("the edits that were left are thrown away"));
    return true;
}
