/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a feature is worth to customers: Ulwick's opportunity and Kano's coefficients.
 */
#ifndef STELLWERK_INSIGHT_IMPORTANCE_H
#define STELLWERK_INSIGHT_IMPORTANCE_H

/* Answers by Kano category; reversed and questionable answers are not counted. */
struct kano_counts {
    double attractive, one_dimensional, must_be, indifferent;
};

struct kano {
    double better; /* 0..1: what having it gains */
    double worse;  /* -1..0: what lacking it loses */
    double n;
};

/* I + max(I - S, 0), 0..20, from importance and satisfaction 0..10, the top-2-box shares times ten
 * (Ulwick 2005). NAN where either is outside 0..10. */
double opportunity_score(double importance, double satisfaction);

/* better = (A + O) / n, worse = -(O + M) / n (Berger and others 1993). NAN for no answers or a
 * negative count. */
struct kano kano_coefficients(const struct kano_counts *counts);

#endif
