/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "portfolio.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/insight/multiple.h>

/* ---- Who is the same as whom ---------------------------------------------------------- */

static int compare_places(const void *a, const void *b)
{
    const struct shared_place *x = a, *y = b;
    int order = strcmp(x->at->id, y->at->id);
    return order != 0 ? order : x->map < y->map ? -1 : x->map > y->map;
}

/* Every touchpoint of every map, those of one id together. */
static struct shared_place *list_places(struct arena *arena, const struct portfolio *portfolio,
                                        size_t *count)
{
    size_t total = 0;
    for (size_t i = 0; i < portfolio->count; i++)
        total += portfolio->maps[i] != NULL ? portfolio->maps[i]->count : 0;
    struct shared_place *places = arena_array(arena, total, sizeof(*places));
    *count = 0;
    for (size_t i = 0; i < portfolio->count; i++)
        for (size_t k = 0; portfolio->maps[i] != NULL && k < portfolio->maps[i]->count; k++)
            places[(*count)++] = (struct shared_place){ i, &portfolio->maps[i]->touchpoints[k] };
    if (*count > 0)
        qsort(places, *count, sizeof(*places), compare_places);
    return places;
}

static size_t length_of_run(const struct shared_place *places, size_t count)
{
    size_t length = 1;
    while (length < count && strcmp(places[length].at->id, places[0].at->id) == 0)
        length++;
    return length;
}

/* ---- How they differ ------------------------------------------------------------------ */

static double score_of(const struct portfolio_touchpoint *touchpoint)
{
    return isnan(touchpoint->felt) ? touchpoint->measured.score : touchpoint->felt;
}

static void compare(struct arena *arena, struct shared_touchpoint *shared)
{
    struct measured_score *scores = arena_array(arena, shared->count, sizeof(*scores));
    double lowest = INFINITY;
    for (size_t i = 0; i < shared->count; i++) {
        const struct portfolio_touchpoint *at = shared->places[i].at;
        shared->titles_differ |= strcmp(at->title, shared->title) != 0;
        shared->felt_low = fmin(shared->felt_low, at->felt);
        shared->felt_high = fmax(shared->felt_high, at->felt);
        scores[i] = (struct measured_score){ at->measured.score, at->measured.se };
        shared->measured += !isnan(at->measured.score);
        if (score_of(at) < lowest) {
            lowest = score_of(at);
            shared->weakest = i;
        }
    }
    shared->apart = heterogeneity_of(scores, shared->count);
}

static int compare_shared(const void *a, const void *b)
{
    const struct shared_touchpoint *x = a, *y = b;
    if (x->sure != y->sure)
        return x->sure ? -1 : 1;
    if (x->sure && x->apart.tau != y->apart.tau)
        return x->apart.tau > y->apart.tau ? -1 : 1;
    double here = x->felt_high - x->felt_low, there = y->felt_high - y->felt_low;
    if (isnan(here) != isnan(there))
        return isnan(here) ? 1 : -1;
    if (!isnan(here) && here != there)
        return here > there ? -1 : 1;
    return strcmp(x->id, y->id);
}

static void adjust(struct arena *arena, struct portfolio *portfolio)
{
    double *p = arena_array(arena, portfolio->shared_count, sizeof(*p));
    for (size_t i = 0; i < portfolio->shared_count; i++)
        p[i] = portfolio->shared[i].apart.p;
    adjust_p_values(p, portfolio->shared_count, p);
    for (size_t i = 0; i < portfolio->shared_count; i++) {
        portfolio->shared[i].p_adjusted = p[i];
        portfolio->shared[i].sure = p[i] <= CHANGE_SURE;
    }
}

void portfolio_share(struct arena *arena, struct portfolio *portfolio)
{
    size_t count, length, capacity = 0;
    struct shared_place *places = list_places(arena, portfolio, &count);
    for (size_t i = 0; i < count; i += length) {
        length = length_of_run(&places[i], count - i);
        if (length < 2)
            continue;
        portfolio->shared = arena_grow(arena, portfolio->shared, portfolio->shared_count, &capacity,
                                       sizeof(*portfolio->shared));
        struct shared_touchpoint *shared = &portfolio->shared[portfolio->shared_count++];
        *shared = (struct shared_touchpoint){
            .id = places[i].at->id,
            .title = places[i].at->title,
            .places = &places[i],
            .count = length,
            .felt_low = NAN,
            .felt_high = NAN,
        };
        compare(arena, shared);
    }
    adjust(arena, portfolio);
    if (portfolio->shared_count > 0)
        qsort(portfolio->shared, portfolio->shared_count, sizeof(*portfolio->shared),
              compare_shared);
}
