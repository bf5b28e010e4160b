/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Reduction view: what is marked to go or to merge, what that would make of the journey, and
 * doing it. */

#include "commands.h"

#include <string.h>

#include <stellwerk/app/state.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/scene/reduction.h>

void session_reduce(struct session *session)
{
    arena_reset(&session->reduction_arena);
    session->reduction = NULL;
    if (session_shows(session, "reduction")) {
        struct stage_set set = session_set(session);
        session->reduction = reduction_of(&session->reduction_arena, &set, session->whatif.fates);
    }
    session_touch(session);
}

void reduction_move(struct session *session, int by)
{
    const struct reduction *reduction = session->reduction;
    if (reduction == NULL || reduction->count == 0)
        return;
    long at = 0, last = (long)reduction->count - 1;
    for (size_t i = 0; i < reduction->count; i++)
        if (reduction->rows[i].touchpoint == session->options.selected)
            at = (long)i;
    long to = at + by;
    to = to > last ? last : to < 0 ? 0 : to;
    session_select(session, reduction->rows[to].touchpoint);
}

/* ---- Marking ------------------------------------------------------------------------------- */

/* The same mark twice takes it back. */
static void mark(struct session *session, int fate)
{
    struct whatif *whatif = &session->whatif;
    int touchpoint = session->options.selected;
    bool again = whatif->fates[touchpoint] == fate ||
                 (fate >= 0 && whatif->fates[touchpoint] >= 0 &&
                  (whatif->fates[touchpoint] < touchpoint) == (fate < touchpoint));
    fates_set(whatif->fates, whatif->count, touchpoint, again ? FATE_KEPT : fate);
}

static bool merge(struct session *session, int by, struct error *err)
{
    const struct whatif *whatif = &session->whatif;
    int into = fates_neighbour(whatif->fates, whatif->count, session->options.selected, by);
    if (into == NONE)
        return error_set(err, _("there is no touchpoint on that side to merge it into"));
    mark(session, into);
    return true;
}

static bool apply(struct session *session, struct error *err)
{
    struct whatif *whatif = &session->whatif;
    struct arena scratch = { 0 };
    struct operation *operations;
    size_t count, gone = fates_count(whatif->fates, whatif->count, false) +
                         fates_count(whatif->fates, whatif->count, true);
    if (gone == 0)
        return error_set(err, _("nothing is marked: x marks a touchpoint to go"));
    bool done = whatif_operations(&scratch, session->document.now, whatif->fates, &operations,
                                  &count, err) &&
                session_do(session, operations, count, false, err);
    arena_finish(&scratch);
    if (done) {
        whatif_clear(whatif);
        session_say(session,
                    ngettext("%zu touchpoint is gone; u brings it back",
                             "%zu touchpoints are gone; u brings all of them back", gone),
                    gone);
    }
    return done;
}

static bool act(struct session *session, const struct call *call, struct error *err)
{
    const char *word = call->words[0];
    if (strcmp(word, "apply") == 0)
        return apply(session, err);
    if (strcmp(word, "none") == 0) {
        whatif_clear(&session->whatif);
        return true;
    }
    if (session->options.selected == NONE)
        return error_set(err, _("no touchpoint is selected"));
    if (strcmp(word, "left") == 0 || strcmp(word, "right") == 0)
        return merge(session, strcmp(word, "left") == 0 ? -1 : 1, err);
    if (strcmp(word, "remove") != 0)
        return values_refuse(session_journey(session), call, 0, err);
    mark(session, FATE_REMOVED);
    return true;
}

bool reduction_what_if(struct session *session, const struct call *call, struct error *err)
{
    bool done = act(session, call, err);
    session_reduce(session);
    return done;
}

/* ---- The benchmark ------------------------------------------------------------------------- */

bool reduction_benchmark(struct session *session, const struct call *call, struct error *err)
{
    bool none = strcmp(call->words[0], "none") == 0;
    const struct operation operation = {
        .verb = none ? VERB_UNSET : VERB_SET,
        .address = none ? "map.benchmark" : "map.benchmark.contacts",
        .value = none ? NULL : call->words[0],
    };
    return session_do(session, &operation, 1, false, err);
}
