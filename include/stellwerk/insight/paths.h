/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The path that customers really take, against the one that was designed.
 *
 * The design is the columns of a map in order, or the touchpoints of a route: its columns here.
 * Optional touchpoints may be left out, repeatable ones may recur, and what some route of the map
 * allows is as designed, too. Cases are added one by one and never kept, so that any number of them
 * can be looked at in little memory; what is found is a finished table.
 *
 * How a case stands:
 * - completed: it met the goal, the last column that is not optional;
 * - closed: it is not completed, and nothing happened for longer than `close_after` before `as_of`;
 * - open: neither. What an open case will still do is not known, so it counts neither as dropped
 *   out nor as fit or unfit, and its waiting is censored.
 *
 * Instants and times are microseconds. Ties in time keep the order in which steps are given. In
 * whatever order cases are added, the same ones make the same table: of variants and ways that are
 * equally frequent, those come first whose steps do, number by number.
 */
#ifndef STELLWERK_INSIGHT_PATHS_H
#define STELLWERK_INSIGHT_PATHS_H

#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/insight/estimate.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/model/sequence.h>

struct paths_options {
    const struct journey *journey; /* outlives the builder */
    int route;           /* whose touchpoints are the columns; NONE: all of the map */
    int goal;            /* touchpoint that completes a case; NONE: paths_goal() */
    int64_t as_of;       /* up to when the data reach: the newest event there is */
    int64_t close_after; /* microseconds */
    size_t variants;     /* told at most, the most frequent ones */
};

/* Ends of a directly-follows arc that are no step. */
#define PATH_BEGIN (-2)
#define PATH_END (-3)

/* One column of the design. A share of two counts has Wilson's interval: proportion.h. */
struct path_column {
    int touchpoint;
    uint64_t present;  /* cases that were here; of all cases */
    uint64_t visits;   /* how often, in all of them */
    uint64_t repeated; /* of `present`: were here more than once */
    uint64_t passed;   /* cases that were at a later column */
    uint64_t skipped;  /* of `passed`: were never here */
    uint64_t skipped_as_designed; /* of `skipped`: it is optional, or a route they kept to lacks
                                     it */
    uint64_t settled;  /* of `present`: completed or closed */
    uint64_t dropped;  /* of `settled`: closed, and this was the last column they were at */
    uint64_t pairs;    /* of `present`: were at a later column, too */
    uint64_t in_order; /* of `pairs`: came here before the next later column they ever were at */
    /* From the first visit to whatever later column came next (Kaplan and Meier 1958): of cases
     * that went on or may still, that is without those closed here. NAN where too few did. */
    struct estimate median, p90;
    uint64_t waiting;  /* open cases, censored at `as_of` */
    bool approximate;  /* more than WAITS_EXACT cases: times are within WAITS_ERROR */
};

#define WAITS_EXACT 20000
#define WAITS_ERROR (1.0 / 256) /* of a time, relative */

enum transition {
    TRANSITION_DESIGNED, /* to a next column, of the map or of a route */
    TRANSITION_JUMP,     /* forward over a column that is not optional */
    TRANSITION_BACK,     /* to an earlier column */
    TRANSITION_LOOP,     /* to the same one, which is not repeatable */
    TRANSITION_OFF,      /* from or to what is not on the design: an activity, another touchpoint */
    TRANSITION_COUNT
};

/* How often a step directly followed another (van der Aalst 2016, section 5.2). */
struct path_arc {
    int from, to; /* steps; PATH_BEGIN, PATH_END */
    enum transition kind;
    uint64_t count;
    uint64_t switches; /* with a change of channel; a step that names none has its touchpoint's */
    uint64_t breaks;   /* of these: a media break (journey.h) */
    double mean_time;  /* microseconds; NAN for the ends */
    /* Of cases that are completed or closed: those for which this was the last thing that
     * happened, without completing. */
    uint64_t settled, dropped, settled_breaks, dropped_breaks;
    double mean_break_time; /* NAN without breaks */
};

