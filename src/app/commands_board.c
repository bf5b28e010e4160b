/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Opportunities view: through the board, and which board. */

#include "commands.h"

#include <stellwerk/app/state.h>
#include <stellwerk/scene/opportunities.h>

#include "ring.h"

static void choose_row(struct session *session, const struct board_row *row)
{
    session->options.opportunity = (int)(row - session->board.items);
    session->options.follow = true;
    session_select(session, row->touchpoint);
    session_touch(session);
}

void board_move(struct session *session, int by)
{
    struct stage_set set = session_set(session);
    long last = (long)session->board.count - 1, from = board_selected(&set);
    long to = from == NONE && by > 0 ? by - 1 : from + by;
    to = to > last ? last : to < 0 ? 0 : to;
    if (last >= 0)
        choose_row(session, board_shown(&set, (size_t)to));
}

bool board_show(struct session *session, const struct call *call, struct error *err)
{
    const char *word = call->words[0];
    int to =
        ring_step(word, board_picture_find(word), (int)session->options.board, BOARD_PICTURE_COUNT);
    if (to < 0)
        return values_refuse(session_journey(session), call, 0, err);
    session->options.board = (enum board_picture)to;
    session->options.scroll = 0;
    session_touch(session);
    return true;
}

const char *board_address(struct arena *arena, const struct session *session)
{
    struct stage_set set = session_set(session);
    int selected = board_selected(&set);
    if (selected == NONE)
        return NULL;
    const struct board_row *row = board_shown(&set, (size_t)selected);
    return arena_printf(arena, "%s.opportunities.%s",
                        session_journey(session)->touchpoints[row->touchpoint].id,
                        row->opportunity->id);
}
