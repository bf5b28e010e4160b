/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows per case that has any: how many contacts one order takes. A case counts at the time of its
 * first row.
 */
#include "case.h"

static double count_at(const struct judge *judge, const struct case_log *log,
                       const struct case_row *first)
{
    double count = 0;
    for (const struct case_row *row = first; row < log->rows + log->count; row++)
        count += (row->sides & SIDE_A) != 0 && case_same_place(judge, SIDE_A, first, row);
    return count;
}

static void judge_case(const struct case_log *log, const struct judge *judge)
{
    for (size_t i = 0; i < log->count; i++) {
        const struct case_row *row = &log->rows[i];
        if (case_is_first(judge, log, SIDE_A, i))
            judge->emit(judge->data, SIDE_A, row,
                        (struct metric_row){ .value = count_at(judge, log, row) });
    }
}

const struct formula formula_per_case = {
    .type = METRIC_PER_CASE,
    .kind = SAMPLE_MEAN,
    .judge = judge_case,
    .at_touchpoint = SIDE_A,
    .add = tally_add_mean,
};
