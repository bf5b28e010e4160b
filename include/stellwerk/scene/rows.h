/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who gets how many rows of the Map view.
 *
 * Rows are granted wish by wish, the most useful first: a small plot and the gaps before anything
 * else, then more lanes, a taller plot, whole texts, and what is pleasant when the window is tall.
 */
#ifndef STELLWERK_SCENE_ROWS_H
#define STELLWERK_SCENE_ROWS_H

#include <stdbool.h>

#include <stellwerk/scene/view.h>

/* What would show everything whole. */
struct needs {
    int titles;            /* rows of the longest title */
    int lanes[LANE_COUNT]; /* 0: not to be shown */
    bool strip, history;
    bool scrolled;         /* somebody looks for more lanes: they go before whole texts */
};

/* A part's first row and its count of rows; 0: left out. */
struct span_of_rows {
    int top, count;
};

struct rows {
    struct span_of_rows head, stages, titles, plot, legend, lanes[LANE_COUNT], history, strip,
        summary;
    int total; /* with the line of keys on a screen */
};

/* Shares out the `rows` of a screen (at least VIEW_MIN_ROWS). */
struct rows rows_share(const struct needs *needs, int rows);

/* As many rows as it takes, without head, strip, summary and keys: a block of a report. */
struct rows rows_whole(const struct needs *needs);

#endif
