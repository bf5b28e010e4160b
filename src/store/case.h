/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Figures of cases: what the rows of one case say together. Private to store/.
 *
 * A case is a case id; rows without one belong to the case of their person, rows with neither are
 * a case of their own. A metric has two sides, A and B (numerator and denominator; what comes first
 * and what then), or A alone. A formula (metric.h) looks at one case at a time, all its rows on
 * either side in the order of time, and emits rows of the figure.
 *
 * One side at least is at issue: its rows happen at the touchpoint that is measured and pass the
 * lens. The other side's rows may stand anywhere in the case, at any touchpoint and time, for what
 * came before the period is no less before. A side whose `where` names touchpoints itself is at
 * issue everywhere: it gives one figure to all touchpoints that have the metric.
 *
 * What happened at the same instant happened before and after each other, since dates without
 * times do not say; but no row is before or after itself.
 */
#ifndef STELLWERK_SRC_STORE_CASE_H
#define STELLWERK_SRC_STORE_CASE_H

#include "metric.h"

enum side { SIDE_A = 1, SIDE_B = 2 };

struct case_row {
    int64_t ts;
    int64_t context; /* word; 0: none */
    uint32_t place;  /* of its touchpoint among the run's cells; of all others, the one behind */
    unsigned sides;  /* enum side bits; of a side at issue only rows that are */
    double a_value, b_value; /* of the column that a term adds up, else 1 */
};

struct case_log {
    const struct case_row *rows; /* by time */
    size_t count;
    uint64_t number; /* of the case, from 1 */
};

/* A row of a figure, as of struct metric_row; what the formula does not ask for is 0. */
struct case_finding {
    double value;
    bool hit, reached, aside;
    double a, b;
};

/* What of a case has been met at a place. */
struct case_mark {
    uint64_t number; /* of the last case that was there */
    size_t count;
};

struct judge {
    const struct metric *metric;
    unsigned everywhere; /* sides at issue at whatever touchpoint */
    int64_t end; /* instant of the last event there is: nobody knows what happened after it */
    struct case_mark *marks; /* by place */
    /* Takes a row of the figure that `at`, a row of that side, gives rise to; time and anchors
     * are of `at`. */
    void (*emit)(void *data, enum side side, const struct case_row *at,
                 const struct case_finding *finding);
    void *data;
};

/* True when two rows of a side count for the same touchpoints. */
bool case_same_place(const struct judge *judge, enum side side, const struct case_row *a,
                     const struct case_row *b);

/* The mark of the place that a row of the side counts for, cleared where the case is new to it. */
struct case_mark *case_mark(const struct judge *judge, const struct case_log *log, enum side side,
                            const struct case_row *row);

/* True for the first row of the side at its place; to be asked of each row once, in their order. */
bool case_is_first(const struct judge *judge, const struct case_log *log, enum side side,
                   const struct case_row *row);

/* The index after the last row that has the instant of `first`. */
size_t case_instant_end(const struct case_log *log, size_t first);

/* How many of the rows first..end, without the row `but`, are on the side; `but` may be NULL. */
size_t case_count(const struct case_log *log, enum side side, size_t first, size_t end,
                  const struct case_row *but);

#endif
