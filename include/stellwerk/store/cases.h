/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Single cases: what customers said in theirs, and all that is known of one.
 */
#ifndef STELLWERK_STORE_CASES_H
#define STELLWERK_STORE_CASES_H

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/model/sequence.h>
#include <stellwerk/store/sequences.h>
#include <stellwerk/store/store.h>

#define CASE_SCORES_MOST ((size_t)1 << 22) /* answers that are read: 96 MB */

/*
 * The answers to the map's metrics that say whose case they are of, as scores by the anchors of
 * their metric, their context's own where it has some. Lives in the arena. Answers to what is
 * scored only as a whole (an order statistic) are left out; those beyond CASE_SCORES_MOST are
 * counted in `left_out`.
 */
[[nodiscard]] bool store_case_scores_read(struct arena *arena, struct store *store,
                                          const struct journey *journey, struct case_scores *out,
                                          struct error *err);

/* What cases were worth, and in what. */
struct case_money {
    struct case_values values;
    const char *currency; /* the one that most events name; NULL: none does */
    uint64_t others;      /* events with a value in another one, which are left out */
    bool of_goal;         /* no event names a currency: values are those at the goal */
};

/*
 * A case is worth the values of its events that name a currency, added up and at least 0. Where no
 * event of the store does, it is worth the values at the goal, unless a metric of the map measures
 * these, as minutes or stars. Lives in the arena.
 */
[[nodiscard]] bool store_case_money_read(struct arena *arena, struct store *store,
                                         const struct journey *journey, int goal,
                                         struct case_money *out, struct error *err);

/* ---- One case -------------------------------------------------------------------- */

/* Chooses cases; `data` is the wish's. */
typedef bool case_test(const struct sequence *sequence, void *data);

struct case_wish {
    struct sequence_wish sequences; /* which cases, unless one is named */
    const char *id; /* of the case, or of a person whose events have none; NULL: by `test` */
    case_test *test;
    void *data;
    uint64_t place; /* of those that pass, from 0; beyond the last: the last */
};

struct case_found {
    struct sequence sequence; /* its steps live in the arena; count 0: there is none */
    struct sequence_names names;
    uint64_t place, matches; /* of how many that pass */
};

/* Cases come in no particular order, but always in the same. */
[[nodiscard]] bool store_case_find(struct arena *arena, struct store *store,
                                   const struct case_wish *wish, struct case_found *out,
                                   struct error *err);

#define STORY_EVENTS_MOST 2000
#define STORY_ANSWERS_MOST 500
#define STORY_TEXT_MOST 4000 /* characters */

struct story_event {
    int64_t ts;
    int touchpoint;                 /* NONE: not on the map */
    const char *activity;           /* as its file calls it */
    int channel;                    /* NONE: none, or not on the map */
    const char *channel_name;       /* NULL: none */
    const char *outcome, *currency; /* NULL */
    double value, cost;             /* NAN */
};

struct story_answer {
    int64_t ts;
    int touchpoint;                     /* NONE: not on the map */
    int metric;                         /* of the map; NONE */
    const char *name;                   /* of the question */
    const char *kind;                   /* "experience", "expectation", … */
    double value, scale_min, scale_max; /* NAN */
    double score;                       /* NAN: the map does not score it */
    const char *text;                   /* in own words; NULL */
};

struct story {
    const char *id;               /* of the case, else of its person */
    struct story_event *events;   /* in the order of time, those of one instant in that of their
                                   file */
    size_t event_count;           /* STORY_EVENTS_MOST of them at most, the first */
    struct story_answer *answers; /* in the order of time */
    size_t answer_count;
};

/* All that is known of a case that was found. Lives in the arena. */
[[nodiscard]] bool store_story_read(struct arena *arena, struct store *store,
                                    const struct journey *journey, const struct case_found *found,
                                    struct story *out, struct error *err);

#endif
