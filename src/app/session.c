/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/state.h>

#include <stdlib.h>
#include <string.h>

#include <stellwerk/app/command.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/base/time.h>
#include <stellwerk/scene/portfolio.h>

static char *copy(const char *text)
{
    return text != NULL ? memory_strdup(text) : NULL;
}

static struct session *session_new(const struct session_options *options)
{
    struct session *session = memory_alloc(sizeof(*session));
    session->map_path = copy(options->map);
    folder_init(&session->folder, options->folder);
    session->store_path = copy(options->store);
    session->history_path = copy(options->history);
    session->terminal_theme = options->theme;
    session->remote = options->remote;
    session->live = options->live;
    session->now = time_now();
    session->view = options->map != NULL ? &views[0] : &portfolio_view;
    session->lens = (struct lens){ .persona = NONE, .context = NONE };
    session->lens.period = period_containing(PERIOD_ALL, 0);
    session->options = (struct view_options){
        .lanes = LANES_DEFAULT,
        .overlay = true,
        .metric = NONE,
        .slice_day = DAY_NONE,
    };
    str_init(&session->pick);
    session->wish = (struct series_wish){ NONE, NONE, NONE, PERIOD_ALL, NULL };
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

/* What stands in for a map where there is none: everything may ask for it, and nothing is in it. */
static struct revision *no_map(const char *folder)
{
    static const char text[] = "stellwerk: 1\ntitle: \"-\"\nstages: []\n";
    return revision_of_text(folder, NULL, text, sizeof(text) - 1);
}

struct session *session_create(const struct session_options *options, struct revision *revision,
                               struct error *err)
{
    struct session *session = session_new(options);
    if (revision == NULL)
        revision = no_map(options->folder);
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
    if (session_has_map(session))
        session_find_left(session, options->journals);
    else
        folder_look(session);
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
    figures_destroy(session->series);
    lookup_destroy(session->evidence);
    lookup_destroy(session->backdrop);
    lookup_destroy(session->story);
    str_finish(&session->pick);
    lookup_destroy(session->alone);
    lookup_destroy(session->apart);
    lookup_destroy(session->trials);
    lookup_destroy(session->voices);
    lookup_destroy(session->rows);
    lookup_destroy(session->unassigned);
    arena_finish(&session->activity_arena);
    arena_finish(&session->reading_arena);
    arena_finish(&session->reduction_arena);
    folder_finish(&session->folder);
    whatif_finish(&session->whatif);
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

/* Without a map most commands have nothing that they could be about. */
static bool check_map(const struct session *session, const struct command *command,
                      struct error *err)
{
    switch (command->group) {
    case GROUP_MOVE:
    case GROUP_PORTFOLIO:
    case GROUP_PROGRAM:
    case GROUP_LINE:
        return true;
    default:
        break;
    }
    return session_has_map(session) || command->bare || command->config ||
           error_set(err, _("no map is open: Enter opens the selected one"));
}

bool session_command(struct session *session, const char *line, struct error *err)
{
    struct arena scratch = { 0 };
    struct call call;
    bool done = command_parse(&scratch, line, &call, err) &&
                check_map(session, call.command, err) && call.command->run(session, &call, err);
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
        } else if (session_mode(session) == MODE_PORTFOLIO) {
            folder_click(session, (size_t)region->index);
        }
        break;
    }
    return session_answer(session);
}

unsigned session_tick(struct session *session)
{
    unsigned watched = watch_look(&session->watch);
    session->store_moved |= (watched & WATCHED_STORE) != 0;
    if (watched & (WATCHED_MAP | WATCHED_FOLDER))
        session_reread(session);
    else if (session->store_moved && !worker_busy(session->worker))
        session_follow_store(session); /* what is in work would be stopped, and never done */
    session_look_behind(session);
    return session_answer(session);
}
