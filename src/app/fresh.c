/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeping what is shown fresh: orders to the worker, and taking in what it brings. */

#include <stellwerk/app/state.h>

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/file.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/model/follow.h>
#include <stellwerk/scene/story.h>

const char *session_store(const struct session *session, struct arena *arena)
{
    if (session->store_path != NULL)
        return session->store_path;
    const char *store = session_journey(session)->store;
    return store != NULL ? path_beside(arena, session->map_path, store) : NULL;
}

static void forget_evidence(struct session *session)
{
    lookup_destroy(session->evidence);
    lookup_destroy(session->backdrop);
    session->evidence = session->backdrop = NULL;
    session->backdrop_ordered = false;
    session->drawing = false;
}

/* Of a map or a lens that is no more. */
static void forget_alone(struct session *session)
{
    lookup_destroy(session->alone);
    lookup_destroy(session->apart);
    lookup_destroy(session->voices);
    session->alone = session->apart = session->voices = NULL;
}

/* In the place of what was there, where it is still of this map. */
static void take_closer(struct session *session, struct lookup **place, struct lookup *taken)
{
    bool stale = taken->journey != session_journey(session);
    lookup_destroy(*place);
    *place = stale ? NULL : taken;
    if (stale)
        lookup_destroy(taken);
    session_read_anew(session);
}

void session_follow_store(struct session *session)
{
    session->now = time_now();
    session->store_moved = false;
    session_order_figures(session);
    if (session->backdrop != NULL && session_shows(session, "map")) {
        session_look_up(session, ORDER_LANES);
    } else {
        lookup_destroy(session->backdrop);
        session->backdrop = NULL;
        session->backdrop_ordered = false;
    }
    if (session_shows(session, "metrics"))
        session_look_up(session, ORDER_UNASSIGNED);
}

void session_measure(struct session *session)
{
    figures_destroy(session->figures);
    figures_destroy(session->series);
    session->figures = session->series = NULL;
    forget_evidence(session);
    forget_alone(session);
    trials_forget(session);
    session->now = time_now();
    session_read_anew(session);
    session_order_figures(session);
}

void session_reread(struct session *session)
{
    if (!session_has_map(session)) {
        folder_look(session);
        return;
    }
    worker_order(session->worker, &(struct order){ .kind = ORDER_READ, .path = session->map_path });
    session_touch(session);
}

static void watch_files(struct session *session)
{
    struct arena scratch = { 0 };
    if (!session_has_map(session)) /* the folder is watched, and what is in it */
        return;
    const struct journey *journey = session_journey(session);
    const char **maps = arena_array(&scratch, journey->libraries.count + 1, sizeof(*maps));
    maps[0] = session->map_path;
    for (size_t i = 0; i < journey->libraries.count; i++)
        maps[i + 1] = journey->libraries.items[i];
    watch_set(&session->watch, WATCHED_MAP, maps, journey->libraries.count + 1);
    const char *store = session_store(session, &scratch);
    watch_set(&session->watch, WATCHED_STORE, &store, store != NULL ? 1 : 0);
    arena_finish(&scratch);
}

/* Ids of what a person has chosen, while the indices behind them change. */
struct chosen {
    const char *touchpoint, *persona, *context, *metric, *channel;
};

static struct chosen chosen_in(const struct session *session, const struct journey *journey)
{
    const struct view_options *options = &session->options;
    const struct lens *lens = &session->lens;
    return (struct chosen){
        .touchpoint = options->selected != NONE ? journey->touchpoints[options->selected].id : NULL,
        .persona = lens->persona != NONE ? journey->personas[lens->persona].id : NULL,
        .context = lens->context != NONE ? journey->contexts[lens->context].id : NULL,
        .metric = options->metric != NONE ? journey->metrics[options->metric].id : NULL,
        .channel =
            session->wish.channel != NONE ? journey->channels[session->wish.channel].id : NULL,
    };
}

static void choose_again(struct session *session, struct chosen chosen)
{
    const struct journey *journey = session_journey(session);
    struct lens *lens = &session->lens;
    int before = session->options.selected;
    int found = chosen.touchpoint != NULL ? journey_find_touchpoint(journey, chosen.touchpoint) : 0;
    if (found == NONE && session->mode == MODE_DRAG)
        session_leave(session); /* what was taken up is gone */
    session_select(session, found != NONE ? found : before);
    lens->persona = chosen.persona != NULL ? journey_find_persona(journey, chosen.persona) : NONE;
    lens->context = chosen.context != NULL ? journey_find_context(journey, chosen.context) : NONE;
    session->options.metric =
        chosen.metric != NULL ? journey_find_metric(journey, chosen.metric) : NONE;
    session->wish.channel =
        chosen.channel != NULL ? journey_find_channel(journey, chosen.channel) : NONE;
}

