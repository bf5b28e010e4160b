/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows per case that has any: how many contacts one order takes. A case counts at the time of its
 * first row.
 */
#include "case.h"

/* First how many there are, then in the order of time, each place once. */
static void judge_case(const struct case_log *log, const struct judge *judge)
{
    const struct case_row *end = log->rows + log->count;
    for (const struct case_row *row = log->rows; row < end; row++)
        if (row->sides & SIDE_A)
            case_mark(judge, log, SIDE_A, row)->count++;
    for (const struct case_row *row = log->rows; row < end; row++) {
        if ((row->sides & SIDE_A) == 0)
            continue;
        struct case_mark *mark = case_mark(judge, log, SIDE_A, row);
        if (mark->count > 0)
            judge->emit(judge->data, SIDE_A, row,
                        &(struct case_finding){ .value = (double)mark->count });
        mark->count = 0;
    }
}

const struct formula formula_per_case = {
    .type = METRIC_PER_CASE,
    .kind = SAMPLE_MEAN,
    .judge = judge_case,
    .counted = true,
    .at_touchpoint = SIDE_A,
    .add = tally_add_mean,
};
