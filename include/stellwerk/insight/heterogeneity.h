/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Do channels agree? How far the scores of one stage lie apart beyond what chance explains.
 */
#ifndef STELLWERK_INSIGHT_HETEROGENEITY_H
#define STELLWERK_INSIGHT_HETEROGENEITY_H

#include <stddef.h>

struct measured_score {
    double score, se;
};

struct heterogeneity {
    size_t groups;  /* how many counted */
    double mean;    /* weighted by 1 / se² */
    double mean_se; /* of that mean, were the groups one */
    double q, df, p;
    double i2;   /* 0..1: the share of the variation that is not noise */
    double tau2; /* variance between groups, in squared points */
    double tau;  /* "± points beyond noise" */
    double range; /* best minus worst, in points, noise included */
};

/* Cochran's Q (1954) and its chi-square p, I² (Higgins and Thompson 2002), tau² by moments
 * (DerSimonian and Laird 1986). A group whose score is not finite, or whose se is not finite and
 * positive, does not count; with fewer than two left all figures are NAN. */
struct heterogeneity heterogeneity_of(const struct measured_score *groups, size_t count);

#endif
