/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changing the map. Everything goes through operations, so it can be undone, and said in words. */

#include "commands.h"

#include <string.h>

#include <stellwerk/app/state.h>
#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/mapfile/form.h>

/* ---- Operations as they are -------------------------------------------------------------------*/

/* `set ticket.title At the machine`: where nothing but a value can follow, it needs no quotes. */
static bool is_loose_set(const struct call *call)
{
    return strcmp(call->command->name, "set") == 0 && call->count > 2 &&
           strchr(call->rest, '"') == NULL;
}

static void read_loose_set(struct arena *arena, const struct call *call,
                           struct operation *operation)
{
    const char *value = call->rest + strcspn(call->rest, " \t");
    value += strspn(value, " \t");
    size_t length = strlen(value);
    while (length > 0 && strchr(" \t", value[length - 1]) != NULL)
        length--;
    *operation = (struct operation){
        .verb = VERB_SET,
        .address = call->words[0],
        .value = arena_strndup(arena, value, length),
    };
}

/* `insert ticket.pains "too loud"`: the command line is the operation. */
bool change_operation(struct session *session, const struct call *call, struct error *err)
{
    struct arena scratch = { 0 };
    struct operation operation;
    const char *line = arena_printf(&scratch, "%s %s", call->command->name, call->rest);
    bool done = true;
    if (is_loose_set(call))
        read_loose_set(&scratch, call, &operation);
    else
        done = operation_parse_line(&scratch, line, &operation, err);
    done = done && session_do(session, &operation, 1, false, err);
    arena_finish(&scratch);
    return done;
}

bool change_undo(struct session *session, const struct call *, struct error *err)
{
    return session_undo(session, err);
}

bool change_redo(struct session *session, const struct call *, struct error *err)
{
    return session_redo(session, err);
}

/* ---- The selected touchpoint ------------------------------------------------------------------*/

static const struct touchpoint *selected(const struct session *session, struct error *err)
{
    int touchpoint = session->options.selected;
    if (touchpoint != NONE)
        return &session_journey(session)->touchpoints[touchpoint];
    error_set(err, _("no touchpoint is selected"));
    return NULL;
}

bool change_remove(struct session *session, const struct call *, struct error *err)
{
    const struct touchpoint *touchpoint = selected(session, err);
    if (touchpoint == NULL)
        return false;
    struct arena scratch = { 0 };
    const char *title = arena_strdup(&scratch, touchpoint->title);
    struct operation operation = {
        .verb = VERB_DELETE,
        .address = arena_printf(&scratch, "touchpoint/%s", touchpoint->id),
    };
    bool done = session_do(session, &operation, 1, false, err);
    if (done)
        session_say(session, _("'%s' is gone; u brings it back"), title);
    arena_finish(&scratch);
    return done;
}

static bool move_thing(struct session *session, const char *address, struct place place,
                       struct error *err)
{
    struct operation operation = { .verb = VERB_MOVE, .address = address, .place = place };
    return session_do(session, &operation, 1, false, err);
}

/* Beside its neighbour, or over the border into the stage beyond. */
static bool place_beside(const struct journey *journey, int touchpoint, int by, struct place *out)
{
    const struct touchpoint *at = &journey->touchpoints[touchpoint];
    const struct stage *stage = &journey->stages[at->stage];
    int beside = touchpoint + by;
    if (beside >= (int)stage->first && beside < (int)(stage->first + stage->count)) {
        *out = (struct place){
            .kind = by < 0 ? PLACE_BEFORE : PLACE_AFTER,
            .id = journey->touchpoints[beside].id,
        };
        return true;
    }
    int next = at->stage + by;
    if (next < 0 || next >= (int)journey->stage_count)
        return false;
    const struct stage *into = &journey->stages[next];
    if (by < 0 || into->count == 0)
        *out = (struct place){ .kind = PLACE_INTO, .id = into->id };
    else
        *out = (struct place){ .kind = PLACE_BEFORE, .id = journey->touchpoints[into->first].id };
    return true;
}

static int direction(const struct call *call)
{
    return strcmp(call->words[0], "left") == 0 ? -1 : 1;
}