/* The first error of a revision in a line; false where there is none. */
static bool describe(const struct revision *revision, struct error *out)
{
    const struct diag *diag = revision_trouble(revision);
    error_init(out);
    if (diag == NULL)
        return false;
    const char *file = diag->pos.file != NULL ? path_base(diag->pos.file) : "-";
    size_t others = revision->findings.errors - 1;
    if (others == 0)
        error_set(out, "%s:%u: %s", file, diag->pos.line, diag->text);
    else
        error_set(out,
                  ngettext("%s:%u: %s (and %zu other: stellwerk check)",
                           "%s:%u: %s (and %zu others: stellwerk check)", others),
                  file, diag->pos.line, diag->text, others);
    return true;
}

/* Its steps are places in the map that was: of the next one it is known by its name alone. */
static void forget_story(struct session *session)
{
    const struct story_set *story = session->story != NULL ? session->story->story : NULL;
    const char *id = story != NULL ? story->story.id : NULL;
    struct arena scratch = { 0 };
    if (id != NULL) {
        const struct path_pick pick = { .kind = PICK_CASE, .id = id };
        str_clear(&session->pick);
        str_append(&session->pick, path_pick_text(&scratch, &pick));
    }
    arena_finish(&scratch);
    lookup_destroy(session->story);
    session->story = NULL;
}

void session_changed(struct session *session, struct revision *before, bool measured)
{
    struct chosen chosen = { 0 };
    if (before != NULL) {
        chosen = chosen_in(session, before->journey);
        figures_follow(session->figures, before->journey, session_journey(session));
        figures_follow(session->series, before->journey, session_journey(session));
    }
    /* It knows touchpoints by their places in the map. */
    bool placed = session->evidence != NULL || session->backdrop != NULL;
    forget_evidence(session);
    whatif_follow(&session->whatif, before != NULL ? before->journey : NULL,
                  session_journey(session));
    forget_story(session);
    choose_again(session, chosen);
    search_refresh(&session->search, session_journey(session));
    watch_files(session);
    forget_alone(session);
    if (before != NULL)
        trials_changed(session, before->journey, measured);
    if (measured)
        session_order_figures(session);
    else if (placed || session_shows(session, "personas") || session_shows(session, "silos") ||
             session_shows(session, "case") || session_shows(session, "promises"))
        session_look_closer(session);
    session_read_anew(session);
    struct error fault;
    if (before == NULL && describe(session->document.now, &fault))
        session_complain(session, &fault);
    revision_release(before);
}

/* As when this workbench wrote it itself. A library that is read may have changed even so. */
static bool is_known(const struct session *session, const struct revision *theirs)
{
    return digest_equal(theirs->digest, session->document.saved->digest) &&
           theirs->journey->libraries.count == 0;
}

/* What somebody else wrote, own edits carried out anew on it. */
static void merge_map(struct session *session, struct revision *theirs)
{
    size_t conflicts = session->document.conflict_count;
    struct revision *before = revision_hold(session->document.now);
    struct error err;
    if (describe(theirs, &err))
        session_complain(session, &err);
    document_take(&session->document, theirs);
    session_changed(session, before, true);
    if (session->document.conflict_count > conflicts)
        session_show_conflicts(session);
}

/* Edits that could not be saved while the file was not to be read. */
static void save_rest(struct session *session)
{
    struct error err;
    error_init(&err);
    if (session->live && session->document.unsaved_count > 0 && !session_save(session, &err))
        session_complain(session, &err);
}

static void take_map(struct session *session, struct revision *theirs)
{
    bool reload = session->reload;
    session->reload = false;
    error_init(&session->trouble);
    session->now = time_now();
    session_touch(session);
    if (is_known(session, theirs)) {
        revision_release(theirs);
        if (reload)
            session_order_figures(session);
    } else {
        merge_map(session, theirs);
    }
    save_rest(session);
}

/* A map that cannot be read any more leaves what was read before on the screen. */
static void take_revision(struct session *session, struct revision *revision)
{
    if (revision->journey != NULL) {
        take_map(session, revision);
        return;
    }
    if (!describe(revision, &session->trouble))
        error_set(&session->trouble, _("the map cannot be read"));
    revision_release(revision);
    session_touch(session);
}

static void tell_problem(struct session *session, const char *problem)
{
    if (strcmp(session->problem, problem) == 0)
        return;
    /* What has been mended is not told any longer. */
    if (strcmp(session->message, session->problem) == 0)
        session->message[0] = '\0';
    snprintf(session->problem, sizeof(session->problem), "%s", problem);
    if (*problem != '\0') {
        session_say(session, "%s", problem);
        session->message_is_trouble = true;
    }
}