/* What many cases did alike, step by step. */
struct path_variant {
    const int *steps;
    size_t count;
    uint64_t cases;
    bool completed;
    double fitness; /* 0..1; NAN where not completed */
    int route;      /* that it fits best; NONE: all columns in order */
};

/* Variants that differ only in how often a step comes again at once are one way. */
struct path_way {
    const int *steps; /* none of them twice in a row */
    size_t count;
    uint64_t cases, completed;
    double fitness; /* mean over the completed ones; NAN without */
    double again;   /* steps that came again at once, a case on average */
};

/* What is done beside the design. */
struct path_detour {
    int step;
    uint64_t events;
    uint64_t cases;
};

struct paths {
    uint64_t cases, events;
    uint64_t completed, closed, open;
    uint64_t closed_elsewhere; /* of `closed`: never on any column, so no column lost them */
    uint64_t detoured;         /* cases with something beside the design */
    int goal;                  /* touchpoint; NONE for a map without touchpoints */
    int64_t as_of, close_after;
    struct path_column *columns;
    size_t column_count;
    struct path_arc *arcs; /* the most frequent first; with PATH_BEGIN and PATH_END */
    size_t arc_count;      /* of these without the ends: `follows_count` */
    size_t follows_count;
    uint64_t follows;      /* transitions between events, all arcs but the ends */
    /* Between columns, with what was done beside the design left out; OFF: how often it was
     * left for a while. */
    uint64_t transitions[TRANSITION_COUNT];
    uint64_t switches, breaks;
    struct path_variant *variants; /* the most frequent first */
    size_t variant_count;
    uint64_t variants_in_all; /* different ones */
    bool variants_cut;        /* there were more than PATHS_VARIANTS_MOST: later ones are not told
                                 apart, and fitness is of those that are */
    struct path_way *ways; /* the most frequent first, at most as many as variants */
    size_t way_count;
    uint64_t ways_in_all;
    struct path_detour *detours; /* the most frequent first */
    size_t detour_count;
    uint64_t fit_cases;       /* completed ones that fitness is the mean of */
    struct estimate fitness;  /* mean over completed cases, 0..1; unknown without */
};

#define PATHS_VARIANTS_MOST 1000000

/* The touchpoint that completes a case where none is chosen: the last column that is not optional,
 * or the last one of all; NONE where there are none. */
int paths_goal(const struct journey *journey, int route);

/* How each step of a case lies to the one before it: `out` has one per step, the first as begun. */
void paths_kinds(const struct paths_options *options, const struct sequence *sequence,
                 enum transition *out);

/* From one step of a case to the next the medium breaks (journey.h). A step that names no channel
 * has its touchpoint's. */
bool paths_step_breaks(const struct journey *journey, const struct sequence_step *from,
                       const struct sequence_step *to);

struct paths_builder;

struct paths_builder *paths_create(const struct paths_options *options);

/* A `sequence_taker`; `data` is the builder. Always true. */
bool paths_add(const struct sequence *sequence, void *data);

/* Adds all cases of another builder with the same options, which stays as it is: the same as if
 * they had been added one by one. False where together they have more than PATHS_VARIANTS_MOST
 * variants: which of these are told apart depends on the order of cases, which must then be added
 * in turn. */
[[nodiscard]] bool paths_merge(struct paths_builder *builder, const struct paths_builder *from);

/*
 * What was found; destroys the builder. Fitness of a completed case is 1 - cost / (n + R): the cost
 * is of its cheapest alignment with a design (Adriansyah 2014; steps that the design does not
 * have, and required columns that the case does not have, cost 1 each), n the number of its steps
 * and R of the required columns. Of several designs the best fit counts. As every design is a row
 * of columns, dynamic programming over steps times columns finds it.
 */
struct paths paths_finish(struct arena *arena, struct paths_builder *builder);

/* Without a result. NULL is fine. */
void paths_destroy(struct paths_builder *builder);

#endif