bool change_carry(struct session *session, const struct call *call, struct error *err)
{
    if (session->mode == MODE_FORM)
        return sheet_carry(session, direction(call), err);
    const struct journey *journey = session_journey(session);
    const struct touchpoint *touchpoint = selected(session, err);
    struct place place;
    if (touchpoint == NULL)
        return false;
    if (!place_beside(journey, session->options.selected, direction(call), &place))
        return error_set(err, _("there is no stage beyond this one"));
    struct arena scratch = { 0 };
    const char *address = arena_printf(&scratch, "touchpoint/%s", touchpoint->id);
    bool done = move_thing(session, address, place, err);
    arena_finish(&scratch);
    return done;
}

bool change_carry_stage(struct session *session, const struct call *call, struct error *err)
{
    const struct journey *journey = session_journey(session);
    const struct touchpoint *touchpoint = selected(session, err);
    if (touchpoint == NULL)
        return false;
    int by = direction(call), beside = touchpoint->stage + by;
    if (beside < 0 || beside >= (int)journey->stage_count)
        return error_set(err, _("there is no stage beyond this one"));
    struct arena scratch = { 0 };
    struct place place = {
        .kind = by < 0 ? PLACE_BEFORE : PLACE_AFTER,
        .id = journey->stages[beside].id,
    };
    const char *address =
        arena_printf(&scratch, "stage/%s", journey->stages[touchpoint->stage].id);
    bool done = move_thing(session, address, place, err);
    arena_finish(&scratch);
    return done;
}

/* ---- New things -------------------------------------------------------------------------------*/

static const struct {
    const char *word;
    enum space space;
} kinds[] = {
    { .word = "touchpoint", .space = SPACE_TOUCHPOINT },
    { .word = "stage", .space = SPACE_STAGE },
    { .word = "persona", .space = SPACE_PERSONA },
    { .word = "context", .space = SPACE_CONTEXT },
    { .word = "channel", .space = SPACE_CHANNEL },
    { .word = "metric", .space = SPACE_METRIC },
    { .word = "route", .space = SPACE_ROUTE },
};

/* The stage that was made last, while nothing is in it: what is made next belongs there. */
static const char *new_stage(const struct session *session)
{
    const struct document *document = &session->document;
    const struct step *step = document->done > 0 ? document->steps[document->done - 1] : NULL;
    if (step == NULL || step->count == 0 || step->operations[0].verb != VERB_INSERT ||
        strncmp(step->operations[0].address, "stage/", 6) != 0)
        return NULL;
    const struct journey *journey = session_journey(session);
    int stage = journey_find_stage(journey, step->operations[0].address + 6);
    return stage != NONE && journey->stages[stage].count == 0 ? journey->stages[stage].id : NULL;
}

/* New columns stand behind the one that is selected. */
static struct place place_of_new(const struct session *session, enum space space)
{
    const struct journey *journey = session_journey(session);
    struct place place = { .kind = PLACE_NONE };
    const char *stage = space == SPACE_TOUCHPOINT ? new_stage(session) : NULL;
    if (stage != NULL)
        return (struct place){ .kind = PLACE_INTO, .id = stage };
    if (session->options.selected == NONE)
        return place;
    const struct touchpoint *touchpoint = &journey->touchpoints[session->options.selected];
    place.kind = PLACE_AFTER;
    if (space == SPACE_TOUCHPOINT)
        place.id = touchpoint->id;
    else if (space == SPACE_STAGE)
        place.id = journey->stages[touchpoint->stage].id;
    else
        place.kind = PLACE_NONE;
    return place;
}

bool change_new(struct session *session, const struct call *call, struct error *err)
{
    size_t kind = 0;
    while (kind < ARRAY_LEN(kinds) && strcmp(kinds[kind].word, call->words[0]) != 0)
        kind++;
    if (kind == ARRAY_LEN(kinds))
        return values_refuse(session_journey(session), call, 0, err);
    const char *title = call->rest + strlen(call->words[0]);
    title += strspn(title, " \t");
    struct arena scratch = { 0 };
    struct operation operation;
    bool done =
        form_new(&scratch, session_journey(session), kinds[kind].space, title, &operation, err);
    if (done) {
        operation.place = place_of_new(session, kinds[kind].space);
        done = session_do(session, &operation, 1, false, err);
    }
    arena_finish(&scratch);
    return done;
}
