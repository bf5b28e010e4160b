/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mouse: what it presses is a region of the frame; a point of the curve it takes along. */

#include <stellwerk/app/state.h>

#include <stellwerk/scene/plot.h>

/* Where nothing can be taken up, what was taken up before is let go. */
static void take_up(struct session *session, const struct region *plot, int row)
{
    const struct reading *reading = &session->readings->items[plot->index];
    enum handle handle = handle_near(reading, plot, row);
    if (handle != HANDLE_NONE) {
        drag_begin(session, handle);
        session->drag.by_mouse = true;
        session->drag.origin = session->drag.row = row;
    } else if (session->mode == MODE_DRAG) {
        session_leave(session);
    }
}

unsigned session_press(struct session *session, const struct scene *frame, int row, int column)
{
    const struct region *region = scene_region_at(frame, row, column);
    if (region == NULL)
        return CHANGE_NONE;
    int selected = session->options.selected;
    unsigned changed = session_click(session, region);
    if (session->options.selected != selected)
        session->drag.steps = session->document.done;
    bool on_map = session->mode == MODE_NORMAL || session->mode == MODE_DRAG;
    if (region->kind == REGION_PLOT && on_map)
        take_up(session, region, row);
    return changed | session_answer(session);
}

static const struct region *plot_of(const struct scene *frame, int touchpoint)
{
    for (size_t i = 0; i < frame->region_count; i++) {
        const struct region *region = &frame->regions[i];
        if (region->kind == REGION_PLOT && region->index == touchpoint)
            return region;
    }
    return NULL;
}

static bool is_pulled(const struct session *session)
{
    return session->mode == MODE_DRAG && session->drag.by_mouse;
}

/* Back in the row where it was taken up, nothing has happened: its score need not be a round
 * one. */
unsigned session_pull(struct session *session, const struct scene *frame, int row)
{
    const struct region *plot = plot_of(frame, session->options.selected);
    if (!is_pulled(session) || plot == NULL || row == session->drag.row)
        return CHANGE_NONE;
    struct error err;
    error_init(&err);
    session->message[0] = '\0';
    session->drag.row = row;
    if (row == session->drag.origin)
        drag_put_back(session);
    else if (!drag_to(session, plot_score_at(plot, row), &err))
        session_complain(session, &err);
    return session_answer(session);
}

unsigned session_release(struct session *session)
{
    if (is_pulled(session))
        session_leave(session);
    return session_answer(session);
}
