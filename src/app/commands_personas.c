/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Personas view: through the differences. */

#include "commands.h"

#include <stellwerk/app/state.h>
#include <stellwerk/scene/personas.h>

void personas_move(struct session *session, int by)
{
    const struct contrasts *contrasts = session->contrasts;
    if (contrasts == NULL || contrasts->count == 0)
        return;
    struct stage_set set = session_set(session);
    long last = (long)contrasts->count - 1, to = (long)contrasts_selected(&set) + by;
    session->options.contrast = (int)(to > last ? last : to < 0 ? 0 : to);
    session_select(session, contrasts->items[session->options.contrast].touchpoint);
    session_touch(session);
}
