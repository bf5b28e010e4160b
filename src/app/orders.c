/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Orders to the worker: figures under the lens, and what the view in use needs beside them. */

#include <stellwerk/app/state.h>

#include <stellwerk/base/array.h>
#include <stellwerk/report/evidence.h>
#include <stellwerk/scene/metrics.h>

#define BOOTSTRAP_DRAWS 200

/* What the view in use needs beside figures and trials, which are always asked for. */
static void order_closer(struct session *session)
{
    static const struct {
        enum view_need need;
        enum order_kind kind;
    } orders[] = {
        { NEEDS_SERIES, ORDER_SERIES },     { NEEDS_PATHS, ORDER_PATHS },
        { NEEDS_CREDITS, ORDER_CREDITS },   { NEEDS_SIDES, ORDER_SIDES },
        { NEEDS_CONTACTS, ORDER_CONTACTS }, { NEEDS_SILOS, ORDER_SILOS },
        { NEEDS_STORY, ORDER_CASE },        { NEEDS_VOICES, ORDER_VOICES },
    };
    for (size_t i = 0; i < ARRAY_LEN(orders); i++)
        if ((session->view->needs & orders[i].need) != 0)
            session_look_up(session, orders[i].kind);
}

/* The lanes of cases come last: where others have no room they have none either, unless the person
 * goes through the lanes. */
static bool has_room_for_cases(const struct session *session)
{
    const struct seen *seen = &session->seen;
    return seen->view_rows > 0 && (seen->lanes_below == 0 || session->options.scroll > 0);
}

void session_look_behind(struct session *session)
{
    const uint32_t lanes = 1u << LANE_TRAFFIC | 1u << LANE_DROPOUT | 1u << LANE_CREDIT;
    if ((session->view->needs & NEEDS_BACKDROP) == 0 || (session->options.lanes & lanes) == 0 ||
        session->backdrop != NULL || session->backdrop_ordered || !has_room_for_cases(session))
        return;
    session_look_up(session, ORDER_LANES);
    session->backdrop_ordered = true;
}

void session_look_closer(struct session *session)
{
    if ((session_shows(session, "personas") && session->sides == NULL) ||
        (session_shows(session, "silos") && session->silos == NULL) ||
        (session_shows(session, "promises") && session->promises == NULL))
        session_read_anew(session);
    if (session_shows(session, "reduction") && session->reduction == NULL)
        session_reduce(session);
    order_closer(session);
    session_touch(session);
}

void session_order_figures(struct session *session)
{
    struct arena scratch = { 0 };
    const char *store = session_store(session, &scratch);
    if (store != NULL)
        worker_order(session->worker, &(struct order){
                                          .kind = ORDER_MEASURE,
                                          .path = store,
                                          .revision = session->document.now,
                                          .lens = session->lens,
                                      });
    else
        worker_cancel(session->worker);
    arena_finish(&scratch);
    trials_order(session);
    session_look_closer(session);
}

static enum segment_by segment_by(const struct session *session)
{
    return session->by != SEGMENT_NONE ? session->by : evidence_by(session_journey(session));
}

/* Of rows those of the selected slice. */
void session_look_up(struct session *session, enum order_kind kind)
{
    struct arena scratch = { 0 };
    struct stage_set set = session_set(session);
    const char *store = session_store(session, &scratch);
    const struct slice *slice = metrics_slice(&set);
    struct order order = {
        .kind = kind,
        .path = store,
        .revision = session->document.now,
        .lens = session->lens,
        .wish = session->wish,
        .first = kind == ORDER_CASE ? session->story_place : session->rows_newer,
        .by = session_shows(session, "paths") ? segment_by(session) : SEGMENT_NONE,
        .replicates = kind == ORDER_CREDITS && session->drawing ? BOOTSTRAP_DRAWS : 0,
        .pick = kind == ORDER_CASE ? session->pick.text : NULL,
    };
    bool asks_rows = kind == ORDER_ROWS && (slice != NULL || metrics_asks_query(&set));
    if (asks_rows) {
        struct metric_rows listed = metrics_rows(&scratch, &set);
        order.wish.touchpoint = listed.items[listed.chosen].touchpoint;
        order.wish.metric = listed.items[listed.chosen].metric;
    }
    if (asks_rows && slice != NULL) {
        order.lens.period.first = slice->first_day;
        order.lens.period.last = slice->last_day;
    }
    bool known = kind == ORDER_ROWS   ? asks_rows
                 : kind == ORDER_CASE ? session->pick.length > 0
                                      : true;
    if (store != NULL && known)
        worker_order(session->worker, &order);
    arena_finish(&scratch);
    session_touch(session);
}
