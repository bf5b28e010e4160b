/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The portfolio: many maps as one table, and the touchpoints that several of them have.
 *
 * A map is a plain row that outlives the journey it was made of. Touchpoints of several maps are
 * the same where they have the same id: ids are what edits, stores and routes call a touchpoint by.
 * Titles may differ, and are told where they do. Unknown figures are NAN, never zero.
 */
#ifndef STELLWERK_INSIGHT_PORTFOLIO_H
#define STELLWERK_INSIGHT_PORTFOLIO_H

#include <stellwerk/base/diag.h>
#include <stellwerk/insight/heterogeneity.h>
#include <stellwerk/insight/reading.h>

struct portfolio_touchpoint {
    const char *id, *title;
    double felt;
    struct measured measured;
    struct gap gap; /* measured where it is, else estimated */
    bool gap_measured;
};

struct portfolio_map {
    const char *path;    /* to open */
    const char *name;    /* to show: from the folder on */
    const char *problem; /* the first error in the map; NULL */
    size_t errors;
    bool readable; /* else nothing of what follows is known */
    const char *title, *owner;
    enum map_kind kind;
    enum map_phase phase;
    struct portfolio_touchpoint *touchpoints;
    size_t count;
    double score;                 /* of the journey */
    int weakest;                  /* of `touchpoints`; NONE */
    double gap;                   /* the mean by importance */
    int32_t reviewed, review_due; /* days; DAY_NONE */
    size_t open, overdue;         /* opportunities that are not over; of these past their day */
    bool has_store;
    const char *store_problem; /* why nothing is measured; NULL */
    int64_t newest;            /* instant of the newest measured; TIME_NONE */
};

/* A row of what was read; `figures` may be NULL. All of it is copied into the arena. */
struct portfolio_map *portfolio_map_new(struct arena *arena, const struct journey *journey,
                                        const struct diag_list *findings,
                                        const struct figures *figures, int32_t today);

/* A file that is no map that could be read. */
struct portfolio_map *portfolio_map_broken(struct arena *arena, const struct diag_list *findings);

/* Days that the review is overdue, 0 for none. */
int32_t portfolio_days_overdue(const struct portfolio_map *map, int32_t today);

enum portfolio_sort {
    PORTFOLIO_BY_NAME,
    PORTFOLIO_BY_SCORE,   /* the lowest first */
    PORTFOLIO_BY_WEAKEST, /* the map with the weakest touchpoint first */
    PORTFOLIO_BY_REVIEW,  /* what was to be reviewed first, never reviewed ones last */
    PORTFOLIO_BY_OPEN,    /* the most opportunities that are open, overdue ones first */
    PORTFOLIO_BY_AGE,     /* the oldest data first */
    PORTFOLIO_BY_PHASE,   /* the least advanced first */
    PORTFOLIO_SORTS
};

/* "name", "score", …; -1 for no such word. */
const char *portfolio_sort_name(enum portfolio_sort sort);
int portfolio_sort_find(const char *name);

/* A touchpoint that several maps have. */
struct shared_place {
    size_t map; /* of the portfolio's maps */
    const struct portfolio_touchpoint *at;
};

struct shared_touchpoint {
    const char *id, *title; /* as the first map has it */
    bool titles_differ;
    struct shared_place *places; /* by name of the map */
    size_t count;
    double felt_low, felt_high; /* over the maps; NAN */
    size_t weakest;             /* of `places`: felt, or else measured, the lowest */
    size_t measured;            /* maps that measured it */
    struct heterogeneity apart; /* of what was measured; NAN with fewer than two */
    double p_adjusted; /* of all shared touchpoints at once (Benjamini and Hochberg); NAN */
    bool sure;         /* at most CHANGE_SURE: they differ beyond noise */
};

struct portfolio {
    const char *folder;
    const struct portfolio_map *const *maps; /* NULL: not read yet */
    size_t count, read;
    size_t *order;                    /* of the maps, as sorted: those not read yet last */
    struct shared_touchpoint *shared; /* what differs most surely first */
    size_t shared_count;
    size_t broken, reviews_overdue, open, open_overdue;
};

/* Borrows maps and folder. */
struct portfolio *portfolio_new(struct arena *arena, const char *folder,
                                const struct portfolio_map *const *maps, size_t count,
                                enum portfolio_sort sort, int32_t today);

#endif
