/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Forms: everything that can be said, in rows to be typed into. */

#include "commands.h"

#include <stellwerk/app/state.h>
#include <stellwerk/base/i18n.h>

/* The form of the selected touchpoint, or of any thing by its address; of a map without touchpoints
 * that of the map. */
bool form_show(struct session *session, const struct call *call, struct error *err)
{
    const struct journey *journey = session_journey(session);
    int selected = session->options.selected;
    if (call->count > 0)
        return sheet_open(session, call->words[0], err);
    return sheet_open(session, selected != NONE ? journey->touchpoints[selected].id : "map", err);
}

/* From the title on, as one reads. */
bool form_cells(struct session *session, const struct call *, struct error *err)
{
    if (session->options.selected == NONE)
        return error_set(err, _("no touchpoint is selected"));
    session->view = view_find("map");
    session->in_cells = true;
    session->cell = CELL_TITLE;
    session_enter(session, MODE_CELL);
    return true;
}

bool form_remove(struct session *session, const struct call *, struct error *err)
{
    return sheet_remove(session, err);
}

bool form_add(struct session *session, const struct call *, struct error *err)
{
    return sheet_add(session, err);
}

/* The same of the touchpoint after or before, at the same row where it has one. */
bool form_step(struct session *session, const struct call *call, struct error *err)
{
    const struct journey *journey = session_journey(session);
    struct sheet *sheet = &session->sheet;
    if (sheet->page_count != 1 ||
        journey_find_touchpoint(journey, sheet->pages[0].address) != session->options.selected)
        return error_set(err, _("only forms of touchpoints stand in a row"));
    int by = call->words[0][0] == 'n' ? 1 : -1;
    session_select(session, session->options.selected + by);
    sheet->page_count = 0;
    return sheet_open(session, journey->touchpoints[session->options.selected].id, err);
}
