/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Paths and the Attribution view: what is picked, its cases, what they are compared by. */

#include "commands.h"

#include <limits.h>
#include <string.h>

#include <stellwerk/app/state.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/report/evidence.h>
#include <stellwerk/scene/paths.h>

/* ---- What is picked -------------------------------------------------------------- */

/* The page as it was last seen. */
struct leafing {
    const struct path_pick *picks;
    int count;
    int top, rows; /* of the page that are seen, below the head line */
};

static struct leafing leaf(const struct session *session, struct arena *scratch)
{
    struct stage_set set = session_set(session);
    size_t count;
    const struct path_pick *picks =
        paths_picks(scratch, &set, session->seen.view_columns, session->seen.medium, &count);
    return (struct leafing){ .picks = picks,
                             .count = (int)count,
                             .top = session->options.scroll,
                             .rows = session->seen.view_rows - 2 };
}

static bool is_seen(const struct leafing *leafing, int pick)
{
    return pick >= 0 && pick < leafing->count && leafing->picks[pick].row >= leafing->top &&
           leafing->picks[pick].row < leafing->top + leafing->rows;
}

/* The first one seen, or the last; NONE. */
static int seen_at(const struct leafing *leafing, bool last)
{
    int found = NONE;
    for (int i = 0; i < leafing->count; i++)
        if (is_seen(leafing, i) && (found == NONE || last))
            found = i;
    return found;
}

static void scroll_to(struct session *session, long row)
{
    long most = (long)session->options.scroll + session->seen.lanes_below;
    session->options.scroll = (int)(row > most ? most : row < 0 ? 0 : row);
    session_touch(session);
}

/* To the next that can be picked, where it is seen; else the page moves until it is. */
void paths_move(struct session *session, int by)
{
    struct arena scratch = { 0 };
    struct leafing leafing = leaf(session, &scratch);
    int *pick = &session->options.pick;
    int next = is_seen(&leafing, *pick) ? *pick + (by > 0 ? 1 : -1) : seen_at(&leafing, by < 0);
    if ((by == 1 || by == -1) && is_seen(&leafing, next)) {
        *pick = next;
    } else {
        scroll_to(session, (long)session->options.scroll + by);
        leafing.top = session->options.scroll;
        if (!is_seen(&leafing, *pick) && seen_at(&leafing, by < 0) != NONE)
            *pick = seen_at(&leafing, by < 0);
    }
    session->options.follow = is_seen(&leafing, *pick);
    session_touch(session);
    arena_finish(&scratch);
}

/* ---- Its cases ------------------------------------------------------------------- */

static bool look_at(struct session *session, const char *pick, uint64_t place, struct error *err)
{
    if (pick != session->pick.text) {
        str_clear(&session->pick);
        str_append(&session->pick, pick);
        lookup_destroy(session->story);
        session->story = NULL;
    }
    session->story_place = place;
    session->options.scroll = session_shows(session, "case") ? 0 : session->options.scroll;
    if (session_shows(session, "case")) {
        session_look_up(session, ORDER_CASE);
        return true;
    }
    session->paths_first = session_shows(session, "paths") ? session->options.scroll : 0;
    return session_command(session, "view case", err);
}

static bool look_at_picked(struct session *session, struct error *err)
{
    struct arena scratch = { 0 };
    struct leafing leafing = leaf(session, &scratch);
    int pick = session->options.pick;
    bool good = pick >= 0 && pick < leafing.count;
    if (good)
        good = look_at(session, path_pick_text(&scratch, &leafing.picks[pick]), 0, err);
    else
        error_set(err, _("there is no way or transition to pick a case of"));
    arena_finish(&scratch);
    return good;
}

static bool step(struct session *session, int by, struct error *err)
{
    const struct story_set *story = session->story != NULL ? session->story->story : NULL;
    if (story == NULL)
        return true;
    if (by < 0 && session->story_place == 0)
        return error_set(err, _("this is the first of these cases"));
    if (by > 0 && session->story_place + 1 >= story->matches)
        return error_set(err, _("this is the last of these cases"));
    return look_at(session, session->pick.text, session->story_place + (uint64_t)(int64_t)by, err);
}

bool paths_case(struct session *session, const struct call *call, struct error *err)
{
    const char *word = call->rest;
    if (strcmp(word, "picked") == 0)
        return look_at_picked(session, err);
    if (strcmp(word, "next") == 0 || strcmp(word, "previous") == 0)
        return step(session, *word == 'n' ? +1 : -1, err);
    struct arena scratch = { 0 };
    const struct path_pick pick = { .kind = PICK_CASE, .id = word };
    bool good = look_at(session, path_pick_text(&scratch, &pick), 0, err);
    arena_finish(&scratch);
    return good;
}

void paths_return(struct session *session)
{
    struct error err;
    error_init(&err);
    int first = session->paths_first;
    if (session_command(session, "view paths", &err))
        session->options.scroll = first;
}

/* ---- Compared by what ------------------------------------------------------------ */

static enum segment_by beside(const struct session *session, int by)
{
    enum segment_by now =
        session->by != SEGMENT_NONE ? session->by : evidence_by(session_journey(session));
    int count = SEGMENT_BY_COUNT - SEGMENT_PERSONA;
    return (enum segment_by)(SEGMENT_PERSONA + (now - SEGMENT_PERSONA + by + count) % count);
}

bool paths_compare(struct session *session, const struct call *call, struct error *err)
{
    const char *word = call->words[0];
    int found = segment_by_find(word);
    if (strcmp(word, "next") == 0)
        session->by = beside(session, +1);
    else if (strcmp(word, "previous") == 0)
        session->by = beside(session, -1);
    else if (found > SEGMENT_NONE)
        session->by = (enum segment_by)found;
    else
        return values_refuse(session_journey(session), call, 0, err);
    if (!session_shows(session, "paths"))
        return session_command(session, "view paths", err);
    session_look_closer(session);
    /* What is compared stands at the end of the page; what it says is worth seeing at once. */
    session->options.follow = false;
    scroll_to(session, LONG_MAX);
    session_say(session, "%s", segment_by_word(session->by));
    return true;
}

/* ---- Drawing journeys anew ------------------------------------------------------- */

void paths_stop_drawing(struct session *session)
{
    if (!session->drawing)
        return;
    worker_stop(session->worker, ORDER_CREDITS);
    session->drawing = false;
    session_touch(session);
}

bool paths_bootstrap(struct session *session, const struct call *call, struct error *err)
{
    (void)call;
    if (!session_shows(session, "attribution") &&
        !session_command(session, "view attribution", err))
        return false;
    session->drawing = true;
    session->drawn = (struct work_progress){ 0 };
    session->options.scroll = 0;
    session_look_up(session, ORDER_CREDITS);
    return true;
}
