/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A figure of the benchmark: what was measured of stellwerk beside what was measured of others in
 * the same run, so that a slow or busy machine slows them all and the ratio stays.
 *
 * Machines disturb, so nothing is measured once: a series keeps every value, and a figure shows
 * the least, the middle and the greatest of them. The ratio is the median of those of each round,
 * or, where there are no rounds, that of the medians.
 */
#ifndef STELLWERK_BENCH_FIGURE_H
#define STELLWERK_BENCH_FIGURE_H

#include <stdbool.h>
#include <stddef.h>

#define SERIES_MAX 128

struct series {
    const char *program; /* of whom; borrowed */
    double values[SERIES_MAX];
    size_t count; /* 0: could not be measured; such a series is not shown */
};

/* What is beyond SERIES_MAX is dropped. */
void series_add(struct series *series, double value);
double series_least(const struct series *series);
double series_median(const struct series *series);
double series_greatest(const struct series *series);

enum bar {
    BAR_NONE,
    BAR_VALUE, /* stellwerk's own median must not be above it */
    BAR_RATIO  /* nor its ratio to the first of the others */
};

struct figure {
    const char *suite;           /* "yaml" */
    const char *what;            /* "read a map of 5.0 MB" */
    const char *unit;            /* "ms CPU" */
    const struct series *series; /* stellwerk's first */
    size_t series_count;
    enum bar bar;
    double limit; /* of the bar */
};

/* A row for each series on standard output, and one object of JSON in the file that the environment
 * names in STELLWERK_BENCH_RESULTS. */
void figure_print(const struct figure *figure);

#endif
