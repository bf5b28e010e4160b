/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Metrics view: which metric, which slice, what is behind it; activities on no touchpoint. */

#include "commands.h"

#include <string.h>

#include <stellwerk/app/state.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/scene/chart.h>
#include <stellwerk/scene/metrics.h>

/* ---- Which metric ---------------------------------------------------------------- */

static void choose(struct session *session, int touchpoint, int metric)
{
    session_select(session, touchpoint);
    session->options.metric = metric;
    session_touch(session);
}

void metrics_move(struct session *session, int by)
{
    struct arena scratch = { 0 };
    struct stage_set set = session_set(session);
    struct metric_rows rows = metrics_rows(&scratch, &set);
    if (rows.count > 0) {
        int last = (int)rows.count - 1;
        long wanted = (long)rows.chosen + by;
        const struct metric_row *row =
            &rows.items[wanted < 0 ? 0 : wanted > last ? last : (int)wanted];
        choose(session, row->touchpoint, row->metric);
    }
    arena_finish(&scratch);
}

bool metrics_look(struct session *session, const struct call *call, struct error *err)
{
    const struct journey *journey = session_journey(session);
    int touchpoint = journey_find_touchpoint(journey, call->words[0]);
    int metric = journey_find_metric(journey, call->words[1]);
    if (touchpoint == NONE || metric == NONE)
        return values_refuse(journey, call, touchpoint == NONE ? 0 : 1, err);
    choose(session, touchpoint, metric);
    return session_shows(session, "metrics") || session_command(session, "view metrics", err);
}

/* ---- Which slice ----------------------------------------------------------------- */

/* The measure with slices that is chosen; NULL. */
static const struct measure *chosen_measure(struct session *session)
{
    struct arena scratch = { 0 };
    struct stage_set set = session_set(session);
    struct metric_rows rows = metrics_rows(&scratch, &set);
    const struct measure *measure =
        rows.chosen == NONE ? NULL : rows.items[rows.chosen].measure;
    arena_finish(&scratch);
    return metrics_has_course(measure) ? measure : NULL;
}

/* The latest slice stays the latest one when the store grows. */
static void select_slice(struct session *session, const struct measure *measure, int index)
{
    int last = (int)measure->slice_count - 1;
    index = index < 0 ? 0 : index > last ? last : index;
    session->options.slice_day = DAY_NONE;
    struct stage_set set = session_set(session);
    if (index != chart_selected(&set, measure))
        session->options.slice_day = measure->slices[index].last_day;
    session_touch(session);
}

static bool step_slice(struct session *session, const char *word)
{
    const struct measure *measure = chosen_measure(session);
    if (measure == NULL)
        return true;
    struct stage_set set = session_set(session);
    int at = chart_selected(&set, measure);
    if (strcmp(word, "next") == 0)
        at++;
    else if (strcmp(word, "previous") == 0)
        at--;
    else
        at = strcmp(word, "first") == 0 ? 0 : (int)measure->slice_count - 1;
    select_slice(session, measure, at);
    return true;
}

static bool is_step(const char *word)
{
    return strcmp(word, "next") == 0 || strcmp(word, "previous") == 0 ||
           strcmp(word, "first") == 0 || strcmp(word, "last") == 0;
}

/* What is behind a slice follows the one that is selected. */
bool metrics_slice_choose(struct session *session, const struct call *call, struct error *err)
{
    int32_t day;
    if (is_step(call->words[0])) {
        step_slice(session, call->words[0]);
    } else if (time_parse_day(call->words[0], &day)) {
        session->options.slice_day = day;
        session_touch(session);
    } else {
        return values_refuse(session_journey(session), call, 0, err);
    }
    if (session->mode == MODE_ROWS) {
        session->rows_newer = 0;
        session_look_up(session, ORDER_ROWS);
    }
    return true;
}

/* ---- What is behind it ----------------------------------------------------------- */

static bool page_rows_of(struct session *session, bool older, struct error *err)
{
    const struct lookup *rows = session->rows;
    if (rows == NULL)
        return true;
    if (older && session->rows_newer + rows->page.count >= rows->page.total)
        return error_set(err, _("these are the oldest rows"));
    if (!older && session->rows_newer == 0)
        return error_set(err, _("these are the newest rows"));
    if (older)
        session->rows_newer += ORDER_ROWS_MOST;
    else
        session->rows_newer -= ORDER_ROWS_MOST;
    session_look_up(session, ORDER_ROWS);
    return true;
}

