/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Gaps view: which gap, in which order, which of them, in which picture. */

#include "commands.h"

#include <stdio.h>
#include <string.h>

#include <stellwerk/app/state.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/scene/gaps.h>

#include "filter.h"
#include "ring.h"

/* From a touchpoint that the filter leaves out to the first or the last one that it takes. */
void gaps_move(struct session *session, int by)
{
    struct arena scratch = { 0 };
    struct stage_set set = session_set(session);
    struct ranking ranking = gaps_ranking(&scratch, &set, NULL);
    long at = by > 0 ? -1 : (long)ranking.count;
    for (size_t i = 0; i < ranking.count; i++)
        if (ranking.items[i].touchpoint == session->options.selected)
            at = (long)i;
    long last = (long)ranking.count - 1, to = at + by;
    to = to > last ? last : to < 0 ? 0 : to;
    if (ranking.count > 0)
        session_select(session, ranking.items[to].touchpoint);
    arena_finish(&scratch);
}

bool gaps_sort(struct session *session, const struct call *call, struct error *err)
{
    const char *word = call->words[0];
    int to = ring_step(word, ranking_sort_find(word), (int)session->options.sort, SORT_COUNT);
    if (to < 0)
        return values_refuse(session_journey(session), call, 0, err);
    session->options.sort = (enum ranking_sort)to;
    session_touch(session);
    return true;
}

bool gaps_picture(struct session *session, const struct call *call, struct error *err)
{
    const char *word = call->words[0];
    int to = ring_step(word, gaps_picture_find(word), (int)session->options.picture,
                    GAPS_PICTURE_COUNT);
    if (to < 0)
        return values_refuse(session_journey(session), call, 0, err);
    session->options.picture = (enum gaps_picture)to;
    session_touch(session);
    return true;
}

/* ---- Which of them ----------------------------------------------------------------- */

/* What is selected stays seen: where the filter leaves it out, the first that it takes is. */
static void select_taken(struct session *session)
{
    struct arena scratch = { 0 };
    struct stage_set set = session_set(session);
    struct ranking ranking = gaps_ranking(&scratch, &set, NULL);
    bool taken = ranking.count == 0;
    for (size_t i = 0; i < ranking.count; i++)
        taken = taken || ranking.items[i].touchpoint == session->options.selected;
    if (!taken)
        session_select(session, ranking.items[0].touchpoint);
    arena_finish(&scratch);
}

static bool filter_by(struct session *session, const char *text, struct error *err)
{
    struct arena scratch = { 0 };
    struct ranking_filter filter;
    text = strcmp(text, "all") == 0 ? "" : text;
    bool fine = ranking_filter_parse(&scratch, session_journey(session), text, &filter, err);
    arena_finish(&scratch);
    if (!fine)
        return false;
    if (strlen(text) >= sizeof(session->filter))
        return error_set(err, _("the filter is too long"));
    snprintf(session->filter, sizeof(session->filter), "%s", text);
    select_taken(session);
    session_touch(session);
    return true;
}

bool gaps_filter(struct session *session, const struct call *call, struct error *err)
{
    return filter_by(session, call->rest, err);
}

bool gaps_narrow(struct session *session, const struct call *call, struct error *err)
{
    struct arena scratch = { 0 };
    bool fine =
        filter_by(session, filter_toggle(&scratch, session->filter, call->rest), err);
    arena_finish(&scratch);
    return fine;
}

bool gaps_filters(struct session *session, const struct call *, struct error *)
{
    session->list = (struct list){ .kind = LIST_FILTERS };
    prompt_set(&session->prompt, "");
    session_enter(session, MODE_LIST);
    return true;
}
