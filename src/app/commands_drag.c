/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Moving points of the curve by hand, with keys or the mouse. */

#include "commands.h"

#include <math.h>
#include <string.h>

#include <stellwerk/app/state.h>
#include <stellwerk/base/i18n.h>

/* Where a point begins that is not there yet. */
static const int beginning = 50;

static const struct reading *reading_of(const struct session *session)
{
    return &session->readings->items[session->options.selected];
}

static int score_now(const struct session *session)
{
    double score = handle_score(reading_of(session), session->drag.handle);
    return isnan(score) ? beginning : (int)lround(score);
}

void drag_begin(struct session *session, enum handle handle)
{
    session->drag = (struct drag){
        .handle = handle,
        .steps = session->document.done,
    };
    session_enter(session, MODE_DRAG);
}

bool drag_start(struct session *session, const struct call *call, struct error *err)
{
    int handle = HANDLE_EXPERIENCE;
    if (session->options.selected == NONE)
        return error_set(err, _("no touchpoint is selected"));
    if (call->count > 0)
        handle = handle_find(call->words[0]);
    if (handle < 0)
        return values_refuse(session_journey(session), call, 0, err);
    session->view = view_find("map");
    drag_begin(session, (enum handle)handle);
    return true;
}

bool drag_to(struct session *session, int score, struct error *err)
{
    struct arena scratch = { 0 };
    struct operation operation =
        handle_set(&scratch, session_journey(session), &session->lens, session->options.selected,
                   reading_of(session), session->drag.handle, score);
    bool join = session->document.done > session->drag.steps;
    bool done = session_do(session, &operation, 1, join, err);
    arena_finish(&scratch);
    return done;
}

/* By so many points, to the next multiple of them. */
bool drag_by(struct session *session, int by, struct error *err)
{
    int from = score_now(session), size = by < 0 ? -by : by;
    int below = from - from % size;
    int to = by > 0 ? below + size : from % size == 0 ? from - size : below;
    return drag_to(session, to, err);
}

bool drag_handle(struct session *session, const struct call *call, struct error *)
{
    int count = HANDLE_COUNT - HANDLE_EXPERIENCE;
    int by = strcmp(call->words[0], "next") == 0 ? 1 : count - 1;
    int next = ((int)session->drag.handle - HANDLE_EXPERIENCE + by) % count;
    drag_begin(session, (enum handle)(HANDLE_EXPERIENCE + next));
    return true;
}

bool drag_finer(struct session *session, const struct call *call, struct error *err)
{
    return drag_by(session, strcmp(call->words[0], "up") == 0 ? 1 : -1, err);
}

/* The point is taken away, not moved. */
bool drag_unset(struct session *session, const struct call *, struct error *err)
{
    struct arena scratch = { 0 };
    struct operation operation =
        handle_unset(&scratch, session_journey(session), &session->lens,
                     session->options.selected, session->drag.handle);
    bool done = session_do(session, &operation, 1, false, err);
    arena_finish(&scratch);
    return done;
}

void drag_put_back(struct session *session)
{
    struct error err;
    error_init(&err);
    while (session->document.done > session->drag.steps && session_undo(session, &err))
        ;
    session->message[0] = '\0';
}

void drag_cancel(struct session *session)
{
    drag_put_back(session);
    session_leave(session);
}
