/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gap budgets: how far a measured experience may fall below what is expected of it.
 *
 * A budget of one touchpoint stands before the one for all. What is only estimated breaks no
 * budget.
 */
#ifndef STELLWERK_INSIGHT_BUDGET_H
#define STELLWERK_INSIGHT_BUDGET_H

#include <stellwerk/insight/reading.h>

enum budget_verdict {
    BUDGET_UNKNOWN,  /* no measured gap: nothing measured, or nothing expected */
    BUDGET_KEPT,     /* the gap is no deeper than it may be */
    BUDGET_DOUBTFUL, /* it is, but chance may have done it: its 95 % interval reaches the budget,
                        is not known, or rests on fewer rows than the metric asks for */
    BUDGET_BROKEN    /* the whole interval lies below the budget */
};

struct budget_check {
    const struct budget *budget;
    int touchpoint;
    enum budget_verdict verdict;
    double excess; /* points (score 0..100) the gap is deeper than it may be; 0 or less: kept */
};

/* One for each touchpoint that a budget holds for, in the order of the journey; in `arena`. */
struct budget_check *budgets_check(struct arena *arena, const struct journey *journey,
                                   const struct readings *readings, size_t *count);

#endif
