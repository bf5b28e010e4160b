/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/reduction.h>

#include <math.h>
#include <string.h>

void fates_set(int *fates, size_t count, int touchpoint, int fate)
{
    for (size_t i = 0; i < count && fate != FATE_KEPT; i++)
        if (fates[i] == touchpoint)
            fates[i] = fate == FATE_REMOVED || fate == (int)i ? FATE_KEPT : fate;
    fates[touchpoint] = fate;
    if (fate >= 0)
        fates[fate] = FATE_KEPT;
}

int fates_neighbour(const int *fates, size_t count, int touchpoint, int by)
{
    for (int at = touchpoint + by; at >= 0 && at < (int)count; at += by)
        if (fates[at] == FATE_KEPT)
            return at;
    return NONE;
}

size_t fates_count(const int *fates, size_t count, bool merged)
{
    size_t found = 0;
    for (size_t i = 0; fates != NULL && i < count; i++)
        found += merged ? fates[i] >= 0 : fates[i] == FATE_REMOVED;
    return found;
}

/* ---- The journey after ------------------------------------------------------------------- */

struct taking_away {
    struct arena *arena;
    const struct journey *from;
    const int *fates;
    struct journey *to;
    int *places; /* of each old touchpoint in the new journey, or of what it is merged into; NONE */
};

/* More is more than nothing said. */
static double larger(double a, double b)
{
    return isnan(a) || b > a ? b : a;
}

static void keep_touchpoints(struct taking_away *work, int *origins)
{
    const struct journey *from = work->from;
    struct journey *to = work->to;
    for (size_t i = 0; i < from->touchpoint_count; i++) {
        work->places[i] = NONE;
        if (work->fates[i] != FATE_KEPT)
            continue;
        origins[to->touchpoint_count] = (int)i;
        work->places[i] = (int)to->touchpoint_count;
        to->touchpoints[to->touchpoint_count++] = from->touchpoints[i];
    }
    for (size_t i = 0; i < from->touchpoint_count; i++) {
        if (work->fates[i] < 0)
            continue;
        const struct touchpoint *gone = &from->touchpoints[i];
        work->places[i] = work->places[work->fates[i]];
        struct touchpoint *into = &to->touchpoints[work->places[i]];
        into->importance = larger(into->importance, gone->importance);
        into->moment_of_truth |= gone->moment_of_truth;
    }
}

static void shrink_stages(struct taking_away *work)
{
    struct journey *to = work->to;
    size_t next = 0;
    to->stages = arena_array(work->arena, to->stage_count, sizeof(*to->stages));
    for (size_t i = 0; i < to->stage_count; i++) {
        const struct stage *old = &work->from->stages[i];
        to->stages[i] = *old;
        to->stages[i].first = next;
        to->stages[i].count = 0;
        for (size_t k = old->first; k < old->first + old->count; k++)
            to->stages[i].count += work->fates[k] == FATE_KEPT;
        next += to->stages[i].count;
    }
}

/* A touchpoint that took in its neighbour is passed once. */
static void shorten_route(struct taking_away *work, struct route *route)
{
    const struct indices old = route->through;
    route->through.items = arena_array(work->arena, old.count, sizeof(int));
    route->through.count = 0;
    for (size_t i = 0; i < old.count; i++) {
        int place = work->places[old.items[i]];
        size_t count = route->through.count;
        if (place != NONE && (count == 0 || route->through.items[count - 1] != place))
            route->through.items[route->through.count++] = place;
    }
}

static void shorten_routes(struct taking_away *work)
{
    struct journey *to = work->to;
    size_t kept = 0;
    to->routes = arena_array(work->arena, to->route_count, sizeof(*to->routes));
    for (size_t i = 0; i < to->route_count; i++) {
        to->routes[kept] = work->from->routes[i];
        shorten_route(work, &to->routes[kept]);
        kept += to->routes[kept].through.count > 0;
    }
    to->route_count = kept;
}

static void keep_budgets(struct taking_away *work)
{
    struct journey *to = work->to;
    size_t kept = 0;
    to->budgets = arena_array(work->arena, to->budget_count, sizeof(*to->budgets));
    for (size_t i = 0; i < to->budget_count; i++) {
        struct budget budget = work->from->budgets[i];
        if (budget.touchpoint != NONE && work->fates[budget.touchpoint] != FATE_KEPT)
            continue;
        if (budget.touchpoint != NONE)
            budget.touchpoint = work->places[budget.touchpoint];
        to->budgets[kept++] = budget;
    }
    to->budget_count = kept;
}

struct journey *journey_reduced(struct arena *arena, const struct journey *journey,
                                const int *fates, int **origins)
{
    struct taking_away work = { .arena = arena, .from = journey, .fates = fates };
    int *from = arena_array(arena, journey->touchpoint_count, sizeof(*from));
    work.to = arena_alloc(arena, sizeof(*work.to));
    work.places = arena_array(arena, journey->touchpoint_count, sizeof(*work.places));
    *work.to = *journey;
    work.to->touchpoint_count = 0;
    work.to->touchpoints =
        arena_array(arena, journey->touchpoint_count, sizeof(*work.to->touchpoints));
    keep_touchpoints(&work, from);
    shrink_stages(&work);
    shorten_routes(&work);
    keep_budgets(&work);
    if (origins != NULL)
        *origins = from;
    return work.to;
}
