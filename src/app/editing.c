/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits and what follows from them: what is measured, what is saved, what is told. */

#include <stellwerk/app/state.h>

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>

/* ---- What an edit may change about what is measured ------------------------------------------ */

/* Fields of a touchpoint that say which rows are counted, and how. */
static const char *const measured_fields[] = { ".activities", ".metrics", ".aspects", ".channel",
                                               ".id" };

/* Of a touchpoint's fields few are about figures; of all other things nearly every one is. */
static bool is_measured(const struct operation *operation)
{
    const char *address = operation->address;
    const char *dot = strchr(address, '.');
    if (operation->verb == VERB_RENAME || dot == NULL || strchr(address, '/') != NULL ||
        strncmp(address, "map.", 4) == 0)
        return true;
    for (size_t i = 0; i < ARRAY_LEN(measured_fields); i++) {
        if (strncmp(dot, measured_fields[i], strlen(measured_fields[i])) == 0)
            return true;
    }
    return false;
}

static bool any_measured(const struct operation *operations, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is_measured(&operations[i]))
            return true;
    }
    return count == 0;
}

/* ---- Doing ----------------------------------------------------------------------------------- */

static void tell_journal(struct session *session)
{
    struct error err;
    error_init(&err);
    if (!document_is_saved(&session->document) &&
        journal_trouble(session->document.journal, &err))
        session_complain(session, &err);
}

/* The selection follows what was inserted. */
static void select_new(struct session *session, const struct operation *operation)
{
    const char *id = operation->address;
    if (operation->verb != VERB_INSERT || strchr(id, '.') != NULL)
        return;
    if (strncmp(id, "touchpoint/", 11) == 0)
        id += 11;
    int found = journey_find_touchpoint(session_journey(session), id);
    if (found != NONE)
        session_select(session, found);
}

/* What is undone or done again is seen: the selection goes to the touchpoint that it is about. */
static void select_touched(struct session *session, const struct step *step)
{
    if (step->count == 0)
        return;
    const struct operation *operation = &step->operations[0];
    const char *id = operation->address;
    if (strncmp(id, "touchpoint/", 11) == 0)
        id += 11;
    struct arena scratch = { 0 };
    const struct journey *journey = session_journey(session);
    int found = journey_find_touchpoint(journey, arena_strndup(&scratch, id, strcspn(id, ".")));
    if (found == NONE && operation->verb == VERB_RENAME)
        found = journey_find_touchpoint(journey, operation->value);
    if (found != NONE)
        session_select(session, found);
    arena_finish(&scratch);
}

static void follow(struct session *session, struct revision *before,
                   const struct operation *operations, size_t count)
{
    session_changed(session, before, any_measured(operations, count));
    if (count > 0)
        select_new(session, &operations[0]);
    struct error err;
    error_init(&err);
    if (session->live && !session_save(session, &err))
        session_complain(session, &err);
    tell_journal(session);
}

bool session_do(struct session *session, const struct operation *operations, size_t count,
                bool join, struct error *err)
{
    if (!session_has_map(session))
        return error_set(err, _("no map is open: Enter opens the selected one"));
    struct revision *before = revision_hold(session->document.now);
    if (!document_do(&session->document, operations, count, join, err)) {
        revision_release(before);
        return false;
    }
    follow(session, before, operations, count);
    return true;
}

typedef const struct step *stepper(struct document *document, struct error *err);

static bool step_to(struct session *session, stepper *go, const char *format, struct error *err)
{
    struct revision *before = revision_hold(session->document.now);
    const struct step *step = go(&session->document, err);
    if (step == NULL) {
        revision_release(before);
        session_touch(session);
        return false;
    }
    struct arena scratch = { 0 };
    const char *line = step_line(&scratch, step);
    session_changed(session, before, any_measured(step->operations, step->count));
    select_touched(session, step);
    session_say(session, "%s", arena_printf(&scratch, format, line));
    arena_finish(&scratch);
    if (session->live)
        return session_save(session, err);
    tell_journal(session);
    return true;
}

bool session_undo(struct session *session, struct error *err)
{
    return step_to(session, document_undo, _("undone: %s"), err);
}

bool session_redo(struct session *session, struct error *err)
{
    return step_to(session, document_redo, _("done again: %s"), err);
}

/* ---- Saving ---------------------------------------------------------------------------------- */

bool session_save(struct session *session, struct error *err)
{
    struct arena scratch = { 0 };
    size_t conflicts = session->document.conflict_count;
    struct revision *before = revision_hold(session->document.now);
    const char *kept;
    bool saved = document_save(&session->document, &scratch, &kept, err);
    if (kept != NULL)
        session_say(session, _("another program wrote '%s' while it was saved; its text is kept "
                               "in '%s'"),
                    session->map_path, kept);
    bool merged = !digest_equal(before->digest, session->document.now->digest);
    if (merged)
        session_changed(session, before, true);
    else
        revision_release(before);
    session_touch(session);
    if (session->document.conflict_count > conflicts)
        session_show_conflicts(session);
    arena_finish(&scratch);
    return saved;
}

const char *session_unsaved(const struct session *session, struct arena *arena)
{
    const struct document *document = &session->document;
    if (document->conflict_count > 0)
        return arena_printf(arena, ngettext("%zu conflict", "%zu conflicts",
                                            document->conflict_count),
                            document->conflict_count);
    if (document_is_saved(document))
        return NULL;
    return arena_printf(arena, ngettext("%zu unsaved", "%zu unsaved", document->unsaved_count),
                        document->unsaved_count);
}

void session_show_conflicts(struct session *session)
{
    if (session->document.conflict_count == 0) {
        if (session->mode == MODE_CONFLICT)
            session_leave(session);
        return;
    }
    if (session->conflict >= session->document.conflict_count)
        session->conflict = session->document.conflict_count - 1;
    session_enter(session, MODE_CONFLICT);
}

/* ---- What a crash left ----------------------------------------------------------------------- */

void session_find_left(struct session *session, const char *folder)
{
    arena_reset(&session->left_arena);
    session->left = (struct left_behind){ 0 };
    if (!journal_find(&session->left_arena, session->map_path, folder, &session->left))
        return;
    session->list = (struct list){ .kind = LIST_LEFT };
    session_enter(session, MODE_LIST);
}
