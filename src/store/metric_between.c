/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Time from A to the next B: how long until it is solved. While a case waits for its B, further
 * A are part of the same waiting. What has not ended by the last event of the store, or within the
 * metric's window, is known to have taken longer than that: it counts, as a wait that goes on.
 */
#include "case.h"

static void emit_wait(const struct judge *judge, const struct case_row *since, int64_t until,
                      bool reached)
{
    int64_t within = judge->metric->within, time = until - since->ts;
    if (within > 0 && time > within) {
        time = within;
        reached = false;
    }
    judge->emit(judge->data, SIDE_A, since,
                &(struct case_finding){
                    .value = (double)time / (double)metric_time_unit(judge->metric),
                    .reached = reached,
                });
}

/* The first A of an instant that counts where `place` does; NULL. */
static const struct case_row *find_start(const struct judge *judge, const struct case_log *log,
                                         const struct case_row *place, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if ((log->rows[i].sides & SIDE_A) != 0 &&
            case_same_place(judge, SIDE_A, &log->rows[i], place))
            return &log->rows[i];
    return NULL;
}

static void judge_place(const struct case_log *log, const struct judge *judge, size_t place)
{
    const struct case_row *since = NULL;
    for (size_t first = 0, end; first < log->count; first = end) {
        end = case_instant_end(log, first);
        if (since == NULL)
            since = find_start(judge, log, &log->rows[place], first, end);
        if (since != NULL && case_count(log, SIDE_B, first, end, since) > 0) {
            emit_wait(judge, since, log->rows[first].ts, true);
            since = NULL;
        }
    }
    if (since != NULL)
        emit_wait(judge, since, judge->end > since->ts ? judge->end : since->ts, false);
}

static void judge_case(const struct case_log *log, const struct judge *judge)
{
    for (size_t i = 0; i < log->count; i++)
        if (case_is_first(judge, log, SIDE_A, &log->rows[i]))
            judge_place(log, judge, i);
}

static void add(struct tally *tally, const struct metric *metric, const struct metric_row *row,
                struct arena *arena)
{
    (void)metric;
    tally_add_wait(tally, (struct wait){ .time = row->value, .reached = row->reached }, arena);
}

const struct formula formula_between = {
    .type = METRIC_BETWEEN,
    .kind = SAMPLE_WAIT,
    .judge = judge_case,
    .at_touchpoint = SIDE_A,
    .add = add,
};
