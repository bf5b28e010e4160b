/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Shares of rows that another one goes with: B that an A preceded (did the caller try online
 * first?), and A that no B followed (is the full cart left at the till?).
 */
#include "case.h"

#define NEVER INT64_MIN

static bool is_within(const struct judge *judge, int64_t from, int64_t to)
{
    return from != NEVER && (judge->metric->within == 0 || to - from <= judge->metric->within);
}

static void judge_preceded(const struct case_log *log, const struct judge *judge)
{
    int64_t last = NEVER; /* the latest A before the instant at hand */
    for (size_t first = 0, end; first < log->count; first = end) {
        int64_t ts = log->rows[first].ts;
        end = case_instant_end(log, first);
        size_t here = case_count(log, SIDE_A, first, end, NULL);
        for (const struct case_row *row = &log->rows[first]; row < &log->rows[end]; row++) {
            size_t others = here - ((row->sides & SIDE_A) != 0);
            if (row->sides & SIDE_B)
                judge->emit(
                    judge->data, SIDE_B, row,
                    &(struct case_finding){ .hit = others > 0 || is_within(judge, last, ts) });
        }
        if (here > 0)
            last = ts;
    }
}

/* With a window, an A is decided once its window is over, whichever way it went: to count those
 * that were quick and not those that still may be would call it better than it is. */
static bool is_decided(const struct judge *judge, const struct case_row *row)
{
    int64_t within = judge->metric->within;
    return within == 0 || judge->end - row->ts >= within;
}

static size_t instant_start(const struct case_log *log, size_t end)
{
    size_t first = end - 1;
    while (first > 0 && log->rows[first - 1].ts == log->rows[end - 1].ts)
        first--;
    return first;
}

static void judge_dropout(const struct case_log *log, const struct judge *judge)
{
    int64_t next = NEVER; /* the earliest B after the instant at hand */
    for (size_t end = log->count, first; end > 0; end = first) {
        int64_t ts = log->rows[end - 1].ts;
        first = instant_start(log, end);
        size_t here = case_count(log, SIDE_B, first, end, NULL);
        for (const struct case_row *row = &log->rows[first]; row < &log->rows[end]; row++) {
            size_t others = here - ((row->sides & SIDE_B) != 0);
            bool followed = others > 0 || (next != NEVER && is_within(judge, ts, next));
            if ((row->sides & SIDE_A) && is_decided(judge, row))
                judge->emit(judge->data, SIDE_A, row, &(struct case_finding){ .hit = !followed });
        }
        if (here > 0)
            next = ts;
    }
}

const struct formula formula_preceded = {
    .type = METRIC_PRECEDED,
    .kind = SAMPLE_SHARE,
    .judge = judge_preceded,
    .counted = true,
    .at_touchpoint = SIDE_B,
    .add = tally_add_hit,
};

const struct formula formula_dropout = {
    .type = METRIC_DROPOUT,
    .kind = SAMPLE_SHARE,
    .judge = judge_dropout,
    .counted = true,
    .at_touchpoint = SIDE_A,
    .add = tally_add_hit,
};
