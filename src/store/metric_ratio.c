/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One count or sum per another. It rests on the rows under the line; cases are its groups, since
 * the mails one customer opens and those the same customer was sent go together.
 */
#include "case.h"

static void judge_case(const struct case_log *log, const struct judge *judge)
{
    for (size_t i = 0; i < log->count; i++) {
        const struct case_row *row = &log->rows[i];
        struct case_finding over = { .a = row->a_value, .aside = true };
        struct case_finding under = { .b = row->b_value };
        if (row->sides & SIDE_A)
            judge->emit(judge->data, SIDE_A, row, &over);
        if (row->sides & SIDE_B)
            judge->emit(judge->data, SIDE_B, row, &under);
    }
}

static void add(struct tally *tally, const struct metric *metric, const struct metric_row *row,
                struct arena *arena)
{
    (void)metric;
    (void)arena;
    tally_add_pair(tally, row->group, row->a, row->b);
}

const struct formula formula_ratio = {
    .type = METRIC_RATIO,
    .kind = SAMPLE_RATIO,
    .judge = judge_case,
    .at_touchpoint = SIDE_A | SIDE_B,
    .add = add,
};
