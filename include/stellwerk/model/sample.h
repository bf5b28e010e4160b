/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a figure was computed from: the least that its interval and its score need.
 *
 * The store fills it in one pass over the rows; insight/ completes the figure from it without
 * going back to them. `kind` says which estimator the figure is, whatever metric it belongs to,
 * so there are as many intervals as kinds and not as metric types:
 *
 *     SAMPLE_COUNT    value = n                             count
 *     SAMPLE_SUM      value = values.n · values.mean        sum
 *     SAMPLE_MEAN     value = values.mean                   mean, csat and ces means, per_case,
 *                                                           before, sql
 *     SAMPLE_ORDER    value = the quantile of `bins`        median, quantile
 *     SAMPLE_SHARE    value = hits / n                      proportion, top boxes, preceded,
 *                                                           dropout (0..1)
 *     SAMPLE_BALANCE  value = 100 · (plus − minus) / n      nps, ces index (−100..100)
 *     SAMPLE_APDEX    value = (1 + (plus − minus) / n) / 2  apdex (0..1)
 *     SAMPLE_RATIO    value = pairs.a / pairs.b             ratio
 *     SAMPLE_WAIT     the quantile of `waits`, some of which have not ended: between
 *     SAMPLE_POINT    value, and nothing else is known      somebody's aggregate
 *
 * The score comes one of two ways, never both:
 *   - each row was scored with the anchors that hold for it, the context's or the metric's, and
 *     then averaged (`scores`, where values of rows have anchors: SAMPLE_MEAN);
 *   - the figure as a whole is scored with `anchors` (all others).
 * A metric without anchors has neither. nps, csat, ces and apdex bring natural anchors of their own
 * where the map gives none: −100..100, the scale stored beside each answer, and 0..1.
 *
 * Where old rows count less (a metric's half-life), `effective_n` says how many fresh ones all are
 * worth, and hits, plus, minus and the moments are of as many: a share is hits / effective_n.
 */
#ifndef STELLWERK_MODEL_SAMPLE_H
#define STELLWERK_MODEL_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/model/journey.h>

enum sample_kind {
    SAMPLE_NONE, /* no rows, or no figure */
    SAMPLE_COUNT,
    SAMPLE_SUM,
    SAMPLE_MEAN,
    SAMPLE_ORDER,
    SAMPLE_SHARE,
    SAMPLE_BALANCE,
    SAMPLE_APDEX,
    SAMPLE_RATIO,
    SAMPLE_WAIT,
    SAMPLE_POINT
};

/* Mean and spread of numbers. The variance is squares / (n − 1), the standard error of the mean
 * sqrt(variance / n). */
struct moments {
    double n; /* rows; those behind somebody's aggregate count as many as it says; 0: none */
    double mean;
    double squares; /* sum of squared deviations from the mean; NAN where an aggregate hides it */
};

/* Two sums, and how they vary together from group to group: a group is a case, whose rows are not
 * independent of each other. */
struct pairs {
    double groups;     /* 0: how they vary is not known */
    double a, b;       /* the sums, over and under the line */
    double aa, ab, bb; /* over groups: Σa², Σab, Σb² of each one's own sums */
    bool below_zero;   /* some group has a sum below 0 */
};

/* Rows of one and the same value. */
struct bin {
    double value;
    uint64_t count;
};

struct wait {
    double time;  /* in the metric's unit */
    bool reached; /* false: it went on for longer than this (censored) */
};

/* How far values are off that a sketch stands for, in proportion to each (store/bins.h). */
#define SAMPLE_ERROR (1.0 / 128)

struct sample {
    enum sample_kind kind;
    enum metric_variant variant; /* the formula used; DEFAULT only where there is one alone */
    struct moments values;       /* of the rows' values; n is 0 for kinds without */
    struct moments scores;       /* of the rows' scores, 0..100; n is 0 where rows are not scored */
    struct anchors anchors;      /* of the whole figure; count 0 where rows or nothing is scored */
    double effective_n;          /* 0: every row counts in full, so n */
    double hits;                 /* SHARE */
    double plus, minus;          /* BALANCE: promoters and detractors; the rest of n is passive.
                                    APDEX: satisfied and frustrated */
    const struct bin *bins;      /* ORDER: the n values, ascending, each once; in a slice of a
                                    chart those around the quantile, and so many are `below` these
                                    and `above` */
    size_t bin_count;
    uint64_t below, above;
    bool approximate; /* the values behind it, though not their sum, are SAMPLE_ERROR off at most */
    struct pairs pairs;       /* RATIO */
    const struct wait *waits; /* WAIT: the n of them, in any order */
    size_t wait_count;
    double quantile; /* ORDER, WAIT: 0..1 */
};

/* Is the figure itself, and not only its score, SAMPLE_ERROR off at most? */
bool sample_value_is_near(const struct sample *sample);

/* The formula that stands for VARIANT_DEFAULT: means for csat and ces; itself for all others. */
enum metric_variant metric_variant_used(const struct metric *metric);

/* Adds one number to the moments: Welford's update (Technometrics 4, 1962). */
void moments_add(struct moments *moments, double value);

/* The same for a number that counts `weight` > 0 times (West 1979); `n` is the sum of weights. */
void moments_add_weighted(struct moments *moments, double value, double weight);

/* Moments of as many rows as `n` says, with the mean and the spread of those given: weights as
 * effective numbers. */
struct moments moments_rescale(struct moments moments, double n);

/* Adds a group of which only n, mean and squares are known: Chan, Golub, LeVeque (1979). */
void moments_merge(struct moments *moments, struct moments group);

/* Unbiased variance; NAN below two rows or where the spread is not known. */
double moments_variance(struct moments moments);

/*
 * The p-quantile of ascending values by linear interpolation between the order statistics around
 * (n − 1)·p (type 7 of Hyndman and Fan 1996); for p = 0.5 the usual median. NAN for none.
 */
double sorted_quantile(const double *sorted, size_t count, double p);

/* How many values bins stand for; and of ascending bins the value of a rank, the least being 0. */
uint64_t bins_total(const struct bin *bins, size_t count);
double bins_at(const struct bin *bins, size_t count, uint64_t rank);

/* The bins of two ascending lists as one; `out` has room for as many as both are. Returns how many
 * there are then. */
size_t bins_join(struct bin *out, const struct bin *a, size_t a_count, const struct bin *b,
                 size_t b_count);

/* Values in order, of which bins stand for those of some ranks: so many are less, so many
 * greater. */
struct ordered {
    const struct bin *bins;
    size_t count;
    uint64_t below, above;
};

struct ordered sample_ordered(const struct sample *sample);

uint64_t ordered_total(struct ordered order);

/* The value of a rank, the least being 0: the nearest there is for one that bins do not have. */
double ordered_at(struct ordered order, uint64_t rank);

/* bins_quantile() of them. */
double ordered_quantile(struct ordered order, double p);

/* The ranks first..last that the p-quantile of n > 0 values and its interval of 95 % depend on, and
 * some on either side. */
void sample_ranks(uint64_t n, double p, uint64_t *first, uint64_t *last);

/* sorted_quantile() of the values that ascending bins stand for. */
double bins_quantile(const struct bin *bins, size_t count, double p);

/* Adds the group sums of other groups. */
void pairs_merge(struct pairs *pairs, const struct pairs *part);

/* Adds the rows of a sample of the same metric; lists are copied into `arena`. What cannot be put
 * together, as somebody's aggregates, leaves a sample of SAMPLE_NONE. */
void sample_merge(struct arena *arena, struct sample *sample, const struct sample *part);

/* 0.5^(age / half_life), 0..1, both in one unit of time (exponential discounting: Brown 1959). An
 * answer from the future (a clock set back) counts as fresh; an infinite half-life forgets nothing.
 * NAN for a half-life that is not positive, and for NAN. */
double staleness_weight(double age, double half_life);

#endif
