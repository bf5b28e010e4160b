/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/cell.h>

#include <string.h>

#include <stellwerk/app/state.h>
#include <stellwerk/base/i18n.h>

#include "sheet_row.h"

/* What the lanes show of a touchpoint, as keys of the format. */
static const char *const keys[LANE_COUNT + 1] = {
    [LANE_GAP] = "experience",
    [LANE_N] = "metrics",
    [LANE_TREND] = "metrics",
    [LANE_CHANNEL] = "channel",
    [LANE_ACTIONS] = "actions",
    [LANE_THOUGHTS] = "thoughts",
    [LANE_QUOTES] = "quotes",
    [LANE_PAINS] = "pains",
    [LANE_GAINS] = "gains",
    [LANE_PROMISE] = "promise.claim",
    [LANE_OWNER] = "owner",
    [LANE_SYSTEMS] = "systems",
    [LANE_BACKSTAGE] = "backstage",
    [LANE_CONTENT] = "content",
    [LANE_METRICS] = "metrics",
    [LANE_VOTES] = "opportunities",
    [LANE_OPPORTUNITIES] = "opportunities",
    [CELL_TITLE] = "title",
};

const char *cell_address(struct arena *arena, const char *touchpoint, int lane)
{
    return arena_printf(arena, "%s.%s", touchpoint, keys[lane]);
}

static uint32_t shown_lanes(const struct session *session)
{
    struct stage_set set = session_set(session);
    return map_cells_shown(&set, session->seen.view_columns, session->seen.view_rows);
}

/* The next cell that is shown; NONE below the last one. */
static int beside(const struct session *session, int cell, int by)
{
    uint32_t lanes = shown_lanes(session);
    int at = cell == CELL_TITLE ? -1 : cell;
    for (at += by; at >= 0 && at < LANE_COUNT; at += by) {
        if ((lanes & 1u << at) != 0)
            return at;
    }
    return at < 0 ? CELL_TITLE : NONE;
}

/* The gaps stay where they are: above them lanes are scrolled back first. */
static bool is_fixed(int cell)
{
    return cell == CELL_TITLE || cell == LANE_GAP;
}

static int scrolled(struct session *session, int cell, int by)
{
    int *scroll = &session->options.scroll;
    int to = beside(session, cell, by);
    for (int i = 0; by > 0 && to == NONE && i < session->seen.lanes_below; i++) {
        *scroll += 1;
        to = beside(session, cell, by);
    }
    while (by < 0 && is_fixed(to) && !is_fixed(cell) && *scroll > 0) {
        *scroll -= 1;
        to = beside(session, cell, by);
    }
    return to;
}

void cell_move(struct session *session, int by)
{
    int to = scrolled(session, session->cell, by < 0 ? -1 : 1);
    if (to == NONE)
        return;
    session->cell = to;
    session_touch(session);
}

/* The row that a cell stands for, where it is one text; NULL. Of a list that is the only item, or
 * the row that adds the first. */
static const struct form_row *row_of_cell(const struct form *form, const char *address)
{
    const struct form_row *row = form_find(form, address);
    if (row == NULL || row->role != FORM_GROUP)
        return row;
    size_t at = (size_t)(row - form->rows) + 1;
    if (row->count > 1 || at >= form->count)
        return NULL;
    const struct form_row *item = &form->rows[at];
    return item->role == FORM_FIELD || item->role == FORM_ADD ? item : NULL;
}

static bool type_into(struct session *session, const char *address, struct error *err)
{
    struct sheet *sheet = &session->sheet;
    const struct form_row *row = row_of_cell(&sheet->form, address);
    if (row == NULL || (row->value != NULL && strchr(row->value, '\n') != NULL)) {
        sheet_show(session, address);
        return true;
    }
    sheet->in_cell = true;
    sheet_go_to(session, row->address, row->role == FORM_ADD);
    return sheet_enter(session, err);
}

bool cell_enter(struct session *session, struct error *err)
{
    int selected = session->options.selected;
    if (selected == NONE)
        return error_set(err, _("no touchpoint is selected"));
    if (session->cell == LANE_GAP)
        return session_command(session, "drag", err);
    struct arena scratch = { 0 };
    const char *id = session_journey(session)->touchpoints[selected].id;
    const char *address = cell_address(&scratch, id, session->cell);
    bool done = sheet_open(session, id, err) && type_into(session, address, err);
    arena_finish(&scratch);
    return done;
}
