/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A closer look at what was measured: metrics over time in calendar pieces, and the rows behind a
 * piece. Plain data, as figures are (figures.h): the store fills it, scenes draw it.
 */
#ifndef STELLWERK_MODEL_SERIES_H
#define STELLWERK_MODEL_SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/time.h>

/* What is looked at closely, beside the lens. */
struct series_wish {
    int touchpoint;        /* index; NONE: all of the map */
    int metric;            /* index; NONE: all that the touchpoint has */
    int channel;           /* index; NONE: whatever the channel */
    enum period_kind unit; /* of a slice: day, week, month, quarter; PERIOD_ALL: as fits */
    const char *variant;   /* rows that say this one alone; NULL: whatever they say */
};

/* One row of the store behind a figure. Texts are as they came, not sanitised. */
struct series_row {
    int64_t from, to;     /* instants; an observation has two, all others one; TIME_NONE: a query
                             of the map does not say */
    double value;         /* NAN where the row has none */
    double scale_min, scale_max; /* of an answer; NAN where they are not stored */
    enum series_hit { HIT_UNASKED, HIT_NO, HIT_YES } hit; /* of a proportion */
    uint64_t n;           /* that an observation stands for; 1 else */
    double sd, part, whole; /* that a query of the map says of them; NAN where it does not */
    const char *activity; /* of an event; NULL */
    const char *outcome;  /* of an event; NULL */
    const char *aspect;   /* of an answer; NULL */
    const char *text;     /* of an answer, as it was said; NULL */
    const char *persona, *context, *channel; /* as the row has them; NULL */
    const char *who;      /* person, case or response; NULL */
};

/* What a query of the map gave to a touchpoint. */
struct series_place {
    int touchpoint; /* index; -1: to none that has the metric, -2: to all of them */
    uint64_t rows;
    double n; /* that they stand for, with a value */
};

/* Where a figure comes from that a query of the map gives. */
struct series_query {
    const char *text; /* as the map has it */
    int64_t ran;      /* instant at which it gave these rows */
    bool timeless;    /* its rows do not say when */
    struct series_place *places;
    size_t place_count;
};

/* Some of the rows behind a figure, newest first. */
struct series_page {
    struct series_row *rows;
    size_t count;
    uint64_t first; /* how many newer ones are before these */
    uint64_t total; /* of all rows behind the figure */
    const struct series_query *query; /* that gave the rows; NULL: they are the store's */
};

#endif
