/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Forms: everything that can be said, in rows to be typed into. */

#include "commands.h"

#include <stellwerk/app/state.h>
#include <stellwerk/base/i18n.h>

/* What is selected, by its address: a touchpoint, on the board an opportunity; of a map without
 * touchpoints the map. */
static const char *selected_thing(struct arena *arena, const struct session *session)
{
    int selected = session->options.selected;
    const char *opportunity =
        session_shows(session, "opportunities") ? board_address(arena, session) : NULL;
    if (opportunity != NULL)
        return opportunity;
    return selected != NONE ? session_journey(session)->touchpoints[selected].id : "map";
}

/* The form of what is selected, or of any thing by its address. */
bool form_show(struct session *session, const struct call *call, struct error *err)
{
    struct arena scratch = { 0 };
    const char *thing = call->count > 0 ? call->words[0] : selected_thing(&scratch, session);
    bool done = sheet_open(session, thing, err);
    arena_finish(&scratch);
    return done;
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
