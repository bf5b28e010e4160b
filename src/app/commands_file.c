/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The map's text, and what leaves the workbench. */

#include "commands.h"

#include <string.h>

#include <stellwerk/app/state.h>
#include <stellwerk/base/i18n.h>

/* The editor sees what the file says, so that is what the screen says, too. A touchpoint may have
 * been written in another file than the map. */
bool file_edit(struct session *session, const struct call *, struct error *err)
{
    if (!document_is_saved(&session->document) && !session_save(session, err))
        return false;
    const struct journey *journey = session_journey(session);
    struct pos pos = { .file = session->map_path, .line = 1 };
    if (session->options.selected != NONE)
        pos = journey->touchpoints[session->options.selected].pos;
    session_ask(session, (struct request){
                             .kind = REQUEST_EDIT,
                             .text = pos.file != NULL ? pos.file : session->map_path,
                             .line = pos.line > 0 ? pos.line : 1,
                         });
    return true;
}

bool file_reload(struct session *session, const struct call *, struct error *)
{
    watch_settle(&session->watch);
    session->reload = session_has_map(session);
    folder_expire(&session->folder);
    session_reread(session);
    return true;
}

/* As long as the line is: what is copied is not cut for the screen. */
static const int copy_columns = 1000;

bool file_copy(struct session *session, const struct call *, struct error *err)
{
    if (session->options.selected == NONE)
        return error_set(err, _("there is nothing to copy"));
    struct arena scratch = { 0 };
    struct stage_set set = session_set(session);
    const char *text = summary_text(&scratch, &set, copy_columns);
    session_ask(session, (struct request){ .kind = REQUEST_COPY, .text = text });
    session_say(session, _("copied: %s"), text);
    arena_finish(&scratch);
    return true;
}
