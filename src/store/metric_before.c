/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many A come before the first B of a case, on the average of the cases that get to a B: how
 * many banners before the purchase.
 */
#include "case.h"

static double count_before(const struct case_log *log, const struct case_row *then, int64_t within)
{
    double count = 0;
    for (size_t i = 0; i < log->count && log->rows[i].ts <= then->ts; i++) {
        const struct case_row *row = &log->rows[i];
        bool near = within == 0 || then->ts - row->ts <= within;
        count += (row->sides & SIDE_A) != 0 && near && row != then;
    }
    return count;
}

static void judge_case(const struct case_log *log, const struct judge *judge)
{
    for (size_t i = 0; i < log->count; i++) {
        const struct case_row *then = &log->rows[i];
        if (case_is_first(judge, log, SIDE_B, then))
            judge->emit(
                judge->data, SIDE_B, then,
                &(struct case_finding){ .value = count_before(log, then, judge->metric->within) });
    }
}

const struct formula formula_before = {
    .type = METRIC_BEFORE,
    .kind = SAMPLE_MEAN,
    .judge = judge_case,
    .counted = true,
    .at_touchpoint = SIDE_B,
    .add = tally_add_mean,
};
