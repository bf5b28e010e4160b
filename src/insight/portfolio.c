/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "portfolio.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/insight/board.h>
#include <stellwerk/insight/composite.h>

/* ---- A map as a row ------------------------------------------------------------------ */

static struct portfolio_touchpoint touchpoint_of(struct arena *arena,
                                                 const struct touchpoint *touchpoint,
                                                 const struct reading *reading)
{
    struct portfolio_touchpoint out = {
        .id = arena_strdup(arena, touchpoint->id),
        .title = arena_strdup(arena, touchpoint->title),
        .felt = reading_felt(reading),
        .measured = reading->measured,
    };
    out.gap = reading_gap(reading, &out.gap_measured);
    return out;
}

static double mean_gap(struct arena *arena, const struct readings *readings)
{
    struct composite_part *parts = arena_array(arena, readings->count, sizeof(*parts));
    for (size_t i = 0; i < readings->count; i++)
        parts[i] = (struct composite_part){ reading_gap(&readings->items[i], NULL).value, NAN,
                                            readings->items[i].importance };
    return composite_of(parts, readings->count).mean;
}

static void count_opportunities(const struct journey *journey, int32_t today,
                                struct portfolio_map *out)
{
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        for (size_t k = 0; k < journey->touchpoints[i].opportunity_count; k++) {
            const struct opportunity *opportunity = &journey->touchpoints[i].opportunities[k];
            out->open += !opportunity_is_over(opportunity);
            out->overdue += opportunity_is_overdue(opportunity, today);
        }
}

static void tell_errors(struct arena *arena, const struct diag_list *findings,
                        struct portfolio_map *out)
{
    out->errors = findings->errors;
    for (size_t i = 0; i < findings->count && out->problem == NULL; i++) {
        const struct diag *diag = &findings->items[i];
        if (diag->severity != SEVERITY_ERROR)
            continue;
        out->problem = diag->pos.line > 0
                           ? arena_printf(arena, "%u: %s", diag->pos.line, diag->text)
                           : arena_strdup(arena, diag->text);
    }
}

static const char *copied(struct arena *arena, const char *text)
{
    return text != NULL ? arena_strdup(arena, text) : NULL;
}

struct portfolio_map *portfolio_map_new(struct arena *arena, const struct journey *journey,
                                        const struct diag_list *findings,
                                        const struct figures *figures, int32_t today)
{
    const struct lens everybody = { .persona = NONE, .context = NONE };
    struct arena scratch = { 0 };
    const struct readings *readings = readings_new(&scratch, journey, figures, &everybody);
    struct portfolio_map *out = arena_alloc(arena, sizeof(*out));
    *out = (struct portfolio_map){
        .readable = true,
        .title = arena_strdup(arena, journey->title),
        .owner = copied(arena, journey->owner),
        .kind = journey->kind,
        .phase = journey->phase,
        .touchpoints = arena_array(arena, readings->count, sizeof(*out->touchpoints)),
        .count = readings->count,
        .score = readings->score,
        .weakest = readings->weakest,
        .gap = mean_gap(&scratch, readings),
        .reviewed = journey->reviewed,
        .review_due = journey_review_due(journey),
        .has_store = journey->store != NULL,
        .newest = figures != NULL ? figures->newest : TIME_NONE,
    };
    for (size_t i = 0; i < out->count; i++)
        out->touchpoints[i] = touchpoint_of(arena, &journey->touchpoints[i], &readings->items[i]);
    count_opportunities(journey, today, out);
    tell_errors(arena, findings, out);
    arena_finish(&scratch);
    return out;
}

struct portfolio_map *portfolio_map_broken(struct arena *arena, const struct diag_list *findings)
{
    struct portfolio_map *out = arena_alloc(arena, sizeof(*out));
    *out = (struct portfolio_map){
        .score = NAN,
        .weakest = NONE,
        .gap = NAN,
        .reviewed = DAY_NONE,
        .review_due = DAY_NONE,
        .newest = TIME_NONE,
    };
    tell_errors(arena, findings, out);
    return out;
}

int32_t portfolio_days_overdue(const struct portfolio_map *map, int32_t today)
{
    return map->review_due == DAY_NONE || map->review_due >= today ? 0 : today - map->review_due;
}

