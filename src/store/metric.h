/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The formulas of metrics: what one row adds to a tally, and what kind of figure comes out.
 * Private to store/.
 *
 * A formula is one const descriptor in a file of its own kin (metric_mean.c, metric_nps.c …),
 * named in the registry of metric.c: that is all it takes to add one. Some figures are not of rows
 * as they stand but of what a case's rows say together (contacts per case, time from A to B): these
 * judge a case at a time (case.h) and make rows of what they find, which are then added like all
 * others. What can be told from a tally once it is full (value, sample) follows from the kind of
 * figure and is the same for all.
 */
#ifndef STELLWERK_SRC_STORE_METRIC_H
#define STELLWERK_SRC_STORE_METRIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/model/sample.h>

/* What a row of the store gives to a formula. */
struct metric_row {
    int64_t ts, until;           /* of the first and the last, where it stands for more than one */
    uint64_t count;              /* rows that are all the same to the formula; 1 for a row */
    double value;                /* NAN where the formula does not ask for one */
    double weight;               /* of each; 1, or less for an old row of a metric with half-life */
    bool hit;                    /* the row passes the metric's `hit` */
    double scale_min, scale_max; /* of an answer; NAN where they are not stored */
    struct anchors anchors;      /* those that hold in the row's context; count 0: none */
    bool reached;                /* of a wait: it has ended, after `value` */
    double a, b;                 /* what the row gives to the two sums of a ratio */
    bool aside;                  /* adds to the figure, but is none of the n rows it rests on */
    uint64_t group;              /* number of the row's case, whose rows come one after the other */
};

/* What rows have added up to: of a touchpoint in one slice, or, merged, of the whole. */
struct tally {
    uint64_t n;
    bool any;                       /* a row was added, aside ones too */
    double weights, weight_squares; /* Σw and Σw² of all rows */
    struct moments values, scores;
    double hits, plus, minus;
    struct pairs pairs; /* of the groups that are complete */
    struct {
        uint64_t number; /* 0: none */
        double a, b;
    } group;           /* the one whose rows are coming in */
    uint64_t unscaled; /* answers without a stored scale */
    bool opaque;       /* aggregates that do not say what they were made of */
    bool approximate;  /* some values are from a sketch */
    struct bin *items; /* values, for order statistics; ascending once closed */
    size_t item_count, item_capacity;
    bool ordered;          /* the items are those around the quantile (tally_set_order()) … */
    uint64_t below, above; /* … and so many are less, and greater */
    struct bin *spare;     /* room of as many as `spare_capacity`, for merging */
    size_t spare_capacity;
    struct wait *waits;
    size_t wait_count, wait_capacity;
    int64_t oldest, newest; /* instants; meaningless without `any` */
};

struct case_log;
struct judge;

struct formula {
    enum metric_type type;
    enum metric_variant variant; /* as metric_variant_used() says */
    enum sample_kind kind;
    bool needs_value; /* rows without a value do not count */
    bool needs_scale; /* without the scale there is no figure */
    bool needs_hit;
    struct anchors natural; /* of the whole figure, where the map gives none; count 0: none */
    /* Makes rows of what a case's rows say together (case.h); NULL: each row stands for itself. */
    void (*judge)(const struct case_log *log, const struct judge *judge);
    unsigned at_touchpoint; /* for `judge`: the sides (enum side bits) that happen there */
    bool counted; /* for `judge`: a row says a whole number in `value`, or yes or no in `hit` */
    /* Adds a row, or `count` that are the same; n, oldest and newest are counted already. */
    void (*add)(struct tally *tally, const struct metric *metric, const struct metric_row *row,
                struct arena *arena);
};

/* NULL for a type that is not computed. */
const struct formula *formula_find(const struct metric *metric);

/* Adds a row to the tally; what must be kept of it goes into the arena. */
void tally_add(struct tally *tally, const struct formula *formula, const struct metric *metric,
               const struct metric_row *row, struct arena *arena);

/* Values in order, of which bins may stand for some alone. */
struct tally_order {
    struct metric_row row; /* its time is that of all of them */
    uint64_t n;
    struct bin *bins; /* ascending */
    size_t count;
    uint64_t below; /* values that are less than these */
    bool approximate;
};

/* Fills an empty tally of an order statistic; the bins are copied into the arena, where they may
 * stay. Merging it gives all but the items. */
void tally_set_order(struct tally *tally, const struct tally_order *order, struct arena *arena);

/* The quantile that an order statistic is: of waits the median, unless the map asks for another. */
double metric_quantile(const struct metric *metric);

/* Says that all rows are in: what follows asks for it. */
void tally_close(struct tally *tally);

/* Adds a closed tally to another; the items, of both, are copied into the arena. */
void tally_merge(struct tally *tally, const struct tally *part, struct arena *arena);

/* The figure; NAN for an empty tally. */
double tally_value(const struct tally *tally, enum sample_kind kind, const struct metric *metric);

/* All that intervals and scores need; `anchors` hold for the whole figure and matter where rows
 * were not scored. The items live as long as the sample. */
struct sample tally_sample(const struct tally *tally, enum sample_kind kind,
                           const struct metric *metric, struct anchors anchors);

/* For formulas: what the rows that a row stands for count together. */
double metric_row_weight(const struct metric_row *row);

/* For formulas: a row's value, and its score by the anchors where there are any. */
void tally_add_value(struct tally *tally, const struct metric_row *row, struct anchors anchors);

/* For formulas: `add` of those that score each row and average. */
void tally_add_mean(struct tally *tally, const struct metric *metric, const struct metric_row *row,
                    struct arena *arena);

/* For formulas: `add` of shares. */
void tally_add_hit(struct tally *tally, const struct metric *metric, const struct metric_row *row,
                   struct arena *arena);

/* For formulas: a row's part in a ratio, and a wait. */
void tally_add_pair(struct tally *tally, uint64_t group, double a, double b);
void tally_add_wait(struct tally *tally, struct wait wait, struct arena *arena);

/* The formulas, each in its file. */
extern const struct formula formula_count;
extern const struct formula formula_sum, formula_mean;
extern const struct formula formula_median, formula_quantile;
extern const struct formula formula_proportion;
extern const struct formula formula_nps;
extern const struct formula formula_csat_mean, formula_csat_top2, formula_csat_top3;
extern const struct formula formula_ces_mean, formula_ces_top2, formula_ces_top3, formula_ces_index;
extern const struct formula formula_apdex;
extern const struct formula formula_ratio, formula_per_case;
extern const struct formula formula_before, formula_preceded, formula_dropout, formula_between;
extern const struct formula formula_sql; /* its rows come ready from a query (map_query.h) */

#endif
