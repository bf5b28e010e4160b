/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Promises view: through the claims. */

#include <stellwerk/app/state.h>

#include <stellwerk/scene/promises.h>

void promises_move(struct session *session, int by)
{
    const struct promises *promises = session->promises;
    if (promises == NULL || promises->count == 0)
        return;
    struct stage_set set = session_set(session);
    long last = (long)promises->count - 1, from = promises_selected(&set);
    long to = from == NONE && by > 0 ? by - 1 : from + by;
    to = to > last ? last : to < 0 ? 0 : to;
    session->options.follow = true;
    /* What is about no touchpoint stands last and is only looked at. */
    if (promises->items[to].touchpoint != NONE)
        session_select(session, promises->items[to].touchpoint);
    session_touch(session);
}
