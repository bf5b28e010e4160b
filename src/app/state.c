/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a session consists of, looked at and changed in small steps. Knows no command. */

#include <stellwerk/app/state.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <stellwerk/base/file.h>

const struct journey *session_journey(const struct session *session)
{
    return session->document.now->journey;
}

struct stage_set session_set(const struct session *session)
{
    static const struct lookup nothing = { 0 };
    const struct lookup *evidence = session->evidence != NULL ? session->evidence : &nothing;
    const struct lookup *backdrop = session->backdrop != NULL ? session->backdrop : &nothing;
    struct stage_set set = {
        .journey = session_journey(session),
        .figures = session->figures,
        .series = session->series,
        .paths = evidence->paths != NULL ? evidence->paths : backdrop->paths,
        .credits = session_shows(session, "map") && backdrop->credits != NULL ? backdrop->credits
                                                                              : evidence->credits,
        .contacts = session->evidence != NULL ? session->evidence->contacts : NULL,
        .reduction = session->reduction,
        .story = session->story != NULL ? session->story->story : NULL,
        .drawn = session->drawing ? session->drawn.done : 0,
        .to_draw = session->drawing ? session->drawn.total : 0,
        .portfolio = &session->folder.scene,
        .readings = session->readings,
        .board = &session->board,
        .promises = session->promises,
        .sides = session->sides,
        .contrasts = session->contrasts,
        .silos = session->silos,
        .contents = session->contents,
        .silo_evidence = session->apart != NULL ? &session->apart->silos : NULL,
        .findings = &session->document.now->findings,
        .lens = session->lens,
        .wish = session->wish,
        .unassigned = session->unassigned != NULL ? session->unassigned->unassigned.rows : 0,
        .options = session->options,
        .now = session->now,
    };
    set.options.search = session->search.text;
    set.options.filter = session->filter;
    return set;
}

bool session_shows(const struct session *session, const char *view)
{
    return strcmp(session->view->name, view) == 0;
}

enum mode session_mode(const struct session *session)
{
    if (session->mode != MODE_NORMAL)
        return session->mode;
    if (session->detail)
        return MODE_DETAIL;
    if (session_shows(session, "gaps"))
        return MODE_GAPS;
    if (session_shows(session, "personas"))
        return MODE_PERSONAS;
    if (!session_has_map(session))
        return MODE_PORTFOLIO;
    if (session_shows(session, "reduction"))
        return MODE_REDUCTION;
    if (session_shows(session, "promises"))
        return MODE_PROMISES;
    if (session_shows(session, "opportunities"))
        return MODE_BOARD;
    if (session_shows(session, "paths"))
        return MODE_PATHS;
    if (session_shows(session, "case"))
        return MODE_CASE;
    if (session_shows(session, "attribution"))
        return MODE_CREDITS;
    if (session_shows(session, "metrics"))
        return MODE_METRICS;
    return session->view->page ? MODE_PAGE : MODE_NORMAL;
}

enum theme_name session_theme(const struct session *session)
{
    switch (session->values[SETTING_THEME]) {
    case THEME_SETTING_DARK:
        return THEME_DARK;
    case THEME_SETTING_LIGHT:
        return THEME_LIGHT;
    default:
        return session->terminal_theme;
    }
}

bool session_wants_mouse(const struct session *session)
{
    return session->values[SETTING_MOUSE] == SWITCH_ON;
}

void session_touch(struct session *session)
{
    session->changed |= CHANGE_FRAME;
}

/* What has changed since the last answer. */
unsigned session_answer(struct session *session)
{
    unsigned changed = session->changed;
    session->changed = CHANGE_NONE;
    return changed;
}

void session_say(struct session *session, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(session->message, sizeof(session->message), format, args);
    va_end(args);
    session->message_is_trouble = false;
    session_touch(session);
}

void session_complain(struct session *session, const struct error *err)
{
    if (err->pos.file != NULL && err->pos.line > 0)
        session_say(session, "%s:%u: %s", path_base(err->pos.file), err->pos.line, err->text);
    else
        session_say(session, "%s", err->text);
    session->message_is_trouble = true;
}

/* A touchpoint beyond the edge comes to the middle: scrolling column by column would draw nearly
 * the whole screen anew at every key. */
static void bring_into_sight(struct session *session, int touchpoint)
{
    struct view_options *options = &session->options;
    int shown = session->seen.touchpoints;
    if (touchpoint >= options->first && touchpoint < options->first + shown)
        return;
    int first = touchpoint - shown / 2;
    options->first = first > 0 ? first : 0;
}

void session_select(struct session *session, int touchpoint)
{
    int count = (int)session_journey(session)->touchpoint_count;
    if (touchpoint >= count)
        touchpoint = count - 1;
    if (touchpoint < 0)
        touchpoint = count > 0 ? 0 : NONE;
    if (touchpoint == session->options.selected)
        return;
    session->options.selected = touchpoint;
    session->options.follow = true;
    bring_into_sight(session, touchpoint);
    session->detail_first = 0;
    session_touch(session);
}

void session_enter(struct session *session, enum mode mode)
{
    session->mode = mode;
    session->cycling.active = false;
    session_touch(session);
}

void session_leave(struct session *session)
{
    if (session->sheet.page_count > 0 && !session->sheet.in_cell)
        session_enter(session, MODE_FORM);
    else
        session_enter(session, session->in_cells ? MODE_CELL : MODE_NORMAL);
}

void session_ask(struct session *session, struct request request)
{
    arena_reset(&session->request_arena);
    request.text = arena_strdup(&session->request_arena, request.text);
    session->request = request;
}

struct request session_take_request(struct session *session)
{
    struct request request = session->request;
    session->request = (struct request){ .kind = REQUEST_NONE };
    return request;
}

bool session_busy(const struct session *session)
{
    return worker_busy(session->worker);
}

int session_wake_fd(const struct session *session)
{
    return worker_fd(session->worker);
}
