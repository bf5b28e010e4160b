/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is computed from the map and the figures, once and not for every frame. */

#include <stellwerk/app/state.h>

#include <stellwerk/insight/contents.h>
#include <stellwerk/insight/promises.h>
#include <stellwerk/insight/silos.h>

/* Everybody side by side, with what there is of figures. */
static void compare(struct session *session)
{
    struct arena *arena = &session->reading_arena;
    const struct journey *journey = session_journey(session);
    const struct lookup *alone = session->alone;
    bool measured = alone != NULL && alone->sides.items != NULL;
    struct contrasts *contrasts = arena_alloc(arena, sizeof(*contrasts));
    session->sides = sides_new(arena, journey, &session->lens, measured ? alone->sides.items : NULL,
                               measured ? alone->sides.everybody : NULL);
    *contrasts = contrasts_new(arena, journey, session->sides);
    session->contrasts = contrasts;
}

static void find_silos(struct session *session)
{
    struct arena *arena = &session->reading_arena;
    session->silos = silos_new(arena, session_journey(session));
    session->contents = content_plan_new(arena, session_journey(session));
}

static void find_promises(struct session *session)
{
    struct promises *promises = arena_alloc(&session->reading_arena, sizeof(*promises));
    *promises = promises_new(&session->reading_arena, session_journey(session), session->readings,
                             session->voices != NULL ? &session->voices->voices : NULL);
    session->promises = promises;
}

void session_read_anew(struct session *session)
{
    arena_reset(&session->reading_arena);
    session->readings = readings_new(&session->reading_arena, session_journey(session),
                                     session->figures, &session->lens);
    session->board = board_new(
        &session->reading_arena, session_journey(session), session->figures, session->readings,
        session->trials != NULL ? &session->trials->trials : NULL, time_day(session->now));
    session->sides = NULL;
    session->contrasts = NULL;
    session->silos = NULL;
    session->promises = NULL;
    session->contents = NULL;
    if (session_shows(session, "personas"))
        compare(session);
    if (session_shows(session, "silos"))
        find_silos(session);
    if (session_shows(session, "promises"))
        find_promises(session);
    session_reduce(session);
}
