/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was measured, as a plain table: one row per touchpoint and metric, under one lens.
 *
 * The store fills it, insight/ computes on it, scenes draw it. A table is finished when it is
 * handed over and never changes after. No data is never zero: a row without a figure says why in
 * `status`. Raw figures are in the metric's unit (proportions 0..1, NPS -100..100); scores are
 * 0..100.
 */
#ifndef STELLWERK_MODEL_FIGURES_H
#define STELLWERK_MODEL_FIGURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/model/lens.h>
#include <stellwerk/model/sample.h>
#include <stellwerk/model/series.h>

enum measure_status {
    MEASURE_OK,
    MEASURE_SMALL,       /* n below the metric's min_n: drawn hollow */
    MEASURE_HIDDEN,      /* n below METRIC_HIDDEN_N: only n is told */
    MEASURE_NO_ROWS,     /* nothing in the store for this touchpoint under this lens */
    MEASURE_UNSUPPORTED, /* no formula: the metric's type does not know its variant */
    MEASURE_FAILED       /* the query failed; `reason` says how */
};

/* How a slice stands out from the noise of all slices: an XmR chart (insight/trend.h). */
enum xmr_signal {
    XMR_NONE,
    XMR_SHIFT,  /* belongs to a run of XMR_RUN or more on one side of the mean */
    XMR_BEYOND, /* outside the limits; told even within a run */
};

/* For programs: "none", "shift", "beyond". */
const char *xmr_signal_name(enum xmr_signal signal);

/* A metric in one slice of the lens's period, for sparklines and charts. */
struct slice {
    int32_t first_day, last_day;
    uint64_t n;
    double value;              /* NAN where there are no rows */
    double value_lo, value_hi; /* 95 % interval; NAN where there is none */
    double score, score_lo, score_hi; /* NAN for a metric without anchors */
    struct sample sample;
    enum xmr_signal signal;
};

/* A metric in this period less the same in the period before. */
struct change {
    double value;        /* in the metric's unit; NAN where one of the two is not known */
    double lo, hi;       /* 95 % interval; NAN where there is none */
    double before;       /* the figure of the period before */
    uint64_t before_n;   /* and its rows */
    double p;            /* two-sided; NAN where nothing could be tested */
    double adjusted;     /* p for all changes of the table at once (Benjamini and Hochberg) */
    bool sure;           /* `adjusted` is at most CHANGE_SURE: more than chance */
    int direction;       /* 1: for the better, -1: for the worse, 0: anchors do not say */
};

/* Of the changes that are called sure at most this share is none. */
#define CHANGE_SURE 0.05

struct measure {
    int touchpoint, metric; /* indices into the journey */
    enum measure_status status;
    const char *reason; /* translated sentence for MEASURE_FAILED; NULL else */
    uint64_t n;         /* rows (answers, events, cases; for aggregates the sum of their n) */
    struct sample sample; /* what the intervals and the score are computed from */
    double value, value_lo, value_hi; /* with a 95 % interval; NAN where there is none */
    double score, score_lo, score_hi; /* NAN for a metric without anchors */
    double score_se;                  /* standard error of `score` */
    bool score_of_aggregate;          /* scored from somebody's aggregate, not row by row */
    bool persona_ignored, context_ignored; /* the store does not know them: all rows */
    bool channel_ignored;                  /* likewise, of a series */
    bool stale;                       /* older than the metric's `fresh` */
    int64_t oldest, newest;           /* instants; TIME_NONE */
    struct slice *slices;
    size_t slice_count;
    struct change change; /* all NAN where there is no period before */
};

struct figures {
    struct arena arena; /* everything below lives here */
    struct lens lens;
    struct series_wish wish;   /* of a series; its unit is the one that slices have */
    struct measure *measures; /* sorted by touchpoint; within one in the order of its metrics */
    size_t measure_count;
    int64_t oldest, newest; /* of the whole store, for period stepping */
    struct figures *before; /* of the period before; NULL where the lens's period is open */
    struct error problem; /* why there are no figures: store missing, not ours, corrupt; "" else */
};

struct figures *figures_create(void);
void figures_destroy(struct figures *figures); /* NULL is fine */

/* The row of a touchpoint and metric; NULL where there is none, also for NULL figures. */
const struct measure *figures_find(const struct figures *figures, int touchpoint, int metric);

#endif
