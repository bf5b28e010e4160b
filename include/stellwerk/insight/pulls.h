/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Metrics of two owners that pull against each other: when one gets better, the other gets worse.
 *
 * A key figure is a metric of one owner: of the metric's own, else of who owns the touchpoint that
 * it is measured at. It is over all touchpoints where it is that owner's, as he would report it;
 * somebody's aggregates, which cannot be put together, stay a key figure to a touchpoint. Every
 * two key figures of different owners are tested together (kpi.h), and all tests are corrected
 * for being many.
 */
#ifndef STELLWERK_INSIGHT_PULLS_H
#define STELLWERK_INSIGHT_PULLS_H

#include <stdint.h>

#include <stellwerk/insight/kpi.h>
#include <stellwerk/model/figures.h>

struct key_figure {
    int metric;
    const char *owner;
    struct indices touchpoints; /* where it is measured for that owner */
    int direction;              /* 1: more is better, -1: less is, 0: nobody said */
    double *values; /* one a period; counts and sums a day; NAN where there are too few rows */
    size_t known;   /* periods with a value */
};

enum pull_verdict {
    PULL_APART,       /* against each other, more than chance */
    PULL_APART_MAYBE, /* more than chance only if swinging back from period to period is none */
    PULL_TOGETHER,    /* with each other, more than chance */
    PULL_NONE,        /* may be chance */
    PULL_VERDICT_COUNT
};

const char *pull_verdict_name(enum pull_verdict verdict); /* "apart", "apart_maybe", … */

struct pull {
    size_t a, b; /* key figures */
    struct kpi_conflict test;
    double adjusted;       /* the p of all pairs, Benjamini and Hochberg */
    double plain_adjusted; /* the same of `test.changes.p` */
    enum pull_verdict verdict;
};

struct pulls {
    enum period_kind unit; /* of a period; several make one where there would be too many */
    struct period span;    /* from the first day to the last of all periods */
    struct key_figure *figures;
    size_t figure_count, periods;
    size_t without_direction, too_short; /* key figures that nobody can test */
    struct pull *items;                  /* tested pairs, by verdict, the surest first */
    size_t count, counts[PULL_VERDICT_COUNT];
};

#define PULL_SURE 0.05

/* `series` has slices of one unit throughout and is complete. All of it lives in `arena`, and knows
 * metrics and touchpoints by their indices alone. */
struct pulls *pulls_new(struct arena *arena, const struct journey *journey,
                        const struct figures *series);

#endif
