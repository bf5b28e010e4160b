/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reading of a journey under a lens: expectation against experience, touchpoint by touchpoint.
 *
 * It lays the estimates of the map and the measured figures of the store side by side and says
 * where the promise breaks. Pure: journey and figures in, plain data out. NAN means "not known",
 * never zero.
 */
#ifndef STELLWERK_INSIGHT_READING_H
#define STELLWERK_INSIGHT_READING_H

#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/insight/gap.h>
#include <stellwerk/insight/trend.h>
#include <stellwerk/model/figures.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/model/lens.h>

/* Where a figure of the map comes from. */
enum origin {
    ORIGIN_NONE,     /* the map says nothing */
    ORIGIN_STATED,   /* said for just this lens or inherited from a wider scope */
    ORIGIN_PERSONAS, /* mean of the personas' own figures, weighted by their shares */
    ORIGIN_ASPECTS   /* importance-weighted mean of the touchpoint's aspects */
};

/*
 * The touchpoint's measured experience: mean of its scored metrics, weighted by the importance of
 * the aspect each one measures (1 where it measures the touchpoint as a whole).
 */
struct measured {
    enum measure_status status; /* MEASURE_NO_ROWS when no metric has a score */
    uint64_t n;     /* of the metric with the fewest rows: no surer than its weakest part */
    double score, lo, hi, se; /* 0..100, 95 % interval; NAN where status is HIDDEN or worse */
    int64_t newest; /* of its oldest metric; TIME_NONE */
    size_t metrics; /* how many went in */
    bool unscored;  /* there are figures, but no metric here has anchors to score them by */
    bool of_aggregate, persona_ignored, context_ignored, stale;
};

/*
 * A distance to the zone of tolerance: negative below `adequate`, positive above `desired`, 0
 * inside (Parasuraman, Zeithaml and Berry 1994).
 */
struct gap {
    double value;  /* NAN where expectation or experience is missing */
    double lo, hi; /* 95 % interval; NAN for an estimate */
    bool inside;   /* the experience lies in the zone */
};

struct reading {
    double adequate, desired; /* expectation */
    enum origin expected_from;
    enum evidence expected_evidence;
    double promise, standard;
    double importance; /* 0..5 as stated, else the mean of those stated, else 1 */
    double estimated; /* experience as people in the room estimate it */
    enum origin estimated_from;
    enum evidence estimated_evidence;
    struct measured measured;
    struct gap gap_estimated, gap_measured;
    /* Of reading_gap(), from the edge of the zone that it is measured from; all NAN inside the
     * zone, where there is nothing to explain. */
    struct gap_split split;
    bool estimate_outside; /* the estimate lies outside the measured interval: to be talked about */
    bool media_break;      /* on the way here from the touchpoint before */
};

struct readings {
    struct reading *items; /* one per touchpoint, in journey order */
    size_t count;
    /* Of the felt curve: estimates, or the measured score where nothing is estimated; NONE. */
    int peak, end, weakest;
    double score; /* journey score: importance-weighted mean of what is felt; NAN */
};

/* The felt score of a touchpoint: the estimate, else the measured score; NAN without either. */
double reading_felt(const struct reading *reading);

/* The measured gap where there is one, else the estimated; `*measured` says which (may be NULL). */
struct gap reading_gap(const struct reading *reading, bool *measured);

/* `figures` may be NULL: nothing is measured then. Lives in `arena`. */
struct readings *readings_new(struct arena *arena, const struct journey *journey,
                              const struct figures *figures, const struct lens *lens);

/*
 * Completes figures that the store filled: value, interval, score and its error, from the samples
 * (model/sample.h says which kind has which); the same for each slice, with the signals of an XmR
 * chart over them (counts and sums a day, since slices differ in length); the period before, and
 * the change from it (change.h). Called once, before the table is handed to anyone who reads it.
 * Counts: score interval of a Poisson mean (Barker 2002); sums: variance of a compound Poisson sum;
 * means: Student's t; quantiles: order statistics; shares: Wilson; balances and Apdex: adjusted
 * Wald; ratios: Fieller; waits: Kaplan and Meier.
 */
void figures_complete(struct figures *figures);

/* The XmR chart over the slices of a complete measure, and what each slice gives to it: its value,
 * counts and sums a day; NAN where there is none, or too few rows to show. Limits and mean are NAN
 * below XMR_LEAST slices. */
struct xmr measure_limits(struct arena *arena, const struct measure *measure, double **out);

#endif
