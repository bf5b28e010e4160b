/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers on a scale: NPS, customer effort, satisfaction, Apdex.
 *
 * All of them are counts per point of the scale, read in different ways. Counts are finite and not
 * negative, fractional when weighted; anything else, and no answers at all, is unknown.
 */
#ifndef STELLWERK_INSIGHT_SURVEY_H
#define STELLWERK_INSIGHT_SURVEY_H

#include <stddef.h>

#include <stellwerk/insight/estimate.h>
#include <stellwerk/model/sample.h>

/* counts[i] answers of `lowest` + i, for i < points; a higher answer is a better one. */
struct survey {
    const double *counts;
    size_t points;
    double lowest;
};

/* Three groups of answers: promoters, passives, detractors; satisfied, tolerating, frustrated. */
struct net_counts {
    double positive, neutral, negative;
};

/* In percentage points, -100..100; intervals are cut there. */
struct net_score {
    struct estimate plain;    /* 100 (positive - negative) / n */
    struct estimate adjusted; /* with ¾ added to either end and 1½ to the middle */
};

/* The best `top` points are positive, the worst `bottom` negative: NPS on 0..10 is (2, 7), the
 * effort index on 1..7 is (2, 3). All NAN where the two overlap. */
struct net_counts survey_net(const struct survey *survey, size_t top, size_t bottom);

struct moments survey_moments(const struct survey *survey);

/* The mean answer as a score, 0 at the lowest point and 100 at the highest, with Student's t
 * interval cut to 0..100. Unknown for fewer than two points. */
struct estimate survey_score(const struct survey *survey, double level);

/* Share 0..1 of the best `top` points with Wilson's interval: CSAT is top 2 of 5. */
struct estimate survey_top_box(const struct survey *survey, size_t top, double level);

/* NPS (Reichheld 2003) with the multinomial variance (p + d - (p - d)²) / n: the Wald interval, and
 * the adjusted Wald interval that holds its level with few answers (Rocks 2016). */
struct net_score net_score(const struct net_counts *counts, double level);

/* The figure to show: the plain score with the adjusted error and interval, which for a single
 * answer does not reach it. As a score 0..100: estimate_rescale(e, 0.5, 50). */
struct estimate net_estimate(const struct net_counts *counts, double level);

/* Between two waves or arms, in points: adjusted scores, z and p from their errors (Rocks 2016).
 * value -200..200. */
struct difference net_difference(const struct net_counts *a, const struct net_counts *b,
                                 double level);

/* (satisfied + tolerating / 2) / n, 0..1 (Apdex Alliance 2007). Being half the net share plus a
 * half, it takes its error and interval from net_estimate(). */
struct estimate apdex_estimate(const struct net_counts *counts, double level);

#endif