static void take_figures(struct session *session, struct figures *figures)
{
    figures_destroy(session->figures);
    session->figures = figures;
    if (figures->newest != TIME_NONE) {
        session->oldest_day = time_day(figures->oldest);
        session->latest_day = time_day(figures->newest);
    }
    tell_problem(session, figures->problem.text);
    session_read_anew(session);
}

static void take_series(struct session *session, struct figures *series)
{
    figures_destroy(session->series);
    session->series = series;
    session_touch(session);
}

static void take_evidence(struct session *session, struct lookup *evidence)
{
    lookup_destroy(session->evidence);
    session->evidence = evidence;
    session->drawing = false;
    tell_problem(session, evidence->problem.text);
    session_reduce(session);
}

static void take_backdrop(struct session *session, struct lookup *backdrop)
{
    lookup_destroy(session->backdrop);
    session->backdrop = backdrop;
    session->backdrop_ordered = false;
    session_touch(session);
}

static void take_story(struct session *session, struct lookup *story)
{
    lookup_destroy(session->story);
    session->story = story;
    if (story->story != NULL)
        session->story_place = story->story->place;
    tell_problem(session, story->problem.text);
    session_touch(session);
}

static void take_rows(struct session *session, struct lookup *rows)
{
    lookup_destroy(session->rows);
    session->rows = rows;
    session->rows_first = 0;
    session_touch(session);
}

static void tell_assigned(struct session *session, const struct lookup *lookup)
{
    struct arena scratch = { 0 };
    if (lookup->problem.text[0] != '\0')
        session_complain(session, &lookup->problem);
    else
        session_say(session,
                    ngettext("%s event has its touchpoint now",
                             "%s events have their touchpoint now", lookup->assigned),
                    locale_count(&scratch, lookup->assigned));
    arena_finish(&scratch);
}

static void take_unassigned(struct session *session, struct lookup *lookup, bool assigned)
{
    lookup_destroy(session->unassigned);
    session->unassigned = lookup;
    session_touch(session);
    if (!assigned)
        return;
    tell_assigned(session, lookup);
    session_follow_store(session);
}

static void take(struct session *session, struct outcome outcome)
{
    switch (outcome.kind) {
    case ORDER_READ:
        take_revision(session, outcome.revision);
        break;
    case ORDER_MEASURE:
        take_figures(session, outcome.figures);
        break;
    case ORDER_SERIES:
        take_series(session, outcome.figures);
        break;
    case ORDER_PATHS:
    case ORDER_CREDITS:
    case ORDER_CONTACTS:
        take_evidence(session, outcome.lookup);
        break;
    case ORDER_LANES:
        take_backdrop(session, outcome.lookup);
        break;
    case ORDER_CASE:
        take_story(session, outcome.lookup);
        break;
    case ORDER_ROWS:
        take_rows(session, outcome.lookup);
        break;
    case ORDER_SIDES:
        take_closer(session, &session->alone, outcome.lookup);
        break;
    case ORDER_SILOS:
        take_closer(session, &session->apart, outcome.lookup);
        break;
    case ORDER_VOICES:
        take_closer(session, &session->voices, outcome.lookup);
        break;
    case ORDER_TRIALS:
        trials_take(session, outcome.lookup);
        break;
    case ORDER_FOLDER:
        folder_take_found(session, outcome.files);
        break;
    case ORDER_ENTRY:
        folder_take_read(session, outcome.entry);
        break;
    case ORDER_UNASSIGNED:
    case ORDER_ASSIGN:
        take_unassigned(session, outcome.lookup, outcome.kind == ORDER_ASSIGN);
        break;
    }
}

int32_t session_today(const struct session *session)
{
    return session->latest_day != DAY_NONE ? session->latest_day : time_day(session->now);
}

static int64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Waits for the worker until `deadline`; false when it passed. */
static bool wait_for_worker(const struct session *session, int64_t deadline)
{
    int64_t left = deadline - milliseconds();
    struct pollfd wake = { .fd = session_wake_fd(session), .events = POLLIN };
    return poll(&wake, 1, left > 0 ? (int)left : 0) > 0;
}

static void follow_drawing(struct session *session)
{
    struct work_progress now = worker_progress(session->worker);
    if (!session->drawing || (now.done == session->drawn.done && now.total == session->drawn.total))
        return;
    session->drawn = now;
    session_touch(session);
}

unsigned session_collect(struct session *session, int grace_ms)
{
    int64_t deadline = milliseconds() + grace_ms;
    while (session_busy(session) &&
           wait_for_worker(session, worker_presses(session->worker) ? deadline : 0)) {
        struct outcome outcome;
        if (worker_take(session->worker, &outcome))
            take(session, outcome);
    }
    follow_drawing(session);
    return session_answer(session);
}
