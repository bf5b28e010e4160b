/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/drag.h>

#include <math.h>
#include <string.h>

#include <stellwerk/base/i18n.h>

static const struct {
    const char *word, *name;
} handles[HANDLE_COUNT] = {
    [HANDLE_EXPERIENCE] = { .word = "experience", .name = N_("experience") },
    [HANDLE_DESIRED] = { .word = "desired", .name = N_("what is desired") },
    [HANDLE_ADEQUATE] = { .word = "adequate", .name = N_("what is just adequate") },
    [HANDLE_PROMISE] = { .word = "promise", .name = N_("promise") },
    [HANDLE_STANDARD] = { .word = "standard", .name = N_("own standard") },
};

/* How far from each other the edges of a new expectation are. */
static const int zone = 20;

const char *handle_name(enum handle handle)
{
    return handles[handle].name;
}

const char *handle_word(enum handle handle)
{
    return handles[handle].word;
}

int handle_find(const char *word)
{
    for (int i = HANDLE_EXPERIENCE; i < HANDLE_COUNT; i++) {
        if (strcmp(handles[i].word, word) == 0)
            return i;
    }
    return -1;
}

/* The key under which a map says something for a lens: "anna@hurried", "all". */
static const char *scope(struct arena *arena, const struct journey *journey,
                         const struct lens *lens)
{
    const char *persona =
        lens->persona != NONE ? journey->personas[lens->persona].id : "all";
    if (lens->context == NONE)
        return persona;
    return arena_printf(arena, "%s@%s", persona, journey->contexts[lens->context].id);
}

static int clamped(int score)
{
    return score < 0 ? 0 : score > 100 ? 100 : score;
}

static bool is_for(const struct scope *scope, const struct lens *lens)
{
    return scope->persona == lens->persona && scope->context == lens->context;
}

/* A score alone needs no more than a number; what else is said beside it stays. */
static const char *experience_address(struct arena *arena, const struct journey *journey,
                                      const struct lens *lens, const struct touchpoint *touchpoint)
{
    bool stated = false;
    for (size_t i = 0; i < touchpoint->experience_count; i++)
        stated = stated || is_for(&touchpoint->experiences[i].scope, lens);
    return arena_printf(arena, "%s.experience.%s%s", touchpoint->id, scope(arena, journey, lens),
                        stated ? ".score" : "");
}

static const struct expectation *stated_for(const struct touchpoint *touchpoint,
                                            const struct lens *lens)
{
    for (size_t i = 0; i < touchpoint->expectation_count; i++) {
        const struct expectation *item = &touchpoint->expectations[i];
        if (is_for(&item->scope, lens))
            return item;
    }
    return NULL;
}

/* Both edges of a zone that is not there yet. */
static const char *new_zone(struct arena *arena, const struct reading *reading,
                            enum handle handle, int score)
{
    bool desired = handle == HANDLE_DESIRED;
    double other = desired ? reading->adequate : reading->desired;
    int away = clamped(desired ? score - zone : score + zone);
    int beside = isnan(other) ? away : (int)lround(other);
    if (desired ? beside > score : beside < score)
        beside = score;
    return arena_printf(arena, "{adequate: %d, desired: %d}", desired ? beside : score,
                        desired ? score : beside);
}

static struct operation set_edge(struct arena *arena, const char *address,
                                 const struct expectation *stated, const struct reading *reading,
                                 enum handle handle, int score)
{
    struct operation operation = { .verb = VERB_SET, .address = address };
    if (stated == NULL) {
        operation.value = new_zone(arena, reading, handle, score);
        return operation;
    }
    bool desired = handle == HANDLE_DESIRED;
    double other = desired ? stated->adequate : stated->desired;
    if (desired ? score < other : score > other)
        score = (int)lround(other);
    operation.address = arena_printf(arena, "%s.%s", address, desired ? "desired" : "adequate");
    operation.value = arena_printf(arena, "%d", score);
    return operation;
}

struct operation handle_set(struct arena *arena, const struct journey *journey,
                            const struct lens *lens, int touchpoint,
                            const struct reading *reading, enum handle handle, int score)
{
    const struct touchpoint *at = &journey->touchpoints[touchpoint];
    const char *number = arena_printf(arena, "%d", clamped(score));
    struct operation operation = { .verb = VERB_SET, .value = number };
    switch (handle) {
    case HANDLE_EXPERIENCE:
        operation.address = experience_address(arena, journey, lens, at);
        break;
    case HANDLE_DESIRED:
    case HANDLE_ADEQUATE:
        operation.address =
            arena_printf(arena, "%s.expectation.%s", at->id, scope(arena, journey, lens));
        return set_edge(arena, operation.address, stated_for(at, lens), reading, handle,
                        clamped(score));
    case HANDLE_PROMISE:
        operation.address = arena_printf(arena, "%s.promise.score", at->id);
        break;
    case HANDLE_STANDARD:
    case HANDLE_NONE:
    case HANDLE_COUNT:
        operation.address = arena_printf(arena, "%s.standard", at->id);
        break;
    }
    return operation;
}

struct operation handle_unset(struct arena *arena, const struct journey *journey,
                              const struct lens *lens, int touchpoint, enum handle handle)
{
    const char *id = journey->touchpoints[touchpoint].id;
    const char *where = scope(arena, journey, lens);
    struct operation operation = { .verb = VERB_UNSET };
    switch (handle) {
    case HANDLE_EXPERIENCE:
        operation.address = arena_printf(arena, "%s.experience.%s", id, where);
        break;
    case HANDLE_DESIRED:
    case HANDLE_ADEQUATE:
        operation.address = arena_printf(arena, "%s.expectation.%s", id, where);
        break;
    case HANDLE_PROMISE:
        operation.address = arena_printf(arena, "%s.promise", id);
        break;
    case HANDLE_STANDARD:
    case HANDLE_NONE:
    case HANDLE_COUNT:
        operation.address = arena_printf(arena, "%s.standard", id);
        break;
    }
    return operation;
}