bool metrics_rows_show(struct session *session, const struct call *call, struct error *err)
{
    struct stage_set set = session_set(session);
    const char *word = call->count > 0 ? call->words[0] : "";
    if (session->mode == MODE_ROWS && *word != '\0')
        return page_rows_of(session, strcmp(word, "older") == 0, err);
    if (metrics_slice(&set) == NULL && !metrics_asks_query(&set))
        return error_set(err, _("there are no rows to show: nothing is measured here"));
    lookup_destroy(session->rows);
    session->rows = NULL;
    session->rows_newer = 0;
    session->rows_first = 0;
    session_enter(session, MODE_ROWS);
    session_look_up(session, ORDER_ROWS);
    return true;
}

/* ---- Activities without a touchpoint --------------------------------------------- */

static bool open_filtered(struct session *session, enum list_kind kind)
{
    session->list = (struct list){ .kind = kind };
    prompt_set(&session->prompt, "");
    session_enter(session, MODE_PALETTE);
    return true;
}

static bool has_store(struct session *session, struct error *err)
{
    struct arena scratch = { 0 };
    bool known = session_store(session, &scratch) != NULL;
    arena_finish(&scratch);
    return known || error_set(err, _("the map names no store: nothing is measured"));
}

static const struct unassigned *find_unassigned(const struct session *session,
                                                const char *activity)
{
    const struct lookup *lookup = session->unassigned;
    for (size_t i = 0; lookup != NULL && i < lookup->unassigned.count; i++)
        if (strcmp(lookup->unassigned.items[i].activity, activity) == 0)
            return &lookup->unassigned.items[i];
    return NULL;
}

bool metrics_unassigned(struct session *session, const struct call *call, struct error *err)
{
    if (!has_store(session, err))
        return false;
    if (call->count == 0) {
        session_look_up(session, ORDER_UNASSIGNED);
        return open_filtered(session, LIST_UNASSIGNED);
    }
    const struct unassigned *found = find_unassigned(session, call->rest);
    if (found != NULL && found->touchpoint != NULL)
        return error_set(err, _("these events name the touchpoint '%s', which the map does not "
                                "have: a touchpoint with that id takes them in"),
                         found->touchpoint);
    arena_reset(&session->activity_arena);
    session->activity = arena_strdup(&session->activity_arena, call->rest);
    return open_filtered(session, LIST_ASSIGN);
}

/* By one of its activities, its id or its title. */
static bool is_known_as(const struct touchpoint *touchpoint, const char *activity)
{
    for (size_t i = 0; i < touchpoint->activities.count; i++)
        if (strcmp(touchpoint->activities.items[i], activity) == 0)
            return true;
    return strcmp(touchpoint->id, activity) == 0 || strcmp(touchpoint->title, activity) == 0;
}

static bool write_down(struct session *session, const struct touchpoint *touchpoint,
                       const char *activity, struct error *err)
{
    if (is_known_as(touchpoint, activity))
        return true;
    struct arena scratch = { 0 };
    struct operation operation = {
        .verb = VERB_INSERT,
        .address = arena_printf(&scratch, "%s.activities", touchpoint->id),
        .value = activity,
    };
    bool done = session_do(session, &operation, 1, false, err);
    arena_finish(&scratch);
    return done;
}

/* The map says what belongs where; the store follows. */
bool metrics_assign(struct session *session, const struct call *call, struct error *err)
{
    const struct journey *journey = session_journey(session);
    int touchpoint = journey_find_touchpoint(journey, call->words[0]);
    if (touchpoint == NONE)
        return values_refuse(journey, call, 0, err);
    const char *activity = call->rest + strlen(call->words[0]);
    activity += strspn(activity, " \t");
    if (!has_store(session, err) ||
        !write_down(session, &journey->touchpoints[touchpoint], activity, err))
        return false;
    session_look_up(session, ORDER_ASSIGN);
    return true;
}
