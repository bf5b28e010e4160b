/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The frame: the view, its detail beside or below it, what is open over both, and the last line.
 *
 *     +---------------------+---------+      +---------------+
 *     | view                | detail  |      | view          |
 *     |          +------+   |         |      |    +------+   |
 *     |          | open |   |         |      +----| open |---+
 *     |          +------+   |         |      | de +------+   |
 *     +---------------------+---------+      +---------------+
 *     | keys, message, or typed line  |      | keys, …       |
 */

#include <stellwerk/app/state.h>

#include <stellwerk/scene/panel.h>

#include "frame_parts.h"

/* From here on the detail stands beside the view; the view keeps more than half. */
static const int beside_columns = 2 * VIEW_MIN_COLUMNS + 30;
static const int beside_least = 40, beside_most = 64;

/* Below it a light over the whole column costs little and is seen from afar. */
static const int small_columns = 100, small_rows = 30;

struct layout {
    struct area view, detail; /* of the frame; an empty area is not drawn */
};

static struct layout lay_out(const struct session *session, int columns, int rows)
{
    struct layout layout = { .view = { .columns = columns, .rows = rows } };
    int room = rows - 1; /* the last row is the line of keys */
    bool form = session->sheet.page_count > 0 && !session->sheet.in_cell;
    if ((!session->detail && !form) || room < 1)
        return layout;
    if (columns >= beside_columns) {
        int width = columns * 2 / 5;
        width = width < beside_least ? beside_least : width > beside_most ? beside_most : width;
        layout.view.columns = columns - width;
        layout.detail = (struct area){ 0, columns - width, room, width };
        return layout;
    }
    if (form) {
        layout.view.rows = 0;
        layout.detail = (struct area){ 0, 0, room, columns };
        return layout;
    }
    /* The view leaves its own last row blank: the panel begins there. */
    int view_rows = rows / 2 + 1 > VIEW_MIN_ROWS ? rows / 2 + 1 : VIEW_MIN_ROWS;
    int top = rows >= 2 * VIEW_MIN_ROWS - 2 ? view_rows - 1 : 0;
    layout.view.rows = top > 0 ? view_rows : 0;
    layout.detail = (struct area){ top, 0, room - top, columns };
    return layout;
}

static enum light light_for(const struct session *session, int columns, int rows)
{
    switch (session->values[SETTING_LIGHT]) {
    case LIGHT_SETTING_COLUMN:
        return LIGHT_COLUMN;
    case LIGHT_SETTING_TITLE:
        return LIGHT_TITLE;
    default:
        return session->remote || columns < small_columns || rows < small_rows ? LIGHT_TITLE
                                                                              : LIGHT_COLUMN;
    }
}

/* Where the view begins after it has seen to it that nothing is wasted, for the next motion. */
static void learn_view(struct session *session, const struct stage_set *set, struct area view,
                       struct medium medium)
{
    session->seen.medium = medium;
    session->seen.view_columns = view.columns;
    session->seen.view_rows = view.rows;
    map_window(set, view.columns, &session->options.first, &session->seen.touchpoints);
    if (!session->view->page)
        map_lanes(set, view.columns, view.rows, &session->options.scroll,
                  &session->seen.lanes_below);
}

static void draw_view(struct session *session, struct scene *frame, const struct stage_set *set,
                      struct area at)
{
    if (at.columns < 1 || at.rows < 1)
        return;
    struct scene *view =
        session->view->draw(frame->arena, set, at.columns, at.rows, frame->medium);
    scene_lay(frame, at.row, at.column, view);
    if (session->view->page) {
        session->options.scroll = view->first_row;
        session->seen.lanes_below = view->rows_below;
    }
    frame->cursor_row = view->cursor_row;
    frame->cursor_column = view->cursor_column;
    if (at.columns >= VIEW_MIN_COLUMNS && at.rows >= VIEW_MIN_ROWS)
        learn_view(session, set, at, frame->medium);
}

static void draw_detail(struct session *session, struct scene *frame, const struct stage_set *set,
                        struct area at)
{
    const struct journey *journey = set->journey;
    if (at.rows < 1 || set->options.selected == NONE)
        return;
    const char *title = journey->touchpoints[set->options.selected].title;
    struct area inside = panel_draw(frame, at, title, NULL);
    if (inside.rows < 1 || inside.columns < 1)
        return;
    const struct scene *detail =
        session->view->detail(frame->arena, set, inside.columns, frame->medium);
    panel_content(frame, inside, detail, &session->detail_first);
    frame_learn_panel(session, inside, detail->rows);
}

struct scene *session_draw(struct session *session, struct arena *arena, int columns, int rows,
                           struct medium medium)
{
    medium.braille = !medium.ascii && session->values[SETTING_BRAILLE] == SWITCH_ON;
    struct scene *frame = scene_new(arena, columns, rows, medium);
    if (columns < 1 || rows < 1)
        return frame;
    session->options.light = light_for(session, columns, rows);
    session->options.handle = session->mode == MODE_DRAG ? session->drag.handle : HANDLE_NONE;
    struct stage_set set = session_set(session);
    struct layout layout = lay_out(session, columns, rows);
    draw_view(session, frame, &set, layout.view);
    if (session->in_cells)
        frame_cell(session, frame, layout.view);
    if (session->sheet.page_count > 0 && !session->sheet.in_cell)
        frame_sheet(session, frame, layout.detail);
    else if (session->detail)
        draw_detail(session, frame, &set, layout.detail);
    frame_open(session, frame);
    frame_foot(session, frame);
    return frame;
}
