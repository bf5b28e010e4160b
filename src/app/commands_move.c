/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Motions: through the map, and through whatever is open over it. */

#include "commands.h"

#include <limits.h>

#include <stellwerk/app/state.h>

/* An offset moved by some rows, kept within 0..most. */
static int moved(int from, int by, int most)
{
    long to = (long)from + by;
    if (to > most)
        to = most;
    return to < 0 ? 0 : (int)to;
}

static void scroll(struct session *session, int *first, int by)
{
    int most = session->seen.panel_total - session->seen.panel_rows;
    int to = moved(*first, by, most > 0 ? most : 0);
    if (to != *first)
        session_touch(session);
    *first = to;
}

static void scroll_lanes(struct session *session, int by)
{
    int *scroll = &session->options.scroll;
    int to = moved(*scroll, by, *scroll + session->seen.lanes_below);
    if (to != *scroll)
        session_touch(session);
    *scroll = to;
}

static void move_row(struct session *session, int by)
{
    struct arena scratch = { 0 };
    int count = (int)list_choices(session, &scratch, false).count;
    arena_finish(&scratch);
    int to = moved(session->list.selected, by, count > 0 ? count - 1 : 0);
    if (to != session->list.selected)
        session_touch(session);
    session->list.selected = to;
}

static void move_conflict(struct session *session, int by)
{
    int most = (int)session->document.conflict_count - 1;
    session->conflict = (size_t)moved((int)session->conflict, by, most > 0 ? most : 0);
    session_touch(session);
}

/* Up and down, in whatever has rows. */
static bool move_rows(struct session *session, int by)
{
    switch (session_mode(session)) {
    case MODE_LIST:
    case MODE_PALETTE:
        move_row(session, by);
        break;
    case MODE_CELL:
        cell_move(session, by);
        break;
    case MODE_FORM:
        sheet_move(session, by);
        break;
    case MODE_CONFLICT:
        move_conflict(session, by);
        break;
    case MODE_HELP:
        scroll(session, &session->help_first, by);
        break;
    case MODE_DETAIL:
        scroll(session, &session->detail_first, by);
        break;
    case MODE_GAPS:
        gaps_move(session, by);
        break;
    case MODE_PERSONAS:
        personas_move(session, by);
        break;
    case MODE_PORTFOLIO:
        folder_move(session, by);
        break;
    case MODE_REDUCTION:
        reduction_move(session, by);
        break;
    case MODE_PROMISES:
        promises_move(session, by);
        break;
    case MODE_BOARD:
        board_move(session, by);
        break;
    case MODE_PATHS:
        paths_move(session, by);
        break;
    case MODE_METRICS:
        metrics_move(session, by);
        break;
    case MODE_ROWS:
        scroll(session, &session->rows_first, by);
        break;
    default:
        scroll_lanes(session, by);
        break;
    }
    return true;
}

/* Left and right are always the map's; so are the ends and pages where nothing lies over it. A
 * point that is taken up elsewhere is another one to put back. */
static bool move_columns(struct session *session, int to)
{
    session_select(session, to);
    session->drag.steps = session->document.done;
    return true;
}

/* A page that scrolls. */
static bool is_page_mode(enum mode mode)
{
    return mode == MODE_PAGE || mode == MODE_PATHS || mode == MODE_CASE || mode == MODE_CREDITS;
}

/* A view that is a list from top to bottom, with nothing over it. */
static bool is_list_view(const struct session *session)
{
    enum mode mode = session_mode(session);
    return mode == MODE_GAPS || mode == MODE_PERSONAS || mode == MODE_BOARD ||
           mode == MODE_PROMISES || mode == MODE_REDUCTION || mode == MODE_PORTFOLIO ||
           is_page_mode(mode);
}

static bool is_over_the_map(const struct session *session)
{
    return (session->mode != MODE_NORMAL && session->mode != MODE_CELL) ||
           is_list_view(session);
}

bool move_left(struct session *session, const struct call *, struct error *)
{
    if (session->mode == MODE_FORM) {
        sheet_fold(session, false);
        return true;
    }
    return move_columns(session, session->options.selected - 1);
}

bool move_right(struct session *session, const struct call *, struct error *)
{
    if (session->mode == MODE_FORM) {
        sheet_fold(session, true);
        return true;
    }
    return move_columns(session, session->options.selected + 1);
}

/* The point goes up where the rows go down in number. */
static const int drag_size = 5, drag_page = 20;

bool move_up(struct session *session, const struct call *, struct error *err)
{
    if (session->mode == MODE_DRAG)
        return drag_by(session, drag_size, err);
    return move_rows(session, -1);
}

bool move_down(struct session *session, const struct call *, struct error *err)
{
    if (session->mode == MODE_DRAG)
        return drag_by(session, -drag_size, err);
    return move_rows(session, +1);
}

bool move_first(struct session *session, const struct call *, struct error *)
{
    return is_over_the_map(session) ? move_rows(session, -INT_MAX) : move_columns(session, 0);
}

bool move_last(struct session *session, const struct call *, struct error *)
{
    return is_over_the_map(session) ? move_rows(session, INT_MAX) : move_columns(session, INT_MAX);
}

/* A page of rows where something with rows is open, else as many touchpoints as are seen. */
static bool move_page(struct session *session, int direction, struct error *err)
{
    if (session->mode == MODE_DRAG)
        return drag_by(session, -direction * drag_page, err);
    if (is_page_mode(session_mode(session)))
        return move_rows(session, direction * (session->seen.view_rows - 2));
    if (session_mode(session) == MODE_NORMAL || session->mode == MODE_CELL)
        return move_columns(session,
                            session->options.selected + direction * session->seen.touchpoints);
    if (is_list_view(session))
        return move_rows(session, direction * (session->seen.view_rows / 2));
    int rows = session->seen.panel_rows > 2 ? session->seen.panel_rows - 1 : 1;
    return move_rows(session, direction * rows);
}

bool move_page_up(struct session *session, const struct call *, struct error *err)
{
    return move_page(session, -1, err);
}

bool move_page_down(struct session *session, const struct call *, struct error *err)
{
    return move_page(session, +1, err);
}

/* The first touchpoint of the first stage after this one that has any. */
bool move_stage_next(struct session *session, const struct call *, struct error *)
{
    const struct journey *journey = session_journey(session);
    for (size_t i = 0; i < journey->stage_count; i++) {
        const struct stage *stage = &journey->stages[i];
        if (stage->count > 0 && (int)stage->first > session->options.selected)
            return move_columns(session, (int)stage->first);
    }
    return move_columns(session, INT_MAX);
}

/* To the start of this stage, or of the one before. */
bool move_stage_previous(struct session *session, const struct call *, struct error *)
{
    const struct journey *journey = session_journey(session);
    for (size_t i = journey->stage_count; i-- > 0;) {
        const struct stage *stage = &journey->stages[i];
        if (stage->count > 0 && (int)stage->first < session->options.selected)
            return move_columns(session, (int)stage->first);
    }
    return move_columns(session, 0);
}

bool move_goto(struct session *session, const struct call *call, struct error *err)
{
    const struct journey *journey = session_journey(session);
    int found = journey_find_touchpoint(journey, call->words[0]);
    if (found == NONE)
        return values_refuse(journey, call, 0, err);
    return move_columns(session, found);
}