/* ---- The order ------------------------------------------------------------------------ */

static const char *const sort_names[PORTFOLIO_SORTS] = {
    [PORTFOLIO_BY_NAME] = "name",       [PORTFOLIO_BY_SCORE] = "score",
    [PORTFOLIO_BY_WEAKEST] = "weakest", [PORTFOLIO_BY_REVIEW] = "review",
    [PORTFOLIO_BY_OPEN] = "open",       [PORTFOLIO_BY_AGE] = "age",
    [PORTFOLIO_BY_PHASE] = "phase",
};

const char *portfolio_sort_name(enum portfolio_sort sort)
{
    return sort_names[sort];
}

int portfolio_sort_find(const char *name)
{
    for (int i = 0; i < PORTFOLIO_SORTS; i++)
        if (strcmp(sort_names[i], name) == 0)
            return i;
    return -1;
}

static double weakest_score(const struct portfolio_map *map)
{
    return map->weakest == NONE ? NAN : map->touchpoints[map->weakest].felt;
}

/* What a map is sorted by, the least first; NAN comes last. */
static double key_of(const struct portfolio_map *map, enum portfolio_sort sort)
{
    switch (sort) {
    case PORTFOLIO_BY_SCORE:
        return map->score;
    case PORTFOLIO_BY_WEAKEST:
        return weakest_score(map);
    case PORTFOLIO_BY_REVIEW:
        return map->review_due == DAY_NONE ? NAN : map->review_due;
    case PORTFOLIO_BY_OPEN:
        return -(double)map->open - 1e6 * (double)map->overdue;
    case PORTFOLIO_BY_AGE:
        return map->newest == TIME_NONE ? NAN : (double)map->newest;
    case PORTFOLIO_BY_PHASE:
        return map->phase == PHASE_NONE ? NAN : (double)map->phase;
    case PORTFOLIO_BY_NAME:
    case PORTFOLIO_SORTS:
        break;
    }
    return 0;
}

struct place {
    size_t map;
    int group; /* 0: read, 1: broken, 2: not read yet */
    double key;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->group != y->group)
        return x->group - y->group;
    if (isnan(x->key) != isnan(y->key))
        return isnan(x->key) ? 1 : -1;
    if (!isnan(x->key) && x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->map < y->map ? -1 : x->map > y->map; /* maps come sorted by name */
}

static size_t *order_of(struct arena *arena, const struct portfolio *portfolio,
                        enum portfolio_sort sort)
{
    struct place *places = arena_array(arena, portfolio->count, sizeof(*places));
    size_t *order = arena_array(arena, portfolio->count, sizeof(*order));
    for (size_t i = 0; i < portfolio->count; i++) {
        const struct portfolio_map *map = portfolio->maps[i];
        places[i].map = i;
        if (sort == PORTFOLIO_BY_NAME)
            continue;
        places[i].group = map == NULL ? 2 : map->readable ? 0 : 1;
        places[i].key = places[i].group == 0 ? key_of(map, sort) : 0;
    }
    if (portfolio->count > 0)
        qsort(places, portfolio->count, sizeof(*places), compare_places);
    for (size_t i = 0; i < portfolio->count; i++)
        order[i] = places[i].map;
    return order;
}

/* ---- All of it ------------------------------------------------------------------------ */

static void count_map(struct portfolio *portfolio, const struct portfolio_map *map, int32_t today)
{
    portfolio->read++;
    portfolio->broken += !map->readable;
    portfolio->reviews_overdue += portfolio_days_overdue(map, today) > 0;
    portfolio->open += map->open;
    portfolio->open_overdue += map->overdue;
}

struct portfolio *portfolio_new(struct arena *arena, const char *folder,
                                const struct portfolio_map *const *maps, size_t count,
                                enum portfolio_sort sort, int32_t today)
{
    struct portfolio *out = arena_alloc(arena, sizeof(*out));
    *out = (struct portfolio){ .folder = folder, .maps = maps, .count = count };
    for (size_t i = 0; i < count; i++)
        if (maps[i] != NULL)
            count_map(out, maps[i], today);
    out->order = order_of(arena, out, sort);
    portfolio_share(arena, out);
    return out;
}
