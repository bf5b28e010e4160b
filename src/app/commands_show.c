/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is shown, and what is opened over it. */

#include "commands.h"
#include "ring.h"

#include <string.h>

#include <stellwerk/app/state.h>
#include <stellwerk/base/i18n.h>

/* "on", "off", "toggle"; without a word, toggle. */
static bool switch_by_word(struct session *session, const struct call *call, size_t word, bool *on,
                           struct error *err)
{
    const char *text = call->count > word ? call->words[word] : "toggle";
    if (strcmp(text, "on") == 0)
        *on = true;
    else if (strcmp(text, "off") == 0)
        *on = false;
    else if (strcmp(text, "toggle") == 0)
        *on = !*on;
    else
        return values_refuse(session_journey(session), call, word, err);
    session_touch(session);
    return true;
}

bool show_view(struct session *session, const struct call *call, struct error *err)
{
    const struct view *view = view_find(call->words[0]);
    if (view == NULL)
        return values_refuse(session_journey(session), call, 0, err);
    if (view == session->view)
        return true;
    paths_stop_drawing(session);
    session->view = view;
    if (session->view->page)
        session->options.scroll = 0;
    session->options.follow = false;
    session_look_closer(session);
    if (session_shows(session, "metrics"))
        session_look_up(session, ORDER_UNASSIGNED);
    return true;
}

bool show_everywhere(struct session *session, const struct call *call, struct error *err)
{
    return switch_by_word(session, call, 0, &session->options.everywhere, err);
}

bool show_overlay(struct session *session, const struct call *call, struct error *err)
{
    return switch_by_word(session, call, 0, &session->options.overlay, err);
}

bool show_detail(struct session *session, const struct call *call, struct error *err)
{
    session->detail_first = 0;
    return switch_by_word(session, call, 0, &session->detail, err);
}

bool show_lane(struct session *session, const struct call *call, struct error *err)
{
    int lane = lane_find(call->words[0]);
    if (lane < 0)
        return values_refuse(session_journey(session), call, 0, err);
    uint32_t bit = 1u << lane;
    bool on = session->options.lanes & bit;
    if (!switch_by_word(session, call, 1, &on, err))
        return false;
    if (on)
        session->options.lanes |= bit;
    else
        session->options.lanes &= ~bit;
    return true;
}

static bool open_list(struct session *session, enum list_kind kind, int selected)
{
    session->list = (struct list){ .kind = kind, .selected = selected };
    prompt_set(&session->prompt, "");
    session_enter(session, kind == LIST_PALETTE ? MODE_PALETTE : MODE_LIST);
    return true;
}

bool show_lanes(struct session *session, const struct call *, struct error *)
{
    return open_list(session, LIST_LANES, 0);
}

bool show_palette(struct session *session, const struct call *, struct error *)
{
    return open_list(session, LIST_PALETTE, 0);
}

bool show_metrics(struct session *session, const struct call *, struct error *err)
{
    if (session_journey(session)->metric_count == 0)
        return error_set(err, _("this map has no metrics"));
    return open_list(session, LIST_METRICS, session->options.metric + 1);
}

bool show_metric(struct session *session, const struct call *call, struct error *err)
{
    const struct journey *journey = session_journey(session);
    int found = journey_find_metric(journey, call->words[0]);
    if (!ring_choose(call->words[0], journey->metric_count, found, &session->options.metric))
        return values_refuse(journey, call, 0, err);
    session_touch(session);
    return true;
}

bool show_theme(struct session *session, const struct call *call, struct error *err)
{
    static const int opposite[THEME_COUNT] = {
        [THEME_DARK] = THEME_SETTING_LIGHT,
        [THEME_LIGHT] = THEME_SETTING_DARK,
    };
    const char *word = call->words[0];
    int value = strcmp(word, "toggle") == 0 ? opposite[session_theme(session)]
                                            : setting_value(&settings[SETTING_THEME], word);
    if (value < 0)
        return values_refuse(session_journey(session), call, 0, err);
    session->values[SETTING_THEME] = value;
    session_touch(session);
    return true;
}

bool show_help(struct session *session, const struct call *, struct error *)
{
    session->help_first = 0;
    session_enter(session, MODE_HELP);
    return true;
}
