/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a journey was designed to go: the columns of the map in order, or its routes, and how far
 * from that a journey went. Private to insight/.
 */
#ifndef STELLWERK_SRC_INSIGHT_DESIGN_H
#define STELLWERK_SRC_INSIGHT_DESIGN_H

#include <stellwerk/insight/paths.h>

struct design {         /* one way through the map */
    int route;          /* NONE: all columns in order */
    const int *columns; /* touchpoints */
    size_t count;
    size_t required; /* columns that are not optional */
    bool *has;       /* of each touchpoint: it is a column */
};

struct designs {
    const struct journey *journey;
    struct design *items; /* the chosen route alone, or the map and all its routes */
    size_t count;         /* the first is the one that columns are told of; at least 1 */
    int *place;           /* of each touchpoint among the columns of the first; NONE */
    bool *allowed; /* touchpoints × touchpoints: to go from one to the next is as designed */
    int goal;
};

/* How a case stands (paths.h); neither: it is open. */
struct standing {
    bool completed, closed;
};

/* Nothing has happened for too long since the last step of a case that is not completed. */
static inline bool designs_is_closed(const struct paths_options *options,
                                     const struct sequence_step *last)
{
    return options->as_of - last->ts > options->close_after;
}

static inline struct standing designs_standing(const struct designs *designs,
                                               const struct paths_options *options,
                                               const struct sequence *sequence)
{
    struct standing standing = { 0 };
    for (size_t i = 0; i < sequence->count; i++)
        standing.completed |= sequence->steps[i].step == designs->goal;
    standing.closed =
        !standing.completed && designs_is_closed(options, &sequence->steps[sequence->count - 1]);
    return standing;
}

static inline bool is_settled(struct standing standing)
{
    return standing.completed || standing.closed;
}

/* Lives in the arena. */
void designs_init(struct arena *arena, const struct paths_options *options, struct designs *out);

/* The column of a step in the first design; NONE. */
static inline int designs_place(const struct designs *designs, int step)
{
    return (size_t)step < designs->journey->touchpoint_count ? designs->place[step] : NONE;
}

/* Of two steps, PATH_BEGIN and PATH_END among them. */
enum transition designs_transition(const struct designs *designs, int from, int to);

/* 0..1, of the design that fits best, which is told in `out`; `room` has 2 (columns + 1) places
 * for the longest design. */
double designs_fitness(const struct designs *designs, const int *steps, size_t count, size_t *room,
                       int *route);

/* Places that designs_fitness() needs. */
size_t designs_room(const struct designs *designs);

#endif
