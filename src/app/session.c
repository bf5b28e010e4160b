/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/state.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/app/command.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>

static char *copy(const char *text)
{
    return text != NULL ? memory_strdup(text) : NULL;
}

static struct session *session_new(const struct session_options *options)
{
    struct session *session = memory_alloc(sizeof(*session));
    session->map_path = copy(options->map);
    session->store_path = copy(options->store);
    session->history_path = copy(options->history);
    session->terminal_theme = options->theme;
    session->remote = options->remote;
    session->live = options->live;
    session->view = &views[0];
    session->lens = (struct lens){ .persona = NONE, .context = NONE };
    session->lens.period = period_containing(PERIOD_ALL, 0);
    session->options = (struct view_options){
        .lanes = LANES_DEFAULT,
        .overlay = true,
        .metric = NONE,
    };
    for (int i = 0; i < SETTING_COUNT; i++)
        session->values[i] = settings[i].initial;
    session->latest_day = session->oldest_day = DAY_NONE;
    error_init(&session->trouble);
    prompt_init(&session->prompt);
    search_init(&session->search);
    sheet_init(&session->sheet);
    history_init(&session->commands);
    history_init(&session->searches);
    keymap_init(&session->keymap);
    watch_init(&session->watch);
    return session;
}

/* Runs `name value` unless there is no value. */
static bool begin_with(struct session *session, const char *name, const char *value,
                       struct error *err)
{
    if (value == NULL)
        return true;
    struct arena scratch = { 0 };
    bool done = session_command(session, arena_printf(&scratch, "%s %s", name, value), err);
    arena_finish(&scratch);
    return done;
}

struct session *session_create(const struct session_options *options, struct revision *revision,
                               struct error *err)
{
    struct session *session = session_new(options);
    document_init(&session->document, revision, options->journals);
    session->worker = worker_create(err);
    session_changed(session, NULL, false);
    if (session->worker == NULL || !begin_with(session, "persona", options->persona, err) ||
        !begin_with(session, "context", options->context, err) ||
        !begin_with(session, "period", options->period, err)) {
        session_destroy(session);
        return NULL;
    }
    if (options->history != NULL)
        history_read(&session->commands, options->history);
    if (options->configuration != NULL)
        configuration_read(session, options->configuration);
    session_measure(session);
    session_find_left(session, options->journals);
    return session;
}

void session_destroy(struct session *session)
{
    if (session == NULL)
        return;
    worker_destroy(session->worker);
    if (session->history_path != NULL)
        history_write(&session->commands, session->history_path);
    document_finish(&session->document);
    figures_destroy(session->figures);
    arena_finish(&session->reading_arena);
    arena_finish(&session->request_arena);
    arena_finish(&session->left_arena);
    arena_finish(&session->cycling.arena);
    prompt_finish(&session->prompt);
    search_finish(&session->search);
    sheet_finish(&session->sheet);
    history_finish(&session->commands);
    history_finish(&session->searches);
    keymap_finish(&session->keymap);
    watch_finish(&session->watch);
    free(session->map_path);
    free(session->store_path);
    free(session->history_path);
    free(session);
}

const struct journey *session_journey(const struct session *session)
{
    return session->document.now->journey;
}

struct stage_set session_set(const struct session *session)
{
    struct stage_set set = {
        .journey = session_journey(session),
        .figures = session->figures,
        .readings = session->readings,
        .findings = &session->document.now->findings,
        .lens = session->lens,
        .options = session->options,
        .now = session->now,
    };
    set.options.search = session->search.text;
    return set;
}

enum mode session_mode(const struct session *session)
{
    if (session->mode == MODE_NORMAL && session->detail)
        return MODE_DETAIL;
    return session->mode;
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

bool session_command(struct session *session, const char *line, struct error *err)
{
    struct arena scratch = { 0 };
    struct call call;
    bool done = command_parse(&scratch, line, &call, err) && call.command->run(session, &call, err);
    arena_finish(&scratch);
    return done;
}

static void run(struct session *session, const char *line)
{
    struct error err;
    error_init(&err);
    if (!session_command(session, line, &err))
        session_complain(session, &err);
}

/* A message has been read when the next key comes. */
static void clear_message(struct session *session)
{
    if (session->message[0] == '\0')
        return;
    session->message[0] = '\0';
    session_touch(session);
}

unsigned session_key(struct session *session, const char *key)
{
    clear_message(session);
    enum mode mode = session_mode(session);
    const struct binding *binding = keymap_find(&session->keymap, mode, key);
    if (binding != NULL)
        run(session, binding->command);
    else if (mode_types(mode) && key_text(key) != NULL)
        session_type(session, key_text(key));
    else
        session_say(session, _("%s does nothing here: ? shows the keys"), key);
    return session_answer(session);
}

unsigned session_paste(struct session *session, const char *text)
{
    clear_message(session);
    if (mode_types(session_mode(session)))
        session_type(session, text);
    else
        session_say(session, _("a text can be pasted behind : or /"));
    return session_answer(session);
}

unsigned session_click(struct session *session, const struct region *region)
{
    clear_message(session);
    switch (region->kind) {
    case REGION_TOUCHPOINT:
    case REGION_PLOT:
        session_select(session, region->index);
        break;
    case REGION_KEY:
        run(session, region->command);
        break;
    case REGION_ROW:
        if (session->mode == MODE_LIST || session->mode == MODE_PALETTE) {
            session->list.selected = region->index;
            run(session, session->mode == MODE_LIST ? "choose" : "accept");
        } else if (session->mode == MODE_FORM) {
            sheet_select(session, region->index);
            run(session, "accept");
        }
        break;
    }
    return session_answer(session);
}

unsigned session_tick(struct session *session)
{
    unsigned watched = watch_look(&session->watch);
    if (watched & WATCHED_MAP)
        session_reread(session);
    else if (watched & WATCHED_STORE)
        session_measure(session);
    return session_answer(session);
}

bool session_busy(const struct session *session)
{
    return worker_busy(session->worker);
}

int session_wake_fd(const struct session *session)
{
    return worker_fd(session->worker);
}
